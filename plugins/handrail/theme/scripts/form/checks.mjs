// Everything that is known of right and wrong: the schema, the rules of the directory, and what the rest of the registry says.
import { clashes, facts, known } from "./alike.mjs";
import { isHeld, leadsInto } from "./held.mjs";
import { elsewhereThan, linkIssues } from "./links.mjs";
import { equal } from "./patch.mjs";
import { policyIssues } from "./policy.mjs";
import { Judge } from "./shape.mjs";
import { wordingIssues } from "./wording.mjs";

/** The reader's own day. */
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

export class Checks {
  constructor(rules, say) {
    this.known = null;
    this.schema = rules.schema;
    this.wording = rules.wording;
    this.say = say;
    this.judge = new Judge(rules.schema, rules.zones, say);
  }

  /** Every issue of a file, `{code, path, message, help}`; `source` holds it as it was, or null. Parts that the copy does not show have none. */
  issues(data, source) {
    const found = this.every(data, source);
    if (!source?.parts) return found;
    // a source that only those parts name
    const unused = new Set(this.every(source.data, source).filter(({ code }) => code === "E311").map(({ message }) => message));
    return found.filter(({ code, path, message }) => !leadsInto(data, path) && !(code === "E311" && unused.has(message)));
  }

  every(data, source) {
    const found = [...this.judge.issues(data), ...linkIssues(data, this.known, source, this.say), ...policyIssues(data, today(), this.say), ...wordingIssues(data, this.wording)];
    const seen = new Set();
    return found.filter(({ path, message }) => !seen.has(JSON.stringify([path, message])) && seen.add(JSON.stringify([path, message])));
  }

  /** What nobody is stopped by: warnings, entries that may be the same, crisis lines; of a file that was there, only what the change brings about. */
  notes(data, issues, source) {
    const told = (of, found) => [
      ...found.filter(({ code }) => code.startsWith("W")),
      ...this.clashes(of, source).map(({ other, key, value }) => ({
        message: this.say("form.note.clash", { name: other.names?.[0] ?? other.name, organization: other.organization ?? of.id, why: this.say(`clash.${key}`, { value }) }),
      })),
    ];
    const before = source ? new Set(told(source.data, this.issues(source.data, source)).map(({ message }) => message)) : new Set();
    const was = (service) => (source?.data.services || []).find(({ id }) => id === service.id);
    const crisis = (data.services || []).filter(({ id, crisis: flag }) => flag === "yes" || this.known.crisis.includes(id)).some((service) => !equal(service, was(service)));
    return [...told(data, issues).filter(({ message }) => !before.has(message)), ...(crisis ? [{ message: this.say("form.note.crisis") }] : [])];
  }

  /** Services elsewhere that may be the same as one of this file: `{service, other, key, value}`. */
  clashes(data, source) {
    const places = this.known.places;
    const own = (data.services || []).filter((service) => !isHeld(service)).map((service) => facts(service, data, places));
    const others = elsewhereThan(source, this.known).map(known);
    return own.flatMap((mine) => clashes(mine, [...others, ...own]).map(({ other, key, value }) => ({ service: mine.id, other: [...this.known.services, ...(data.services || [])].find((each) => each.id === other), key, value })));
  }
}
