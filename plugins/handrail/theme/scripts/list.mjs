// My list: what was picked is held by the page and handed on in the fragment of links between our own pages. It is never sent
// and never kept, unless the reader asks for it on the list page.
import say from "./texts.mjs";

const KEY = "handrail-list";
const ID = /^(g\.)?[a-z0-9][a-z0-9\/_-]{0,79}$/;
const ENTRY = /\/(services|guides)\/([a-z0-9][a-z0-9\/_-]*?)(?:\/|\.html)$/;
export const MOST = 30;

const listed = (text) => [...new Set((text || "").split("~").filter((id) => ID.test(id)))].slice(0, MOST);

/** What a fragment holds: the list, its notes, how to show it, which entry alone goes on paper, and what was in the fragment besides. */
export function read(hash) {
  const rest = new URLSearchParams(hash.replace(/^#/, ""));
  const held = rest.get("list");
  if (held === null) return null;
  const ids = listed(held);
  const notes = {};
  ids.forEach((id, index) => { const note = rest.get(`n${index}`); if (note) notes[id] = note.slice(0, 300); });
  const found = { ids, notes, as: rest.get("as") || "", at: rest.get("at") || "", only: listed(rest.get("only"))[0] || "" };
  for (const key of [...rest.keys()]) if (/^(list|only|as|at|n\d+)$/.test(key)) rest.delete(key);
  return { ...found, rest: rest.toString() };
}

/** The fragment of a list; notes only when they are given. */
export function write(ids, notes = {}) {
  const parts = [`list=${ids.join("~")}`];
  ids.forEach((id, index) => { if (notes[id]) parts.push(`n${index}=${encodeURIComponent(notes[id])}`); });
  return parts.join("&");
}

/** A link's fragment with the list in it. A plain anchor moves to `at`, so that the page still goes there; a link to the paper of one entry keeps the list. */
export function carry(hash, ids) {
  if (!ids.length) return hash;
  const own = hash.replace(/^#/, "");
  if (/(^|&)list=/.test(own)) return `#${write(ids)}&only=${own.replace(/(^|.*&)list=/, "")}`;
  if (!own) return `#${write(ids)}`;
  return own.includes("=") ? `#${own}&${write(ids)}` : `#${write(ids)}&at=${encodeURIComponent(own)}`;
}

/** The id of the service or guide whose page stands at a path; empty for every other page. */
export function entryAt(path) {
  const [, folder, id] = path.match(ENTRY) || [];
  if (!id || id === "index") return "";
  return folder === "guides" ? `g.${id}` : id;
}

export const list = { ids: [], notes: {}, kept: false, stored: false, as: "", only: "" };

export function keep(window) {
  window.localStorage.setItem(KEY, JSON.stringify({ ids: list.ids, notes: list.notes }));
  list.kept = list.stored = true;
}

export function forget(window) {
  window.localStorage.removeItem(KEY);
  list.kept = list.stored = false;
}

function kept(window) {
  try {
    const held = JSON.parse(window.localStorage.getItem(KEY) || "null");
    if (!held) return null;
    const ids = held.ids.filter((id) => ID.test(id)).slice(0, MOST);
    return { ids, notes: Object.fromEntries(Object.entries(held.notes || {}).filter(([id, note]) => ids.includes(id) && typeof note === "string")) };
  } catch {
    return null;
  }
}

function remember(window, ...address) {
  window.history.replaceState({ ...window.history.state, list: { ids: list.ids, notes: list.notes } }, "", ...address);
}

/** Keeps the list in this page's history entry (so that Back and reloading find it), and on the device if that was asked for. */
export function hold(window) {
  remember(window);
  if (list.kept) keep(window);
  window.document.dispatchEvent(new Event("hr-list"));
}

export function start(document, window) {
  const { history, location } = window;
  const own = new WeakMap();
  const saved = kept(window);
  const mine = document.querySelector("[data-hr-mine]");
  list.kept = list.stored = saved !== null;

  /** Takes the list out of the link into the page, so that the address shows nothing of it. A list that is kept is not written over by a link. */
  function take() {
    const linked = read(location.hash);
    if (!linked) return false;
    const anchor = linked.at || linked.rest;
    Object.assign(list, { ids: linked.ids, notes: linked.notes, as: linked.as, only: linked.only });
    list.kept = list.kept && saved !== null && saved.ids.join() === linked.ids.join();
    remember(window, location.pathname + location.search + (anchor ? `#${anchor}` : ""));
    if (linked.at) document.getElementById(linked.at)?.scrollIntoView();
    return true;
  }

  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  /** Gives every card of a list its button; those that a search adds later too. */
  function offer() {
    for (const name of document.querySelectorAll(".hr-card:not([data-hr-card]) .hr-card__name a")) {
      const card = name.closest(".hr-card");
      const id = entryAt(name.pathname);
      card.dataset.hrCard = id;
      if (!id || card.closest("[data-hr-mine]")) continue;
      const button = make("button", { className: "hr-button hr-button--quiet", type: "button" },
        make("span", { textContent: say["js.pick.add"] || "" }), make("span", { textContent: say["js.pick.added"] || "", hidden: true }),
        make("span", { className: "hr-vh", textContent: ` ${name.textContent}` }));
      button.children[0].dataset.off = button.children[1].dataset.on = "";
      const pick = make("p", { className: "hr-card__pick hr-screen-only" }, button);
      pick.dataset.hrPick = id;
      card.append(pick);
    }
  }

  /** What stands in a corner while something is on the list: the way to it, and what a press did. */
  let corner = null;
  function tell(words, isPlain) {
    if (mine || (!corner && !list.ids.length)) return;
    if (!corner) {
      const link = make("a", { className: "hr-pill", href: new URL(`../../../${say["js.list.at"] || ""}`, import.meta.url).href },
        say["js.list.title"] || "", make("span"));
      link.dataset.hrListHome = link.lastChild.dataset.hrListCount = "";
      corner = make("div", { className: "hr-picked" }, make("p", { className: "hr-vh" }), link);
      corner.setAttribute("role", "region");
      corner.setAttribute("aria-label", say["js.list.title"] || "");
      corner.firstChild.setAttribute("role", "status");
      document.body.append(corner);
    }
    corner.firstChild.classList.toggle("hr-vh", !isPlain);
    corner.firstChild.textContent = words;
    corner.lastChild.hidden = !list.ids.length;
  }

  function show() {
    offer();
    tell(corner?.firstChild.textContent || "", false);
    for (const pick of document.querySelectorAll("[data-hr-pick]")) {
      const on = list.ids.includes(pick.dataset.hrPick);
      pick.hidden = false;
      pick.querySelector("[data-on]").hidden = !on;
      pick.querySelector("[data-off]").hidden = on;
    }
    for (const count of document.querySelectorAll("[data-hr-list-count]")) count.textContent = list.ids.length ? ` (${list.ids.length})` : "";
    for (const home of document.querySelectorAll("[data-hr-list-home]")) home.hash = list.ids.length ? write(list.ids) : "";
  }

  function toggle(id) {
    const isOn = list.ids.includes(id);
    if (!isOn && list.ids.length >= MOST) {
      tell(say["js.list.full"] || "", true);
      return;
    }
    list.ids = isOn ? list.ids.filter((other) => other !== id) : [...list.ids, id];
    hold(window);
    tell(say[isOn ? "js.list.removed" : "js.list.put"] || "", false);
  }

  /** Lets a link of our own that is followed take the list along; a kept list needs no carrying. */
  function lead(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || !/^(https?|file):$/.test(link.protocol)) return;
    if (!own.has(link)) {
      if (link.hasAttribute("data-hr-leave") || link.hasAttribute("data-hr-list-home") || (link.pathname === location.pathname && link.hash)) return;
      own.set(link, link.hash);
    }
    link.hash = list.kept ? own.get(link) : carry(own.get(link), list.ids);
  }

  document.addEventListener("click", (event) => {
    const pick = event.target.closest?.("[data-hr-pick] button");
    if (pick) toggle(pick.parentElement.dataset.hrPick);
    else lead(event);
  }, true);
  document.addEventListener("auxclick", lead, true);
  document.addEventListener("hr-list", show);
  const results = document.querySelector("[data-hr-results]");
  if (results) new MutationObserver(show).observe(results, { childList: true, subtree: true });
  // a step back inside this page does not take anything off the list
  window.addEventListener("popstate", () => { remember(window); show(); });
  window.addEventListener("hashchange", () => { if (take()) { show(); document.dispatchEvent(new Event("hr-list-link")); } });
  if (!take()) {
    Object.assign(list, { ids: [], notes: {}, ...(saved || history.state?.list) });
    if (list.ids.length) remember(window);
  }
  show();
}

if (typeof document !== "undefined") start(document, window);
