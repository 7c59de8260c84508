"""The text of an issue, written by anybody, becomes the file of an entry. Nothing in it is trusted, and nothing in it is run.

Answers are found by the headings that the form wrote. A heading that stands twice may be somebody's own text that
imitates the form; the issue is then refused, because nobody can tell which answer is the real one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.issues.issue import HandrailError
from handrail.registry.registry import Entry, Registry
from handrail.text import characters

MOST = 65_536
"""Characters that an issue can have."""
EMPTY = ("_No response_", "None")


class IssueError(HandrailError):
    """The text is not an issue of this form."""


@dataclass(frozen=True, slots=True)
class Made:
    """An entry made of an issue, and what a person has to look at."""

    data: Mapping[str, Any]
    notes: tuple[str, ...]


def which(text: str, forms: Mapping[str, Mapping[str, str]]) -> str:
    """Return the form that an issue was written with; ``IssueError`` when it is none of them, or more than one."""
    headings = {match[1].strip() for match in _HEADING.finditer(_plain(text))}
    found = [name for name, labels in forms.items() if headings.issuperset(labels.values())]
    if len(found) > 1:
        raise IssueError(f"the text has the headings of {len(found)} forms; nobody can tell which is meant")
    if not found:
        nearest = max(forms, key=lambda name: (len(headings.intersection(forms[name].values())), name))
        missing = next(words for words in forms[nearest].values() if words not in headings)
        raise IssueError(f'the heading "{missing}" is missing: the text is not from this form')
    return found[0]


_HEADING = re.compile(r"^### (.*)$", re.MULTILINE)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def answers(text: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Return the answers of an issue by the id of their question; ``labels`` gives the heading of each.

    ``IssueError`` when a heading is missing or stands twice, or a text is too long or holds characters that nobody can see.
    """
    if len(text) > MOST:
        raise IssueError(f"the text has {len(text):,} characters; an issue has at most {MOST:,}")
    text = _plain(text)
    found = next(characters.hidden(text), None)
    if found:
        raise IssueError(f"an invisible or direction-changing character stands in the text: {found[1]}")
    places: dict[str, tuple[int, int]] = {}
    for match in _HEADING.finditer(text):
        name = next((each for each, words in labels.items() if words == match[1].strip()), "")
        if name in places:
            raise IssueError(f'the heading "{labels[name]}" stands twice; nobody can tell which answer is meant')
        if name:
            places[name] = (match.start(), match.end())
    missing = [words for name, words in labels.items() if name not in places]
    if missing:
        raise IssueError(f'the heading "{missing[0]}" is missing: the text is not from this form')
    starts = [*sorted(start for start, _ in places.values()), len(text)]
    cut = {name: text[end : next(start for start in starts if start >= end)].strip() for name, (_, end) in places.items()}
    return {name: "" if value in EMPTY else value for name, value in cut.items()}


def entry(given: Mapping[str, str], registry: Registry) -> Made:
    """Return the data of a new organization with one service, made of the answers of the form "Add a service"."""
    notes: list[str] = []
    taken = {each.id for each in (*registry.organizations, *registry.services)}
    organization = _id(given["organization"], taken, notes)
    service: dict[str, Any] = {
        "id": _id(given["name"], taken | {organization}, notes),
        "name": _line(given["name"]),
        "kind": given["kind"],
        "summary": _line(given["summary"]),
        "for_whom": _line(given["for-whom"]),
        "not_for": _lines(given["not-for"]),
        "topics": _known(given["topics"], registry.topics, "topic", notes),
        "coverage": {"regions": _known(given["regions"], registry.regions, "region", notes), "seen": ["page"]},
        "website": given["website"],
        "website_seen": ["page"] if given["website"] else [],
        "channels": _channels(given),
        "cost": {"kind": given["cost"], "seen": ["page"]} if given["cost"] else {},
        "languages": _lines(given["languages"]),
        "seen": ["page"],
    }
    source = {"id": "page", "url": given["source"], "publisher": given["publisher"], "dated": "undated"}
    data = {"id": organization, "name": _line(given["organization"]), "kind": given["organization-kind"], "sources": [source], "services": [_stated(service)]}
    if given["publisher"] not in ("operator", "public-authority"):
        notes.append("the source is not the operator's own: look for the contacts on a page of the operator before they are published")
    if given["more"]:
        notes.append("the issue says more than stands in the entry; read it")
    notes.append("the day on which the source was written is not known; look whether the page bears one")
    return Made(_stated(data), tuple(notes))


def _channels(given: Mapping[str, str]) -> list[dict[str, Any]]:
    hours = {"note": _line(given["hours"]), "seen": ["page"]} if given["hours"] else {}
    kinds = {"phone": "phone", "text": "text", "email": "email"}
    return [
        _stated({"type": kind, "value": _line(given[name]), "hours": hours if name != "email" else {}, "seen": ["page"]})
        for name, kind in kinds.items()
        if given[name]
    ]


def _stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [], {})}


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> list[str]:
    """Return the answers that stand one on each line; a mark of a list before one is not part of it."""
    return list(dict.fromkeys(filter(None, (_line(re.sub(r"^[-*•]\s+", "", line.strip())) for line in text.split("\n")))))


def _known(text: str, entries: Sequence[Entry], noun: str, notes: list[str]) -> list[str]:
    """Return ids for names, other names and synonyms; what is not known stays as it was written, for the check to point at."""
    names: dict[str, str] = {}
    for each in entries:
        for name in (each.id, each.data.get("name", ""), *_texts(each.data.get("alternate_names")), *_texts(each.data.get("synonyms"))):
            names.setdefault(characters.fold(str(name)), each.id)
    found = []
    for line in _lines(text):
        identifier = names.get(characters.fold(line))
        if identifier is None:
            notes.append(f'"{line[:60]}" is not a {noun} of this directory: choose one that is')
        found.append(identifier or line)
    return list(dict.fromkeys(found))


def _texts(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else ()


def named(text: str, registry: Registry) -> Entry:
    """Return the entry that a person names by the address of its page, its id or its whole name; ``IssueError`` when that is none, or several."""
    plain = text.strip().strip("`\"'").casefold()
    moved = registry.data.get("moved", {})
    for folder, entries in (("services", registry.services), ("organizations", registry.organizations)):
        ids = {entry.id: entry for entry in entries}
        # a word of everyday speech can be an id too: it counts in an address, with a hyphen in it, or alone
        words = [plain, *re.findall(rf"/{folder}/([a-z0-9-]+)", plain), *re.findall(r"(?<![\w/-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w/-])", plain)]
        found = {name: ids[name] for word in words if (name := moved.get(word, word)) in ids}
        found = found or {entry.id: entry for entry in entries if characters.fold(str(entry.data.get("name", ""))) == characters.fold(text)}
        if len(found) > 1:
            raise IssueError(f"it names several entries: {', '.join(sorted(found))}")
        if found:
            return next(iter(found.values()))
    raise IssueError("it names no entry of this directory; look it up, and put its id into the issue")


def _id(name: str, taken: set[str], notes: list[str]) -> str:
    made = re.sub(r"[^a-z0-9]+", "-", characters.fold(name)).strip("-")[:60].strip("-")
    if len(made) < 2:
        made = "new-entry"
    if made in taken:
        notes.append(f'the id "{made}" is in use: look whether the entry is there already')
        stem = made[:55].rstrip("-")
        made = next(free for number in range(2, 10_000) if (free := f"{stem}-{number}") not in taken)
    return made
