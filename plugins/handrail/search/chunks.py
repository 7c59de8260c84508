"""The index cut by term, the vocabulary, the columns of the filters and the cards, each in numbered files.

A name of a file carries no words. Every file begins with the mark of the build, so that a page of an older
deploy notices that it reads newer files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.search import packing
from handrail.search.index import Index, Postings

POSTINGS_SIZE = 9_000
"""Characters of a chunk of postings before compression; a term that fills half of it gets a chunk of its own."""
VOCABULARY_SIZE = 9_000
CARDS = 4
"""Neighbouring cards in a file."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A list of files of one kind, and a beginning of the first word of each, by which the browser finds the right one."""

    first: tuple[str, ...]
    files: tuple[Mapping[str, Any], ...]


def cut_postings(index: Index) -> Cut:
    """Return the postings of all terms, in the order of the terms."""
    return _cut(((term, _packed(index.postings[term])) for term in index.terms()), POSTINGS_SIZE, "t", "p")


def cut_vocabulary(frequency: Mapping[str, int]) -> Cut:
    """Return all words in order, each with a digit for how many documents hold it (0 for one, 9 for 512 and more)."""
    return _cut(((word, str(min(9, held.bit_length() - 1))) for word, held in sorted(frequency.items())), VOCABULARY_SIZE, "t", "n", joined="")


def cut_cards(cards: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the cards, a few neighbours to a file."""
    return [{"c": cards[start : start + CARDS]} for start in range(0, len(cards), CARDS)]


def column(values: Iterable[Iterable[str]]) -> Mapping[str, Any]:
    """Return, for each value of a filter, the documents that state it. A document that states nothing is in no list."""
    lists: dict[str, list[int]] = {}
    for number, stated in enumerate(values):
        for value in dict.fromkeys(stated):
            lists.setdefault(value, []).append(number)
    return {"v": {value: packing.ascending(lists[value]) for value in sorted(lists)}}


def written(content: Mapping[str, Any], mark: str) -> bytes:
    """Return a file with the mark of its build."""
    return json.dumps({"h": mark, **content}, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(lists: Sequence[Postings]) -> str:
    """Return the postings of a term: for each field its number, counts, weights in thousandths, gaps, and which weight."""
    text = ""
    for field, postings in enumerate(lists):
        if not postings:
            continue
        weights = sorted({round(weight * 1000) for _, weight in postings})
        place = {weight: number for number, weight in enumerate(weights)}
        text += packing.numbers((field, len(postings), len(weights))) + packing.ascending(weights)
        text += packing.ascending([document for document, _ in postings])
        if len(weights) > 1:
            text += packing.numbers(place[round(weight * 1000)] for _, weight in postings)
    return text


def _cut(entries: Iterable[tuple[str, str]], size: int, terms: str, values: str, joined: str = " ") -> Cut:
    first: list[str] = []
    files = []
    last = ""
    for group in _grouped(entries, size, lambda entry: len(entry[0]) + len(entry[1]) + 2):
        # The shortest beginning that is above the last word before is enough to find the file.
        word = group[0][0]
        first.append(next((word[:length] for length in range(1, len(word)) if word[:length] > last), word) if last else "")
        last = group[-1][0]
        files.append({terms: " ".join(term for term, _ in group), values: joined.join(value for _, value in group)})
    return Cut(tuple(first), tuple(files))


def _grouped(entries: Iterable[tuple[str, str]], size: int, length: Callable[[tuple[str, str]], int]) -> Iterator[list[tuple[str, str]]]:
    group: list[tuple[str, str]] = []
    total = 0
    for entry in entries:
        more = length(entry)
        if group and (total + more > size or more > size // 2):
            yield group
            group, total = [], 0
        group.append(entry)
        total += more
        if more > size // 2:
            yield group
            group, total = [], 0
    if group:
        yield group
