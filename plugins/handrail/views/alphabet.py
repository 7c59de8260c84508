"""Lists from A to Z: in which order names stand, and on which page when one cannot hold them all.

A list is cut by letters, and a long letter where its names differ, at the same places whatever else the list holds: between
"o" and "p" first, then between "g" and "h" or "w" and "x", as the bits of the characters have it. A name more or less
moves no cut: at most neighbours are put together or parted again, and the addresses of all others stay.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from handrail.output.store import digest
from handrail.text.characters import fold

ROOM = 32_000
"""Bytes of links on one page: some 300 of usual names, 4 to 7 KB compressed. With the frame around them that is a third of the 150 KB, and half of the
20 KB compressed, that a page may have; where every name is Chinese and as long as it may be, it is nearly all of the 20."""
MOST_LETTERS = 100
"""Letters that a list names one by one; where a script has more, neighbours stand together."""
LONGEST_NAME = 40
"""Characters of a beginning that stand in an address as they are."""

_OTHERS = "\0"
"""Stands for whatever is no letter. It comes first, and no text of a registry holds it."""
_PLAIN = "0123456789abcdefghijklmnopqrstuvwxyz"
_MARKUP = len('<li><a href="../../../"><bdi></bdi></a> <span class="hr-note"></span></li>')


class Entry(NamedTuple):
    """What a list names: a link that is not yet made for a page."""

    text: str
    target: str
    """Source path of the page."""
    note: str = ""
    language: str = ""
    """Language tag of the text when it differs from the page's."""

    @property
    def weight(self) -> int:
        """About how many bytes the link takes."""
        return _MARKUP + sum(len(part.encode()) for part in self)


class Span(NamedTuple):
    """What the names of a part begin with, as readers see it."""

    first: str
    last: str = ""
    """Empty when it is the same."""

    @classmethod
    def of(cls, first: str, last: str) -> Span:
        """Return the span from one beginning to another."""
        return cls(first, "" if first == last else last)


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a list."""

    name: str
    """In its address: ASCII, different from that of every other part."""
    span: Span
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with the parts it is cut into, often one; or neighbours that stand together."""

    span: Span
    parts: tuple[Part, ...]


class Alphabet:
    """Entries in their order: by the name without accents and case, what begins with no letter first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        placed = sorted(((_path(entry.text), entry) for entry in entries), key=lambda pair: pair[0])
        self._paths = [path for path, _ in placed]
        self.entries = tuple(entry for _, entry in placed)

    @property
    def is_long(self) -> bool:
        """Whether one page cannot hold it."""
        return not self._fits(0, len(self._paths))

    def by_letter(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """Yield every letter with its entries."""
        for start, stop in self._letters:
            yield _letter(self._paths[start]), self.entries[start:stop]

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The letters with their parts."""
        every = self._letters
        if len(every) > MOST_LETTERS:
            every = [(start, stop) for start, stop, _ in self._cut(0, len(self._paths), lambda start, stop: self._paths[start][0] == self._paths[stop - 1][0])]
        return tuple(self._parted(start, stop) for start, stop in every)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part, in order."""
        return tuple(part for letter in self.letters for part in letter.parts)

    @cached_property
    def _letters(self) -> list[tuple[int, int]]:
        groups = groupby(range(len(self._paths)), key=lambda at: self._paths[at][0])
        return [(members[0], members[-1] + 1) for members in (list(group) for _, group in groups)]

    @cached_property
    def _weights(self) -> list[int]:
        """How much all entries before each one weigh."""
        return list(accumulate((entry.weight for entry in self.entries), initial=0))

    def _fits(self, start: int, stop: int) -> bool:
        return stop - start <= 1 or self._weights[stop] - self._weights[start] <= ROOM

    def _cut(self, start: int, stop: int, is_whole: Callable[[int, int], bool]) -> Iterator[tuple[int, int, str]]:
        """Yield stretches that fit on a page or are whole, each with the text before which everything stands earlier (empty for the first)."""
        waiting, found = [(start, stop, "")], []
        while waiting:
            start, stop, before = waiting.pop()
            if self._fits(start, stop) or is_whole(start, stop):
                found.append((start, stop, before))
            else:
                cut = _between(self._paths[start], self._paths[stop - 1])
                middle = bisect_left(self._paths, cut, start, stop)
                waiting += [(middle, stop, cut), (start, middle, before)]
        # Halves leave crumbs. What the latest cuts have parted is put together first, so that a change is felt nearby only.
        for _, cut in sorted((_order(cut), cut) for _, _, cut in found[1:]):
            at = next(at for at, each in enumerate(found) if each[2] == cut)
            (start, _, before), (_, stop, _) = found[at - 1:at + 1]
            if self._fits(start, stop):
                found[at - 1:at + 1] = [(start, stop, before)]
        return iter(found)

    def _parted(self, start: int, stop: int) -> Letter:
        first, last = _letter(self._paths[start]), _letter(self._paths[stop - 1])
        span, name = Span.of(first, last), anchor(first)
        if self._fits(start, stop):
            return Letter(span, (Part(name, span, self.entries[start:stop]),))
        found = list(self._cut(start, stop, lambda start, stop: self._paths[start] == self._paths[stop - 1]))
        parts: list[Part] = []
        for (start, stop, cut), within in zip(found, self._spans([(start, stop) for start, stop, _ in found]), strict=True):
            whole = Part(f"{name}{_suffix(cut, self._paths[start])}" if cut else name, within, self.entries[start:stop])
            parts += self._counted(whole, start, stop)
        return Letter(span, tuple(parts))

    def _spans(self, found: Sequence[tuple[int, int]]) -> Iterator[Span]:
        """Yield what stretches of a letter begin with: as much of the first and of the last name as tells them from the neighbours."""
        names = [(self._paths[start][1:], self._paths[stop - 1][1:]) for start, stop in found]
        lengths = [2, *(max(2, _shared(last, first) + 1) for (_, last), (first, _) in pairwise(names)), 2]
        for (first, last), before, after in zip(names, lengths[:-1], lengths[1:], strict=True):
            if first == last:
                before = after = max(before, after)
            elif after < before and first[:after] == last[:after]:
                after = _shared(first, last) + 1  # "Bat – Batu", not "Bat – Ba"
            yield Span.of(_beginning(first, before), _beginning(last, after))

    def _counted(self, part: Part, start: int, stop: int) -> Iterator[Part]:
        """Yield a part; where so many have one and the same name that they do not fit, several with numbers."""
        if self._fits(start, stop):
            yield part
            return
        number, at = 0, start
        while at < stop:
            number += 1
            room = self._weights[at] + ROOM
            end = max(at + 1, bisect_left(self._weights, room + 1, at, stop + 1) - 1)
            label = Span(f"{_beginning(self._paths[at][1:], len(self._paths[at]))} ({number})")
            yield Part(part.name if number == 1 else f"{part.name}.{number}", label, self.entries[at:end])
            at = end


def anchor(letter: str) -> str:
    """Return a letter as it stands in addresses: ASCII, without a hyphen but for "0-9"."""
    return letter.lower() if letter.isascii() else f"{ord(letter):x}"


def _path(text: str) -> str:
    """Return the letter of a name and all of it as it is compared: by this a list is ordered."""
    folded = fold(text)
    letter = folded.upper()[:1]
    return (letter if letter.isalpha() else _OTHERS) + folded


def _letter(path: str) -> str:
    return "0-9" if path[0] == _OTHERS else path[0]


def _between(first: str, last: str) -> str:
    """Return the text at which two names are parted: what they share, and the character between theirs that has most zeros at its end."""
    at = _shared(first, last)
    low, high = ord(first[at]) if at < len(first) else 0, ord(last[at])
    bit = (low ^ high).bit_length() - 1
    return last[:at] + chr(high >> bit << bit)


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts share from their beginning."""
    return next((at for at, (here, there) in enumerate(zip(one, other, strict=False)) if here != there), min(len(one), len(other)))


def _order(cut: str) -> tuple[int, int]:
    """Return when a cut is looked at again: the later it was made, the sooner."""
    last = ord(cut[-1])
    return -len(cut), last & -last


def _suffix(cut: str, first: str) -> str:
    """Return how a part is told from others of its letter: by the text at which it is cut from what comes before, whichever names stand in it now."""
    at = len(cut) - 1
    # The nearest that can be read, before the first name: so the order of parts is the order of these texts, and none is there twice.
    readable = next((each for each in _PLAIN if cut[at] <= each <= first[at]), cut[at])
    text = cut[1:at] + readable
    if len(text) <= LONGEST_NAME and re.fullmatch("[a-z0-9]+( [a-z0-9]+)*", text):
        return "-" + text.replace(" ", "-")
    return "_" + digest(text.encode())[:12]


def _beginning(name: str, length: int) -> str:
    """Return the first characters of a name, never with a blank at the end; of one that is nothing but an apostrophe, dots."""
    while name[length - 1:length] == " ":
        length += 1
    capital = name[:1].upper()
    return unicodedata.normalize("NFC", (capital if capital.casefold() == name[:1] else name[:1]) + name[1:length]) or "…"
