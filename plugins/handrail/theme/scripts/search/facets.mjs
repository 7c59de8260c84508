// What entries state, filter by filter, in three answers: yes, no, not stated. Unknown is not no.
import { kind } from "./hours.mjs";
import { subsets } from "./packing.mjs";

export const NO = 0;
export const SILENT = 1;
export const YES = 2;

const NEEDS = new Set(["referral", "id", "insurance"]);
const ANSWERS = { open: YES, closed: NO, unknown: SILENT };
const YEAR = 365 * 86_400_000;

// Each filter gives every entry an answer to a choice, and each value the entries that state it.
export class Facets {
  // Numbers below `services` are services; of others nobody expects that they state what a filter asks.
  constructor({ count, services = count, column, now = () => Date.now(), zone }) {
    this.count = count;
    this.services = services;
    this.column = column;
    this.now = now;
    this.zone = zone;
    this.values = new Map();
    this.kept = new Map();
  }

  async lists(name) {
    if (!this.values.has(name)) {
      const { v, k, r } = await this.column(name);
      const lists = v.map(() => []);
      subsets(k, r, v.length, (entry, value) => lists[value].push(entry));
      this.values.set(name, new Map(v.map((value, number) => [value, lists[number]])));
    }
    return this.values.get(name);
  }

  // Answers of all entries to one filter; `chosen` are values of which one is enough.
  async answers(name, chosen) {
    const lists = await this.lists(name === "open" ? "hours" : name);
    const answers = new Uint8Array(this.count).fill(SILENT);
    const mark = (value, answer) => {
      for (const entry of lists.get(value) || []) if (answers[entry] < answer || answer === YES) answers[entry] = answer;
    };
    if (name === "open") {
      // One open channel is enough; closed is said only where every channel on which somebody could answer is known to be.
      const open = (value) => this.isOpen(value);
      for (const [value, entries] of lists) if (open(value) === NO) for (const entry of entries) answers[entry] = NO;
      for (const [value, entries] of lists) if (open(value) === SILENT) for (const entry of entries) answers[entry] = SILENT;
      for (const [value, entries] of lists) if (open(value) === YES) for (const entry of entries) answers[entry] = YES;
      return answers;
    }
    if (NEEDS.has(name)) {
      for (const entry of lists.get("yes") || []) answers[entry] = NO;
      mark("no", YES);
      return answers;
    }
    if (name === "verified") {
      for (const [value, entries] of lists) {
        const isRecent = this.now() - Date.parse(value) <= YEAR;
        for (const entry of entries) answers[entry] = isRecent ? YES : NO;
      }
      return answers;
    }
    if (name === "age") {
      const ages = chosen.map(Number);
      for (const [value, entries] of lists) {
        const [least, most] = value.split("-").map((each) => each === "" ? Infinity : Number(each));
        const holds = ages.some((age) => age >= least && age <= most);
        for (const entry of entries) answers[entry] = holds ? YES : NO;
      }
      return answers;
    }
    for (const entries of lists.values()) for (const entry of entries) answers[entry] = NO;
    for (const value of chosen) mark(value, YES);
    // Whoever is there for anyone is there for each group, though not made for it.
    if (name === "audience" && !chosen.includes("anyone")) for (const entry of lists.get("anyone") || []) if (answers[entry] === NO) answers[entry] = SILENT;
    return answers;
  }

  // Answers that do not change with the clock are worked out once.
  async known(name, values) {
    if (name === "open") return this.answers(name, values);
    const key = `${name} ${values}`;
    if (!this.kept.has(key)) this.kept.set(key, await this.answers(name, values));
    return this.kept.get(key);
  }

  isOpen(value) {
    const cut = value.indexOf(" ");
    const data = value.slice(cut + 1);
    if (data === "?") return SILENT;
    return ANSWERS[kind(JSON.parse(data), this.now(), this.zone)];
  }

  // For every entry the weakest of its answers to all chosen filters.
  async together(chosen) {
    const every = await Promise.all([...chosen].map(([name, values]) => this.known(name, values)));
    const weakest = new Uint8Array(this.count).fill(YES);
    for (const answers of every) for (let i = 0; i < this.count; i++) if (answers[i] < weakest[i]) weakest[i] = answers[i];
    return weakest;
  }

  // How many of the entries each value of a filter would leave, and how many say nothing, the other filters kept.
  async counts(name, chosen, entries) {
    const others = await this.together([...chosen].filter(([other]) => other !== name));
    const kept = new Uint8Array(this.count);
    let silent = 0;
    for (const entry of entries) if (others[entry] > NO) kept[entry] = 1;
    const values = new Map();
    if (["open", "verified", ...NEEDS].includes(name)) {
      const answers = await this.known(name, ["yes"]);
      let yes = 0;
      for (const entry of entries) {
        if (!kept[entry]) continue;
        if (answers[entry] === YES) yes += 1;
        else if (answers[entry] === SILENT && entry < this.services) silent += 1;
      }
      return { values: values.set("yes", yes), silent };
    }
    const stated = new Uint8Array(this.count);
    for (const [value, list] of await this.lists(name)) {
      let total = 0;
      for (const entry of list) {
        total += kept[entry];
        stated[entry] = 1;
      }
      values.set(value, total);
    }
    for (const entry of entries) if (kept[entry] && !stated[entry] && entry < this.services) silent += 1;
    return { values, silent };
  }
}
