"""A whole file of an organization, written as a person would write it. The form in the browser writes the same bytes; a test holds both to it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from handrail.registry.editing import scalar
from handrail.registry.reading import read
from handrail.schemas import library

_SURE = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*(?: [A-Za-z0-9._/-]+)*\Z")
_PROSE = re.compile(r"[A-Za-z](?:[^\s:#\x00-\x1f\x7f-\xa0\ufeff]|:(?=\S)|(?<=\S)#|[ ](?=[^\s#]))*\Z")
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_WIDE = 110

Schema = Mapping[str, Any]


def organization_file(data: Mapping[str, Any], path: str, licence: str) -> str:
    """Return the text of an organization's file at a path from the folder of the registry; editors find the schema by its first line."""
    schema = library.resolved("organization")
    own = {key: value for key, value in data.items() if key != "services"}
    head = [f"# yaml-language-server: $schema={'../' * path.count('/')}schema/organization.json", *([f"# Registry data: {licence}."] if licence else [])]
    services = "\n\n".join("  " + _listed(each, schema["properties"]["services"]["items"], 2) for each in data.get("services", ()))
    return "\n".join([*head, _group(own, schema, 0), f"services:\n{services}" if services else "services: []"]) + "\n"


def appended(text: str, service: Mapping[str, Any], source: Mapping[str, Any] | None) -> str | None:
    """Return an organization's file with one more service at its end (and one more source); None where the file is not written so that this is certain."""
    before = read(text.encode(), "entry.yaml").data
    if not isinstance(before, dict) or not isinstance(before.get("services"), list) or next(reversed(before)) != "services":
        return None
    rules = library.resolved("organization")["properties"]
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.rstrip().split(end)
    meant = copy.deepcopy(before)
    written = "  " + _listed(service, rules["services"]["items"], 2)
    if before["services"]:
        lines += ["", *written.split("\n")]
    elif lines[-1].startswith("services: []"):
        lines[-1:] = ["services:", *written.split("\n")]
    else:
        return None
    changed = end.join(lines) + end
    if source is not None:
        with_it = with_source(changed, source)
        if with_it is None:
            return None
        changed = with_it
        meant["sources"].insert(0, dict(source))
    meant["services"].append(dict(service))
    return changed if read(changed.encode(), "entry.yaml").data == meant else None


def with_source(text: str, source: Mapping[str, Any]) -> str | None:
    """Return an organization's file with one more source, before the others; None where the file is not written so that this is certain."""
    before = read(text.encode(), "entry.yaml").data
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    at = next((index for index, line in enumerate(lines) if line.rstrip() == "sources:"), None)
    if at is None or not isinstance(before, dict) or not isinstance(before.get("sources"), list):
        return None
    first = next((index for index in range(at + 1, len(lines)) if lines[index].lstrip().startswith("- ")), None)
    if first is None:
        return None
    indent = len(lines[first]) - len(lines[first].lstrip())
    lines[at + 1:at + 1] = (" " * indent + _listed(source, library.resolved("organization")["properties"]["sources"]["items"], indent)).split("\n")
    changed = end.join(lines)
    return changed if read(changed.encode(), "entry.yaml").data == {**before, "sources": [dict(source), *before["sources"]]} else None


def _text(value: str, schema: Schema, indent: int) -> str:
    if value in schema.get("enum", ()) and _SURE.match(value):
        return value
    if "\n" in value and re.match(r"\S", value) and not re.search(r"[\t\r]|[ ]\n|\s\Z", value):
        return "|-\n" + "\n".join(" " * (indent + 2) + line if line else "" for line in value.split("\n"))
    if _utf16(value) > _WIDE and re.fullmatch(r"\S+(?: \S+)*", value) and not re.search(r"[\x00-\x1f\x7f-\xa0]", value):
        return ">-\n" + _wrapped(value, indent + 2)
    if _PROSE.match(value) and value.casefold() not in _WORDS and not value.endswith(":"):
        return value
    return json.dumps(value, ensure_ascii=False)


def _wrapped(value: str, indent: int) -> str:
    lines, line = [], ""
    for word in value.split(" "):
        if line and _utf16(line) + 1 + _utf16(word) > _WIDE:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join(" " * indent + each for each in (*lines, line))


def _utf16(text: str) -> int:
    """Return the length as browsers count it."""
    return len(text.encode("utf-16-le")) // 2


def _value(given: Any, schema: Schema, indent: int) -> str:
    if isinstance(given, str):
        return f" {_text(given, schema, indent)}"
    if isinstance(given, Mapping):
        return "\n" + _group(given, schema, indent + 2)
    if not isinstance(given, Sequence):
        return f" {given}"
    if not given:
        return " []"
    rules = schema.get("items", {})
    if all(isinstance(item, str) for item in given):
        words = [item if item in rules.get("enum", ()) else scalar(item) for item in given]
        if not any(word.startswith('"') for word in words) and _utf16(", ".join(words)) < _WIDE:
            return f" [{', '.join(words)}]"
    return "\n" + "\n".join(" " * (indent + 2) + _listed(item, rules, indent + 2) for item in given)


def _listed(item: Any, schema: Schema, indent: int) -> str:
    if isinstance(item, Mapping):
        return "- " + _group(item, schema, indent + 2).lstrip()
    return f"- {_text(item, schema, indent)}" if isinstance(item, str) else f"- {item}"


def _group(fields: Mapping[str, Any], schema: Schema, indent: int) -> str:
    properties = schema.get("properties", {})
    order = {name: position for position, name in enumerate(properties)}
    names = sorted(fields, key=lambda name: order.get(name, 999))
    return "\n".join(f"{' ' * indent}{scalar(name)}:{_value(fields[name], properties.get(name, {}), indent)}" for name in names)
