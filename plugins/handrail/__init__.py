"""Handrail: a reviewed registry of services and guides becomes a static site.

The public names are these; everything else can move. They are loaded when they are first asked for, so that no floor of
the code is pulled in by another.
"""

from importlib import import_module

_WHERE = {
    "Directory": "handrail.model.directory",
    "HandrailError": "handrail.issues.issue",
    "Issue": "handrail.issues.issue",
    "RegistryError": "handrail.issues.issue",
    "Site": "handrail.compiler.site",
    "compile": "handrail.compiler.site",
}

__all__ = ["Directory", "HandrailError", "Issue", "RegistryError", "Site", "compile"]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module 'handrail' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
