"""Does an entry keep the rules of this directory? Sources of contacts, hours that make sense, dates, safe texts.

Runs only over entries whose shape is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from handrail.issues.issue import Issue
from handrail.registry.reading import Path
from handrail.registry.registry import Entry, Registry
from handrail.registry.said import say
from handrail.text import characters, web

CARRIES = frozenset(("operator", "public-authority"))
"""Publishers whose pages carry a contact into the published site."""

LONGEST_NIGHT = 16 * 60
"""Minutes after which an opening that ends before it starts is taken for a mistake rather than for a night."""

_AGES: tuple[Path, ...] = (("ages",), ("mentoring", "mentor_ages"))
_SITE_ADDRESSES: tuple[Path, ...] = (("site", "leave_to"), ("site", "repository", "url"), ("site", "data_licence", "url"))

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def organization(entry: Entry, today: date) -> Iterator[Issue]:
    """Yield every issue inside an organization and its services."""
    # The whole file at once: most hold neither words of two scripts nor days to come.
    is_plain = entry.is_spelled_out and not characters.mixed_scripts(entry.document.text)
    is_past = entry.is_spelled_out and not _names_days_to_come(entry.document.text, today)
    yield from () if is_plain else _texts(entry, ("services",))
    yield from _websites(entry)
    yield from () if is_past else _dates(entry, today, ("services",))
    for service in entry.services:
        yield from () if is_plain else _texts(service, ())
        yield from _websites(service)
        yield from _channels(service)
        yield from _all_hours(service)
        yield from () if is_past else _dates(service, today)
        for group in _AGES:
            ages = _get(service.data, group)
            if isinstance(ages, dict) and ages.get("min", 0) > ages.get("max", 999):
                yield service.issue("E316", (*group, "max"), say("ages", name=group[-1]), say("exchange"))


def root(registry: Registry, today: date) -> Iterator[Issue]:
    """Yield every issue inside the other entries of the root file."""
    for crisis in registry.crisis:
        sources = crisis.data["emergency"]["sources"]
        if not any(source["publisher"] in CARRIES for source in sources):
            message = "no public authority's page is named for this emergency number"
            yield crisis.issue("E310", ("emergency", "value"), message, "add a source whose publisher is public-authority")
        yield from _dates(crisis, today)
    for entries in (registry.regions, registry.topics, registry.audiences, registry.crisis):
        for entry in entries:
            yield from _texts(entry, ())
    top = Entry(registry.data, registry.root, ())
    yield from _texts(top, ("regions", "topics", "audiences", "crisis", "organizations", "include"))
    for path in _SITE_ADDRESSES:
        yield from _encrypted(top, path)


def _channels(entry: Entry) -> Iterator[Issue]:
    assert entry.organization is not None
    publishers = {source["id"]: source["publisher"] for source in entry.organization.data["sources"]}
    reachable = False
    for index, channel in enumerate(entry.data.get("channels", ())):
        if channel.get("status", "published") != "published":
            continue
        reachable = True
        if entry.data.get("status") == "draft":
            continue
        if not any(publishers.get(source) in CARRIES for source in channel.get("seen", ())):
            yield entry.issue(
                "E310", ("channels", index, "value" if "value" in channel else "type"),
                say("unseen"), say("unseen.help"), "contribute/sources/")
    if entry.data.get("status", "active") == "active" and not reachable and not entry.data.get("website") and not entry.data.get("places"):
        yield entry.issue("W318", (), say("unreached"), say("unreached.help"))


def _websites(entry: Entry) -> Iterator[Issue]:
    addresses: list[Path] = [("website",)] if "website" in entry.data else []
    addresses += [("channels", index, "value") for index, channel in enumerate(entry.data.get("channels", ())) if channel["type"] in ("chat", "web", "app")]
    for path in addresses:
        yield from _encrypted(entry, path)


def _encrypted(entry: Entry, path: Path) -> Iterator[Issue]:
    address = _get(entry.data, path)
    if isinstance(address, str) and not web.is_encrypted(address):
        yield entry.issue("W402", path, say("http"), say("http.help"))


def _all_hours(entry: Entry) -> Iterator[Issue]:
    for path, hours in _groups(entry.data, "hours"):
        yield from _hours(entry, path, hours)


def _hours(entry: Entry, path: Path, hours: dict[str, Any]) -> Iterator[Issue]:
    stated = [name for name in ("always", "unknown") if hours.get(name) == "yes"] + (["weekly"] if "weekly" in hours else [])
    if len(stated) > 1:
        yield entry.issue("E312", (*path, stated[1]), say("hours.both", one=stated[0], other=stated[1]), say("hours.both.help"), key=True)
    week: list[tuple[int, int, Path]] = []
    for index, span in enumerate(hours.get("weekly", ())):
        here = (*path, "weekly", index)
        opens, closes = minutes(span["opens"]), minutes(span["closes"])
        yield from _length(entry, here, opens, closes)
        if opens == 24 * 60:
            yield entry.issue("E312", (*here, "opens"), say("hours.day-end"), say("hours.day-end.help"))
        length = closes - opens if closes > opens else closes + 24 * 60 - opens
        for day in span["days"]:
            start = DAYS.index(day) * 24 * 60 + opens
            week.append((start, start + length, here))
    week.sort(key=lambda opening: opening[:2])
    if len(week) > 1:  # the night from Sunday runs into Monday
        start, end, here = week[0]
        week.append((start + 7 * 24 * 60, end + 7 * 24 * 60, here))
    for (_, end, first), (start, _, second) in pairwise(week):
        if start < end:
            yield entry.issue("E312", max(first, second), say("hours.overlap"), say("hours.overlap.help"))
    yield from _exceptions_apart(entry, path, hours.get("exceptions", ()))
    for index, exception in enumerate(hours.get("exceptions", ())):
        here = (*path, "exceptions", index)
        if exception.get("until", exception["date"]) < exception["date"]:
            yield entry.issue("E316", (*here, "until"), say("exception.backwards"), say("exchange"))
        if ("opens" in exception) != ("closes" in exception):
            yield entry.issue("E312", here, say("exception.half"), say("exception.half.help"))
        elif "opens" in exception and exception.get("closed") == "yes":
            yield entry.issue("E312", (*here, "closed"), say("exception.closed"), say("exception.closed.help"), key=True)
        elif "opens" in exception:
            yield from _length(entry, here, minutes(exception["opens"]), minutes(exception["closes"]))
        elif exception.get("closed") != "yes":
            yield entry.issue("E312", here, say("exception.nothing"), say("exception.nothing.help"))


def _exceptions_apart(entry: Entry, path: Path, exceptions: Sequence[dict[str, Any]]) -> Iterator[Issue]:
    """Yield an issue for days that two exceptions speak of, unless they are the same days with two openings."""
    spans = sorted((each["date"], each.get("until", each["date"]), index) for index, each in enumerate(exceptions))
    for (first, last, before), (start, end, after) in pairwise(spans):
        two_openings = (first, last) == (start, end) and all("opens" in exceptions[index] for index in (before, after))
        if start <= last and not two_openings:
            here = (*path, "exceptions", max(before, after), "date")
            yield entry.issue("E312", here, say("exception.twice", day=start), say("exception.twice.help"))


def _length(entry: Entry, path: Path, opens: int, closes: int) -> Iterator[Issue]:
    if closes == opens:
        yield entry.issue("E312", (*path, "closes"), say("hours.same"), say("hours.same.help"))
    elif 0 < closes < opens and closes + 24 * 60 - opens > LONGEST_NIGHT:
        yield entry.issue("E312", (*path, "closes"), say("hours.backwards"), say("hours.backwards.help"))


def minutes(time: str) -> int:
    """Return the minutes since midnight of a time such as "17:30"; "24:00" is 1440."""
    hours, _, rest = time.partition(":")
    return int(hours) * 60 + int(rest)


_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_DIGITS = re.compile(r"[0-9][0-9-]{3,}")
"""What can be a day: in a file neither a digit nor a hyphen stands beside one that is a value."""
_PAST = frozenset(("added", "changed", "status_since", "as_of", "dated", "since"))
"""Fields that tell what happened; a source may bear a year or a month only."""


def _names_days_to_come(text: str, today: date) -> bool:
    day = today.isoformat()
    return any(found > day[:len(found)] and _DAY.fullmatch(found) for found in _DIGITS.findall(text))


def _dates(entry: Entry, today: date, without: tuple[str, ...] = ()) -> Iterator[Issue]:
    day = today.isoformat()
    for path, value in _past(entry.data, (), without):
        if value != "undated" and value > day[:len(value)]:
            yield entry.issue("E313", path, say("future", date=value), say("future.help"))


def _past(data: dict[str, Any] | list[Any], path: Path, without: tuple[str, ...] = ()) -> list[tuple[Path, Any]]:
    """Return the values of all fields that tell what happened, with their paths."""
    found: list[tuple[Path, Any]] = []
    for key, item in data.items() if isinstance(data, dict) else enumerate(data):
        if type(item) is dict or type(item) is list:
            found += _past(item, (*path, key)) if key not in without else ()
        elif key in _PAST or (key == "date" and "verified" in path):
            found.append(((*path, key), item))
    return found


def _texts(entry: Entry, without: tuple[str, ...]) -> Iterator[Issue]:
    for path, value in _walk(entry.data, (), without):
        if isinstance(value, str) and not value.isascii():
            for word in characters.mixed_scripts(value):
                yield entry.issue("W406", path, say("scripts", word=word), say("scripts.help"))


def _groups(data: dict[str, Any] | list[Any], name: str, path: Path = ()) -> list[tuple[Path, dict[str, Any]]]:
    """Return all groups of fields with a name, with their paths."""
    found: list[tuple[Path, dict[str, Any]]] = []
    for key, item in data.items() if isinstance(data, dict) else enumerate(data):
        if type(item) is dict and key == name:
            found.append(((*path, key), item))
        elif type(item) is dict or type(item) is list:
            found += _groups(item, name, (*path, key))
    return found


def _walk(value: Any, path: Path, without: tuple[str, ...] = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in without:
                yield from _walk(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index))
    else:
        yield path, value


def _get(data: Any, path: Path) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
