"""The plugin ``handrail/search``: where it stands in mkdocs.yml, the compiler makes the index and the find page."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from handrail.plugins.options import SearchOptions
from handrail.plugins.shared import site_of


class SearchPlugin(BasePlugin[SearchOptions]):
    """Asks for the search; the compiler makes it with everything else."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile, or say that the plugin ``handrail`` is missing."""
        if self.config.enabled:
            site_of(config)
        return config
