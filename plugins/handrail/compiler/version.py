"""The version of everything that makes a page of a registry: what another version made is made again."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from handrail.output import store
from handrail.schemas import library

_SOURCES = frozenset((".py", ".html", ".css", ".js", ".mjs", ".json", ".yaml", ".svg", ".txt", ".woff2"))
_PACKAGES = ("babel", "jinja2", "lunr", "markdown", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material", "minijinja", "tzdata")
"""Packages whose code or data has a say in the bytes of a page."""


@cache
def version() -> str:
    """Return a hash of this project's code, templates, words and schemas, and of the versions of what they use."""
    here = Path(__file__).resolve().parent.parent
    files = [path for folder in (here, library.folder()) for path in folder.rglob("*") if path.suffix in _SOURCES]
    parts = [f"{path.name} {store.digest(path.read_bytes())}" for path in sorted(files)]
    return store.digest("\n".join((sys.version, *map(_installed, _PACKAGES), *parts)).encode())


def _installed(package: str) -> str:
    try:
        return f"{package} {version_of(package)}"
    except PackageNotFoundError:
        return package
