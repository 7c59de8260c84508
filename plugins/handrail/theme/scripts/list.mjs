// My list: what was picked is held by the page and handed on in the fragment of links between our own pages. It is never sent
// and never kept, unless the reader asks for it on the list page.
const KEY = "handrail-list";
const ID = /^(g\.)?[a-z0-9][a-z0-9\/_-]{0,79}$/;
export const MOST = 30;

/** What a fragment holds: the list, its notes, how to show it, and what was in the fragment besides. */
export function read(hash) {
  const rest = new URLSearchParams(hash.replace(/^#/, ""));
  const held = rest.get("list");
  if (held === null) return null;
  const ids = [...new Set(held.split("~").filter((id) => ID.test(id)))].slice(0, MOST);
  const notes = {};
  ids.forEach((id, index) => { const note = rest.get(`n${index}`); if (note) notes[id] = note.slice(0, 300); });
  const found = { ids, notes, as: rest.get("as") || "", at: rest.get("at") || "" };
  for (const key of [...rest.keys()]) if (/^(list|as|at|n\d+)$/.test(key)) rest.delete(key);
  return { ...found, rest: rest.toString() };
}

/** The fragment of a list; notes only when they are given. */
export function write(ids, notes = {}) {
  const parts = [`list=${ids.join("~")}`];
  ids.forEach((id, index) => { if (notes[id]) parts.push(`n${index}=${encodeURIComponent(notes[id])}`); });
  return parts.join("&");
}

/** A link's fragment with the list in it. A plain anchor moves to `at`, so that the page still goes there. */
export function carry(hash, ids) {
  if (!ids.length || /(^#|&)list=/.test(hash)) return hash;
  const own = hash.replace(/^#/, "");
  if (!own) return `#${write(ids)}`;
  return own.includes("=") ? `#${own}&${write(ids)}` : `#${write(ids)}&at=${encodeURIComponent(own)}`;
}

export const list = { ids: [], notes: {}, kept: false, as: "" };

export function keep(window) {
  window.localStorage.setItem(KEY, JSON.stringify({ ids: list.ids, notes: list.notes }));
  list.kept = true;
}

export function forget(window) {
  window.localStorage.removeItem(KEY);
  list.kept = false;
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

/** Keeps the list in this page's history entry (so that Back and reloading find it), and on the device if that was asked for. */
export function hold(window) {
  window.history.replaceState({ ...window.history.state, list: { ids: list.ids, notes: list.notes } }, "");
  if (list.kept) keep(window);
  window.document.dispatchEvent(new Event("hr-list"));
}

export function start(document, window) {
  const { history, location } = window;
  const saved = kept(window);
  list.kept = saved !== null;

  /** Takes the list out of the link into the page, so that the address shows nothing of it. */
  function take() {
    const linked = read(location.hash);
    if (!linked) return false;
    const anchor = linked.at || linked.rest;
    Object.assign(list, { ids: linked.ids, notes: linked.notes, as: linked.as });
    history.replaceState({ ...history.state, list: { ids: list.ids, notes: list.notes } }, "", location.pathname + location.search + (anchor ? `#${anchor}` : ""));
    if (linked.at) document.getElementById(linked.at)?.scrollIntoView();
    return true;
  }

  function show() {
    for (const pick of document.querySelectorAll("[data-hr-pick]")) {
      const on = list.ids.includes(pick.dataset.hrPick);
      pick.hidden = false;
      pick.querySelector("[data-on]").hidden = !on;
      pick.querySelector("[data-off]").hidden = on;
    }
    for (const count of document.querySelectorAll("[data-hr-list-count]")) count.textContent = list.ids.length ? ` (${list.ids.length})` : "";
    for (const home of document.querySelectorAll("[data-hr-list-home]")) home.hash = list.ids.length ? write(list.ids) : "";
  }

  document.addEventListener("click", (event) => {
    const pick = event.target.closest?.("[data-hr-pick] button");
    if (pick) {
      const id = pick.parentElement.dataset.hrPick;
      list.ids = list.ids.includes(id) ? list.ids.filter((other) => other !== id) : [...list.ids, id].slice(-MOST);
      hold(window);
      return;
    }
    const link = event.target.closest?.("a[href]");
    // a kept list needs no carrying; a link of our own is one below the same host
    if (!link || list.kept || !list.ids.length || link.origin !== location.origin || !/^(https?|file):$/.test(link.protocol)) return;
    if (link.hasAttribute("data-hr-leave") || link.hasAttribute("data-hr-list-home") || (link.pathname === location.pathname && link.hash)) return;
    link.hash = carry(link.hash, list.ids);
  }, true);
  document.addEventListener("hr-list", show);
  window.addEventListener("popstate", () => { Object.assign(list, { ids: [], notes: {}, ...history.state?.list }); show(); });
  window.addEventListener("hashchange", () => { if (take()) { show(); document.dispatchEvent(new Event("hr-list-link")); } });
  if (!take()) Object.assign(list, { ids: [], notes: {}, ...(history.state?.list || saved) });
  show();
}

if (typeof document !== "undefined") start(document, window);
