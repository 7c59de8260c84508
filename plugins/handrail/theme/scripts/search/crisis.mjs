// Whether a query has words of crisis. A needless card does no harm; a missed phrase may. The words, what is written for them and
// what says the same are the registry's; nothing here knows a language.
import { fold } from "./fold.mjs";
import { distance } from "./vocabulary.mjs";

const DIGITS = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t" };
const GAP = 2;
// Stands for any number.
const NUMBER = "#";

const isLetter = (sign) => /\p{L}/u.test(sign ?? "");
const single = (text) => text.replace(/(.)\1+/g, "$1");

function stem(word) {
  return word.length > 4 ? word.replace(/(?:ings?|ed|es|s)$/, "") : word;
}

// Letters that were typed in the order in which they are wanted but for two neighbours.
function isSwapped(word, wanted) {
  return word.length === wanted.length && word.length > 3 && distance(word, wanted, 1) === 1 && [...word].sort().join("") === [...wanted].sort().join("");
}

const consonants = (text) => text.replace(/[aeiou]/g, "");

// "wnt", "kll": one vowel was left out.
const lacksVowel = (word, wanted) => word.length > 2 && word.length === wanted.length - 1 && consonants(word) === consonants(wanted);

// Whether a typed word is a wanted one, with endings and slips.
function isLike(word, wanted) {
  if (word === wanted || (wanted === NUMBER && /^\d+$/.test(word))) return true;
  if (word[0] !== wanted[0]) return false;
  if (word.length > 2 && single(word) === single(wanted)) return true;
  const [a, b] = [stem(word), stem(wanted)];
  if (a.length > 2 && single(a) === single(b)) return true;
  const shorter = Math.min(word.length, wanted.length);
  if (shorter > 4 && distance(word, wanted, 1) <= 1) return true;
  if (isSwapped(word, wanted) || lacksVowel(word, wanted)) return true;
  const limit = b.length > 5 ? 2 : 1;
  return Math.min(a.length, b.length) > 4 && distance(a, b, limit) <= limit;
}

// The words of crisis of a registry, made ready once.
class Words {
  constructor({ self, other, alike = {}, written = {}, small = [] }) {
    this.small = new Set(small);
    const lines = Object.keys(written).map((typed) => [fold(typed), fold(written[typed])]).sort((a, b) => b[0].length - a[0].length);
    this.written = new Map(lines);
    this.longest = Math.max(1, ...lines.map(([typed]) => typed.split(" ").length));
    this.alike = new Map(Object.entries(alike).map(([name, texts]) => [name, texts.map((text) => (text === NUMBER ? [NUMBER] : this.plain(text)))]));
    this.self = self.map((phrase) => this.phrase(phrase));
    this.other = other.map((phrase) => this.phrase(phrase));
    this.known = new Set([...this.self, ...this.other, ...this.alike.values()].flat(Infinity));
    for (const [typed] of lines) if (!typed.includes(" ")) this.known.add(typed);
    this.likeness = new Map();
    this.last = [null, null];
  }

  // A phrase as steps, each with its alternatives; small words are left out where two others carry the meaning.
  phrase(text) {
    const steps = text.split(/(\{[a-z0-9-]+\})/).flatMap((piece) => {
      const group = /^\{([a-z0-9-]+)\}$/.exec(piece);
      return group ? [this.alike.get(group[1]) ?? []] : this.plain(piece).map((word) => [[word]]);
    });
    const weighty = steps.filter((step) => step.length !== 1 || step[0].length !== 1 || !this.small.has(step[0][0]));
    return weighty.length > 1 ? weighty : steps;
  }

  // One form for the ways in which a sentence is typed.
  plain(text) {
    const letters = text.replace(/[!|]/g, (sign, at) => (isLetter(text[at + 1]) && isLetter(text[at - 1]) ? "i" : sign)).replace(/[$@]/g, (sign) => (sign === "$" ? "s" : "a"));
    const words = fold(letters).replace(/(\p{L})\1{2,}/gu, "$1$1").split(" ").filter(Boolean)
      .map((word) => (/\p{L}/u.test(word) && /\d/.test(word) ? word.replace(/11/g, "ll").replace(/\d/g, (digit) => DIGITS[digit] ?? digit) : word));
    return this.meant(spelled(words));
  }

  // Words as they are meant: what is written for one or several is taken for them, the longest first.
  meant(words) {
    const found = [];
    for (let i = 0; i < words.length;) {
      let length = Math.min(this.longest, words.length - i);
      while (length > 0 && !this.written.has(words.slice(i, i + length).join(" "))) length -= 1;
      found.push(...(length ? this.written.get(words.slice(i, i + length).join(" ")).split(" ") : [words[i]]));
      i += length || 1;
    }
    return found;
  }

  // Words that were written as one ("killmyself").
  parted(word) {
    if (word.length < 6 || this.known.has(word)) return [word];
    for (let cut = word.length - 2; cut > 2; cut--) {
      if (!this.known.has(word.slice(0, cut))) continue;
      const rest = word.slice(cut);
      const more = this.known.has(rest) ? [rest] : this.parted(rest);
      if (more.every((each) => this.known.has(each) || this.small.has(each))) return [word.slice(0, cut), ...more];
    }
    return [word];
  }

  query(text) {
    const words = this.plain(text);
    const whole = words.flatMap((word) => this.meant(this.parted(word)));
    // Letters may stand in the wrong word ("over dose"), so that all words are looked at as one too.
    return words.length > 1 ? [whole, [words.join("")]] : [whole];
  }

  // The known words that a typed one is taken for, worked out once.
  like(word) {
    let like = this.likeness.get(word);
    if (!like) this.likeness.set(word, like = new Set([...this.known].filter((wanted) => isLike(word, wanted))));
    return like;
  }

  isLike(word, wanted) {
    return this.like(word).has(wanted);
  }

  // Whether words say a phrase. Most phrases have a step of which no word is there.
  says(words, present, phrases) {
    return phrases.some((steps) => steps.every((step) => step.some((alternative) => alternative.every((word) => present.has(word)))) && this.holds(words, steps));
  }

  // Null, or whether the worry is about somebody else. The last answer is kept: a key asks more than once.
  answer(text) {
    if (this.last[0] !== text) {
      const forms = this.query(text).map((words) => [words, new Set(words.flatMap((word) => [...this.like(word)]))]);
      const found = forms.some(([words, present]) => this.says(words, present, this.self));
      this.last = [text, found ? { other: this.says(...forms[0], this.other) } : null];
    }
    return this.last[1];
  }

  // Whether the steps from one on come in order from a word on, small words and few others between.
  holds(words, steps, step = 0, from = 0) {
    if (step === steps.length) return true;
    let others = 0;
    for (let at = from; at < words.length; at++) {
      for (const alternative of steps[step]) {
        const end = this.ends(words, alternative, at);
        if (end > 0 && this.holds(words, steps, step + 1, end)) return true;
      }
      if (step && !this.small.has(words[at]) && (others += 1) > GAP) return false;
    }
    return false;
  }

  // Where an alternative ends that begins at a word; small words may stand within it. 0 when it does not.
  ends(words, alternative, at) {
    if (!this.isLike(words[at], alternative[0])) return 0;
    let next = at + 1;
    for (let i = 1; i < alternative.length; i++) {
      while (next < words.length && !this.isLike(words[next], alternative[i]) && this.small.has(words[next])) next += 1;
      if (next >= words.length || !this.isLike(words[next], alternative[i])) return 0;
      next += 1;
    }
    return next;
  }
}

// Single letters in a row are a word that was spelled out.
function spelled(words) {
  const found = [];
  for (let i = 0; i < words.length;) {
    let end = i;
    while (end < words.length && words[end].length === 1 && isLetter(words[end])) end += 1;
    if (end - i > 2) found.push(words.slice(i, end).join(""));
    else found.push(...words.slice(i, Math.max(end, i + 1)));
    i = Math.max(end, i + 1);
  }
  return found;
}

const ready = new WeakMap();

// Returns null, or whether the worry is about somebody else.
export function crisis(text, given) {
  if (!text.trim() || !given) return null;
  if (!ready.has(given)) ready.set(given, new Words(given));
  return ready.get(given).answer(text);
}
