// What people type becomes queries of lunr: one for each thing they mean (a word, a number, a phrase that stands for a
// topic, two words that are one), so that an entry which answers all of it comes before one that answers a part often.
import { Tally } from "./engine.mjs";
import { fold, plain } from "./fold.mjs";
import { ranked } from "./rank.mjs";

const ALL = ["name", "other", "number", "topic", "said", "kind", "who", "place", "run", "summary", "body"];
const NAMES = ["name", "other"];
const MADE = ["topic", "who"];
const TEXTS = ["name", "other", "summary", "body"];
// Who helps with anything helps with a topic too, and comes after whoever names it.
const GENERAL = [["line", 0.1], ["topic", 0.02]];
const EXACT = 10;
const PREFIX = 4;
const MEANT = 5;
const ASIDE = 0.3;
const BY_NAME = 1.5;
// How much of an answer it is when a word stands only in the text.
const IN_TEXT = 0.5;
// What answers half of the query is worth less than half.
const POWER = 1.5;
// Longer words are taken in while they are at most so many times (as powers of two) rarer, and so many at most.
const RARER = 4;
const MOST = 3;
// With fewer entries than this, those that help with anything are looked for too.
const FEW = 3;
// Names of regions up to so long may be beginnings of other words.
const SHORT = 3;

// Whether the last word may go on.
const isTyping = (text) => /[\p{L}\p{N}]$/u.test(text);

export class Meaning {
  // general() promises the lists of those that help with anything.
  // accents: whether words keep them until they are stemmed. apart: whether an apostrophe parts two words.
  constructor({ engine, vocabulary, lunr, phrases, regions, general, accents, apart }) {
    this.split = (text) => (accents ? plain(text, apart) : fold(text)).split(" ").filter(Boolean);
    this.term = (word) => engine.term(word);
    this.accents = accents;
    this.general = general;
    this.engine = engine;
    this.vocabulary = vocabulary;
    this.isStopWord = (word) => lunr.stopWordFilter(word) === undefined;
    // Keys are made by handrail/search/build.py, stem by stem; those with a quote are known only as they are written.
    this.phrases = new Map();
    for (const [token, ...keys] of phrases) {
      for (const key of keys) {
        if (!this.phrases.has(key)) this.phrases.set(key, []);
        this.phrases.get(key).push(token);
      }
    }
    this.regions = new Map();
    for (const [number, , ...names] of regions) {
      for (const text of names) {
        const words = fold(text);
        if (words.length > 1 && !this.isStopWord(words)) this.regions.set(words, number);
      }
    }
    this.nameFields = NAMES.map((name) => engine.number.get(name));
    this.body = engine.number.get("body");
    this.tally = new Tally(engine.count);
    this.held = new Uint8Array(engine.count);
  }

  stems(words) {
    return words.filter((word) => !this.isStopWord(word)).map((word) => this.engine.term(word));
  }

  // The things that a text means: {clauses, words, optional}. `typing` when the last word may go on.
  async concepts(text) {
    const typing = isTyping(text);
    const words = await this.written(this.split(text));
    const found = [];
    const content = words.some((word) => !this.isStopWord(word)) ? (word) => !this.isStopWord(word) : () => true;
    for (let i = 0; i < words.length;) {
      const digits = this.digitsAt(words, i);
      const here = !digits && await this.regionAt(words, i, typing);
      const phrase = !digits && this.phraseAt(words, i);
      if (digits) {
        found.push(this.number(digits.text, words.slice(i, i + digits.length)));
        i += digits.length;
      } else if (here && (!phrase || here.length >= phrase.length)) {
        found.push({ clauses: words.slice(i, i + here.length).filter(content).map((word) => [this.engine.term(word), EXACT]), words: words.slice(i, i + here.length), optional: true });
        i += here.length;
      } else if (phrase) {
        found.push(this.phrase(phrase, words.slice(i, i + phrase.length)));
        i += phrase.length;
      } else {
        const last = i === words.length - 1;
        const next = words[i + 1];
        if (next && !/^\d/.test(words[i] + next) && content(words[i]) && await this.vocabulary.has(words[i] + next)) {
          const joined = this.engine.term(words[i] + next);
          found.push({ clauses: [[joined, EXACT], [this.engine.term(words[i]), MEANT], [this.engine.term(next), MEANT]], words: [words[i] + next, words[i], next] });
          i += 2;
          continue;
        }
        if (content(words[i])) found.push(...await this.word(words[i], last && typing));
        i += 1;
      }
    }
    return found;
  }

  // Words as the entries write them: people leave accents out.
  async written(words) {
    return this.accents ? Promise.all(words.map(async (word) => (await this.vocabulary.forms(word))[0] ?? word)) : words;
  }

  digitsAt(words, start) {
    let length = 0;
    while (/^\d+$/.test(words[start + length] ?? "")) length += 1;
    const text = words.slice(start, start + length).join("");
    return text.length > 2 ? { text, length } : null;
  }

  number(digits, words) {
    const clauses = [[digits, EXACT]];
    if (words.length > 1) for (const word of words) clauses.push([word, 1, NAMES]);
    // A number may be typed in part, and with or without the code of its country.
    clauses.push([`${digits}*`, PREFIX, ["number"]]);
    return { clauses, words: [...words, digits], digits };
  }

  phraseAt(words, start) {
    const stems = [];
    let found = null;
    for (let length = 1; length <= 8 && start + length <= words.length; length++) {
      const word = words[start + length - 1];
      const written = this.phrases.get(`"${words.slice(start, start + length).join(" ")}`);
      if (written) found = { tokens: written, length };
      if (this.isStopWord(word)) continue;
      stems.push(this.engine.term(word));
      const tokens = this.phrases.get(stems.join(" "));
      if (tokens) found = { tokens, length };
    }
    return found;
  }

  phrase({ tokens }, words) {
    const terms = new Set(this.stems(words));
    // A single word stands among the words of its topic itself.
    const clauses = terms.size > 1 || !terms.size ? tokens.map((token) => [token, EXACT, MADE]) : [];
    // The words of a longer phrase say little one by one: "mum" of "my mum died" is no wish for services for mothers.
    for (const term of terms) clauses.push(terms.size > 1 ? [term, 1, TEXTS] : [term, EXACT]);
    return { clauses, words: words.filter((word) => !this.isStopWord(word)), tokens };
  }

  // The region that is named from a word on. Short names ("uk") are also how longer words begin: while one is typed it is a region
  // only where no longer word is as frequent.
  async regionAt(words, start, typing) {
    for (let length = Math.min(5, words.length - start); length > 0; length--) {
      const number = this.regions.get(fold(words.slice(start, start + length).join(" ")));
      if (number === undefined) continue;
      const last = words[start + length - 1];
      const isOpen = typing && length === 1 && start === words.length - 1 && last.length <= SHORT;
      if (!isOpen || (await this.vocabulary.starting(last, 1))[0]?.folded === fold(last)) return { number, length };
    }
    return null;
  }

  // A word that goes on is taken for the most frequent word that it can become, so that what is shown while it is typed
  // is what is shown in the end, and nothing is loaded twice.
  async word(word, typing) {
    if (typing && word.length < 3) return [];
    const term = this.engine.term(word);
    const isKnown = await this.vocabulary.has(word);
    const clauses = isKnown ? [[term, EXACT]] : [];
    const words = [word];
    if (typing || !isKnown) {
      const longer = word.length > 2 ? await this.vocabulary.starting(word, 12) : [];
      const frequent = isKnown ? longer.find((each) => each.word === word)?.count ?? 0 : longer[0]?.count;
      for (const more of longer) {
        const other = this.engine.term(more.word);
        words.push(more.word);
        if (more.count < frequent - RARER || clauses.length === MOST || clauses.some(([each]) => each === other)) continue;
        clauses.push([other, clauses.length ? PREFIX : EXACT]);
      }
    }
    if (clauses.length || word.length < 4) return [{ clauses: clauses.length ? clauses : [[term, EXACT]], words }];
    if (await this.known(term)) return [{ clauses: [[term, EXACT]], words }];
    const meant = await this.vocabulary.near(word);
    if (meant.length) {
      return [{ clauses: meant.map((each) => [this.engine.term(each.word), MEANT]), words: meant.map((each) => each.word), meant: [word, meant[0].word] }];
    }
    const halves = await this.vocabulary.halves(word);
    if (halves) return halves.map((half) => ({ clauses: [[this.engine.term(half), EXACT]], words: [half] }));
    return [{ clauses: [[term, EXACT]], words }];
  }

  async known(term) {
    const [chunk] = await this.engine.between(term, term);
    return Boolean(chunk && chunk.place.has(term));
  }

  source({ clauses }) {
    return (query) => {
      for (const [term, boost, fields = ALL] of clauses) query.term(term, { boost, fields, usePipeline: false });
    };
  }

  // Marks the entries whose names hold a concept (one of its words, or all words of a phrase) with a number, and returns it; 0 for none.
  inNames({ clauses, tokens }, expanded) {
    const { held } = this;
    held.fill(0);
    let wanted = 0;
    clauses.forEach(([, , fields], index) => {
      if (fields && !fields.includes("name")) return;
      const before = wanted;
      wanted += tokens || !before ? 1 : 0;
      for (const term of expanded[index][0]) {
        const lists = this.engine.postings(term);
        for (const field of this.nameFields) for (const entry of lists[field]?.documents ?? []) if (!tokens || held[entry] === before) held[entry] = wanted;
      }
    });
    return wanted;
  }

  // The region that a text names, if any.
  async region(text) {
    const words = this.split(text);
    for (let start = 0; start < words.length; start++) {
      const found = !this.digitsAt(words, start) && await this.regionAt(words, start, isTyping(text));
      if (found) return found.number;
    }
    return null;
  }

  // Every entry that is found, the best first, with scores and whether it is looked for by its name, by number. `low` are
  // entries that stand lower. `isHelp` says which entries could help here: with too few, those that help with anything are taken in.
  async find(text, { isHelp = () => true, low = new Set() } = {}) {
    const concepts = await this.concepts(text);
    const { engine, tally, held } = this;
    const { count } = engine;
    const queries = await Promise.all(concepts.map(async (concept) => {
      const query = engine.parse(this.source(concept));
      return [concept, query, await engine.ready(query)];
    }));
    const needed = concepts.filter((concept) => !concept.optional).length;
    const all = new Tally(count);
    const covered = new Float32Array(count);
    const named = new Uint8Array(count);
    for (const [concept, query, expanded] of queries) {
      tally.clear();
      engine.score(query, expanded, tally);
      const wanted = this.inNames(concept, expanded);
      // Each thing that was meant counts alike, however rare its words are.
      let most = 0;
      for (let i = 0; i < tally.size; i++) if (tally.scores[tally.held[i]] > most) most = tally.scores[tally.held[i]];
      const share = (concept.optional ? ASIDE : 1) / (most || 1);
      for (let i = 0; i < tally.size; i++) {
        const entry = tally.held[i];
        all.add(entry, tally.scores[entry] * share);
        if (concept.optional) continue;
        covered[entry] += IN_TEXT;
        if (wanted && held[entry] === wanted) named[entry] += 1;
      }
      if (!concept.optional) this.ofMatter(expanded, covered);
    }
    if (concepts.some((concept) => concept.tokens)) {
      let near = 0;
      for (let i = 0; i < all.size && near < FEW; i++) if (covered[all.held[i]] && isHelp(all.held[i])) near += 1;
      if (near < FEW) await this.generally(all, covered);
    }
    const { scores } = all;
    const numbers = [];
    for (let i = 0; i < all.size; i++) {
      const entry = all.held[i];
      if (!scores[entry] || (needed && !covered[entry])) continue;
      const share = needed ? covered[entry] / needed : 1;
      named[entry] = needed && named[entry] === needed ? 1 : 0;
      scores[entry] *= share ** POWER * (named[entry] ? BY_NAME : 1);
      numbers.push(entry);
    }
    return {
      order: ranked(numbers, scores, low), scores, named,
      words: [...new Set(concepts.flatMap((concept) => concept.words))], meant: concepts.map((concept) => concept.meant).filter(Boolean),
    };
  }

  // What an entry says of itself counts as an answer; a word that stands somewhere in a long text counts for a part of one.
  ofMatter(expanded, covered) {
    const { held } = this;
    held.fill(0);
    for (const groups of expanded) {
      for (const term of groups[0]) {
        this.engine.postings(term).forEach(({ documents }, field) => {
          if (field === this.body) return;
          for (const entry of documents) {
            if (held[entry]) continue;
            held[entry] = 1;
            if (covered[entry]) covered[entry] += 1 - IN_TEXT;
          }
        });
      }
    }
  }

  async generally(all, covered) {
    const lists = await this.general();
    for (const [kind, score] of GENERAL) {
      for (const entry of lists.get(kind) || []) {
        if (covered[entry]) continue;
        all.add(entry, score);
        covered[entry] = 1;
      }
    }
  }

  // Words and names that the last word may become.
  async suggest(text, most = 6) {
    const words = this.split(text);
    const last = words.at(-1);
    if (!last || /^\d/.test(last) || !/[\p{L}\p{N}]$/u.test(text)) return [];
    const seen = new Set();
    const found = [];
    for (const { word } of await this.vocabulary.starting(last, 24, last.length < 3 ? 2 : 3)) {
      const term = this.engine.term(word);
      if (word === last || word.length < 3 || seen.has(term)) continue;
      seen.add(term);
      found.push([...words.slice(0, -1), word].join(" "));
      if (found.length === most) break;
    }
    return found;
  }
}
