"""The directory of a region on paper or in one file, and small pages for other sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count, islice

from markupsafe import Markup as Html

from handrail.model.values import Service
from handrail.text import markdown
from handrail.text.characters import fold
from handrail.views import cards, handover, urls, wording
from handrail.views.context import Context
from handrail.views.lists import PEER_FIRST
from handrail.views.values import BookletEntry, BookletView

FEW = 12
"""Services under one heading of a small page."""


def services(on: Context, region: str, topic: str = "") -> list[tuple[str, list[Service]]]:
    """Return what a region has under its headings: what is there and below, then each wider region; with a topic only what helps with it."""
    directory, t = on.directory, on.t

    def fits(service: Service) -> bool:
        return service.is_open_to_people and (not topic or topic in service.topics)

    groups: dict[str, list[Service]] = {}
    names = {each.id: each.name for each in directory.regions}
    for service, through in directory.reaching(region):
        if fits(service):
            heading = t("region.here" if through.id == region else "region.wider", region=names[through.id])
            groups.setdefault(heading, []).append(service)
    below = [service for service in directory.inside(region) if fits(service)]
    made = [(heading, _useful(members)) for heading, members in groups.items()]
    if below:
        made.insert(1 if made else 0, (t("region.parts", region=names[region]), _useful(below)))
    return made


def booklet(on: Context, region: str, topic: str, updated: date, *, guides: Sequence[tuple[str, str, Html]] = (), made: date | None = None) -> BookletView:
    """Return the booklet of a region, or of a topic in it; with ``made`` it is a pack that tells its age."""
    numbers = count(1)
    groups = [(heading, tuple(entry(service, next(numbers), on) for service in members)) for heading, members in services(on, region, topic)]
    return _book(on, region, topic, updated, groups, guides, made)


def embeds(on: Context, updated: date) -> Iterator[tuple[str, str, BookletView]]:
    """Yield the small pages by region and topic: every region with services, and each of its topics that has a page; a few services under each heading."""
    directory = on.directory
    entries: dict[str, BookletEntry] = {}

    def few(members: list[Service], topic: str) -> tuple[BookletEntry, ...]:
        chosen = islice((service for service in members if not topic or topic in service.topics), FEW)
        return tuple(entries.get(service.id) or entries.setdefault(service.id, entry(service, 0, on)) for service in chosen)

    for region in directory.regions:
        found = services(on, region.id)
        for topic in ("", *directory.topics):
            if found and (not topic or directory.has_own_page(region.id, topic)):
                groups = [(heading, shown) for heading, members in found if (shown := few(members, topic))]
                yield region.id, topic, _book(on, region.id, topic, updated, groups, (), None)


def _book(
    on: Context,
    region: str,
    topic: str,
    updated: date,
    groups: Sequence[tuple[str, tuple[BookletEntry, ...]]],
    guides: Sequence[tuple[str, str, Html]],
    made: date | None,
) -> BookletView:
    directory, t = on.directory, on.t
    name = directory.regions[region].name
    help = directory.crisis_for(region)
    site = directory.site
    return BookletView(
        title=t("both.title", topic=directory.topics[topic].name, region=name) if topic else t("region.title", region=name),
        lead=t("booklet.lead", name=site.name, count=sum(len(entries) for _, entries in groups)),
        date=wording.day(updated, t),
        licence=" · ".join(filter(None, site.data_licence)),
        home=on.base,
        crisis=cards.crisis(help, directory, t, on.to) if help else None,
        groups=tuple(groups),
        guides=tuple(guides),
        language=t.language,
        made=made.isoformat() if made else "",
        limit=directory.limits.crisis,
    )


def entry(service: Service, number: int, on: Context) -> BookletEntry:
    """Return a service with everything that stands on paper."""
    directory, t = on.directory, on.t
    ways = []
    for way in handover.ways(service, directory, t):
        after = ". ".join(filter(None, (way.then, way.hours, way.cost)))
        ways.append((way.heading, f"{way.display}{'. ' if way.display and after else ''}{after}", way.href))
    facts = [
        (t("fact.cost"), t(f"cost.{service.cost.kind}") + (f". {service.cost.note}" if service.cost.note else "") if service.cost else t("facts.not_stated")),
        (t("fact.coverage"), wording.where(service.coverage, directory, t)),
        (t("fact.languages"), wording.languages(service.languages, t)),
        (t("fact.ages"), wording.ages(service.ages, t)),
        (t("fact.note"), service.access.note),
        (t("fact.limits"), service.limits),
    ]
    meetings = tuple(" ".join(filter(None, (meeting.name, handover.meeting_time(meeting, t)))) for meeting in service.meetings)
    organization = directory.organizations[service.organization].name
    topics = [word for topic in service.topics for word in (directory.topics[topic].name, *directory.topics[topic].synonyms)]
    return BookletEntry(
        service.id,
        number,
        service.name,
        service.name_language,
        t(f"kind.{service.kind}"),
        organization if organization != service.name else "",
        markdown.plain(service.description) if service.description else service.summary,
        service.for_whom,
        service.not_for,
        tuple(ways),
        (*filter(None, map(handover.address, service.places)), *meetings),
        tuple((label, words) for label, words in facts if words),
        wording.trust(service.verified, directory.limits.contacts, t).words,
        fold(" ".join((service.name, *service.alternate_names, organization, service.summary, service.for_whom, *topics))),
    )


def embed_path(region: str, topic: str) -> str:
    """Return the file of a small page."""
    return f"embed/{region}/{topic or 'index'}.html"


def page_of(region: str, topic: str) -> str:
    """Return the page of the site that a small page leads to."""
    return urls.region_topic(region, topic) if topic else urls.region(region)


def _useful(members: Iterable[Service]) -> list[Service]:
    return sorted(members, key=lambda service: (service.status != "active", PEER_FIRST.index(service.kind), fold(service.name), service.id))
