"""The plugin ``handrail/search``: the find page, the header search, the index."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from handrail.plugins.options import SearchOptions
from handrail.plugins.shared import site_of


class SearchPlugin(BasePlugin[SearchOptions]):
    """Adds the find page and the files that the browser searches in."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile, or say that the plugin ``handrail`` is missing."""
        if self.config.enabled:
            site_of(config)
        return config
