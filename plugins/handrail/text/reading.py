"""How hard a text is to read: the Flesch-Kincaid grade, counted over plain sentences.

The grade is the number of years of (US) school after which most people read the text with ease:
``0.39 * words per sentence + 11.8 * syllables per word - 15.59`` (Kincaid and others, 1975).

Syllables are estimated from groups of vowels, because pronouncing dictionaries are large or are fetched
while running. Against a dictionary the estimate is right for about nine words in ten and its errors go both
ways, so it serves for a page and means little for one sentence. An item of a list counts as a sentence, as it is
read. Names, headings, lists of links and directives are left out by the caller: the measure is of running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\n{2,}|\n(?=[-*\d|])")
_VOWELS = re.compile(r"[aeiouy]+")
_SPLIT = re.compile(
    r"ia(?!l\b)|(?<=tr)ia|(?<=[rv])io(?=us)|(?<=[rd])ie(?=nc)|io(?!us|n)|rea(?=te)|ie(?=t)|ui(?=ci|et|sm)|ua|eo(?!us)|oe(?=[mt])|eu(?=m)"
    r"|dea|yi|ei(?=ng)|[aeo]ing|ism\b"
)
"""Places where two vowels side by side are two syllables."""
_SILENT_END = re.compile(r"(?:(?<![aeiouyl])e|(?<=[aeiouy]l)e|(?<=[^aeiouycsxzg])es|(?<=[^aeiouytd])ed)$")
_SILENT_INSIDE = re.compile(r"(?<=[aeiouy][^aeiouy])e(?=(?:ful|less|ment|ly|ness|times?|thing|one|body|where|how)(?:s|ly)?$)")
_CONTRACTION = re.compile(r"(?:n't|'(?:s|re|ll|ve|d|m)?)$")
_SPOKEN_NOT = re.compile(r"(?:[sdt]|have)n't$")
"""``isn't`` and ``couldn't`` have a syllable that ``don't`` and ``can't`` have not."""
_IRREGULAR = {"people": 2, "area": 3, "areas": 3, "every": 2, "everyone": 3, "really": 2,
              "being": 2, "quiet": 2, "science": 2, "create": 2, "business": 2, "hours": 1, "hour": 1,
              "wednesday": 2, "evening": 2, "evenings": 2, "client": 2, "clients": 2, "safeguard": 2, "safeguarding": 3}
"""Common words that the rules get wrong."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text, and the grade that follows."""

    words: int
    sentences: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        """Mean length of a sentence in words; 0 for an empty text."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade in school years, never below 0; 0 for an empty text."""
        if not self.words or not self.sentences:
            return 0.0
        grade = 0.39 * self.words_per_sentence + 11.8 * self.syllables / self.words - 15.59
        return max(0.0, round(grade, 1))

    @property
    def minutes(self) -> int:
        """Minutes to read at 200 words a minute, at least 1."""
        return max(1, round(self.words / 200))


@lru_cache(1 << 16)
def syllables(word: str) -> int:
    """Return the estimated number of syllables of one English word, at least 1."""
    word = word.lower().replace("’", "'")
    parts = re.split(r"['\-]", _CONTRACTION.sub("", word))
    return max(1, sum(map(_syllables_of_part, filter(None, parts))) + bool(_SPOKEN_NOT.search(word)))


def _syllables_of_part(part: str) -> int:
    if part in _IRREGULAR:
        return _IRREGULAR[part]
    part = _SILENT_INSIDE.sub("", part)
    stem = _SILENT_END.sub("", part) if len(_VOWELS.findall(part)) > 1 else part
    return max(1, len(_VOWELS.findall(stem)) + len(_SPLIT.findall(stem)))


def read(text: str) -> Reading:
    """Count words, sentences and syllables of running text; sentences end at . ! ? and at blank lines or list items, not at : or ;"""
    words = _WORD.findall(text)
    return Reading(len(words), sum(map(bool, map(_WORD.search, _SENTENCE_END.split(text)))), sum(map(syllables, words)))
