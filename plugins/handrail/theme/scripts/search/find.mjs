// The find page. What is typed and chosen lives in this page's memory only: a state of the history holds no more than a
// number (beside it stands the reader's own list), and a link holds them when it is asked for.
import { element, matcher } from "./card.mjs";
import { Combobox } from "./combobox.mjs";
import { crisis } from "./crisis.mjs";
import { grouped } from "./groups.mjs";
import { OlderPage, open } from "./load.mjs";
import { ranked, sunk } from "./rank.mjs";
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

const NOTHING = { q: "", region: null, filters: new Map() };
const state = { ...NOTHING };
const visited = [];
let tools = null;
let turn = 0;
let speaking = 0;

async function ready() {
  tools ||= await open(config.h);
  return tools;
}

// The tree of regions, with the names of the chosen one and of those above it.
async function tree(chosen = state.region) {
  const each = await ready();
  each.regions ||= await each.files.regions();
  if (chosen !== null) await each.regions.know(each.regions.chain(chosen));
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

// The country whose crisis help fits the chosen region.
function helped() {
  if (state.region === null || !tools?.regions) return "";
  const chain = tools.regions.chain(state.region);
  return config.helped.find(([number]) => chain.includes(number))?.[1] ?? "";
}

function heading(key, regions, region) {
  if (key.startsWith("at:")) {
    const number = Number(key.slice(3));
    return number === region ? t("find.at", { region: regions.name(number) }) : t("find.wider", { region: regions.name(region), wider: regions.name(number) });
  }
  return t(`find.${key}`, key === "inside" ? { region: regions.name(region) } : {});
}

async function cards(numbers, isMatch) {
  const { files } = tools;
  const settled = await Promise.allSettled(numbers.map((number) => files.card(number)));
  const lost = settled.find(({ status }) => status === "rejected");
  return { items: settled.filter(({ value }) => value).map(({ value }) => make("li", {}, element(value, isMatch))), lost: lost?.reason };
}

async function showGroup({ key, numbers }, most, isMatch, regions, region) {
  const items = make("ul", { class: "hr-plain hr-grid" });
  const note = { silent: "find.silent_note", crisis: "find.crisis_note" }[key];
  const section = make("section", { class: "hr-search__group", "data-group": key }, make("h2", {}, heading(key, regions, region), " ", make("span", { class: "hr-note", text: `(${numbers.length})` })), note ? make("p", { class: "hr-small", text: t(note) }) : null, items);
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
  const { manifest, meaning, facets } = await ready();
  const { services, organizations, count } = manifest;
  const q = state.q.trim();
  const isAsked = q.length >= LEAST || /^\d{2,}/.test(q);
  const region = state.region ?? (isAsked ? await meaning.region(q) : null);
  const regions = region === null ? null : await tree(region);
  const reach = region === null ? null : regions.reach(region, count);
  const isGuide = (number) => number >= services + organizations;
  const isWithin = (number) => !reach || reach.depth[number] >= 0 || reach.inside[number] === 1 || isGuide(number);
  const low = sunk(manifest.due, new Date().toISOString().slice(0, 10));
  const found = isAsked ? await meaning.find(state.q, { low, isHelp: (number) => number < services && isWithin(number) }) : everything(q ? 0 : listed(manifest), count, low);
  const isFiltered = state.filters.size > 0;
  const [crisisLists, answers] = isFiltered ? await Promise.all([facets.lists("crisis"), facets.together(state.filters)]) : [null, null];
  const isCrisis = new Uint8Array(count);
  for (const entry of crisisLists?.get("yes") ?? []) isCrisis[entry] = 1;
  const chain = region === null ? [] : regions.chain(region);
  return { ...found, region, regions, chain, reach, answers, isWithin, isGuide, isCrisis, services, filtered: isFiltered };
}

// Without words: the services, and organizations and guides too where they are asked for.
function listed({ services, count }) {
  return (state.filters.get("kind") ?? []).some((kind) => kind === "guide" || kind === "organization") ? count : services;
}

function everything(most, count, low) {
  const scores = new Float64Array(count);
  return { order: ranked(Uint32Array.from({ length: most }, (_, number) => number), scores, low), scores, named: new Uint8Array(count), words: [], meant: [] };
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
  const isIdle = !state.q.trim() && state.region === null && !state.filters.size;
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
  const { groups, elsewhere } = grouped(all);
  const isMatch = matcher(all.words, tools.meaning);
  let left = FIRST;
  const shown = await Promise.all(groups.map((group) => {
    const most = Math.min(left, group.numbers.length);
    left -= most;
    return showGroup(group, most, isMatch, all.regions, all.region);
  }));
  if (mine !== turn) return;
  const count = groups.reduce((sum, { numbers }) => sum + numbers.length, 0);
  at("trouble")?.remove();
  at("results").replaceChildren(...shown.map(({ section }) => section), ...(count ? [] : [await nothing(all)]));
  const silent = groups.find(({ key }) => key === "silent")?.numbers.length ?? 0;
  const parts = [all.region === null ? t("find.count", { count }) : t("find.count_in", { count, region: all.regions.name(all.region) })];
  if (silent) parts.push(t("find.silent_count", { count: silent }));
  if (elsewhere.length) parts.push(t("find.also", { count: elsewhere.length }));
  for (const [typed, meant] of all.meant) parts.push(t("find.meant", { typed, meant }));
  if (all.region !== null && state.region === null) parts.push(t("find.region_from", { region: all.regions.name(all.region) }));
  at("shown").replaceChildren(...parts.flatMap((part) => [make("span", { text: part }), " "]));
  at("show").textContent = t("find.show", { count });
  list.hidden = true;
  say(count ? parts[0] + (silent ? ` ${t("find.silent_count", { count: silent })}` : "") : t("find.none"));
  const lost = shown.find((each) => each.lost)?.lost;
  if (lost) trouble(lost);
  if (at("filters").open) await counts(all.order.filter(all.isWithin));
}

// Nothing found: how much there is one step wider, and the next.
async function nothing({ order, region, regions }) {
  const box = make("div", { class: "hr-empty" }, make("h2", { text: t("find.none") }), make("p", { text: t("find.none_text") }));
  const help = document.querySelector("[data-hr-crisis] a");
  if (help) box.append(make("p", {}, make("a", { href: help.href, text: t("find.help") })));
  if (region !== null) {
    const steps = make("ul", { class: "hr-plain hr-empty__links" });
    for (const number of regions.chain(region)) {
      const { depth, inside } = regions.reach(number, tools.manifest.count);
      const count = order.filter((entry) => depth[entry] >= 0 || inside[entry]).length;
      const button = make("button", { class: "hr-button hr-button--quiet", type: "button", text: t("find.ladder", { count, region: regions.name(number) }) });
      button.addEventListener("click", () => chooseRegion(number));
      steps.append(make("li", {}, button));
    }
    box.append(make("h3", { text: t("find.ladder_title") }), steps);
  }
  return box;
}

// ---- filters

// Fills in, in the filters that are open, how many of the found entries each choice would leave, before it is made.
async function counts(found = null) {
  const { facets, manifest } = await ready();
  const mine = turn;
  for (const set of page.querySelectorAll("[data-hr-filter]")) {
    if (!set.closest("details").open) continue;
    const name = set.dataset.hrFilter;
    const entries = found ?? Uint32Array.from({ length: name === "kind" ? manifest.count : manifest.services }, (_, number) => number);
    const { values, silent } = await facets.counts(name, [...state.filters], entries);
    if (mine !== turn) return;
    for (const place of set.querySelectorAll("[data-count]")) place.textContent = `(${values.get(place.closest("label").querySelector("input").value) ?? 0})`;
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
  place.value = state.region !== null && tools?.regions ? tools.regions.name(state.region) : "";
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
  if (state.region !== null && tools?.regions) tag(t("find.region", { region: tools.regions.name(state.region) }), () => chooseRegion(null));
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

async function chooseRegion(number) {
  try {
    await tree(number);
  } catch (error) {
    trouble(error);
    return;
  }
  state.region = number;
  place.value = number === null ? "" : tools.regions.name(number);
  for (const radio of at("tree").querySelectorAll("input")) radio.checked = radio.value === String(number);
  remember();
  await run();
}

async function suggestRegions() {
  const wanted = place.value;
  if (!wanted.trim()) {
    regionList.show([]);
    if (state.region !== null) await chooseRegion(null);
    return;
  }
  try {
    const found = await (await tree()).suggest(wanted);
    if (place.value === wanted) regionList.show(found.map(({ number, name, note }) => ({ number, text: name, note })));
  } catch (error) {
    trouble(error);
  }
}

// A branch of the tree. Its own branches are made when they are opened; the one in which the chosen region lies is open.
async function branch(regions, numbers) {
  await regions.know(numbers);
  const chain = state.region === null ? [] : regions.chain(state.region);
  return make("ul", { class: "hr-plain hr-search__branch" }, ...numbers.map((number) => {
    const name = regions.name(number);
    const radio = make("input", { type: "radio", name: "region-tree", value: number });
    radio.checked = number === state.region;
    radio.addEventListener("change", () => chooseRegion(number));
    const item = make("li", {}, make("label", { class: "hr-filter__option" }, radio, make("span", { text: name })));
    if (regions.hasChildren(number)) {
      const below = make("details", {}, make("summary", { text: t("find.inside", { region: name }) }));
      below.addEventListener("toggle", () => grow(below, regions, regions.children(number)));
      below.open = numbers.length === 1 || (chain.includes(number) && number !== state.region);
      item.append(below);
    }
    return item;
  }));
}

async function grow(box, regions, numbers) {
  if (!box.open || box.dataset.grown) return;
  box.dataset.grown = "";
  try {
    box.append(await branch(regions, numbers));
  } catch (error) {
    delete box.dataset.grown;
    trouble(error);
  }
}

// ---- going back and forth, links, leaving

const copied = () => ({ q: state.q, region: state.region, filters: new Map([...state.filters].map(([name, values]) => [name, [...values]])) });

function remember(isNew = true) {
  if (isNew) visited.push(copied());
  else visited[visited.length - 1] = copied();
  const mark = { ...history.state, hr: visited.length - 1 };
  if (isNew) history.pushState(mark, "");
  else history.replaceState(mark, "");
}

async function restore(saved) {
  const { q, region, id, filters } = saved ?? NOTHING;
  Object.assign(state, { q, region, filters: new Map(filters) });
  // A link names a region by its id, which may be known no more.
  if (id) saved.region = state.region = await tree(null).then((regions) => regions.identified(id)).catch(() => null);
  if (state.region !== null) await tree().catch(() => null);
  writeForm();
  await run();
}

function linked() {
  const values = new URLSearchParams(location.hash.slice(1));
  const filters = new Map();
  for (const [name, value] of values) if (name !== "q" && name !== "r" && form.querySelector(`[name="${CSS.escape(name)}"]`)) filters.set(name, [...(filters.get(name) ?? []), value]);
  return values.has("q") || values.has("r") || filters.size ? { q: values.get("q") ?? "", region: null, id: values.get("r") ?? "", filters } : null;
}

async function copyLink() {
  const values = new URLSearchParams();
  if (state.q.trim()) values.set("q", state.q.trim());
  if (state.region !== null) values.set("r", await (await tree()).id(state.region));
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
const regionList = new Combobox(place, { label: t("find.regions"), choose: ({ number }) => chooseRegion(number) });

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
for (const box of [at("filters"), ...at("filters").querySelectorAll("details")]) {
  box.addEventListener("toggle", () => {
    if (box.open) run();
  });
}
at("tree").addEventListener("toggle", async () => {
  try {
    const regions = await tree();
    await grow(at("tree"), regions, regions.roots());
  } catch (error) {
    trouble(error);
  }
});
at("copy").addEventListener("click", copyLink);
at("clear").addEventListener("click", () => {
  restore(null);
  remember();
  input.focus();
});
// The filters make room for what they leave, and the focus goes on there.
at("show").addEventListener("click", () => {
  at("filters").open = false;
  at("shown").focus();
});
addEventListener("popstate", ({ state: mark }) => {
  typed = false;
  restore(visited[mark?.hr]);
});
addEventListener("hashchange", start);

function start() {
  const asked = linked();
  // The address is not left standing in the history with what was looked for in it.
  if (asked) history.replaceState(history.state, "", location.pathname + location.search);
  visited.length = 0;
  visited.push(asked ?? NOTHING);
  history.replaceState({ ...history.state, hr: 0 }, "");
  restore(visited[0]);
}

form.hidden = false;
for (const each of document.querySelectorAll("[data-hr-without-script]")) each.hidden = true;
start();
