// What the schema says of a value, in plain words: the same issues as registry/shape.py, from the same words.
import { format, Validator } from "../../vendor/json-schema/index.js";
import { formats } from "./formats.mjs";

const MISWRITTEN = ["E207", "E208", "E213", "E401", "E403", "E405"];
const MORE_TELLING = { E203: ["E204", "E213"], E204: ["E213"], E205: MISWRITTEN, E206: MISWRITTEN, E207: ["E213"], E209: ["E213"] };
const NEVER_WRITTEN = ["street", "postcode", "latitude", "longitude", "locality", "area", "access_note"];
const CODES = { "web-address": "E401", "phone-number": "E403", "mailbox": "E405" };
const number = (value) => typeof value === "string" && /^-?(0|[1-9]\d{0,8})(\.\d{1,9})?$/.test(value);
const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** JSON as Python writes it for people: blanks after colons and commas, keys in order. */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (isGroup(value)) return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${written(item)}`).join(", ")}}`;
  return JSON.stringify(value);
}

function quoted(value) {
  const text = [...(typeof value === "string" ? value : written(value))];
  return `"${text.length <= 60 ? text.join("") : `${text.slice(0, 57).join("")}…`}"`;
}

/** Twice the number of letters in common blocks over all letters: how alike two words are (Ratcliff and Obershelp). */
export function likeness(a, b) {
  const common = (alo, ahi, blo, bhi) => {
    let best = 0, at = alo, bt = blo;
    let before = new Map();
    for (let i = alo; i < ahi; i += 1) {
      const now = new Map();
      for (let j = blo; j < bhi; j += 1) {
        if (a[i] !== b[j]) continue;
        const size = (before.get(j - 1) || 0) + 1;
        now.set(j, size);
        if (size > best) [best, at, bt] = [size, i - size + 1, j - size + 1];
      }
      before = now;
    }
    return best ? best + common(alo, at, blo, bt) + common(at + best, ahi, bt + best, bhi) : 0;
  };
  const all = a.length + b.length;
  return all ? (2 * common(0, a.length, 0, b.length)) / all : 1;
}

/** Python's order of texts: by code point. */
export function greater(a, b) {
  const [x, y] = [[...a], [...b]];
  for (let at = 0; at < Math.min(x.length, y.length); at += 1) {
    if (x[at] !== y[at]) return x[at].codePointAt(0) > y[at].codePointAt(0);
  }
  return x.length > y.length;
}

/** The judge of one schema. `say(key, values)` gives the words. */
export class Judge {
  constructor(schema, zones, say) {
    this.schema = schema;
    this.say = say;
    this.formats = formats(zones);
    for (const [name, problem] of Object.entries(this.formats)) format[name] = (text) => !problem(text);
    this.validator = new Validator(schema, "2020-12", false);
  }

  /** Every issue: `{code, path, message, help}`; the path leads to the value that it speaks of. */
  issues(data) {
    const found = new Map();
    let before = "";
    for (const error of this.validator.validate(data).errors) {
      // an unknown field is named by the group around it; the false schema below only says so again
      const told = error.keyword === "false" && before === "unevaluatedProperties" ? [] : this.#told(error, data);
      before = error.keyword;
      for (const issue of told) {
        const key = JSON.stringify([issue.path, issue.code, issue.message]);
        if (!found.has(key)) found.set(key, issue);
      }
    }
    const codes = new Map();
    for (const { path, code } of found.values()) {
      const key = JSON.stringify(path);
      codes.set(key, [...(codes.get(key) || []), code]);
    }
    return [...found.values()].filter(({ path, code }) => !(MORE_TELLING[code] || []).some((other) => codes.get(JSON.stringify(path)).includes(other)));
  }

  /** The schema of the field that a path into the data leads to. */
  fieldAt(path) {
    let schema = this.schema;
    for (const part of path) {
      schema = typeof part === "number" ? schema.items : schema.properties?.[part] ?? schema.additionalProperties;
      if (!isGroup(schema)) return {};
    }
    return schema;
  }

  * #told(error, data) {
    const isForbidden = error.keyword === "false";
    const steps = isForbidden ? [] : pointer(error.keywordLocation);
    // what failed inside an alternative or a condition is told by the alternative itself
    if (steps.slice(0, -1).some((step, at) => ["anyOf", "oneOf", "not", "if"].includes(step) && steps[at - 1] !== "properties")) return;
    let rules = this.schema;
    for (const step of steps.slice(0, -1)) rules = rules[step];
    let inside = [];
    let value = data;
    for (const step of pointer(error.instanceLocation)) {
      inside.push(Array.isArray(value) ? Number(step) : step);
      value = value?.[Array.isArray(value) ? Number(step) : step];
    }
    const named = steps.lastIndexOf("propertyNames");
    if (named >= 0) {
      if (error.keyword === "propertyNames") return;
      const key = inside.at(-1);
      yield* this.#name(inside.slice(0, -1), key === undefined ? "" : String(key), error.keyword, rules);
      return;
    }
    const rule = rules?.[error.keyword];
    const told = TELL[error.keyword];
    if (isForbidden) {
      yield* TELL.false.call(this, { inside: inside.slice(0, -1), name: inside.at(-1) });
      return;
    }
    if (told) yield* told.call(this, { inside, value, rule, schema: this.fieldAt(inside) });
  }

  * #name(inside, key, keyword, rules) {
    const help = keyword === "enum" ? this.say("issue.choice.many", { words: rules.enum.join(", ") }) : this.say("issue.key.help");
    yield this.issue(inside, "E216", "issue.key", { value: quoted(key), field: this.field(inside) }, help, [key]);
  }

  issue(inside, code, key, values, help = "", more = []) {
    return { code, path: [...inside, ...more], message: this.say(key, values), help };
  }

  field(inside) {
    const name = inside.filter((part) => typeof part === "string").at(-1);
    if (name === undefined) return this.say("issue.entry");
    return this.say(typeof inside.at(-1) === "number" ? "issue.item-of" : "issue.name", { name });
  }

  place(inside) {
    const name = inside.filter((part) => typeof part === "string").at(-1);
    if (name === undefined) return "";
    const last = inside.at(-1);
    return typeof last === "number" ? this.say("issue.inside.item", { name, number: last + 1 }) : this.say("issue.inside", { name });
  }

  add(schema, name) {
    const field = schema.properties?.[name];
    let purpose = name;
    if (isGroup(field)) {
      const text = String(field.description ?? name).split(". ")[0].replace(/\.+$/, "");
      purpose = text.slice(0, 1).toLowerCase() + text.slice(1);
      const example = field.examples?.[0];
      if (["string", "number"].includes(typeof example)) purpose = this.say("issue.purpose", { purpose, example: JSON.stringify(example) });
    }
    return this.say("issue.missing.help", { purpose });
  }

  example(schema) {
    return schema.examples?.length ? this.say("issue.such-as", { example: written(schema.examples[0]) }) : "";
  }

  nearest(word, choices, key) {
    const plain = (text) => text.toLowerCase().replaceAll("_", "-");
    const folded = new Map(choices.map((choice) => [plain(choice), choice]));
    const asked = [...plain(word).replaceAll(" ", "-")];
    let best = null;
    for (const name of folded.keys()) {
      const ratio = likeness([...name], asked);
      if (ratio >= 0.6 && (!best || ratio > best[0] || (ratio === best[0] && greater(name, best[1])))) best = [ratio, name];
    }
    if (best) return this.say(`${key}.one`, { word: folded.get(best[1]) });
    return this.say(`${key}.many`, { words: choices.slice(0, 30).join(", ") + (choices.length > 30 ? " …" : "") });
  }

  kindOf(value) {
    if (typeof value === "string") return this.say("issue.is.text", { value: quoted(value) });
    if (typeof value === "number") return this.say("issue.is.number", { value });
    return this.say(isGroup(value) ? "issue.is.group" : "issue.is.list");
  }
}

function pointer(location) {
  return location.replace(/^#\/?/, "").split("/").filter(Boolean).map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

const TELL = {
  * required({ inside, value, rule, schema }) {
    for (const name of rule) {
      if (!Object.hasOwn(value, name)) yield { ...this.issue(inside, "E201", "issue.missing", { name, inside: this.place(inside) }, this.add(schema, name)), missing: [name] };
    }
  },
  * unevaluatedProperties({ inside, value, schema }) {
    const fields = Object.keys(schema.properties || {});
    for (const name of Object.keys(value)) {
      if (!fields.includes(name)) {
        const help = this.nearest(name, fields, "issue.no-field");
        yield this.issue(inside, "E202", "issue.no-field", { value: quoted(name), inside: this.place(inside) }, help, [name]);
      }
    }
  },
  * enum({ inside, value, rule }) {
    const help = this.nearest(typeof value === "string" ? value : written(value), rule.map(String), "issue.choice");
    yield this.issue(inside, "E203", "issue.choice", { value: quoted(value), field: this.field(inside) }, help);
  },
  * type({ inside, value, rule, schema }) {
    const help = ["integer", "number"].includes(rule) && number(value) ? this.say("issue.type.quotes") : this.example(schema);
    yield this.issue(inside, "E204", "issue.type", { field: this.field(inside), wanted: this.say(`issue.a.${rule}`), given: this.kindOf(value) }, help);
  },
  * minLength({ inside, schema }) {
    yield this.issue(inside, "E205", "issue.short", { field: this.field(inside) }, this.example(schema));
  },
  * maxLength({ inside, value, rule }) {
    yield this.issue(inside, "E206", "issue.long", { field: this.field(inside), count: [...value].length, most: rule }, this.say("issue.long.help"));
  },
  * pattern({ inside, value, schema }) {
    const help = this.say("issue.pattern.help", { how: schema.patternDescription || this.say("issue.pattern.examples") });
    yield this.issue(inside, "E207", "issue.pattern", { value: quoted(value), field: this.field(inside) }, help);
  },
  * format({ inside, value, rule }) {
    yield this.issue(inside, CODES[rule] || "E208", "issue.format", { value: quoted(value), field: this.field(inside) }, this.say(`format.${this.formats[rule](value)}`));
  },
  * minimum({ inside, value, rule }) {
    yield this.issue(inside, "E209", "issue.least", { field: this.field(inside), value, limit: rule }, this.say("issue.number.help"));
  },
  * maximum({ inside, value, rule }) {
    yield this.issue(inside, "E209", "issue.most", { field: this.field(inside), value, limit: rule }, this.say("issue.number.help"));
  },
  * minItems({ inside }) {
    yield this.issue(inside, "E210", "issue.few", { field: this.field(inside) }, this.say("issue.few.help"));
  },
  * maxItems({ inside, rule }) {
    yield this.issue(inside, "E210", "issue.many", { field: this.field(inside) }, this.say("issue.many.help", { most: rule }));
  },
  * maxProperties(at) {
    yield* TELL.maxItems.call(this, at);
  },
  * uniqueItems({ inside, value }) {
    const seen = new Set();
    for (const [index, item] of value.entries()) {
      const same = JSON.stringify(item, isGroup(item) ? Object.keys(item).sort() : undefined);
      if (seen.has(same)) {
        const shown = typeof item === "string" ? quoted(item) : this.say("issue.twice.item");
        yield this.issue(inside, "E211", "issue.twice", { value: shown, field: this.field(inside) }, this.say("issue.twice.help"), [index]);
      }
      seen.add(same);
    }
  },
  * dependentRequired({ inside, value, rule, schema }) {
    for (const [trigger, needed] of Object.entries(rule)) {
      for (const name of needed) {
        if (Object.hasOwn(value, trigger) && !Object.hasOwn(value, name)) {
          yield this.issue(inside, "E214", "issue.beside", { trigger, name }, this.add(schema, name), [trigger]);
        }
      }
    }
  },
  * anyOf({ inside, rule }) {
    const names = rule.flatMap((each) => each.required || []).join(", ");
    yield this.issue(inside, "E215", "issue.one-of", { field: this.field(inside), names }, this.say("issue.one-of.help"));
  },
  * false({ inside, name }) {
    if (inside.includes("places") && NEVER_WRITTEN.includes(name)) {
      yield this.issue(inside, "E213", "issue.secret", { name }, this.say("issue.secret.help"), [name]);
    } else {
      const parent = inside.filter((part) => typeof part === "string").at(-1);
      const values = { name, parent: parent === undefined ? this.say("issue.foreign.entry") : parent.replace(/s$/, "") };
      yield this.issue(inside, "E212", "issue.foreign", values, this.say("issue.foreign.help"), [name]);
    }
  },
};
