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
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})(?:s|es)?\b") if ordered else re.compile(r"(?!)")

    def found(self, text: str) -> str:
        """Return the first sensitive term in a text, or an empty string."""
        match = self._pattern.search(plain(text))
        return match.group() if match else ""


@lru_cache(4096)
def plain(text: str) -> str:
    """Return a text folded, with everything that is not a letter or a digit as one blank: "Self-harm" is "self harm"."""
    folded = text.lower() if text.isascii() else fold(text)
    return " ".join(re.sub(r"[\W_]+", " ", folded.replace("'", "")).split())
