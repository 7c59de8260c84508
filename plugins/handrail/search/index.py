"""One lunr index over everything: the same weights as lunr.py, from a builder that works out each word once.

``Index.lunr()`` is the index in lunr's own format, byte for byte what lunr.py writes with the same pipeline;
the chunks for the browser are cut from the same postings.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.search.pipeline import Pipeline

B, K1 = 0.0, 1.2
"""lunr's own settings. Long fields are not weighed down (b is 0): entries that state much are not worse answers, and with
few different weights the postings take 40 % less."""
OFTEN_THE_SAME = 300
"""Texts up to so many characters are remembered while an index is built."""
LUNR_VERSION = "2.3.9"


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found, as texts by field."""

    texts: Mapping[str, str]
    boost: float = 1


Postings = list[tuple[int, float]]
"""Numbers of documents, ascending, each with its weight."""


@dataclass(frozen=True, slots=True)
class Index:
    """Postings of every term, by field."""

    fields: tuple[str, ...]
    count: int
    """Of documents."""
    postings: Mapping[str, Sequence[Postings]]
    """By term in order of first appearance; one list for each field."""

    def terms(self) -> list[str]:
        """Return all terms in order."""
        return sorted(self.postings)

    def lunr(self) -> dict[str, Any]:
        """Return the index as lunr.js loads it; documents are known by their number."""
        vectors: list[list[list[float]]] = [[[] for _ in self.fields] for _ in range(self.count)]
        for number, lists in enumerate(self.postings.values()):
            for field, postings in enumerate(lists):
                for document, weight in postings:
                    vectors[document][field] += [number, weight]
        numbers = {term: number for number, term in enumerate(self.postings)}
        return {
            "version": LUNR_VERSION,
            "fields": list(self.fields),
            "fieldVectors": [[f"{name}/{document}", vectors[document][field]] for document in range(self.count) for field, name in enumerate(self.fields)],
            "invertedIndex": [[term, {**self._held(term), "_index": numbers[term]}] for term in self.terms()],
            "pipeline": ["stemmer"],
        }

    def _held(self, term: str) -> dict[str, Any]:
        return {name: {str(document): {} for document, _ in postings} for name, postings in zip(self.fields, self.postings[term])}


def build_index(documents: Iterable[Document], boosts: Mapping[str, float], pipeline: Pipeline) -> Index:
    """Return the index of documents, weighted as lunr weighs them. ``boosts`` names the fields in order."""
    counted: list[list[tuple[Counter[str], int]]] = []
    frequency: Counter[str] = Counter()
    factors: list[float] = []
    # Names of topics, kinds and organizations come again and again.
    known: dict[str, tuple[Counter[str], int]] = {}
    for document in documents:
        row = []
        for name in boosts:
            text = document.texts.get(name, "")
            found = known.get(text)
            if found is None:
                terms = pipeline.terms(text)
                found = (Counter(terms), len(terms))
                if len(text) < OFTEN_THE_SAME:
                    known[text] = found
            # lunr counts a document once for every field that holds the term.
            frequency.update(found[0].keys())
            row.append(found)
        counted.append(row)
        factors.append(document.boost)
    count = len(counted)
    averages = [sum(row[field][1] for row in counted) / max(count, 1) for field in range(len(boosts))]
    rarity = {term: math.log(1 + abs((count - held + 0.5) / (held + 0.5))) for term, held in frequency.items()}
    postings: dict[str, list[Postings]] = {term: [[] for _ in boosts] for term in frequency}
    for field, boost in enumerate(boosts.values()):
        # A weight depends on the document by its boost and the length of its field only; with b at 0, by its boost only.
        weights: dict[tuple[float, float], dict[tuple[str, int], float]] = {}
        for number, row in enumerate(counted):
            counts, length = row[field]
            if not length:
                continue
            norm = K1 * (1 - B + B * (length / averages[field]))
            factor = factors[number]
            of_term = weights.setdefault((norm, factor), {})
            for each in counts.items():
                weight = of_term.get(each)
                if weight is None:
                    term, times = each
                    weight = of_term[each] = round(rarity[term] * ((K1 + 1) * times) / (norm + times) * boost * factor, 3)
                postings[each[0]][field].append((number, weight))
    return Index(tuple(boosts), count, postings)
