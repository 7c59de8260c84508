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

  take(length) {
    this.index += length;
    return this.text.slice(this.index - length, this.index);
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

const RANKED = 3;

// In how many ways so many can be taken out of a number of things.
function ways(of, size) {
  let found = 1;
  for (let i = 0; i < size; i++) found = found * (of - i) / (i + 1);
  return Math.round(found);
}

// The sets of a column, one for each size in `sizes`: calls each(document, value) for what is in them.
export function subsets(sizes, text, of, each) {
  const reader = new Reader(sizes);
  const rest = new Reader(text);
  const known = new Map();
  const widths = Array.from({ length: RANKED + 1 }, (_, size) => Math.max(1, Math.ceil(Math.log(ways(of, size) - 0.5) / Math.log(64))));
  for (let document = 0; reader.more; document++) {
    const size = reader.next();
    if (!size) continue;
    if (size > RANKED) {
      for (let i = 0, sum = 0; i < size; i++) each(document, sum += rest.next());
      continue;
    }
    const code = rest.take(widths[size]);
    const key = `${size}${code}`;
    let members = known.get(key);
    if (!members) known.set(key, members = unranked(code, size));
    for (const member of members) each(document, member);
  }
}

// The numbers of a set from its place among all sets of its size; the largest first.
function unranked(code, size) {
  let rank = 0;
  for (let i = 0; i < code.length; i++) rank = rank * 64 + at(code, i);
  const found = [];
  for (let left = size; left > 0; left--) {
    let member = left - 1;
    for (let more = ways(member + 1, left); more <= rank; more = ways(member + 1, left)) member += 1;
    rank -= ways(member, left);
    found.push(member);
  }
  return found;
}
