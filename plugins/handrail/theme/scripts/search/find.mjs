// The find page. What is typed and chosen lives in this page's memory only: a state of the history holds no more than a
// number, and a link holds them when it is asked for.
import { element, matcher } from "./card.mjs";
import { Combobox } from "./combobox.mjs";
import { crisis } from "./crisis.mjs";
import { Facets, Regions } from "./facets.mjs";
import { fold } from "./fold.mjs";
import { grouped, sunk } from "./groups.mjs";
import { OlderPage, open } from "./load.mjs";
import { make, t } from "./words.mjs";

const page = document.querySelector("[data-hr-find]");
const at = (name) => page.querySelector(`[data-hr-${name}]`);
const form = at("form");
const input = page.querySelector("#hr-q");
const place = page.querySelector("#hr-r");
const config = JSON.parse(at("find-config").textContent);
const list = document.querySelector("[data-hr-list]");
const FIRST = 6;
const MORE = 10;
const LEAST = 3;
const SPEAK = 900;

const state = { q: "", region: "", filters: new Map() };
const visited = [];
let tools = null;
let turn = 0;
let speaking = 0;

async function ready() {
  if (!tools) {
    const { manifest, files, meaning } = await open(config.h);
    const facets = new Facets({ count: manifest.count, column: (name) => files.column(name), zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
    const flags = (entries = []) => {
      const all = new Uint8Array(manifest.count);
      for (const entry of entries) all[entry] = 1;
      return all;
    };
    tools = { manifest, files, meaning, facets, flags };
  }
  return tools;
}

async function tree() {
  const each = await ready();
  each.regions ||= new Regions(await each.files.regions());
  return each.regions;
}

// Lets the browser draw and take keys between two steps of a search.
const pause = () => new Promise((resolve) => {
  setTimeout(resolve);
});

// ---- what is shown

function say(text) {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    at("status").textContent = text;
  }, SPEAK);
}

function trouble(error) {
  const isOlder = error instanceof OlderPage;
  const button = make("button", { class: "hr-button", type: "button", text: t(isOlder ? "find.reload" : "find.again") });
  button.addEventListener("click", () => (isOlder ? location.reload() : run()));
  at("trouble")?.remove();
  const text = t(isOlder ? "find.older" : tools ? "find.lost" : "find.failed");
  at("results").before(make("div", { class: "hr-empty", "data-hr-trouble": true }, make("p", { text }), make("p", {}, button)));
  list.hidden = false;
  say(text);
}

function showCrisis() {
  const found = crisis(state.q, config.crisis);
  const box = at("crisis");
  box.hidden = !found;
  if (!found) return;
  const country = helped();
  for (const card of box.querySelectorAll("[data-region]")) card.hidden = card.dataset.region !== country;
  box.querySelector("[data-every]").hidden = Boolean(country);
  const worried = box.querySelector("[data-worried]");
  if (worried) worried.hidden = !found.other;
}

function helped() {
  return state.region && tools?.regions ? tools.regions.chain(state.region).find((id) => config.helped.includes(id)) ?? "" : "";
}

function heading(key, regions) {
  if (key.startsWith("at:")) {
    const id = key.slice(3);
    return id === state.region ? t("find.at", { region: regions.name(id) }) : t("find.wider", { region: regions.name(state.region), wider: regions.name(id) });
  }
  return t(`find.${key}`, key === "inside" ? { region: regions.name(state.region) } : {});
}

async function cards(numbers, isMatch) {
  const { files } = tools;
  const settled = await Promise.allSettled(numbers.map((number) => files.card(number)));
  const lost = settled.find(({ status }) => status === "rejected");
  return { items: settled.filter(({ value }) => value).map(({ value }) => make("li", {}, element(value, isMatch))), lost: lost?.reason };
}

async function showGroup({ key, numbers }, most, isMatch, regions) {
  const items = make("ul", { class: "hr-plain hr-grid" });
  const note = { silent: "find.silent_note", crisis: "find.crisis_note" }[key];
  const section = make("section", { class: "hr-search__group", "data-group": key }, make("h2", {}, heading(key, regions), " ", make("span", { class: "hr-note", text: `(${numbers.length})` })), note ? make("p", { class: "hr-small", text: t(note) }) : null, items);
  let shown = 0;
  const more = make("button", { class: "hr-button hr-button--quiet", type: "button" });
  async function add(count) {
    const { items: made, lost } = await cards(numbers.slice(shown, shown + count), isMatch);
    items.append(...made);
    shown += count;
    const rest = numbers.length - shown;
    if (rest > 0) {
      more.textContent = t("find.more", { count: Math.min(rest, MORE) });
      section.append(more);
    } else more.remove();
    return lost;
  }
  more.addEventListener("click", async () => {
    const before = items.children.length;
    const lost = await add(MORE);
    // The focus goes on where the list goes on; the button may be gone.
    items.children[before]?.querySelector("a")?.focus();
    if (lost) trouble(lost);
  });
  const lost = most > 0 ? await add(most) : (more.textContent = t("find.more", { count: Math.min(numbers.length, MORE) }), section.append(more), undefined);
  return { section, lost };
}

// ---- the search itself

async function results() {
  const { manifest, meaning, facets, flags } = await ready();
  const { services, organizations, count } = manifest;
  const q = state.q.trim();
  const isAsked = q.length >= LEAST || /^\d{2,}/.test(q);
  const region = state.region || (isAsked ? await meaning.region(q) : null);
  const regions = region ? await tree() : null;
  const lists = region ? await facets.lists("region") : null;
  const reach = region ? regions.reach(region, lists, count) : null;
  const isGuide = (number) => number >= services + organizations;
  const isWithin = (number) => !reach || reach.depth[number] >= 0 || reach.inside[number] || isGuide(number);
  const found = isAsked ? await meaning.find(state.q, (number) => number < services && isWithin(number)) : { words: [], meant: [] };
  found.results ??= Array.from({ length: q ? 0 : services }, (_, number) => ({ number, score: 0, whole: true, named: false }));
  found.results = sunk(found.results, manifest.due, new Date().toISOString().slice(0, 10));
  const crisisLists = state.filters.size ? await facets.lists("crisis") : null;
  const answers = state.filters.size ? await facets.together(state.filters) : null;
  return {
    found, region, regions, lists, chain: region ? regions.chain(region) : [], reach, answers, isWithin, isGuide,
    isCrisis: flags(crisisLists?.get("yes")), services, filtered: state.filters.size > 0,
  };
}

// While an answer is on its way the results say so; what stands there still belongs to the question before.
async function run() {
  const mine = ++turn;
  at("results").setAttribute("aria-busy", "true");
  try {
    await answer(mine);
  } catch (error) {
    if (mine === turn) trouble(error);
  }
  if (mine === turn) at("results").removeAttribute("aria-busy");
}

async function answer(mine) {
  showCrisis();
  showTags();
  const isIdle = !state.q.trim() && !state.region && !state.filters.size;
  if (isIdle) {
    at("results").replaceChildren();
    at("trouble")?.remove();
    at("shown").replaceChildren();
    list.hidden = false;
    say("");
    if (at("filters").open) await counts();
    return;
  }
  await pause();
  if (mine !== turn) return;
  const all = await results();
  await pause();
  if (mine !== turn) return;
  const { groups, elsewhere } = grouped({ ...all, results: all.found.results });
  const { meaning } = tools;
  const isMatch = matcher(all.found.words, (word) => meaning.engine.term(word));
  let left = FIRST;
  const shown = await Promise.all(groups.map((group) => {
    const most = Math.min(left, group.numbers.length);
    left -= most;
    return showGroup(group, most, isMatch, all.regions);
  }));
  if (mine !== turn) return;
  const count = groups.reduce((sum, { numbers }) => sum + numbers.length, 0);
  at("trouble")?.remove();
  at("results").replaceChildren(...shown.map(({ section }) => section), ...(count ? [] : [await nothing(all)]));
  const silent = groups.find(({ key }) => key === "silent")?.numbers.length ?? 0;
  const parts = [all.region ? t("find.count_in", { count, region: all.regions.name(all.region) }) : t("find.count", { count })];
  if (silent) parts.push(t("find.silent_count", { count: silent }));
  if (elsewhere.length) parts.push(t("find.also", { count: elsewhere.length }));
  for (const [typed, meant] of all.found.meant) parts.push(t("find.meant", { typed, meant }));
  if (all.region && !state.region) parts.push(t("find.region_from", { region: all.regions.name(all.region) }));
  at("shown").replaceChildren(...parts.flatMap((part) => [make("span", { text: part }), " "]));
  list.hidden = true;
  say(count ? parts[0] + (silent ? ` ${t("find.silent_count", { count: silent })}` : "") : t("find.none"));
  const lost = shown.find((each) => each.lost)?.lost;
  if (lost) trouble(lost);
  if (at("filters").open) await counts(all.found.results.filter(({ number }) => all.isWithin(number)).map(({ number }) => number));
}

// Nothing found: how much there is one step wider, and the next.
async function nothing({ found, region, regions, lists }) {
  const box = make("div", { class: "hr-empty" }, make("h2", { text: t("find.none") }), make("p", { text: t("find.none_text") }));
  const help = document.querySelector("[data-hr-crisis] a");
  if (help) box.append(make("p", {}, make("a", { href: help.href, text: t("find.help") })));
  if (region) {
    const steps = make("ul", { class: "hr-plain hr-empty__links" });
    for (const id of regions.chain(region)) {
      const { depth, inside } = regions.reach(id, lists, tools.manifest.count);
      const count = found.results.filter(({ number }) => depth[number] >= 0 || inside[number]).length;
      const button = make("button", { class: "hr-button hr-button--quiet", type: "button", text: t("find.ladder", { count, region: regions.name(id) }) });
      button.addEventListener("click", () => chooseRegion(id));
      steps.append(make("li", {}, button));
    }
    box.append(make("h3", { text: t("find.ladder_title") }), steps);
  }
  return box;
}

// ---- filters

async function counts(numbers) {
  const { facets, manifest } = await ready();
  const entries = numbers ?? Array.from({ length: manifest.services }, (_, number) => number);
  for (const set of page.querySelectorAll("[data-hr-filter]")) {
    const name = set.dataset.hrFilter;
    const { values, silent } = await facets.counts(name, [...state.filters], entries);
    for (const box of set.querySelectorAll("input")) box.parentElement.querySelector("[data-count]").textContent = `(${values.get(box.value) ?? 0})`;
    set.querySelector("[data-silent]").textContent = silent ? t("find.silent_count", { count: silent }) : "";
  }
}

function readFilters() {
  state.filters = new Map();
  for (const box of form.querySelectorAll("input[type=checkbox]:checked")) {
    if (!state.filters.has(box.name)) state.filters.set(box.name, []);
    state.filters.get(box.name).push(box.value);
  }
  const age = form.elements.age.value;
  if (age !== "" && Number(age) >= 0) state.filters.set("age", [age]);
}

function writeForm() {
  input.value = state.q;
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = Boolean(state.filters.get(box.name)?.includes(box.value));
  form.elements.age.value = state.filters.get("age")?.[0] ?? "";
  place.value = state.region && tools?.regions ? tools.regions.name(state.region) : "";
}

function showTags() {
  const tags = [];
  const tag = (text, remove) => {
    const button = make("button", { class: "hr-tag", type: "button" }, make("span", { class: "hr-vh", text: `${t("find.remove")} ` }), make("span", { text }), make("span", { "aria-hidden": "true", text: "×" }));
    button.addEventListener("click", () => {
      remove();
      (at("tags").querySelector("button") ?? input).focus();
    });
    tags.push(make("li", {}, button));
  };
  if (state.region && tools?.regions) tag(t("find.region", { region: tools.regions.name(state.region) }), () => chooseRegion(""));
  for (const [name, values] of state.filters) {
    for (const value of values) {
      const box = form.querySelector(`input[name="${name}"][value="${CSS.escape(value)}"]`);
      const text = name === "age" ? t("find.aged", { age: value }) : box?.nextElementSibling.firstChild.textContent.trim() ?? value;
      tag(text, () => {
        if (box && name !== "age") box.checked = false;
        else form.elements.age.value = "";
        readFilters();
        remember();
        run();
      });
    }
  }
  at("tags").replaceChildren(...tags);
  at("tags").hidden = tags.length === 0;
}

// ---- regions

async function chooseRegion(id) {
  try {
    await tree();
  } catch (error) {
    trouble(error);
    return;
  }
  state.region = id;
  place.value = id ? tools.regions.name(id) : "";
  for (const radio of at("tree").querySelectorAll("input")) radio.checked = radio.value === id;
  remember();
  await run();
}

async function suggestRegions() {
  const wanted = fold(place.value);
  if (!wanted) {
    regionList.show([]);
    if (state.region) await chooseRegion("");
    return;
  }
  try {
    const regions = await tree();
    const starts = [];
    const holds = [];
    for (const [id, above, name, others] of regions.rows) {
      const names = [name, ...others].map(fold);
      if (names.some((each) => each.startsWith(wanted))) starts.push([id, above, name]);
      else if (names.some((each) => each.includes(` ${wanted}`))) holds.push([id, above, name]);
    }
    regionList.show([...starts, ...holds].slice(0, 8).map(([id, above, name]) => ({ id, text: name, note: above >= 0 ? regions.rows[above][2] : "" })));
  } catch (error) {
    trouble(error);
  }
}

function branch(regions, numbers) {
  return make("ul", { class: "hr-plain hr-search__branch" }, ...numbers.map((number) => {
    const [id, , name] = regions.rows[number];
    const radio = make("input", { type: "radio", name: "region-tree", value: id });
    radio.checked = id === state.region;
    radio.addEventListener("change", () => chooseRegion(id));
    const item = make("li", {}, make("label", { class: "hr-filter__option" }, radio, make("span", { text: name })));
    if (regions.children[number].length) {
      const below = make("details", {}, make("summary", { text: t("find.inside", { region: name }) }));
      below.addEventListener("toggle", () => {
        if (below.open && below.children.length === 1) below.append(branch(regions, regions.children[number]));
      });
      item.append(below);
    }
    return item;
  }));
}

// ---- going back and forth, links, leaving

const copied = () => ({ q: state.q, region: state.region, filters: new Map([...state.filters].map(([name, values]) => [name, [...values]])) });

function remember(isNew = true) {
  if (isNew) visited.push(copied());
  else visited[visited.length - 1] = copied();
  const mark = { hr: visited.length - 1 };
  if (isNew) history.pushState(mark, "");
  else history.replaceState(mark, "");
}

async function restore(saved) {
  Object.assign(state, saved ? { q: saved.q, region: saved.region, filters: new Map(saved.filters) } : { q: "", region: "", filters: new Map() });
  if (state.region) {
    const regions = await tree().catch(() => null);
    if (regions && !regions.place.has(state.region)) state.region = "";
  }
  writeForm();
  await run();
}

function linked() {
  const values = new URLSearchParams(location.hash.slice(1));
  const filters = new Map();
  for (const [name, value] of values) if (name !== "q" && name !== "r" && form.querySelector(`[name="${CSS.escape(name)}"]`)) filters.set(name, [...(filters.get(name) ?? []), value]);
  return values.has("q") || values.has("r") || filters.size ? { q: values.get("q") ?? "", region: values.get("r") ?? "", filters } : null;
}

async function copyLink() {
  const values = new URLSearchParams();
  if (state.q.trim()) values.set("q", state.q.trim());
  if (state.region) values.set("r", state.region);
  for (const [name, chosen] of state.filters) for (const value of chosen) values.append(name, value);
  const url = `${location.href.split("#")[0]}#${values}`;
  const note = make("p", { class: "hr-small", "data-hr-link": true });
  at("link")?.remove();
  try {
    await navigator.clipboard.writeText(url);
    note.textContent = t("find.copied");
  } catch {
    note.append(t("find.not_copied"), " ", make("code", { text: url }));
  }
  at("copy").after(note);
  say(note.textContent);
}

// ---- awake

const suggestions = new Combobox(input, {
  label: t("find.suggestions"),
  choose: ({ text }) => {
    input.value = text;
    state.q = text;
    remember();
    run();
  },
});
const regionList = new Combobox(place, { label: t("find.regions"), choose: ({ id }) => chooseRegion(id) });

let typed = false;
input.addEventListener("input", async () => {
  state.q = input.value;
  // One step back undoes a whole query, not a letter.
  remember(!typed);
  typed = true;
  run();
  try {
    const { meaning } = await ready();
    const text = input.value;
    // Words of crisis are taken as they are: a suggestion would only be in the way.
    const found = text.trim() && !crisis(text, config.crisis) ? await meaning.suggest(text) : [];
    if (text === input.value) suggestions.show(found.map((each) => ({ text: each })));
  } catch {
    suggestions.show([]);
  }
});
input.addEventListener("change", () => {
  typed = false;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  typed = false;
  suggestions.close();
});
place.addEventListener("input", suggestRegions);
form.addEventListener("change", (event) => {
  if (!event.target.matches("input[type=checkbox], input[name=age]")) return;
  readFilters();
  remember();
  run();
});
at("filters").addEventListener("toggle", () => {
  if (at("filters").open) run();
});
at("tree").addEventListener("toggle", async () => {
  const box = at("tree").querySelector("div");
  if (!at("tree").open || box.firstChild) return;
  try {
    const regions = await tree();
    box.append(branch(regions, regions.rows.flatMap(([, above], number) => (above < 0 ? [number] : []))));
  } catch (error) {
    trouble(error);
  }
});
at("copy").addEventListener("click", copyLink);
at("clear").addEventListener("click", () => {
  remember();
  restore(null);
  input.focus();
});
addEventListener("popstate", ({ state: mark }) => {
  typed = false;
  restore(visited[mark?.hr]);
});
addEventListener("hashchange", start);

function start() {
  const asked = linked();
  // The address is not left standing in the history with what was looked for in it.
  if (asked) history.replaceState(null, "", location.pathname + location.search);
  visited.length = 0;
  visited.push(asked ?? { q: "", region: "", filters: new Map() });
  history.replaceState({ hr: 0 }, "");
  restore(visited[0]);
}

form.hidden = false;
for (const each of document.querySelectorAll("[data-hr-without-script]")) each.hidden = true;
start();
