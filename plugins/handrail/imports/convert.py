"""HSDS services become entries of the registry: what is read is kept, what is concluded is noted, what does not fit is dropped and said.

An imported service is a draft: a data set is no page of the operator, and nobody has looked at the entry yet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from babel import Locale

from handrail.imports import unread
from handrail.imports.notes import Report
from handrail.imports.package import Object
from handrail.model.directory import Directory
from handrail.schemas import library
from handrail.text import characters, phone, web, zones
from handrail.text.characters import fold

Data = dict[str, Any]
Facts = Mapping[str, list[str]]

DAYS = {"MO": "mon", "TU": "tue", "WE": "wed", "TH": "thu", "FR": "fri", "SA": "sat", "SU": "sun"}
STATUS = {"active": "", "temporarily closed": "paused", "inactive": "suspended", "defunct": "closed"}
PHONES = {"voice": "phone", "cell": "phone", "hotline": "phone", "text": "text", "sms": "text", "textphone": "textphone", "tty": "textphone", "video": "video"}
KINDS = (
    ("peer mentor", "peer-mentoring"),
    ("mentoring", "peer-mentoring"),
    ("peer respite", "peer-respite"),
    ("support group", "support-group"),
    ("peer support", "peer-support"),
    ("warm line", "warm-line"),
    ("warmline", "warm-line"),
    ("helpline", "helpline"),
    ("hotline", "helpline"),
    ("advocacy", "advocacy"),
    ("counsel", "counselling"),
    ("treatment", "clinic"),
    ("clinic", "clinic"),
    ("hospital", "clinic"),
    ("facility", "clinic"),
)
"""Words in a name or description, and the kind that they suggest. None suggests a crisis line: only a person may say that."""
ADVICE = "imported from a data set; somebody has to check it with a page of the operator before it is published"


@dataclass(frozen=True)
class Origin:
    """Where the data comes from, as the source of every entry."""

    url: str
    title: str = ""
    publisher: str = "dataset"
    dated: str = "undated"
    publish: bool = False
    """Whether entries are published; only where the data is the operator's own or a public authority's."""


class Converter:
    """Makes entries; knows the regions, topics and audiences of the registry into which they go."""

    def __init__(self, directory: Directory, origin: Origin, report: Report) -> None:
        self.directory = directory
        self.origin = origin
        self.report = report
        self._ids: set[str] = set(directory.services)
        self._organization_ids: dict[str, str] = {}

    def organizations(self, services: Iterable[Object]) -> Iterator[Data]:
        """Yield organizations with their services, in the order of the package."""
        groups: dict[str, list[Object]] = {}
        for service in services:
            organization = _object(service.get("organization"))
            key = _text(organization.get("id")) or fold(_text(organization.get("name")) or _text(service.get("name")))
            groups.setdefault(key, []).append(service)
        for members in groups.values():
            yield self._organization(members)

    def _organization(self, members: list[Object]) -> Data:
        report, organization = self.report, _object(members[0].get("organization"))
        facts = _facts(organization)
        name = _text(organization.get("name")) or _text(members[0].get("name"))
        identifier = _first(facts, "id") or self._unique(slug(name), set(self._organization_ids), self.directory.organizations)
        self._organization_ids[identifier] = name
        report.entry = identifier
        kind = _first(facts, "kind") or _choice("organization", "kind", _text(organization.get("legal_status")))
        if not kind:
            kind = "other"
            report.person("the kind of organization is not in the data")
        made: Data = {"id": identifier, "name": self._fit(name, 160, "name of the organization"), "kind": kind}
        others = facts.get("alternate_name") or [_text(organization.get("alternate_name"))]
        website = self._web(_text(organization.get("website")), "website of the organization")
        description = _text(organization.get("description"))
        services = [self._service(each) for each in members]
        further = {
            "alternate_names": _unique(others),
            "description": "" if fold(description) == fold(name) else self._fit(description, 5000, "description"),
            "website": website,
            "website_seen": ["data"] if website else [],
            "regions": [region for region in facts.get("region", ()) if region in self.directory.regions],
            "corrections": self._mailbox(_text(organization.get("email")), "address for corrections"),
            "identifiers": [
                {"scheme": _text(each.get("identifier_scheme") or each.get("identifier_type"))[:30], "value": _text(each.get("identifier"))[:40]}
                for each in _objects(organization.get("organization_identifiers"))
                if each.get("identifier")
            ],
        }
        made.update((key, value) for key, value in further.items() if value)
        origin = self.origin
        source = {"id": "data", "title": origin.title, "url": origin.url, "publisher": origin.publisher, "dated": origin.dated, "read_as": "stored-copy"}
        made["sources"] = [{key: value for key, value in source.items() if value}]
        made["services"] = services
        for error in library.validator("organization").iter_errors(made):
            report.entry = identifier
            report.person(f"{'.'.join(map(str, error.absolute_path))}: {error.message[:160]}")
        return made

    def _service(self, service: Object) -> Data:
        report, facts = self.report, _facts(service)
        name = _text(service.get("name"))
        report.entry = _first(facts, "id") or slug(name)
        unread.note(service, report)
        areas, excepted, note = self._coverage(service, facts)
        wanted = _first(facts, "id") or _text(service.get("own_id")) or slug(f"{areas[0]} {name}" if areas and not slug(name).startswith(areas[0]) else name)
        identifier = self._unique(wanted, self._ids, {})
        self._ids.add(identifier)
        report.entry = identifier
        if not areas:
            areas = [region.id for region in self.directory.regions.roots()][:1]
            report.person("where help is given could not be read: coverage says everywhere")
        words = _text(service.get("description"))
        summary = _first(facts, "summary") or self._summary(_text(service.get("summary")) or words, name)
        description = _first(facts, "description") or ("" if words == summary else words)
        topics, audiences, kind = self._terms(service, name, words)
        channels, spare = self._channels(service)
        website = self._web(_text(service.get("url")), "website")
        cost = self._cost(service)
        state = STATUS.get(_text(service.get("status")), "")
        made: Data = {
            "id": identifier,
            "name": self._fit(name, 120, "name"),
            "kind": kind,
            "summary": summary,
            "topics": topics,
            "coverage": _stated({"regions": areas, "except": excepted, "note": note}),
        }
        access = {key: _first(facts, f"access.{key}") for key in ("referral", "id", "insurance", "appointment", "registration")}
        further: Data = {
            "alternate_names": facts.get("alternate_name") or _unique([self._fit(_text(service.get("alternate_name")), 120, "other name")]),
            "name_language": _first(facts, "name_language"),
            "discreet_name": _first(facts, "discreet_name"),
            "description": self._fit(description, 5000, "description"),
            "for_whom": self._fit(_text(service.get("eligibility_description")), 300, "who it is for"),
            "not_for": facts.get("not_for"),
            "audiences": audiences,
            "ages": _stated({"min": _age(service.get("minimum_age")), "max": _age(service.get("maximum_age")), "note": _first(facts, "ages_note")}),
            "use_instead": facts.get("use_instead"),
            "status_since": _first(facts, "status_since"),
            "website": website,
            "website_seen": ["data"] if website else [],
            "channels": channels,
            "places": self._places(service, spare),
            "meetings": _meetings(service),
            "access": _stated({**access, "note": self._fit(_text(service.get("application_process")), 400, "how to get access")}),
            "cost": cost,
            "waiting": _below(facts, "waiting"),
            "languages": self._languages(service),
            "interpreters": self._fit(_text(service.get("interpretation_services")), 200, "interpreters"),
            "confidentiality": _below(facts, "confidentiality"),
            "limits": _first(facts, "limits"),
            "handoff": self._traced(_handoff(facts)),
            "mentoring": self._traced(_mentoring(facts)),
            "accreditations": facts.get("accreditation") or _unique([self._fit(_text(service.get("accreditations")), 200, "accreditations")]),
            "crisis": _first(facts, "crisis"),
        }
        made.update((key, value) for key, value in further.items() if value)
        made["seen"] = ["data"]
        alert = _text(service.get("alert"))
        if self.origin.publish:
            made.update(_stated({"status": state, "status_note": self._fit(alert, 400, "note on the status")}))
        else:
            made.update(status="draft", status_note=ADVICE)
            if state or alert:
                report.person(f"the data says that it is {_text(service.get('status'))}{': ' + alert if alert else ''}")
        if _text(service.get("assured_date")):
            report.dropped("the day on which somebody checked it: only a check of your own stands under verified")
        made.update(_stated({"added": _first(facts, "added"), "changed": _first(facts, "changed")}))
        for each in _objects(service.get("contacts")):
            if each.get("name") and not each.get("phones"):
                report.dropped("the name of a person: a registry in public holds none")
        return made

    def _traced(self, data: Data) -> Data:
        return {**data, "seen": ["data"]} if data else {}

    def _coverage(self, service: Object, facts: Facts) -> tuple[list[str], list[str], str]:
        found, notes = [], []
        for area in _objects(service.get("service_areas")):
            own = _first(_facts(area), "region")
            region = (
                own
                if own in self.directory.regions
                else self._region(_text(area.get("extent"))) or self._region(_text(area.get("name") or area.get("service_area")))
            )
            if region:
                found.append(region)
            elif _text(area.get("name")):
                notes.append(_text(area.get("name")))
                self.report.person(f'"{_text(area.get("name"))[:60]}" is not one of our regions: add it, or choose one')
            notes.append(_text(area.get("description")))
        if not found:
            for at in _objects(service.get("service_at_locations")):
                for address in _objects(_object(at.get("location")).get("addresses")):
                    country, state = _text(address.get("country")), _text(address.get("state_province"))
                    region = self._of_address(country, state)
                    if region:
                        found.append(region)
                        self.report.guessed("where help is given was concluded from where the office is")
        note = "; ".join(dict.fromkeys(filter(None, notes)))
        return list(dict.fromkeys(found)), list(facts.get("except", ())), self._fit(note, 300, "note on the area")

    def _of_address(self, country: str, state: str) -> str:
        """Return the region of an address. A short state is never read without its country: CA is California in one and Canada in none."""
        return self._region(f"{country}-{state}") or (self._region(state) if len(state) > 3 or not country else "") or self._region(country)

    def _region(self, text: str) -> str:
        return self._regions.get(fold(text), "") if text else ""

    @cached_property
    def _regions(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for region in self.directory.regions:
            for name in (region.id, region.iso, region.name, *region.alternate_names):
                names.setdefault(fold(name), region.id)
        return names

    @cached_property
    def _words(self) -> dict[str, tuple[str, str]]:
        """Every name and synonym of a topic or audience, and to which it leads."""
        names: dict[str, tuple[str, str]] = {}
        for field, values in (("topics", self.directory.topics), ("audiences", self.directory.audiences)):
            for value in values.values():
                for name in (value.id, value.name, *value.synonyms):
                    names.setdefault(fold(name), (field, value.id))
        return names

    def _terms(self, service: Object, name: str, words: str) -> tuple[list[str], list[str], str]:
        found: dict[str, list[str]] = {"topics": [], "audiences": [], "kind": []}
        for attribute in _objects(service.get("attributes")):
            term = _object(attribute.get("taxonomy_term"))
            code, label = _text(term.get("code")), _text(term.get("name"))
            taxonomy = {"Handrail topics": "topics", "Handrail audiences": "audiences", "Handrail kinds": "kind"}.get(_text(term.get("taxonomy")), "")
            if taxonomy:
                found[taxonomy].append(code)
            elif label:
                leads = self._words.get(fold(code)) or self._words.get(fold(label))
                kind = _choice("service", "kind", code or label)
                if leads:
                    found[leads[0]].append(leads[1])
                elif kind:
                    found["kind"].append(kind)
                else:
                    self.report.dropped("a classification that the registry does not have")
        topics = [topic for topic in _unique(found["topics"]) if topic in self.directory.topics]
        audiences = [audience for audience in _unique(found["audiences"]) if audience in self.directory.audiences]
        if not topics:
            topics = ["mental-health"] if "mental-health" in self.directory.topics else list(self.directory.topics)[:1]
            self.report.person("what it helps with is not in the data: choose topics")
        kinds = found["kind"]
        if not kinds:
            said = fold(f"{name} {words}")
            kinds = [kind for word, kind in KINDS if word in said] or ["information"]
            self.report.guessed(f"the kind was concluded from words: {kinds[0]}")
        return topics, audiences, kinds[0]

    def _channels(self, service: Object) -> tuple[list[Data], list[Object]]:
        """Return the channels, and the schedules that belong to none of them."""
        schedules = _objects(service.get("schedules"))
        listed = [*_objects(service.get("phones"))]
        for contact in _objects(service.get("contacts")):
            listed += _objects(contact.get("phones"))
        for at in _objects(service.get("service_at_locations")):
            listed += _objects(_object(at.get("location")).get("phones")) + _objects(at.get("phones"))
        if not listed:
            listed = _objects(_object(service.get("organization")).get("phones"))
        made: list[Data] = []
        used: set[int] = set()
        for each in listed:
            channel = self._phone(each)
            if channel and not any(all(other.get(key) == channel.get(key) for key in ("type", "value", "extension", "keyword")) for other in made):
                self._with_hours(channel, _text(each.get("id")), schedules, used)
                made.append(channel)
        for each in _objects(service.get("additional_urls")):
            address = self._web(_text(each.get("url")), "web address of a channel")
            if address:
                facts = _facts(each)
                channel = self._known(
                    {"type": _first(facts, "channel") or ("chat" if "chat" in fold(_text(each.get("label"))) else "web"), "value": address}, facts
                )
                self._with_hours(channel, _text(each.get("id")), schedules, used)
                made.append(channel)
        facts = _facts(service)
        mail = self._mailbox(_text(service.get("email")), "e-mail address")
        mails = _unique([*facts.get("channel.email", ()), mail])
        for kind, values in (("email", mails), ("in-person", facts.get("channel.in-person", ())), ("post", facts.get("channel.post", ()))):
            made += [{"type": kind, **({"value": value} if kind != "in-person" or value != kind else {}), "seen": ["data"]} for value in values]
        if mail and "channel.email" not in facts:
            self.report.person("an e-mail address: check that it is no person's")
        spare = [each for number, each in enumerate(schedules) if number not in used and not _first(_facts(each), "meeting")]
        speaking = [channel for channel in made if channel["type"] == "phone" and "hours" not in channel]
        if spare and len(speaking) == 1 and not _objects(service.get("service_at_locations")):
            hours = self._hours(spare)
            if hours:
                speaking[0]["hours"] = hours
                self.report.guessed("hours of the service were taken for those of its telephone")
                spare = []
        return made, spare

    def _with_hours(self, channel: Data, identifier: str, schedules: list[Object], used: set[int]) -> None:
        own = [number for number, each in enumerate(schedules) if identifier and _first(_facts(each), "of") == identifier]
        used.update(own)
        hours = self._hours([schedules[number] for number in own]) if own else {}
        if hours:
            channel["hours"] = hours

    def _phone(self, value: Object) -> Data:
        number = _text(value.get("number")).strip('"').strip()
        kind = PHONES.get(_text(value.get("type")) or "voice", "")
        if not kind:
            self.report.dropped(f"a number of a kind that nobody calls: {_text(value.get('type'))}")
            return {}
        facts = _facts(value)
        kind = _first(facts, "channel") or kind
        if phone.problem(number):
            number, extension = _parted(number)
            if phone.problem(number):
                self.report.dropped("a number that cannot be dialled")
                return {}
            value = {**value, "extension": value.get("extension") or extension}
        channel = {"type": kind, "value": number}
        own = _first(facts, "extension") or _text(value.get("extension"))
        if own.isalnum():
            channel["extension"] = own[:10]
        if value.get("keyword"):
            channel["keyword"] = _text(value["keyword"])[:30]
        words = "" if facts else self._fit(_text(value.get("description")), 300, "words about a number")
        if words:
            channel["label" if len(words) <= 80 else "note"] = words
        languages = [code for each in _objects(value.get("languages")) if (code := self._language(each))]
        return self._known({**channel, **({"languages": _unique(languages)} if languages else {})}, facts)

    def _known(self, channel: Data, facts: Facts) -> Data:
        """Return a channel with what only our own data says of it."""
        names = {
            "label": "label",
            "keyword": "keyword",
            "keys": "keys",
            "vanity": "vanity",
            "sign_language": "sign_language",
            "channel_region": "region",
            "answered_by": "answered_by",
            "anonymous": "anonymous",
            "shows_on_bill": "shows_on_bill",
            "immediate": "immediate",
            "note": "note",
        }
        channel.update((field, _first(facts, name)) for name, field in names.items() if _first(facts, name))
        if _first(facts, "cost"):
            channel["cost"] = _stated({"kind": _first(facts, "cost"), "note": _first(facts, "cost_note")})
        if facts.get("language"):
            channel["languages"] = list(facts["language"])
        channel["seen"] = ["data"]
        return channel

    def _hours(self, schedules: list[Object], place_zone: str = "") -> Data:
        if not schedules:
            return {}
        facts = _facts(schedules[0])
        zone = _first(facts, "zone")
        weekly: list[Data] = []
        exceptions: list[Data] = []
        for each in schedules:
            opens, closes = _time(each.get("opens_at")), _time(each.get("closes_at"), closing=True)
            if each.get("dtstart") and not each.get("freq"):
                day = {
                    "date": _text(each["dtstart"]),
                    "until": _text(each.get("until")) if each.get("until") != each["dtstart"] else "",
                    "note": _first(_facts(each), "exception_note"),
                }
                exceptions.append(_stated({**day, **({"opens": opens, "closes": closes} if opens and closes else {"closed": "yes"})}))
                continue
            days = [DAYS[day] for day in _text(each.get("byday")).split(",") if day in DAYS]
            if _text(each.get("freq") or "WEEKLY") != "WEEKLY" or (each.get("freq") and not days):
                self.report.dropped("hours that are not weekly")
            elif days and opens and closes:
                free = [
                    day for day in days if not any(day in other["days"] and _overlap((opens, closes), (other["opens"], other["closes"])) for other in weekly)
                ]
                if len(free) < len(days):
                    self.report.dropped("hours that overlap others of the same day")
                if free:
                    weekly.append({"days": free, "opens": opens, "closes": closes})
        always, unknown = _first(facts, "always"), _first(facts, "unknown")
        if (
            not always
            and sorted(day for each in weekly for day in each["days"]) == sorted(DAYS.values())
            and all((each["opens"], each["closes"]) == ("00:00", "24:00") for each in weekly)
        ):
            always = "yes"
        if weekly and not always and not zone:
            zone = place_zone
            if not zone:
                self.report.dropped("hours whose time zone is not known")
                return {}
            self.report.guessed("the time zone of the hours was concluded from the region")
        if always:
            weekly = []
        if zone and zones.problem(zone):
            zone = ""
        return _stated(
            {"always": always, "unknown": unknown, "time_zone": zone, "weekly": weekly, "exceptions": exceptions, "note": _first(facts, "hours_note")}
        )

    def _places(self, service: Object, spare: list[Object]) -> list[Data]:
        made: list[Data] = []
        for number, at in enumerate(_objects(service.get("service_at_locations"))):
            location = _object(at.get("location"))
            facts = _facts(location)
            addresses = _objects(location.get("addresses"))
            address = addresses[0] if addresses else {}
            if not _text(address.get("city")):
                if _text(location.get("name")) or location.get("latitude"):
                    self.report.dropped("a place without an address")
                continue
            country, state = _text(address.get("country")), _text(address.get("state_province"))
            region = _first(facts, "region") or self._of_address(country, state)
            street = ", ".join(filter(None, (_text(address.get("address_1")), _text(address.get("address_2")))))
            schedules = [*_objects(location.get("schedules")), *_objects(at.get("schedules")), *(spare if number == 0 else [])]
            zone = self.directory.regions[region].time_zone if region in self.directory.regions else ""
            place: Data = {
                "id": _first(facts, "id") or ("main" if number == 0 else f"place-{number + 1}"),
                "name": self._fit(_text(location.get("name")), 120, "name of a place"),
            }
            further = {
                "region": region,
                "visibility": "full",
                "street": self._fit(street, 160, "street"),
                "locality": _text(address.get("city"))[:80],
                "postcode": _text(address.get("postal_code"))[:12],
                "latitude": _degrees(location.get("latitude"), 90),
                "longitude": _degrees(location.get("longitude"), 180),
                "accessibility": _unique(
                    filter(
                        None,
                        (_choice_of_item(_text(each.get("details")) or _text(each.get("description"))) for each in _objects(location.get("accessibility"))),
                    )
                ),
                "access_note": self._fit(_text(location.get("description")), 300, "words about a place")
                if facts or _text(location.get("description")) != _text(service.get("description"))
                else "",
                "hours": self._hours(schedules, zone),
                "seen": ["data"],
            }
            made.append(_stated({**place, **further}))
            self.report.person("an address: check that it may be shown to everybody")
        return made

    def _cost(self, service: Object) -> Data:
        options = _objects(service.get("cost_options"))
        words = _text(service.get("fees_description") or service.get("fees"))
        option = _text(options[0].get("option")) if options else ""
        kind = _choice("service", "cost.kind", option or words)
        if kind:
            return _stated({"kind": kind, "note": _text(options[0].get("amount_description")) if options else "", "seen": ["data"]})
        amounts = {_text(each.get("amount")) for each in options}
        if (amounts and amounts <= {"0", "0.0", "0.00"}) or re.fullmatch(
            r"(it is )?free( of charge)?\.?|no (cost|charge|fee)s?\.?|none\.?", words.strip().casefold()
        ):
            self.report.guessed("the cost was concluded to be free")
            return {"kind": "free", "seen": ["data"]}
        if words or option:
            self.report.guessed("the cost was concluded to vary")
            return _stated({"kind": "varies", "note": self._fit(words or option, 300, "cost"), "seen": ["data"]})
        return {}

    def _languages(self, service: Object) -> list[str]:
        return _unique(code for each in _objects(service.get("languages")) if (code := self._language(each)))

    def _language(self, value: Object) -> str:
        code, name = _text(value.get("code")), fold(_text(value.get("name")))
        if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            return code
        known = _language_names().get(name, "")
        if not known and (code or name):
            self.report.dropped("a language that could not be read")
        return known

    def _web(self, address: str, what: str) -> str:
        if not address:
            return ""
        if re.match(r"www\.", address):
            address = f"https://{address}"
            self.report.guessed(f"https:// was put before a {what}")
        if web.problem(address):
            self.report.dropped(f"a {what} that is none")
            return ""
        return address

    def _mailbox(self, address: str, what: str) -> str:
        if address and web.mailbox_problem(address):
            self.report.dropped(f"an {what} that is none")
            return ""
        return address

    def _summary(self, words: str, name: str) -> str:
        first = re.split(r"(?<=[.!?])\s", " ".join(words.split()), maxsplit=1)[0]
        if not first:
            self.report.person("there is no description: write a summary")
            return f"{name}."[:200]
        if len(first) > 200:
            first = first[:197].rsplit(" ", 1)[0] + "…"
        self.report.guessed("the summary is the first sentence of the description")
        return first

    def _fit(self, text: str, most: int, what: str) -> str:
        clean = "".join(character for character in text if not next(characters.hidden(character), None))
        if clean != text:
            self.report.dropped(f"invisible characters in the {what}")
        if len(clean) > most:
            self.report.dropped(f"the end of the {what}: it is longer than {most} characters")
            clean = clean[: most - 1].rsplit(" ", 1)[0] + "…"
        return clean

    def _unique(self, wanted: str, taken: set[str], also: Mapping[str, object]) -> str:
        base = wanted[:56].strip("-") or "entry"
        found, number = base, 2
        while found in taken or found in also:
            found, number = f"{base}-{number}", number + 1
        if found != wanted:
            self.report.entry = found
            self.report.guessed("the id was changed, so that it is the only one")
        return found


def slug(text: str) -> str:
    """Return a text as an id."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).encode("ascii", "ignore").decode()).strip("-")[:56].strip("-")


def _facts(value: Object) -> Facts:
    """Return the facts that our own export put into an attribute; empty for data of others."""
    for each in _objects(value.get("attributes")):
        if each.get("link_type") == "handrail":
            try:
                made = json.loads(_text(each.get("value")))
            except ValueError:
                return {}
            return (
                {key: [text for text in texts if isinstance(text, str)] for key, texts in made.items() if isinstance(texts, list)}
                if isinstance(made, dict)
                else {}
            )
    return {}


def _first(facts: Facts, name: str) -> str:
    return facts.get(name, [""])[0] if facts.get(name) else ""


def _below(facts: Facts, name: str) -> Data:
    made = {key.removeprefix(f"{name}."): values[0] for key, values in facts.items() if key.startswith(f"{name}.") and values}
    return {**made, "seen": ["data"]} if made else {}


def _handoff(facts: Facts) -> Data:
    return _stated({**{key: facts.get(f"handoff.{key}") for key in ("before", "they_ask", "next")}, "no_answer": _first(facts, "handoff.no_answer")})


def _meetings(service: Object) -> list[Data]:
    """Return the meetings that our own export put among the schedules."""
    made = []
    for each in _objects(service.get("schedules")):
        facts = _facts(each)
        if _first(facts, "meeting"):
            times = {"day": DAYS.get(_text(each.get("byday")), ""), "starts": _time(each.get("opens_at")), "ends": _time(each.get("closes_at"), closing=True)}
            names = {"name": "name", "zone": "time_zone", "place": "place", "note": "note"}
            made.append({**_stated({**times, **{field: _first(facts, name) for name, field in names.items()}}), "seen": ["data"]})
    return made


def _mentoring(facts: Facts) -> Data:
    made: Data = {key.removeprefix("mentoring."): values[0] for key, values in facts.items() if key.startswith("mentoring.") and key.count(".") == 1 and values}
    if facts.get("mentoring.models"):
        made["models"] = list(facts["mentoring.models"])
    if "training_hours" in made:
        made["training_hours"] = int(made["training_hours"])
    ages = {
        "min": _age(_first(facts, "mentoring.mentor_ages.min")),
        "max": _age(_first(facts, "mentoring.mentor_ages.max")),
        "note": _first(facts, "mentoring.mentor_ages.note"),
    }
    return _stated({**made, "mentor_ages": _stated(ages)})


def _choice(kind: str, path: str, text: str) -> str:
    """Return a text when it is one of the choices of a field, else an empty string."""
    schema: Any = library.resolved(kind)
    for part in path.split("."):
        schema = schema["properties"][part]
    wanted = fold(text).replace(" ", "-")
    return wanted if wanted in schema["enum"] else ""


_FEATURES = {
    "wheelchair": "step-free",
    "ramp": "step-free",
    "elevator": "lift",
    "restroom": "accessible-toilet",
    "disabled_parking": "accessible-parking",
    "deaf_interpreter": "sign-language",
}


def _choice_of_item(text: str) -> str:
    choices = library.resolved("place")["properties"]["accessibility"]["items"]["enum"]
    wanted = fold(text).replace(" ", "-")
    return wanted if wanted in choices else _FEATURES.get(wanted, "")


def _parted(number: str) -> tuple[str, str]:
    """Return a number and the extension that was written behind it."""
    match = re.match(r"(?P<number>[+0-9 ().\-]+?)\s*(?:,?\s*(?:ext|extension|x)\.?\s*(?P<extension>[0-9]+))?\s*\Z", number, re.IGNORECASE)
    return (match["number"].strip(), match["extension"] or "") if match else (number, "")


def _time(value: Any, *, closing: bool = False) -> str:
    match = re.match(r"([01]?\d|2[0-4]):([0-5]\d)", _text(value))
    if not match:
        return ""
    text = f"{int(match[1]):02}:{match[2]}"
    return "24:00" if closing and text in ("23:59", "00:00") else text


def _overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two openings of a day share time; one that ends before it starts ends on the next day."""
    (a, b), (c, d) = (times if times[1] > times[0] else (times[0], "99:99") for times in (one, other))
    return a < d and c < b


def _age(value: Any) -> int | None:
    text = _text(value)
    return int(float(text)) if re.fullmatch(r"\d{1,3}(\.0+)?", text) and float(text) <= 120 else None


def _degrees(value: Any, most: int) -> float | None:
    try:
        found = float(_text(value))
    except ValueError:
        return None
    return round(found, 6) if -most <= found <= most else None


def _text(value: Any) -> str:
    """Return a value as text; what is written where there is nothing to say is nothing."""
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    text = str(value).strip()
    return "" if text.casefold() in ("none", "n/a", "null", "none.") else text


def _object(value: Any) -> Object:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Object]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, values)))


def _stated(data: Mapping[str, Any]) -> Data:
    return {key: value for key, value in data.items() if value not in ("", None, [], {})}


@cache
def _language_names() -> dict[str, str]:
    return {fold(str(name)): str(code).replace("_", "-") for code, name in Locale("en").languages.items() if len(str(code)) <= 3}
