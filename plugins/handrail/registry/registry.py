"""The registry as data: every entry with the file it stands in, before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from handrail.issues.issue import Issue
from handrail.registry.reading import Document, Path


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

    @property
    def is_spelled_out(self) -> bool:
        """True when every character of its values stands in its file as itself: a text that is not in the file is in no value."""
        return not self.path and "\\" not in self.document.text

    @property
    def services(self) -> list[Entry]:
        """Of an organization the entries of its services."""
        services = self.data.get("services", [])
        return [Entry(service, self.document, (*self.path, "services", index), self)
                for index, service in enumerate(services if isinstance(services, list) else []) if isinstance(service, dict)]

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
    prints: dict[str, str] = field(default_factory=dict)
    """A hash of the bytes of each of them, by its name."""
    issues: list[Issue] = field(default_factory=list)
    is_whole: bool = True
    """False when something could not be read or its shape is wrong: what points to it would be blamed for that."""

    def add(self, organization: Entry) -> None:
        """Add an organization with its services."""
        self.organizations.append(organization)
        self.services += organization.services

    @property
    def published(self) -> Iterator[Entry]:
        """Services that are not drafts."""
        return (entry for entry in self.services if entry.data.get("status") != "draft")
