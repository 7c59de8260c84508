// What the schema can not see: names that must be known, sources that must be used. The check of the pull request has the last word.
import { hidden } from "./formats.mjs";

const CARRIES = ["operator", "public-authority"];

/** Issues of an entry beyond its shape; `known` holds the ids of services, of organizations, and those of this file as it was. */
export function linkIssues(data, known, say) {
  const found = [];
  const issue = (path, key, values = {}) => found.push({ path, message: say(`form.${key}`, values), help: say(`form.${key}.help`) });
  walk(data, [], (value, path) => {
    const code = typeof value === "string" && hidden(value);
    if (code) issue(path, "hidden", { code });
  });
  if (known.isNew && known.organizations.includes(data.id)) issue(["id"], "id-taken", { id: data.id });
  const ids = new Set();
  const publishers = Object.fromEntries((data.sources || []).map((source) => [source.id, source.publisher]));
  const names = new Set();
  for (const [at, source] of (data.sources || []).entries()) {
    if (source.id && names.has(source.id)) issue(["sources", at, "id"], "id-taken", { id: source.id });
    names.add(source.id);
  }
  for (const [at, service] of (data.services || []).entries()) {
    const here = ["services", at];
    const taken = ids.has(service.id) || (known.services.includes(service.id) && !known.own.includes(service.id));
    if (service.id && taken) issue([...here, "id"], "id-taken", { id: service.id });
    ids.add(service.id);
    for (const id of service.use_instead || []) if (!known.services.includes(id) && !(data.services || []).some((each) => each.id === id)) issue([...here, "use_instead"], "unknown", { id });
    if (service.status === "draft") continue;
    for (const [position, channel] of (service.channels || []).entries()) {
      if ((channel.status ?? "published") === "published" && channel.type && !(channel.seen || []).some((id) => CARRIES.includes(publishers[id]))) issue([...here, "channels", position, "seen"], "contact-unseen");
    }
  }
  const used = new Set();
  walk(data, [], (value, path) => { if (["seen", "website_seen"].includes(path.at(-2))) used.add(value); });
  for (const [at, source] of (data.sources || []).entries()) if (source.id && !used.has(source.id)) issue(["sources", at, "id"], "source-unused", { id: source.id });
  return found;
}

function walk(value, path, visit) {
  if (value && typeof value === "object") for (const [key, item] of Object.entries(value)) walk(item, [...path, Array.isArray(value) ? Number(key) : key], visit);
  else visit(value, path);
}
