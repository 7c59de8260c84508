"""A number that must not be called any more leaves every output, in one change that somebody can review.

The entry stays, so that its page can say where to turn. Everything that would still send people there is changed with it:
the list of crisis lines, other entries that name it as a way on, and what the parser kept of the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handrail.issues.issue import HandrailError
from handrail.registry import golden, withdrawn
from handrail.registry.check import checked
from handrail.registry.editing import YamlText
from handrail.registry.registry import Entry, Registry
from handrail.review import places

LONGEST_REASON = 400
_FIELD = re.compile(r"[\s-]*(?:value|website|url): ")
"""A line that is a contact or an address and no words: of those a person is told by the name of the entry."""


@dataclass(slots=True)
class Suspension:
    """What was changed, and what a person still has to look at."""

    files: list[str]
    also: list[str] = field(default_factory=list)
    """Other places that were changed with it."""
    remains: list[str] = field(default_factory=list)
    """Places (file and line) where one of its numbers still stands in words; pages leave it out of an entry's."""
    shared: list[str] = field(default_factory=list)
    """Ids of other services that have one of its numbers as their own contact."""


def suspend(registry: Registry, identifier: str, reason: str, instead: Sequence[str], today: date) -> Suspension:
    """Write the suspension into the registry's files; ``HandrailError`` and no change at all when that would break the registry."""
    entry = next((each for each in registry.services if each.id == identifier), None)
    if entry is None:
        raise HandrailError(f'"{identifier}" is not one of our services')
    numbers = _contacts(entry)
    instead = list(instead) or ways_on(registry, entry)
    _refuse(registry, entry, reason, instead, numbers)
    texts: dict[str, YamlText] = {}

    def text(document_name: str) -> YamlText:
        if document_name not in texts:
            texts[document_name] = YamlText((registry.base / document_name).read_bytes(), document_name)
        return texts[document_name]

    fields: dict[str, str | list[str]] = {"status": "suspended", "status_note": reason, "status_since": today.isoformat(), "use_instead": instead}
    text(entry.document.name).put(entry.path, fields, after=("summary",))
    done = Suspension([])
    for crisis in registry.crisis:
        if identifier in crisis.data.get("lines", ()):
            text(crisis.document.name).remove_item((*crisis.path, "lines"), identifier)
            done.also.append(f"crisis help of {crisis.data['region']} no longer names it")
    for other in registry.services:
        ways = other.data.get("use_instead", ())
        if identifier in ways and other is not entry:
            if len(ways) > 1:
                text(other.document.name).remove_item((*other.path, "use_instead"), identifier)
            else:
                text(other.document.name).put(other.path, {"use_instead": [way for way in instead if way != other.id]})
            done.also.append(f"{other.id} no longer names it as a way on")
    after = _write(registry, texts)
    done.files = sorted(texts)
    if (registry.base / golden.FILE).is_file() and not any(issue.code == "E319" for issue in registry.issues):
        text_now = golden.written(after)
        if text_now != golden.written(registry):
            (registry.base / golden.FILE).write_text(text_now, "utf-8", newline="\n")
            done.files.append(golden.FILE)
    done.remains = list(_remaining(after, numbers, identifier))
    done.shared = withdrawn.shared(after, next(each for each in after.services if each.id == identifier))
    _forget(registry.base)
    return done


def _refuse(registry: Registry, entry: Entry, reason: str, instead: Sequence[str], numbers: Sequence[str]) -> None:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise HandrailError(f"the reason is a sentence of at most {LONGEST_REASON} characters; it stands on the page")
    if any(withdrawn.stands(reason, number) for number in numbers):
        raise HandrailError("leave the number out of the reason: it would go on standing on the page")
    if not instead:
        raise HandrailError("name with --use-instead where people can turn")
    if registry.data.get("site", {}).get("helpline_directory") == entry.id:
        raise HandrailError("this is the directory of helplines of the whole site: name another under site.helpline_directory first")
    known = {each.id: each for each in registry.services}
    for other in instead:
        if other not in known:
            raise HandrailError(f'"{other}" is not one of our services')
        if other == entry.id or known[other].data.get("status", "active") != "active":
            raise HandrailError(f'people cannot turn to "{other}" now')


def _contacts(entry: Entry) -> list[str]:
    return [channel["value"] for channel in entry.data.get("channels", ()) if channel.get("value")]


def ways_on(registry: Registry, entry: Entry) -> list[str]:
    """Return where the entry sends people already, else the crisis lines of its regions."""
    if entry.data.get("use_instead"):
        return list(entry.data["use_instead"])
    regions = set(entry.data["coverage"]["regions"])
    return [line for crisis in registry.crisis if crisis.data["region"] in regions for line in crisis.data.get("lines", ()) if line != entry.id][:3]


def _write(registry: Registry, texts: dict[str, YamlText]) -> Registry:
    """Write the files and return the registry as it is now; put them back when it has errors that it had not before.

    That the golden file differs then is no such error: it follows, and whoever reviews the change sees both.
    """
    root = registry.base / registry.root.name
    known = {(issue.file, issue.code, issue.message) for issue in registry.issues}
    before = {name: (registry.base / name).read_bytes() for name in texts}
    for name, text in texts.items():
        (registry.base / name).write_bytes(text.raw)
    after = checked(root, date.max)
    new = [issue for issue in after.issues if issue.is_error and issue.code != "E319" and (issue.file, issue.code, issue.message) not in known]
    if new:
        for name, raw in before.items():
            (registry.base / name).write_bytes(raw)
        raise HandrailError(f"nothing was changed: {new[0].message} ({new[0].file}:{new[0].line}); {new[0].help}")
    return after


def _remaining(registry: Registry, contacts: Sequence[str], identifier: str) -> Iterator[str]:
    """Yield the places in which one of the contacts still stands, the entry's own lines left out."""
    is_own = places.own(next(each for each in registry.services if each.id == identifier))
    for name, number, line in places.lines(registry, contacts):
        if not _FIELD.match(line) and not is_own(name, number):
            yield f"{name}:{number}"


def _forget(base: Path) -> None:
    """Delete what earlier runs kept of the files, so that the number is in no cache either."""
    folder = Path(os.environ.get("HANDRAIL_CACHE") or base / ".cache" / "handrail")
    for path in folder.rglob("*.json") if folder.is_dir() else ():
        path.unlink()
