"""The plugin ``handrail/guides``."""

from __future__ import annotations

from mkdocs.plugins import BasePlugin

from handrail.plugins.options import GuidesOptions


class GuidesPlugin(BasePlugin[GuidesOptions]):
    """Not yet."""
