// Whether a query has words of crisis. A needless card does no harm; a missed phrase may.
import { fold } from "./fold.mjs";
import { distance } from "./vocabulary.mjs";

const DIGITS = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t" };
const WRITTEN = new Map([
  ["wanna", "want to"], ["gonna", "going to"], ["gunna", "going to"], ["im", "i am"], ["ive", "i have"], ["id", "i would"], ["ur", "your"], ["u", "you"],
  ["dye", "die"], ["cannot", "cant"], ["2", "to"], ["any1", "anyone"],
]);
// Words that people leave out or put in without changing what they say.
const SMALL = new Set("a am an and any are be been being do for had has have i in is it just keep keeps like me more my of on one own really so that the this to too up was were with would".split(" "));
const SELF = new Set(["self", "myself", "yourself", "himself", "herself", "themselves", "themself"]);
const NOT = new Set(["not", "never", "no", "dont", "doesnt", "isnt", "wasnt"]);
const GAP = 2;

// One form for the ways in which a sentence is typed.
function plain(text) {
  const letters = text.replace(/[!|]/g, (sign, at) => (/\p{L}/u.test(text[at + 1] ?? "") && /\p{L}/u.test(text[at - 1] ?? "") ? "i" : sign)).replace(/[$@]/g, (sign) => (sign === "$" ? "s" : "a"));
  const words = fold(letters).replace(/(\p{L})\1{2,}/gu, "$1$1").split(" ")
    .map((word) => (/\p{L}/u.test(word) && /\d/.test(word) ? word.replace(/11/g, "ll").replace(/\d/g, (digit) => DIGITS[digit] ?? digit) : word));
  return words.join(" ").split(" ").flatMap((word) => (WRITTEN.get(word) ?? word).split(" "))
    .join(" ").replace(/\b(my|your|him|her|them) (self|selves)\b/g, "$1$2").replace(/\b(do|does|is|was) not\b/g, "$1nt").replace(/\bany more\b/g, "anymore").split(" ").filter(Boolean);
}

function stem(word) {
  return word.length > 4 ? word.replace(/(?:ings?|ed|es|s)$/, "") : word;
}

function isLike(word, wanted) {
  if (word === wanted) return true;
  if (NOT.has(wanted)) return NOT.has(word);
  if (SELF.has(wanted) && wanted !== "self") return SELF.has(word) || (word.length > 4 && distance(word, wanted, 1) <= 1);
  const [a, b] = [stem(word), stem(wanted)];
  if (a === b && a.length > 2) return true;
  if (a[0] !== b[0]) return false;
  if (Math.min(word.length, wanted.length) > 4 && distance(word, wanted, 1) <= 1) return true;
  if (Math.min(a.length, b.length) < 4) return false;
  return distance(a, b, b.length > 5 ? 2 : 1) <= (b.length > 5 ? 2 : 1);
}

// Whether the weighty words of a phrase come in order, with few others between.
function holds(words, wanted) {
  for (let start = 0; start < words.length; start++) {
    let at = start;
    let matched = 0;
    for (; at < words.length && matched < wanted.length; at++) {
      if (isLike(words[at], wanted[matched])) matched += 1;
      else if (matched === 0 || (!SMALL.has(words[at]) && at - start - matched >= GAP)) break;
    }
    if (matched === wanted.length) return true;
  }
  return false;
}

const single = (text) => text.replace(/(.)\1/g, "$1");

// What is needed of a phrase again and again, worked out once.
function prepared(phrase) {
  const words = plain(phrase);
  const most = words.filter((word) => !SMALL.has(word));
  const weighty = most.length > 3 ? most.filter((word) => word !== "anymore") : most;
  const joined = words.join("");
  return { spaced: ` ${words.join(" ")} `, joined, single: single(joined), words, weighty, isEnough: weighty.length > 1 || (weighty.length === 1 && weighty[0].length > 6) };
}

const known = new WeakMap();

function all(phrases) {
  if (!known.has(phrases)) known.set(phrases, phrases.map(prepared));
  return known.get(phrases);
}

function has(query, phrase) {
  if (query.spaced.includes(phrase.spaced)) return true;
  if (phrase.joined.length > 6 && (query.joined.includes(phrase.joined) || query.single.includes(phrase.single))) return true;
  return phrase.isEnough && (holds(query.words, phrase.weighty) || (phrase.weighty.length === 1 && holds([query.joined], phrase.weighty)));
}

// words: [phrases about oneself, words that show worry about somebody else].
// Returns null, or whether the worry is about somebody else.
export function crisis(text, [self, other]) {
  if (!text.trim()) return null;
  const query = prepared(text);
  if (!all(self).some((phrase) => has(query, phrase))) return null;
  return { other: all(other).some((phrase) => query.spaced.includes(phrase.spaced) || (phrase.words.length > 1 && holds(query.words, phrase.words))) };
}
