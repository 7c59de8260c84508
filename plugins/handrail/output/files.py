"""Files of the site that are not pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: its path from the root of the site, and its bytes."""

    path: str
    content: bytes | Callable[[], bytes]
    """Its bytes, or what makes them."""
    key: str = ""
    """A hash of everything that it is made from, where that is known before it is made."""

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.content if isinstance(self.content, bytes) else self.content()
