"""Open Referral HSDS 3.0: services with everything they need, and organizations; with two parts of 3.1 (``additional_urls``, ``label``).

HSDS has no place for hours of a single phone, for a text line's keyword or for what happens with what a person says. Such facts
travel in one attribute whose ``link_type`` is ``handrail`` and whose value is JSON; readers who do not know it lose nothing of HSDS.
An address is exported only when it may be shown in full and has every part that HSDS demands. ``service_capacity`` of 3.1 is left out:
it demands a number of free places, which no entry states; whether there is room travels with the other facts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handrail.exports.identity import uuid
from handrail.model.directory import Directory
from handrail.model.hours import DAY, Hours
from handrail.model.values import Channel, Meeting, Organization, Place, Service
from handrail.text import markdown
from handrail.text.words import Words
from handrail.views import wording
from handrail.views.hours import clock

Object = dict[str, Any]

VERSION = "3.0"
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
OWN = "handrail"
"""The link type of our own facts."""
STATUS = {"active": "active", "paused": "temporarily closed", "suspended": "inactive", "closed": "defunct"}
PHONES = {"phone": "voice", "text": "text", "textphone": "textphone", "relay": "textphone", "sign-language-video": "video", "video": "video"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LINKS = ("chat", "web", "app", "video", "sign-language-video")
STATED = ("referral", "id", "insurance", "appointment", "registration")
MENTORING = (
    "mentors",
    "screening",
    "safeguarding",
    "parental_consent",
    "training",
    "training_hours",
    "supervision",
    "goals",
    "match_length",
    "evaluation",
    "complaints",
    "join_mentee",
    "join_mentor",
)


def organization(value: Organization) -> Object:
    """Return an organization."""
    description = markdown.plain(value.description) if value.description else value.name
    made: Object = {"id": uuid("organization", value.id), "name": value.name, "description": description}
    further = {
        "alternate_name": "; ".join(value.alternate_names),
        "website": value.website,
        "email": value.corrections,
        "organization_identifiers": [
            {"id": uuid("identifier", value.id, number), "identifier_scheme": scheme, "identifier_type": scheme, "identifier": text}
            for number, (scheme, text) in enumerate(value.identifiers)
        ],
        "attributes": _attributes(
            "organization",
            value.id,
            [("id", value.id), ("kind", value.kind), *[("region", region) for region in value.regions], *_each("alternate_name", value.alternate_names)],
        ),
    }
    made.update((key, each) for key, each in further.items() if each)
    return made


class Services:
    """Makes services; what many of them share (organizations, terms, regions) is made once."""

    def __init__(self, directory: Directory, t: Words) -> None:
        self.directory = directory
        self.t = t
        self.organizations = {identifier: organization(value) for identifier, value in directory.organizations.items() if directory.of_organization(identifier)}
        self._terms: dict[tuple[str, str], Object] = {}

    def __iter__(self) -> Iterator[Object]:
        return map(self.service, self.directory.services.values())

    def service(self, value: Service) -> Object:
        """Return a service. One that people cannot turn to carries no contact, hours or place."""
        key = value.id
        reach = value.channels if value.is_open_to_people else ()
        made: Object = {
            "id": uuid("service", key),
            "organization_id": self.organizations[value.organization]["id"],
            "name": value.name,
            "status": STATUS[value.status],
            "description": markdown.plain(value.description) if value.description else value.summary,
        }
        changed = value.changed or value.added
        cost = value.cost
        schedules = [
            each
            for number, channel in enumerate(reach)
            if channel.hours
            for each in _schedules(channel.hours, _channel_id(key, number, channel), _named(channel))
        ]
        further: Mapping[str, Any] = {
            "alternate_name": "; ".join(value.alternate_names),
            "url": value.website if value.is_open_to_people else "",
            "email": next((channel.value for channel in reach if channel.type == "email"), ""),
            "interpretation_services": value.interpreters,
            "application_process": value.access.note,
            "fees_description": ". ".join(filter(None, (self.t(f"cost.{cost.kind}"), cost.note))) if cost else "",
            "accreditations": "; ".join(value.accreditations),
            "eligibility_description": value.for_whom,
            "minimum_age": value.ages.min if value.ages else None,
            "maximum_age": value.ages.max if value.ages else None,
            "assured_date": value.verified.date.isoformat() if value.verified else "",
            "alert": value.status_note,
            "last_modified": f"{changed.isoformat()}T00:00:00Z" if changed else "",
            "phones": [_phone(key, number, channel) for number, channel in enumerate(reach) if _is_number(channel)],
            "schedules": [*schedules, *(_meeting(key, number, meeting) for number, meeting in enumerate(value.meetings if value.is_open_to_people else ()))],
            "service_areas": [self._area(key, region, value.coverage.note) for region in value.coverage.regions],
            "service_at_locations": list(self._locations(value)) if value.is_open_to_people else [],
            "languages": [_language(("service", key), tag) for tag in value.languages],
            "organization": self.organizations[value.organization],
            "cost_options": [_cost_option(key, cost.kind, cost.note)] if cost else [],
            "additional_urls": [
                {
                    "id": _channel_id(key, number, channel),
                    "label": channel.label or channel.type,
                    "url": channel.value,
                    "attributes": _channel(key, number, channel),
                }
                for number, channel in enumerate(reach)
                if _is_link(channel)
            ],
            "attributes": [*self._topics(value), *_attributes("service", key, _facts(value, reach))],
        }
        made.update((name, each) for name, each in further.items() if each or each == 0)
        return made

    def _topics(self, value: Service) -> Iterator[Object]:
        yield {"id": uuid("service", value.id, "kind"), "link_type": "service type", "taxonomy_term": self.term("kind", value.kind)}
        for kind, link, names in (("topic", "service", value.topics), ("audience", "intended audience", value.audiences)):
            for name in names:
                yield {"id": uuid("service", value.id, kind, name), "link_type": link, "taxonomy_term": self.term(kind, name)}

    def term(self, kind: str, name: str) -> Object:
        """Return a topic, an audience or a kind of service as a term."""
        known = self._terms.get((kind, name))
        if known is None:
            label, about = self._words(kind, name)
            known = {"id": uuid("term", kind, name), "code": name, "name": label, "description": about, "taxonomy": f"Handrail {kind}s"}
            self._terms[kind, name] = known
        return known

    def terms(self) -> Iterable[Object]:
        """Return the terms that were used."""
        return self._terms.values()

    def _words(self, kind: str, name: str) -> tuple[str, str]:
        if kind == "kind":
            return self.t(f"kind.{name}"), self.t(f"kind-lead.{name}")
        value = (self.directory.topics if kind == "topic" else self.directory.audiences)[name]
        return value.name, value.description

    def _area(self, key: str, identifier: str, note: str) -> Object:
        region = self.directory.regions[identifier]
        made = {
            "id": uuid("area", key, identifier),
            "name": region.name,
            "extent": region.iso or identifier,
            "extent_type": "text",
            "attributes": _attributes("area", f"{key}/{identifier}", [("region", identifier)]),
        }
        return {**made, "description": note} if note else made

    def _locations(self, value: Service) -> Iterator[Object]:
        for number, place in enumerate(value.places):
            if place.visibility == "full":
                location = self._location(value, number, place)
                yield {"id": uuid("at", value.id, number), "location": location}

    def _location(self, value: Service, number: int, place: Place) -> Object:
        key = f"{value.id}/{number}"
        location: Object = {"id": uuid("location", key), "location_type": "physical"}
        further = {
            "name": place.name,
            "description": place.access_note,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "addresses": list(self._address(key, place)),
            "accessibility": [
                {"id": uuid("accessibility", key, each), "description": self.t(f"accessibility.{each}"), "details": each} for each in place.accessibility
            ],
            "schedules": list(_schedules(place.hours, uuid("location", key), place.name)) if place.hours else [],
            "attributes": _attributes("location", key, [("id", place.id), ("region", place.region)]),
        }
        location.update((name, each) for name, each in further.items() if each or each == 0)
        return location

    def _address(self, key: str, place: Place) -> Iterator[Object]:
        """Yield the address when it has every part that HSDS demands."""
        tree = self.directory.regions
        country = tree.country(place.region) if place.region in tree else None
        if country and place.street and place.locality and place.postcode:
            state = tree[place.region]
            yield {
                "id": uuid("address", key),
                "address_1": place.street,
                "city": place.locality,
                "state_province": "" if state.is_country else state.iso or state.name,
                "postal_code": place.postcode,
                "country": country.iso,
                "address_type": "physical",
            }


def _is_number(channel: Channel) -> bool:
    return channel.type in PHONES and not channel.value.startswith("http")


def _is_link(channel: Channel) -> bool:
    return channel.type in LINKS and channel.value.startswith("http")


def _channel_id(service: str, number: int, channel: Channel) -> str:
    return uuid("channel", service, number, channel.type)


def _named(channel: Channel) -> str:
    return ": ".join(filter(None, (channel.label or channel.type, channel.value)))


def _phone(service: str, number: int, channel: Channel) -> Object:
    made: Object = {"id": _channel_id(service, number, channel), "number": channel.value, "type": PHONES[channel.type]}
    parts = [channel.label, f"Text {channel.keyword}" if channel.keyword else "", f"Then press {channel.keys}" if channel.keys else "", channel.note]
    further: Mapping[str, Any] = {
        "extension": int(channel.extension) if channel.extension.isdecimal() and str(int(channel.extension)) == channel.extension else None,
        "description": ". ".join(filter(None, parts)),
        "languages": [_language(("channel", service, number), tag) for tag in channel.languages],
        "attributes": _channel(service, number, channel),
    }
    made.update((name, each) for name, each in further.items() if each or each == 0)
    return made


def _channel(service: str, number: int, channel: Channel) -> list[Object]:
    """Return what HSDS has no field for."""
    cost = channel.cost
    facts = [
        ("channel", channel.type),
        ("label", channel.label),
        ("keyword", channel.keyword),
        ("keys", channel.keys),
        ("extension", channel.extension),
        ("vanity", channel.vanity),
        ("sign_language", channel.sign_language),
        ("channel_region", channel.region),
        ("answered_by", channel.answered_by),
        ("anonymous", _yes(channel.anonymous)),
        ("shows_on_bill", _yes(channel.shows_on_bill)),
        ("immediate", _yes(channel.immediate)),
        ("note", channel.note),
        ("cost", cost.kind if cost else ""),
        ("cost_note", cost.note if cost else ""),
        *([] if _is_number(channel) else _each("language", channel.languages)),
    ]
    return _attributes("channel", f"{service}/{number}", facts)


def _facts(value: Service, reach: tuple[Channel, ...]) -> list[tuple[str, str]]:
    """Return the facts of a service for which HSDS has no field; those that are not stated are empty."""
    about, waiting, handoff, mentoring = value.confidentiality, value.waiting, value.handoff, value.mentoring
    plain = markdown.plain(value.description)
    facts = [
        ("id", value.id),
        ("summary", value.summary),
        ("name_language", value.name_language),
        ("discreet_name", value.discreet_name),
        ("crisis", "yes" if value.crisis else ""),
        ("limits", value.limits),
        ("status_since", value.status_since.isoformat() if value.status_since else ""),
        ("description", value.description if plain in (value.summary, "") or plain != value.description else ""),
        ("added", value.added.isoformat() if value.added else ""),
        ("changed", value.changed.isoformat() if value.changed else ""),
        ("ages_note", value.ages.note if value.ages else ""),
        *_each("not_for", value.not_for),
        *_each("except", value.coverage.excepted),
        *_each("alternate_name", value.alternate_names),
        *_each("accreditation", value.accreditations),
        *_each("use_instead", value.use_instead),
        *[(f"access.{name}", _yes(getattr(value.access, name))) for name in STATED],
        ("confidentiality.anonymous", _yes(about.anonymous)),
        ("confidentiality.records", about.records),
        ("confidentiality.duty_to_report", _yes(about.duty_to_report)),
        ("confidentiality.may_send_emergency_services", _yes(about.may_send_emergency_services)),
        ("confidentiality.note", about.note),
        *[
            (f"channel.{channel.type}", channel.value or channel.label or channel.type)
            for channel in reach
            if not _is_number(channel) and not _is_link(channel)
        ],
    ]
    if waiting:
        facts += [("waiting.state", waiting.state), ("waiting.as_of", waiting.as_of.isoformat()), ("waiting.note", waiting.note)]
    if handoff:
        facts += [*_each("handoff.before", handoff.before), *_each("handoff.they_ask", handoff.they_ask), *_each("handoff.next", handoff.next)]
        facts += [("handoff.no_answer", handoff.no_answer)]
    if mentoring:
        facts += _each("mentoring.models", mentoring.models)
        facts += [(f"mentoring.{name}", str(getattr(mentoring, name) or "")) for name in MENTORING]
        if mentoring.mentor_ages:
            ages = mentoring.mentor_ages
            facts += [
                ("mentoring.mentor_ages.min", _number(ages.min)),
                ("mentoring.mentor_ages.max", _number(ages.max)),
                ("mentoring.mentor_ages.note", ages.note),
            ]
    return facts


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _each(name: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, value) for value in values]


def _yes(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _attributes(kind: str, key: str, facts: Iterable[tuple[str, str]]) -> list[Object]:
    """Return the stated facts as one attribute whose value is a JSON object of lists: one a fact made the files three times as large."""
    stated: dict[str, list[str]] = {}
    for name, value in facts:
        if value:
            stated.setdefault(name, []).append(value)
    if not stated:
        return []
    return [{"id": uuid("facts", kind, key), "link_type": OWN, "value": _ENCODE(stated)}]


def _language(key: tuple[str | int, ...], tag: str) -> Object:
    return {"id": uuid("language", *key, tag), "code": tag, "name": wording.language_name(tag, "en")}


def _cost_option(service: str, kind: str, note: str) -> Object:
    made: Object = {"id": uuid("cost", service), "option": kind}
    if kind == "free":
        made["amount"] = 0
    return {**made, "amount_description": note} if note else made


def _schedules(hours: Hours, of: str, name: str) -> Iterator[Object]:
    """Yield the hours of a channel or place: one schedule for every span of days with the same times, and one for every exception.

    Times are of the zone named in ``notes``: an offset would be wrong for half of the year. All day is 00:00 to 23:59, as HSDS has it.
    """
    facts = [
        ("of", of),
        ("zone", hours.zone),
        ("hours_note", hours.note),
        ("unknown", "yes" if hours.unknown else ""),
        ("always", "yes" if hours.always else ""),
    ]
    notes = " ".join(filter(None, (_zone_words(hours.zone), hours.note, "Hours not known." if hours.unknown else "")))
    usual: dict[tuple[int, int], list[int]] = {}
    if hours.always:
        usual[0, DAY] = list(range(7))
    for opening in hours.weekly:
        usual.setdefault((opening.opens, opening.closes), []).append(opening.day)
    for (opens, closes), days in usual.items():
        key = uuid("schedule", of, opens, closes)
        made: Object = {
            "id": key,
            "freq": "WEEKLY",
            "byday": ",".join(DAYS[day] for day in days),
            "opens_at": clock(opens),
            "closes_at": _closing(closes),
            "description": name,
            "attributes": _attributes("schedule", key, facts),
        }
        yield {**made, "notes": notes} if notes else made
    if not usual:
        key = uuid("schedule", of)
        made = {"id": key, "description": f"{name}. {hours.note}" if hours.note else name, "attributes": _attributes("schedule", key, facts)}
        yield {**made, "notes": notes} if notes else made
    for exception in hours.exceptions:
        for opens, closes in exception.openings or ((-1, -1),):
            key = uuid("schedule", of, exception.first.isoformat(), opens)
            made = {
                "id": key,
                "dtstart": exception.first.isoformat(),
                "until": exception.last.isoformat(),
                "valid_from": exception.first.isoformat(),
                "valid_to": exception.last.isoformat(),
                "description": f"{name}: {exception.note or 'closed'}",
                "attributes": _attributes("schedule", key, [("of", of), ("exception_note", exception.note)]),
            }
            yield made if opens < 0 else {**made, "opens_at": clock(opens), "closes_at": _closing(closes)}


def _meeting(service: str, number: int, meeting: Meeting) -> Object:
    """Return a meeting of a group as a weekly schedule of the service; one that belongs to no channel."""
    key = uuid("meeting", service, number)
    facts = [
        ("meeting", "yes"),
        ("zone", meeting.time_zone),
        ("name", meeting.name),
        ("place", meeting.place),
        ("note", meeting.note),
    ]
    made: Object = {
        "id": key,
        "freq": "WEEKLY",
        "byday": DAYS[meeting.day],
        "opens_at": clock(meeting.starts),
        "description": ": ".join(filter(None, (meeting.name, meeting.note))),
        "notes": _zone_words(meeting.time_zone),
        "attributes": _attributes("schedule", key, facts),
    }
    if meeting.ends is not None:
        made["closes_at"] = _closing(meeting.ends)
    return {name: each for name, each in made.items() if each}


def _zone_words(zone: str) -> str:
    return f"Times of {zone}." if zone and zone != "local" else "Times of the caller." if zone else ""


def _closing(minutes: int) -> str:
    return "23:59" if minutes == DAY else clock(minutes)
