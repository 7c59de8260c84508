"""``compile``: a registry becomes a site of pages, files and notices. Plain Python; no engine is known here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from handrail.compiler import check, finding
from handrail.compiler.files import Files
from handrail.compiler.version import version
from handrail.exports import everything, handlist, jsonld, losses
from handrail.exports.dataset import Dataset
from handrail.issues.issue import Issue, RegistryError
from handrail.model import guide
from handrail.model.directory import Directory
from handrail.model.upkeep import Health
from handrail.output import store
from handrail.output.assets import assets, texts
from handrail.output.files import Asset
from handrail.pages import components, contribute, guides, handover, privacy, reference, standalone, titles, upkeep
from handrail.pages.guides import Weaver
from handrail.pages.page import Page
from handrail.pages.site import Renderer, pages
from handrail.pages.upkeep import Alerts
from handrail.registry.cache import Pack
from handrail.registry.guides import Names
from handrail.review import gaps, health, history
from handrail.review.links import memory
from handrail.text.words import Words, words
from handrail.views import contribute as contribute_views
from handrail.views import front, take
from handrail.views.context import GuideLink
from handrail.views.urls import DATA, FIND, MY_LIST, destination


@dataclass(frozen=True)
class Site:
    """Everything that an engine has to put together."""

    directory: Directory
    render: Renderer
    words: Words
    pages: Mapping[str, Page]
    """By source path."""
    assets: Sequence[Asset]
    """Styles, scripts, icon and typeface: the same on every site of this version."""
    files: Files
    """What is made of the directory beside its pages."""
    notices: Sequence[Issue]
    """Warnings of the registry and of guides; errors never come this far."""
    data: Dataset
    """The directory as data; its ``fresh`` is the last day on which an entry was added, changed or checked."""
    weaver: Weaver
    """Makes what stands inside pages that authors wrote."""
    key: str = ""
    """A hash of what every page is made from: code, root file, guides and options."""
    read: Sequence[Path] = field(default_factory=tuple)
    """Every file that was read."""
    alerts: Callable[..., str] = lambda source, root="": ""
    """Returns the alerts of a page by its source path, as HTML."""

    @property
    def has_search(self) -> bool:
        """True when there is an index to search in."""
        return self.files.with_search

    @property
    def scripts(self) -> list[str]:
        """Paths of the modules that every page loads."""
        return [asset.path for asset in self.assets if asset.path.endswith(".mjs") and asset.path.count("/") == 3]

    def described(self, source: str) -> str:
        """Return what a page is about as data for search engines, by its source path; empty for pages about no entry."""
        return jsonld.of_page(source, self.data, self._guides, self.files.made.sizes if source == DATA else ())

    @cached_property
    def _guides(self) -> Mapping[str, GuideLink]:
        return {guide.source: guide for guide in self.render.guides}

    def lost(self, root: str) -> str:
        """Return the body of the page for an address that leads nowhere; its links start at ``root``."""
        return self.render.render("not-found.html", lost=front.lost(self.render.on("404.md", root)))


def compile(root: Path, *, today: date, directory_urls: bool = True, written: Sequence[str] = (), base: str = "",
            docs: Path | None = None, names: Names | None = None, with_history: bool = False, with_search: bool = True, kept: Pack | None = None,
            heavy: bool | None = None, published: Path | None = None) -> Site:
    """Return the site of a registry; ``RegistryError`` carries every issue when one of them is an error.

    ``written`` names the source paths of the pages that authors wrote; ``base`` is the site's own address, ending in a slash, where it is known.
    With ``docs`` the guides in that folder of pages are read too, whose files ``names`` gives. ``with_history`` asks git what happened to each entry.
    ``with_search`` makes the index and the find page; without it that page is a plain list.
    ``kept`` is what an earlier run found out about the files. ``heavy`` says whether HSDS, booklets and packs stand beside the pages; None leaves it
    to the size of the directory. ``published`` is the folder whose files the engine copies, where it is not ``docs``.
    """
    found = check.whole(root, today, docs, names, kept, published)
    directory, registry = found.directory, found.registry
    if found.failed or directory is None:
        raise RegistryError(list(found.issues))
    library = guide.library(found.shelf)
    language = words(directory.site.language)
    landing = {reader: f"for/{reader}s.md" for reader in ("mentee", "mentor", "coordinator", "partner") if f"for/{reader}s.md" in set(written)}
    updated = everything.updated(directory, language)
    heavy = not everything.is_large(directory) if heavy is None else heavy
    along = take.sources(directory, heavy=heavy, addressed=bool(base))
    render = Renderer(directory, language, directory_urls, guides=guides.links(library), landing=landing, written=frozenset(written), base=base,
                      history=history.of(registry.base, directory.services) if with_history else {}, take=along)
    weaver = Weaver(render, library)
    every = (*pages(render), *weaver.pages(), *privacy.pages(render), reference.page(render), *components.pages(render), *contribute.pages(render),
             *standalone.booklets(render, updated))
    made = {page.source: page for page in every}
    fixed = (*assets(), texts({**language.texts, "js.list.at": destination(MY_LIST, directory_urls)}))
    missing = cache(lambda: gaps.gaps(directory))
    data = Dataset(directory, language, base, directory_urls, render.history)

    @cache
    def standing() -> Health:
        grades = [each.grade for each in library.guides.values()]
        return health.health(directory, missing(), guides=grades, links=memory.summary(registry.base / memory.NAME))

    def gap_table() -> str:
        standing()  # the health page asks for it later, when nothing else is left to do
        return gaps.as_csv(missing(), directory, data.stamp)

    files = Files(render, registry, library, gap_table, lambda: contribute_views.everything_known(registry, directory), with_search, data, heavy)
    if with_search:
        made[FIND] = finding.page(render, files.guides, lambda: files.search)

    def state() -> Health:
        return replace(standing(), pages=len(made), files=sum(files.made.sizes.values()) + sum(len(asset.data) for asset in fixed))

    made |= {page.source: page for page in upkeep.pages(render, missing, state)}
    late = handover.pages(render, handlist.chunk_count(directory), lambda: files.made.sizes, losses.report(), updated.isoformat())
    made |= {page.source: page for page in late}
    made = titles.distinct(made, directory, language)
    shared = (version(), directory.prints[registry.root.name], [(path.name, store.digest(path.read_bytes())) for path in found.shelf.files],
              directory_urls, base, sorted(written), with_history, with_search, heavy, sorted(along))
    return Site(directory, render, language, made, fixed, files, tuple(found.issues), data, weaver, store.digest(repr(shared).encode()),
                (*registry.files, *found.shelf.files), Alerts(render))
