"""The whole check of a registry: read, shape, links, policy; all issues at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handrail.registry import golden, links, policy, published, wording
from handrail.registry.registry import Registry, load


def checked(path: Path, today: date) -> Registry:
    """Return the registry of a root file with every issue that could be found, sorted by place.

    Links, policy and wording are checked only once every shape is right: they would otherwise complain of what is already said.
    """
    registry = load(path)
    if not any(issue.is_error for issue in registry.issues):
        registry.issues += links.check(registry)
        registry.issues += policy.check(registry, today)
        registry.issues += golden.check(registry)
        registry.issues += wording.check(registry)
        registry.issues += published.check(registry)
    registry.issues = sorted(set(registry.issues))
    return registry
