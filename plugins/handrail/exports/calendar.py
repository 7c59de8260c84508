"""Meetings for a calendar: iCalendar (RFC 5545), one weekly event a meeting, in the time zone of the place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from handrail.exports.dataset import Dataset
from handrail.exports.identity import uuid
from handrail.exports.vcard import folded
from handrail.model.values import Meeting, Service
from handrail.model.vocabulary import Vocabulary
from handrail.text import escape
from handrail.text.words import Words
from handrail.views import handover

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def events(service: Service, data: Dataset) -> list[str]:
    """Return the events of a service; a meeting starts with the first such day on or after the day the entry was added (or the data's own).

    Each says where it comes from: events are taken out of their calendar one by one.
    """
    further = [f"URL:{data.page(service)}"] if data.base else []
    further.append(f"COMMENT:{escape.icalendar(data.notice)}")
    return [
        _event(service, number, meeting, ": ".join(filter(None, (service.name, meeting.name))), data.fresh, _where(service, meeting), meeting.note, further)
        for number, meeting in enumerate(service.meetings)
    ]


def discreet_events(service: Service, since: date, vocabulary: Vocabulary, t: Words) -> list[str]:
    """Return the events under a neutral title, without a note."""
    name = handover.neutral_name(service, vocabulary, t)
    made = []
    for number, meeting in enumerate(service.meetings):
        where = _where(service, meeting)
        made.append(_event(service, number, meeting, name, since, "" if vocabulary.found(where) else where, "", [], "discreet"))
    return made


def zones(service: Service) -> list[str]:
    """Return the time zones of the meetings of a service."""
    return sorted({meeting.time_zone for meeting in service.meetings if meeting.time_zone != "local"})


def calendar(made: Iterable[str], names: Iterable[str], data: Dataset) -> bytes:
    """Return events as a calendar that says what it is (RFC 7986), with the rules of their time zones."""
    name, words = escape.icalendar(data.directory.site.name), escape.icalendar(data.notice)
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Handrail//Meetings//EN", "CALSCALE:GREGORIAN", f"NAME:{name}", f"X-WR-CALNAME:{name}"]
    head += [f"DESCRIPTION:{words}", f"X-WR-CALDESC:{words}", f"LAST-MODIFIED:{data.fresh:%Y%m%d}T000000Z"]
    head += [f"URL:{data.base}"] if data.base else []
    return ("".join(map(folded, head)) + "".join(map(zone, sorted(set(names)))) + "".join(made) + "END:VCALENDAR\r\n").encode()


def _where(service: Service, meeting: Meeting) -> str:
    return next((line for place in service.places if place.id == meeting.place and (line := handover.address(place))), "")


def _event(service: Service, number: int, meeting: Meeting, title: str, since: date, where: str, note: str, further: list[str], *form: str) -> str:
    first = service.added or since
    first += timedelta(days=(meeting.day - first.weekday()) % 7)
    ends = meeting.starts + 60 if meeting.ends is None else meeting.ends
    if ends <= meeting.starts:
        ends += 24 * 60
    in_zone = f";TZID={meeting.time_zone}" if meeting.time_zone != "local" else ""
    stamp = f"{(service.changed or service.added or since):%Y%m%d}T000000Z"
    lines = ["BEGIN:VEVENT", f"UID:{uuid('meeting', service.id, number, *form)}", f"DTSTAMP:{stamp}", f"DTSTART{in_zone}:{_moment(first, meeting.starts)}"]
    if meeting.ends is not None:
        lines.append(f"DTEND{in_zone}:{_moment(first, ends)}")
    lines += [f"RRULE:FREQ=WEEKLY;BYDAY={DAYS[meeting.day]}", f"SUMMARY:{escape.icalendar(title)}"]
    lines += [f"LOCATION:{escape.icalendar(where)}"] if where else []
    lines += [f"DESCRIPTION:{escape.icalendar(note)}"] if note else []
    return "".join(map(folded, [*lines, *further, "END:VEVENT"]))


def _moment(day: date, minutes: int) -> str:
    day += timedelta(days=minutes // 1440)
    return f"{day:%Y%m%d}T{minutes % 1440 // 60:02}{minutes % 60:02}00"


@cache
def zone(name: str, year: int = 2026) -> str:
    """Return a VTIMEZONE with the yearly rules that hold in a year, read from the zone itself; a zone that never changes has one."""
    where = ZoneInfo(name)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    changes = _changes(where, year)
    if not changes:
        plain = datetime(year, 1, 1, tzinfo=where)
        lines += _rule("STANDARD", plain.replace(tzinfo=None), _offset(plain), _offset(plain), "", plain.tzname() or name)
    for at in changes:
        before, after = at.astimezone(where), (at + timedelta(seconds=1)).astimezone(where)
        local = (at + timedelta(seconds=1)).replace(tzinfo=None) + _delta(before)
        kind = "DAYLIGHT" if after.dst() else "STANDARD"
        lines += _rule(kind, _in_2000(local), _offset(before), _offset(after), _yearly(local), after.tzname() or name)
    return "".join(map(folded, [*lines, "END:VTIMEZONE"]))


def _rule(kind: str, local: datetime, before: str, after: str, yearly: str, abbreviation: str) -> list[str]:
    rule = [f"RRULE:{yearly}"] if yearly else []
    return [f"BEGIN:{kind}", f"DTSTART:{local:%Y%m%dT%H%M%S}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *rule, f"TZNAME:{abbreviation}", f"END:{kind}"]


def _changes(where: ZoneInfo, year: int) -> list[datetime]:
    """Return the last second before each change of the clocks in a year (UTC)."""
    found = []
    at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while at < end:
        following = at + timedelta(hours=12)
        if _delta(at.astimezone(where)) != _delta(following.astimezone(where)):
            low, high = at, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
                low, high = (middle, high) if _delta(middle.astimezone(where)) == _delta(at.astimezone(where)) else (low, middle)
            found.append(low)
        at = following
    return found


def _delta(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)


def _offset(moment: datetime) -> str:
    minutes = int(_delta(moment).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _yearly(local: datetime) -> str:
    """Return the yearly rule of a change."""
    return f"FREQ=YEARLY;BYMONTH={local.month};BYDAY={_nth(local)}{DAYS[local.weekday()]}"


def _nth(local: datetime) -> int:
    """Return which of its weekday in its month a day is; -1 for the last."""
    return -1 if (local + timedelta(days=7)).month != local.month else (local.day - 1) // 7 + 1


def _in_2000(local: datetime) -> datetime:
    """Return the same change in the year 2000, so that the rule holds for meetings that began long ago."""
    days = [day for offset in range(31) if (day := datetime(2000, local.month, 1, local.hour, local.minute) + timedelta(days=offset)).month == local.month]
    return next(day for day in days if day.weekday() == local.weekday() and _nth(day) == _nth(local))
