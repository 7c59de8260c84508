// Puts changes into an author's file; what did not change stays byte for byte: comments, order, quotes, line ends.
// The changed text is read again and compared with what was meant. When they differ, nothing is offered.
import { Unread, read, values } from "./read.mjs";
import { flow, listed, ordered, scalar, text, value } from "./write.mjs";

export const equal = (a, b) => {
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => equal(item, b[at]));
  if (typeof a === "object" && typeof b === "object" && a && b) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
  }
  return a === b;
};

/** Where an item of a list came from: its place in the file that was opened. */
export const ORIGIN = Symbol("origin");

class Patch {
  constructor(source) {
    this.source = source;
    this.end = source.includes("\r\n") ? "\r\n" : "\n";
    this.edits = [];
  }

  put(start, end, by) { this.edits.push({ start, end, by: by.replaceAll("\n", this.end), order: this.edits.length }); }
  lineStart(at) { return this.source.lastIndexOf("\n", at - 1) + 1; }
  lineEnd(at) {
    const found = this.source.indexOf("\n", at);
    if (found < 0) return this.source.length;
    return this.source[found - 1] === "\r" && found > at ? found - 1 : found;
  }
  pastLine(at) { return Math.min(this.source.length, this.lineEnd(at) + (this.source[this.lineEnd(at)] === "\r" ? 2 : 1)); }
  column(at) { return at - this.lineStart(at) - (this.lineStart(at) === 0 && this.source[0] === "\ufeff" ? 1 : 0); }

  apply() {
    const sorted = [...this.edits].sort((a, b) => b.start - a.start || b.end - a.end || b.order - a.order);
    return sorted.reduce((done, { start, end, by }) => done.slice(0, start) + by + done.slice(end), this.source);
  }

  change(node, old, now, schema, item) {
    if (equal(old, now)) return;
    if (node.type === "map" && !node.flow && typeof now === "object" && !Array.isArray(now)) this.group(node, old, now, schema);
    else if (node.type === "seq" && !node.flow && Array.isArray(now) && now.length && this.list(node, old, now, schema)) return;
    else this.replace(node, now, schema, item);
  }

  group(node, old, now, schema) {
    const gone = node.items.filter(({ key }) => !Object.hasOwn(now, key));
    if (gone.length === node.items.length) throw new Unread("nothing of a group is left");
    for (const item of gone) this.drop(node, item, gone);
    let last = null;
    for (const key of ordered(now, schema)) {
      const item = node.items.find((each) => each.key === key);
      if (item) {
        this.change(item.node, old[key], now[key], schema?.properties?.[key], item);
        last = item;
      } else {
        // behind the field that comes before it in the schema, else behind the last one
        const before = last && !gone.includes(last) ? last : node.items.filter((each) => !gone.includes(each)).at(last ? -1 : 0);
        const at = this.lineEnd(before.node.end);
        this.put(at, at, `\n${" ".repeat(node.column)}${scalar(key)}:${value(now[key], schema?.properties?.[key], node.column)}`);
      }
    }
  }

  drop(node, item, gone) {
    const line = this.lineStart(item.keyStart);
    if (!this.source.slice(line, item.keyStart).replace("\ufeff", "").trim()) {
      this.put(line, this.pastLine(item.node.end), "");
      return;
    }
    // the first field of an item stands behind its hyphen: what follows moves up to it
    const next = node.items.find((each) => !gone.includes(each));
    const follower = node.items[node.items.indexOf(item) + 1];
    this.put(item.keyStart, follower.keyStart, "");
    for (const other of gone) {
      if (other !== item && node.items.indexOf(other) < node.items.indexOf(next)) throw new Unread("several fields at the start of an item were taken out at once");
    }
  }

  /** Changes a list item by item; false when it has to be written anew. */
  list(node, old, now, schema) {
    const isGroups = now.every((item) => typeof item === "object") && old.every((item) => typeof item === "object");
    const places = isGroups ? now.map((item) => item[ORIGIN] ?? -1) : matches(old, now);
    const kept = places.filter((place) => place >= 0);
    if (kept.some((place, at) => at && place <= kept[at - 1]) || !kept.length) return false;
    const added = places.findIndex((place) => place < 0);
    if (added >= 0 && places.slice(added).some((place) => place >= 0)) return false;
    node.items.forEach((item, place) => {
      if (kept.includes(place)) this.change(item.node, old[place], now[places.indexOf(place)], schema?.items);
      else this.put(this.lineStart(item.dash), this.pastLine(item.node.end), "");
    });
    if (this.source.slice(this.lineStart(node.start), node.start).trim() && !kept.includes(0)) return false;
    const at = this.lineEnd(node.items.at(kept.at(-1)).node.end);
    const apart = node.items.length > 1 && /\n[ \t\r]*\n/.test(this.source.slice(node.items[0].node.end, node.items[1].dash)) ? "\n" : "";
    for (const item of added < 0 ? [] : now.slice(added)) this.put(at, at, `${apart}\n${" ".repeat(node.column)}${listed(item, schema?.items, node.column)}`);
    return true;
  }

  replace(node, now, schema, item) {
    const inline = node.type !== "text" ? node.flow : true;
    const rest = this.source.slice(node.end, this.lineEnd(node.end)).trim();
    if (item && !rest && !(Array.isArray(now) && node.flow && now.every((each) => typeof each === "string")) && (!inline || !this.isBetween(node))) {
      this.put(item.colon + 1, node.end, value(now, schema, this.column(item.keyStart)));
    } else if (typeof now === "object") this.put(node.start, node.end, flow(now, schema));
    else if (typeof now === "number") this.put(node.start, node.end, String(now));
    else if (this.isBetween(node)) this.put(node.start, node.end, flow(now, schema));
    else this.put(node.start, node.end, text(now, schema, this.column(node.start), true));
  }

  /** Whether a value stands between brackets, where more marks have a meaning. */
  isBetween(node) { return this.between.some(([start, end]) => start < node.start && node.end < end); }
}

function matches(old, now) {
  let from = 0;
  return now.map((item) => {
    const at = old.indexOf(item, from);
    if (at >= 0) from = at + 1;
    return at;
  });
}

function brackets(node, found = []) {
  if (node.flow) found.push([node.start, node.end]);
  else for (const item of node.items || []) brackets(item.node, found);
  return found;
}

/** The text with the changes in it. `Unread` when the result would not be read as what was meant. */
export function patched(source, now, schema) {
  const tree = read(source);
  const patch = new Patch(source);
  patch.between = brackets(tree);
  patch.change(tree, values(tree, schema), now, schema);
  const changed = patch.apply();
  if (!equal(values(read(changed), schema), JSON.parse(JSON.stringify(now)))) throw new Unread("the change does not read back as it was meant");
  return changed;
}
