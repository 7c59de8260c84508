// The privacy page counts what this browser saw and keeps, and clears what this site keeps. It sends nothing and keeps nothing.
const OURS = /^handrail/;

/** Requests of this page that went to another origin. */
export function elsewhere(entries, origin) {
  return entries.filter(({ name }) => {
    try {
      const url = new URL(name);
      return /^https?:$/.test(url.protocol) && url.origin !== origin;
    } catch {
      return false;
    }
  }).length;
}

/** Names of cookies that scripts can see. */
export function cookies(text) {
  return text.split(";").map((each) => each.split("=")[0].trim()).filter(Boolean);
}

// A browser that forbids a store answers with an error: then nothing is kept in it. Where it cannot be asked, the count is unknown.
const quiet = async (ask, otherwise) => {
  try { return await ask(); } catch { return otherwise; }
};

/** What is kept under this address, as a list of { name, remove }. */
export async function kept(window) {
  const found = [];
  for (const name of ["localStorage", "sessionStorage"]) {
    await quiet(() => {
      const store = window[name];
      for (const key of Object.keys(store)) found.push({ name: key, remove: () => store.removeItem(key) });
    });
  }
  const databases = await quiet(() => window.indexedDB.databases(), []);
  for (const { name } of databases) found.push({ name, remove: () => window.indexedDB.deleteDatabase(name) });
  const caches = await quiet(() => window.caches.keys(), []);
  for (const name of caches) found.push({ name, remove: () => window.caches.delete(name) });
  const workers = await quiet(() => window.navigator.serviceWorker.getRegistrations(), []);
  for (const worker of workers) found.push({ name: "handrail service worker", remove: () => worker.unregister() });
  return found;
}

export function start(document, window) {
  const place = document.querySelector("[data-hr-privacy]");
  if (!place) return;
  const say = place.dataset;
  const status = place.querySelector("[data-hr-privacy-status]");
  const show = (name, value) => { place.querySelector(`[data-count="${name}"]`).textContent = value; };

  async function count() {
    const entries = window.performance?.getEntriesByType?.("resource");
    const numbers = {
      requests: entries ? elsewhere(entries, window.location.origin) : say.unknown,
      cookies: await quiet(() => cookies(document.cookie).length, 0),
      kept: (await kept(window)).length,
    };
    for (const [name, value] of Object.entries(numbers)) show(name, String(value));
    return Object.values(numbers).every((value) => value === 0);
  }

  async function clear() {
    for (const each of await kept(window)) if (OURS.test(each.name)) await quiet(each.remove);
    for (const name of cookies(document.cookie)) if (OURS.test(name)) document.cookie = `${name}=; max-age=0; path=/`;
    window.history.replaceState(null, "", window.location.pathname);
    return count();
  }

  place.querySelector("[data-hr-privacy-off]").hidden = true;
  place.querySelector("[data-hr-privacy-on]").hidden = false;
  place.addEventListener("click", async (event) => {
    const what = event.target.closest("[data-do]")?.dataset.do;
    if (what === "count") status.textContent = (await count()) ? say.clean : say.found;
    if (what === "clear") status.textContent = (await clear()) ? say.cleared : say.left;
  });
  // Images and scripts of a page may still be on their way when modules run.
  if (document.readyState === "complete") count();
  else window.addEventListener("load", () => count());
}

if (typeof document !== "undefined") start(document, window);
