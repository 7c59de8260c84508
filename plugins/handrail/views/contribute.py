"""The form for partners as a page shows it: fields, help and choices come from the schema, so that the form cannot drift from it."""

from __future__ import annotations

import json
import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handrail.model.directory import Directory
from handrail.model.values import Repository, Service
from handrail.registry import alike, published, wording
from handrail.registry.copies import PublicCopy
from handrail.registry.registry import Entry, Registry
from handrail.schemas import library
from handrail.text import web, zones
from handrail.text.words import Words
from handrail.views.context import Context
from handrail.views.values import Crumb

SOURCES = "assets/handrail/source/"
LISTS = "assets/handrail/form/form.json"
RULES = "assets/handrail/form/rules.json"
KNOWN = "assets/handrail/form/known.json"
CHOICES = "assets/handrail/form/organizations.json"
MOST_CHOICES = 300
"""Organizations that stand in the page of the form itself; where there are more its script asks for them."""
BY_HAND = frozenset(("translations",))
"""Fields that the form leaves as they are: few entries have them, and they are written by hand."""

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("what", ("name", "id", "kind", "summary", "description", "alternate_names", "name_language", "discreet_name")),
    ("who", ("for_whom", "not_for", "topics", "audiences", "ages", "crisis")),
    ("where", ("coverage",)),
    ("reach", ("channels", "website", "website_seen")),
    ("visit", ("places", "meetings")),
    ("access", ("access", "waiting", "cost", "languages", "interpreters", "limits")),
    ("expect", ("handoff", "confidentiality")),
    ("mentoring", ("mentoring",)),
    ("proof", ("seen", "verified", "accreditations", "added", "changed")),
    ("status", ("status", "status_note", "status_since", "use_instead")),
)
"""The steps of a service, in the order in which people think of it. A field that is named nowhere stands in the last step."""

RARE: Mapping[str, frozenset[str]] = {
    "organization": frozenset(("alternate_names", "name_language", "partner", "identifiers")),
    "service": frozenset(("alternate_names", "name_language", "discreet_name")),
    "sources": frozenset(("note",)),
    "channels": frozenset((
        "keys", "extension", "vanity", "region", "languages", "cost", "answered_by", "anonymous", "shows_on_bill", "immediate", "note", "status", "why",
        "verified",
    )),
    "hours": frozenset(("exceptions", "verified")),
    "places": frozenset(("id", "latitude", "longitude")),
}
"""Fields that wait behind "More", by what they are part of: a first entry needs none of them."""

_PICKS = {"topics": "topics", "audiences": "audiences", "regions": "regions", "except": "regions", "region": "region"}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form."""

    name: str
    title: str
    help: str
    example: str
    kind: str
    """text, long, number, date, choice, checks, picks, region, lines, seen, week, group or items."""
    needed: bool
    choices: tuple[tuple[str, str], ...] = ()
    """Value and words."""
    fields: tuple[FormField, ...] = ()
    """Of a group or of each of its items."""
    more: tuple[FormField, ...] = ()
    """Those of them that are rarely needed."""
    item: str = ""
    """What an item of a list is called."""
    least: str = ""
    """Smallest number."""
    most: str = ""
    """Largest number, or the number of characters that fit."""
    list: str = ""
    """Which list a picker shows."""
    hidden: str = ""
    """When the field does not belong: ``type=chat,web``."""
    open: bool = False
    """Whether an optional group stands open."""


@dataclass(frozen=True, slots=True)
class Step:
    """Some fields of a service under a heading."""

    id: str
    title: str
    lead: str
    fields: tuple[FormField, ...]
    more: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The page of the form."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    mode: str
    """``add`` or ``change``."""
    ready: bool
    """Whether the module that checks is there; without it the page shows the other ways only."""
    organizations: tuple[tuple[str, str], ...]
    """Id and name of the organizations with a file of their own; none where they are too many for the page."""
    choices: str
    """Where the script finds them then; else empty."""
    own: tuple[FormField, ...]
    own_more: tuple[FormField, ...]
    sources: FormField
    steps: tuple[Step, ...]
    days: tuple[tuple[str, str], ...]
    lists: str
    """Where the script finds the lists and words that it shows."""
    rules: str
    """Where it finds what it checks by."""
    known: str
    """Where it finds what the rest of the registry says."""
    files: str
    """Folder of the texts of the files."""
    mail: str
    mail_href: str
    issue_href: str
    """The issue form; empty where the repository has none."""
    hand_href: str
    """Empty, as ``sources_href`` is, where no author wrote such a page."""
    fields_href: str
    sources_href: str


INDEX = "contribute/index.md"


def form(mode: str, source: str, on: Context, written: Container[str], *, ready: bool) -> FormView:
    """Return the form of one mode; it links to those of the authors' pages on taking part that there are."""
    t, site = on.t, on.directory.site
    schema = library.resolved("organization")
    fields = {each.name: each for each in _fields(schema, t)}
    own, own_more = _apart([field for name, field in fields.items() if name not in ("sources", "services")], "organization")
    template = "add-service.yml" if mode == "add" else "correct-service.yml"
    issue = f"{site.repository.url}/issues/new?template={template}" if site.repository and site.repository.kind == "github" else ""
    organizations = choices(on.directory)
    few = len(organizations) <= MOST_CHOICES
    return FormView(
        t(f"contribute.{mode}"), t(f"contribute.{mode}.lead"), trail(on), mode, ready, organizations if few else (), "" if few else on.to(CHOICES),
        own, own_more, fields["sources"], tuple(_steps(schema, t)), tuple((day, t(f"day.{index}")) for index, day in enumerate(DAYS)),
        on.to(LISTS), on.to(RULES), on.to(KNOWN), on.to(SOURCES), site.corrections,
        web.mailto(site.corrections, t(f"contribute.{mode}"), t("contribute.mail.body")), issue,
        on.to("contribute/by-hand.md") if "contribute/by-hand.md" in written else "", on.to("contribute/fields.md"),
        on.to("contribute/sources.md") if "contribute/sources.md" in written else "",
    )


def choices(directory: Directory) -> tuple[tuple[str, str], ...]:
    """Return id and name of the organizations with a file of their own, by name."""
    return tuple(sorted(((name, directory.organizations[name].name) for name in own_files(directory)), key=lambda pair: pair[1].casefold()))


def listed(directory: Directory) -> bytes | None:
    """Return the same for the script; None where the page itself has them."""
    found = choices(directory)
    return _json(found) if len(found) > MOST_CHOICES else None


def trail(on: Context) -> tuple[Crumb, ...]:
    """Return the way to a page on taking part; without an index of them, from the start only."""
    return on.crumbs((INDEX, on.t("contribute.title"))) if INDEX in on.written else on.crumbs()


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def own_files(directory: Directory) -> dict[str, str]:
    """Return by id the file of every organization that stands in one of its own, and not in the root file."""
    count = Counter(each.written.file for each in directory.organizations.values())
    return {each.id: each.written.file for each in directory.organizations.values() if count[each.written.file] == 1 and "/" in each.written.file}


def _steps(schema: Mapping[str, Any], t: Words) -> Iterator[Step]:
    fields = {each.name: each for each in _fields(schema["properties"]["services"]["items"], t)}
    rest = [name for name in fields if not any(name in names for _, names in STEPS)]
    for step, names in STEPS:
        more = rest if step == STEPS[-1][0] else []
        shown, rare = _apart([fields[name] for name in (*names, *more) if name in fields], "service")
        yield Step(step, t(f"contribute.step.{step}"), t(f"contribute.step.{step}.lead"), shown, rare)


def _apart(fields: Sequence[FormField], of: str) -> tuple[tuple[FormField, ...], tuple[FormField, ...]]:
    """Return the fields that are shown at once and those that wait; an id follows the name that it is made from."""
    ids = [field for field in fields if field.name == "id"]
    ordered = [field for field in fields if field.name != "id"]
    after = next((at for at, field in enumerate(ordered) if field.name == {"sources": "url"}.get(of, "name")), -1)
    ordered[after + 1:after + 1] = ids
    rare = [field for field in ordered if field.name in RARE.get(of, ()) and not field.needed]
    return tuple(field for field in ordered if field not in rare), tuple(rare)


def _fields(schema: Mapping[str, Any], t: Words) -> Iterator[FormField]:
    needed = frozenset(schema.get("required", ()))
    elsewhere = _elsewhere(schema)
    for name, rules in schema.get("properties", {}).items():
        if isinstance(rules, Mapping) and name not in BY_HAND:
            yield _field(name, rules, name in needed, elsewhere.get(name, ""), t)


def _field(name: str, rules: Mapping[str, Any], needed: bool, hidden: str, t: Words) -> FormField:
    items = rules.get("items", {})
    kind = _kind(name, rules)
    inner = items if kind == "items" else rules
    choices = rules.get("enum") or items.get("enum") or ()
    example = next(iter(rules.get("examples", ())), "")
    made = ", ".join(map(str, example)) if isinstance(example, list) else "" if isinstance(example, dict) or choices else str(example)
    most = rules.get("maximum", rules.get("maxLength", ""))
    fields, more = _apart(list(_fields(inner, t)), name) if kind in ("group", "items") else ((), ())
    help = " ".join(filter(None, (spoken(str(rules.get("description", ""))), t("form.id") if name == "id" and needed else "")))
    return FormField(
        name, str(rules.get("title", name)), help, made, kind, needed, tuple((each, _said(name, str(each), t)) for each in choices),
        fields, more, str(items.get("title", "")), str(rules.get("minimum", "")), str(most), _PICKS.get(name, name), hidden,
        needed or name in ("hours", "coverage"),
    )


def spoken(description: str) -> str:
    """Return the help of a field without what only matters to somebody who writes the file by hand: quotes, and ids where a list is shown."""
    return re.sub(r"\s*Put numbers in quotes\.|,? (?:in quotes|by (?:their )?id)\b", "", description)


def _kind(name: str, rules: Mapping[str, Any]) -> str:
    items = rules.get("items", {})
    if name in ("seen", "website_seen"):
        return "seen"
    if name == "weekly":
        return "week"
    if "properties" in rules:
        return "group"
    if "properties" in items:
        return "items"
    if rules.get("type") == "array":
        return "checks" if "enum" in items else "picks" if name in _PICKS else "lines"
    if "enum" in rules:
        return "choice"
    if name == "region":
        return "region"
    if rules.get("type") in ("integer", "number"):
        return "number"
    if rules.get("format") == "date":
        return "date"
    if name == "value":
        return "text"
    return "long" if rules.get("maxLength", 0) > 200 and "format" not in rules else "text"


def _said(name: str, value: str, t: Words) -> str:
    """Return a choice in words: those of the pages where there are any."""
    words = next((t(key) for key in (f"{name}.{value}", f"choice.{value}") if t.has(key) and "{" not in t(key)), value.replace("-", " "))
    return words[:1].upper() + words[1:]


def _elsewhere(schema: Mapping[str, Any]) -> dict[str, str]:
    """Return by field when it does not belong: the conditions of the schema that forbid it, one field each."""
    found: dict[str, set[str]] = {}
    decides = ""
    for rule in schema.get("allOf", ()):
        condition = rule.get("if", {}).get("properties", {})
        for name_of, choice in condition.items():
            decides = name_of
            for name, allowed in rule.get("then", {}).get("properties", {}).items():
                if allowed is False:
                    found.setdefault(name, set()).update(choice.get("enum", [choice.get("const")]))
    return {name: f"{decides}={','.join(sorted(values))}" for name, values in found.items()}


@dataclass(frozen=True, slots=True)
class _Where:
    """Where files of new organizations go."""

    base: str
    folders: Mapping[str, str] = field(default_factory=dict)


def _where(directory: Directory) -> _Where:
    """Return the folder of new files: by country where most files stand so, else the common one."""
    files = own_files(directory)
    folders = {posixpath.dirname(file) for file in files.values()}
    if len(files) < 2 or len(folders) == 1:
        return _Where(folders.pop() if folders else "content/organizations")
    by_country: dict[str, Counter[str]] = {}
    for name, file in files.items():
        for region in directory.organizations[name].regions[:1]:
            country = directory.regions.country(region)
            by_country.setdefault(country.id if country else region, Counter())[posixpath.dirname(file)] += 1
    return _Where(posixpath.commonpath(folders), {country: count.most_common(1)[0][0] for country, count in sorted(by_country.items())})


def lists(directory: Directory, t: Words, fields: str, parts: Mapping[str, PublicCopy | None]) -> bytes:
    """Return what the script of the form needs to show itself: its fields as HTML, lists, words, where files go, and which files are no whole ones here."""
    where = _where(directory)
    regions = [[each.id, each.name, country.id if (country := directory.regions.country(each.id)) else each.id] for each in directory.regions]
    return _json({
        "fields": fields, "regions": regions, "topics": [[each.id, each.name] for each in directory.topics.values()],
        "audiences": [[each.id, each.name] for each in directory.audiences.values()],
        "organizations": {each.id: each.written.file for each in directory.organizations.values()},
        "parts": {name: {"cuts": copy.cuts, "held": copy.held} if copy else None for name, copy in sorted(parts.items())},
        "base": where.base, "folders": where.folders, "licence": directory.site.data_licence[0],
        "repository": _repository(directory.site.repository), "corrections": directory.site.corrections,
        "zones": sorted({each.time_zone for each in directory.regions if each.time_zone}),
        "words": {key: text for key, text in sorted(t.texts.items()) if key.startswith("form.")},
    })


def rules(t: Words) -> bytes:
    """Return what the form checks by: the schema, the rules, and their words."""
    return _json({
        "schema": library.resolved("organization"), "zones": sorted(zones.known()),
        "wording": [{"words": rule.words, "reason": rule.reason, "instead": rule.instead} for rule in wording.rules()],
        "words": {key: text for key, text in sorted(t.texts.items()) if key.startswith(("issue.", "format.", "clash."))},
    })


def everything_known(registry: Registry, directory: Directory) -> bytes:
    """Return what the form asks about the rest of the registry."""
    return _json(known(registry, directory))


def known(registry: Registry, directory: Directory) -> dict[str, Any]:
    """Return of the registry what the checks of one file need: who has which id, which names and numbers there are, who names whom.

    Of a draft that is its id; of what closed or was taken out no number and no address.
    """
    places = alike.countries(registry)
    lines = _Lines()
    root = registry.data
    alerts = [name for alert in root.get("alerts", ()) for field in ("services", "use_instead") for name in alert.get(field, ())]
    elsewhere = root.get("site", {}).get("helpline_directory")
    return {
        "regions": [{**_named(each), **({"parent": each.data["parent"]} if "parent" in each.data else {})} for each in registry.regions],
        "topics": [_named(each) for each in registry.topics], "audiences": [_named(each) for each in registry.audiences],
        "organizations": {each.id: [each.document.name, lines.of(each)] for each in reversed(registry.organizations)},
        "services": [_service_facts(each, directory.services.get(each.id), places, lines) for each in registry.services],
        "crisis": [line for crisis in registry.crisis for line in crisis.data.get("lines", ())],
        "pages": [*([elsewhere] if elsewhere else ()), *alerts], "moved": sorted(set(root.get("moved", {}).values())),
        "published": sorted(published.ids(registry) - set(root.get("moved", {}))),
        "places": {region: [country.id, country.calling_code, country.trunk_prefix] for region, country in places.items()},
    }


def _named(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "names": [entry.data.get("name", ""), *entry.data.get("alternate_names", ())]}


_ID = re.compile(r"""\n[^\S\n]*+(?:[{-][^\S\n]*+)*+["']?id["']?[^\S\n]*:""")
"""The end of a line and the start of the next one, where that holds an id."""


class _Lines:
    """The line of an entry's id; the marks of a file would take a second reading of every file, and its lines are not worth keeping."""

    def __init__(self) -> None:
        self._of: dict[str, list[int]] = {}

    def of(self, entry: Entry) -> int:
        """Return the 1-based line."""
        document = entry.document
        ids = self._of.get(document.name)
        if ids is None:
            ids = self._of[document.name] = list(_lines_of_ids(document.text))
        first = document.starts.get(entry.path, 1)
        at = bisect_left(ids, first)
        return ids[at] if at < len(ids) else first


def _lines_of_ids(text: str) -> Iterator[int]:
    if "\r" in text:
        text = re.sub("\r\n?", "\n", text)
    text = f"\n{text}"
    number = at = 0
    for found in _ID.finditer(text):
        number += text.count("\n", at, found.start() + 1)
        at = found.start() + 1
        yield number


def _service_facts(entry: Entry, service: Service | None, places: Mapping[str, alike.Country], lines: _Lines) -> dict[str, Any]:
    data = {"coverage": entry.data["coverage"]}
    if service and service.is_open_to_people:
        shown = [channel for channel in entry.data.get("channels", ()) if channel.get("status", "published") == "published"]
        data |= {"channels": shown, "website": service.website}
    facts = alike.facts(replace(entry, data={"id": entry.id, **data}), places)
    found = {
        "id": entry.id, "names": [service.name, *service.alternate_names] if service else [], "organization": facts.organization, "line": lines.of(entry),
        "status": entry.data.get("status", ""),
        "use_instead": entry.data.get("use_instead", ()), "numbers": facts.numbers, "sites": facts.sites,
    }
    if service is None or not service.is_open_to_people:
        found |= {"numbers": {}, "sites": ()}
    return {name: value for name, value in found.items() if value or name in ("names", "numbers", "sites")}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _repository(repository: Repository | None) -> Mapping[str, str] | None:
    return {"url": repository.url, "branch": repository.branch, "kind": repository.kind} if repository else None

