"""Two states of a registry side by side: which entries changed, field by field, and what that means for others."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.issues.issue import Issue
from handrail.model.directory import Directory
from handrail.registry import golden
from handrail.registry.registry import Entry, Registry
from handrail.schemas import library
from handrail.text import characters, phone, web

_ALIKE = 0.86
"""Likeness of two names from which they may mean the same service."""


@dataclass(frozen=True, slots=True)
class State:
    """A registry, checked, and the directory that was made of it (None when it has errors)."""

    registry: Registry
    directory: Directory | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field that differs; empty where it does not stand."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that was added, changed or taken out."""

    kind: str
    """``service`` or ``organization``."""
    id: str
    before: Entry | None
    after: Entry | None
    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        """The name it has now, or had."""
        entry = self.after or self.before
        assert entry is not None
        return str(entry.data.get("name", self.id))


@dataclass(frozen=True, slots=True)
class Clash:
    """Another entry that says something of the same thing."""

    change: str
    other: str
    why: str


def changes(before: State, after: State) -> list[Change]:
    """Return every service and organization that differs, services first, by id."""
    found = []
    for kind in ("services", "organizations"):
        old, new = ({entry.id: entry for entry in getattr(state.registry, kind) if entry.id} for state in (before, after))
        for identifier in sorted({*old, *new}):
            one, other = old.get(identifier), new.get(identifier)
            fields = tuple(_differences(_own(one, kind), _own(other, kind), "service" if kind == "services" else "organization"))
            if fields or (one is None) != (other is None):
                found.append(Change(kind.removesuffix("s"), identifier, one, other, fields))
    return found


def _own(entry: Entry | None, kind: str) -> Mapping[str, Any]:
    if entry is None:
        return {}
    return {key: value for key, value in entry.data.items() if kind == "services" or key != "services"}


def _differences(before: Any, after: Any, schema: str) -> Iterator[Field]:
    yield from _diff(before, after, library.resolved(schema), ())


def _diff(before: Any, after: Any, schema: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[Field]:
    """Yield every single fact that differs, with its title in words; None stands for what is not there."""
    if before == after:
        return
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        old, new = (value if isinstance(value, Mapping) else {} for value in (before, after))
        for key in dict.fromkeys((*new, *old)):
            rules = schema.get("properties", {}).get(key, {})
            rules = rules if isinstance(rules, Mapping) else {}
            yield from _diff(old.get(key), new.get(key), rules, (*above, str(rules.get("title", key))))
    elif any(isinstance(item, Mapping) for value in (before, after) if isinstance(value, list) for item in value):
        for name, old, new in _pairs(before or [], after or []):
            yield from _diff(old, new, schema.get("items", {}), (*above[:-1], f"{above[-1]} {name}".strip()))
    else:
        yield Field(": ".join(above), _said(before), _said(after))


def _said(value: Any) -> str:
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _pairs(before: list[Any], after: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield items that belong together: of the same name, else (a number that changed) the next one of the same type."""
    left = list(before)
    waiting = []
    for item in after:
        same = next((each for each in left if _called(each) == _called(item)), None)
        if same is None:
            waiting.append(item)
        else:
            left.remove(same)
            yield _called(item), same, item
    for item in waiting:
        kind = item.get("type") if isinstance(item, Mapping) else None
        same = next((each for each in left if kind and isinstance(each, Mapping) and each.get("type") == kind), None)
        if same is not None:
            left.remove(same)
        yield _called(item), same, item
    for item in left:
        yield _called(item), item, None


def _called(item: Any) -> str:
    if not isinstance(item, Mapping):
        return ""
    if "type" in item:
        return f"{item['type']} {item.get('value', '')}".strip()
    return str(item.get("id") or item.get("name") or item.get("date") or " ".join(map(str, item.get("days", ()))))


def new_issues(before: State, after: State) -> list[Issue]:
    """Return the issues that were not there before; lines that only moved are the same issue."""
    known = {(issue.code, issue.file, issue.message) for issue in before.registry.issues}
    return [issue for issue in after.registry.issues if (issue.code, issue.file, issue.message) not in known]


def clashes(found: list[Change], after: State) -> list[Clash]:
    """Return entries of the registry that may be the same as a changed one, or that contradict it."""
    result = []
    services = [entry for entry in after.registry.services if entry.id]
    for change in found:
        if change.kind != "service" or change.after is None:
            continue
        mine = change.after
        for other in services:
            if other.id != mine.id:
                result += [Clash(mine.id, other.id, why) for why in _clash(mine, other)]
    return result


def _clash(mine: Entry, other: Entry) -> Iterator[str]:
    numbers, theirs = _numbers(mine), _numbers(other)
    for number in sorted(numbers.keys() & theirs.keys()):
        shown, hours = numbers[number]
        if hours and theirs[number][1] and hours != theirs[number][1]:
            yield f"has the same number {shown}, and other hours"
        else:
            yield f"has the same number {shown}"
    if mine.organization is other.organization:
        return
    for address in sorted({_site(mine)} & {_site(other)} - {""}):
        yield f"has the same website {address}"
    names = [[characters.fold(str(name)) for name in (entry.data.get("name", ""), *entry.data.get("alternate_names", ())) if name] for entry in (mine, other)]
    if any(difflib.SequenceMatcher(None, one, two).ratio() >= _ALIKE for one in names[0] for two in names[1]):
        yield "has nearly the same name"


def _numbers(entry: Entry) -> dict[str, tuple[str, Any]]:
    """Return numbers as they are dialled within the countries of the entry, each with how it is written and its hours."""
    country = sorted({str(region).split("-", 1)[0] for region in entry.data.get("coverage", {}).get("regions", ())})
    found = {}
    for channel in entry.data.get("channels", ()):
        value = channel.get("value")
        if isinstance(value, str) and not phone.problem(value):
            hours = {key: item for key, item in channel.get("hours", {}).items() if key in ("always", "weekly", "time_zone")}
            key = phone.dialled(value) if value.startswith("+") or len(phone.digits(value)) > 6 else f"{country} {phone.digits(value)}"
            found[key] = (value, hours)
    return found


def _site(entry: Entry) -> str:
    address = entry.data.get("website", "")
    return web.host(address) + address.split("/", 3)[-1].rstrip("/") if isinstance(address, str) and address.count("/") >= 3 and not web.problem(address) else \
        web.host(address) if isinstance(address, str) and address and not web.problem(address) else ""


@dataclass(frozen=True, slots=True)
class CrisisChange:
    """A line of crisis help that came or went."""

    region: str
    text: str
    added: bool


def crisis_changes(before: State, after: State) -> list[CrisisChange]:
    """Return what differs in crisis help: emergency numbers, lines, their channels and hours."""
    old, new = ({region: [line.text for line in found] for region, found in golden.lines(state.registry).items()} for state in (before, after))
    result = []
    for region in dict.fromkeys((*old, *new)):
        result += [CrisisChange(region, text, False) for text in old.get(region, ()) if text not in new.get(region, ())]
        result += [CrisisChange(region, text, True) for text in new.get(region, ()) if text not in old.get(region, ())]
        if sorted(old.get(region, ())) == sorted(new.get(region, ())) and old.get(region) != new.get(region):
            result.append(CrisisChange(region, "the order of its lines", True))
    return result


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader finds in a region, before and after."""

    region: str
    before: int
    after: int
    came: tuple[str, ...]
    went: tuple[str, ...]


def readers(found: list[Change], before: State, after: State) -> list[Seen]:
    """Return for every region that a changed service names what its page lists before and after; nothing while there are errors."""
    if before.directory is None or after.directory is None:
        return []
    regions = sorted({
        region for change in found if change.kind == "service" for entry in (change.before, change.after) if entry
        for region in entry.data.get("coverage", {}).get("regions", ())
    })
    result = []
    for region in regions:
        old, new = (_reaching(state.directory, region) for state in (before, after))
        name = after.directory.regions[region].name if region in {each.id for each in after.directory.regions} else region
        result.append(Seen(name, len(old), len(new), tuple(new[key] for key in new if key not in old), tuple(old[key] for key in old if key not in new)))
    return result


def _reaching(directory: Directory | None, region: str) -> dict[str, str]:
    if directory is None or region not in {each.id for each in directory.regions}:
        return {}
    return {service.id: service.name for service, _ in directory.reaching(region) if service.is_open_to_people}
