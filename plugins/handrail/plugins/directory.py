"""The plugin ``handrail``: a postman between the compiler and MkDocs."""

from __future__ import annotations

import html
import logging
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from handrail.compiler.site import Site
from handrail.output import guard
from handrail.output.assets import FOLDER
from handrail.output.progress import Told
from handrail.pages.environment import THEME
from handrail.pages.page import Page
from handrail.plugins.ahead import Ahead, Parts
from handrail.plugins.made import FULL, WHOLE, Frames, MadePage
from handrail.plugins.options import DirectoryOptions
from handrail.plugins.place import Place
from handrail.plugins.shared import site_of
from handrail.views import urls
from handrail.views.urls import Urls

log = get_plugin_logger("handrail")

FRAMED = ("material", "materialx")
"""Themes whose frame is ours; with another the pages stand in its own."""


class DirectoryPlugin(BasePlugin[DirectoryOptions]):
    """Adds the pages and files of the directory, and gives every page what the theme needs."""

    site: Site | None = None
    _ahead: Ahead | None = None
    _told = Told(quiet=True)
    _command = "build"
    _place: Place | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Know whether pages are served; by being there, let MkDocs keep this instance between rebuilds."""
        self._command = "dirty" if dirty else command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile: a registry with errors stops the build here, before the old site is touched."""
        self.site = None
        self._frames = Frames()
        self._chrome: dict[tuple[str, str], dict[str, Any]] = {}
        self._told = Told(quiet=not log.isEnabledFor(logging.INFO))
        if self.config.enabled:
            self._framed = config.theme.name in FRAMED
            if self._framed:
                config.theme.dirs.insert(0, str(THEME / "overrides"))
            self._told.begin("Reading and checking the registry")
            site_of(config)
            self._told.end()
            if self._command in ("build", "gh-deploy"):
                self._place = Place.beside(config)
        return config

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add pages and files; take out what authors keep among their pages and no reader should get."""
        if not self.config.enabled:
            return files
        site = site_of(config)
        for given in list(files):
            if given.src_uri.endswith((".yaml", ".yml")) or (self._framed and _is_unused(given, config)):
                files.remove(given)
        for page in site.pages.values():
            file = files.get_file_from_path(page.source)
            if file is None:
                file = File.generated(config, page.source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
                files.append(file)
                file.page = MadePage(file, config, html.escape(page.title), html.escape(page.description), framed=self._framed)
            if page.written:
                file.edit_uri = page.written.file
        for asset in site.assets:
            files.append(File.generated(config, asset.path, content=asset.data))
        site.files.made = site.files.make(lambda asset: files.append(File.generated(config, asset.path, content=asset.data)))
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
        if self.config.enabled and not isinstance(page, MadePage):
            made = site_of(config).pages.get(page.file.src_uri)
            title = made.title if made else html.unescape(str(page.meta.get("title") or page.title or ""))
            description = made.description if made else str(page.meta.get("description") or page.meta.get("answer") or "")
            page.meta["title"] = html.escape(title)
            page.meta["description"] = html.escape(description)
            page.meta.pop("tags", None)
            page.meta.pop("template", None)
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put the body into the content where the theme is not the one we frame: the page stands, without strip and search."""
        made = site_of(config).pages.get(page.file.src_uri) if self.config.enabled and not self._framed else None
        return site_of(config).alerts(page.file.src_uri) + made.make(html) if made else html

    @event_priority(100)
    def _before_others(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Note what the context holds before other plugins see it."""
        self._context = dict(context)
        self._meta = dict(page.meta)
        return context

    @event_priority(-90)
    def _after_others(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Hand the theme the body and everything around it."""
        if not self.config.enabled or not self._framed:
            return context
        site = site_of(config)
        source = page.file.src_uri
        made = site.pages.get(source)
        region = made.region if made else str(page.meta.get("region", ""))
        to = Urls.of(source, site.render.directory_urls)
        chrome = self._chrome.get((to.up, region)) or self._chrome.setdefault((to.up, region), _chrome(site, source, region))
        body, safe = self._body(made, page, site) if made else ("", None)
        alerts = site.alerts(source)
        refresh = to(made.refresh) if made and made.refresh else ""
        if made and refresh and config.site_url:
            page.canonical_url = urljoin(config.site_url, urls.destination(made.refresh, site.render.directory_urls))
        scripts = [*chrome["scripts"], *(to(path) for path in made.scripts)] if made else chrome["scripts"]
        filled = {**chrome, "strip": chrome["strip"] + alerts, "refresh": refresh, "body": body, "scripts": scripts}
        context["hr"] = filled  # type: ignore[typeddict-unknown-key]
        if isinstance(page, MadePage):
            alone = page.meta == self._meta and all(context.get(key) is value for key, value in self._context.items())
            filled["layout"] = WHOLE if alone else FULL
            if alone and made:
                # The folder too: MkDocs writes the shortest way to a page of the menu, and "../" leads elsewhere from another folder.
                key = (to.up, source.partition("/")[0], region, made.section, made.scripts, alerts, refresh)
                page.joined = self._frames.page(key, self._environment, context, page, body, safe)
                filled["whole"] = page.joined.text
        return context

    def _body(self, made: Page, page: MkDocsPage, site: Site) -> Parts:
        """Return the body of a page; those that are wholly made were made ahead, unless another plugin gave them a content."""
        if page.content or not isinstance(page, MadePage):
            return made.make(page.content or "") + site.described(made.source), None
        if self._ahead is None:
            self._ahead = Ahead(self._order, lambda source: _parts(source, site))
        return self._ahead.get(made.source)

    on_page_context = CombinedEvent(_before_others, _after_others)

    @event_priority(-200)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Let go of the parts of a page when all plugins have seen it: ten thousand would fill the memory."""
        self._told.step()
        if isinstance(page, MadePage):
            page.joined = None
        return output

    @event_priority(-1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the site into its place: after every other plugin has had its say."""
        if self._place:
            self._told.begin("Putting the site into its place")
            self._place.take(config)
        self._end()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site where it is."""
        self._end()

    def _end(self) -> None:
        self._told.end()
        if self._ahead:
            self._ahead.close()
        if self._place:
            self._place.leave()
        self._ahead = self._place = None

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        """Hand the same to ``404.html``, whose links start at the root of the host."""
        if self.config.enabled and self._framed and template_name == "404.html":
            site = site_of(config)
            root = _root(config)
            body = site.lost(root)
            chrome = _chrome(site, "404.md", "", root)
            context["hr"] = {**chrome, "strip": chrome["strip"] + site.alerts("404.md", root), "body": body}  # type: ignore[typeddict-unknown-key]
        return context

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch every file of the registry and of the guides."""
        if self.config.enabled:
            for path in site_of(config).read:
                server.watch(str(path))
        return server

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the frame of the pages where Material's style sheet is, whose name changes with every release, and where the site's icon is."""
        self._environment = env
        pages = files.documentation_pages()
        self._order = [file.src_uri for file in pages if isinstance(file.page, MadePage)]
        self._told.begin("Making pages", len(pages))
        if self.config.enabled:
            sheets = [file.url for file in files.css_files() if file.src_uri.startswith("assets/stylesheets/main.")]
            env.globals["theme_css"] = sheets[0] if sheets else f"{FOLDER}/css/handrail.css"
            icon = str(config.theme.get("favicon") or "")
            env.globals["theme_icon"] = icon if files.get_file_from_path(icon) else f"{FOLDER}/favicon.svg"
        return env


def _parts(source: str, site: Site) -> Parts:
    body = site.pages[source].make("") + site.described(source)
    return body, guard.part(body)


def _is_unused(file: File, config: MkDocsConfig) -> bool:
    """Return whether a file of Material is one that no page of ours loads: its scripts, their maps, its palettes, its icon."""
    if str(file.src_dir or "").startswith(config.docs_dir):
        return False
    return file.src_uri.startswith(("assets/javascripts/", "assets/images/favicon.")) or (
        file.src_uri.startswith("assets/stylesheets/") and (file.src_uri.endswith(".map") or "/palette." in file.src_uri))


def _root(config: MkDocsConfig) -> str:
    from urllib.parse import urlsplit

    path = urlsplit(config.site_url or "").path
    return path if path.endswith("/") else path + "/"


def _chrome(site: Site, source: str, region: str, root: str = "") -> dict[str, Any]:
    to = Urls.of(source, site.render.directory_urls, root)
    return {
        "strip": site.render.strip(source, region, root), "leave": site.render.leave(source, root), "foot": "",
        "home_url": to(urls.HOME), "find_url": to(urls.FIND), "search": site.has_search, "help_url": to(urls.HELP_NOW), "css": to(f"{FOLDER}/css/handrail.css"),
        "scripts": [to(path) for path in site.scripts], "t": site.words.texts, "words": site.script_words, "language": site.words.language,
    }
