// Regions as a tree: which entries reach one, how, and what lies around it. A region is a number in the order of the tree, so
// that a region and all below it are one run of numbers, and so are the entries that cover them.
import { fold } from "./fold.mjs";
import { place } from "./engine.mjs";
import { Reader, ascending } from "./packing.mjs";

const ID = "=";

function numbers(text) {
  const reader = new Reader(text);
  const list = [];
  while (reader.more) list.push(reader.next());
  return list;
}

const lists = (texts) => new Map(Object.entries(texts).map(([region, text]) => [Number(region), ascending(text)]));

export class Regions {
  // The shape as handrail/search/regions.py writes it. rows: [number, id, name, ...other names] of those that are known from
  // the start; with more there are than those, load(kind, number) promises files of names and, by `first`, of what is typed.
  constructor({ d, n, m, x }, { rows, first = [], names = 1, load }) {
    this.depth = numbers(d);
    this.start = [0];
    for (const count of numbers(n)) this.start.push(this.start.at(-1) + count);
    this.more = lists(m);
    this.excepted = lists(x);
    this.above = this.depth.map(() => -1);
    const open = [];
    this.depth.forEach((depth, number) => {
      open[depth] = number;
      if (depth) this.above[number] = open[depth - 1];
    });
    this.rows = rows;
    this.ids = new Map(rows.map(([number, id]) => [number, id]));
    this.called = new Map(rows.map(([number, , name]) => [number, name]));
    this.first = first;
    this.names = names;
    this.load = load;
    this.reached = new Map();
  }

  // Loads the names of regions (or their ids) that are not known yet.
  async know(wanted, known = this.called) {
    const files = new Set(wanted.filter((number) => !known.has(number)).map((number) => Math.floor(number / this.names)));
    await Promise.all([...files].map(async (file) => {
      const { r } = await this.load("n", file);
      r.forEach(([id, name], index) => {
        this.ids.set(file * this.names + index, id);
        this.called.set(file * this.names + index, name);
      });
    }));
  }

  async id(number) {
    await this.know([number], this.ids);
    return this.ids.get(number);
  }

  name(number) {
    return this.called.get(number);
  }

  // What is typed for regions and begins with a text: {typed, name, numbers}.
  async typed(text) {
    const from = place(this.first, text);
    const to = place(this.first, `${text}\uffff`);
    const files = await Promise.all(Array.from({ length: this.first.length ? to - from + 1 : 0 }, (_, index) => this.load("r", from + index)));
    return files.flatMap(({ r }) => r).map(([said, name, ...numbers]) => (name ? { typed: said, name, numbers } : { typed: said[0] === ID ? said : fold(said), name: said, numbers }))
      .filter(({ typed }) => typed.startsWith(text));
  }

  // The region of an id, or null.
  async identified(id) {
    const row = this.rows.find((each) => each[1] === id);
    if (row) return row[0];
    const found = (await this.typed(ID + id)).find(({ typed }) => typed === ID + id);
    return found ? found.numbers[0] : null;
  }

  // Regions for what is typed: those that begin with it, then those in which a later word does. Where many bear one name, the
  // name of a region above may follow: "washington county oregon".
  async suggest(text, most = 8) {
    const words = fold(text).split(" ");
    if (!words[0]) return [];
    let chosen = await this.named(words.join(" "));
    for (let cut = words.length - 1; cut > 0 && !chosen.length; cut--) {
      const rest = words.slice(cut).join(" ");
      const isBelow = (number) => this.chain(number).slice(1).some((above) => fold(this.name(above) ?? "").startsWith(rest));
      chosen = (await this.named(words.slice(0, cut).join(" "))).filter(isBelow);
    }
    chosen = chosen.slice(0, most);
    const above = chosen.map((number) => this.above[number]).filter((number) => number >= 0);
    await this.know([...chosen, ...above]);
    return chosen.map((number) => ({ number, name: this.name(number), note: this.above[number] < 0 ? "" : this.name(this.above[number]) }));
  }

  async named(wanted) {
    const starts = [];
    const holds = [];
    for (const [number, , ...names] of this.rows) {
      const folded = names.map(fold);
      if (folded.some((each) => each.startsWith(wanted))) starts.push(number);
      else if (folded.some((each) => each.includes(` ${wanted}`))) holds.push(number);
    }
    // A single letter would load a good part of all names.
    for (const { typed, name, numbers } of wanted.length > 1 ? await this.typed(wanted) : []) {
      for (const number of numbers) this.called.set(number, name);
      (fold(name).startsWith(wanted) || !` ${fold(name)}`.includes(` ${typed}`) ? starts : holds).push(...numbers);
    }
    return [...new Set([...starts, ...holds])];
  }

  roots() {
    return this.children(-1);
  }

  children(number) {
    return this.above.flatMap((above, each) => (above === number ? [each] : []));
  }

  hasChildren(number) {
    return this.depth[number + 1] > this.depth[number];
  }

  // The region and every region above, nearest first.
  chain(number) {
    const chain = [];
    for (let at = number; at >= 0; at = this.above[at]) chain.push(at);
    return chain;
  }

  // The number after the last region below.
  end(number) {
    let end = number + 1;
    while (this.depth[end] > this.depth[number]) end += 1;
    return end;
  }

  // For every entry: 0 here, 1 one step wider and so on; `inside` for entries that cover only a part; -1 for neither.
  // An entry is out where it excepts the region or one on the way up to the region that it covers.
  reach(number, count) {
    if (this.reached.has(number)) return this.reached.get(number);
    const depth = new Int8Array(count).fill(-1);
    const out = new Uint8Array(count);
    const inside = new Uint8Array(count);
    this.chain(number).forEach((region, steps) => {
      for (const entry of this.excepted.get(region) || []) if (depth[entry] < 0) out[entry] = 1;
      this.covering(region, region + 1, (entry) => {
        if (depth[entry] < 0 && !out[entry]) depth[entry] = steps;
      });
    });
    this.covering(number + 1, this.end(number), (entry) => {
      if (depth[entry] < 0 && !out[entry]) inside[entry] = 1;
    });
    const reach = { depth, inside };
    this.reached.set(number, reach);
    return reach;
  }

  // Calls each(entry) for what covers one of a run of regions.
  covering(from, to, each) {
    for (let entry = this.start[from]; entry < this.start[to]; entry++) each(entry);
    if (this.more.size > to - from) {
      for (let region = from; region < to; region++) for (const entry of this.more.get(region) || []) each(entry);
    } else {
      for (const [region, entries] of this.more) if (region >= from && region < to) for (const entry of entries) each(entry);
    }
  }
}
