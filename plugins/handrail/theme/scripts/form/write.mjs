// Writes an entry as a person would: plain words plain, the rest in quotes, long texts folded, fields in the order of the schema.
const SURE = /^[A-Za-z][A-Za-z0-9._/-]*(?: [A-Za-z0-9._/-]+)*$/;
const WORDS = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null"]);
const PROSE = /^[A-Za-z](?:[^\s:#\0-\x1f\x7f-\xa0\ufeff]|:(?=[^\s])|(?<=\S)#|[ ](?=[^\s#]))*$/u;
const WIDE = 110;

/** A text on one line: as it is where no reader of YAML would take it for anything else, otherwise in double quotes. */
export function scalar(text) {
  return SURE.test(text) && !WORDS.has(text.toLowerCase()) ? text : JSON.stringify(text);
}

/** A text as the value of a field at an indentation. */
export function text(value, schema, indent, oneLine = false) {
  if (schema?.enum?.includes(value) && SURE.test(value)) return value;
  if (!oneLine && value.includes("\n") && /^[^\s]/.test(value) && !/[\t\r]|[ ]\n|\s$/.test(value)) {
    return `|-\n${value.split("\n").map((line) => (line ? " ".repeat(indent + 2) + line : "")).join("\n")}`;
  }
  const isProse = PROSE.test(value) && !WORDS.has(value.toLowerCase()) && !value.endsWith(":");
  if (!oneLine && value.length > WIDE && /^\S+(?: \S+)*$/.test(value) && !/[\0-\x1f\x7f-\xa0]/.test(value)) return `>-\n${wrapped(value, indent + 2)}`;
  return isProse ? value : JSON.stringify(value);
}

function wrapped(value, indent) {
  const lines = [];
  let line = "";
  for (const word of value.split(" ")) {
    if (line && line.length + 1 + word.length > WIDE) { lines.push(line); line = word; } else line += (line && " ") + word;
  }
  return [...lines, line].map((each) => " ".repeat(indent) + each).join("\n");
}

/** Any value on one line, as it stands between brackets. */
export function flow(value, schema) {
  if (Array.isArray(value)) return `[${value.map((item) => flow(item, schema?.items)).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([key, item]) => `${scalar(key)}: ${flow(item, schema?.properties?.[key])}`).join(", ")}}`;
  if (typeof value === "number") return String(value);
  return schema?.enum?.includes(value) && SURE.test(value) ? value : scalar(value);
}

/** The keys of a group in the order of the schema. */
export function ordered(group, schema) {
  const order = Object.keys(schema?.properties || {});
  return Object.keys(group).sort((a, b) => (order.indexOf(a) + 1 || 999) - (order.indexOf(b) + 1 || 999));
}

/** What stands behind "name:" of a field whose name stands at an indentation; it begins with a blank or a line end. */
export function value(given, schema, indent) {
  if (Array.isArray(given)) {
    if (!given.length) return " []";
    const items = given.map((item) => (typeof item === "string" ? flow(item, schema?.items) : null));
    if (items.every((item) => item && !item.startsWith('"')) && items.join(", ").length < WIDE) return ` [${items.join(", ")}]`;
    return `\n${given.map((item) => " ".repeat(indent + 2) + listed(item, schema?.items, indent + 2)).join("\n")}`;
  }
  if (typeof given === "object") return `\n${group(given, schema, indent + 2)}`;
  if (typeof given === "number") return ` ${given}`;
  return ` ${text(given, schema, indent)}`;
}

/** An item of a list, from its hyphen on. */
export function listed(item, schema, indent) {
  if (typeof item === "object" && !Array.isArray(item)) return `- ${group(item, schema, indent + 2).trimStart()}`;
  return `- ${typeof item === "number" ? item : text(item, schema, indent)}`;
}

/** A group of fields, each on lines of its own. */
export function group(fields, schema, indent) {
  return ordered(fields, schema).map((key) => `${" ".repeat(indent)}${scalar(key)}:${value(fields[key], schema?.properties?.[key], indent)}`).join("\n");
}

/** A whole file of an organization. */
export function file(organization, schema, schemaPath, licence) {
  const { services, ...own } = organization;
  const head = [`# yaml-language-server: $schema=${schemaPath}`, ...(licence ? [`# Registry data: ${licence}.`] : [])];
  const written = (services || []).map((service) => `  ${listed(service, schema.properties.services.items, 2)}`).join("\n\n");
  return `${[...head, group(own, schema, 0), written ? `services:\n${written}` : "services: []"].join("\n")}\n`;
}
