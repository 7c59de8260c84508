// Whether it is open at an instant: the same answers as handrail.model.hours.Hours.state, held together by a table of cases.
const DAY = 1440;
const MINUTE = 60_000;
const HORIZON = 15;

const QUARTER = 900_000;

const formats = new Map();
const known = new Map();

// Milliseconds that the clocks of a zone are ahead at an instant. Clocks change at full quarters of an hour, and asking for
// them takes long, so that each quarter is asked for once.
function ahead(zone, instant) {
  const key = `${zone} ${Math.floor(instant / QUARTER)}`;
  if (!known.has(key)) known.set(key, asked(zone, instant));
  return known.get(key);
}

function asked(zone, instant) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
    formats.set(zone, format);
  }
  const part = {};
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - Math.floor(instant / 1000) * 1000;
}

// The instant of a wall-clock time. A time that comes twice is the first; one that is skipped is as long after the gap as it says.
function instantOf(day, minutes, zone) {
  const wall = day + minutes * MINUTE;
  const before = ahead(zone, wall - DAY * MINUTE);
  const first = wall - before;
  if (ahead(zone, first) === before) return first;
  const after = ahead(zone, wall + DAY * MINUTE);
  const second = wall - after;
  return ahead(zone, second) === after ? second : first;
}

const dayOf = (text) => Date.parse(`${text}T00:00Z`);

// Openings as instants, from two days before to two weeks after, those that touch put together.
export function openings(hours, instant, zone, horizon = HORIZON) {
  const today = Math.floor((instant + ahead(zone, instant)) / (DAY * MINUTE)) * DAY * MINUTE;
  const spans = [];
  for (let offset = -2; offset < horizon; offset++) {
    const day = today + offset * DAY * MINUTE;
    const weekday = (new Date(day).getUTCDay() + 6) % 7;
    const exception = (hours.x || []).find(([first, last]) => dayOf(first) <= day && day <= dayOf(last));
    const times = exception ? exception[2] : hours.a ? [[0, DAY]] : hours.w.filter((each) => each[0] === weekday).map((each) => each.slice(1));
    for (const [opens, closes] of times) spans.push([instantOf(day, opens, zone), instantOf(day, closes, zone)]);
  }
  const joined = [];
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (start < end) joined.push([start, end]);
  }
  return joined;
}

// {kind: open, closed or unknown, until: the next change as an instant, or null}
export function state(hours, instant, readerZone = "UTC") {
  if (!hours || !(hours.a || hours.w?.length)) return { kind: "unknown", until: null };
  if (hours.a && !hours.x?.length) return { kind: "open", until: null };
  const zone = hours.z === "local" ? readerZone : hours.z || "UTC";
  for (const [start, end] of openings(hours, instant, zone)) {
    if (start <= instant && instant < end) return { kind: "open", until: end > instant + (HORIZON - 2) * DAY * MINUTE ? null : end };
    if (start > instant) return { kind: "closed", until: start };
  }
  return { kind: "closed", until: null };
}

// The same for now only, without the next change: open, closed or unknown.
export function kind(hours, instant, readerZone = "UTC") {
  if (!hours || !(hours.a || hours.w?.length)) return "unknown";
  if (hours.a && !hours.x?.length) return "open";
  const zone = hours.z === "local" ? readerZone : hours.z || "UTC";
  return openings(hours, instant, zone, 2).some(([start, end]) => start <= instant && instant < end) ? "open" : "closed";
}
