"""Whole documents that stand by themselves: booklets to print, packs to carry, small pages for other sites. And the booklets as pages of the site."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from markupsafe import Markup, escape

from handrail.model.values import Service
from handrail.output.assets import THEME
from handrail.output.files import Asset
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.views import booklet as views
from handrail.views import lists, take, urls
from handrail.views.context import Context
from handrail.views.urls import Urls

EMBED_CSS = "embed/embed.css"
LONGEST_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a pack, so that the same pack has the same bytes."""
READABLE = 0o644 << 16
Guides = Sequence[tuple[str, str, Markup]]
"""Id, title and HTML of each guide."""


def booklet(make: Renderer, region: str, topic: str, updated: date, pages: Mapping[str, int] | None = None) -> str:
    """Return the booklet of a region, or of a topic in it; ``pages`` says on which page of paper each entry stands."""
    book = views.booklet(afar(make), region, topic, updated, pages=pages)
    return make.render("booklet.html", book=book, css=Markup(_own("booklet.css")), script="")


def pack(make: Renderer, region: str, updated: date, guides: Guides = ()) -> bytes:
    """Return a zip with one page that holds all entries of a region, the guides and a search; it works from a disk."""
    as_of = views.crisis_day(make.directory, region, updated)
    book = views.booklet(afar(make), region, "", updated, guides=guides, as_of=as_of)
    page = make.render("booklet.html", book=book, css=Markup(_own("booklet.css")), script=Markup(_own("pack.js")))
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        file = zipfile.ZipInfo(f"{region}/index.html", LONGEST_AGO)
        file.external_attr = READABLE
        archive.writestr(file, page.encode(), zipfile.ZIP_DEFLATED)
    return zipped.getvalue()


def packs(make: Renderer, updated: date, guides: Callable[[str], Guides]) -> Iterator[Asset]:
    """Yield the packs that stand beside the pages."""
    for region in make.directory.regions.countries():
        if take.pack(region.id) in make.take:
            made = partial(lambda identifier: pack(make, identifier, updated, guides(identifier)), region.id)
            yield Asset(take.pack(region.id), made, _print(make, region.id, updated))


def _print(make: Renderer, region: str, updated: date) -> str:
    """Return a hash of what decides how the booklet of a region looks: its services, its crisis lines and the day."""
    directory = make.directory
    help = directory.crisis_for(region)
    lines = [directory.services[each] for each in help.lines if each in directory.services] if help else []
    return f"{directory.print_around(region)} {directory.print_of(lines)} {updated}"


def booklets(make: Renderer, updated: date) -> Iterator[Page]:
    """Yield the booklets that are pages of the site."""
    t, directory = make.t, make.directory
    for region in directory.regions:
        if take.booklet(region.id) in make.take:
            above = tuple((urls.region(each.id), each.name) for each in (*reversed(directory.regions.above(region.id)), region))
            crisis = region.id if directory.crisis_for(region.id) else ""
            yield _booklet(make, updated, take.booklet(region.id), region.id, "", ((urls.REGIONS, t("page.regions")), *above), crisis)
    for topic in directory.topics.values():
        if take.topic_booklet(topic.id) in make.take:
            trail = ((urls.TOPICS, t("page.topics")), (urls.topic(topic.id), topic.name))
            yield _booklet(make, updated, take.topic_booklet(topic.id), "", topic.id, trail, "")


def _booklet(make: Renderer, updated: date, source: str, region: str, topic: str, trail: Sequence[tuple[str, str]], crisis: str) -> Page:
    title = make.t("booklet.title", title=views.title(make.on(source), region, topic))

    def body(content: str) -> str:
        on = make.on(source)
        book = views.booklet(on, region, topic, updated)
        along = tuple(link for link in lists.along(region, on) if link.href != on.to(source)) if region else ()
        return make.render("booklet-page.html", book=book, title=title, crumbs=on.crumbs(*trail), take=along)

    def key() -> str:
        return _print(make, region, updated) if region else f"{make.directory.print_of(make.directory.of_topic(topic))} {updated}"

    return Page(source, title, make.t("booklet.description", title=views.title(make.on(source), region, topic)), body, crisis, urls.FIND, key=key)


def embeds(make: Renderer, updated: date) -> Iterator[Asset]:
    """Yield the small pages and their style sheet."""
    on = afar(make)
    lines: dict[str, str] = {}

    def line(service: Service) -> str:
        kept = lines.get(service.id)
        if kept is None:
            kept = lines[service.id] = make.macro("_embed-line.html", "line", views.embed_line(service, on))
        return kept

    help = on.to(urls.HELP_NOW)

    def page(region: str, topic: str) -> bytes:
        # The lines of a heading are handed over as one: to ask for each takes as long as everything else.
        groups = [(heading, (Markup("  ".join(map(line, members))),)) for heading, members in views.embedded(region, topic, on)]
        shown = views.embed(region, topic, groups, updated, on)
        snippet = _snippet(make.base + take.embed(region, topic), shown.title)
        whole = on.to(views.page_of(region, topic))
        return make.render("embed.html", page=shown, whole=whole, help=help, css="../embed.css", snippet=snippet).encode()

    there = list(views.embeds(on))
    if there:
        yield Asset(EMBED_CSS, _own("embed.css").encode())
    for region, topic in there:
        yield Asset(take.embed(region, topic), partial(page, region, topic), f"{make.directory.print_around(region)} {updated}")


def afar(make: Renderer) -> Context:
    """Return the context of a document that lies somewhere else: all its links are whole addresses."""
    return Context(make.directory, make.t, Urls.of(urls.HOME, make.directory_urls, make.base), make.guides, {}, make.base, take=make.take)


def _own(name: str) -> str:
    return (THEME / "booklet" / name).read_text("utf-8")


def _snippet(address: str, title: str) -> str:
    """Return the line that a partner copies."""
    return f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="600" loading="lazy" referrerpolicy="no-referrer"></iframe>'
