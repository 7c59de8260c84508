"""``handrail new service``: asks in the terminal for a service and its source, checks each answer at once, and writes the file."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from handrail.issues.issue import HandrailError, Issue
from handrail.registry import alike, shape
from handrail.registry.loading import load
from handrail.registry.reading import read
from handrail.registry.registry import Entry, Registry
from handrail.registry.writing import appended, organization_file
from handrail.schemas import library
from handrail.text import characters
from handrail.text.escape import terminal
from handrail.text.words import words
from handrail.views import contribute

Ask = Callable[[str], str]


def run(registry_path: Path, ask: Ask = input) -> int:
    """Ask, and write a new file or add to one; nothing is ever written over. Return 1 when nothing was written."""
    registry = load(registry_path)
    if any(issue.is_error for issue in registry.issues):
        raise HandrailError("the registry has errors; run handrail check first")
    talk = _Talk(ask)
    talk.say("Answer in plain words. Leave an answer empty when you do not know it: the page then says not stated. Ctrl+C stops, and nothing is written.\n")
    owner = _organization(talk, registry)
    data, path = owner if isinstance(owner, tuple) else (dict(owner.data), owner.document.name)
    source = _source(talk, data)
    service = _service(talk, registry, source)
    if isinstance(owner, Entry):
        text = appended(owner.document.text, service, source if source not in data["sources"] else None)
        if text is None:
            talk.say(f"{path} is written in a way that cannot be added to from here. This is the service:\n")
            talk.say(organization_file({**data, "services": [service]}, path, ""))
            return 1
    else:
        licence = registry.data.get("site", {}).get("data_licence", {}).get("name", "")
        text = organization_file({**data, "sources": [source], "services": [service]}, path, licence)
    talk.say("\n" + text)
    for note in _clashes(registry, service, data):
        talk.say(f"Worth a second look: {note}")
    if talk.line(f"Write this into {path}? (yes/no) ").casefold() not in ("y", "yes"):
        talk.say("Nothing was written.")
        return 1
    target = registry.base / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w" if isinstance(owner, Entry) else "x", encoding="utf-8", newline="") as file:
        file.write(text)
    talk.say(f"{path} is written. Next: handrail check")
    return 0


class _Talk:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def say(self, text: str) -> None:
        sys.stdout.write("\n".join(map(terminal, text.split("\n"))) + "\n")

    def line(self, question: str) -> str:
        try:
            return self._ask(question).strip()
        except EOFError:
            raise HandrailError("the answers ended too early; nothing was written") from None

    def field(
        self, path: tuple[str, ...], *, needed: bool = False, many: bool = False, extra: Callable[[str], str] | None = None, default: str = "", title: str = "",
    ) -> Any:
        """Return the answer for a field of an organization's file (``[]`` in the path for items): checked, and empty when it may be left out.

        An empty answer takes the default, where there is one.
        """
        schema: Mapping[str, Any] = library.resolved("organization")
        for step in path:
            schema = schema["items"] if step == "[]" else schema["properties"][step]
        choices = schema.get("enum", schema.get("items", {}).get("enum", ()))
        hint = f" ({', '.join(choices)})" if choices else ""
        self.say(f"\n{title or schema['title']}: {contribute.spoken(schema['description'])}{hint}{f' Enter alone takes {default}.' if default else ''}")
        while True:
            answer = self.line("several, with commas: " if many else "> ")
            value: Any = [part.strip() for part in answer.split(",") if part.strip()] if many else answer or default
            if not value:
                if not needed:
                    return value
                self.say("This one is needed.")
                continue
            wrong = [text for part in (value if many else [value]) if extra and (text := extra(part))]
            wrong = wrong or [f"{issue.message}. {issue.help}" for issue in _issues(path, value)]
            if not wrong:
                return value
            self.say("\n".join(wrong))


def _issues(path: tuple[str, ...], value: Any) -> list[Issue]:
    """Return what is wrong with one value, as the check of the whole file will say it."""
    inner = value
    for step in reversed(path):
        inner = [inner] if step == "[]" else {step: inner}
    document = read(organization_file({"services": [], **inner} if "services" not in inner else inner, "new.yaml", "").encode(), "new.yaml")
    if document.data is None:
        return document.issues
    found = shape.check(document, shape.typed(document, document.data, "organization"), "organization")
    return [issue for issue in found if issue.code not in ("E201", "E212", "E214", "E215")]


def _organization(talk: _Talk, registry: Registry) -> Entry | tuple[dict[str, Any], str]:
    own = {entry.id: entry for entry in registry.organizations if not entry.path}
    talk.say("Whose service is it? The id of an organization of this directory, or nothing for a new one.")
    while True:
        answer = talk.line("> ")
        if answer in own:
            return own[answer]
        if not answer:
            break
        talk.say(f'"{answer}" has no file here; leave it empty for a new organization')
    taken = {entry.id for entry in registry.organizations}
    name = talk.field(("name",), needed=True)
    identifier = talk.field(("id",), needed=True, default=_proposed(name, taken), extra=lambda given: "this id is in use" if given in taken else "")
    kind = talk.field(("kind",), needed=True)
    regions = talk.field(("regions",), many=True, extra=_known(registry.regions))
    folder = f"{_country(registry, regions[0])}/" if regions else ""
    return {"id": identifier, "name": name, "kind": kind, **({"regions": regions} if regions else {})}, f"content/organizations/{folder}{identifier}.yaml"


def _source(talk: _Talk, data: Mapping[str, Any]) -> dict[str, Any]:
    known = {source["id"]: source for source in data.get("sources", ())}
    if known:
        talk.say(f"\nWhere did you read it? One of {', '.join(known)}, or nothing for a new source.")
        while answer := talk.line("> "):
            if answer in known:
                return dict(known[answer])
            talk.say("That source is not in the file.")
    item = ("sources", "[]")
    source = {
        "id": talk.field((*item, "id"), needed=True, extra=lambda given: "this id is in use" if given in known else ""),
        "url": talk.field((*item, "url"), needed=True),
        "publisher": talk.field((*item, "publisher"), needed=True),
        "dated": talk.field((*item, "dated"), needed=True),
    }
    how = talk.field((*item, "read_as"), needed="read_as" in library.raw("source")["required"])
    return {**source, **({"read_as": how} if how else {})}


def _service(talk: _Talk, registry: Registry, source: Mapping[str, Any]) -> dict[str, Any]:
    item = ("services", "[]")
    seen = [source["id"]]
    taken = {entry.id for entry in registry.services}
    name = talk.field((*item, "name"), needed=True)
    service: dict[str, Any] = {
        "name": name,
        "id": talk.field((*item, "id"), needed=True, default=_proposed(name, taken), extra=lambda given: "this id is in use" if given in taken else ""),
        "kind": talk.field((*item, "kind"), needed=True), "summary": talk.field((*item, "summary"), needed=True), "for_whom": talk.field((*item, "for_whom")),
        "topics": talk.field((*item, "topics"), needed=True, many=True, extra=_known(registry.topics)),
        "audiences": talk.field((*item, "audiences"), many=True, extra=_known(registry.audiences)),
        "coverage": {"regions": talk.field((*item, "coverage", "regions"), needed=True, many=True, extra=_known(registry.regions)), "seen": seen},
    }
    service["website"] = talk.field((*item, "website"))
    service["website_seen"] = seen if service["website"] else []
    channels = []
    while talk.line("\nIs there a number, address or chat to add? (yes/no) ").casefold() in ("y", "yes"):
        channel = (*item, "channels", "[]")
        kind = talk.field((*channel, "type"), needed=True)
        value = ""
        while kind != "in-person":
            value = talk.field((*channel, "value"), needed=True)
            wrong = _channel_issues(kind, value)
            if not wrong:
                break
            talk.say("\n".join(wrong))
        note = talk.field((*channel, "hours", "note"), title="Hours, in words")
        made = {"type": kind, "value": value, "hours": {"note": note, "seen": seen} if note else {}, "seen": seen}
        channels.append({key: given for key, given in made.items() if given})
    service["channels"] = channels
    service["seen"] = seen
    return {key: given for key, given in service.items() if given}


def _channel_issues(kind: str, value: str) -> list[str]:
    data = {"services": [{"channels": [{"type": kind, "value": value}]}]}
    document = read(organization_file(data, "new.yaml", "").encode(), "new.yaml")
    if document.data is None:
        return [issue.message for issue in document.issues]
    found = shape.check(document, document.data, "organization")
    return [f"{issue.message}. {issue.help}" for issue in found if issue.code not in ("E201", "E215")]


def _proposed(name: str, taken: set[str]) -> str:
    made = re.sub(r"[^a-z0-9]+", "-", characters.fold(name)).strip("-")[:60].strip("-")
    return made if len(made) > 1 and made not in taken else ""


def _clashes(registry: Registry, service: Mapping[str, Any], organization: Mapping[str, Any]) -> Iterator[str]:
    """Yield the entries that may be the same as the new one, in the words of the form."""
    t, document = words("en"), read(b"{}", "new.yaml")
    mine = alike.facts(Entry(dict(service), document, ("services", 0), Entry(dict(organization), document, ())), alike.countries(registry))
    entries = {entry.id: entry for entry in registry.services}
    for clash in alike.clashes(mine, alike.of_registry(registry)):
        other = entries[clash.other]
        owner = other.organization.id if other.organization else ""
        yield t("form.note.clash", name=other.data["name"], organization=owner, why=t(f"clash.{clash.key}", value=clash.value))


def _known(entries: list[Entry]) -> Callable[[str], str]:
    ids = {entry.id for entry in entries}
    names = {characters.fold(str(entry.data.get("name", ""))): entry.id for entry in entries}

    def problem(given: str) -> str:
        if given in ids:
            return ""
        near = names.get(characters.fold(given))
        return f'write it as "{near}"' if near else f'"{given}" is not known here; the ids are: {", ".join(sorted(ids)[:40])}{" …" if len(ids) > 40 else ""}'

    return problem


def _country(registry: Registry, region: str) -> str:
    parents = {entry.id: entry for entry in registry.regions}
    while parents[region].data.get("kind") != "country" and parents[region].data.get("parent"):
        region = str(parents[region].data["parent"])
    return region
