"""Whole documents that stand by themselves: booklets to print, packs to carry, small pages for other sites."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import partial

from markupsafe import Markup, escape

from handrail.model.values import Service
from handrail.output.assets import THEME
from handrail.output.files import Asset
from handrail.pages.site import Renderer
from handrail.views import booklet as views
from handrail.views import urls
from handrail.views.context import Context
from handrail.views.urls import Urls

EMBED_CSS = "embed/embed.css"
LONGEST_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a pack, so that the same pack has the same bytes."""


def booklet(make: Renderer, region: str, topic: str, updated: date) -> str:
    """Return the booklet of a region, or of a topic in it."""
    book = views.booklet(_afar(make), region, topic, updated)
    return make.render("booklet.html", book=book, css=_own("booklet.css"), script="")


def pack(make: Renderer, region: str, updated: date, made: date) -> bytes:
    """Return a zip with one page that holds all entries of a region, the short answers of the guides and a search; it works from a disk."""
    on = _afar(make)
    guides = [
        (
            f"guide-{number}",
            guide.title,
            Markup("<p>{}</p><p>{}</p>").format(guide.answer, urls.absolute(make.base, guide.source, make.directory_urls) if make.base else ""),
        )
        for number, guide in enumerate(make.guides, 1)
    ]
    book = views.booklet(on, region, "", updated, guides=guides, made=made)
    page = make.render("booklet.html", book=book, css=_own("booklet.css"), script=Markup(_own("pack.js")))
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{region}/index.html", LONGEST_AGO), page.encode(), zipfile.ZIP_DEFLATED)
    return zipped.getvalue()


def embeds(make: Renderer, updated: date) -> Iterator[Asset]:
    """Yield the small pages and their style sheet; without the site's own address a frame elsewhere could lead nowhere, so there are none."""
    if not make.base:
        return
    yield Asset(EMBED_CSS, _own("embed.css").encode())
    on = _afar(make)
    lines: dict[str, Markup] = {}

    def line(service: Service) -> Markup:
        kept = lines.get(service.id)
        if kept is None:
            kept = lines[service.id] = Markup(make.macro("_embed-line.html", "line", views.embed_line(service, on)))
        return kept

    help = on.to(urls.HELP_NOW)

    def page(region: str, topic: str) -> bytes:
        groups = [(heading, tuple(map(line, members))) for heading, members in views.embedded(region, topic, on)]
        shown = views.embed(region, topic, groups, updated, on)
        snippet = _snippet(make.base + views.embed_path(region, topic), shown.title)
        whole = on.to(views.page_of(region, topic))
        return make.render("embed.html", page=shown, whole=whole, help=help, css="../embed.css", snippet=snippet).encode()

    for region, topic in views.embeds(on):
        yield Asset(views.embed_path(region, topic), partial(page, region, topic), f"{make.directory.print_around(region)} {updated}")


def _afar(make: Renderer) -> Context:
    """Return the context of a document that lies somewhere else: all its links are whole addresses."""
    return Context(make.directory, make.t, Urls.of(urls.HOME, make.directory_urls, make.base), make.guides, {}, make.base)


def _own(name: str) -> str:
    return (THEME / "booklet" / name).read_text("utf-8")


def _snippet(address: str, title: str) -> str:
    """Return the line that a partner copies."""
    return f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="600" loading="lazy" referrerpolicy="no-referrer"></iframe>'
