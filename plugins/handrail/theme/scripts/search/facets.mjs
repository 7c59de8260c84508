// What entries state, filter by filter, in three answers: yes, no, not stated. Unknown is not no.
import { state } from "./hours.mjs";
import { ascending } from "./packing.mjs";

export const NO = 0;
export const SILENT = 1;
export const YES = 2;

const NEEDS = new Set(["referral", "id", "insurance"]);
const YEAR = 365 * 86_400_000;

// Each filter gives every entry an answer to a choice, and each value the entries that state it.
export class Facets {
  constructor({ count, column, now = () => Date.now(), zone }) {
    this.count = count;
    this.column = column;
    this.now = now;
    this.zone = zone;
    this.values = new Map();
    this.kept = new Map();
  }

  async lists(name) {
    if (!this.values.has(name)) {
      const { v } = await this.column(name);
      this.values.set(name, new Map(Object.entries(v).map(([value, text]) => [value, ascending(text)])));
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
    const { kind } = state(JSON.parse(data), this.now(), this.zone);
    return kind === "open" ? YES : kind === "closed" ? NO : SILENT;
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
    for (const entry of entries) if (others[entry] > NO) kept[entry] = 1;
    const total = (list) => list.reduce((sum, entry) => sum + kept[entry], 0);
    if (["open", "verified", ...NEEDS].includes(name)) {
      const answers = await this.answers(name, ["yes"]);
      const of = (answer) => entries.reduce((sum, entry) => sum + (kept[entry] && answers[entry] === answer ? 1 : 0), 0);
      return { values: new Map([["yes", of(YES)]]), silent: of(SILENT) };
    }
    const lists = await this.lists(name);
    const stated = new Uint8Array(this.count);
    const values = new Map();
    for (const [value, list] of lists) {
      values.set(value, total(list));
      for (const entry of list) stated[entry] = 1;
    }
    return { values, silent: entries.reduce((sum, entry) => sum + (kept[entry] && !stated[entry] ? 1 : 0), 0) };
  }
}

// Regions as a tree: which entries reach one, how, and what lies around it.
export class Regions {
  // rows: [id, place of the region above, name, other names]
  constructor(rows) {
    this.rows = rows;
    this.place = new Map(rows.map(([id], index) => [id, index]));
    this.children = rows.map(() => []);
    rows.forEach(([, above], index) => {
      if (above >= 0) this.children[above].push(index);
    });
  }

  name(id) {
    return this.rows[this.place.get(id)][2];
  }

  // The region and every region above, nearest first.
  chain(id) {
    const chain = [];
    for (let at = this.place.get(id) ?? -1; at >= 0; at = this.rows[at][1]) chain.push(this.rows[at][0]);
    return chain;
  }

  below(id) {
    const found = [];
    const waiting = [...this.children[this.place.get(id)]];
    while (waiting.length) {
      const at = waiting.pop();
      found.push(this.rows[at][0]);
      waiting.push(...this.children[at]);
    }
    return found;
  }

  // For every entry: 0 here, 1 one step wider and so on; `inside` for entries that cover only a part; -1 for neither.
  // An entry is out where it excepts the region or one on the way up to the region that it covers.
  reach(id, lists, count) {
    const depth = new Int8Array(count).fill(-1);
    const out = new Uint8Array(count);
    this.chain(id).forEach((region, steps) => {
      for (const entry of lists.get(`!${region}`) || []) if (depth[entry] < 0) out[entry] = 1;
      for (const entry of lists.get(region) || []) if (depth[entry] < 0 && !out[entry]) depth[entry] = steps;
    });
    const inside = new Uint8Array(count);
    for (const region of this.below(id)) for (const entry of lists.get(region) || []) if (depth[entry] < 0 && !out[entry]) inside[entry] = 1;
    return { depth, inside };
  }
}
