// Leave this page: the button, or Shift three times within five seconds.
// Covers the page at once, then replaces it in the history with a neutral page. Without this script the button is a plain link.
// Its words stand at the button, so that it waits for nothing else.
const WINDOW = 5000;

/** Counts clean presses of Shift: alone, not held, each within the window after the first. */
export function shiftCounter(limit = 3, span = WINDOW) {
  let times = [];
  let alone = false;
  return {
    down(event, now) {
      if (event.key === "Shift" && !event.repeat) alone = !(event.ctrlKey || event.altKey || event.metaKey);
      else if (event.key !== "Shift") { alone = false; times = []; }
      return times.length;
    },
    up(event, now) {
      if (event.key !== "Shift" || !alone) return times.length;
      alone = false;
      times = [...times.filter((t) => now - t < span), now];
      return Math.min(times.length, limit);
    },
    reset() { times = []; alone = false; },
  };
}

export function start(document, window) {
  const link = document.querySelector("[data-hr-leave]");
  if (!link) return;
  const status = document.querySelector("[data-hr-leave-status]");
  const counter = shiftCounter();
  let title = document.title;
  let cover = null;

  function leave() {
    if (!cover) {
      cover = document.createElement("div");
      cover.className = "hr-cover";
      cover.setAttribute("role", "alert");
      cover.textContent = link.dataset.leaving;
      document.body.append(cover);
    }
    document.documentElement.classList.add("hr-left");
    title = document.title;
    document.title = link.dataset.tab || " ";
    window.location.replace(link.href);
  }

  function reset() {
    document.documentElement.classList.remove("hr-left");
    if (cover) { cover.remove(); cover = null; document.title = title; }
    counter.reset();
    if (status) status.textContent = "";
  }

  link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  document.addEventListener("keydown", (event) => counter.down(event, Date.now()), true);
  document.addEventListener("keyup", (event) => {
    const n = counter.up(event, Date.now());
    if (event.key !== "Shift" || !n) return;
    if (n >= 3) { counter.reset(); leave(); return; }
    if (status) status.textContent = link.dataset[n === 1 ? "twoMore" : "oneMore"];
  }, true);
  window.addEventListener("pageshow", () => reset());
  for (const hint of document.querySelectorAll(".hr-leave__keys")) hint.hidden = false;
}

if (typeof document !== "undefined") start(document, window);
