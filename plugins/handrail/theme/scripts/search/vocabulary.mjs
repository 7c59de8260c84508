// The words of the index, in blocks: for prefixes, suggestions and misspellings. They are compared without accents and given as
// they are written.
import { fold } from "./fold.mjs";

// Most words have none.
const bare = (word) => (/^[\x00-\x7f]*$/.test(word) ? word : fold(word));

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

// Which letters a word has, as bits: words that differ in more bits than two an edit need no closer look.
function letters(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) % 32);
  return bits;
}

function bitCount(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

// Edits between two words, neighbours swapped counting one; above the limit it gives up.
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let edits = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, before[j - 2] + 1);
      row.push(edits);
      if (edits < least) least = edits;
    }
    if (least > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length];
}

export class Vocabulary {
  constructor({ first, load }) {
    this.first = first;
    this.load = load;
    this.blocks = new Map();
  }

  async block(number) {
    let block = this.blocks.get(number);
    if (!block) {
      const { t, n } = await this.load("v", number);
      const words = t ? t.split(" ") : [];
      const folded = words.map(bare);
      block = { words, folded, counts: [...n].map(Number), set: new Set(folded), letters: folded.map(letters) };
      this.blocks.set(number, block);
    }
    return block;
  }

  // Numbers of the blocks that can hold words with a beginning.
  reach(start) {
    const from = place(this.first, start);
    const to = place(this.first, `${start}\uffff`);
    return Array.from({ length: this.first.length ? to - from + 1 : 0 }, (_, index) => from + index);
  }

  async has(word) {
    if (!this.first.length) return false;
    const wanted = bare(word);
    return (await this.block(place(this.first, wanted))).set.has(wanted);
  }

  // How a word is written, with accents or without, the same as it is typed or the most frequent first.
  async forms(word) {
    const wanted = bare(word);
    if (!this.first.length) return [];
    const { words, folded, counts } = await this.block(place(this.first, wanted));
    const found = folded.flatMap((each, index) => (each === wanted ? [index] : [])).sort((a, b) => (words[b] === word) - (words[a] === word) || counts[b] - counts[a]);
    return found.map((index) => words[index]);
  }

  // Words with a beginning, the frequent ones first; nothing when it would take more than a few blocks.
  async starting(start, most = 8, blocks = 3) {
    const wanted = bare(start);
    const numbers = this.reach(wanted);
    if (numbers.length > blocks) return [];
    const found = [];
    for (const block of await Promise.all(numbers.map((number) => this.block(number)))) {
      block.words.forEach((word, index) => {
        const folded = block.folded[index];
        if (folded.startsWith(wanted)) found.push({ word, folded, count: block.counts[index] });
      });
    }
    return found.sort((a, b) => b.count - a.count || a.word.length - b.word.length).slice(0, most);
  }

  // Words that a word may have been meant to be, nearest first. People seldom miss the first letter,
  // so the other letters are looked at only when it leads nowhere.
  async near(typed, most = 4) {
    const word = bare(typed);
    if (word.length < 4) return [];
    const limit = word.length < 8 ? 1 : 2;
    const same = this.reach(word[0]);
    const found = await this.nearIn(same, word, limit);
    if (found.length) return found.slice(0, most);
    const others = this.reach("").filter((number) => !same.includes(number) && !/^\d/.test(this.first[number + 1] ?? "~"));
    return (await this.nearIn(others, word, limit)).slice(0, most);
  }

  async nearIn(numbers, word, limit) {
    const bits = letters(word);
    const found = [];
    for (const block of await Promise.all(numbers.map((number) => this.block(number)))) {
      block.folded.forEach((each, index) => {
        if (Math.abs(each.length - word.length) > limit || bitCount(bits ^ block.letters[index]) > 2 * limit) return;
        const edits = distance(word, each, limit);
        if (edits <= limit) found.push({ word: block.words[index], edits, count: block.counts[index] });
      });
    }
    const nearest = Math.min(...found.map(({ edits }) => edits));
    return found.filter(({ edits }) => edits === nearest).sort((a, b) => b.count - a.count);
  }

  // Two known words that were written as one.
  async halves(word) {
    for (let cut = 3; cut <= word.length - 3; cut++) {
      const [left, right] = [word.slice(0, cut), word.slice(cut)];
      if (await this.has(left) && await this.has(right)) return [left, right];
    }
    return null;
  }
}
