"""The plugin ``handrail/safety``."""

from __future__ import annotations

from mkdocs.plugins import BasePlugin

from handrail.plugins.options import SafetyOptions


class SafetyPlugin(BasePlugin[SafetyOptions]):
    """Not yet."""
