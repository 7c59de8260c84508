"""One lunr index over everything: the same weights as lunr.py, from a builder that works out each word once.

``Index.lunr()`` is the index in lunr's own format, byte for byte what lunr.py writes with the same pipeline;
the chunks for the browser are cut from the same postings.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from handrail.search.pipeline import Pipeline

B, K1 = 0.0, 1.2
"""lunr's own settings. Long fields are not weighed down (b is 0): entries that state much are not worse answers, and with
few different weights the postings take 40 % less."""
OFTEN_THE_SAME = 300
"""Texts up to so many characters are remembered while an index is built."""
LUNR_VERSION = "2.3.9"
_DONE: tuple[Counter[str], int] = (Counter(), 0)
"""In place of what is counted already, so that counts go while postings come."""


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found, as texts by field."""

    texts: Mapping[str, str]
    boost: float = 1


Postings: TypeAlias = "array[int]"
"""Numbers of documents, ascending, each followed by its weight in thousandths: eight bytes each, where a pair of Python's takes a hundred."""


@dataclass(frozen=True, slots=True)
class Index:
    """Postings of every term, by field."""

    fields: tuple[str, ...]
    count: int
    """Of documents."""
    held: Mapping[str, int]
    """How often each term is held by a field of a document; the terms stand in the order of their first appearance."""
    postings: Sequence[Mapping[str, Postings]]
    """By field, and in it by term."""

    def terms(self) -> list[str]:
        """Return all terms in order."""
        return sorted(self.held)

    def of(self, term: str) -> Iterator[tuple[int, Postings]]:
        """Yield the number of each field that holds a term, and the postings there."""
        for field, postings in enumerate(self.postings):
            if term in postings:
                yield field, postings[term]

    def lunr(self) -> dict[str, Any]:
        """Return the index as lunr.js loads it; documents are known by their number."""
        vectors: list[list[list[float]]] = [[[] for _ in self.fields] for _ in range(self.count)]
        numbers = {term: number for number, term in enumerate(self.held)}
        for term, number in numbers.items():
            for field, postings in self.of(term):
                for document, weight in zip(postings[::2], postings[1::2]):
                    vectors[document][field] += [number, weight / 1000]
        return {
            "version": LUNR_VERSION,
            "fields": list(self.fields),
            "fieldVectors": [[f"{name}/{document}", vectors[document][field]] for document in range(self.count) for field, name in enumerate(self.fields)],
            "invertedIndex": [[term, {**self._documents(term), "_index": numbers[term]}] for term in self.terms()],
            "pipeline": ["stemmer"],
        }

    def _documents(self, term: str) -> dict[str, Any]:
        return {name: {str(document): {} for document in postings.get(term, ())[::2]} for name, postings in zip(self.fields, self.postings)}


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
            row.append(found)
        # lunr counts a document once for every field that holds the term.
        frequency.update(chain.from_iterable(counts for counts, _ in row))
        counted.append(row)
        factors.append(document.boost)
    count = len(counted)
    averages = [sum(row[field][1] for row in counted) / max(count, 1) for field in range(len(boosts))]
    rarity = {term: math.log(1 + abs((count - held + 0.5) / (held + 0.5))) for term, held in frequency.items()}
    postings: list[dict[str, Postings]] = [{} for _ in boosts]
    for field, boost in enumerate(boosts.values()):
        # A weight depends on the document by its boost and the length of its field only; with b at 0, by its boost only.
        known_ways: dict[tuple[float, float], dict[tuple[str, int], tuple[Callable[[tuple[int, int]], None], int]]] = {}
        here = postings[field]
        for number, row in enumerate(counted):
            counts, length = row[field]
            row[field] = _DONE
            if not length:
                continue
            norm = K1 * (1 - B + B * (length / averages[field]))
            factor = factors[number]
            ways = known_ways.setdefault((norm, factor), {})
            for each in counts.items():
                way = ways.get(each)
                if way is None:
                    term, times = each
                    weight = round(round(rarity[term] * ((K1 + 1) * times) / (norm + times) * boost * factor, 3) * 1000)
                    way = ways[each] = (here.setdefault(term, array("I")).extend, weight)
                extend, weight = way
                extend((number, weight))
    return Index(tuple(boosts), count, frequency, postings)
