"""The index cut by term, the vocabulary, the columns of the filters and the cards, each in numbered files.

A name of a file carries no words. Every file begins with the mark of the build, so that a page of an older
deploy notices that it reads newer files.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from handrail.search import packing
from handrail.search.index import Index, Postings
from handrail.search.pipeline import fold

Value = TypeVar("Value")
Entry = TypeVar("Entry")
POSTINGS_SIZE = 9_000
"""Characters of a chunk of postings before compression; a term that fills half of it gets a chunk of its own."""
VOCABULARY_SIZE = 9_000
CARDS = 2
"""Neighbouring cards in a file. Results seldom are neighbours, so that a larger file is mostly waste."""
SHARED_SIZE = 1_600
"""Characters of the texts that cards have in common; they travel with the manifest."""
OFTEN = 8
"""A text on so many cards is worth sharing."""
OWN = ("u", "n", "l")
"""What no card has in common with another: address, name and the name's language."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A list of files of one kind, and a beginning of the first word of each, by which the browser finds the right one."""

    first: tuple[str, ...]
    files: tuple[Mapping[str, Any], ...]


def cut_postings(index: Index) -> Cut:
    """Return the postings of all terms, in the order of the terms."""
    return _cut_texts(((term, _packed(index.of(term))) for term in index.terms()), POSTINGS_SIZE, "t", "p")


def cut_vocabulary(frequency: Mapping[str, int]) -> Cut:
    """Return all words in order, whatever their accents, each with a digit for how many documents hold it (0 for one, 9 for 512 and more)."""
    ordered = sorted(frequency.items(), key=lambda each: (fold(each[0]), each[0]))
    return _cut_texts(((word, str(min(9, held.bit_length() - 1))) for word, held in ordered), VOCABULARY_SIZE, "t", "n", joined="", is_folded=True)


def shared_texts(cards: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the texts that stand on many cards, those first that save most."""
    counts = Counter(text for card in cards for text in _texts(card))
    worth = {text: (held - 1) * len(text) for text, held in counts.items() if held >= OFTEN and len(text) > 3}
    kept: list[str] = []
    left = SHARED_SIZE
    for text in sorted(worth, key=lambda text: (-worth[text], text)):
        if len(text) < left:
            kept.append(text)
            left -= len(text) + 3
    return kept


def cut_cards(cards: Sequence[Mapping[str, Any]], shared: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return the cards, a few neighbours to a file; a text that many share is its number, and empty ones are left out."""
    place: dict[Any, int] = {text: number for number, text in enumerate(shared)}

    def short(value: Any) -> Any:
        if isinstance(value, list):
            return [short(each) for each in value]
        return place.get(value, value) if isinstance(value, str) else value

    rows = [{key: value if key in OWN else short(value) for key, value in card.items() if value != ""} for card in cards]
    return [{"c": rows[start : start + CARDS]} for start in range(0, len(rows), CARDS)]


def column(values: Iterable[Iterable[str]]) -> Mapping[str, Any]:
    """Return a column: its values, the frequent ones first, and for each document which of them it states, none where it is silent.

    ``k`` says how many each states, ``r`` which: one number for the whole set (its place among all sets of that size), so that
    nothing is written that the size says already.
    """
    stated = [tuple(dict.fromkeys(each)) for each in values]
    counts = Counter(value for each in stated for value in each)
    names = sorted(counts, key=lambda value: (-counts[value], value))
    place = {value: number for number, value in enumerate(names)}
    while stated and not stated[-1]:
        stated.pop()
    # Most sets are one of a few.
    packed = {each: packing.subset(sorted(place[value] for value in each), len(names)) for each in dict.fromkeys(stated) if each}
    return {"v": names, "k": packing.numbers(map(len, stated)), "r": "".join(packed[each] for each in stated if each)}


def written(content: Mapping[str, Any]) -> bytes:
    """Return a file without the mark of its build."""
    return json.dumps({"h": "", **content}, ensure_ascii=False, separators=(",", ":")).encode()


def marked(file: bytes, mark: str) -> bytes:
    """Return a file with the mark of its build."""
    return file.replace(b'"h":""', b'"h":"%s"' % mark.encode(), 1)


def _packed(lists: Iterable[tuple[int, Postings]]) -> str:
    """Return the postings of a term: for each field its number, counts, weights in thousandths, gaps, and which weight."""
    text = ""
    for field, postings in lists:
        documents, stated = postings[::2], postings[1::2]
        weights = sorted(set(stated))
        text += packing.numbers((field, len(documents), len(weights))) + packing.ascending(weights) + packing.ascending(documents)
        if len(weights) > 1:
            place = {weight: number for number, weight in enumerate(weights)}
            text += packing.numbers([place[weight] for weight in stated])
    return text


def _cut_texts(entries: Iterable[tuple[str, str]], size: int, terms: str, values: str, joined: str = " ", is_folded: bool = False) -> Cut:
    def file(group: list[tuple[str, str]]) -> Mapping[str, Any]:
        return {terms: " ".join(term for term, _ in group), values: joined.join(value for _, value in group)}

    return cut(entries, size, lambda entry: len(entry[0]) + len(entry[1]) + 2, file, is_folded)


def cut(
    entries: Iterable[tuple[str, Value]],
    size: int,
    length: Callable[[tuple[str, Value]], int],
    file: Callable[[list[tuple[str, Value]]], Any],
    is_folded: bool = False,
) -> Cut:
    """Return files of entries that stand in the order of their words (of their folded words, where that is said), each about so long."""
    first: list[str] = []
    files = []
    last = ""
    for group in _grouped(entries, size, length):
        # The shortest beginning that is above the last word before is enough to find the file.
        word = fold(group[0][0]) if is_folded else group[0][0]
        first.append(next((word[:length] for length in range(1, len(word)) if word[:length] > last), word) if last else "")
        last = fold(group[-1][0]) if is_folded else group[-1][0]
        files.append(file(group))
    return Cut(tuple(first), tuple(files))


def _grouped(entries: Iterable[Entry], size: int, length: Callable[[Entry], int]) -> Iterator[list[Entry]]:
    group: list[Entry] = []
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


def _texts(card: Mapping[str, Any]) -> Iterator[str]:
    for key, value in card.items():
        if key not in OWN:
            yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each)
