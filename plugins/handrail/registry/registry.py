"""The registry as data: every entry with the file it stands in, before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from handrail.issues.issue import Issue
from handrail.registry import files, shape
from handrail.registry.cache import Pack, nothing, quiet_collector
from handrail.registry.reading import Document, Path, read


@dataclass(slots=True)
class Entry:
    """One thing of the registry, and where it is written."""

    data: dict[str, Any]
    document: Document
    path: Path
    """The way to it inside its document."""
    organization: Entry | None = None
    """For services: the organization around them."""

    @property
    def id(self) -> str:
        """The entry's id; empty when it has none that could be read."""
        value = self.data.get("id", "")
        return value if isinstance(value, str) else ""

    def issue(self, code: str, path: Path, message: str, help: str = "", see: str = "", *, key: bool = False) -> Issue:
        """Return an issue at a path below this entry."""
        return self.document.issue(code, (*self.path, *path), message, help, see, key=key)


@dataclass(slots=True)
class Registry:
    """Everything that was read, with the issues found so far."""

    root: Document
    base: FilePath
    """The folder of the root file."""
    data: dict[str, Any]
    """The root file's data; empty when it could not be used."""
    regions: list[Entry] = field(default_factory=list)
    topics: list[Entry] = field(default_factory=list)
    audiences: list[Entry] = field(default_factory=list)
    crisis: list[Entry] = field(default_factory=list)
    organizations: list[Entry] = field(default_factory=list)
    services: list[Entry] = field(default_factory=list)
    files: list[FilePath] = field(default_factory=list)
    """Every file that was read, the root first."""
    issues: list[Issue] = field(default_factory=list)

    @property
    def published(self) -> Iterator[Entry]:
        """Services that are not drafts."""
        return (entry for entry in self.services if entry.data.get("status") != "draft")


def load(path: FilePath, kept: Pack | None = None, today: str = "") -> Registry:
    """Return the registry of a root file and of all it includes, shapes checked.

    Entries whose shape is wrong are left out and have issues; nothing is raised. Files that ``kept`` knows are not read again.
    """
    with quiet_collector():
        return _load(path, kept or nothing(), today)


def _load(path: FilePath, kept: Pack, today: str) -> Registry:
    path = path.absolute()
    base = path.parent
    root = files.document(path, base)
    registry = Registry(root, base, {}, files=[path])
    if not isinstance(root.data, dict):
        if root.data is not None:
            root.issues.append(root.issue("E204", (), "the registry should be a group of fields", "start with site:"))
        registry.issues = root.issues
        return registry
    data = shape.typed(root, root.data, "registry")
    problems = shape.check(root, data, "registry")
    registry.issues += root.issues + problems
    registry.data = data
    for name in ("regions", "topics", "audiences", "crisis"):
        setattr(registry, name, _entries(root, data.get(name), name))
    for entry in _entries(root, data.get("organizations"), "organizations"):
        _add(registry, entry)
    patterns = data.get("include", [])
    if isinstance(patterns, list) and all(isinstance(pattern, str) for pattern in patterns):
        found, issues = files.included(root, patterns, base)
        registry.issues += issues
        for file in found:
            registry.files.append(file)
            _include(registry, file, kept, today)
    return registry


def _include(registry: Registry, file: FilePath, kept: Pack, today: str) -> None:
    raw = files.contents(file, registry.base)
    name = files.name(file, registry.base)
    document = raw if isinstance(raw, Document) else kept.get(raw, name, today) or read(raw, name)
    if document.settled:
        registry.issues += document.issues
        _add(registry, Entry(document.data, document, ()))
        return
    if document.data is None:
        registry.issues += document.issues
        return
    if not isinstance(document.data, dict):
        registry.issues += [*document.issues, document.issue("E204", (), "an organization should be a group of fields", "start with id: and name:")]
        return
    data = shape.typed(document, document.data, "organization")
    problems = shape.check(document, data, "organization")
    registry.issues += document.issues + problems
    if not any(issue.is_error for issue in problems):
        if kept.path and isinstance(raw, bytes):
            document.raw = raw
        _add(registry, Entry(data, document, ()))


def _add(registry: Registry, entry: Entry) -> None:
    registry.organizations.append(entry)
    services = entry.data.get("services", [])
    for index, service in enumerate(services if isinstance(services, list) else []):
        if isinstance(service, dict):
            registry.services.append(Entry(service, entry.document, (*entry.path, "services", index), entry))


def _entries(document: Document, values: Any, name: str) -> list[Entry]:
    if not isinstance(values, list):
        return []
    return [Entry(value, document, (name, index)) for index, value in enumerate(values) if isinstance(value, dict)]
