"""An issue that says what is wrong becomes a proposed change of one file. Comments and order stay; a person reads it before it is used.

What somebody writes in their own words can be understood in two cases only: it names a number or an address of the entry and
one other of its kind, or it repeats a text of the entry whole. In every other case nothing is proposed, and the places are named.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.registry.editing import EditError, YamlText
from handrail.registry.reading import Path
from handrail.registry.registry import Entry, Registry
from handrail.registry.writing import with_source
from handrail.text import characters, phone, web

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+")
_MAILBOX = re.compile(r"(?<![^\s<>()\[\]\"',;:])[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+")
"""It begins where a word does: 65,000 letters would else be tried from each of them."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an issue may mean for a file."""

    file: str
    before: bytes
    after: bytes
    """The same as before when nothing could be proposed."""
    notes: tuple[str, ...]
    """What a person has to look at."""

    @property
    def patch(self) -> str:
        """The change as a patch that ``git apply`` takes; empty when there is none."""
        old, new = (text.decode("utf-8").splitlines(keepends=True) for text in (self.before, self.after))
        lines = difflib.unified_diff(_whole(old), _whole(new), f"a/{self.file}", f"b/{self.file}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _whole(lines: Sequence[str]) -> list[str]:
    """Return lines that end at line feeds only: other line ends stand inside them."""
    return re.findall(r"[^\n]*\n|[^\n]+$", "".join(lines))


def proposal(given: Mapping[str, str], entry: Entry, registry: Registry) -> Proposal:
    """Return the change that the answers of "Correct an entry" ask for."""
    raw = (registry.base / entry.document.name).read_bytes()
    at = f"{entry.document.name}:{entry.document.marks.at((*entry.path, 'id')).line}"
    found = list(_places(entry.data, given["wrong"]))
    new = {_new(value, given["right"]) for _, value in found}
    if not found or len(new) != 1 or not (value := new.pop()):
        why = "what is right is not stated" if not given["right"] else "it cannot be told for certain which value is meant, and what it should be"
        places = [f"{entry.document.name}:{entry.document.marks.at((*entry.path, *path)).line} holds {old}" for path, old in found]
        return Proposal(entry.document.name, raw, raw, (f"{why}; read the issue and the entry ({at})", *places))
    notes: list[str] = []
    text = YamlText(raw, entry.document.name)
    try:
        source = _source(given, entry, text, notes)
        for path, _ in found:
            _change(text, entry, path, value, source, notes)
    except EditError as error:
        return Proposal(entry.document.name, raw, raw, (str(error),))
    if any(entry.id in crisis.data.get("lines", ()) for crisis in registry.crisis):
        notes.append("it is a crisis line: run handrail crisis-golden --write with the change, and have a second person compare it with its page")
    return Proposal(entry.document.name, raw, text.raw, tuple(dict.fromkeys(notes)))


def _places(data: Mapping[str, Any], wrong: str) -> Iterator[tuple[Path, str]]:
    """Yield every value of an entry that the text speaks of: contacts that it holds, texts that it repeats whole."""
    contacts: list[tuple[Path, str]] = [
        (("channels", index, "value"), str(channel["value"])) for index, channel in enumerate(data.get("channels", ())) if "value" in channel
    ]
    contacts += [(("website",), str(data["website"]))] if "website" in data else []
    named = [(path, value) for path, value in contacts if _holds(wrong, value)]
    # the longest address only: the front page of a website is part of every other address of it
    longest = max((len(value) for _, value in named if _kind(value) == "web"), default=0)
    named = [(path, value) for path, value in named if _kind(value) != "web" or len(value) == longest]
    if named:
        yield from named
        return
    wanted = characters.fold(wrong)
    yield from ((path, value) for path, value in _texts(data) if characters.fold(value) == wanted)


def _holds(text: str, value: str) -> bool:
    if _kind(value) == "phone":
        return phone.holds(text, value)
    return value.casefold().rstrip("/") in text.casefold()


def _texts(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(data, Mapping):
        for key, item in data.items():
            if key not in ("id", "services", "sources", "seen", "website_seen"):
                yield from _texts(item, (*path, key))
    elif isinstance(data, str) and len(data) > 3:
        yield path, data


def _kind(value: str) -> str:
    return "phone" if not phone.problem(value) else "web" if not web.problem(value) else "mail" if not web.mailbox_problem(value) else "text"


def _new(old: str, right: str) -> str:
    """Return the one value of the same kind that stands in a text; empty when there is none, or more than one."""
    kind = _kind(old)
    if kind == "text":
        return " ".join(right.split())
    if kind == "phone":
        found = {written for run in phone.numbers(right) if not phone.problem(written := run.strip(" .-/("))}
    elif kind == "web":
        found = {address.rstrip(".,;") for address in _ADDRESS.findall(right) if not web.problem(address.rstrip(".,;"))}
    else:
        found = {address.rstrip(".") for address in _MAILBOX.findall(right) if not web.mailbox_problem(address.rstrip("."))}
    found = {value for value in found if not _holds(value, old)}
    return found.pop() if len(found) == 1 else ""


def _source(given: Mapping[str, str], entry: Entry, text: YamlText, notes: list[str]) -> str:
    """Return the id of the page that the issue names, added to the file where it is new; empty when there is none to name."""
    owner = entry.organization or entry
    address = given["source"].strip()
    known = {str(source.get("url", "")).rstrip("/"): str(source["id"]) for source in owner.data.get("sources", ())}
    if address.rstrip("/") in known:
        return known[address.rstrip("/")]
    if not address or web.problem(address):
        notes.append("the issue names no page that can be opened: seen still names the pages of the old value; find one that says the new one")
        return ""
    if not given["publisher"]:
        notes.append("the issue does not say who publishes the page; it is put down as a third party's, which carries no contact")
    taken = set(known.values())
    name = next(free for number in range(1, 10_000) if (free := "page" if number == 1 else f"page-{number}") not in taken)
    source = {"id": name, "url": address, "publisher": given["publisher"] or "third-party", "dated": "undated"}
    changed = with_source(text.text, source) if owner.path == () else None
    if changed is None:
        raise EditError(f"{entry.document.name} is written in a way that a source cannot be added to from here; please change it by hand")
    text.replace(changed)
    notes.append(f'the page "{name}" is named by the issue only: open it, and write down its date and how you read it')
    return name


def _change(text: YamlText, entry: Entry, path: Path, value: str, source: str, notes: list[str]) -> None:
    """Put a value into its place, with the page that says so, and take out a check that was of the old value."""
    here = (*entry.path, *path)
    text.put(here[:-1], {str(here[-1]): value})
    group: Any = entry.data
    for part in path[:-1]:
        group = group[part]
    seen = "website_seen" if path[-1] == "website" else "seen"
    if source and (seen in group or len(path) > 1):
        text.put(here[:-1], {seen: [source]})
    if len(path) > 1 and "verified" in group:
        text.remove(here[:-1], "verified")
        notes.append(f"the check of {group['verified'].get('date', '')} was of the old value and is taken out")
    elif "verified" in entry.data:
        notes.append(f"the entry was checked on {entry.data['verified'].get('date', '')}, before this change: does that still hold?")

