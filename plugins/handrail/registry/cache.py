"""What reading and checking a file of the registry gave, kept from one run to the next.

A file is known by the hash of its bytes; everything kept is void when a schema, a rule, or the code that reads and checks
changes. Kept are only files in which no error was found, with the warnings that depend on nothing but the file itself.

The pack is a store, one a registry: whatever is not a pack of this very version, whole, is ignored.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

from handrail.issues.issue import Issue
from handrail.output import store
from handrail.registry.reading import Document
from handrail.schemas import library

Record = list[Any]
"""What is known about one file: its data, where its groups of fields start, its issues, and the ISO date from which on no date in it lies ahead."""


def record(document: Document, data: dict[str, Any], issues: Iterable[Issue], today: date) -> Record:
    """Return what is to be known about a document in which nothing is wrong."""
    told = [[each.line, each.column, each.code, each.message, each.help, each.see, each.length, each.excerpt] for each in sorted(set(issues))]
    return [data, [[list(path), line] for path, line in document.starts.items()], told, today.isoformat()]


def read(known: Record, raw: bytes, name: str) -> tuple[Document, dict[str, Any], list[Issue]]:
    """Return the document of a file's bytes, its data and its issues, from what is known about it."""
    data, starts, told, _ = known
    return Document(name, raw.decode("utf-8-sig"), data, [], {tuple(path): line for path, line in starts}), data, [Issue(name, *each) for each in told]


@dataclass(slots=True)
class Pack:
    """What is known about the files of one registry."""

    path: Path | None
    """None when nothing is kept."""
    known: dict[str, Record] = field(default_factory=dict)
    met: dict[str, Record] = field(default_factory=dict)
    """What this run used or found: all that is written."""
    texts: dict[str, str] | None = None
    """Short texts by themselves, for whoever holds the registry for long: equal ones are one then. None when that costs more than it saves."""

    def get(self, key: str, today: date) -> Record | None:
        """Return what is known about a file, by the hash of its bytes, when it is known to hold on this day."""
        found = self.known.get(key)
        if not _is_record(found) or found[3] > today.isoformat():
            return None
        self.met[key] = found
        return found

    def put(self, key: str, known: Record) -> Record:
        """Note what was found out about a file, by the hash of its bytes; return it."""
        if self.path:
            self.met[key] = known
        return known

    def write(self) -> None:
        """Keep what this run found."""
        if self.path and self.met.keys() != self.known.keys():
            store.write(self.path, version(), self.met)


def _is_record(found: Any) -> TypeGuard[Record]:
    """Return whether this can be what ``record`` made: whoever can write into the folder could have put anything there."""
    match found:
        case [dict(), [*starts], [*told], str()]:
            return (all(isinstance(each, list) and len(each) == 2 and isinstance(each[0], list) and isinstance(each[1], int)
                        and all(isinstance(part, (str, int)) for part in each[0]) for each in starts)
                    and all(isinstance(each, list) and tuple(map(type, each)) == _ISSUE for each in told))
    return False


_ISSUE = (int, int, str, str, str, str, int, str)


def nothing() -> Pack:
    """Return a pack that knows and keeps nothing."""
    return Pack(None)


def pack(root: Path, *, lasting: bool = False) -> Pack:
    """Return what is known about the files of a registry, by the path of its root file; ``lasting`` when the registry is held for long."""
    path = store.place(root, "registry", root)
    with quiet_collector():
        known = store.read(path, version())
        return Pack(path, known if isinstance(known, dict) else {}, texts={} if lasting else None)


@contextlib.contextmanager
def quiet_collector() -> Iterator[None]:
    """Keep the garbage collector from looking through data that is being built: half of the time of reading goes there otherwise."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@cache
def version() -> str:
    """Return a hash of everything that decides what a file gives: schemas, rules, words, the code below, and Python."""
    whole = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sources():
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def sources() -> list[Path]:
    """Return every file that decides what a file gives."""
    here = Path(__file__).resolve().parent.parent
    return sorted([*library.folder().glob("*.json"), here / "words/en.json", *here.glob("registry/*.*"),
                   *(path for name in ("text", "schemas", "issues") for path in here.glob(f"{name}/*.py"))])
