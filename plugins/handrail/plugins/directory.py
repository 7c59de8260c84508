"""The plugin ``handrail``: a postman between the compiler and MkDocs."""

from __future__ import annotations

import html
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from handrail.compiler.site import Site
from handrail.output.assets import FOLDER
from handrail.pages.environment import THEME
from handrail.plugins.options import DirectoryOptions
from handrail.plugins.shared import site_of
from handrail.views import urls
from handrail.views.urls import Urls


class DirectoryPlugin(BasePlugin[DirectoryOptions]):
    """Adds the pages and files of the directory, and gives every page what the theme needs."""

    site: Site | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Exist, so that MkDocs keeps this instance between rebuilds."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile: a registry with errors stops the build here, before the old site is touched."""
        self.site = None
        if self.config.enabled:
            config.theme.dirs.insert(0, str(THEME / "overrides"))
            site_of(config)
        return config

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add pages and files; take out what authors keep among their pages and no reader should get."""
        if not self.config.enabled:
            return files
        site = site_of(config)
        for given in list(files):
            if given.src_uri.endswith((".yaml", ".yml")) or _is_unused(given, config):
                files.remove(given)
        for page in site.pages.values():
            file = files.get_file_from_path(page.source)
            if file is None:
                file = File.generated(config, page.source, content=" ", inclusion=InclusionLevel.NOT_IN_NAV)
                files.append(file)
            if page.written:
                file.edit_uri = page.written.file
        for asset in site.assets:
            files.append(File.generated(config, asset.path, content=asset.data))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Light the tab of the section under which a made page belongs."""
        if not self.config.enabled:
            return nav
        sections = {page.file.src_uri: page.parent for page in nav.pages}
        for page in site_of(config).pages.values():
            file = files.get_file_from_path(page.source)
            if file and file.page and file.page.parent is None and page.section:
                file.page.parent = sections.get(page.section)
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give every page an escaped title and description: MkDocs' templates escape nothing."""
        if self.config.enabled:
            made = site_of(config).pages.get(page.file.src_uri)
            title = made.title if made else str(page.meta.get("title") or page.title or "")
            description = made.description if made else str(page.meta.get("description") or page.meta.get("answer") or "")
            page.meta["title"] = html.escape(html.unescape(title))
            page.meta["description"] = html.escape(description)
            page.meta.pop("tags", None)
            page.meta.pop("template", None)
        return markdown

    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Hand the theme the body and everything around it."""
        if self.config.enabled:
            site = site_of(config)
            source = page.file.src_uri
            made = site.pages.get(source)
            body = made.make(page.content or "" if page.markdown and page.markdown.strip() else "") if made else ""
            context["hr"] = _chrome(site, source, made.region if made else str(page.meta.get("region", "")), body)  # type: ignore[typeddict-unknown-key]
        return context

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        """Hand the same to ``404.html``, whose links start at the root of the host."""
        if self.config.enabled and template_name == "404.html":
            site = site_of(config)
            root = _root(config)
            body = site.lost(root)
            context["hr"] = _chrome(site, "404.md", "", body, root)  # type: ignore[typeddict-unknown-key]
        return context

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch every file of the registry."""
        if self.config.enabled:
            for path in site_of(config).registry.files:
                server.watch(str(path))
        return server

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the frame of the pages where Material's style sheet is: its name changes with every release."""
        if self.config.enabled:
            sheets = [file.url for file in files.css_files() if file.src_uri.startswith("assets/stylesheets/main.")]
            env.globals["theme_css"] = sheets[0] if sheets else f"{FOLDER}/css/handrail.css"
        return env


def _is_unused(file: File, config: MkDocsConfig) -> bool:
    """Return whether a file of Material is one that no page of ours loads: its scripts, their maps, its palettes."""
    if str(file.src_dir or "").startswith(config.docs_dir):
        return False
    return file.src_uri.startswith("assets/javascripts/") or (
        file.src_uri.startswith("assets/stylesheets/") and (file.src_uri.endswith(".map") or "/palette." in file.src_uri))


def _root(config: MkDocsConfig) -> str:
    from urllib.parse import urlsplit

    path = urlsplit(config.site_url or "").path
    return path if path.endswith("/") else path + "/"


def _chrome(site: Site, source: str, region: str, body: str, root: str = "") -> dict[str, Any]:
    to = Urls.of(source, site.render.directory_urls, root)
    return {
        "body": body, "strip": site.render.strip(source, region, root), "leave": site.render.leave(source, root), "foot": "",
        "home_url": to(urls.HOME), "find_url": to(urls.FIND), "help_url": to(urls.HELP_NOW), "css": to(f"{FOLDER}/css/handrail.css"),
        "scripts": [to(path) for path in site.scripts], "t": site.words.texts, "language": site.words.language,
    }
