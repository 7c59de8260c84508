"""The plugin ``handrail/guides``: a postman between the makers of guides and MkDocs."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from handrail.pages.weaving import Weaving
from handrail.plugins.options import GuidesOptions
from handrail.plugins.shared import site_of


class GuidesPlugin(BasePlugin[GuidesOptions]):
    """Weaves services, crisis help, worksheets and sources into the pages that authors wrote."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read every guide: a mistake in one stops the build here, before the old site is touched."""
        if self.config.enabled:
            site_of(config)
            self._weaving = Weaving()
            config.markdown_extensions.append(self._weaving)  # type: ignore[arg-type]
        return config

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Name the page whose directives are woven next."""
        if self.config.enabled:
            self._weaving.woven = site_of(config).weaver.woven(page.file.src_uri)
        return markdown

    @event_priority(50)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Add the sources to a page that cites some and has no list of its own."""
        return html + site_of(config).weaver.sources(page.file.src_uri) if self.config.enabled else html
