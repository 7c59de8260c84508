"""The plugin ``handrail/search``."""

from __future__ import annotations

from mkdocs.plugins import BasePlugin

from handrail.plugins.options import SearchOptions


class SearchPlugin(BasePlugin[SearchOptions]):
    """Not yet."""
