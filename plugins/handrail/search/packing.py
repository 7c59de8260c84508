"""Numbers and lists of numbers as short printable text that a host compresses well and a browser reads fast.

Text, because hosts compress text and JSON by themselves but not unknown binary files. 91 characters, none of which JSON
escapes: a number below 60 takes one, below 2,790 two, others four. ``theme/scripts/search/packing.mjs`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import comb
from operator import sub

ALPHABET = "".join(chr(code) for code in range(35, 127) if code != 92)
_ONE = 60
RANKED = 3
"""Sets of up to so many values are written as one number, larger ones as gaps."""
_TWO = _ONE + 30 * 91


def number(value: int) -> str:
    """Return a whole number from 0 to 753,570."""
    if value < _ONE:
        return ALPHABET[value]
    if value < _TWO:
        high, low = divmod(value - _ONE, 91)
        return ALPHABET[_ONE + high] + ALPHABET[low]
    rest, low = divmod(value, 91)
    high, middle = divmod(rest, 91)
    return ALPHABET[90] + ALPHABET[high] + ALPHABET[middle] + ALPHABET[low]


_KNOWN = [number(value) for value in range(1 << 14)]
"""Nearly every number that is written: looked up, not worked out."""


def numbers(values: Iterable[int]) -> str:
    """Return numbers one after the other."""
    values = list(values)
    try:
        return "".join(map(_KNOWN.__getitem__, values))
    except IndexError:
        return "".join(map(number, values))


def ascending(values: Sequence[int]) -> str:
    """Return ascending numbers as the gaps between them."""
    return numbers(map(sub, values, chain((0,), values)))


def width(count: int) -> int:
    """Return how many characters of 64 tell so many things apart."""
    return next(width for width in range(1, 12) if 64**width >= count)


def subset(members: Sequence[int], of: int) -> str:
    """Return a set of numbers below ``of``, ascending; whoever reads it knows how many there are.

    Small sets are counted off: 0, 1, 2 … in the order of their largest member, then the next. 64 characters and a fixed width, so
    that a host's compression finds whole characters.
    """
    size = len(members)
    if size > RANKED:
        return ascending(members)
    rank = sum(comb(member, place + 1) for place, member in enumerate(members))
    text = ""
    for _ in range(width(comb(of, size))):
        rank, low = divmod(rank, 64)
        text = ALPHABET[low] + text
    return text
