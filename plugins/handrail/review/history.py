"""What happened to each entry, from the history of the repository: days and kinds, never names.

One pass of ``git log`` lists every version of every YAML file, one pass of ``git cat-file`` hands out their texts, and each
text is cut into the pieces of its entries. An entry keeps its history when its file is moved or renamed. In a shallow
clone the oldest commit stands for everything before it, so nothing is said from it. Outside a repository, or without
git, there is no history.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from handrail.model.upkeep import Event

_SECONDS = 120
"""Longest wait for git; a repository that takes longer gets pages without history."""
_COMMIT = re.compile(rb"\x01(\d+) ([0-9a-f ]*)\Z")
_ITEM = re.compile(r"^(?P<indent> *)- id: *(?P<quote>[\"']?)(?P<id>[a-z0-9][a-z0-9-]*)(?P=quote) *(?:#.*)?$", re.MULTILINE)
_CHECK = re.compile(r",? *verified: *(\{[^}\n]*\}|\n(?P<indent> +).*(?:\n(?P=indent).*)*)\n?")


def of(base: Path, ids: Iterable[str]) -> Mapping[str, tuple[Event, ...]]:
    """Return the events of each entry, oldest first; entries without history are left out."""
    head = _git(base, "rev-parse", "HEAD").strip()
    return _of(base, head, frozenset(ids)) if head else {}


@lru_cache(maxsize=2)
def _of(base: Path, head: bytes, wanted: frozenset[str]) -> Mapping[str, tuple[Event, ...]]:
    """Return the events up to a commit; a preview that builds again and again asks git once a commit."""
    log = _git(base, "log", "--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", "--relative",
               "--format=%x01%ct %P", head.decode("ascii"), "--", "*.yaml", "*.yml")
    shallow = _git(base, "rev-parse", "--is-shallow-repository").strip() == b"true"
    versions = list(_versions(log))
    names = {blob for _, _, changes in versions for pair in changes for blob in pair if blob}
    pieces = {name: _pieces(text, wanted) for name, text in _blobs(base, names)}
    nothing: dict[str, str] = {}
    events: dict[str, list[Event]] = {}
    for day, is_root, changes in reversed(versions):
        before: dict[str, str] = {}
        after: dict[str, str] = {}
        for old, new in changes:
            if old != new:
                before |= pieces.get(old, nothing)
                after |= pieces.get(new, nothing)
        for identifier, piece in after.items():
            known = events.setdefault(identifier, [])
            if identifier not in before:
                kind = "changed" if any(event.kind == "added" for event in known) else "added"
            elif before[identifier] == piece or (old := _said(before[identifier])) == (new := _said(piece)):
                continue
            else:
                kind = "verified" if _CHECK.sub("", old).rstrip() == _CHECK.sub("", new).rstrip() else "changed"
            if not (shallow and is_root):
                known.append(Event(day, kind))
    return {identifier: tuple(dict.fromkeys(found)) for identifier, found in sorted(events.items()) if found}


def _versions(log: bytes) -> Iterator[tuple[date, bool, list[tuple[str, str]]]]:
    """Yield for each commit, newest first: its day (UTC), whether it has no parent, and the old and new text of each file."""
    current: tuple[date, bool, list[tuple[str, str]]] | None = None
    for part in log.split(b"\0"):
        commit = _COMMIT.match(part.strip(b"\n"))
        if commit:
            if current:
                yield current
            current = (datetime.fromtimestamp(int(commit[1]), UTC).date(), not commit[2].strip(), [])
        elif current and part.lstrip(b"\n").startswith(b":"):
            fields = part.lstrip(b"\n").split(b" ")
            old, new = (field.decode("ascii") if field.strip(b"0") else "" for field in fields[2:4])
            current[2].append((old, new))
    if current:
        yield current


def _pieces(text: str, wanted: frozenset[str]) -> dict[str, str]:
    """Return the text of each wanted entry: from its ``- id:`` to the next line that is not inside it."""
    pieces = {}
    for found in _ITEM.finditer(text):
        if found["id"] in wanted:
            end = _ends(len(found["indent"])).search(text, found.end())
            pieces[found["id"]] = text[found.start():end.start() if end else len(text)]
    return pieces


@lru_cache(maxsize=50)
def _ends(indent: int) -> re.Pattern[str]:
    """Return what ends an item of a list: a line that starts no deeper than its hyphen."""
    return re.compile(rf"^ {{0,{indent}}}[^\s#]", re.MULTILINE)


def _said(piece: str) -> str:
    """Return a piece without comments and blank lines."""
    return "\n".join(line.rstrip() for line in piece.split("\n") if line.strip() and not line.lstrip().startswith("#"))


def _blobs(base: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    listed = sorted(names)
    raw = _git(base, "cat-file", "--batch", given="\n".join(listed).encode() + b"\n") if listed else b""
    at = 0
    while at < len(raw):
        line_end = raw.index(b"\n", at)
        header = raw[at:line_end].split(b" ")
        if len(header) != 3:  # "<name> missing": a clone without this object
            at = line_end + 1
            continue
        size = int(header[2])
        yield header[0].decode("ascii"), raw[line_end + 1:line_end + 1 + size].decode("utf-8", "replace").replace("\r\n", "\n")
        at = line_end + size + 2


def _git(base: Path, *arguments: str, given: bytes | None = None) -> bytes:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    command = ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-C", str(base), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, env=environment, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
