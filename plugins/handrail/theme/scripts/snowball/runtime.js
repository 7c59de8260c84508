// What the stemmers of Snowball stand on: the same steps as snowballstemmer's BaseStemmer takes, in its own words.
class Stemmer {
  stem(word) {
    this.current = word;
    this.cursor = 0;
    this.limit = word.length;
    this.limit_backward = 0;
    this.bra = 0;
    this.ket = word.length;
    this.stem_();
    return this.current;
  }

  in_grouping(group) {
    if (this.cursor >= this.limit || !group.has(this.current[this.cursor])) return false;
    this.cursor += 1;
    return true;
  }

  go_in_grouping(group) {
    for (; this.cursor < this.limit; this.cursor++) if (!group.has(this.current[this.cursor])) return true;
    return false;
  }

  in_grouping_b(group) {
    if (this.cursor <= this.limit_backward || !group.has(this.current[this.cursor - 1])) return false;
    this.cursor -= 1;
    return true;
  }

  go_in_grouping_b(group) {
    for (; this.cursor > this.limit_backward; this.cursor--) if (!group.has(this.current[this.cursor - 1])) return true;
    return false;
  }

  out_grouping(group) {
    if (this.cursor >= this.limit || group.has(this.current[this.cursor])) return false;
    this.cursor += 1;
    return true;
  }

  go_out_grouping(group) {
    for (; this.cursor < this.limit; this.cursor++) if (group.has(this.current[this.cursor])) return true;
    return false;
  }

  out_grouping_b(group) {
    if (this.cursor <= this.limit_backward || group.has(this.current[this.cursor - 1])) return false;
    this.cursor -= 1;
    return true;
  }

  go_out_grouping_b(group) {
    for (; this.cursor > this.limit_backward; this.cursor--) if (group.has(this.current[this.cursor - 1])) return true;
    return false;
  }

  eq_s(text) {
    if (this.cursor + text.length > this.limit || !this.current.startsWith(text, this.cursor)) return false;
    this.cursor += text.length;
    return true;
  }

  eq_s_b(text) {
    if (this.cursor - text.length < this.limit_backward || !this.current.endsWith(text, this.cursor)) return false;
    this.cursor -= text.length;
    return true;
  }

  // The longest text of a table that stands at the cursor: its result, or 0. An entry is [text, the next shorter one, result, name of a method that must hold].
  find_among(table) {
    const at = this.cursor;
    return this.longest(table, (text) => at + text.length <= this.limit && this.current.startsWith(text, at), (text) => at + text.length);
  }

  find_among_b(table) {
    const at = this.cursor;
    return this.longest(table, (text) => at - text.length >= this.limit_backward && this.current.endsWith(text, at), (text) => at - text.length);
  }

  longest(table, stands, end) {
    let best = -1;
    for (let i = 0; i < table.length; i++) if (stands(table[i][0]) && (best < 0 || table[i][0].length > table[best][0].length)) best = i;
    for (; best >= 0; best = table[best][1]) {
      const [text, , result, method] = table[best];
      this.cursor = end(text);
      if (!method) return result;
      const holds = this[method]();
      this.cursor = end(text);
      if (holds) return result;
    }
    return 0;
  }

  replace_s(bra, ket, text) {
    const more = text.length - (ket - bra);
    this.current = this.current.slice(0, bra) + text + this.current.slice(ket);
    this.limit += more;
    if (this.cursor >= ket) this.cursor += more;
    else if (this.cursor > bra) this.cursor = bra;
    return more;
  }

  slice_from(text) {
    this.replace_s(this.bra, this.ket, text);
    this.ket = this.bra + text.length;
  }

  slice_del() {
    this.slice_from("");
  }

  insert(bra, ket, text) {
    const more = this.replace_s(bra, ket, text);
    if (bra <= this.bra) this.bra += more;
    if (bra <= this.ket) this.ket += more;
  }

  slice_to() {
    return this.current.slice(this.bra, this.ket);
  }

  assign_to() {
    return this.current.slice(0, this.limit);
  }
}

// A stemmer as lunr takes it: for tokens of its pipeline. Accents are left out of stems, because people leave them out.
function stemming(stemmer) {
  const bare = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  const stem = (token) => token.update((word) => bare(stemmer.stem(word)));
  lunr.Pipeline.registerFunction(stem, "stemmer");
  return stem;
}
