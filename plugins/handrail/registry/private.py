"""Lines of a file that no report repeats: whatever is wrong with a place, its address may be one that must stay hidden.

Told from the text and not from the data: a file in which a quotation mark is missing has no data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PLACES = re.compile(r"""(?:^|[\s{,-])["']?places["']?\s*:""")
_ADDRESS = re.compile(r"""(?:^|[\s{,-])["']?(?:street|postcode|latitude|longitude)["']?\s*:""", re.IGNORECASE)
_BLANKS = re.compile(r"\s*")
_QUOTED = re.compile('"([^"]*)"')


def lines(text: Sequence[str]) -> frozenset[int]:
    """Return the 1-based numbers of all lines inside a field ``places``, and of those that hold a part of an address anywhere."""
    found = set()
    around: int | None = None
    beside = False
    for number, line in enumerate(text, 1):
        blanks = _BLANKS.match(line)
        start = blanks[0] if blanks else ""
        rest = line[len(start):]
        if around is not None and rest and "\t" not in start and len(start) <= around and not (beside and len(start) == around and rest.startswith("-")):
            around = None
        if around is None and not rest.startswith("#") and _PLACES.search(line):
            around, beside = len(start), not rest.startswith("-")
        if around is not None or _ADDRESS.search(line):
            found.add(number)
    return frozenset(found)


def without_values(message: str) -> str:
    """Return a message in which nothing that could be an address is quoted: fields and choices have neither blanks nor digits."""
    return _QUOTED.sub(lambda quoted: '"…"' if any(each.isspace() or each.isdigit() for each in quoted[1]) else quoted[0], message)
