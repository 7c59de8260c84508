"""The committed list of ids that were ever published: an address that once stood on paper must go on helping.

An id of the list is a published service (closed and suspended ones keep their page) or has moved to another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from handrail.issues.issue import Issue
from handrail.registry import files
from handrail.registry.reading import Document
from handrail.registry.registry import Registry
from handrail.registry.said import say

NAME = "published-ids.txt"
_HEAD = "# Ids of services that were ever published, one a line. `handrail ids --write` adds new ones; a line is never taken out.\n"


def check(registry: Registry) -> Iterator[Issue]:
    """Yield an error for every id of the list that is neither published nor moved. Without a list there is nothing to check."""
    raw = files.contents(registry.base / NAME, registry.base) if os.path.lexists(registry.base / NAME) else b""
    if isinstance(raw, Document):
        yield from raw.issues
        return
    drafts = {entry.id for entry in registry.services if entry.data.get("status") == "draft"}
    known = {entry.id for entry in registry.published} | set(registry.data.get("moved", {}))
    for number, line in enumerate(_lines(registry.base), 1):
        identifier = line.split("#")[0].strip()
        if identifier and identifier not in known:
            if identifier in drafts:
                message, help = say("gone.draft", id=identifier), say("gone.draft.help", id=identifier)
            else:
                message, help = say("gone", id=identifier), say("gone.help")
            yield Issue(NAME, number, 1, "E320", message, help, "contribute/upkeep/", len(identifier), line)


def ids(registry: Registry) -> set[str]:
    """Return every id of the list."""
    return {identifier for line in _lines(registry.base) if (identifier := line.split("#")[0].strip())}


def lost(before: Registry, after: Registry) -> list[str]:
    """Return the ids that were published or stood in the list once, and have neither a page nor a new address any more.

    A line may have been taken out of the list together with its entry: what was promised is what the earlier state says.
    """
    promised = {line.split("#")[0].strip() for line in _lines(before.base)} | {entry.id for entry in before.published} | set(before.data.get("moved", {}))
    return sorted(promised - {""} - {entry.id for entry in after.published} - set(after.data.get("moved", {})))


def missing(registry: Registry) -> list[str]:
    """Return the published ids that the list does not hold yet."""
    known = ids(registry)
    return sorted(entry.id for entry in registry.published if entry.id not in known)


def add(registry: Registry, identifiers: list[str]) -> Path:
    """Write ids into the list, sorted among those that stand there; return its path."""
    path = registry.base / NAME
    lines = _lines(registry.base)
    comments = [line for line in lines if not line.split("#")[0].strip()]
    ids = sorted({*(line for line in lines if line.split("#")[0].strip()), *identifiers})
    head = "".join(f"{line}\n" for line in comments) or _HEAD
    path.write_text(head + "".join(f"{line}\n" for line in ids), "utf-8", newline="\n")
    return path


def _lines(base: Path) -> list[str]:
    path = base / NAME
    return path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
