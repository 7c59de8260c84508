"""Pages about the directory itself: what is missing, how it stands, and where an old address leads now."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.model.upkeep import Gaps, Health
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.views import upkeep, urls


def pages(make: Renderer, gaps: Callable[[], Gaps], health: Callable[[], Health]) -> Iterator[Page]:
    """Yield the page of gaps, the health page, and one page for every id that moved."""
    t = make.t

    def gaps_body(_: str) -> str:
        return make.render("gaps.html", gaps=upkeep.gaps(gaps(), make.on(upkeep.GAPS)))

    def health_body(_: str) -> str:
        return make.render("health.html", health=upkeep.health(health(), make.on(upkeep.HEALTH)))

    yield Page(upkeep.GAPS, t("gaps.title"), t("gaps.lead"), gaps_body, section=upkeep.ABOUT)
    yield Page(upkeep.HEALTH, t("health.title"), t("health.lead"), health_body, section=upkeep.ABOUT, is_late=True)
    for old, new in sorted(make.directory.moved.items()):
        yield _moved(old, new, make)


def _moved(old: str, new: str, make: Renderer) -> Page:
    source = urls.service(old)

    def body(_: str) -> str:
        return make.render("moved.html", moved=upkeep.moved(old, new, make.on(source)))

    service = make.directory.services[new]
    country = make.directory.common_country(service)
    return Page(source, make.t("moved.title"), make.t("moved.description", name=service.name), body, country.id if country else "", urls.FIND,
                refresh=urls.service(new))


class Alerts:
    """The alerts of every page, as HTML."""

    def __init__(self, make: Renderer) -> None:
        self._make = make
        self._by_page = upkeep.alerts_by_page(make.directory)

    def __call__(self, source: str, root: str = "") -> str:
        """Return the alerts of a page; empty when it has none."""
        listed = [*self._by_page.get("", ()), *self._by_page.get(source, ())]
        if not listed:
            return ""
        return self._make.macro("alert/alert.html", "alerts", upkeep.alerts(listed, self._make.on(source, root)))
