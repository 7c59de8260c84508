"""Descriptions for formats that know no marks."""

from __future__ import annotations

import re
from functools import lru_cache

from handrail.text import markdown

_MARK = re.compile(r"[*_\[\]\\`<&\n\r\x00]")
_ITEM = re.compile(r"\s*(?:[-+]|\d+[.)])(?:\s|\Z)")
"""The start of a list on the first line; on any other there is the end of a line before it."""


@lru_cache(1024)
def flat(text: str) -> str:
    """Return a text without its marks; most have none."""
    return markdown.plain(text) if _MARK.search(text) or _ITEM.match(text) else " ".join(text.split())
