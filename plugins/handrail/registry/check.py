"""The whole check of a registry: read, shape, links, policy; all issues at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handrail.registry import alone, golden, hidden, links, policy, published, wording
from handrail.registry.cache import Pack
from handrail.registry.loading import load
from handrail.registry.registry import Registry


def checked(path: Path, today: date, kept: Pack | None = None) -> Registry:
    """Return the registry of a root file with every issue that could be found, sorted by place.

    What lies between files, and what the root file says, is checked only once every shape is right: it would otherwise be a
    complaint of what is already said. What ``kept`` knows of a file is taken from there; what is new is noted in it.
    """
    registry = load(path, today, kept)
    if registry.is_whole:
        registry.issues += [*policy.root(registry, today), *wording.root(registry)]
        for organization in registry.organizations:
            if organization.path:
                registry.issues += alone.own(organization, today)
        for check in (links.check, golden.check, published.check):
            registry.issues += check(registry)
    secrets, unusable = hidden.secrets(registry.base)
    registry.issues += [*unusable, *hidden.issues(registry.files, registry.base, secrets)]
    registry.issues = hidden.quiet(registry.issues, secrets)
    return registry
