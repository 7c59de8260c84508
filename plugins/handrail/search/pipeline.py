"""Texts become terms: folded, cut at everything that is no letter and no digit, without stop words, stemmed.

The browser folds with the same steps (``theme/scripts/search/fold.mjs``) before lunr's parser sees the text. What is
left has nothing that a trimmer could trim, which is why none stands in the pipeline: that of lunr.js knows ASCII only
and would cut every other script to nothing.

English is folded before it is stemmed. Other languages need their accents for the stem ("habitación", "habitaciones"), so their words
keep them and lose them afterwards; what people type without accents finds its written form in the vocabulary (``query.mjs``). A language
without a stemmer is matched by whole words and prefixes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import ItemsView

from lunr.stop_word_filter import WORDS as STOP_WORDS_OF_LUNR

from handrail.search import snowball
from handrail.search.stemming import stem_english, stem_nothing

STOP_WORDS = frozenset(STOP_WORDS_OF_LUNR)
"""Those of lunr, in both languages the same; a test compares them."""

APOSTROPHES = "'’‘‛`´ʼʻ′＇"
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
_NO_APOSTROPHES = {ord(character): None for character in APOSTROPHES}
_BLANKS = {ord(character): " " for character in APOSTROPHES}
_ACCENTS = re.compile("[\u0300-\u036f]")

APART = ("ca", "fr", "ga", "it")
"""Languages in which an apostrophe parts two words: "l'anxiété"."""


class _Characters(dict[int, str | None]):
    """What becomes of a decomposed, lower-case character; worked out when it is first met."""

    def __init__(self, keeps_accents: bool) -> None:
        super().__init__()
        self._keeps_accents = keeps_accents

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        if character in APOSTROPHES or (0x300 <= code <= 0x36F and not self._keeps_accents):
            value: str | None = None
        elif code > 0xFFFF or unicodedata.category(character)[0] not in "LNM":
            # Beyond the basic plane JavaScript counts two units where Python counts one character.
            value = " "
        else:
            value = character if self._keeps_accents else _LETTERS.get(character, character)
        self[code] = value
        return value


_FOLDED, _PLAIN = _Characters(keeps_accents=False), _Characters(keeps_accents=True)


def fold(text: str) -> str:
    """Return the text in lower case without accents and apostrophes, and blanks for all that is no letter or digit."""
    return _words(text.translate(_NO_APOSTROPHES), _FOLDED)


def plain(text: str, apart: bool = False) -> str:
    """Return the text as ``fold`` does, with its accents; ``apart`` makes blanks of apostrophes."""
    return _words(text.translate(_BLANKS if apart else _NO_APOSTROPHES), _PLAIN)


def bare(word: str) -> str:
    """Return a word without accents."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", word)))


def _words(text: str, characters: _Characters) -> str:
    letters = unicodedata.normalize("NFKD", text).lower().translate(characters)
    return " ".join(unicodedata.normalize("NFC", letters).split())


class Pipeline:
    """Terms of texts in one language; each word is worked out once."""

    def __init__(self, language: str = "en") -> None:
        self.language = language.split("-", maxsplit=1)[0]
        self.keeps_accents = self.language != "en"
        self.parts_at_apostrophes = self.language in APART
        self._stem = stem_english if self.language == "en" else snowball.stemmer(self.language) if self.language in snowball.LANGUAGES else stem_nothing
        self._terms: dict[str, str] = {}
        """By word; empty for stop words."""

    def split(self, text: str) -> list[str]:
        """Return the words of a text as they are looked up."""
        return (plain(text, self.parts_at_apostrophes) if self.keeps_accents else fold(text)).split()

    def stem(self, word: str) -> str:
        """Return the term of a word, stop word or not."""
        return bare(self._stem(word)) if self.keeps_accents else self._stem(word)

    def term(self, word: str) -> str:
        """Return the term of a word, or an empty string for a stop word. Stop words are known for English only."""
        found = self._terms.get(word)
        if found is None:
            is_stop_word = not self.keeps_accents and word in STOP_WORDS
            found = self._terms[word] = "" if is_stop_word else self.stem(word)
        return found

    def words(self) -> ItemsView[str, str]:
        """Return every word that was met, each with its term (empty for stop words)."""
        return self._terms.items()

    def terms(self, text: str) -> list[str]:
        """Return the terms of a text in order."""
        known, term = self._terms, self.term
        found = []
        for word in self.split(text):
            each = known.get(word)
            if each is None:
                each = term(word)
            if each:
                found.append(each)
        return found
