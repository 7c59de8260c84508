// Says "Open now, until 22:00" from data-hours. Times are said in the reader's own time; words come from texts.mjs.
//   {"z":"Europe/London"|"local","a":1}                      always open
//   {"z":…,"w":[[day,from,to],…],"x":[["2026-12-25",null|[[from,to],…]],…]}
// day: 0 is Monday; minutes from midnight; `to` beyond 1440 runs into the next day. Dates in x replace the week's spans of that date.
import say from "./texts.mjs";

const DAY = 1440;
const MINUTE = 60000;

function zoneOf(z) {
  return z === "local" ? undefined : z;
}

const formats = new Map();
function parts(zone, instant) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    }));
  }
  const out = {};
  for (const { type, value } of formats.get(zone).formatToParts(instant)) out[type] = Number(value);
  return out;
}

/** Minutes that the zone is ahead of UTC at an instant. */
function offset(zone, ms) {
  const p = parts(zone, new Date(ms));
  return Math.round((Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(ms / 1000) * 1000) / MINUTE);
}

/** The instant of a wall-clock minute of a day in a zone. A time that a clock change skips moves forward. */
function instantOf(zone, dayUTC, minutes) {
  const wall = dayUTC + minutes * MINUTE;
  const first = wall - offset(zone, wall) * MINUTE;
  const second = wall - offset(zone, first) * MINUTE;
  return offset(zone, second) === offset(zone, first) ? second : Math.max(first, second);
}

/** Open spans [from, to) as instants, from yesterday over the next eight days, joined where they touch. */
export function spans(data, now) {
  const zone = zoneOf(data.z);
  const p = parts(zone, new Date(now));
  const today = Date.UTC(p.year, p.month - 1, p.day);
  const exceptions = new Map(data.x || []);
  const found = [];
  for (let d = -1; d <= 8; d += 1) {
    const day = today + d * DAY * MINUTE;
    const iso = new Date(day).toISOString().slice(0, 10);
    const weekday = (new Date(day).getUTCDay() + 6) % 7;
    let of = (data.w || []).filter(([n]) => n === weekday).map(([, from, to]) => [from, to]);
    if (exceptions.has(iso)) of = exceptions.get(iso) || [];
    else if (data.a && !(data.w || []).length) of = [[0, DAY]];
    for (const [from, to] of of) found.push([instantOf(zone, day, from), instantOf(zone, day, to)]);
  }
  found.sort((a, b) => a[0] - b[0]);
  const joined = [];
  for (const span of found) {
    const last = joined[joined.length - 1];
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else joined.push([...span]);
  }
  return joined;
}

/** {state: "always"|"open"|"closed", until|opens: instant or null} */
export function stateAt(data, now) {
  if (data.a && !(data.x || []).length) return { state: "always", until: null };
  const all = spans(data, now);
  const current = all.find(([from, to]) => from <= now && now < to);
  if (current) {
    if (current[1] - now > 7 * DAY * MINUTE) return { state: "always", until: null };
    return { state: "open", until: current[1] };
  }
  const next = all.find(([from]) => from > now);
  return { state: "closed", opens: next ? next[0] : null };
}

function fill(text, values) {
  return String(text || "").replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

/** The line to show; empty when the words are missing. */
export function line(data, now, say, language, readerZone) {
  const s = stateAt(data, now);
  if (s.state === "always") return { state: "open", text: say["js.hours.always"] || "", at: null };
  const at = s.state === "open" ? s.until : s.opens;
  if (at === null) return { state: "closed", text: say["js.hours.closed"] || "", at: null };
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: readerZone }).format(at);
  const zone = zoneOf(data.z);
  const yours = zone && offset(zone, at) !== offset(readerZone, at) ? (say["js.hours.your_time"] || "") : "";
  const values = { time: yours ? fill(yours, { time }) : time };
  if (s.state === "open") {
    const soon = at - now <= 60 * MINUTE;
    return { state: "open", text: fill(say[soon ? "js.hours.closes_soon" : "js.hours.open_until"], values), at };
  }
  const sameDay = (a, b) => { const p = parts(readerZone, new Date(a)); const q = parts(readerZone, new Date(b)); return p.day === q.day && p.month === q.month; };
  if (sameDay(now, at)) return { state: "closed", text: fill(say["js.hours.opens_today"], values), at };
  values.day = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: readerZone }).format(at);
  return { state: "closed", text: fill(say["js.hours.opens"], values), at };
}

export function show(document, now = Date.now()) {
  let next = null;
  for (const place of document.querySelectorAll("[data-hours]")) {
    try {
      const got = line(JSON.parse(place.dataset.hours), now, say, document.documentElement.lang || "en", undefined);
      if (!got.text) continue;
      if (place.textContent !== got.text) place.textContent = got.text;
      place.dataset.state = got.state;
      place.hidden = false;
      if (got.at !== null && (next === null || got.at < next)) next = got.at;
    } catch {
      place.hidden = true; // an unknown zone or broken data: the hours in words stand beside it
    }
  }
  return next;
}

if (typeof document !== "undefined") {
  let timer = 0;
  const again = () => {
    clearTimeout(timer);
    const next = show(document);
    if (next !== null) timer = setTimeout(again, Math.min(Math.max(next - Date.now() + 1000, MINUTE), 30 * MINUTE));
  };
  again();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) again(); });
}
