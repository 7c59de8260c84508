// Does a file fit to the rest of the registry? As registry/links.py and published.py have it: the same codes and the same words, shown by a test.
// `known` is the registry as it was when the site was built; the check of the pull request has the last word.
import { hidden } from "./formats.mjs";
import { walk } from "./policy.mjs";
import { greater, likeness } from "./shape.mjs";

const NEAR = 0.72;
const NOT_PAGES = new Set(["index", "search", "assets", "404", "con", "prn", "aux", "nul", ...["com", "lpt"].flatMap((port) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => port + n))]);
const ENDED = ["closed", "suspended", "draft"];
const list = (value) => (Array.isArray(value) ? value : []);

/** Issues of a file beyond its own rules: `source` holds the file as it was, or null for a new one. */
export function linkIssues(data, known, source, say) {
  const found = [];
  const issue = (code, path, message, help) => found.push({ code, path, message, help });
  const words = (key, values = {}) => say(`issue.${key}`, values);
  walk(data, [], (value, path) => {
    const code = typeof value === "string" && hidden(value);
    if (code) issue("E404", path, words("hidden", { code }), words("hidden.help"));
  });
  const own = list(data.services);
  const before = source ? list(source.data.services) : [];
  const others = elsewhereThan(source, known);
  const services = new Map([...others, ...own.map((each) => ({ ...each, names: [each.name, ...list(each.alternate_names)] }))].filter((each) => each.id).map((each) => [each.id, each]));
  const groups = { region: entries(known.regions), topic: entries(known.topics), audience: entries(known.audiences), service: services };
  const parents = Object.fromEntries(known.regions.map(({ id, parent }) => [id, parent || ""]));
  const unknown = (path, noun, value, choices) => {
    if (typeof value === "string" && !choices.has(value)) issue("E301", path, words(`unknown.${noun}`, { value }), near(value, choices, words));
  };
  const many = (path, values, noun) => list(values).forEach((value, at) => unknown([...path, at], noun, value, groups[noun]));

  organization(data, known, source, issue, words);
  many(["regions"], data.regions, "region");
  const sources = new Map(list(data.sources).filter((each) => each.id).map((each) => [each.id, each]));
  twice(["sources"], data.sources, "source", issue, words);
  const used = new Set();
  walk(data, [], (value, path) => {
    if (!["seen", "website_seen"].includes(path.at(-2))) return;
    used.add(value);
    unknown(path, "source", value, sources);
  });
  list(data.sources).forEach((each, at) => {
    if (each.id && !used.has(each.id) && list(data.sources).findIndex((other) => other.id === each.id) === at) issue("E311", ["sources", at, "id"], words("unused", { name: each.id }), words("unused.help"));
  });
  const ids = new Set();
  for (const [at, service] of own.entries()) {
    const here = ["services", at];
    identity(service, here, others, ids, issue, words);
    for (const [name, noun] of [["topics", "topic"], ["audiences", "audience"], ["use_instead", "service"]]) many([...here, name], service[name], noun);
    coverage(service, here, groups.region, parents, many, issue, words);
    list(service.channels).forEach((channel, place) => "region" in channel && unknown([...here, "channels", place, "region"], "region", channel.region, groups.region));
    const places = new Map(list(service.places).filter((each) => each.id).map((each) => [each.id, each]));
    twice([...here, "places"], service.places, "place", issue, words);
    list(service.places).forEach((place, number) => "region" in place && unknown([...here, "places", number, "region"], "region", place.region, groups.region));
    list(service.meetings).forEach((meeting, number) => meeting.place && unknown([...here, "meetings", number, "place"], "place", meeting.place, places));
    for (const [number, id] of list(service.use_instead).entries()) {
      const target = services.get(id);
      if (!target || (id !== service.id && !ENDED.includes(target.status))) continue;
      issue("E308", [...here, "use_instead", number], id === service.id ? words("way-on.self", { id }) : words("way-on.leads-nowhere", { id, standing: words(`standing.${target.status}`) }), words("way-on.help"));
    }
    if (["closed", "suspended"].includes(service.status) && !list(service.use_instead).length) issue("E306", [...here, "status"], words("no-way-on", { status: service.status }), words("no-way-on.help"));
    elsewhere(service, here, others, known, issue, words);
  }
  gone(own, before, others, known, services, issue, words);
  return found;
}

/** The services of other files, each with the file it stands in. */
export function elsewhereThan(source, known) {
  return known.services.map((service) => ({ ...service, file: known.organizations[service.organization][0] })).filter(({ file }) => file !== source?.file);
}

const entries = (all) => new Map(all.map((each) => [each.id, each]));

function organization(data, known, source, issue, words) {
  if (!data.id) return;
  if (NOT_PAGES.has(data.id)) issue("E303", ["id"], words("no-page", { id: data.id }), words("no-page.help"));
  const other = known.organizations[data.id];
  if (other && (!source || other[0] !== source.file)) {
    issue("E302", ["id"], words("id-twice", { noun: words("noun.organization"), id: data.id }), words("id-twice.help", { where: words("where", { file: other[0], line: other[1] }) }));
  }
  const stem = source && source.file.split("/").at(-1).replace(/\.[^.]*$/, "");
  if (source && stem !== data.id) issue("E314", ["id"], words("file-name", { stem, id: data.id }), words("file-name.help"));
}

function identity(service, here, others, ids, issue, words) {
  const { id } = service;
  if (!id) return;
  if (NOT_PAGES.has(id)) issue("E303", [...here, "id"], words("no-page", { id }), words("no-page.help"));
  const other = others.find((each) => each.id === id);
  if (ids.has(id) || other) {
    const help = other ? words("id-twice.help", { where: words("where", { file: other.file, line: other.line }) }) : words("id-twice.here");
    issue("E302", [...here, "id"], words("id-twice", { noun: words("noun.service"), id }), help);
  }
  ids.add(id);
}

function twice(path, parts, noun, issue, words) {
  const seen = new Set();
  for (const [at, { id }] of list(parts).entries()) {
    if (id && seen.has(id)) issue("E302", [...path, at, "id"], words("part-twice", { noun: words(`noun.${noun}`), name: id }), words("part-twice.help"));
    seen.add(id);
  }
}

function coverage(service, here, regions, parents, many, issue, words) {
  const covered = list(service.coverage?.regions);
  many([...here, "coverage", "regions"], covered, "region");
  many([...here, "coverage", "except"], service.coverage?.except, "region");
  for (const [at, id] of list(service.coverage?.except).entries()) {
    if (!regions.has(id)) continue;
    const above = [];
    for (let region = parents[id]; region && !above.includes(region); region = parents[region]) above.push(region);
    if (!above.some((region) => covered.includes(region))) issue("E305", [...here, "coverage", "except", at], words(covered.includes(id) ? "except.both" : "except.outside", { id }), words("except.help"));
  }
}

/** What a change of a service breaks in other files: crisis help, ways on, whatever needs its page. */
function elsewhere(service, here, others, known, issue, words) {
  const { id, status = "active" } = service;
  if (others.some((each) => each.id === id)) return;
  const standing = () => words(`standing.${status}`);
  for (let count = known.crisis.filter((line) => line === id).length; count; count -= 1) {
    if (status !== "active") issue("E307", [...here, "status"], words("crisis.standing", { id, standing: standing() }), words("crisis.standing.help"));
    else if (service.crisis !== "yes") issue("E309", [...here, "crisis"], words("crisis.none", { id }), words("crisis.none.help"));
  }
  if (ENDED.includes(status)) {
    for (const other of others) if (list(other.use_instead).includes(id)) issue("E308", [...here, "status"], words("way-on.leads-nowhere", { id, standing: standing() }), words("way-on.help"));
  }
  if (status === "draft" && known.pages.includes(id)) issue("E307", [...here, "status"], words("to-draft", { id }), words("to-draft.help"));
}

/** Services that were published and are no longer there: addresses and other entries that lead to them. */
function gone(own, before, others, known, services, issue, words) {
  const path = (id) => {
    const at = before.findIndex((each) => each.id === id);
    return own[at] ? ["services", at, "id"] : ["services"];
  };
  for (const { id } of before) {
    const now = own.find((each) => each.id === id);
    if (known.published.includes(id)) {
      if (!now) issue("E320", path(id), words("gone", { id }), words("gone.help"));
      else if (now.status === "draft") issue("E320", path(id), words("gone.draft", { id }), words("gone.draft.help", { id }));
    }
    if (now || !id) continue;
    const named = [...known.crisis.filter((line) => line === id), ...known.pages.filter((page) => page === id), ...others.filter((each) => list(each.use_instead).includes(id))];
    if (named.length) issue("E301", path(id), words("unknown.service", { value: id }), near(id, services, words));
  }
}

/** The nearest of the names that are known, or all of them. */
function near(word, choices, words) {
  const names = new Map([...choices.keys()].map((id) => [id.toLowerCase(), id]));
  for (const [id, entry] of [...choices].reverse()) for (const name of list(entry.names)) if (typeof name === "string" && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), id);
  const asked = [...word.toLowerCase()];
  let best = null;
  for (const name of names.keys()) {
    const ratio = likeness([...name], asked);
    if (ratio >= NEAR && (!best || ratio > best[0] || (ratio === best[0] && greater(name, best[1])))) best = [ratio, name];
  }
  if (best) return words("choice.one", { word: names.get(best[1]) });
  const ids = [...choices.keys()].sort();
  if (!ids.length) return words("unknown.none");
  return ids.length <= 40 ? words("choice.many", { words: ids.join(", ") }) : words("unknown.lists");
}
