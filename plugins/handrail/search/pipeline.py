"""Texts become terms: folded, cut at everything that is no letter and no digit, without stop words, stemmed.

The browser folds with the same steps (``theme/scripts/search/fold.mjs``) before lunr's parser sees the text. What is
left has nothing that a trimmer could trim, which is why none stands in the pipeline: that of lunr.js knows ASCII only
and would cut every other script to nothing.

Other languages: ``languages`` maps a language to a stemmer that is equal in Python and in the browser. Only English is
held by a test so far; every other language is folded and matched by whole words and prefixes. To add one, port the
algorithm of its ``lunr-languages`` file, add the file to the page, and add its words to the test.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, ItemsView

from lunr.stop_word_filter import WORDS as STOP_WORDS_OF_LUNR

from handrail.search.stemming import stem_english, stem_nothing

STOP_WORDS = frozenset(STOP_WORDS_OF_LUNR)
"""Those of lunr, in both languages the same; a test compares them."""

APOSTROPHES = "'’‘‛`´ʼʻ′＇"
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
_NO_APOSTROPHES = {ord(character): None for character in APOSTROPHES}

_STEMMERS: dict[str, Callable[[str], str]] = {"en": stem_english}


class _Characters(dict[int, str | None]):
    """What becomes of a decomposed, lower-case character; worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        if 0x300 <= code <= 0x36F or character in APOSTROPHES:
            value: str | None = None
        elif code > 0xFFFF or unicodedata.category(character)[0] not in "LNM":
            # Beyond the basic plane JavaScript counts two units where Python counts one character.
            value = " "
        else:
            value = _LETTERS.get(character, character)
        self[code] = value
        return value


_CHARACTERS = _Characters()


def fold(text: str) -> str:
    """Return the text in lower case without accents and apostrophes, and blanks for all that is no letter or digit."""
    plain = unicodedata.normalize("NFKD", text.translate(_NO_APOSTROPHES)).lower().translate(_CHARACTERS)
    return " ".join(unicodedata.normalize("NFC", plain).split())


class Pipeline:
    """Terms of texts in one language; each word is worked out once."""

    def __init__(self, language: str = "en") -> None:
        self.language = language.split("-", maxsplit=1)[0]
        self.stem = _STEMMERS.get(self.language, stem_nothing)
        self._terms: dict[str, str] = {}
        """By word; empty for stop words."""

    @property
    def has_stemmer(self) -> bool:
        """True when the language has a stemmer that is equal in the browser."""
        return self.language in _STEMMERS

    def term(self, word: str) -> str:
        """Return the term of a folded word, or an empty string for a stop word."""
        found = self._terms.get(word)
        if found is None:
            is_stop_word = self.has_stemmer and word in STOP_WORDS
            found = self._terms[word] = "" if is_stop_word else self.stem(word)
        return found

    def words(self) -> ItemsView[str, str]:
        """Return every word that was met, each with its term (empty for stop words)."""
        return self._terms.items()

    def terms(self, text: str) -> list[str]:
        """Return the terms of a text in order."""
        known, term = self._terms, self.term
        found = []
        for word in fold(text).split():
            each = known.get(word)
            if each is None:
                each = term(word)
            if each:
                found.append(each)
        return found
