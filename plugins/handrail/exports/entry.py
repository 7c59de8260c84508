"""Entries in the registry's own fields: what is published of them, with nothing that is a draft and nothing of a hidden place but that it is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handrail.model.hours import Hours
from handrail.model.region import Coverage
from handrail.model.values import Ages, Channel, Meeting, Organization, Place, Service, Stated, Verification, Waiting
from handrail.views.hours import clock

Data = dict[str, Any]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def organization(value: Organization) -> Data:
    """Return an organization without its services."""
    return _stated(
        {
            "id": value.id,
            "name": value.name,
            "kind": value.kind,
            "alternate_names": list(value.alternate_names),
            "name_language": value.name_language,
            "description": value.description,
            "website": value.website,
            "website_seen": list(value.website_seen),
            "regions": list(value.regions),
            "partner": _stated({"since": value.partner_since.isoformat() if value.partner_since else "", "note": value.partner_note}),
            "corrections": value.corrections,
            "identifiers": [{"scheme": scheme, "value": text} for scheme, text in value.identifiers],
            "sources": [
                _stated({name: getattr(each, name) for name in ("id", "title", "url", "publisher", "dated", "read_as", "note")}) for each in value.sources
            ],
            "translations": _plain(value.translations),
        }
    )


def service(value: Service) -> Data:
    """Return a service; one that people cannot turn to has no contacts, places or meetings."""
    usable = value.is_open_to_people
    access, about, handoff, mentoring, waiting, cost = value.access, value.confidentiality, value.handoff, value.mentoring, value.waiting, value.cost
    return _stated(
        {
            "id": value.id,
            "name": value.name,
            "kind": value.kind,
            "summary": value.summary,
            "alternate_names": list(value.alternate_names),
            "name_language": value.name_language,
            "discreet_name": value.discreet_name,
            "description": value.description,
            "for_whom": value.for_whom,
            "not_for": list(value.not_for),
            "topics": list(value.topics),
            "audiences": list(value.audiences),
            "ages": _ages(value.ages),
            "status": value.status if value.status != "active" else "",
            "status_note": value.status_note,
            "status_since": value.status_since.isoformat() if value.status_since else "",
            "use_instead": list(value.use_instead),
            "coverage": _coverage(value.coverage),
            "website": value.website if usable else "",
            "website_seen": list(value.website_seen) if usable and value.website else [],
            "channels": [channel(each) for each in value.channels] if usable else [],
            "places": [place(each) for each in value.places] if usable else [],
            "meetings": [_meeting(each) for each in value.meetings] if usable else [],
            "access": _stated(
                {
                    **{name: _yes(getattr(access, name)) for name in ("referral", "id", "insurance", "appointment", "registration")},
                    "note": access.note,
                    "seen": list(access.seen),
                    "verified": _verified(access.verified),
                }
            ),
            "waiting": _waiting(waiting),
            "cost": _stated({"kind": cost.kind, "note": cost.note, "seen": list(cost.seen), "verified": _verified(cost.verified)}) if cost else {},
            "languages": list(value.languages),
            "interpreters": value.interpreters,
            "confidentiality": _stated(
                {
                    "anonymous": _yes(about.anonymous),
                    "records": about.records,
                    "duty_to_report": _yes(about.duty_to_report),
                    "may_send_emergency_services": _yes(about.may_send_emergency_services),
                    "note": about.note,
                    "seen": list(about.seen),
                    "verified": _verified(about.verified),
                }
            ),
            "limits": value.limits,
            "handoff": _stated(
                {
                    "before": list(handoff.before),
                    "they_ask": list(handoff.they_ask),
                    "next": list(handoff.next),
                    "no_answer": handoff.no_answer,
                    "seen": list(handoff.seen),
                }
            )
            if handoff
            else {},
            "mentoring": _stated(
                {
                    "models": list(mentoring.models),
                    "mentor_ages": _ages(mentoring.mentor_ages),
                    "training_hours": mentoring.training_hours,
                    **{
                        name: getattr(mentoring, name)
                        for name in (
                            "mentors",
                            "screening",
                            "safeguarding",
                            "parental_consent",
                            "training",
                            "supervision",
                            "goals",
                            "match_length",
                            "evaluation",
                            "complaints",
                            "join_mentee",
                            "join_mentor",
                        )
                    },
                    "seen": list(mentoring.seen),
                    "verified": _verified(mentoring.verified),
                }
            )
            if mentoring
            else {},
            "accreditations": list(value.accreditations),
            "crisis": "yes" if value.crisis else "",
            "seen": list(value.seen),
            "verified": _verified(value.verified),
            "added": value.added.isoformat() if value.added else "",
            "changed": value.changed.isoformat() if value.changed else "",
            "translations": _plain(value.translations),
        }
    )


def channel(value: Channel) -> Data:
    """Return a channel."""
    return _stated(
        {
            "type": value.type,
            "value": value.value,
            "label": value.label,
            "keyword": value.keyword,
            "keys": value.keys,
            "extension": value.extension,
            "vanity": value.vanity,
            "sign_language": value.sign_language,
            "region": value.region,
            "hours": hours(value.hours, value.hours_seen, value.hours_verified),
            "languages": list(value.languages),
            "cost": _stated({"kind": value.cost.kind, "note": value.cost.note}) if value.cost else {},
            "answered_by": value.answered_by,
            "anonymous": _yes(value.anonymous),
            "shows_on_bill": _yes(value.shows_on_bill),
            "immediate": _yes(value.immediate),
            "note": value.note,
            "seen": list(value.seen),
            "verified": _verified(value.verified),
        }
    )


def place(value: Place) -> Data:
    """Return a place, as much of it as may be shown: of a hidden one nothing but that it is hidden."""
    if value.visibility == "hidden":
        return {"visibility": "hidden"}
    made = {
        "visibility": value.visibility,
        "id": value.id,
        "name": value.name,
        "region": value.region,
        "accessibility": list(value.accessibility),
        "hours": hours(value.hours, value.hours_seen, value.hours_verified),
        "access_note": value.access_note,
        "seen": list(value.seen),
        "verified": _verified(value.verified),
    }
    names = ("street", "locality", "postcode", "latitude", "longitude") if value.visibility == "full" else ("locality",)
    return _stated({**made, **{name: getattr(value, name) for name in names}, "area": value.area})


def hours(value: Hours | None, seen: tuple[str, ...] = (), verified: Verification | None = None) -> Data:
    """Return hours, where they were read and who checked them; nothing when nothing is stated."""
    if value is None:
        return {}
    spans: dict[tuple[int, int], list[str]] = {}
    for each in value.weekly:
        spans.setdefault((each.opens, each.closes), []).append(DAYS[each.day])
    exceptions: list[Data] = []
    for exception in value.exceptions:
        until = exception.last.isoformat() if exception.last != exception.first else ""
        day = _stated({"date": exception.first.isoformat(), "until": until, "note": exception.note})
        exceptions += [{**day, "opens": clock(opens), "closes": clock(closes)} for opens, closes in exception.openings] or [{**day, "closed": "yes"}]
    return _stated(
        {
            "always": "yes" if value.always else "",
            "unknown": "yes" if value.unknown else "",
            "time_zone": value.zone,
            "weekly": [{"days": days, "opens": clock(opens), "closes": clock(closes)} for (opens, closes), days in spans.items()],
            "exceptions": exceptions,
            "note": value.note,
            "seen": list(seen),
            "verified": _verified(verified),
        }
    )


def _meeting(value: Meeting) -> Data:
    return _stated(
        {
            "name": value.name,
            "day": DAYS[value.day],
            "starts": clock(value.starts),
            "ends": clock(value.ends) if value.ends is not None else "",
            "time_zone": value.time_zone,
            "place": value.place,
            "note": value.note,
            "seen": list(value.seen),
        }
    )


def _coverage(value: Coverage) -> Data:
    return _stated({"regions": list(value.regions), "except": list(value.excepted), "note": value.note, "seen": list(value.seen)})


def _waiting(value: Waiting | None) -> Data:
    return _stated({"state": value.state, "as_of": value.as_of.isoformat(), "note": value.note, "seen": list(value.seen)}) if value else {}


def _ages(value: Ages | None) -> Data:
    return _stated({"min": value.min, "max": value.max, "note": value.note}) if value else {}


def _verified(value: Verification | None) -> Data:
    return _stated({"date": value.date.isoformat(), "how": value.how, "by": value.by, "what": list(value.what)}) if value else {}


def _yes(value: Stated) -> str:
    return "" if value is None else "yes" if value else "no"


def _plain(value: Mapping[str, Mapping[str, str]]) -> Data:
    return {language: dict(texts) for language, texts in value.items()}


def _stated(data: Mapping[str, Any]) -> Data:
    """Return the fields that are stated; nought is a statement."""
    return {name: value for name, value in data.items() if value or (value == 0 and not isinstance(value, bool) and isinstance(value, (int, float)))}


def many(values: Iterable[Service]) -> list[Data]:
    """Return services."""
    return [service(value) for value in values]
