// What is on the list, as plain text for messages and as files.

/** A way to reach a service on one line. */
export const line = ([heading, display, , then, hours, cost]) => [display ? `${heading}: ${display}` : heading, then, hours, cost].filter(Boolean).join(". ");

/** The whole list as a message. Discreetly: no link and no web address. */
export function message(items, { quiet = false, notes = {}, link = "" } = {}) {
  const parts = items.map(({ id, item }) => {
    const form = quiet ? item.q || {} : item;
    return [form.n, ...(form.a || []), ...(form.w || []).map(line), ...(form.m || []), notes[id]].filter(Boolean).join("\n");
  });
  return [...parts, quiet ? "" : link].filter(Boolean).join("\n\n");
}

/** The contacts as one vCard file; empty when nothing on the list has any. */
export const contacts = (items, quiet) => items.map(({ item }) => (quiet ? item.q?.v : item.v) || "").join("");

/** The meetings as one calendar; empty when there are none. */
export function meetings(items, quiet) {
  const events = items.flatMap(({ item }) => (quiet ? item.q?.i : item.i) || []);
  if (!events.length) return "";
  const zones = [...new Set(items.flatMap(({ item }) => item.z || []))];
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${quiet ? "Calendar" : "Handrail"}//Meetings//EN`, "CALSCALE:GREGORIAN", ""].join("\r\n");
  return `${head}${zones.join("")}${events.join("")}END:VCALENDAR\r\n`;
}

/** The file in which a service is found (FNV-1a over its id, as when the site was built). */
export function chunkOf(id, count) {
  let value = 2166136261;
  for (let i = 0; i < id.length; i += 1) value = Math.imul(value ^ id.charCodeAt(i), 16777619) >>> 0;
  return value % count;
}
