"""The plugin ``handrail``: a postman between the compiler and MkDocs."""

from __future__ import annotations

import html
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

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
from handrail.plugins.made import FULL, WHOLE, Frame, Joined, MadeFile, MadeLeaf, MadePage, frame_of, join
from handrail.plugins.options import DirectoryOptions
from handrail.plugins.output import Output, Promised
from handrail.plugins.press import EVENTS, Press, heard_by_others
from handrail.plugins.safety import SafetyPlugin
from handrail.plugins.shared import site_of
from handrail.views import urls
from handrail.views.urls import Urls

log = get_plugin_logger("handrail")

MOST_WATCHED = 8
"""Files of one folder that are watched one by one while pages are served."""
FRAMED = ("material", "materialx")
"""Themes whose frame is ours; with another the pages stand in its own."""


class DirectoryPlugin(BasePlugin[DirectoryOptions]):
    """Adds the pages and files of the directory, and gives every page what the theme needs."""

    site: Site | None = None
    _told = Told(quiet=True)
    _command = "build"
    _output: Output | None = None
    _press: Press | None = None
    _may_press = False
    """Whether pages are written without MkDocs."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Know whether pages are served; by being there, let MkDocs keep this instance between rebuilds."""
        self._command = "dirty" if dirty else command

    def on_shutdown(self) -> None:
        """Leave nothing of a site that was served."""
        if self._output:
            self._output.close()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile: a registry with errors stops the build here, before the old site is touched."""
        self.site = None
        self._frames: dict[object, Frame] = {}
        self._chrome: dict[tuple[str, str], dict[str, Any]] = {}
        self._told = Told(quiet=not log.isEnabledFor(logging.INFO))
        if self.config.enabled:
            self._framed = config.theme.name in FRAMED
            if self._framed:
                config.theme.dirs.insert(0, str(THEME / "overrides"))
            self._told.begin("Reading and checking the registry")
            site = site_of(config)
            self._told.end()
            safety = config.plugins.get("handrail/safety")
            self._safety = safety if isinstance(safety, SafetyPlugin) else None
            self._output = Output.of(config, self.config.registry, (site.key, self._safety.key if self._safety else ""), self._output, self._command)
        return config

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add pages and files; take out what authors keep among their pages and no reader should get."""
        if not self.config.enabled or self._output is None:
            return files
        site = site_of(config)
        for given in list(files):
            if given.src_uri.endswith((".yaml", ".yml")) or (self._framed and _is_unused(given, config)):
                files.remove(given)
        self._told.begin("Making the search and the open data")
        self._output.begin(site.files, {given.dest_uri for given in files if not given.is_documentation_page()})
        for path in self._output.promised:
            files.append(Promised.generated(config, path, content=""))
        self._may_press = self._framed and self._command != "dirty" and not heard_by_others(config, *EVENTS)
        named = set(_named(config.nav))
        framed: set[object] = set()
        made = []
        base = config.site_url.rstrip("/") + "/" if config.site_url else ""
        site_dir, directory_urls = config.site_dir, config.use_directory_urls  # MkDocs looks an option up anew each time
        for page in site.pages.values():
            file = files.src_uris.get(page.source)
            if file is None:
                frame = self._frame_of(page, site)
                if self._may_press and frame in framed and not (page.is_late or page.refresh or page.source in named):
                    file = MadeFile.of(page, site_dir, directory_urls, base)
                else:
                    file = File.generated(config, page.source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
                    file.page = MadePage(page, file, config, framed=self._framed)
                    if not page.is_late:
                        framed.add(frame)
                assert isinstance(file.page, (MadePage, MadeLeaf))
                file.page.frame = frame
                file.page.update_date = (page.changed or site.data.fresh).isoformat()
                made.append(file)
            if page.written:
                file.edit_uri = page.written.file
        for file in _in_order(made):
            files.append(file)
        for asset in site.assets:
            files.append(File.generated(config, asset.path, content=asset.data))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Light the tab of the section under which a made page belongs."""
        if not self.config.enabled:
            return nav
        sections = {page.file.src_uri: page.parent for page in nav.pages}
        for page in site_of(config).pages.values():
            file = files.src_uris.get(page.source)
            if file and isinstance(file.page, MkDocsPage) and file.page.parent is None and page.section:
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
        if not self.config.enabled or self._framed:
            return html
        made = site_of(config).pages.get(page.file.src_uri)
        return site_of(config).alerts(page.file.src_uri) + self._body(made, page, site_of(config))[0] if made else html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the frame of the pages where Material's style sheet is, whose name changes with every release, and where the site's icon is."""
        self._environment = env
        if self.config.enabled:
            sheets = [file.url for file in files.css_files() if file.src_uri.startswith("assets/stylesheets/main.")]
            env.globals["theme_css"] = sheets[0] if sheets else f"{FOLDER}/css/handrail.css"
            icon = str(config.theme.get("favicon") or "")
            env.globals["theme_icon"] = icon if files.get_file_from_path(icon) else f"{FOLDER}/favicon.svg"
            self._pages = [file for file in files if file.is_documentation_page() or isinstance(file, MadeFile)]
            if self._output:
                self._output.make_room([file.dest_uri for file in files if not isinstance(file, (MadeFile, Promised))])
            self._told.begin("Making pages", len(self._pages))
        return env

    @event_priority(100)
    def _before_others(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Note what the context holds before other plugins see it."""
        if self.config.enabled and not self._may_press:
            self._context = dict(context)
            self._meta = dict(page.meta)
        return context

    @event_priority(-90)
    def _after_others(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Hand the theme the body and everything around it, or let the page be written without it."""
        if not self.config.enabled or not self._framed:
            return context
        site = site_of(config)
        if isinstance(page, MadePage) and page.made.refresh and config.site_url:
            page.canonical_url = urljoin(config.site_url, urls.destination(page.made.refresh, site.render.directory_urls))
        if isinstance(page, MadePage) and page.made.is_late:
            self._begin_press(site)  # every frame is known
        source = page.file.src_uri
        made = site.pages.get(source)
        region = made.region if made else str(page.meta.get("region", ""))
        to = Urls.of(source, site.render.directory_urls)
        chrome = self._chrome.get((to.up, region)) or self._chrome.setdefault((to.up, region), _chrome(site, source, region))
        body, safe = self._body(made, page, site) if made else ("", None)
        scripts = [*chrome["scripts"], *(to(path) for path in made.scripts)] if made else chrome["scripts"]
        filled = {**chrome, "strip": chrome["strip"] + site.alerts(source), "refresh": to(made.refresh) if made and made.refresh else "", "body": body,
                  "scripts": scripts}
        context["hr"] = filled  # type: ignore[typeddict-unknown-key]
        if isinstance(page, MadePage):
            alone = self._may_press or (page.meta == self._meta and all(context.get(key) is value for key, value in self._context.items()))
            filled["layout"] = WHOLE if alone else FULL
            if alone:
                frame = self._frames.get(page.frame)
                if frame is None:
                    frame = self._frames[page.frame] = frame_of(self._environment, context, page)
                page.joined = join(frame, page, body, safe)
                filled["whole"] = page.joined.text
        return context

    on_page_context = CombinedEvent(_before_others, _after_others)

    @event_priority(-200)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Let go of the parts of a page when all plugins have seen it: ten thousand would fill the memory."""
        if isinstance(page, MadePage):
            page.joined = None
        self._told.step()
        return output

    @event_priority(1000)
    def _first(self, *, config: MkDocsConfig) -> None:
        """Wait for the pages that are written in copies of this process: other plugins look at the finished site."""
        if self._output:
            self._begin_press(site_of(config))
            self._output.wait(site_of(config).files)
        if self._press:
            self._press.finish(self._told.step)
        if self._output:
            self._output.folder.sweep()

    @event_priority(-1000)
    def _last(self, *, config: MkDocsConfig) -> None:
        """Put the site into its place: after every other plugin has had its say."""
        if self._output:
            self._told.begin("Putting the site into its place")
            self._output.take(config)
        self._end()

    on_post_build = CombinedEvent(_first, _last)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site where it is."""
        self._end()

    def _end(self) -> None:
        self._told.end()
        if self._press:
            self._press.stop()
        if self._output:
            self._output.leave()
        self._press = None

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        """Hand the same to ``404.html``, whose links start at the root of the host, and to the sitemap every page."""
        if self.config.enabled and template_name == "sitemap.xml":
            context["pages"] = self._pages
        if self.config.enabled and self._framed and template_name == "404.html":
            site = site_of(config)
            root = _root(config)
            body = site.lost(root)
            chrome = _chrome(site, "404.md", "", root)
            context["hr"] = {**chrome, "strip": chrome["strip"] + site.alerts("404.md", root), "body": body}  # type: ignore[typeddict-unknown-key]
        return context

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch every file of the registry and of the guides; MkDocs watches the folder of pages itself."""
        if self.config.enabled:
            for path, many in _watched(site_of(config).read, Path(config.docs_dir)):
                server.watch(str(path), recursive=not many)
        return server

    def _frame_of(self, page: Page, site: Site) -> object:
        """Return what the frame of a page depends on."""
        # The folder too: MkDocs writes the shortest way to a page of the menu, and "../" leads elsewhere from another folder.
        up = Urls.of(page.source, site.render.directory_urls).up
        return up, page.source.partition("/")[0], page.region, page.section, page.scripts, site.alerts(page.source), page.refresh

    def _body(self, made: Page, page: MkDocsPage, site: Site) -> tuple[str, str | None]:
        """Return the body of a page, and the same made safe where that can be told from the body alone."""
        if made.is_late and self._output:
            self._output.wait(site.files)
        if page.content or not isinstance(page, MadePage):
            return made.make(page.content or "") + site.described(made.source), None
        return _parts(made, site)

    def _begin_press(self, site: Site) -> None:
        """Begin with the pages that MkDocs does not write."""
        leaves = [file.page for file in self._pages if isinstance(file, MadeFile)] if self.config.enabled else []
        if self._press or not leaves:
            return
        assert self._output is not None
        folder, safety = self._output.folder, self._safety

        def joined(page: MadeLeaf) -> Joined:
            return join(self._frames[page.frame], page, *_parts(page.made, site))

        def whole(page: MadeLeaf) -> str:
            return safety.sealed(joined(page), page.file.src_uri) if safety else joined(page).text

        def key(page: MadeLeaf) -> str:
            meta = page.meta
            around = (self._frames[page.frame].key, meta["title"], meta["description"], page.canonical_url or "")
            return folder.key(*around, page.made.key()) if page.made.key else ""

        self._press = Press(folder, whole, key, safety)
        self._press.start(leaves)  # type: ignore[arg-type]


def _parts(made: Page, site: Site) -> tuple[str, str | None]:
    body = made.make("") + site.described(made.source)
    return body, guard.part(body)


def _in_order(files: list[File]) -> list[File]:
    """Return files so that the first page of every frame comes first, and those that need to know of other files last."""
    first: dict[object, File] = {}
    late, others = [], []
    for file in files:
        page = file.page
        assert isinstance(page, (MadePage, MadeLeaf))
        if page.made.is_late:
            late.append(file)
        elif first.setdefault(page.frame, file) is not file:
            others.append(file)
    return [*first.values(), *others, *late]


def _watched(read: Iterable[Path], docs: Path) -> Iterator[tuple[Path, bool]]:
    """Yield what is to be watched beside the folder of pages: files, and the folder itself where many stand in it, since each takes a thread."""
    beside: dict[Path, list[Path]] = {}
    for path in read:
        if not path.is_relative_to(docs):
            beside.setdefault(path.parent, []).append(path)
    for folder, files in beside.items():
        if len(files) > MOST_WATCHED:
            yield folder, True
        else:
            yield from ((path, False) for path in files)


def _named(nav: Any) -> Iterator[str]:
    """Yield every page that the navigation of mkdocs.yml names."""
    if isinstance(nav, str):
        yield nav
    else:
        for each in (nav.values() if isinstance(nav, dict) else nav) or ():
            yield from _named(each)


def _is_unused(file: File, config: MkDocsConfig) -> bool:
    """Return whether a file of Material is one that no page of ours loads: its scripts, their maps, its palettes, its icon."""
    if str(file.src_dir or "").startswith(config.docs_dir):
        return False
    return file.src_uri.startswith(("assets/javascripts/", "assets/images/favicon.")) or (
        file.src_uri.startswith("assets/stylesheets/") and (file.src_uri.endswith(".map") or "/palette." in file.src_uri))


def _root(config: MkDocsConfig) -> str:
    path = urlsplit(config.site_url or "").path
    return path if path.endswith("/") else path + "/"


def _chrome(site: Site, source: str, region: str, root: str = "") -> dict[str, Any]:
    to = Urls.of(source, site.render.directory_urls, root)
    return {
        "strip": site.render.strip(source, region, root), "leave": site.render.leave(source, root), "foot": "",
        "home_url": to(urls.HOME), "find_url": to(urls.FIND), "search": site.has_search, "help_url": to(urls.HELP_NOW), "css": to(f"{FOLDER}/css/handrail.css"),
        "scripts": [to(path) for path in site.scripts], "t": site.words.texts, "language": site.words.language,
    }
