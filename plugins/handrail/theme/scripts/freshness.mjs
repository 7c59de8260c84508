// What depends on the day is said here, so that a page is right on any day after its build: checks that are too long ago, and alerts
// inside their first and last day. Without this script the dates stand there in words.
const DAY = 86400000;

/** The reader's own day as a number that counts days. */
export function dayOf(date) {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}

function number(iso) {
  const at = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(at) ? null : at / DAY;
}

/** Whether a check is more days ago than count. */
export function isOld(checked, limit, today) {
  const day = number(checked);
  return day !== null && today - day > limit;
}

/** Whether an alert speaks of today; one whose days cannot be read is shown. */
export function isOn(from, until, today) {
  const [first, last] = [number(from), number(until)];
  return (first === null || today >= first) && (last === null || today <= last);
}

export function show(document, now = new Date()) {
  const today = dayOf(now);
  for (const place of document.querySelectorAll("[data-checked]")) {
    const old = isOld(place.dataset.checked, Number(place.dataset.limit), today) && place.dataset.old;
    let said = place.querySelector(".hr-trust__old");
    if (old && !said) {
      said = document.createElement("strong");
      said.className = "hr-trust__old";
      said.textContent = place.dataset.old;
      (place.lastElementChild || place).append(said);
    }
    if (!old) said?.remove();
  }
  for (const place of document.querySelectorAll("[data-from][data-until]")) place.hidden = !isOn(place.dataset.from, place.dataset.until, today);
}

if (typeof document !== "undefined") {
  show(document);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) show(document); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) show(document); });
}
