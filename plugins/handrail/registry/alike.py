"""Do two entries speak of the same thing? Same number, same website, nearly the same name.

What is found is no mistake: two services may share a number. It is what a reviewer, or whoever fills in the form, has to look at.
The form in the browser asks the same (``scripts/form/alike.mjs``), and a test holds both to the same answers.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.registry.registry import Entry, Registry
from handrail.text import characters, phone, web

NEAR = 0.86
"""Likeness of two names from which they may mean the same service."""
SHORT = 6
"""Digits up to which a number is dialled as it is, and means something else in another country."""
PLATFORM = 2
"""Other organizations that may share a website before it is taken for a platform that says nothing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry can share with another."""

    id: str
    organization: str
    names: tuple[str, ...]
    """Its name and its other names, folded; the name first."""
    numbers: Mapping[str, tuple[str, Mapping[str, Any]]]
    """By what a telephone abroad would dial (short codes: country and digits): how it is written, and its hours."""
    sites: tuple[str, ...]
    """Hosts of its own website and of its organization's."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Another entry that may be the same."""

    id: str
    other: str
    key: str
    """The words for it: ``clash.KEY`` in the catalogue."""
    value: str


@dataclass(frozen=True, slots=True)
class Country:
    """How numbers of a country are dialled from abroad."""

    id: str
    calling_code: str
    trunk_prefix: str


def countries(registry: Registry) -> dict[str, Country]:
    """Return for every region the country it lies in; regions outside every country are left out."""
    regions = {each.id: each.data for each in registry.regions}
    found = {}
    for name in regions:
        above, walked = name, set[str]()
        while above in regions and above not in walked and len(str(regions[above].get("iso", ""))) != 2:
            walked.add(above)
            above = str(regions[above].get("parent", ""))
        if above in regions and above not in walked:
            data = regions[above]
            found[name] = Country(above, str(data.get("calling_code", "")), str(data.get("trunk_prefix", "")))
    return found


def facts(entry: Entry, places: Mapping[str, Country]) -> Facts:
    """Return what a service can share with another."""
    organization = entry.organization.data if entry.organization else {}
    names = (entry.data.get("name", ""), *entry.data.get("alternate_names", ()))
    sites = (web.host(each) for each in (entry.data.get("website", ""), organization.get("website", "")) if each and not web.problem(each))
    return Facts(
        entry.id, str(organization.get("id", "")), tuple(characters.fold(str(name)) for name in names if name),
        dict(_numbers(entry.data, places)), tuple(dict.fromkeys(sites)),
    )


def _numbers(service: Mapping[str, Any], places: Mapping[str, Country]) -> Iterator[tuple[str, tuple[str, Mapping[str, Any]]]]:
    covered = (places.get(region) for region in service.get("coverage", {}).get("regions", ()))
    home = list({each.id: each for each in covered if each}.values())
    for channel in service.get("channels", ()):
        value = channel.get("value")
        if isinstance(value, str) and not phone.problem(value):
            hours = {key: item for key, item in channel.get("hours", {}).items() if key in ("always", "weekly", "time_zone")}
            for key in _abroad(value, home):
                yield key, (value, hours)


def _abroad(value: str, home: Sequence[Country]) -> Iterator[str]:
    """Yield what a number is known by: with its country code, or with its country where it has none."""
    digits = phone.digits(value)
    if value.startswith("+"):
        yield f"+{digits}"
        return
    if not home:
        yield digits
    for country in home:
        if len(digits) <= SHORT or not country.calling_code:
            yield f"{country.id} {digits}"
        else:
            yield f"+{country.calling_code}{digits.removeprefix(country.trunk_prefix) if country.trunk_prefix else digits}"


def clashes(mine: Facts, others: Sequence[Facts]) -> list[Clash]:
    """Return every other entry that may be the same as this one, and why."""
    others = [each for each in others if each.id != mine.id]
    shared = Counter(site for _, site in {(each.organization, site) for each in others if each.organization != mine.organization for site in each.sites})
    return [Clash(mine.id, other.id, key, value) for other in others for key, value in dict.fromkeys(_between(mine, other, shared))]


def _between(mine: Facts, other: Facts, shared: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for key in sorted(mine.numbers.keys() & other.numbers.keys()):
        shown, hours = mine.numbers[key]
        theirs = other.numbers[key][1]
        yield "number.hours" if hours and theirs and hours != theirs else "number", shown
    if mine.organization == other.organization:
        return
    for site in mine.sites:
        if site in other.sites and shared[site] <= PLATFORM:
            yield "site", site
    if any(_near(one, two) for one in mine.names[:1] for two in other.names) or any(_near(one, two) for one in mine.names for two in other.names[:1]):
        yield "name", ""


def _near(one: str, two: str) -> bool:
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def of_registry(registry: Registry, entries: Iterable[Entry] | None = None) -> list[Facts]:
    """Return the facts of every service, or of some."""
    places = countries(registry)
    return [facts(entry, places) for entry in (registry.services if entries is None else entries) if entry.id]
