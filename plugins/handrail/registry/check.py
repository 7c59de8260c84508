"""The whole check of a registry: read, shape, links, policy; all issues at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handrail.issues.issue import Issue
from handrail.registry import golden, links, policy, published, wording
from handrail.registry.cache import Pack, nothing
from handrail.registry.registry import Registry, load


def checked(path: Path, today: date, kept: Pack | None = None) -> Registry:
    """Return the registry of a root file with every issue that could be found, sorted by place.

    Links, policy and wording are checked only once every shape is right: they would otherwise complain of what is already said.
    What ``kept`` knows of a file is taken from there; what is new is noted in it.
    """
    kept = kept or nothing()
    registry = load(path, kept, today.isoformat())
    if not any(issue.is_error for issue in registry.issues):
        registry.issues += [*links.own(registry), *policy.check(registry, today), *wording.check(registry)]
        _settle(registry, kept, today)
        registry.issues += links.check(registry)
        registry.issues += golden.check(registry)
        registry.issues += published.check(registry)
    registry.issues = sorted(set(registry.issues))
    return registry


def _settle(registry: Registry, kept: Pack, today: date) -> None:
    """Note every file that has no error of its own, before anything that depends on other files is looked at."""
    issues: dict[str, list[Issue]] = {}
    for issue in registry.issues:
        issues.setdefault(issue.file, []).append(issue)
    for organization in registry.organizations:
        document = organization.document
        found = issues.get(document.name, [])
        if document.raw and not any(issue.is_error for issue in found):
            kept.put(document, organization.data, sorted(set(found)), today.isoformat())
