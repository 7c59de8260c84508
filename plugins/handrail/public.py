"""The public names, loaded when they are first asked for, so that no floor of the code is pulled in by another."""

from __future__ import annotations

from importlib import import_module

WHERE = {
    "Directory": "handrail.model.directory",
    "HandrailError": "handrail.issues.issue",
    "Issue": "handrail.issues.issue",
    "RegistryError": "handrail.issues.issue",
    "Site": "handrail.compiler.site",
    "compile": "handrail.compiler.site",
}
"""Module of each name."""


def find(name: str) -> object:
    """Return what a public name stands for; ``AttributeError`` for any other."""
    if name not in WHERE:
        raise AttributeError(f"module 'handrail' has no attribute {name!r}")
    return getattr(import_module(WHERE[name]), name)
