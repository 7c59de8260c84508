// Writes the answers of the browser's code for the cases of hours_cases.json.
import { readFileSync } from "node:fs";
import { kind as kindNow, state } from "../../plugins/handrail/theme/scripts/search/hours.mjs";

const { hours, cases } = JSON.parse(readFileSync(new URL("hours_cases.json", import.meta.url), "utf8"));
const text = (instant) => instant === null ? null : new Date(instant).toISOString().replace(".000", "");
process.stdout.write(JSON.stringify(cases.map((each) => {
  const { kind, until } = state(hours[each.hours], Date.parse(each.at), each.reader);
  const now = kindNow(hours[each.hours], Date.parse(each.at), each.reader);
  return [each.hours, each.at, each.reader, now === kind ? kind : `${kind}, but ${now}`, text(until)];
})));
