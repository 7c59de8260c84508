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
from collections.abc import Callable, ItemsView

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
    return " ".join(_folded(text))


def plain(text: str, apart: bool = False) -> str:
    """Return the text as ``fold`` does, with its accents; ``apart`` makes blanks of apostrophes."""
    return " ".join(_words(text.translate(_BLANKS if apart else _NO_APOSTROPHES), _PLAIN))


def bare(word: str) -> str:
    """Return a word without accents."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", word)))


def _folded(text: str) -> list[str]:
    if text.isascii():  # nothing to take apart and put together again; and the table drops the apostrophes of ASCII
        return text.lower().translate(_FOLDED).split()
    return _words(text.translate(_NO_APOSTROPHES), _FOLDED)


def _words(text: str, characters: _Characters) -> list[str]:
    letters = unicodedata.normalize("NFKD", text).lower().translate(characters)
    return unicodedata.normalize("NFC", letters).split()


class _Terms(dict[str, str]):
    """The term of each word that was met, empty for stop words; worked out when it is first met."""

    def __init__(self, term: Callable[[str], str]) -> None:
        super().__init__()
        self._term = term

    def __missing__(self, word: str) -> str:
        term = self[word] = self._term(word)
        return term


class Pipeline:
    """Terms of texts in one language; each word is worked out once."""

    def __init__(self, language: str = "en") -> None:
        self.language = language.split("-", maxsplit=1)[0]
        self.keeps_accents = self.language != "en"
        self.parts_at_apostrophes = self.language in APART
        self._stem = stem_english if self.language == "en" else snowball.stemmer(self.language) if self.language in snowball.LANGUAGES else stem_nothing
        self._terms = _Terms(self._worked_out)

    def split(self, text: str) -> list[str]:
        """Return the words of a text as they are looked up."""
        return plain(text, self.parts_at_apostrophes).split() if self.keeps_accents else _folded(text)

    def stem(self, word: str) -> str:
        """Return the term of a word, stop word or not."""
        return bare(self._stem(word)) if self.keeps_accents else self._stem(word)

    def term(self, word: str) -> str:
        """Return the term of a word, or an empty string for a stop word. Stop words are known for English only."""
        return self._terms[word]

    def words(self) -> ItemsView[str, str]:
        """Return every word that was met, each with its term (empty for stop words)."""
        return self._terms.items()

    def terms(self, text: str) -> list[str]:
        """Return the terms of a text in order."""
        return list(filter(None, map(self._terms.__getitem__, self.split(text))))

    def _worked_out(self, word: str) -> str:
        return "" if not self.keeps_accents and word in STOP_WORDS else self.stem(word)
