// Texts become plain words: the same steps as handrail/search/pipeline.py, held together by a test.
const APOSTROPHES = /['’‘‛\u0060´ʼʻ′＇]/g;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i" };

// The same with accents, for languages that need them; `apart` makes blanks of apostrophes.
export function plain(text, apart) {
  const between = apart ? " " : "";
  return text.replace(APOSTROPHES, between).normalize("NFKD").toLowerCase().replace(APOSTROPHES, "")
    .replace(/[\ud800-\udfff]+/g, " ")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").normalize("NFC").trim().replace(/ +/g, " ");
}

export function fold(text) {
  return text.replace(APOSTROPHES, "").normalize("NFKD").toLowerCase()
    .replace(/[\u0300-\u036f]/g, "").replace(APOSTROPHES, "")
    .replace(/[\ud800-\udfff]+/g, " ")
    .replace(/[ßæœøłđðþħı]/g, (letter) => LETTERS[letter])
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").normalize("NFC").trim().replace(/ +/g, " ");
}
