// Reads a file of the registry: the YAML that people write there, every scalar a text, and where each value stands.
// What the project's own loader refuses is refused here; so is whatever is not understood for certain, and the file is then changed by hand.

export class Unread extends Error {}

const BLANK = /[ \t]/;
const WORD = /^(?:~|null|Null|NULL|)$/;

class Reader {
  constructor(text) {
    this.text = text;
    this.at = text.startsWith("\ufeff") ? 1 : 0;
  }

  fail(why) {
    throw new Unread(`${why} (line ${this.text.slice(0, this.at).split("\n").length})`);
  }

  get c() { return this.text[this.at]; }
  get ended() { return this.at >= this.text.length; }
  lineStart(at = this.at) { return Math.max(this.text.lastIndexOf("\n", at - 1) + 1, this.text.startsWith("\ufeff") && !this.text.slice(0, at).includes("\n") ? 1 : 0); }
  get column() { return this.at - this.lineStart(); }
  isEnd(at = this.at) { return at >= this.text.length || this.text[at] === "\n" || (this.text[at] === "\r" && this.text[at + 1] === "\n"); }
  isGap(at) { return this.isEnd(at) || BLANK.test(this.text[at]); }

  blanks() { while (!this.ended && BLANK.test(this.c)) this.at += 1; }

  /** Moves over the rest of a line when nothing but a comment is left of it; tells whether it did. */
  restIsEmpty() {
    const from = this.at;
    this.blanks();
    if (this.c === "#" && (this.at === this.lineStart() || BLANK.test(this.text[this.at - 1]))) while (!this.isEnd()) this.at += 1;
    if (this.isEnd()) return true;
    this.at = from;
    return false;
  }

  /** Moves to the next thing that is neither blank, line end nor comment. */
  gap() {
    while (!this.ended && this.restIsEmpty()) this.at += this.c === "\r" ? 2 : 1;
    this.at = Math.min(this.at, this.text.length);
    while (!this.ended && this.c === " ") this.at += 1;
    if (this.c === "\t") this.fail("a tab stands where spaces should be");
  }

  document() {
    this.gap();
    if (this.ended) this.fail("the file is empty");
    if (/^(---|\.\.\.|%)/.test(this.text.slice(this.at))) this.fail("marks of documents are not understood here");
    const node = this.block(-1);
    this.gap();
    if (!this.ended) this.fail("the indentation is off");
    return node;
  }

  /** A value that begins here; it is indented deeper than its parent. */
  block(parent) {
    if (this.c === "-" && this.isGap(this.at + 1)) return this.sequence(this.column);
    if (this.keyEnd() >= 0) return this.mapping(this.column);
    return this.scalar(parent, false);
  }

  /** Where the colon of a key that starts here stands, or -1. */
  keyEnd() {
    let at = this.at;
    if (this.c === '"' || this.c === "'") {
      const mark = this.c;
      for (at += 1; !this.isEnd(at) && (this.text[at] !== mark || (mark === "'" && this.text[at + 1] === mark)); at += 1) if (this.text[at] === (mark === '"' ? "\\" : mark)) at += 1;
      at += 1;
    } else {
      if (/[[\]{}#&*!|>%@`,?]/.test(this.c || "")) return -1;
      while (!this.isEnd(at) && !(this.text[at] === ":" && this.isGap(at + 1)) && !(this.text[at] === "#" && BLANK.test(this.text[at - 1]))) at += 1;
    }
    while (BLANK.test(this.text[at] || "")) at += 1;
    return this.text[at] === ":" && this.isGap(at + 1) ? at : -1;
  }

  mapping(column) {
    const node = { type: "map", flow: false, start: this.at, column, items: [] };
    while (!this.ended && this.column === column && !(this.c === "-" && this.isGap(this.at + 1))) {
      const colon = this.keyEnd();
      if (colon < 0) this.fail("a field is written as name: value");
      const keyStart = this.at;
      const key = this.c === '"' || this.c === "'" ? this.quotes().value : this.text.slice(this.at, colon).trimEnd();
      if (key === "<<" || node.items.some((item) => item.key === key)) this.fail(`"${key}" cannot stand here`);
      this.at = colon + 1;
      node.items.push({ key, keyStart, colon, node: this.after(column, true) });
      this.gap();
    }
    if (!this.ended && this.column > column) this.fail("the indentation is off");
    return this.closed(node);
  }

  sequence(column) {
    const node = { type: "seq", flow: false, start: this.at, column, items: [] };
    while (!this.ended && this.column === column && this.c === "-" && this.isGap(this.at + 1)) {
      const dash = this.at;
      this.at += 1;
      node.items.push({ dash, node: this.after(column, false) });
      this.gap();
    }
    if (!this.ended && this.column > column) this.fail("the indentation is off");
    return this.closed(node);
  }

  closed(node) {
    node.end = node.items.at(-1).node.end;
    return node;
  }

  /** The value after a colon or a hyphen, on the same line or below it. */
  after(column, isKey) {
    if (this.restIsEmpty()) {
      this.gap();
      const below = isKey && this.c === "-" && this.isGap(this.at + 1) ? column : column + 1;
      if (this.ended || this.column < below) this.fail("a value is missing");
      return this.block(column);
    }
    this.blanks();
    if (!isKey) return this.block(column);
    return this.scalar(column, false);
  }

  scalar(parent, flow) {
    const c = this.c;
    if (c === "[" || c === "{") return this.collection();
    if (c === '"' || c === "'") {
      const node = this.quotes();
      if (!flow && !this.restIsEmpty()) this.fail("something stands behind the closing quote");
      return node;
    }
    if (!flow && (c === "|" || c === ">")) return this.literal(parent);
    if (/[&*!%@`]/.test(c) || (/[?,\]}]/.test(c)) || (c === "-" && this.isGap(this.at + 1))) this.fail(`${c} cannot begin a text`);
    return flow ? this.plainInside() : this.plain(parent);
  }

  plainEnd(stop) {
    let at = this.at;
    while (!this.isEnd(at) && !(this.text[at] === "#" && BLANK.test(this.text[at - 1])) && !(this.text[at] === ":" && (this.isGap(at + 1) || (stop && /[,[\]{}]/.test(this.text[at + 1])))) && !(stop && /[,[\]{}]/.test(this.text[at]))) at += 1;
    return at;
  }

  plain(parent) {
    const start = this.at;
    let at = this.plainEnd(false);
    if (this.text[at] === ":") this.fail("a colon stands inside a text without quotes");
    let value = this.text.slice(start, at).trimEnd();
    let end = start + value.length;
    // lines that follow and are indented deeper belong to the text
    while (this.isEnd(at) && at < this.text.length) {
      this.at = at;
      let breaks = 0;
      while (!this.ended && this.isEnd()) {
        this.at += this.c === "\r" ? 2 : 1;
        breaks += 1;
        while (this.c === " ") this.at += 1;
      }
      if (this.ended || this.c === "#" || this.column <= parent) break;
      if (this.c === "\t") this.fail("a tab stands where spaces should be");
      at = this.plainEnd(false);
      if (this.text[at] === ":") this.fail("a colon stands inside a text without quotes");
      const more = this.text.slice(this.at, at).trimEnd();
      value += (breaks > 1 ? "\n".repeat(breaks - 1) : " ") + more;
      end = this.at + more.length;
    }
    this.at = end;
    if (WORD.test(value)) this.fail("a value is missing");
    return { type: "text", style: "plain", value, start, end };
  }

  plainInside() {
    const start = this.at;
    const at = this.plainEnd(true);
    const value = this.text.slice(start, at).trimEnd();
    this.at = start + value.length;
    this.gap();
    if (WORD.test(value) || !/[,\]}:]/.test(this.c || "")) this.fail("a comma or a closing bracket is missing");
    return { type: "text", style: "plain", value, start, end: start + value.length };
  }

  collection() {
    const start = this.at;
    const isMap = this.c === "{";
    const node = { type: isMap ? "map" : "seq", flow: true, start, column: this.column, items: [] };
    this.at += 1;
    this.gap();
    while (this.c !== (isMap ? "}" : "]")) {
      if (this.ended) this.fail("a bracket is never closed");
      if (isMap) {
        const keyStart = this.at;
        const key = this.scalar(0, true).value;
        this.gap();
        if (this.c !== ":") this.fail("a colon is missing");
        const colon = this.at;
        this.at += 1;
        this.gap();
        if (node.items.some((item) => item.key === key)) this.fail(`"${key}" stands twice`);
        node.items.push({ key, keyStart, colon, node: this.scalar(0, true) });
      } else {
        node.items.push({ dash: this.at, node: this.scalar(0, true) });
      }
      this.gap();
      if (this.c === ",") {
        this.at += 1;
        this.gap();
      } else if (this.c !== (isMap ? "}" : "]")) this.fail("a comma or a closing bracket is missing");
    }
    this.at += 1;
    node.end = this.at;
    return node;
  }

  quotes() {
    const start = this.at;
    const mark = this.c;
    let value = "";
    for (this.at += 1; this.c !== mark || (mark === "'" && this.text[this.at + 1] === mark);) {
      if (this.ended) this.fail("a quote is never closed");
      if (this.isEnd()) {
        value = value.replace(/[ \t]+$/, "");
        let breaks = 0;
        while (!this.ended && this.isEnd()) {
          this.at += this.c === "\r" ? 2 : 1;
          breaks += 1;
          this.blanks();
        }
        value += breaks > 1 ? "\n".repeat(breaks - 1) : " ";
      } else if (mark === "'" && this.c === "'") {
        value += "'";
        this.at += 2;
      } else if (mark === '"' && this.c === "\\") {
        value += this.escape();
      } else {
        value += this.c;
        this.at += 1;
      }
    }
    this.at += 1;
    return { type: "text", style: mark, value, start, end: this.at };
  }

  escape() {
    const code = this.text[this.at + 1];
    const simple = { 0: "\0", a: "\x07", b: "\b", t: "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029" };
    const size = { x: 2, u: 4, U: 8 }[code];
    if (size) {
      const digits = this.text.slice(this.at + 2, this.at + 2 + size);
      if (!/^[0-9A-Fa-f]+$/.test(digits) || digits.length < size) this.fail("an escape is not understood");
      this.at += 2 + size;
      return String.fromCodePoint(parseInt(digits, 16));
    }
    if (!(code in simple)) this.fail("an escape is not understood");
    this.at += 2;
    return simple[code];
  }

  literal(parent) {
    const start = this.at;
    const style = this.c;
    this.at += 1;
    const header = /^[+-]?/.exec(this.text.slice(this.at))[0];
    this.at += header.length;
    if (!this.restIsEmpty()) this.fail("the head of a block text is not understood");
    const lines = [];
    let indent = 0;
    let end = this.at;
    let first = true;
    while (!this.ended) {
      if (this.isEnd()) this.at += this.c === "\r" ? 2 : 1;
      if (this.ended) break;
      const from = this.at;
      while (this.c === " ") this.at += 1;
      const depth = this.at - from;
      if (this.isEnd()) {
        if (depth > indent && !first) lines.push(" ".repeat(depth - indent));
        else lines.push("");
        continue;
      }
      if (first) {
        if (depth <= parent) { this.at = from; break; }
        indent = depth;
        first = false;
      }
      if (depth < indent) { this.at = from; break; }
      while (!this.isEnd()) this.at += 1;
      lines.push(this.text.slice(from + indent, this.at));
      end = this.at;
    }
    let trailing = 0;
    while (lines.length && lines.at(-1) === "") { lines.pop(); trailing += 1; }
    let value = style === "|" ? lines.join("\n") : folded(lines);
    if (header === "" && value) value += "\n";
    if (header === "+") value += "\n".repeat(trailing + 1);
    this.at = end;
    return { type: "text", style, value, start, end: start + this.text.slice(start, end).trimEnd().length };
  }
}

/** Lines of a folded text put together: a single break is a blank, breaks around indented lines stay. */
function folded(lines) {
  let value = "";
  let breaks = 0;
  let before = null;
  for (const line of lines) {
    if (line === "") { breaks += 1; continue; }
    const deep = /^[ \t]/.test(line);
    if (before === null) value += "\n".repeat(breaks);
    else if (deep || before) value += "\n".repeat(breaks + 1);
    else value += breaks ? "\n".repeat(breaks) : " ";
    value += line;
    before = deep;
    breaks = 0;
  }
  return value;
}

/** The tree of a text; `Unread` when it is not understood for certain. */
export function read(text) {
  return new Reader(text).document();
}

/** The values of a tree, numbers where the schema wants numbers and the text has no quotes. */
export function values(node, schema = {}) {
  if (node.type === "seq") return node.items.map((item) => values(item.node, schema.items));
  if (node.type === "map") return Object.fromEntries(node.items.map((item) => [item.key, values(item.node, schema.properties?.[item.key])]));
  const isNumber = ["integer", "number"].includes(schema?.type) && node.style === "plain" && /^-?(0|[1-9]\d{0,8})(\.\d{1,9})?$/.test(node.value);
  return isNumber ? Number(node.value) : node.value;
}
