"""Everything that can be found, in the order of its numbers: services region by region, then organizations, then guides.

The order makes the region's column nearly free and lets neighbours on the page be neighbours in a file of cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.model.directory import Directory
from handrail.model.freshness import freshness
from handrail.model.values import Channel, Organization, Service, Stated
from handrail.search.index import Document
from handrail.search.records import GuideRecord
from handrail.search.regions import in_tree_order
from handrail.text import phone
from handrail.text.words import Words
from handrail.views import cards, hours, urls
from handrail.views.urls import Urls

BOOSTS = {"name": 12, "other": 10, "number": 10, "topic": 4, "said": 2, "kind": 3, "who": 3, "place": 3, "run": 2, "summary": 3, "body": 1}
"""Fields of the index, each with how much a word in it counts."""

COLUMNS = (
    "topic", "audience", "kind", "language", "cost", "channel", "age", "referral", "id", "insurance", "verified", "model", "hours",
    "crisis", "general",
)
"""Columns: one file each. The regions have a file of their own kind."""

UNKNOWN = "?"
"""Hours of a channel on which somebody answers, but nobody says when."""

ORGANIZATION_BOOST, GUIDE_BOOST = 0.5, 0.8


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    card: Mapping[str, Any]
    """What its card shows, in short keys; texts only."""
    stated: Mapping[str, Sequence[str]]
    """By column, what it states; nothing where it is silent."""
    until: str = ""
    """The day after which it stands lower, because its contacts were not confirmed since; empty when it never does."""


Found = tuple[Document, Entry]
"""The words by which something is found, and the thing: apart, because nobody needs the words once they are counted."""


def entries(directory: Directory, guides: Iterable[GuideRecord], t: Words, to: Urls) -> Iterator[Found]:
    """Yield the entries in the order of their numbers."""
    place = {region.id: number for number, region in enumerate(in_tree_order(directory.regions))}
    services = [service for service in directory.services.values() if service.is_open_to_people]
    for service in sorted(services, key=lambda each: (place[each.coverage.regions[0]], each.id)):
        yield _service(service, directory, t, to)
    for organization in directory.organizations.values():
        if directory.of_organization(organization.id):
            yield _organization(organization, t, to)
    for guide in guides:
        yield _guide(guide, directory, t)


TOKENS = ("hrtopic", "hrkind", "hrwho")
"""What made words begin with; no suggestion shows them."""


def token(prefix: str, identifier: str) -> str:
    """Return the word by which an entry of a topic, audience or kind is found, whatever it calls it: ``hrtopicselfharm``."""
    return prefix + identifier.replace("-", "")


def _service(service: Service, directory: Directory, t: Words, to: Urls) -> Found:
    topics = [directory.topics[each] for each in service.topics]
    audiences = [directory.audiences[each] for each in service.audiences]
    regions = [directory.regions[each] for each in service.coverage.regions]
    models = service.mentoring.models if service.mentoring else ()
    # What is not shown on the page must not be found either.
    towns = [place.locality for place in service.places if place.visibility == "full"]
    texts = {
        "name": service.name,
        "other": " . ".join(service.alternate_names),
        "number": " ".join(_number_words(service.channels)),
        "topic": " . ".join(word for each in topics for word in (token("hrtopic", each.id), each.name)),
        "said": " . ".join([*(word for each in topics for word in each.synonyms), *(word for each in audiences for word in each.synonyms)]),
        "kind": " . ".join((token("hrkind", service.kind), t(f"kind.{service.kind}"), *(t(f"model.{model}") for model in models), *_ways(service, t))),
        "who": " . ".join(word for each in audiences for word in (token("hrwho", each.id), each.name)),
        "place": " . ".join([*(name for each in regions for name in (each.name, *each.alternate_names)), *towns]),
        "run": directory.organizations[service.organization].name,
        "summary": f"{service.summary} {service.for_whom}",
        "body": " ".join((service.description, *(text for channel in service.channels for text in (channel.label, channel.answered_by, channel.note)))),
    }
    fresh = freshness(service, directory.limits)
    until = fresh.until.isoformat() if fresh.until and fresh.sinks else ""
    return Document(texts), Entry(_service_card(service, directory, t, to), _stated(service), until)


COMMON_WAYS = ("phone", "web")
"""Nearly every service has one of these, so that the word finds none."""


def _ways(service: Service, t: Words) -> Iterator[str]:
    yield from dict.fromkeys(t(f"channel.{channel.type}") for channel in service.channels if channel.type not in COMMON_WAYS)


def _number_words(channels: Iterable[Channel]) -> Iterator[str]:
    for channel in channels:
        digits = phone.digits(channel.value)
        if digits and not phone.problem(channel.value):
            yield digits
            # A number in its international form is also looked for as it is dialled at home.
            if channel.value.startswith("+") and len(digits) > 9:
                yield "0" + digits[2:]
            if len(digits) == 11 and digits.startswith("1"):
                yield digits[1:]
        yield from (channel.keyword, channel.vanity)


def _stated(service: Service) -> dict[str, Sequence[str]]:
    cost = [service.cost.kind] if service.cost else []
    ages = service.ages if service.ages and (service.ages.min, service.ages.max) != (None, None) else None
    dates = [each.date.isoformat() for each in (service.verified, *(channel.verified for channel in service.channels)) if each]
    return {
        "topic": service.topics, "audience": service.audiences, "kind": [service.kind], "cost": cost,
        "age": [f"{ages.min or 0}-{'' if ages.max is None else ages.max}"] if ages else [],
        "language": [*service.languages, *(language for channel in service.channels for language in channel.languages)],
        "channel": [channel.type for channel in service.channels],
        "referral": _answer(service.access.referral), "id": _answer(service.access.id), "insurance": _answer(service.access.insurance),
        "verified": [max(dates)] if dates else [],
        "model": service.mentoring.models if service.mentoring else (),
        "hours": [f"{channel.type} {hours.as_data(channel.hours) or UNKNOWN}" for channel in service.channels if channel.answers_at_once],
        "region": [*service.coverage.regions, *(f"!{region}" for region in service.coverage.excepted)],
        "crisis": ["yes"] if service.crisis else [], "general": _generally(service),
    }


def _generally(service: Service) -> list[str]:
    """Return whether a service helps with anything: lines to talk to first, then whoever names mental health in general."""
    if service.kind in ("crisis-line", "helpline", "text-line") and {"mental-health", "crisis"} & set(service.topics):
        return ["line"]
    return ["topic"] if "mental-health" in service.topics else []


def _answer(value: Stated) -> list[str]:
    return [] if value is None else ["yes" if value else "no"]


def _service_card(service: Service, directory: Directory, t: Words, to: Urls) -> dict[str, Any]:
    view = cards.card(service, directory, t, to)
    card: dict[str, Any] = {
        "u": view.href, "n": view.name, "k": view.kind, "f": view.for_whom or view.summary, "w": view.where, "p": view.cost, "v": view.trust.words,
    }
    if view.name_language:
        card["l"] = view.name_language
    if view.organization != view.name:
        card["o"] = view.organization
    if view.status_words:
        card["s"] = view.status_words
    if view.contact and view.status == "active":
        contact = view.contact
        action = contact.action if contact.href else f"{contact.heading}: {contact.display}"
        card["c"] = [action, contact.href, contact.then]
        if contact.external:
            card["e"] = 1
        card["h"] = contact.hours.summary + (f" ({contact.hours.zone})" if contact.hours.zone else "")
        if contact.hours.data:
            card["d"] = contact.hours.data
        if view.more_contacts:
            card["m"] = t("card.also", ways=", ".join(view.more_contacts))
    return card


def _organization(organization: Organization, t: Words, to: Urls) -> Found:
    texts = {"name": organization.name, "other": " . ".join(organization.alternate_names), "body": organization.description}
    kind = t(f"organization-kind.{organization.kind}")
    card = {"u": to(urls.organization(organization.id)), "n": organization.name, "k": kind, "f": organization.description, "t": 1}
    if organization.name_language:
        card["l"] = organization.name_language
    return Document(texts, ORGANIZATION_BOOST), Entry(card, {"region": organization.regions, "kind": ["organization"]})


def _guide(guide: GuideRecord, directory: Directory, t: Words) -> Found:
    topics = [directory.topics[each] for each in guide.topics if each in directory.topics]
    texts = {
        "name": guide.title, "other": guide.id.replace("-", " "), "summary": guide.answer, "body": guide.text,
        "topic": " . ".join(word for each in topics for word in (token("hrtopic", each.id), each.name)),
        "said": " . ".join(word for each in topics for word in each.synonyms),
        "who": " . ".join(word for reader in guide.audience for word in (token("hrwho", f"{reader}s"), t(f"reader.{reader}"))),
    }
    card = {"u": guide.url, "n": guide.title, "k": t("find.guide"), "f": guide.answer, "t": 2}
    return Document(texts, GUIDE_BOOST), Entry(card, {"topic": guide.topics, "kind": ["guide"]})
