"""Handrail: a reviewed registry of services and guides becomes a static site.

The public names are these; everything else can move.
"""

from handrail.public import find as __getattr__  # noqa: F401

__all__ = ["Directory", "HandrailError", "Issue", "RegistryError", "Site", "compile"]
