"""The whole check: the registry and the guides, every issue at once, before anything is built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.issues.issue import Issue
from handrail.model import build, guide
from handrail.model.directory import Directory
from handrail.output import crew
from handrail.output.leaks import Secret
from handrail.registry import check, files, guides, hidden
from handrail.registry.cache import Pack, quiet_collector
from handrail.registry.guides import Names, Shelf
from handrail.registry.registry import Registry
from handrail.review import gaps

MANY = 1000
"""Files of a registry from which what is known about them is written while the check goes on."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read and what is wrong with it."""

    registry: Registry
    shelf: Shelf
    directory: Directory | None
    """None when the registry has errors."""
    issues: Sequence[Issue]

    @property
    def failed(self) -> bool:
        """True when the site may not be built."""
        return any(issue.is_error for issue in self.issues)


def whole(
    root: Path, today: date, docs: Path | None = None, names: Names | None = None, kept: Pack | None = None, published: Path | None = None,
) -> Checked:
    """Return a registry and the guides in a folder of pages, with every issue, sorted by place.

    What guides point to is checked only once the registry is right: they would otherwise complain of what is already said.
    A guide that cannot be read keeps no other from being checked. ``kept`` is what an earlier run found out. ``published`` is the
    folder whose files a site carries as they are, where it is not ``docs``: no link in it may lead elsewhere.
    """
    with quiet_collector():
        return _whole(root, today, docs, names, kept, docs or published)


def _whole(root: Path, today: date, docs: Path | None, names: Names | None, kept: Pack | None, published: Path | None) -> Checked:
    registry = check.checked(root, today, kept)
    secrets, _ = hidden.secrets(registry.base)
    leaked = any(issue.code == "E213" for issue in registry.issues)
    if kept and not leaked:  # what must stay hidden is not kept either
        with crew.aside(kept.write, pays=len(kept.met) >= MANY):
            return _judged(registry, secrets, today, docs, names, published)
    return _judged(registry, secrets, today, docs, names, published)


def _judged(registry: Registry, secrets: list[Secret], today: date, docs: Path | None, names: Names | None, published: Path | None) -> Checked:
    shelf = guides.load(docs, registry.base, names) if docs else Shelf(names or Names())
    issues = [*registry.issues, *shelf.issues]
    closed: list[Issue] = []
    if published:
        published = published.absolute()
        base = registry.base if published.is_relative_to(registry.base) else published.parent
        closed = list(files.closed(published, base))  # of what stands there, links into it and sources cited there cannot be judged
        issues += [*files.stray_links(published, base), *closed]
        pages = sorted(set(published.rglob("*")).difference(registry.files)) if secrets else ()
        issues += hidden.issues(pages, base, secrets)
    if closed or any(issue.is_error for issue in registry.issues):
        return Checked(registry, shelf, None, hidden.quiet(issues, secrets))
    directory = build.directory(registry)
    issues += gaps.rule_issues(registry, directory)
    issues += guides.check(shelf, registry, today)
    issues += guide.unserved(shelf, directory)
    return Checked(registry, shelf, directory, hidden.quiet(issues, secrets))
