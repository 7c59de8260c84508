"""Do the entries fit together? References, duplicates, circles, and ways on that lead somewhere.

Runs only over entries whose shape is right, so nothing here meets a value of the wrong kind.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handrail.issues.issue import Issue
from handrail.registry.reading import Path
from handrail.registry.registry import Entry, Registry
from handrail.registry.said import say

NOT_PAGES = frozenset(("index", "search", "assets", "404", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
"""Ids that would make a page whose name some file system or the site itself keeps for something else."""


def check(registry: Registry) -> Iterator[Issue]:
    """Yield every issue between entries."""
    groups = {"region": registry.regions, "topic": registry.topics, "audience": registry.audiences,
              "organization": registry.organizations, "service": registry.services}
    for noun, entries in groups.items():
        yield from _duplicates(noun, entries)
    yield from _iso(registry.regions)
    known = {noun: {entry.id: entry for entry in reversed(entries)} for noun, entries in groups.items()}
    parents = {entry.id: str(entry.data.get("parent", "")) for entry in registry.regions}
    for region in registry.regions:
        if "parent" in region.data:
            yield from _known(region, ("parent",), "region", known["region"])
    yield from _circles(registry.regions, parents)
    for organization in registry.organizations:
        yield from _organization(organization, known)
    for service in registry.services:
        yield from _service(service, known, parents)
    for crisis in registry.crisis:
        yield from _crisis(crisis, known)
    yield from _twice("crisis", registry.crisis, "region")
    yield from _root(registry, known)


_Known = Mapping[str, Mapping[str, Entry]]


def _duplicates(noun: str, entries: list[Entry]) -> Iterator[Issue]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        folded = unicodedata.normalize("NFC", entry.id).casefold()
        if not folded:
            continue
        if folded in NOT_PAGES:
            yield entry.issue("E303", ("id",), say("no-page", id=entry.id), say("no-page.help"))
        first = seen.setdefault(folded, entry)
        if first is entry:
            continue
        where = say("where", file=first.document.name, line=first.document.marks.at((*first.path, "id")).line)
        if first.id == entry.id:
            own = entry.organization is not None and entry.organization is first.organization
            help = say("id-twice.here") if own else say("id-twice.help", where=where)
            yield entry.issue("E302", ("id",), say("id-twice", noun=say(f"noun.{noun}"), id=entry.id), help)
        else:
            yield entry.issue("E303", ("id",), f'"{entry.id}" and "{first.id}" would be the same page', f"the other one stands in {where}")


def _iso(regions: list[Entry]) -> Iterator[Issue]:
    seen: dict[str, str] = {}
    for region in regions:
        code = region.data.get("iso")
        if code and seen.setdefault(code, region.id) != region.id:
            yield region.issue("E317", ("iso",), f'the ISO code "{code}" belongs to two regions', f'the other one is "{seen[code]}"')


def _circles(regions: list[Entry], parents: Mapping[str, str]) -> Iterator[Issue]:
    for region in regions:
        above, walked = parents.get(region.id, ""), {region.id}
        while above and above not in walked:
            walked.add(above)
            above = parents.get(above, "")
        if above == region.id:
            message = f'"{region.id}" lies in itself, by way of "{parents[region.id]}"'
            yield region.issue("E304", ("parent",), message, "name the region that really lies above it")


def own(entry: Entry) -> Iterator[Issue]:
    """Yield every issue between the parts of one organization's file, which no other file can bring about or mend."""
    sources = _sources(entry)
    seen = _seen(entry.data)
    for path, names in seen:
        for index, name in enumerate(names):
            if name not in sources:
                yield from _known(entry, (*path, index), "source", sources)
    used = {name for _, names in seen for name in names}
    yield from _twice("source", _parts(entry, "sources"))
    for name, source in sources.items():
        if name not in used:
            yield source.issue("E311", ("id",), say("unused", name=name), say("unused.help"))


def _organization(entry: Entry, known: _Known) -> Iterator[Issue]:
    yield from _many(entry, ("regions",), "region", known["region"])
    if not entry.path:
        stem = entry.document.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if stem != entry.id:
            yield entry.issue("E314", ("id",), say("file-name", stem=stem, id=entry.id), say("file-name.help"))


def _service(entry: Entry, known: _Known, parents: Mapping[str, str]) -> Iterator[Issue]:
    data = entry.data
    yield from _many(entry, ("topics",), "topic", known["topic"])
    yield from _many(entry, ("audiences",), "audience", known["audience"])
    yield from _many(entry, ("coverage", "regions"), "region", known["region"])
    yield from _many(entry, ("coverage", "except"), "region", known["region"])
    coverage = data["coverage"]
    for index, excepted in enumerate(coverage.get("except", ())):
        if excepted in known["region"] and not set(_above(excepted, parents)).intersection(coverage["regions"]):
            why = "except.both" if excepted in coverage["regions"] else "except.outside"
            yield entry.issue("E305", ("coverage", "except", index), say(why, id=excepted), say("except.help"))
    for index, channel in enumerate(data.get("channels", ())):
        if "region" in channel:
            yield from _known(entry, ("channels", index, "region"), "region", known["region"])
    places = {place["id"] for place in data.get("places", ()) if "id" in place}
    yield from _twice("place", _parts(entry, "places"))
    for index, place in enumerate(data.get("places", ())):
        if "region" in place:
            yield from _known(entry, ("places", index, "region"), "region", known["region"])
    for index, meeting in enumerate(data.get("meetings", ())):
        if meeting.get("place") and meeting["place"] not in places:
            yield entry.issue("E301", ("meetings", index, "place"), say("unknown.place", value=meeting["place"]), _near(meeting["place"], places))
    yield from _many(entry, ("use_instead",), "service", known["service"])
    for index, other in enumerate(data.get("use_instead", ())):
        target = known["service"].get(other)
        if target and (other == entry.id or target.data.get("status") in ("closed", "suspended", "draft")):
            why = say("way-on.self", id=other) if other == entry.id else say("way-on.leads-nowhere", id=other, standing=_standing(target))
            yield entry.issue("E308", ("use_instead", index), why, say("way-on.help"))
    if data.get("status") in ("closed", "suspended") and not data.get("use_instead"):
        yield entry.issue("E306", ("status",), say("no-way-on", status=data["status"]), say("no-way-on.help"))


def _crisis(entry: Entry, known: _Known) -> Iterator[Issue]:
    yield from _known(entry, ("region",), "region", known["region"])
    yield from _many(entry, ("lines",), "service", known["service"])
    for index, line in enumerate(entry.data.get("lines", ())):
        service = known["service"].get(line)
        if service is None:
            continue
        if service.data.get("status", "active") != "active":
            yield entry.issue("E307", ("lines", index), say("crisis.standing", id=line, standing=_standing(service)), say("crisis.standing.help"))
        elif service.data.get("crisis") != "yes":
            yield entry.issue("E309", ("lines", index), say("crisis.none", id=line), say("crisis.none.help"))


def _root(registry: Registry, known: _Known) -> Iterator[Issue]:
    root = Entry(registry.data, registry.root, ())
    directory = registry.data.get("site", {}).get("helpline_directory")
    if directory:
        yield from _known(root, ("site", "helpline_directory"), "service", known["service"])
        yield from _draft(root, ("site", "helpline_directory"), known)
    yield from _twice("alert", _parts(root, "alerts"))
    for index, alert in enumerate(registry.data.get("alerts", ())):
        here: Path = ("alerts", index)
        for name, noun in (("regions", "region"), ("services", "service"), ("use_instead", "service")):
            yield from _many(root, (*here, name), noun, known[noun])
        for name in ("services", "use_instead"):
            for position in range(len(alert.get(name, ()))):
                yield from _draft(root, (*here, name, position), known)
        if alert["until"] < alert["from"]:
            yield root.issue("E316", (*here, "until"), "the alert ends before it starts", "exchange the two days")
    moved = registry.data.get("moved", {})
    for old, new in moved.items():
        if new not in known["service"]:
            yield root.issue("E315", ("moved", old), f'"{new}" is not one of our services', _near(new, known["service"]))
        yield from _draft(root, ("moved", old), known)
        if old in known["service"]:
            yield root.issue("E315", ("moved", old), f'"{old}" is still a service', "an id has either moved or is in use", key=True)
    for index in range(len(registry.data.get("coverage_rules", ()))):
        yield from _many(root, ("coverage_rules", index, "audiences"), "audience", known["audience"])


def _draft(entry: Entry, path: Path, known: _Known) -> Iterator[Issue]:
    """Yield an issue when the path names a service that has no page."""
    service = known["service"].get(str(_value(entry.data, path)))
    if service and service.data.get("status") == "draft":
        yield entry.issue("E307", path, say("to-draft", id=service.id), say("to-draft.help"))


def _standing(service: Entry) -> str:
    return say(f"standing.{service.data.get('status', 'active')}")


def _parts(entry: Entry, name: str) -> list[Entry]:
    return [Entry(each, entry.document, (*entry.path, name, index)) for index, each in enumerate(entry.data.get(name, ()))]


def _twice(noun: str, parts: list[Entry], field: str = "id") -> Iterator[Issue]:
    """Yield an issue for every part whose name another part of the same list bears already."""
    seen: set[str] = set()
    for part in parts:
        name = part.data.get(field)
        if name in seen:
            yield part.issue("E302", (field,), say("part-twice", noun=say(f"noun.{noun}"), name=name), say("part-twice.help"))
        elif name:
            seen.add(name)


def _above(region: str, parents: Mapping[str, str]) -> Iterator[str]:
    walked: set[str] = set()
    region = parents.get(region, "")
    while region and region not in walked:
        yield region
        walked.add(region)
        region = parents.get(region, "")


def _sources(entry: Entry) -> dict[str, Entry]:
    return {source.id: source for source in reversed(_parts(entry, "sources"))}


def _seen(data: dict[str, Any] | list[Any], path: Path = ()) -> list[tuple[Path, list[str]]]:
    """Return every list of references to sources, with its path."""
    found: list[tuple[Path, list[str]]] = []
    for key, item in data.items() if isinstance(data, dict) else enumerate(data):
        if type(item) is list and key in ("seen", "website_seen"):
            found.append(((*path, key), item))
        elif type(item) is dict or type(item) is list:
            found += _seen(item, (*path, key))
    return found


def _value(data: object, path: Path) -> object:
    for part in path:
        data = data[part]  # type: ignore[index]
    return data


def _many(entry: Entry, path: Path, noun: str, known: Mapping[str, Entry]) -> Iterator[Issue]:
    value: object = entry.data
    for part in path:
        if isinstance(value, dict) and part not in value:
            return
        value = value[part]  # type: ignore[index]
    assert isinstance(value, list)
    for index in range(len(value)):
        yield from _known(entry, (*path, index), noun, known)


def _known(entry: Entry, path: Path, noun: str, known: Mapping[str, Entry]) -> Iterator[Issue]:
    value = _value(entry.data, path)
    if isinstance(value, str) and value not in known:
        field = next(part for part in reversed(path) if isinstance(part, str))
        yield entry.issue("E301", path, say(f"unknown.{noun}", value=value), _near(value, known), f"contribute/fields/#{field}")


_NEAR = 0.72
"""Below this likeness a suggestion is far-fetched, and the whole list serves better."""


def _near(word: str, known: Iterable[str] | Mapping[str, Entry]) -> str:
    names = {identifier.casefold(): identifier for identifier in known}
    if isinstance(known, Mapping):
        for identifier, entry in known.items():
            for name in (entry.data.get("name"), *entry.data.get("alternate_names", ())):
                if isinstance(name, str):
                    names.setdefault(name.casefold(), identifier)
    close = difflib.get_close_matches(word.casefold(), list(names), 1, _NEAR)
    if close:
        return say("choice.one", word=names[close[0]])
    ids = sorted(known)
    if not ids:
        return say("unknown.none")
    return say("choice.many", words=", ".join(ids)) if len(ids) <= 40 else say("unknown.lists")
