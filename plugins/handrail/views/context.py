"""What every view maker needs: the directory, the words, and the links from the page that is being made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup as Html

from handrail.model.directory import Directory
from handrail.model.upkeep import Event
from handrail.model.values import Service
from handrail.text.words import Words
from handrail.views import cards, urls
from handrail.views.urls import Urls
from handrail.views.values import CardView, Crumb, Group, Link

MOST_CARDS = 4_000
"""Cards that are kept: lists of one region and its topics follow each other, so that few are made twice."""

LONGEST_LIST = 30
"""Cards in one group of a list; the rest follow as plain links, so that a page stays light on a phone."""
CARDS_ON_A_PAGE = 36
"""Cards in all groups of a page: with the frame around them some 110 KB."""
LINKS_ON_A_PAGE = 200
"""Plain links in all groups of a page; the list from A to Z, and pages of smaller regions, have the others."""


@dataclass(frozen=True, slots=True)
class GuideLink:
    """A guide as other pages name it."""

    source: str
    title: str
    answer: str
    readers: tuple[str, ...]
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The directory as seen from one page."""

    directory: Directory
    t: Words
    to: Urls
    guides: Sequence[GuideLink] = ()
    downloads: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Files that belong to a service: path and words, by its id."""
    base: str = ""
    """The site's own address, ending in a slash; empty when it is not known."""

    drawn: dict[tuple[str, str], CardView] = field(default_factory=dict)
    """Cards that were made already, by service and depth of the page: lists show the same service many times."""
    linked: dict[tuple[str, str], Link] = field(default_factory=dict)
    """Links to services, likewise."""

    written: frozenset[str] = frozenset()
    """Source paths of the pages that authors wrote."""
    history: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    """What happened to each entry, by the id of its service."""

    take: frozenset[str] = frozenset()
    """Booklets, packs and small pages that exist, by page or file."""

    room: dict[str, int] = field(default_factory=lambda: {"cards": CARDS_ON_A_PAGE, "links": LINKS_ON_A_PAGE})
    """How many cards and plain links still fit on the page."""

    def card(self, service: Service) -> CardView:
        """Return a service as a list shows it."""
        key = (service.id, self.to.up)
        made = self.drawn.get(key)
        if made is None:
            if len(self.drawn) >= MOST_CARDS:
                self.drawn.clear()
            made = self.drawn[key] = cards.card(service, self.directory, self.t, self.to)
        return made

    def service_link(self, service: Service, note: str = "") -> Link:
        """Return a link to a service."""
        if note:
            return Link(self.to(urls.service(service.id)), service.name, note, service.name_language)
        key = (service.id, self.to.up)
        made = self.linked.get(key)
        if made is None:
            if len(self.linked) >= MOST_CARDS:
                self.linked.clear()
            made = self.linked[key] = Link(self.to(urls.service(service.id)), service.name, self.t(f"kind.{service.kind}"), service.name_language)
        return made

    def region_link(self, identifier: str, note: str = "") -> Link:
        """Return a link to a region."""
        return Link(self.to(urls.region(identifier)), self.directory.regions[identifier].name, note)

    def topic_link(self, identifier: str, note: str = "") -> Link:
        """Return a link to a topic."""
        return Link(self.to(urls.topic(identifier)), self.directory.topics[identifier].name, note)

    def audience_link(self, identifier: str, note: str = "") -> Link:
        """Return a link to an audience."""
        return Link(self.to(urls.audience(identifier)), self.directory.audiences[identifier].name, note)

    def guide_link(self, guide: GuideLink) -> Link:
        """Return a link to a guide."""
        return Link(self.to(guide.source), guide.title)

    def crumbs(self, *steps: tuple[str, str]) -> tuple[Crumb, ...]:
        """Return the trail: home, then each (source path, text)."""
        return (Crumb(self.to(urls.HOME), self.t("page.home")), *(Crumb(self.to(source), text) for source, text in steps))

    def group(self, identifier: str, title: str, services: Sequence[Service], note: str = "", more: Link | None = None) -> Group:
        """Return services under a heading: cards, plain links where there are many, and the way to all of them where there are too many."""
        first = min(LONGEST_LIST, self.room["cards"], len(services))
        links = min(self.room["links"], len(services) - first)
        self.room["cards"] -= first
        self.room["links"] -= links
        if first + links < len(services) and more is None:
            more = Link(self.to(urls.ALL), self.t("page.services"))
        shown = tuple(self.card(service) for service in services[:first])
        return Group(identifier, title, note, shown, tuple(self.service_link(service) for service in services[first:first + links]), more)


NOTHING = Html("")
