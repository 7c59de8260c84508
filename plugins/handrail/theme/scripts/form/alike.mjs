// Does an entry speak of the same thing as another one? As registry/alike.py has it; a test holds both to the same answers.
import { formats } from "./formats.mjs";
import { equal } from "./patch.mjs";
import { likeness } from "./shape.mjs";

const NEAR = 0.86;
const SHORT = 6;
const PLATFORM = 2;
const judge = formats([]);
const list = (value) => (Array.isArray(value) ? value : []);
const digits = (text) => text.replace(/[^0-9]/g, "");

/** A name as names are compared: without accents, apostrophes, case and doubled blanks. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’‘`´]/g, "").toUpperCase().toLowerCase().split(/\s+/).filter(Boolean).join(" ");
}

function host(address) {
  return new URL(address).hostname.replace(/^www\./, "");
}

/** What a service can share with another; `places` gives for a region its country, calling code and trunk prefix. */
export function facts(service, organization, places) {
  const names = [service.name, ...list(service.alternate_names)].filter(Boolean).map((name) => fold(String(name)));
  const sites = [service.website, organization.website].filter((address) => address && !judge["web-address"](address)).map(host);
  return { id: service.id, organization: organization.id, names, numbers: numbers(service, places), sites: [...new Set(sites)] };
}

/** The same of a service that the registry knows: its numbers and sites were found when the site was built. */
export function known(service) {
  return { ...service, names: service.names.filter(Boolean).map((name) => fold(String(name))) };
}

function numbers(service, places) {
  const found = {};
  const home = [...new Map(list(service.coverage?.regions).map((region) => places[region]).filter(Boolean).map((place) => [place[0], place])).values()];
  for (const channel of list(service.channels)) {
    const { value, hours = {} } = channel;
    if (typeof value !== "string" || judge["phone-number"](value)) continue;
    const open = Object.fromEntries(Object.entries(hours).filter(([key]) => ["always", "weekly", "time_zone"].includes(key)));
    for (const key of abroad(value, home)) found[key] = [value, open];
  }
  return found;
}

function abroad(value, home) {
  const dialled = digits(value);
  if (value.startsWith("+")) return [`+${dialled}`];
  if (!home.length) return [dialled];
  return home.map(([id, code, trunk]) => (dialled.length <= SHORT || !code ? `${id} ${dialled}` : `+${code}${trunk && dialled.startsWith(trunk) ? dialled.slice(trunk.length) : dialled}`));
}

/** Every other entry that may be the same as this one: `{other, key, value}`, with the words for it under `clash.KEY`. */
export function clashes(mine, all) {
  const others = all.filter((each) => each.id !== mine.id);
  const owners = {};
  for (const { organization, sites } of others) if (organization !== mine.organization) for (const site of sites) (owners[site] ??= new Set()).add(organization);
  const found = [];
  for (const other of others) {
    const told = new Set();
    for (const [key, value] of between(mine, other, owners)) {
      if (!told.has(`${key} ${value}`)) found.push({ other: other.id, key, value });
      told.add(`${key} ${value}`);
    }
  }
  return found;
}

function * between(mine, other, owners) {
  for (const key of Object.keys(mine.numbers).filter((each) => Object.hasOwn(other.numbers, each)).sort()) {
    const [[shown, hours], [, theirs]] = [mine.numbers[key], other.numbers[key]];
    const stated = Object.keys(hours).length && Object.keys(theirs).length;
    yield [stated && !equal(hours, theirs) ? "number.hours" : "number", shown];
  }
  if (mine.organization === other.organization) return;
  for (const site of mine.sites) if (other.sites.includes(site) && owners[site].size <= PLATFORM) yield ["site", site];
  const near = (one, two) => 2 * Math.min(one.length, two.length) >= NEAR * (one.length + two.length) && likeness([...one], [...two]) >= NEAR;
  if (mine.names.slice(0, 1).some((one) => other.names.some((two) => near(one, two))) || other.names.slice(0, 1).some((two) => mine.names.some((one) => near(one, two)))) yield ["name", ""];
}
