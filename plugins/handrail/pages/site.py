"""Every page that the directory makes, and the rules which of them exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from handrail.model.directory import Directory
from handrail.model.upkeep import Event
from handrail.model.values import Service
from handrail.output.store import digest
from handrail.pages.environment import templates
from handrail.pages.page import Page
from handrail.text.words import Words
from handrail.views import cards, front, lists, urls
from handrail.views import service as service_views
from handrail.views.alphabet import Alphabet, Entry, Part
from handrail.views.context import Context, GuideLink
from handrail.views.urls import Urls
from handrail.views.values import CardView, Link, ListView


@dataclass(frozen=True)
class Renderer:
    """Makes bodies of pages from the directory."""

    directory: Directory
    t: Words
    directory_urls: bool = True
    guides: Sequence[GuideLink] = ()
    landing: Mapping[str, str] = field(default_factory=dict)
    """Page of each kind of reader."""
    downloads: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    """Source paths of the pages that authors wrote."""
    drawn: dict[tuple[str, str], CardView] = field(default_factory=dict)
    """Cards that were made already."""
    linked: dict[tuple[str, str], Link] = field(default_factory=dict)
    """Links to services that were made already."""
    base: str = ""
    """The site's own address, ending in a slash; empty when it is not known."""
    history: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    """What happened to each entry, by the id of its service."""
    take: frozenset[str] = frozenset()
    """Booklets, packs and small pages that exist, by page or file."""

    @property
    def guides_index(self) -> str:
        """Source path of the page that lists the guides; empty when there are none."""
        return urls.GUIDES if self.guides or urls.GUIDES in self.written else ""

    def on(self, source: str, root: str = "") -> Context:
        """Return the context of a page; ``root`` for ``404.html``, whose links start at the root of the host."""
        return Context(self.directory, self.t, Urls.of(source, self.directory_urls, root), self.guides, self.downloads, self.base, self.drawn,
                       self.linked, self.written, self.history, self.take)

    def render(self, template: str, **values: Any) -> str:
        """Return a page template as HTML."""
        return templates(self.t).render(template, **values)

    def macro(self, template: str, name: str, *values: Any) -> str:
        """Return one component as HTML."""
        return templates(self.t).macro(template, name, *values)

    def strip(self, source: str, region: str, root: str = "") -> str:
        """Return the crisis strip of a page."""
        to = Urls.of(source, self.directory_urls, root)
        return self.macro("crisis-strip/crisis-strip.html", "strip", cards.strip(region or None, self.directory, self.t, to))

    def leave(self, source: str, root: str = "") -> str:
        """Return the "leave this page" link of a page."""
        to = Urls.of(source, self.directory_urls, root)
        return self.macro("leave-page/leave-page.html", "leave", self.directory.site.leave_to, to(urls.PRIVACY, "leave"))


def pages(make: Renderer) -> Iterator[Page]:
    """Yield every page; those of an author's file wrap what the author wrote."""
    directory = make.directory
    services = Alphabet(_services(directory, make.t))
    yield from _front(make, services)
    for service in directory.services.values():
        yield _service(service, make)
    yield from _lists(make)
    yield from _indexes(make, services)


def _front(make: Renderer, services: Alphabet) -> Iterator[Page]:
    t, site = make.t, make.directory.site

    def home(content: str) -> str:
        on = make.on(urls.HOME)
        return make.render("home.html", home=front.home(on, dict(make.landing), make.guides_index, Markup(content)))

    def help_now(content: str) -> str:
        return make.render("help-now.html", help=front.help_now(make.on(urls.HELP_NOW), Markup(content)))

    yield Page(urls.HOME, site.name, site.description, home)
    yield Page(urls.HELP_NOW, t("help.title"), t("help.lead"), help_now, section=urls.HELP_NOW)
    yield replace(_index(urls.FIND, "services", services, make, urls.ALL), title=t("page.find"))


def _service(service: Service, make: Renderer) -> Page:
    source = urls.service(service.id)

    def body(content: str) -> str:
        on = make.on(source)
        if service.is_open_to_people:
            return make.render("service.html", service=service_views.view(service, on))
        return make.render("closed.html", closed=service_views.closed(service, on))

    def key() -> str:
        directory = make.directory
        instead = (directory.services[other] for other in service.use_instead if other in directory.services)
        return f"{directory.print_of((service, *instead))}{make.history.get(service.id, ())}"

    country = make.directory.common_country(service)
    days = (service.added, service.changed, service.status_since, service.verified.date if service.verified else None)
    return Page(source, service.name, service.summary, body, country.id if country else "", urls.FIND, service.written, key=key,
                changed=max(filter(None, days), default=None))


def _lists(make: Renderer) -> Iterator[Page]:
    directory, t = make.directory, make.t

    def page(source: str, title: str, description: str, template: str, name: str, view: Any, region: str = "", key: Callable[[], str] | None = None) -> Page:
        def body(content: str) -> str:
            return make.render(template, **{name: view(make.on(source))})

        return Page(source, title, description, body, region, urls.FIND, key=key)

    for organization in directory.organizations.values():
        if directory.of_organization(organization.id):
            countries = {directory.common_country(service) for service in directory.of_organization(organization.id)}
            country = countries.pop() if len(countries) == 1 else None
            description = t("organization.description", name=organization.name)
            made = page(urls.organization(organization.id), organization.name, description, "organization.html", "organization",
                        lambda on, value=organization: lists.organization(value, on), country.id if country else "",
                        partial(directory.print_of, directory.of_organization(organization.id)))
            yield replace(made, written=organization.written)
    for region in directory.regions:
        crisis_region = region.id if directory.crisis_for(region.id) else ""
        title = t("region.title", region=region.name)
        key = partial(directory.print_around, region.id)
        yield page(urls.region(region.id), title, t("region.description", region=region.name), "region.html", "region",
                   lambda on, value=region: lists.region(value, on), crisis_region, key)
        for topic in directory.topics.values():
            if directory.has_own_page(region.id, topic.id):
                title = t("both.title", topic=topic.name, region=region.name)
                description = t("both.description", topic=topic.name, region=region.name)
                yield page(urls.region_topic(region.id, topic.id), title, description, "region-topic.html", "both",
                           lambda on, value=region, each=topic.id: lists.region_topic(value, each, on), crisis_region, key)
    for topic in directory.topics.values():
        yield page(urls.topic(topic.id), topic.name, topic.description, "topic.html", "topic", lambda on, each=topic.id: lists.topic(each, on))
    for kind in dict.fromkeys(service.kind for service in directory.services.values()):
        yield page(urls.kind(kind), t(f"kind-plural.{kind}"), t(f"kind-lead.{kind}"), "topic.html", "topic", lambda on, each=kind: lists.kind(each, on))
    named = {audience for service in directory.services.values() for audience in service.audiences}
    for audience in directory.audiences.values():
        if audience.id in named:
            yield page(urls.audience(audience.id), audience.name, audience.description, "topic.html", "topic",
                       lambda on, each=audience.id: lists.audience(each, on))


def _indexes(make: Renderer, services: Alphabet) -> Iterator[Page]:
    for source, name, listed in (
        (urls.ALL, "services", services), (urls.ORGANIZATIONS, "organizations", Alphabet(_organizations(make.directory))),
        (urls.REGIONS, "regions", Alphabet(_regions(make.directory))), (urls.TOPICS, "topics", Alphabet(_topics(make.directory))),
    ):
        yield _index(source, name, listed, make, source)
        for number, part in enumerate(listed.parts if listed.is_long else ()):
            yield _part(number, part, name, listed, make, source)


def _index(source: str, name: str, listed: Alphabet, make: Renderer, index: str) -> Page:
    """Return a list from A to Z; parts of a long one stand beside the page ``index``."""
    t = make.t

    def body(content: str) -> str:
        trail = None if source == urls.FIND else (urls.FIND, t("page.find"))
        return make.render("list.html", listing=lists.a_to_z(t(f"list.{name}"), t(f"list.{name}-lead"), listed, index, make.on(source), parent=trail))

    return Page(source, t(f"list.{name}"), t(f"list.{name}-lead"), body, section=urls.FIND)


def _part(number: int, part: Part, name: str, listed: Alphabet, make: Renderer, index: str) -> Page:
    """Return a part of a long list."""
    t, source, title = make.t, urls.part(index, part.name), make.t(f"list.{name}")
    span = t("list.span", first=part.span.first, last=part.span.last) if part.span.last else part.span.first

    def view() -> ListView:
        return lists.a_part(title, listed, number, index, make.on(source))

    def body(content: str) -> str:
        return make.render("list.html", listing=view())

    return Page(source, t("list.part", title=title, part=span), t("list.part-lead", part=span), body, section=urls.FIND,
                key=lambda: digest(repr(view()).encode()))


def _services(directory: Directory, t: Words) -> Iterator[Entry]:
    for service in directory.services.values():
        if service.is_open_to_people:
            target = urls.service(service.id)
            yield Entry(service.name, target, t(f"kind.{service.kind}"), service.name_language)
            for name in service.alternate_names:
                yield Entry(name, target, t("list.see", name=service.name), service.name_language)


def _organizations(directory: Directory) -> Iterator[Entry]:
    for each in directory.organizations.values():
        if directory.of_organization(each.id):
            yield Entry(each.name, urls.organization(each.id), "", each.name_language)


def _regions(directory: Directory) -> Iterator[Entry]:
    tree = directory.regions
    for region in tree:
        yield Entry(region.name, urls.region(region.id), region.kind if region.is_country else ", ".join(each.name for each in tree.above(region.id)[:1]))


def _topics(directory: Directory) -> Iterator[Entry]:
    return (Entry(topic.name, urls.topic(topic.id)) for topic in directory.topics.values())
