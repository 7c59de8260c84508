"""The words that must not stand on anything discreet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from handrail.model.values import Audience, Topic
from handrail.text.characters import fold


class Vocabulary:
    """Names and synonyms of sensitive topics, and of audiences that have a discreet name."""

    def __init__(self, topics: Iterable[Topic], audiences: Iterable[Audience]) -> None:
        found: set[str] = set()
        for topic in topics:
            if topic.sensitive:
                found.update((topic.name, topic.id, *topic.synonyms))
        for audience in audiences:
            if audience.discreet_name:
                found.update((audience.name, audience.id, *audience.synonyms))
        self.terms = frozenset(filter(None, map(plain, found)))
        """Folded, words parted by single blanks."""
        ordered = sorted(self.terms, key=lambda term: (-len(term), term))
        # A term begins a word, and ends one or has an ending behind it: most texts have no word with which any term could begin.
        self._first = frozenset(f"{term}{ending}".split()[0] for term in self.terms for ending in ("", "s", "es"))
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})(?:s|es)?\b") if ordered else re.compile(r"(?!)")

    def found(self, text: str) -> str:
        """Return the first sensitive term in a text, or an empty string."""
        read = plain(text)
        if self._first.isdisjoint(read.split()):
            return ""
        match = self._pattern.search(read)
        return match.group() if match else ""


_PARTING = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What stands between words, of the characters of ASCII."""


@lru_cache(4096)
def plain(text: str) -> str:
    """Return a text folded, with everything that is not a letter or a digit as one blank: "Self-harm" is "self harm"."""
    if text.isascii():
        return " ".join(text.lower().replace("'", "").translate(_PARTING).split())
    return " ".join(re.sub(r"[\W_]+", " ", fold(text).replace("'", "")).split())
