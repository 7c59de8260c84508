"""A root file and everything it includes become a registry. What is known about a file from an earlier run is not found out again."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from handrail.output import crew, store
from handrail.registry import alone, cache, files, shape
from handrail.registry.cache import Pack, Record, nothing, quiet_collector
from handrail.registry.reading import Document
from handrail.registry.registry import Entry, Registry

_SHARED = 200
"""Files from which reading is shared with copies of this process."""
_SHORT = 40
"""Characters up to which equal texts are one."""


def load(path: FilePath, today: date | None = None, kept: Pack | None = None) -> Registry:
    """Return the registry of a root file and of all it includes; nothing is raised.

    Entries whose shape is wrong are left out and have issues. With a day, what an included file says by itself is checked too;
    what ``kept`` knows of a file is taken from there, and what is new is noted in it.
    """
    with quiet_collector():
        return _load(path.absolute(), today, kept or nothing())


def _load(path: FilePath, today: date | None, kept: Pack) -> Registry:
    base = path.parent
    root = files.document(path, base)
    registry = Registry(root, base, {}, files=[path])
    if not isinstance(root.data, dict):
        if root.data is not None:
            root.issues.append(root.issue("E204", (), "the registry should be a group of fields", "start with site:"))
        registry.issues = root.issues
        registry.is_whole = False
        return registry
    data = shape.typed(root, root.data, "registry")
    problems = shape.check(root, data, "registry")
    registry.issues += root.issues + problems
    registry.data = data
    for name in ("regions", "topics", "audiences", "crisis"):
        setattr(registry, name, _entries(root, data.get(name), name))
    for entry in _entries(root, data.get("organizations"), "organizations"):
        registry.add(entry)
    found: list[FilePath] = []
    patterns = data.get("include", [])
    if isinstance(patterns, list) and all(isinstance(pattern, str) for pattern in patterns):
        found, issues = files.included(root, patterns, base)
        registry.issues += issues
        registry.files += found
    registry.is_whole = not any(issue.is_error for issue in registry.issues)
    if found:
        _include(registry, found, today, kept)
    registry.prints[root.name] = store.digest(root.text.encode())
    return registry


def _include(registry: Registry, found: list[FilePath], today: date | None, kept: Pack) -> None:
    folders: dict[str, bool] = {}
    contents = [(files.contents(file, registry.base, folders), files.name(file, registry.base)) for file in found]
    registry.prints |= {name: store.digest(raw) for raw, name in contents if isinstance(raw, bytes)}
    known: dict[str, Record | None] = {}
    if today:
        known = {name: kept.get(key, today) for name, key in registry.prints.items()}
        fresh = [(raw, name) for raw, name in contents if isinstance(raw, bytes) and known[name] is None]
        for (_, name), record in zip(fresh, crew.spread(partial(_record, today=today), fresh, least=_SHARED), strict=True):
            known[name] = kept.put(registry.prints[name], record) if record else None
    for content, name in contents:
        if isinstance(content, Document):
            registry.issues += content.issues
            registry.is_whole = False
        elif record := known.get(name):
            document, data, issues = cache.read(record, content, name)
            registry.issues += issues
            registry.add(Entry(data, document, ()))
        else:
            single = alone.examined(content, name, today)
            registry.issues += single.issues
            if single.entry:
                registry.add(single.entry)
            else:
                registry.is_whole = False
    if kept.texts is not None:
        for organization in registry.organizations:
            _share(organization.data, kept.texts)
        kept.texts.clear()


def _share(values: dict[str, Any] | list[Any], texts: dict[str, str]) -> None:
    """Let equal short texts be one text: most values are one of a few, such as ``phone``, and every file has its own of each."""
    for place, value in values.items() if isinstance(values, dict) else enumerate(values):
        if type(value) is str:
            if len(value) <= _SHORT:
                values[place] = texts.setdefault(value, value)  # type: ignore[index]
        elif type(value) is dict or type(value) is list:
            _share(value, texts)


def _record(file: tuple[bytes, str], today: date) -> Record | None:
    """Return what is to be known of a file in which nothing is wrong; None of any other, whose issues have to be told with their places."""
    single = alone.examined(*file, today)
    return None if single.entry is None or single.failed else cache.record(single.document, single.entry.data, single.issues, today)


def _entries(document: Document, values: Any, name: str) -> list[Entry]:
    if not isinstance(values, list):
        return []
    return [Entry(value, document, (name, index)) for index, value in enumerate(values) if isinstance(value, dict)]
