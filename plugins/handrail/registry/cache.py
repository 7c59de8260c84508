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
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from handrail.issues.issue import Issue
from handrail.registry.reading import Document
from handrail.schemas import library

VARIABLE = "HANDRAIL_CACHE"
FOLDER = Path(".cache", "handrail")
"""Where packs are kept, from the folder of the registry's root file, unless the variable names a folder."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known about one file."""

    data: dict[str, Any]
    starts: list[list[Any]]
    issues: list[list[Any]]
    day: str
    """The day, as ISO date, from which on no date in the file lies in the future."""


@dataclass(slots=True)
class Pack:
    """What is known about the files of one registry."""

    path: Path | None
    """None when nothing is kept."""
    known: dict[str, list[Any]] = field(default_factory=dict)
    met: dict[str, list[Any]] = field(default_factory=dict)
    """What this run used or found: all that is written."""

    def get(self, raw: bytes, name: str, today: str) -> Document | None:
        """Return the document of a file's bytes with its data and issues, when they are known to hold on this day."""
        key = _digest(raw)
        found = self.known.get(key) if self.path else None
        if found is None or found[3] > today:
            return None
        kept = Kept(*found)
        self.met[key] = found
        issues = [Issue(name, *each) for each in kept.issues]
        return Document(name, raw.decode("utf-8-sig"), kept.data, issues, {tuple(path): line for path, line in kept.starts}, settled=True)

    def put(self, document: Document, data: dict[str, Any], issues: list[Issue], day: str) -> None:
        """Note what was found out about a document in which nothing is wrong."""
        told = [[each.line, each.column, each.code, each.message, each.help, each.see, each.length, each.excerpt] for each in issues]
        if self.path:
            self.met[_digest(document.raw)] = [data, [[path, line] for path, line in document.starts.items()], told, day]

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
