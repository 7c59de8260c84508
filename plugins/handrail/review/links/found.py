"""Every web address of the registry, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.registry.reading import Path
from handrail.registry.registry import Registry

_FIELDS = frozenset(("url", "website", "leave_to"))


def links(registry: Registry) -> dict[str, list[str]]:
    """Return each web address with the places (file and line) at which it stands."""
    found: dict[str, list[str]] = {}
    documents = {entry.document.name: entry.document for entry in registry.organizations if not entry.path}
    documents[registry.root.name] = registry.root
    for name, document in sorted(documents.items()):
        for path, value in _walk(document.data, ()):
            if isinstance(value, str) and value.startswith(("https://", "http://")) and (path[-1] in _FIELDS or path[-1] == "value"):
                found.setdefault(value, []).append(f"{name}:{document.marks.at(path).line}")
    return dict(sorted(found.items()))


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index))
    else:
        yield path, value
