"""The vocabulary of schema.org as the package schema-dts carries it: which property a type has, and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "node_modules/schema-dts/dist/schema.d.ts"
_INTERFACE = re.compile(r"^(?:export )?interface (\w+)(?: extends ([\w, <>]+))? \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.*), "\w+">;$', re.MULTILINE)
_ALIAS = re.compile(r"^export type (\w+) = (.+);$", re.MULTILINE)
_NAME = re.compile(r'"([^"]*)"|(\w+)')


@cache
def _read() -> tuple[dict[str, tuple[list[str], dict[str, set[str]]]], dict[str, set[str]]]:
    text = FILE.read_text("utf-8")
    interfaces = {
        name: (
            [each.strip() for each in (above or "").split(",") if each.strip()],
            {key: {word or name for word, name in _NAME.findall(values)} for key, values in _PROPERTY.findall(body)},
        )
        for name, above, body in _INTERFACE.findall(text)
    }
    return interfaces, {name: {word or other for word, other in _NAME.findall(values)} for name, values in _ALIAS.findall(text)}


def _ancestors(interface: str) -> Iterator[str]:
    interfaces, _ = _read()
    yield interface
    for above in interfaces[interface][0] if interface in interfaces else ():
        yield from _ancestors(above)


def is_type(name: str) -> bool:
    return f"{name}Leaf" in _read()[0]


def properties(name: str) -> dict[str, set[str]]:
    """Return the properties of a type and of all types above it, each with what may stand in it."""
    interfaces, _ = _read()
    return {key: values for each in _ancestors(f"{name}Leaf") if each in interfaces for key, values in interfaces[each][1].items()}


def _is_a(name: str, wanted: set[str]) -> bool:
    return any(each.removesuffix("Leaf").removesuffix("Base") in wanted for each in _ancestors(f"{name}Leaf"))


def _words(wanted: set[str]) -> bool:
    """Return whether text may stand there."""
    return bool(wanted & {"Text", "URL", "Date", "DateTime", "Time", "string"})


def problems(value: object, wanted: frozenset[str] | set[str] = frozenset(("Thing",)), where: str = "") -> Iterator[str]:
    """Yield what the vocabulary has against a value and all below it."""
    _, aliases = _read()
    if isinstance(value, list):
        for each in value:
            yield from problems(each, wanted, where)
    elif isinstance(value, dict):
        kind = str(value.get("@type"))
        if not is_type(kind):
            yield f"{where}: {kind} is no type"
            return
        if not _is_a(kind, set(wanted)):
            yield f"{where}: {kind} does not stand there, but {sorted(wanted)}"
        known = properties(kind)
        for key, below in value.items():
            if key.startswith("@"):
                continue
            if key not in known:
                yield f"{where}: {kind} has no {key}"
            else:
                yield from problems(below, known[key], f"{where}/{kind}.{key}")
    elif isinstance(value, bool):
        if "Boolean" not in wanted:
            yield f"{where}: {value} is no {sorted(wanted)}"
    elif isinstance(value, (int, float)):
        if not wanted & {"Number", "Integer", "Float"}:
            yield f"{where}: {value} is no {sorted(wanted)}"
    elif not _words(set(wanted)) and not any(value in aliases.get(each, ()) for each in wanted):
        yield f"{where}: {value!r} is no {sorted(wanted)}"
