"""Guides, worksheets, pages, sources and evidence as data: read by the registry's own loader, checked at once, each issue at its place.

Everything that an author wrote is read here, before anything is built.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any

from handrail.issues.issue import Issue
from handrail.registry import directives, files, reading, shape, wording
from handrail.registry.directives import Scan
from handrail.registry.reading import Document, Path
from handrail.registry.registry import Entry, Registry
from handrail.text import phone
from handrail.text import reading as level

OLD = 365
"""Days after which a guide is due for a new look. It warns and never fails."""
LONG = 15.0
"""Words that a sentence has on average at most."""
READERS = ("mentee", "mentor", "coordinator", "partner")


@dataclass(frozen=True, slots=True)
class Names:
    """Where things stand in the folder of the pages."""

    guides: str = "guides"
    worksheets: str = "worksheets"
    bibliography: str = "bibliography.yaml"
    evidence: str = "evidence.yaml"

    @property
    def landing(self) -> dict[str, str]:
        """The page for each kind of reader."""
        return {reader: f"for/{reader}s.md" for reader in READERS}


@dataclass(slots=True)
class Leaf:
    """One Markdown file."""

    source: str
    """Path from the folder of the pages, with forward slashes."""
    kind: str
    """``guide``, ``worksheet`` or ``page``: also the name of its schema."""
    document: Document
    data: dict[str, Any]
    found: Scan
    """What stands in the text after the front matter."""

    @property
    def id(self) -> str:
        """The name of the file without its ending; of a worksheet what it calls itself."""
        own = self.data.get("id") if self.kind == "worksheet" else None
        return own if isinstance(own, str) else posixpath.splitext(posixpath.basename(self.source))[0]

    def issue(self, code: str, path: Path, message: str, help: str = "", *, key: bool = False) -> Issue:
        """Return an issue in the front matter."""
        return self.document.issue(code, path, message, help, key=key)

    def issue_at(self, code: str, offset: int, length: int, message: str, help: str = "") -> Issue:
        """Return an issue in the text."""
        return reading.place(self.document, reading.mark(self.document, self.document.body + offset, length), code, message, help)


@dataclass(slots=True)
class Shelf:
    """Everything that was read from the folder of the pages, with the issues found so far."""

    names: Names
    guides: list[Leaf] = field(default_factory=list)
    worksheets: list[Leaf] = field(default_factory=list)
    pages: list[Leaf] = field(default_factory=list)
    sources: list[Entry] = field(default_factory=list)
    studies: list[Entry] = field(default_factory=list)
    files: list[FilePath] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Source paths and files that could not be used: what others say about them is not checked."""

    @property
    def leaves(self) -> list[Leaf]:
        """All Markdown files."""
        return [*self.guides, *self.worksheets, *self.pages]


def load(docs: FilePath, base: FilePath, names: Names | None = None) -> Shelf:
    """Return what stands in a folder of pages, shapes checked; ``base`` is the folder from which issues name files.

    What has the wrong shape is left out and has issues; nothing is raised. A folder that does not exist is empty.
    """
    shelf = Shelf(names or Names())
    docs, base = docs.absolute(), base.absolute()
    if not docs.is_relative_to(base):
        base = docs.parent
    for name, kind, into in ((shelf.names.bibliography, "bibliography", shelf.sources), (shelf.names.evidence, "evidence", shelf.studies)):
        _list(shelf, docs / name, base, kind, into)
    for path in sorted(docs.rglob("*.md")):
        source = path.relative_to(docs).as_posix()
        if not any(part.startswith(".") for part in source.split("/")):
            _leaf(shelf, path, base, source)
    if any(leaf.found.cited or leaf.data.get("sources") for leaf in shelf.leaves) or shelf.studies:
        _missed(shelf, docs / shelf.names.bibliography, base)
    return shelf


def _missed(shelf: Shelf, path: FilePath, base: FilePath) -> None:
    """Say once that the bibliography is missing, where something cites it, and nothing of each citation."""
    if not os.path.lexists(path):
        shelf.broken.append(path.name)
        shelf.issues += files.document(path, base).issues


def _list(shelf: Shelf, path: FilePath, base: FilePath, kind: str, into: list[Entry]) -> None:
    if not os.path.lexists(path):
        return
    document = files.document(path, base)
    shelf.files.append(path)
    if not isinstance(document.data, dict):
        shelf.broken.append(path.name)
        shelf.issues += document.issues or [document.issue("E204", (), "this file should be a group of fields", "look at the field reference")]
        return
    data = shape.typed(document, document.data, kind)
    problems = shape.check(document, data, kind)
    shelf.issues += document.issues + problems
    if not any(issue.is_error for issue in problems):
        name = "sources" if kind == "bibliography" else "studies"
        into += [Entry(each, document, (name, index)) for index, each in enumerate(data[name])]
    else:
        shelf.broken.append(path.name)


def _leaf(shelf: Shelf, path: FilePath, base: FilePath, source: str) -> None:
    document = files.document(path, base, page=True)
    shelf.files.append(path)
    folder, name = posixpath.split(source)
    kind = "page" if name == "index.md" else {shelf.names.guides: "guide", shelf.names.worksheets: "worksheet"}.get(folder, "page")
    if not isinstance(document.data, dict):
        shelf.broken.append(source)
        shelf.issues += document.issues or [document.issue("E204", (), "the front matter should be a group of fields", "start with title:")]
        return
    known = shape.fields_of(kind) if kind == "page" else None
    data = {key: value for key, value in document.data.items() if known is None or key in known}
    data = shape.typed(document, data, kind)
    problems = shape.check(document, data, kind)
    shelf.issues += document.issues + problems
    leaf = Leaf(source, kind, document, data, directives.scan(document.text[document.body:]))
    for problem in leaf.found.problems:
        shelf.issues.append(leaf.issue_at(problem.code, problem.offset, problem.length, problem.message, problem.help))
    if any(issue.is_error for issue in problems):
        shelf.broken.append(source)
    else:
        {"guide": shelf.guides, "worksheet": shelf.worksheets, "page": shelf.pages}[kind].append(leaf)


def check(shelf: Shelf, registry: Registry, today: date) -> Iterator[Issue]:
    """Yield every issue inside guides and between them, their sources and a registry without errors."""
    known = _Known(shelf, registry)
    yield from _twice(shelf.sources, "source")
    yield from _twice(shelf.studies, "study")
    yield from _worksheets_twice(shelf)
    for study in shelf.studies:
        yield from _study(study, known)
    for leaf in shelf.leaves:
        yield from _names(leaf)
        yield from _text(leaf, shelf, known)
        yield from _fields(leaf, known)
        yield from _dates(leaf, today)
        yield from _reading(leaf)
        yield from _words(leaf, known)
    if shelf.broken:
        return
    yield from _orphans(shelf)
    used = {key for leaf in shelf.leaves for key in (*leaf.found.cited, *leaf.data.get("sources", ()))} | {study.data["source"] for study in shelf.studies}
    for source in shelf.sources:
        if source.id not in used:
            yield source.issue("E311", ("id",), f'nothing cites the source "{source.id}"', "cite it, or delete it")


class _Known:
    """The ids to which guides may point."""

    def __init__(self, shelf: Shelf, registry: Registry) -> None:
        self.sources = {entry.id: entry.data for entry in shelf.sources}
        self.worksheets = {leaf.id for leaf in shelf.worksheets}
        self.guides = {leaf.id for leaf in shelf.guides} | {posixpath.splitext(posixpath.basename(source))[0] for source in shelf.broken}
        self.topics = {entry.id for entry in registry.topics}
        self.audiences = {entry.id for entry in registry.audiences}
        self.services = {entry.id: entry.data.get("status", "active") for entry in registry.services}
        self.evidence = bool(shelf.studies) or shelf.names.evidence in shelf.broken
        self.pages = {leaf.source for leaf in shelf.leaves} | set(shelf.broken)
        self.all_sheets = not any(posixpath.dirname(source) == shelf.names.worksheets for source in shelf.broken)
        self.all_sources = shelf.names.bibliography not in shelf.broken
        self.numbers, self.mailboxes = _contacts(registry)


def _missing(word: str, known: Iterable[str], noun: str, where: str) -> tuple[str, str, str]:
    close = get_close_matches(word, list(known), 1, 0.6)
    return "E301", f'"{word}" is not one of our {noun}', f'did you mean "{close[0]}"' if close else where


def _twice(entries: list[Entry], noun: str) -> Iterator[Issue]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.id, entry)
        if first is not entry:
            line = first.document.marks.at((*first.path, "id")).line
            yield entry.issue("E302", ("id",), f'the {noun} id "{entry.id}" is used twice', f"the other one stands in line {line}; give this one its own")


def _worksheets_twice(shelf: Shelf) -> Iterator[Issue]:
    seen: dict[str, Leaf] = {}
    for leaf in shelf.worksheets:
        if seen.setdefault(leaf.id, leaf) is not leaf:
            yield leaf.issue("E302", ("id",), f'the worksheet id "{leaf.id}" is used twice', f"the other one stands in {seen[leaf.id].document.name}")


def _study(study: Entry, known: _Known) -> Iterator[Issue]:
    data = study.data
    if known.all_sources and data["source"] not in known.sources:
        code, message, help = _missing(data["source"], known.sources, "sources", "add it to the bibliography")
        yield study.issue(code, ("source",), message, help)
    if "low" in data and not data["low"] <= data.get("effect", data["low"]) <= data.get("high", data["low"]):
        yield study.issue("E316", ("low",), "the effect does not lie between the ends of its interval", "look at the numbers again")
    counts = data.get("counts", {})
    for group in ("group", "control"):
        if counts and counts[f"{group}_events"] > counts[f"{group}_total"]:
            yield study.issue("E316", ("counts", f"{group}_events"), "there are more events than people", "look at the numbers again")


def _names(leaf: Leaf) -> Iterator[Issue]:
    stem = posixpath.splitext(posixpath.basename(leaf.source))[0]
    if leaf.kind != "page" and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem):
        message = f'"{stem}" cannot be the address of a page'
        yield Issue(leaf.document.name, 0, 0, "E303", message, "name the file with lower-case letters and digits, in parts joined by single hyphens")


def _text(leaf: Leaf, shelf: Shelf, known: _Known) -> Iterator[Issue]:
    """Yield the issues of directives, citations and links in a text."""
    listed = leaf.data.get("sources", ())
    for point in leaf.found.citations:
        if not known.all_sources:
            break
        if point.text not in known.sources:
            code, message, help = _missing(point.text, known.sources, "sources", "add it to the bibliography")
            yield leaf.issue_at(code, point.offset, point.length, message, help)
        elif known.sources[point.text]["seen"] == "not-seen":
            message = f'nobody has seen the source "{point.text}"'
            yield leaf.issue_at("E301", point.offset, point.length, message, "open it and say what was seen, or leave the fact out")
        elif leaf.kind == "guide" and point.text not in listed:
            message = f'"{point.text}" is not among the sources of this guide'
            yield leaf.issue_at("E301", point.offset, point.length, message, "add it to sources: in the front matter")
    for point in leaf.found.services:
        yield from _service(leaf, point.text, point.offset, point.length, known)
    for block in leaf.found.blocks:
        at = block.offset + leaf.found.text[block.offset:].find(block.subject), max(1, len(block.subject))
        if block.name == "service":
            yield from _service(leaf, block.subject, *at, known)
        elif block.name == "worksheet" and known.all_sheets and block.subject not in known.worksheets:
            code, message, help = _missing(block.subject, known.worksheets, "worksheets", "look at the id in the worksheet's own file")
            yield leaf.issue_at(code, *at, message, help)
        elif block.name == "evidence" and not known.evidence:
            yield leaf.issue_at("E301", block.offset, block.length, "there is no evidence to show", f"write the studies into {shelf.names.evidence}")
        for key, ids, noun in (("topic", known.topics, "topics"), ("audience", known.audiences, "audiences")):
            for word in block.values(key):
                if word not in ids:
                    code, message, help = _missing(word, ids, noun, f"the {noun} stand in the root file of the registry")
                    yield leaf.issue_at(code, block.offset + leaf.found.text[block.offset:].find(word), len(word), message, help)
    if leaf.kind == "page":
        return
    for point in leaf.found.markup:
        what = "an image" if point.text == "![" else "HTML"
        yield leaf.issue_at("E334", point.offset, point.length, f"{what} is not used in guides", "write plain Markdown; directives place everything else")
    for point in leaf.found.links:
        if problem := directives.link_problem(point.text):
            yield leaf.issue_at("E401", point.offset, point.length, f'"{point.text[:60]}" cannot be used as a link', problem)
            continue
        target = _target(leaf.source, point.text)
        folder, name = posixpath.split(target)
        if folder in (shelf.names.guides, shelf.names.worksheets) and name.endswith(".md") and name != "index.md" and target not in known.pages:
            own = [page for page in known.pages if page.startswith(folder)]
            code, message, help = _missing(target, own, "pages", "look at the names of the files")
            yield leaf.issue_at(code, point.offset, point.length, message, help)


def _target(source: str, link: str) -> str:
    """Return the page to which a relative link leads."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), link.partition("#")[0].partition("?")[0]))


def _service(leaf: Leaf, word: str, offset: int, length: int, known: _Known) -> Iterator[Issue]:
    status = known.services.get(word)
    if status is None:
        code, message, help = _missing(word, known.services, "services", "write the id as its entry has it")
        yield leaf.issue_at(code, offset, length, message, help)
    elif status == "draft":
        yield leaf.issue_at("E307", offset, length, f'"{word}" is a draft and has no page', "take it out until it is published")


def _fields(leaf: Leaf, known: _Known) -> Iterator[Issue]:
    """Yield the issues of ids in the front matter."""
    data = leaf.data
    groups: list[tuple[Path, Iterable[str], Iterable[str], str]] = [
        (("topics",), data.get("topics", ()), known.topics, "topics"),
        (("audiences",), data.get("audiences", ()), known.audiences, "audiences"),
        (("worksheets",), data.get("worksheets", ()) if known.all_sheets else (), known.worksheets, "worksheets"),
        (("related",), data.get("related", ()), known.guides - {leaf.id}, "other guides"),
        (("sources",), data.get("sources", ()) if known.all_sources else (), known.sources, "sources"),
    ]
    groups += [(("steps", index, "topics"), step.get("topics", ()), known.topics, "topics") for index, step in enumerate(data.get("steps", ()))]
    for path, words, ids, noun in groups:
        for index, word in enumerate(words):
            if word not in ids:
                code, message, help = _missing(word, ids, noun, "look at the name where it is written first")
                yield leaf.issue(code, (*path, index), message, help)
    if leaf.kind == "guide":
        for index, key in enumerate(data["sources"]):
            if key in known.sources and key not in leaf.found.cited:
                yield leaf.issue("E311", ("sources", index), f'the text does not cite "{key}"', f"write [@{key}] behind the fact, or delete the line")


def _dates(leaf: Leaf, today: date) -> Iterator[Issue]:
    dated: list[tuple[Path, str]] = [(("written",), leaf.data["written"])] if "written" in leaf.data else []
    dated += [(("reviewed", index, "date"), each["date"]) for index, each in enumerate(leaf.data.get("reviewed", ()))]
    for path, day in dated:
        if day > today.isoformat():
            yield leaf.issue("E313", path, f"{day} lies in the future", "write the day on which it really happened")
    if dated and date.fromisoformat(max(day for _, day in dated)) + timedelta(OLD) < today:
        yield leaf.issue("W503", dated[0][0], "nobody has looked at this for more than a year", "read it again, mend it, and write the new date")


def _reading(leaf: Leaf) -> Iterator[Issue]:
    ceiling = leaf.data.get("reading_grade")
    if ceiling is None:
        return
    measured = measure(leaf)
    if measured.grade > ceiling:
        message = f"the text needs grade {measured.grade:.1f}; its ceiling is {ceiling}"
        yield leaf.issue("W502", ("reading_grade",), message, "shorten sentences and choose more common words")
    if measured.words_per_sentence > LONG:
        message = f"sentences have {measured.words_per_sentence:.1f} words on average; at most {LONG:.0f} are meant"
        yield leaf.issue("W504", ("reading_grade",), message, "split the longest ones")


def measure(leaf: Leaf, *, tables: bool = False) -> level.Reading:
    """Return the reading level of a text; with tables and headings for the time that it takes to read."""
    return level.read(directives.prose(leaf.found, tables=tables))


_NOT_WORDS = frozenset(("id", "audience", "topics", "kinds", "audiences", "models", "crisis", "sources", "worksheets", "related", "seed", "reading_grade",
                        "written", "date", "by", "type", "lines", "page", "lint_exceptions"))
"""Fields of front matter that are not read as sentences."""


def texts(leaf: Leaf) -> Iterator[tuple[Path, str]]:
    """Yield every text of the front matter that readers see, with the way to it."""
    yield from _walk(leaf.data, ())


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in _NOT_WORDS:
                yield from _walk(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index))
    elif isinstance(value, str):
        yield path, value


def _words(leaf: Leaf, known: _Known) -> Iterator[Issue]:
    """Yield the issues of wording and of numbers, in the front matter and in the text."""
    exceptions = wording.Exceptions([each["text"] for each in leaf.data.get("lint_exceptions", ())])
    visible = directives.visible(leaf.found)
    for path, text in (*texts(leaf), (None, visible)):
        for hit in wording.hits(text):
            if not exceptions.cover(text, hit.start, hit.end):
                message, help = wording.message(hit)
                yield leaf.issue("W501", path, message, help) if path is not None else leaf.issue_at("W501", hit.start, len(hit.text), message, help)
        for start, found, what in _numbers(text, known, strict=leaf.kind != "page"):
            if len(phone.digits(found)) < 7 and exceptions.cover(text, start, start + len(found)):
                continue
            message, help = f'"{found}" is {what}', "numbers come from the registry: use ::: crisis, ::: services or [[id]]"
            yield leaf.issue("E331", path, message, help) if path is not None else leaf.issue_at("E331", start, len(found), message, help)
    for index, text in exceptions.unused:
        yield leaf.issue("W501", ("lint_exceptions", index), f'nothing here needs the exception for "{text}"', "delete it")


_NUMBER = re.compile(r"(?<![\w.,/\-–])\+?\(?\d(?:[ .\-()\u2010\u2011\u00a0]{0,2}\d)+(?![\w])")
_MAILBOX = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_SHARE = re.compile(r"\b(?:of|in|per|every)\s+\Z", re.IGNORECASE)
"""Words before a round number that makes a share of it: "29 of 100". India's emergency number is 100 too."""
_CALENDAR = re.compile(r"\d{4}-\d{2}-\d{2}|(?:19|20)\d\d[ \-.]{1,2}(?:19|20)\d\d")


def _numbers(text: str, known: _Known, *, strict: bool) -> Iterator[tuple[int, str, str]]:
    """Yield every number and mailbox of a service; where it is strict, everything that looks like a telephone number too."""
    for match in _NUMBER.finditer(text):
        found, digits = match[0], phone.digits(match[0])
        groups = re.split(r"\D+", found.strip("+()"))
        if _CALENDAR.fullmatch(found) or (found in ("100", "1000") and _SHARE.search(text[:match.start()])):
            continue
        if digits in known.numbers and (len(groups) == 1 or min(map(len, groups)) > 1 or len(digits) > 6):
            yield match.start(), found, f"a number of {known.numbers[digits]}"
        elif strict and len(digits) >= 7 and (len(groups) > 1 or found.startswith("+") or digits.startswith("0")):
            yield match.start(), found, "written like a telephone number"
    for match in _MAILBOX.finditer(text):
        if strict or match[0].lower() in known.mailboxes:
            yield match.start(), match[0], "an e-mail address"


def _contacts(registry: Registry) -> tuple[dict[str, str], set[str]]:
    numbers: dict[str, str] = {}
    mailboxes: set[str] = set()
    for service in registry.services:
        for channel in service.data.get("channels", ()):
            value = str(channel.get("value", ""))
            if channel.get("type") == "email":
                mailboxes.add(value.lower())
            elif value and not phone.problem(value):
                numbers.setdefault(phone.digits(value), str(service.data.get("name", service.id)))
    for crisis in registry.crisis:
        emergency = crisis.data["emergency"]
        for value in (emergency["value"], *emergency.get("also", ())):
            numbers.setdefault(phone.digits(value), str(emergency["name"]))
    numbers.pop("", None)
    return numbers, mailboxes


def _orphans(shelf: Shelf) -> Iterator[Issue]:
    """Yield an issue for every guide to which neither a page nor another guide leads; a site without landing pages has the index alone."""
    if not any(page.source in shelf.names.landing.values() for page in shelf.pages):
        return
    targets: dict[str, set[str]] = {
        leaf.source: {_target(leaf.source, link.text) for link in leaf.found.links}
        | {posixpath.join(shelf.names.guides, f"{each}.md") for each in leaf.data.get("related", ())} for leaf in shelf.leaves
    }
    reached = {page.source for page in shelf.pages}
    waiting = list(reached)
    while waiting:
        new = targets.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    for guide in shelf.guides:
        if guide.source not in reached:
            yield guide.issue("E332", ("title",), "no page leads to this guide", "link it from a page for its readers, or from another guide")
