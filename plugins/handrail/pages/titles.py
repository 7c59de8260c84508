"""Titles tell pages apart: a service and its organization may bear one name, and so may services of two countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from handrail.model.directory import Directory
from handrail.pages.page import Page
from handrail.text.words import Words

_SORTS = {"organizations": "title.organization", "kinds": "title.kind", "audiences": "title.audience"}
"""By folder of the page, the words that name its sort."""


def distinct(pages: Mapping[str, Page], directory: Directory, t: Words) -> dict[str, Page]:
    """Return the pages with titles that say more where several were the same: the sort of page first, then the country."""
    found = dict(pages)
    for source, page in _alike(found):
        sort = _SORTS.get(source.partition("/")[0])
        if sort:
            found[source] = replace(page, title=t(sort, title=page.title))
    for source, page in _alike(found):
        if page.region:
            found[source] = replace(page, title=t("title.place", title=page.title, place=directory.regions[page.region].name))
    return found


def _alike(pages: Mapping[str, Page]) -> list[tuple[str, Page]]:
    counts = Counter(page.title for page in pages.values())
    return [(source, page) for source, page in pages.items() if counts[page.title] > 1]
