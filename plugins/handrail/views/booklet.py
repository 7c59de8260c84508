"""The directory of a region or a topic on paper or in one file, and small pages for other sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from markupsafe import Markup as Html

from handrail.model.directory import Directory
from handrail.model.values import CrisisHelp, Service
from handrail.text import markdown, phone
from handrail.text.characters import fold
from handrail.views import cards, handover, take, urls, wording
from handrail.views.context import Context
from handrail.views.values import BookletEntry, BookletView, EmbedLine, EmbedView

FEW = 12
"""Services under one heading of a small page."""
Groups = list[tuple[str, Sequence[Service]]]


def services(on: Context, region: str, topic: str = "") -> Groups:
    """Return what a region has under its headings: what is there and below, then each wider region; with a topic only what helps with it."""
    directory, t = on.directory, on.t
    name = directory.regions[region].name
    found = directory.about(region, topic)
    made: Groups = [(t("region.here", region=name), here)] if (here := found.through.get(region)) else []
    if found.inside:
        made.append((t("region.parts", region=name), found.inside))
    wider: dict[str, Sequence[Service]] = {}
    for step in directory.regions.above(region):
        if members := found.through.get(step.id):
            heading = t("region.wider", region=name, wider=step.name)
            wider[heading] = directory.by_use((*wider[heading], *members)) if heading in wider else members  # a state may be called like its country
    return [*made, *wider.items()]


def of_topic(on: Context, topic: str) -> Groups:
    """Return what helps with a topic, each service once, under its country, or under the wider region that it names itself."""
    tree = on.directory.regions
    groups: dict[str, list[Service]] = {}
    for service in on.directory.of_topic(topic):
        if service.is_open_to_people:
            region = service.coverage.regions[0]
            groups.setdefault((tree.country(region) or tree[region]).id, []).append(service)
    order = sorted(groups, key=lambda identifier: (not tree[identifier].is_country, fold(tree[identifier].name)))
    return [(tree[identifier].name, on.directory.by_use(groups[identifier])) for identifier in order]


def booklet(
    on: Context,
    region: str,
    topic: str,
    updated: date,
    *,
    guides: Sequence[tuple[str, str, Html]] = (),
    as_of: date | None = None,
    pages: Mapping[str, int] | None = None,
) -> BookletView:
    """Return the booklet of a region, of a topic, or of a topic in a region; with ``as_of`` it is a pack that tells its age."""
    found = services(on, region, topic) if region else of_topic(on, topic)
    numbers = count(1)
    groups = [(heading, tuple(entry(service, next(numbers), on) for service in members)) for heading, members in found]
    return _book(on, region, topic, updated, groups, guides, as_of, pages)


def embeds(on: Context) -> Iterator[tuple[str, str]]:
    """Yield region and topic of each small page."""
    for region in on.directory.regions:
        yield from ((region.id, topic) for topic in ("", *on.directory.topics) if take.embed(region.id, topic) in on.take)


def embedded(region: str, topic: str, on: Context) -> Groups:
    """Return what a small page shows: a few services under each heading."""
    return [(heading, members[:FEW]) for heading, members in services(on, region, topic)]


def embed_line(service: Service, on: Context) -> EmbedLine:
    """Return a service as a line of a small page, with the quickest way to reach it."""
    quickest = handover.quickest(service, on.directory, on.t)
    way = _way(quickest) if quickest else ("", "", "")
    return EmbedLine(service.name, service.name_language, on.t(f"kind.{service.kind}"), *way, external=way[2].startswith("http"))


def embed(region: str, topic: str, groups: Sequence[tuple[str, tuple[Html, ...]]], updated: date, on: Context) -> EmbedView:
    """Return a small page, whose lines are drawn already: the same service stands on many."""
    site, help = on.directory.site, on.directory.crisis_for(region)
    return EmbedView(
        title(on, region, topic),
        help.emergency.name if help else "",
        help.emergency.value if help else "",
        phone.tel(help.emergency.value) if help else "",
        tuple(groups),
        wording.day(updated, on.t),
        on.t("data.credit", name=site.name, date=updated.isoformat()),
        " · ".join(filter(None, site.data_licence)),
    )


def _way(way: handover.Way) -> tuple[str, str, str]:
    """Return heading, words and link of a way."""
    after = ". ".join(filter(None, (way.then, way.hours, way.cost)))
    return way.heading, f"{way.display}{'. ' if way.display and after else ''}{after}", way.href


def _book(
    on: Context,
    region: str,
    topic: str,
    updated: date,
    groups: Sequence[tuple[str, tuple[BookletEntry, ...]]],
    guides: Sequence[tuple[str, str, Html]] = (),
    as_of: date | None = None,
    pages: Mapping[str, int] | None = None,
) -> BookletView:
    directory, t, site = on.directory, on.t, on.directory.site
    own: CrisisHelp | None = directory.crisis_for(region) if region else None
    every = [own] if own else list(directory.crisis.values()) if not region else []
    return BookletView(
        title=title(on, region, topic),
        lead=t("booklet.lead", name=site.name, count=sum(len(entries) for _, entries in groups)),
        date=wording.day(updated, t),
        licence=" · ".join(filter(None, site.data_licence)),
        credit=t("data.credit", name=site.name, date=updated.isoformat()),
        home=on.base,
        crisis=tuple(cards.crisis(help, directory, t, on.to) for help in every),
        groups=tuple(groups),
        guides=tuple(guides),
        language=t.language,
        as_of=as_of.isoformat() if as_of else "",
        limit=directory.limits.crisis,
        pages=pages or {},
    )


def title(on: Context, region: str, topic: str) -> str:
    """Return the title of a booklet, a pack or a small page."""
    directory, t = on.directory, on.t
    if not region:
        return directory.topics[topic].name
    name = directory.regions[region].name
    return t("both.title", topic=directory.topics[topic].name, region=name) if topic else t("region.title", region=name)


def entry(service: Service, number: int, on: Context) -> BookletEntry:
    """Return a service with everything that stands on paper."""
    directory, t = on.directory, on.t
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
        f"entry-{service.id}",
        number,
        service.name,
        service.name_language,
        t(f"kind.{service.kind}"),
        organization if organization != service.name else "",
        markdown.plain(service.description) if service.description else service.summary,
        service.for_whom,
        service.not_for,
        tuple(map(_way, handover.ways(service, directory, t))),
        (*filter(None, map(handover.address, service.places)), *meetings),
        tuple((label, words) for label, words in facts if words),
        wording.trust(service.verified, directory.limits.contacts, t).words,
        fold(" ".join((*service.alternate_names, organization, service.summary, *topics))),
    )


def crisis_day(directory: Directory, region: str, updated: date) -> date:
    """Return the day to which the crisis numbers of a region go back: of its lines the one that was confirmed, changed or added longest ago."""
    help = directory.crisis_for(region)
    lines = [directory.services[each] for each in help.lines if each in directory.services] if help else []
    days = [max(filter(None, (line.added, line.changed, line.verified.date if line.verified else None)), default=None) for line in lines]
    return min((day for day in days if day), default=updated)


def page_of(region: str, topic: str) -> str:
    """Return the page of the site that a small page leads to."""
    return urls.region_topic(region, topic) if topic else urls.region(region)
