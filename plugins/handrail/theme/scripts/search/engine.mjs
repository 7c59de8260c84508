// lunr's answers from parts of its index: the query goes through lunr's own parser and pipeline, only the chunks of the
// terms it touches are loaded, and documents are scored from the postings exactly as lunr.Index scores them. lunr divides
// by the length of the query only, so a part of the index scores like the whole; a test with lunr.js as judge holds this.
import { Reader } from "./packing.mjs";

const LAST = "\uffff";

// The last place whose first word is not above a word.
function place(first, word) {
  let low = 0;
  let high = first.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (first[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

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
    lists.push({ field, documents, weights });
  }
  return lists;
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
    return this.score(query, await this.ready(query));
  }

  // Scores: a number for every document, and which documents were found at all.
  score(query, expanded) {
    const { REQUIRED, PROHIBITED } = this.lunr.Query.presence;
    const boosts = this.fields.map(() => new Map());
    const scores = new Float64Array(this.count);
    const found = new Uint8Array(this.count);
    const prohibited = new Uint8Array(this.count);
    const required = this.fields.map(() => null);
    query.clauses.forEach((clause, index) => {
      const fields = clause.fields.map((field) => this.number.get(field));
      const matches = clause.presence === REQUIRED ? new Uint8Array(this.count) : null;
      for (const terms of expanded[index]) {
        if (!terms.length && clause.presence === REQUIRED) {
          for (const field of fields) required[field] = new Uint8Array(this.count);
          break;
        }
        for (const term of terms) {
          const lists = this.postings(term);
          for (const field of fields) {
            const list = lists.find((each) => each.field === field);
            if (clause.presence === PROHIBITED) {
              if (list) for (const document of list.documents) prohibited[document] = 1;
              continue;
            }
            if (clause.presence === REQUIRED) {
              if (list) for (const document of list.documents) matches[document] = 1;
              required[field] ||= new Uint8Array(this.count).fill(1);
            }
            boosts[field].set(term, (boosts[field].get(term) || 0) + clause.boost);
          }
        }
      }
      if (clause.presence === REQUIRED) {
        for (const field of fields) for (let i = 0; i < this.count; i++) required[field][i] &= matches[i];
      }
    });
    boosts.forEach((terms, field) => {
      const length = Math.sqrt([...terms.values()].reduce((sum, boost) => sum + boost * boost, 0));
      for (const [term, boost] of terms) {
        const list = this.postings(term).find((each) => each.field === field);
        if (!list) continue;
        const factor = length ? boost / length : 0;
        const { documents, weights } = list;
        for (let i = 0; i < documents.length; i++) {
          scores[documents[i]] += weights[i] * factor;
          found[documents[i]] = 1;
        }
      }
    });
    if (query.isNegated()) found.fill(1);
    const limits = required.filter(Boolean);
    for (let i = 0; i < this.count; i++) {
      if (found[i] && (prohibited[i] || limits.some((limit) => !limit[i]))) found[i] = 0;
    }
    return { scores, found };
  }
}
