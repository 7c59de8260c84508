"""What reading and checking a file of the registry gave, kept from one run to the next.

A file is known by the hash of its bytes; everything kept is void when a schema, a rule, or the code that reads and checks
changes. Kept are only files in which no error was found, with the warnings that depend on nothing but the file itself.

The pack is JSON, one a registry, written in one step under another name: two builds at once do no harm, and it may be
deleted at any time. Whatever is not a pack of this very version, whole, is ignored.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from handrail.issues.issue import Issue
from handrail.registry.reading import Document
from handrail.schemas import library

VARIABLE = "HANDRAIL_CACHE"
FOLDER = Path(".cache", "handrail")
"""Where packs are kept, from the folder of the registry's root file, unless the variable names a folder."""


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

    def get(self, raw: bytes, today: date) -> Record | None:
        """Return what is known about a file's bytes, when it is known to hold on this day."""
        key = _digest(raw) if self.path else ""
        found = self.known.get(key)
        if found is None or found[3] > today.isoformat():
            return None
        self.met[key] = found
        return found

    def put(self, raw: bytes, known: Record) -> Record:
        """Note what was found out about a file's bytes; return it."""
        if self.path:
            self.met[_digest(raw)] = known
        return known

    def write(self) -> None:
        """Keep what this run found; a folder that can not be written to is no reason to fail."""
        if self.path is None or self.met.keys() == self.known.keys():
            return
        body = json.dumps(self.met, ensure_ascii=False, separators=(",", ":")).encode()
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(f"{version()} {_digest(body)}\n".encode() + body)
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink()
                raise


def nothing() -> Pack:
    """Return a pack that knows and keeps nothing."""
    return Pack(None)


def pack(root: Path) -> Pack:
    """Return what is known about the files of a registry, by the path of its root file."""
    root = root.absolute()
    folder = Path(os.environ.get(VARIABLE) or root.parent / FOLDER)
    path = folder / f"registry-{_digest(os.fsencode(root))[:16]}.json"
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return Pack(path)
    if head.decode("ascii", "replace") != f"{version()} {_digest(body)}":
        return Pack(path)
    with quiet_collector():
        return Pack(path, json.loads(body))


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
    here = Path(__file__).resolve().parent.parent
    sources = [*library.folder().glob("*.json"), here / "words/en.json", *here.glob("registry/*.*"),
               *(path for name in ("text", "schemas", "issues") for path in here.glob(f"{name}/*.py"))]
    whole = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(sources):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def _digest(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=16).hexdigest()
