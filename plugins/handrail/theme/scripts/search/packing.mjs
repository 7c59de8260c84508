// Reads numbers written by handrail/search/packing.py.
const at = (text, index) => {
  const code = text.charCodeAt(index);
  return code > 92 ? code - 36 : code - 35;
};

export class Reader {
  constructor(text) {
    this.text = text;
    this.index = 0;
  }

  get more() {
    return this.index < this.text.length;
  }

  next() {
    const { text } = this;
    const first = at(text, this.index++);
    if (first < 60) return first;
    if (first < 90) return 60 + (first - 60) * 91 + at(text, this.index++);
    return (at(text, this.index++) * 91 + at(text, this.index++)) * 91 + at(text, this.index++);
  }

  // Fills a typed array with numbers, or with sums of gaps.
  fill(list, gaps) {
    let sum = 0;
    for (let i = 0; i < list.length; i++) list[i] = gaps ? (sum += this.next()) : this.next();
    return list;
  }
}

// Ascending numbers up to the end of a text.
export function ascending(text) {
  const reader = new Reader(text);
  const list = [];
  for (let sum = 0; reader.more;) list.push(sum += reader.next());
  return list;
}
