"""The form for partners as a page shows it: fields, help and choices come from the schema, so that the form can not drift from it."""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.model.directory import Directory
from handrail.model.values import Repository
from handrail.schemas import library
from handrail.text import web, zones
from handrail.text.words import Words
from handrail.views.context import Context
from handrail.views.values import Crumb

SOURCES = "assets/handrail/source/"
DATA = "assets/handrail/form/form.json"
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
    """Id and name of the organizations with a file of their own."""
    own: tuple[FormField, ...]
    sources: FormField
    steps: tuple[Step, ...]
    days: tuple[tuple[str, str], ...]
    data: str
    """Where the script finds the schema, lists and words."""
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
    own = tuple(field for name, field in fields.items() if name not in ("sources", "services"))
    template = "add-service.yml" if mode == "add" else "correct-service.yml"
    issue = f"{site.repository.url}/issues/new?template={template}" if site.repository and site.repository.kind == "github" else ""
    return FormView(
        t(f"contribute.{mode}"), t(f"contribute.{mode}.lead"), on.crumbs(*(((INDEX, t("contribute.title")),) if INDEX in written else ())), mode, ready,
        tuple(sorted(((name, on.directory.organizations[name].name) for name in own_files(on.directory)), key=lambda pair: pair[1].casefold())),
        own, fields["sources"], tuple(_steps(schema, t)), tuple((day, t(f"day.{index}")) for index, day in enumerate(DAYS)),
        on.to(DATA), on.to(SOURCES), site.corrections,
        web.mailto(site.corrections, t(f"contribute.{mode}"), t("contribute.mail.body")), issue,
        on.to("contribute/by-hand.md") if "contribute/by-hand.md" in written else "", on.to("contribute/fields.md"),
        on.to("contribute/sources.md") if "contribute/sources.md" in written else "",
    )


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
        yield Step(step, t(f"contribute.step.{step}"), t(f"contribute.step.{step}.lead"), tuple(fields[name] for name in (*names, *more) if name in fields))


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
    return FormField(
        name, str(rules.get("title", name)), str(rules.get("description", "")), made, kind, needed,
        tuple((each, _said(name, str(each), t)) for each in choices),
        tuple(_fields(inner, t)) if kind in ("group", "items") else (), str(items.get("title", "")), str(rules.get("minimum", "")), str(most),
        _PICKS.get(name, name), hidden,
        needed or name in ("hours", "coverage"),
    )


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
    return "long" if rules.get("maxLength", 0) > 200 and "format" not in rules else "text"


def _said(name: str, value: str, t: Words) -> str:
    """Return a choice in words: those of the pages where there are any."""
    for key in (f"{name}.{value}", f"choice.{value}"):
        if t.has(key) and "{" not in t(key):
            return t(key)
    words = value.replace("-", " ")
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


def data(directory: Directory, t: Words, kept: Sequence[str] = ()) -> bytes:
    """Return what the script of the form needs: schema, lists, words, where files go, and which (``kept``) the site does not carry."""
    where = _where(directory)
    regions = [[each.id, each.name, country.id if (country := directory.regions.country(each.id)) else each.id] for each in directory.regions]
    value = {
        "schema": library.resolved("organization"), "zones": sorted(zones.known()), "regions": regions,
        "topics": [[each.id, each.name] for each in directory.topics.values()], "audiences": [[each.id, each.name] for each in directory.audiences.values()],
        "services": sorted({*directory.services, *(each.service for each in directory.drafts)}),
        "organizations": {each.id: each.written.file for each in directory.organizations.values()},
        "kept": sorted(kept), "base": where.base, "folders": where.folders, "licence": directory.site.data_licence[0],
        "repository": _repository(directory.site.repository), "corrections": directory.site.corrections, "site": directory.site.name,
        "words": {key: text for key, text in sorted(t.texts.items()) if key.startswith(("issue.", "format.", "form."))},
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _repository(repository: Repository | None) -> Mapping[str, str] | None:
    return {"url": repository.url, "branch": repository.branch, "kind": repository.kind} if repository else None

