"""An organization in which every field that the form shows is filled in, made from the schema: a new field is in it from its first day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handrail.schemas import library
from handrail.views.contribute import BY_HAND, DAYS

VALUES = {
    "phone": "116 123", "textphone": "116 123", "relay": "116 123", "text": "85258", "email": "help@example.org",
    "chat": "https://www.example.org/chat", "web": "https://www.example.org/web", "app": "https://www.example.org/app",
}  # fmt: skip
"""What stands under a channel of a type; the others take any text."""
LISTS = {"topics": ["grief"], "audiences": ["students"], "regions": ["av"], "except": ["av-s"], "seen": ["site"], "website_seen": ["site"]}
WITHOUT = frozenset(("always", "unknown", "status", "status_note", "status_since", "use_instead", "why", "crisis", *BY_HAND))
"""Fields that rule others out, or ask for entries that a small registry does not have."""
DATE = "2020-01-31"


def organization(text: str, kind: str = "helpline") -> dict[str, Any]:
    """Return an organization with one service of a kind, hostile text wherever a text may stand, as it should stand in the file."""
    schema = library.resolved("organization")
    made = {name: _value(name, rules, text) for name, rules in _fields(schema) if name not in ("services", "sources")}
    source = {name: _value(name, rules, text) for name, rules in _fields(schema["properties"]["sources"]["items"])}
    source.update(id="site", url="https://www.example.org/contact", publisher="operator", dated="undated")
    service = {name: _value(name, rules, text) for name, rules in _fields(schema["properties"]["services"]["items"])}
    service.update(id="new-line", kind=kind, channels=list(_channels(schema, text)), places=list(_places(schema, text)))
    service["meetings"][0].update(place="place-full", starts="10:00", ends="11:00")
    return {"sources": [source], **made, "id": "newcomer", "services": [service]}


def _fields(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((name, rules) for name, rules in schema["properties"].items() if isinstance(rules, Mapping) and name not in WITHOUT)


def _value(name: str, rules: Mapping[str, Any], text: str) -> Any:
    if name in LISTS:
        return LISTS[name]
    if name == "weekly":
        return [{"days": list(DAYS[:5]), "opens": "09:00", "closes": "17:30"}, {"days": ["sat"], "opens": "22:00", "closes": "02:00"}]
    if name == "exceptions":
        times = {"date": "2026-12-31", "opens": "10:00", "closes": "12:00"}
        return [{"date": "2026-12-25", "until": "2026-12-26", "closed": "yes", "note": " ".join(_cut(text, 120).split())}, times]
    if name == "region":
        return "av"
    if "enum" in rules:
        return rules["enum"][0]
    if "properties" in rules:
        return {key: _value(key, inner, text) for key, inner in _fields(rules)}
    if rules.get("type") == "array":
        return [_value(name[:-1], rules["items"], text)]
    if rules.get("type") in ("integer", "number"):
        return {"min": 16, "max": 25}.get(name, rules["examples"][0])
    if rules.get("format") == "date":
        return DATE
    if "format" in rules or "pattern" in rules:
        return rules["examples"][0]
    return _cut(text, rules["maxLength"]) if rules["maxLength"] > 200 else " ".join(_cut(text, rules["maxLength"]).split())


def _cut(text: str, most: int) -> str:
    return text[:most].strip()


def _channels(schema: Mapping[str, Any], text: str) -> Iterator[dict[str, Any]]:
    rules = schema["properties"]["services"]["items"]["properties"]["channels"]["items"]
    for kind in rules["properties"]["type"]["enum"]:
        channel = {name: _value(name, inner, text) for name, inner in _fields(rules) if name not in _ruled_out(rules, "type", kind)}
        yield {**channel, "type": kind, "value": VALUES.get(kind, " ".join(_cut(text, 200).split()))}


def _places(schema: Mapping[str, Any], text: str) -> Iterator[dict[str, Any]]:
    rules = schema["properties"]["services"]["items"]["properties"]["places"]["items"]
    for visibility in rules["properties"]["visibility"]["enum"]:
        place = {name: _value(name, inner, text) for name, inner in _fields(rules) if name not in _ruled_out(rules, "visibility", visibility)}
        yield {**place, "id": f"place-{visibility}", "visibility": visibility}


def _ruled_out(rules: Mapping[str, Any], decides: str, value: str) -> set[str]:
    found: set[str] = set()
    for rule in rules["allOf"]:
        condition = rule["if"]["properties"].get(decides, {})
        if value in condition.get("enum", [condition.get("const")]):
            found |= {name for name, allowed in rule["then"].get("properties", {}).items() if allowed is False}
    return found


def not_filled(data: Any, schema: Mapping[str, Any] | None = None, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the way to every field of the schema that an organization leaves out."""
    found: set[tuple[str, ...]] = set()
    groups = data if isinstance(data, list) else [data]
    for name, rules in _fields(schema or library.resolved("organization")):
        values = [value for group in groups for value in (group[name] if isinstance(group.get(name), list) else [group[name]] if name in group else [])]
        inner = rules.get("items", rules)
        if not values:
            found.add((*path, name))
        elif "properties" in inner:
            found |= not_filled(values, inner, (*path, name))
    return found
