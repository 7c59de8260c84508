// lunr's answers from parts of its index: the query goes through lunr's own parser and pipeline, only the chunks of the
// terms it touches are loaded, and documents are scored from the postings exactly as lunr.Index scores them. lunr divides
// by the length of the query only, so a part of the index scores like the whole; a test with lunr.js as judge holds this.
import { Reader } from "./packing.mjs";

const LAST = "\uffff";

// The last place whose first word is not above a word.
export function place(first, word) {
  let low = 0;
  let high = first.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (first[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

// By field, the documents that hold a term and their weights.
function unpacked(text) {
  const reader = new Reader(text);
  const lists = [];
  while (reader.more) {
    const field = reader.next();
    const documents = new Uint32Array(reader.next());
    const table = reader.fill(new Uint32Array(reader.next()), true);
    reader.fill(documents, true);
    const weights = new Float64Array(documents.length);
    for (let i = 0; i < weights.length; i++) weights[i] = table[table.length > 1 ? reader.next() : 0] / 1000;
    lists[field] = { documents, weights };
  }
  return lists;
}

// Scores of documents; knows which it holds, so that nothing is done to all others.
export class Tally {
  constructor(count) {
    this.scores = new Float64Array(count);
    this.found = new Uint8Array(count);
    this.held = new Uint32Array(count);
    this.size = 0;
  }

  add(document, score) {
    if (!this.found[document]) {
      this.found[document] = 1;
      this.held[this.size++] = document;
    }
    this.scores[document] += score;
  }

  clear() {
    for (let i = 0; i < this.size; i++) this.found[this.held[i]] = this.scores[this.held[i]] = 0;
    this.size = 0;
  }
}

export class Engine {
  // load(kind, number) promises the content of a numbered file.
  constructor({ lunr, fields, count, first, load }) {
    this.lunr = lunr;
    this.fields = fields;
    this.count = count;
    this.first = first;
    this.load = load;
    this.chunks = new Map();
    this.lists = new Map();
    this.pipeline = new lunr.Pipeline();
    this.pipeline.add(lunr.stemmer);
    this.number = new Map(fields.map((field, number) => [field, number]));
  }

  term(word) {
    return this.pipeline.runString(word)[0];
  }

  // A query in lunr's syntax, or built by a function that is given a lunr.Query.
  parse(source) {
    const query = new this.lunr.Query(this.fields);
    if (typeof source === "function") source(query);
    else new this.lunr.QueryParser(source, query).parse();
    return query;
  }

  async chunk(number) {
    let chunk = this.chunks.get(number);
    if (!chunk) {
      const { t, p } = await this.load("p", number);
      chunk = { terms: t.split(" "), packed: p.split(" ") };
      chunk.place = new Map(chunk.terms.map((term, index) => [term, index]));
      this.chunks.set(number, chunk);
    }
    return chunk;
  }

  async between(from, to) {
    const wanted = [];
    if (this.first.length) for (let i = place(this.first, from); i <= place(this.first, to); i++) wanted.push(this.chunk(i));
    return Promise.all(wanted);
  }

  // Terms of the index that a clause stands for.
  async expand(clause, term) {
    const fuzzy = "editDistance" in clause;
    if (!fuzzy && !term.includes("*")) {
      const [chunk] = await this.between(term, term);
      return chunk && chunk.place.has(term) ? [term] : [];
    }
    const start = fuzzy ? "" : term.slice(0, term.indexOf("*"));
    const chunks = await this.between(start, start + LAST);
    const terms = chunks.flatMap((chunk) => chunk.terms).filter((each) => each.startsWith(start));
    if (!fuzzy && term.indexOf("*") === term.length - 1) return terms;
    const { TokenSet } = this.lunr;
    return TokenSet.fromArray(terms).intersect(TokenSet.fromClause({ ...clause, term })).toArray();
  }

  // Loads what a query needs; what is there already is not asked for again.
  async ready(query) {
    return Promise.all(query.clauses.map(async (clause) => {
      const words = clause.usePipeline ? this.pipeline.runString(clause.term, { fields: clause.fields }) : [clause.term];
      return Promise.all(words.map((word) => this.expand(clause, word)));
    }));
  }

  postings(term) {
    let lists = this.lists.get(term);
    if (!lists) {
      const chunk = this.chunks.get(place(this.first, term));
      this.lists.set(term, lists = unpacked(chunk.packed[chunk.place.get(term)]));
    }
    return lists;
  }

  async query(source) {
    const query = this.parse(source);
    const tally = new Tally(this.count);
    this.score(query, await this.ready(query), tally);
    return tally;
  }

  // Adds the scores of a query to an empty tally.
  score(query, expanded, tally) {
    const boosts = this.fields.map(() => new Map());
    query.clauses.forEach((clause, index) => {
      if (clause.presence === this.lunr.Query.presence.PROHIBITED) return;
      for (const name of clause.fields) {
        const field = this.number.get(name);
        for (const terms of expanded[index]) for (const term of terms) boosts[field].set(term, (boosts[field].get(term) || 0) + clause.boost);
      }
    });
    boosts.forEach((terms, field) => {
      let squares = 0;
      for (const boost of terms.values()) squares += boost * boost;
      const length = Math.sqrt(squares);
      for (const [term, boost] of terms) {
        const list = this.postings(term)[field];
        if (!list) continue;
        const factor = length ? boost / length : 0;
        const { documents, weights } = list;
        for (let i = 0; i < documents.length; i++) tally.add(documents[i], weights[i] * factor);
      }
    });
    if (query.clauses.some(({ presence }) => presence !== this.lunr.Query.presence.OPTIONAL)) this.limit(query, expanded, tally);
  }

  // Takes out what a query excludes or does not find where it must.
  limit(query, expanded, tally) {
    const { REQUIRED, PROHIBITED } = this.lunr.Query.presence;
    const prohibited = new Uint8Array(this.count);
    const required = this.fields.map(() => null);
    if (query.isNegated()) for (let i = 0; i < this.count; i++) tally.add(i, 0);
    const marked = (marks, clause, terms) => {
      for (const term of terms) for (const name of clause.fields) for (const document of this.postings(term)[this.number.get(name)]?.documents ?? []) marks[document] = 1;
    };
    query.clauses.forEach((clause, index) => {
      if (clause.presence === PROHIBITED) for (const terms of expanded[index]) marked(prohibited, clause, terms);
      if (clause.presence !== REQUIRED) return;
      const matches = new Uint8Array(this.count);
      for (const terms of expanded[index]) {
        for (const name of terms.length ? [] : clause.fields) required[this.number.get(name)] = new Uint8Array(this.count);
        if (!terms.length) break;
        marked(matches, clause, terms);
        for (const name of clause.fields) required[this.number.get(name)] ||= new Uint8Array(this.count).fill(1);
      }
      for (const name of clause.fields) {
        const limit = required[this.number.get(name)];
        for (let i = 0; i < this.count; i++) limit[i] &= matches[i];
      }
    });
    const limits = required.filter(Boolean);
    for (let i = 0; i < this.count; i++) if (tally.found[i] && (prohibited[i] || limits.some((each) => !each[i]))) tally.found[i] = 0;
  }
}
