"""Where a number or address stands: every line of the registry's files and of the pages beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from handrail.registry import withdrawn
from handrail.registry.registry import Entry, Registry
from handrail.text import phone

_NAMES = re.compile(r"https?://\S+|[\w.]*-[\w.-]*[A-Za-z][\w.-]*|@[\w-]+")
"""Addresses, ids and keys of sources: digits in them are no number that anybody would dial."""


def lines(registry: Registry, contacts: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Yield file, line number and line of every place in which one of the contacts stands."""
    if not contacts:
        return
    for path in sorted({*registry.files, *registry.base.glob("content/**/*.md")}):
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if any(withdrawn.stands(line if phone.problem(contact) else _NAMES.sub(" ", line), contact) for contact in contacts):
                yield path.relative_to(registry.base).as_posix(), number, line


def own(entry: Entry) -> Callable[[str, int], bool]:
    """Return what tells whether a line of a file belongs to an entry itself."""
    starts = entry.document.starts
    first = starts[entry.path]
    last = min((line for path, line in starts.items() if len(path) == len(entry.path) and path[:-1] == entry.path[:-1] and line > first), default=10**9)
    return lambda name, number: name == entry.document.name and first <= number < last
