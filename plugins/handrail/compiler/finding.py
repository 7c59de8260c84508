"""The search as a part of the site: its files, and the find page in place of the plain list."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from handrail.model.guide import Guide
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.search.build import SearchFiles, build
from handrail.search.page import find
from handrail.search.records import GuideRecord
from handrail.views import urls
from handrail.views.urls import destination


def build_search(make: Renderer, guides: Iterable[Guide]) -> SearchFiles:
    """Return the files that the browser searches in."""
    return build(make.directory, _records(make, guides), make.t, directory_urls=make.directory_urls)


def page(make: Renderer, guides: Iterable[Guide], files: Callable[[], SearchFiles]) -> Page:
    """Return the find page; ``files`` gives the search once it is made."""
    services = sum(service.is_open_to_people for service in make.directory.services.values())

    def body(content: str) -> str:
        return make.render("find.html", find=find(make.on(urls.FIND), files(), _records(make, guides), Markup(content)))

    return Page(urls.FIND, make.t("page.find"), make.t("find.without", count=services), body, section=urls.FIND, is_late=True)


def _records(make: Renderer, guides: Iterable[Guide]) -> list[GuideRecord]:
    return [
        GuideRecord(guide.id, destination(guide.source, make.directory_urls), guide.title, guide.answer, guide.text, guide.readers, guide.topics, guide.worry)
        for guide in guides
    ]
