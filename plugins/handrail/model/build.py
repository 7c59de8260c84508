"""A checked registry becomes a directory: the only place that reads the registry's field names into values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from handrail.model.directory import Directory
from handrail.model.hours import DAY, Hours, HoursException, Opening
from handrail.model.region import Coverage, Region, RegionTree
from handrail.model.values import (
    Access,
    Ages,
    Alert,
    Audience,
    Channel,
    ChannelCost,
    Confidentiality,
    Cost,
    CoverageRule,
    CrisisHelp,
    CrisisWords,
    Draft,
    Emergency,
    Handoff,
    Limits,
    Meeting,
    Mentoring,
    Organization,
    Place,
    Repository,
    Service,
    SiteFacts,
    Source,
    Stated,
    Topic,
    Verification,
    Waiting,
    Written,
)
from handrail.output.store import digest
from handrail.registry import withdrawn
from handrail.registry.policy import DAYS, minutes
from handrail.registry.registry import Entry, Registry
from handrail.text import phone
from handrail.text.words import words

Data = Mapping[str, Any]


def directory(registry: Registry) -> Directory:
    """Return the directory of a registry without errors."""
    registry = _without_gone(registry)
    data = registry.data
    return Directory(
        site=_site(data["site"]),
        limits=Limits(**data.get("limits", {})),
        regions=RegionTree(_region(entry.data) for entry in registry.regions),
        topics={entry.id: _topic(entry.data) for entry in registry.topics},
        audiences={entry.id: _audience(entry.data) for entry in registry.audiences},
        organizations={entry.id: _organization(entry) for entry in sorted(registry.organizations, key=lambda entry: entry.id)},
        services={entry.id: _service(entry) for entry in sorted(registry.published, key=lambda entry: entry.id)},
        crisis={entry.data["region"]: _crisis(entry.data) for entry in registry.crisis},
        alerts=tuple(_alert(each) for each in data.get("alerts", ())),
        moved=dict(data.get("moved", {})),
        rules=tuple(_rule(each) for each in data.get("coverage_rules", ())),
        drafts=tuple(draft for entry in registry.services for draft in _drafts(entry)),
        prints=registry.prints,
        crisis_words=_crisis_words(data.get("crisis_words", {})),
    )


def _without_gone(registry: Registry) -> Registry:
    """Return the registry with no word left that holds a contact of a suspended service."""
    gone = withdrawn.contacts(registry)
    if not gone:
        return registry
    instead = words(registry.data["site"]["language"])("withdrawn.contact")

    def clean(entry: Entry) -> Entry:
        data = withdrawn.without(entry.data, gone, instead)
        if entry.data.get("status") == "suspended":  # its own contacts are needed to know what else of it goes
            data["channels"] = entry.data.get("channels", [])
        return replace(entry, data=data)

    return replace(
        registry, data=withdrawn.without(registry.data, gone, instead), crisis=[clean(each) for each in registry.crisis],
        organizations=[clean(each) for each in registry.organizations], services=[clean(each) for each in registry.services],
        # A contact that is gone may have stood on any page: what was made before is made again.
        prints={**registry.prints, registry.root.name: digest(f"{registry.prints[registry.root.name]} {gone}".encode())},
    )


def _crisis_words(data: Data) -> CrisisWords:
    alike = {name: tuple(words) for name, words in data.get("alike", {}).items()}
    return CrisisWords(tuple(data.get("self", ())), tuple(data.get("other", ())), alike, dict(data.get("written", {})), tuple(data.get("small", ())))


def _site(data: Data) -> SiteFacts:
    repository = data.get("repository")
    licence = data.get("data_licence", {})
    return SiteFacts(
        data["name"], data["description"], data["language"], data["corrections"], data["leave_to"], data.get("helpline_directory", ""),
        Repository(repository["url"].rstrip("/"), repository.get("branch", "main"), repository["kind"]) if repository else None,
        (licence.get("name", ""), licence.get("url", "")),
    )


def _region(data: Data) -> Region:
    return Region(**_with_tuples(data, "alternate_names"))


def _topic(data: Data) -> Topic:
    return Topic(**{**_with_tuples(data, "synonyms"), "sensitive": data.get("sensitive") == "yes"})


def _audience(data: Data) -> Audience:
    return Audience(**_with_tuples(data, "synonyms"))


def _with_tuples(data: Data, *names: str) -> dict[str, Any]:
    return {**data, **{name: tuple(data.get(name, ())) for name in names}}


def source(data: Data) -> Source:
    """Return a source from its fields."""
    return Source(**data)


def _organization(entry: Entry) -> Organization:
    data = entry.data
    partner = data.get("partner", {})
    return Organization(
        id=data["id"], name=data["name"], kind=data["kind"], sources=tuple(source(each) for each in data["sources"]), written=_written(entry),
        alternate_names=tuple(data.get("alternate_names", ())), name_language=data.get("name_language", ""), description=data.get("description", ""),
        website=data.get("website", ""), website_seen=tuple(data.get("website_seen", ())), regions=tuple(data.get("regions", ())),
        partner_since=_date(partner.get("since")), partner_note=partner.get("note", ""),
        corrections=data.get("corrections", ""), identifiers=tuple((each["scheme"], each["value"]) for each in data.get("identifiers", ())),
        translations=data.get("translations", {}),
    )


_LASTING = ("id", "name", "kind", "summary", "coverage", "topics", "alternate_names", "name_language", "discreet_name", "audiences", "ages", "crisis",
            "status", "status_note", "status_since", "use_instead", "seen", "added", "changed")
"""What is still said of a service that closed or was taken out: nothing by which anybody could try to reach it."""


def _withdrawn(data: Data) -> Data:
    """Return what lasts of a service, without the texts that hold one of its old contacts."""
    numbers = [channel["value"] for channel in data.get("channels", ()) if channel.get("value")]
    words = [value.casefold() for channel in data.get("channels", ()) for value in (channel.get("value"), channel.get("vanity")) if value]

    def old(text: str) -> bool:
        return any(word in text.casefold() for word in words) or any(phone.holds(text, number) for number in numbers if not phone.problem(number))

    kept: dict[str, Any] = {}
    for key in (key for key in _LASTING if key in data):
        value = data[key]
        if key in ("summary", "status_note", "discreet_name"):
            value = "" if old(value) else value
        elif key == "alternate_names":
            value = [name for name in value if not old(name)]
        kept[key] = value
    return kept


def _service(entry: Entry) -> Service:
    suspended = entry.data.get("status") in ("suspended", "closed")
    data = _withdrawn(entry.data) if suspended else entry.data
    assert entry.organization is not None
    channels = tuple(_channel(each) for each in data.get("channels", ()) if each.get("status", "published") == "published")
    return Service(
        id=data["id"], name=data["name"], kind=data["kind"], summary=data["summary"], organization=entry.organization.id,
        coverage=_coverage(data["coverage"]), topics=tuple(data["topics"]), written=_written(entry),
        alternate_names=tuple(data.get("alternate_names", ())), name_language=data.get("name_language", ""), discreet_name=data.get("discreet_name", ""),
        description=data.get("description", ""), for_whom=data.get("for_whom", ""), not_for=tuple(data.get("not_for", ())),
        audiences=tuple(data.get("audiences", ())), ages=_ages(data.get("ages")), status=data.get("status", "active"), status_note=data.get("status_note", ""),
        status_since=_date(data.get("status_since")), use_instead=tuple(data.get("use_instead", ())), website=data.get("website", ""),
        website_seen=tuple(data.get("website_seen", ())), channels=channels,
        places=tuple(_place(each) for each in data.get("places", ())),
        meetings=tuple(_meeting(each) for each in data.get("meetings", ())),
        access=_access(data.get("access", {})), waiting=_waiting(data.get("waiting")),
        cost=_cost(data.get("cost")), languages=tuple(data.get("languages", ())), interpreters=data.get("interpreters", ""),
        confidentiality=_confidentiality(data.get("confidentiality", {})), limits=data.get("limits", ""), handoff=_handoff(data.get("handoff")),
        mentoring=_mentoring(data.get("mentoring")), accreditations=tuple(data.get("accreditations", ())), crisis=data.get("crisis") == "yes",
        seen=tuple(data.get("seen", ())), verified=_verification(data.get("verified")), added=_date(data.get("added")), changed=_date(data.get("changed")),
        translations=data.get("translations", {}),
    )


_CHANNEL_TEXTS = ("value", "label", "keyword", "keys", "extension", "vanity", "sign_language", "region", "answered_by", "note")


def _channel(data: Data) -> Channel:
    texts = {name: data.get(name, "") for name in _CHANNEL_TEXTS}
    cost = data.get("cost")
    return Channel(
        type=data["type"], **texts, hours=hours(data.get("hours")), languages=tuple(data.get("languages", ())),
        cost=ChannelCost(cost["kind"], cost.get("note", "")) if cost else None,
        anonymous=_stated(data, "anonymous"), shows_on_bill=_stated(data, "shows_on_bill"),
        immediate=_stated(data, "immediate"), seen=tuple(data.get("seen", ())), verified=_verification(data.get("verified")),
        **_traced(data.get("hours")),
    )


def hours(data: Data | None) -> Hours | None:
    """Return hours from their fields; None when nothing is stated."""
    return None if data is None else _hours(json.dumps(data))


@lru_cache(1 << 13)
def _hours(text: str) -> Hours:
    """Return hours from their fields as JSON; the same hours are one value, of which much is worked out once."""
    data = json.loads(text)
    weekly = sorted(Opening(DAYS.index(day), *_span(span["opens"], span["closes"])) for span in data.get("weekly", ()) for day in span["days"])
    return Hours(
        always=data.get("always") == "yes", unknown=data.get("unknown") == "yes", zone=data.get("time_zone", ""), weekly=tuple(weekly),
        exceptions=tuple(_exceptions(data.get("exceptions", ()))), note=data.get("note", ""),
    )


def _traced(data: Data | None) -> dict[str, Any]:
    """Return where hours were read and who checked them."""
    return {"hours_seen": tuple(data.get("seen", ())), "hours_verified": _verification(data.get("verified"))} if data else {}


def _span(opens: str, closes: str) -> tuple[int, int]:
    start, end = minutes(opens), minutes(closes)
    return start, end if end > start else end + DAY


def _exceptions(data: Iterable[Data]) -> Iterator[HoursException]:
    """Yield the exceptions by day; several openings of the same days become one."""
    days: dict[tuple[str, str], list[Data]] = {}
    for each in data:
        days.setdefault((each["date"], each.get("until", each["date"])), []).append(each)
    for (first, last), group in sorted(days.items()):
        openings = sorted(_span(each["opens"], each["closes"]) for each in group if "opens" in each)
        note = " ".join(each["note"] for each in group if "note" in each)
        yield HoursException(date.fromisoformat(first), date.fromisoformat(last), tuple(openings), note)


def _coverage(data: Data) -> Coverage:
    return Coverage(tuple(data["regions"]), tuple(data.get("except", ())), data.get("note", ""), tuple(data.get("seen", ())))


def _place(data: Data) -> Place:
    known = {name: value for name, value in data.items() if name not in ("accessibility", "hours", "seen", "verified")}
    return Place(**known, accessibility=tuple(data.get("accessibility", ())), hours=hours(data.get("hours")), seen=tuple(data.get("seen", ())),
                 verified=_verification(data.get("verified")), **_traced(data.get("hours")))


def _meeting(data: Data) -> Meeting:
    ends = data.get("ends")
    return Meeting(
        DAYS.index(data["day"]), minutes(data["starts"]), minutes(ends) if ends else None, data["time_zone"],
        data.get("name", ""), data.get("place", ""), data.get("note", ""), tuple(data.get("seen", ())),
    )


def _ages(data: Data | None) -> Ages | None:
    return None if data is None else Ages(data.get("min"), data.get("max"), data.get("note", ""))


def _access(data: Data) -> Access:
    asked = {name: _stated(data, name) for name in ("referral", "id", "insurance", "appointment", "registration")}
    return Access(**asked, note=data.get("note", ""), seen=tuple(data.get("seen", ())), verified=_verification(data.get("verified")))


def _waiting(data: Data | None) -> Waiting | None:
    return None if data is None else Waiting(data["state"], date.fromisoformat(data["as_of"]), data.get("note", ""), tuple(data.get("seen", ())))


def _cost(data: Data | None) -> Cost | None:
    return None if data is None else Cost(data["kind"], data.get("note", ""), tuple(data.get("seen", ())), _verification(data.get("verified")))


def _confidentiality(data: Data) -> Confidentiality:
    return Confidentiality(
        _stated(data, "anonymous"), data.get("records", ""), _stated(data, "duty_to_report"), _stated(data, "may_send_emergency_services"),
        data.get("note", ""), tuple(data.get("seen", ())), _verification(data.get("verified")),
    )


def _handoff(data: Data | None) -> Handoff | None:
    if data is None:
        return None
    return Handoff(tuple(data.get("before", ())), tuple(data.get("they_ask", ())), tuple(data.get("next", ())), data.get("no_answer", ""), tuple(data["seen"]))


def _mentoring(data: Data | None) -> Mentoring | None:
    if data is None:
        return None
    texts = {name: value for name, value in data.items() if name not in ("models", "mentor_ages", "seen", "verified")}
    return Mentoring(**texts, models=tuple(data.get("models", ())), mentor_ages=_ages(data.get("mentor_ages")), seen=tuple(data.get("seen", ())),
                     verified=_verification(data.get("verified")))


def _verification(data: Data | None) -> Verification | None:
    return None if data is None else Verification(date.fromisoformat(data["date"]), data["how"], data["by"], tuple(data.get("what", ())))


def _crisis(data: Data) -> CrisisHelp:
    emergency = data["emergency"]
    number = Emergency(
        emergency["value"], emergency["name"], tuple(emergency.get("also", ())), emergency.get("note", ""),
        tuple(source(each) for each in emergency["sources"]),
    )
    return CrisisHelp(data["region"], number, tuple(data["lines"]), data.get("note", ""))


def _alert(data: Data) -> Alert:
    return Alert(data["id"], data["text"], date.fromisoformat(data["from"]), date.fromisoformat(data["until"]),
                 tuple(data.get("regions", ())), tuple(data.get("services", ())), tuple(data.get("use_instead", ())))


def _rule(data: Data) -> CoverageRule:
    kinds, audiences = tuple(data["service_kinds"]), tuple(data.get("audiences", ()))
    return CoverageRule(data["regions_of_kind"], kinds, audiences, data.get("crisis") == "yes", data.get("name", ""))


def _drafts(entry: Entry) -> Iterator[Draft]:
    data = entry.data
    assert entry.organization is not None
    shared = {"service": data["id"], "name": data["name"], "organization": entry.organization.id, "coverage": _coverage(data["coverage"]),
              "kind": data["kind"], "topics": tuple(data["topics"])}
    if data.get("status") == "draft":
        yield Draft(**shared, channel="", why=data.get("status_note", ""), written=_written(entry))
        return
    for index, channel in enumerate(data.get("channels", ())):
        if channel.get("status", "published") != "published":
            yield Draft(**shared, channel=channel["type"], why=channel.get("why", ""), written=_written(entry, "channels", index))


def _written(entry: Entry, *path: str | int) -> Written:
    return Written(entry.document.name, entry.document.starts.get((*entry.path, *path), 1))


def _stated(data: Data, name: str) -> Stated:
    value = data.get(name)
    return None if value is None else value == "yes"


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
