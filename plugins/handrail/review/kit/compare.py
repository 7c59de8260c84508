"""Two states of a registry side by side: which entries changed, field by field, and what that means for others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.issues.issue import Issue
from handrail.model import build
from handrail.model.directory import Directory
from handrail.registry import alike, golden
from handrail.registry.alike import Clash
from handrail.registry.registry import Entry, Registry
from handrail.schemas import library
from handrail.text.words import words
from handrail.views import hours as hours_view


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
    """An entry that was added, changed, moved or taken out."""

    kind: str
    """``service`` or ``organization``."""
    id: str
    before: Entry | None
    after: Entry | None
    fields: tuple[Field, ...]

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or as it was."""
        entry = self.after or self.before
        assert entry is not None
        return entry

    @property
    def name(self) -> str:
        """The name it has now, or had."""
        return str(self.entry.data.get("name", self.id))

    @property
    def files(self) -> tuple[str, str]:
        """The file it stood in and the one it stands in, where they differ: another owner is asked about it then."""
        if self.before is None or self.after is None or self.before.document.name == self.after.document.name:
            return "", ""
        return self.before.document.name, self.after.document.name


def changes(before: State, after: State) -> list[Change]:
    """Return every service and organization that differs, services first, by id."""
    found = []
    for kind in ("services", "organizations"):
        old, new = (_by_id(getattr(state.registry, kind)) for state in (before, after))
        for key in sorted({*old, *new}):
            one, other = old.get(key), new.get(key)
            fields = tuple(_fields(one, other, kind))
            change = Change(kind.removesuffix("s"), key.split("\0")[0], one, other, fields)
            if fields or (one is None) != (other is None) or any(change.files):
                found.append(change)
    return found


def _by_id(entries: list[Entry]) -> dict[str, Entry]:
    """Return entries by id; a second one of the same id stands beside the first, for it is what the change adds."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.id:
            found[entry.id if entry.id not in found else f"{entry.id}\0{entry.document.name}\0{entry.path}"] = entry
    return found


def _fields(before: Entry | None, after: Entry | None, kind: str) -> Iterator[Field]:
    schema = library.resolved("service" if kind == "services" else "organization")
    yield from _diff(_own(before, kind), _own(after, kind), schema, ())
    if kind == "services" and before and after and before.organization and after.organization and before.organization.id != after.organization.id:
        yield Field("Organization", before.organization.id, after.organization.id)


def _own(entry: Entry | None, kind: str) -> Mapping[str, Any]:
    if entry is None:
        return {}
    return {key: value for key, value in entry.data.items() if kind == "services" or key != "services"}


_TIMES = ("always", "unknown", "weekly", "time_zone")


def _diff(before: Any, after: Any, schema: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[Field]:
    """Yield every single fact that differs, with its title in words; None stands for what is not there."""
    if before == after:
        return
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        old, new = (value if isinstance(value, Mapping) else {} for value in (before, after))
        keys = list(dict.fromkeys((*new, *old)))
        if "weekly" in schema.get("properties", {}) and any(old.get(key) != new.get(key) for key in _TIMES):
            times = hours_in_words(old), hours_in_words(new)
            if times[0] != times[1]:
                yield Field(": ".join(above), *times)
                keys = [key for key in keys if key not in _TIMES]
        for key in keys:
            rules = _rules(schema, key)
            yield from _diff(old.get(key), new.get(key), rules, (*above, str(rules.get("title", key))))
    elif any(isinstance(item, Mapping) for value in (before, after) if isinstance(value, list) for item in value):
        inner = schema.get("items", {})
        for name, old, new in pairs(before or [], after or []):
            title = (*above[:-1], f"{above[-1]} {name}".strip())
            if old is None or new is None:
                yield Field(": ".join(title), _together(old, inner), _together(new, inner))
            else:
                yield from _diff(old, new, inner, title)
    else:
        yield Field(": ".join(above), _said(before), _said(after))


def _rules(schema: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    rules = schema.get("properties", {}).get(key, {})
    return rules if isinstance(rules, Mapping) else {}


def _together(item: Any, schema: Mapping[str, Any]) -> str:
    """Return a whole item of a list in one line: each of its facts with its title."""
    return "" if item is None else "; ".join(f"{field.title}: {field.after}" if field.title else field.after for field in _diff(None, item, schema, ()))


def hours_in_words(hours: Mapping[str, Any]) -> str:
    """Return hours as a page says them, with their zone; empty when none are stated."""
    if not any(key in hours for key in _TIMES):
        return ""
    view = hours_view.view(build.hours({key: hours[key] for key in _TIMES if key in hours}), words("en"))
    return f"{view.summary} ({view.zone})" if view.zone else view.summary


def _said(value: Any) -> str:
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def pairs(before: list[Any], after: list[Any]) -> Iterator[tuple[str, Any, Any]]:
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
    """Return the issues that were not there before, errors first; lines that only moved are the same issue."""
    known = {(issue.code, issue.file, issue.message) for issue in before.registry.issues}
    return sorted((issue for issue in after.registry.issues if (issue.code, issue.file, issue.message) not in known), key=lambda issue: not issue.is_error)


def clashes(found: list[Change], after: State) -> list[Clash]:
    """Return entries of the registry that may be the same as a changed one, or that contradict it; of two changed ones, once."""
    everything = alike.of_registry(after.registry)
    facts = {each.id: each for each in reversed(everything)}
    told: set[tuple[frozenset[str], str, str]] = set()
    kept = []
    for change in found:
        if change.kind != "service" or change.after is None:
            continue
        for clash in alike.clashes(facts[change.id], everything):
            pair = (frozenset((clash.id, clash.other)), clash.key, clash.value if clash.key == "site" else "")
            if pair not in told:
                kept.append(clash)
            told.add(pair)
    return kept


def renamed(found: list[Change], before: State, after: State) -> list[Clash]:
    """Return the new entries that may be one that was taken out: its old address then has to lead to the new one."""
    gone = alike.of_registry(before.registry, (change.before for change in found if change.kind == "service" and change.before and not change.after))
    new = alike.of_registry(after.registry, (change.after for change in found if change.kind == "service" and change.after and not change.before))
    pairs_found: dict[tuple[str, str], Clash] = {}
    for clash in (clash for each in gone for clash in alike.clashes(each, new)):
        pairs_found.setdefault((clash.id, clash.other), clash)
    return list(pairs_found.values())


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


def unlisted_crisis(found: list[Change], after: State) -> list[Change]:
    """Return the changed services that say "people in crisis may turn to it" and stand in no list of crisis help."""
    listed = {line for crisis in after.registry.crisis for line in crisis.data.get("lines", ())}
    open_to_people = [each for each in found if each.kind == "service" and each.after and each.after.data.get("status", "active") in ("active", "paused")]
    return [each for each in open_to_people if each.after and each.after.data.get("crisis") == "yes" and each.id not in listed]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader finds in a region, before and after."""

    region: str
    before: int
    after: int
    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[str, ...]


def readers(found: list[Change], before: State, after: State) -> list[Seen]:
    """Return for every region that a changed service names what its page lists before and after; nothing while there are errors."""
    if before.directory is None or after.directory is None:
        return []
    regions = sorted({
        region for change in found if change.kind == "service" for entry in (change.before, change.after) if entry
        for name in ("regions", "except") for region in entry.data.get("coverage", {}).get(name, ())
    })
    touched = {change.id for change in found if change.kind == "service"}
    result = []
    for region in regions:
        old, new = (_reaching(state.directory, region) for state in (before, after))
        name = after.directory.regions[region].name if region in {each.id for each in after.directory.regions} else region
        result.append(Seen(
            name, len(old), len(new), tuple(new[key] for key in new if key not in old), tuple(old[key] for key in old if key not in new),
            tuple(new[key] for key in new if key in old and key in touched),
        ))
    return result


def _reaching(directory: Directory | None, region: str) -> dict[str, str]:
    if directory is None or region not in {each.id for each in directory.regions}:
        return {}
    return {service.id: service.name for service, _ in directory.reaching(region) if service.is_open_to_people}
