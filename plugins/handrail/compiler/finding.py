"""The search as a part of the site: its files, and the find page in place of the plain list."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from handrail.model.guide import Guide
from handrail.output.files import Asset
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.search.build import FOLDER, build
from handrail.search.page import find
from handrail.search.records import GuideRecord
from handrail.views import urls
from handrail.views.urls import destination

MANIFEST = f"{FOLDER}/manifest.json"
"""The file that every search loads first."""


def search(make: Renderer, guides: Iterable[Guide]) -> tuple[Page, list[Asset]]:
    """Return the find page and the files that the browser searches in."""
    records = [
        GuideRecord(guide.id, destination(guide.source, make.directory_urls), guide.title, guide.answer, guide.text, guide.readers, guide.topics, guide.worry)
        for guide in guides
    ]
    built = build(make.directory, records, make.t, directory_urls=make.directory_urls)

    def body(content: str) -> str:
        return make.render("find.html", find=find(make.on(urls.FIND), built, records, Markup(content)))

    page = Page(urls.FIND, make.t("page.find"), make.t("find.without", count=built.count), body, section=urls.FIND)
    return page, [Asset(path, data) for path, data in built.files]
