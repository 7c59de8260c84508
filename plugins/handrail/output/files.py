"""Files of the site that are not pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: its path from the root of the site, and its bytes."""

    path: str
    data: bytes
