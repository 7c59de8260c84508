"""Pages that list services: organizations, regions, topics, kinds, and everything from A to Z."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from handrail.model.region import Region
from handrail.model.values import Organization, Service
from handrail.text import markdown, web
from handrail.views import alphabet, take, urls
from handrail.views.alphabet import Alphabet, Entry, Part
from handrail.views.context import NOTHING, Context
from handrail.views.service import source_view
from handrail.views.values import (
    Empty,
    Fact,
    Group,
    Letter,
    Link,
    ListView,
    OrganizationView,
    PartLink,
    PartView,
    RegionTopicView,
    RegionView,
    TopicView,
)

FEW_WIDER = 8
"""Services of a wider region that a page of a topic names; the page of the wider region has them all."""


def organization(value: Organization, on: Context) -> OrganizationView:
    """Return the page of an organization."""
    t, directory = on.t, on.directory
    services = directory.of_organization(value.id)
    edit = urls.suggest(directory.site.repository, value.id, "", value.written, on.to)
    shown = urls.view_line(directory.site.repository, value.written)
    return OrganizationView(
        crumbs=on.crumbs((urls.FIND, t("page.find")), (urls.ORGANIZATIONS, t("page.organizations"))), name=value.name, name_language=value.name_language,
        alternate_names=value.alternate_names, kind=t(f"organization-kind.{value.kind}"),
        partner=t("service.partner_since", year=value.partner_since.year) if value.partner_since else "",
        description=markdown.render(value.description) if value.description else NOTHING,
        website=Link(value.website, web.host(value.website)) if value.website else None,
        facts=tuple(Fact(t("fact.register", scheme=scheme), number) for scheme, number in value.identifiers),
        regions=tuple(on.region_link(region) for region in value.regions),
        services=tuple(on.card(service) for service in services if service.is_open_to_people and service.status == "active"),
        other=tuple(on.card(service) for service in services if service.status != "active"),
        sources=tuple(source_view(number, source, t) for number, source in enumerate(value.sources, 1)),
        corrections=value.corrections, suggest=Link(edit, t("mend.suggest")) if edit else None,
        line=Link(shown, t("mend.line")) if shown and shown != edit else None,
        wrong=Link(urls.report(directory.site.corrections, value.corrections, value.id, value.name), t("mend.wrong")),
    )


def region(value: Region, on: Context) -> RegionView:
    """Return a region: its own services first, then wider ones, each under its own heading."""
    t, directory = on.t, on.directory
    reaching = [(service, through) for service, through in directory.reaching(value.id) if service.is_open_to_people]
    groups = []
    for step in (value, *directory.regions.above(value.id)):
        services = on.directory.by_use([service for service, through in reaching if through.id == step.id])
        if services:
            groups.append(on.group(step.id, _in(step, value, on), services))
    inside = [service for service in directory.inside(value.id) if service.is_open_to_people]
    if inside:
        parts = on.group(f"inside-{value.id}", t("region.parts", region=value.name), on.directory.by_use(inside), t("region.parts_note"))
        groups.insert(1 if groups and groups[0].id == value.id else 0, parts)
    topics = [(topic, sum(topic in service.topics for service, _ in reaching)) for topic in directory.topics]
    above = directory.regions.above(value.id)
    near = directory.regions.children(above[0].id) if above else []
    return RegionView(
        crumbs=on.crumbs((urls.REGIONS, t("page.regions")), *((urls.region(each.id), each.name) for each in reversed(above))),
        title=t("region.title", region=value.name), lead=value.note or t("region.lead", count=len(reaching), region=value.name),
        find=Link(on.to(urls.FIND, f"r={value.id}"), t("region.find", region=value.name)), groups=tuple(groups),
        topics=tuple(_region_topic_link(value.id, topic, count, on) for topic, count in topics if count),
        inside=tuple(on.region_link(each.id) for each in directory.regions.children(value.id)),
        nearby=tuple(on.region_link(each.id) for each in near if each.id != value.id) if not value.is_country else (),
        empty=_empty(value, on) if not groups else None, help_href=on.to(urls.HELP_NOW), take=along(value.id, on),
    )


def region_topic(value: Region, topic_id: str, on: Context) -> RegionTopicView:
    """Return a topic in a region: what is there, then wider services in short."""
    t, directory = on.t, on.directory
    topic = directory.topics[topic_id]
    found = directory.about(value.id, topic_id)
    groups = [on.group(value.id, t("region.here", region=value.name), here)] if (here := found.through.get(value.id)) else []
    if found.inside:
        groups.append(on.group(f"inside-{value.id}", t("region.parts", region=value.name), found.inside, t("region.parts_note")))
    for step in directory.regions.above(value.id):
        if wider := found.through.get(step.id):
            more = on.to(urls.region_topic(step.id, topic_id))
            groups.append(Group(step.id, _in(step, value, on), "", (), tuple(on.service_link(service) for service in wider[:FEW_WIDER]),
                                Link(more, t("region.wider_all", count=len(wider), region=step.name)) if len(wider) > FEW_WIDER else None))
    return RegionTopicView(
        crumbs=on.crumbs((urls.REGIONS, t("page.regions")), (urls.region(value.id), value.name)),
        title=t("both.title", topic=topic.name, region=value.name), lead=topic.description, region=on.region_link(value.id), topic=on.topic_link(topic_id),
        groups=tuple(groups), guides=_guides(on, topic=topic_id),
        inside=tuple(_region_topic_link(each.id, topic_id, None, on)
                     for each in directory.regions.children(value.id) if directory.has_own_page(each.id, topic_id)),
        empty=None if groups else _empty(value, on), help_href=on.to(urls.HELP_NOW),
        take=_there([(take.embed(value.id, topic_id), t("take.embed"), "")], on),
    )


def topic(topic_id: str, on: Context) -> TopicView:
    """Return a topic with its services by country."""
    t, directory = on.t, on.directory
    value = directory.topics[topic_id]
    services = [service for service in directory.of_topic(topic_id) if service.is_open_to_people]
    related = [other for other in directory.topics if other != topic_id and sum(other in service.topics for service in services) > 1]
    related.sort(key=lambda other: -sum(other in service.topics for service in services))
    return TopicView(
        crumbs=on.crumbs((urls.TOPICS, t("page.topics"))), title=value.name, lead=value.description, content_note="",
        guides=_guides(on, topic=topic_id),
        regions=tuple(_region_topic_link(each.id, topic_id, None, on) for each in directory.regions if directory.has_own_page(each.id, topic_id)),
        groups=_by_country(services, on), related=tuple(on.topic_link(other) for other in related[:6]),
        empty=None if services else Empty(t("empty.title"), t("empty.text"), (Link(on.to(urls.FIND), t("page.find")),)), help_href=on.to(urls.HELP_NOW),
        take=_there([(take.topic_booklet(topic_id), t("take.booklet", name=value.name), t("take.booklet-note"))], on),
    )


def along(region_id: str, on: Context) -> tuple[Link, ...]:
    """Return what can be taken along of a region: booklet and pack of the nearest region that has them, and its own small page."""
    t, tree = on.t, on.directory.regions
    found = []
    for kind, path in (("booklet", take.booklet), ("pack", take.pack)):
        nearest = next((each for each in (tree[region_id], *tree.above(region_id)) if path(each.id) in on.take), None)
        found += [(path(nearest.id), t(f"take.{kind}", name=nearest.name), t(f"take.{kind}-note"))] if nearest else []
    return _there([*found, (take.embed(region_id), t("take.embed"), "")], on)


def _there(links: Iterable[tuple[str, str, str]], on: Context) -> tuple[Link, ...]:
    return tuple(Link(on.to(path), text, note) for path, text, note in links if path in on.take)


def kind(identifier: str, on: Context) -> TopicView:
    """Return a kind of service with its services by country."""
    services = [service for service in on.directory.of_kind(identifier) if service.is_open_to_people]
    return _simple(on.t(f"kind-plural.{identifier}"), on.t(f"kind-lead.{identifier}"), services, _guides(on, kind=identifier), on)


def audience(identifier: str, on: Context) -> TopicView:
    """Return an audience with its services by country."""
    value = on.directory.audiences[identifier]
    services = [service for service in on.directory.services.values() if identifier in service.audiences and service.is_open_to_people]
    return _simple(value.name, value.description, services, (), on)


def a_to_z(title: str, lead: str, listed: Alphabet, index: str, on: Context, *, parent: tuple[str, str] | None = None, search: bool = False) -> ListView:
    """Return a list by first letters; of one that is too long for a page the ways to its parts, which stand beside the page ``index``."""
    crumbs = on.crumbs(*([parent] if parent else []))
    if listed.is_long:
        return ListView(crumbs, title, lead, (), search, tuple(_letter_link(each, index, on, counted=True) for each in listed.letters))
    return ListView(crumbs, title, lead, _letters(listed.by_letter(), on), search)


def a_part(title: str, listed: Alphabet, number: int, index: str, on: Context) -> ListView:
    """Return a part of a list that is too long for one page, by its number from 0."""
    parts = listed.parts
    part = parts[number]
    letter = next(each for each in listed.letters if part in each.parts)
    whole = _letter_link(letter, index, on)
    whole.current = "page" if part is letter.parts[0] else "true"
    for link, each in zip(whole.parts, letter.parts, strict=False):
        link.current = "page" if each is part else ""
    row = listed.letters if len(listed.letters) <= alphabet.MOST_LETTERS else ()
    beside = [_part_link(parts[at], index, on) if 0 <= at < len(parts) else None for at in (number, number - 1, number + 1)]
    return ListView(
        crumbs=on.crumbs((urls.FIND, on.t("page.find")), (index, title)), title=title, lead=on.t("list.names", count=len(part.entries)),
        letters=_letters(Alphabet(part.entries).by_letter(), on), ways=tuple(whole if each is letter else _letter_link(each, index, on) for each in row),
        part=PartView(_part_link(part, index, on), whole, *beside[1:]),
    )


def _letters(rows: Iterable[tuple[str, tuple[Entry, ...]]], on: Context) -> tuple[Letter, ...]:
    return tuple(Letter(alphabet.anchor(letter), letter, tuple(Link(on.to(each.target), each.text, each.note, each.language) for each in entries))
                 for letter, entries in rows)


def _letter_link(letter: alphabet.Letter, index: str, on: Context, *, counted: bool = False) -> PartLink:
    parts = tuple(_part_link(each, index, on, counted=counted) for each in letter.parts)
    note = str(sum(len(each.entries) for each in letter.parts)) if counted else ""
    return PartLink(parts[0].href, *letter.span, note, parts=parts if len(parts) > 1 else ())


def _part_link(part: Part, index: str, on: Context, *, counted: bool = False) -> PartLink:
    return PartLink(on.to(urls.part(index, part.name)), *part.span, str(len(part.entries)) if counted else "")


def _simple(title: str, lead: str, services: Sequence[Service], guides: tuple[Link, ...], on: Context) -> TopicView:
    empty = None if services else Empty(on.t("empty.title"), on.t("empty.text"), (Link(on.to(urls.FIND), on.t("page.find")),))
    return TopicView(on.crumbs((urls.FIND, on.t("page.find"))), title, lead, "", guides, (), _by_country(services, on), (), empty, on.to(urls.HELP_NOW))


def _by_country(services: Sequence[Service], on: Context) -> tuple[Group, ...]:
    tree = on.directory.regions
    groups: dict[str, list[Service]] = {}
    for service in services:
        countries = dict.fromkeys(country.id if (country := tree.country(region)) else region for region in service.coverage.regions)
        for identifier in countries:
            groups.setdefault(identifier, []).append(service)
    ordered = sorted(groups.items(), key=lambda pair: (not tree[pair[0]].is_country, unicodedata.normalize("NFKD", tree[pair[0]].name)))
    return tuple(on.group(country, tree[country].name, on.directory.by_use(members)) for country, members in ordered)


def _in(step: Region, page: Region, on: Context) -> str:
    if step.id == page.id:
        return on.t("region.here", region=step.name)
    return on.t("region.wider", region=page.name, wider=step.name)


def _region_topic_link(region_id: str, topic_id: str, count: int | None, on: Context) -> Link:
    """Return the link to a topic in a region, or in the nearest region above that has a page of it, else to the topic."""
    directory = on.directory
    note = "" if count is None else on.t("count.services", count=count)
    text = directory.topics[topic_id].name if count is not None else directory.regions[region_id].name
    for each in (region_id, *(above.id for above in directory.regions.above(region_id))):
        if directory.has_own_page(each, topic_id):
            return Link(on.to(urls.region_topic(each, topic_id)), text, note)
    return Link(on.to(urls.topic(topic_id)), text, note)


def _empty(value: Region, on: Context) -> Empty:
    steps: list[Link] = []
    for above in on.directory.regions.above(value.id):
        count = len(on.directory.reaching(above.id))
        steps.append(on.region_link(above.id, on.t("count.services", count=count)))
    return Empty(on.t("empty.region", region=value.name), on.t("empty.text"), tuple(steps))


def _guides(on: Context, *, topic: str = "", kind: str = "") -> tuple[Link, ...]:
    fits: Callable[..., bool] = (lambda guide: topic in guide.topics) if topic else (lambda guide: kind in guide.kinds)
    return tuple(on.guide_link(guide) for guide in on.guides if fits(guide))[:8]
