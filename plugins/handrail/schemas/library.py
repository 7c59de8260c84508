"""The schemas of ``schema/``: loaded once, with every reference resolved and every format active.

Each file is one kind. The same files serve the checks, the editors of contributors, the form, the field reference
and the words of the error messages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from handrail.text import dates, phone, web, zones

if TYPE_CHECKING:  # the judge is loaded when the gate stops something: good registries never meet it
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.exceptions import ValidationError

Schema = Mapping[str, Any]

FORMATS: Mapping[str, Callable[[str], str]] = {
    "date": dates.problem,
    "mailbox": web.mailbox_problem,
    "phone-number": phone.problem,
    "time-zone": zones.problem,
    "web-address": web.problem,
}
"""Our formats: name to a function that returns what is wrong with a text, or an empty string."""


def folder() -> Path:
    """Return the folder of the schema files: inside an installed package, else beside ``plugins/``."""
    inside = Path(__file__).resolve().parent.parent / "schema"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / "schema"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all kinds, sorted."""
    return tuple(sorted(path.stem for path in folder().glob("*.json")))


@cache
def raw(name: str) -> dict[str, Any]:
    """Return one schema as it stands in its file."""
    loaded: dict[str, Any] = json.loads((folder() / f"{name}.json").read_text("utf-8"))
    return loaded


@cache
def resolved(name: str) -> dict[str, Any]:
    """Return one schema with every reference replaced by what it points to.

    What stands beside a reference (title, description, examples) wins over what the reference brings.
    """
    result: dict[str, Any] = _inline(raw(name), name)
    return result


def _inline(node: Any, name: str) -> Any:
    """Return a node of the schema of that name with its references replaced."""
    if isinstance(node, list):
        return [_inline(item, name) for item in node]
    if not isinstance(node, dict):
        return node
    inlined = {key: _inline(value, name) for key, value in node.items() if key != "$ref"}
    reference = node.get("$ref")
    if reference is None:
        return inlined
    file, _, pointer = reference.partition("#")
    other = file.removesuffix(".json") or name
    target: Any = raw(other)
    for part in filter(None, pointer.split("/")):
        target = target[part]
    brought = _inline({key: value for key, value in target.items() if key not in ("$schema", "$id", "$defs")}, other)
    return {**brought, **inlined}


@cache
def checker() -> FormatChecker:
    """Return the format checker: our formats only, each really active."""
    from jsonschema import FormatChecker

    formats = FormatChecker(formats=())
    for name, problem in FORMATS.items():
        formats.checks(name)(lambda value, problem=problem: not isinstance(value, str) or not problem(value))
    return formats


def _pattern(_: Any, pattern: str, value: Any, __: Schema) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError

    # Python's $ matches before a line end too; that of JSON Schema does not, and an id with a line end would pass.
    if isinstance(value, str) and not re.search(re.sub(r"\$\Z", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


@cache
def _judge() -> type[Draft202012Validator]:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    judge: type[Draft202012Validator] = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    return judge


@cache
def validator(name: str) -> Draft202012Validator:
    """Return the judge of one kind."""
    return _judge()(resolved(name), format_checker=checker())


@cache
def gate(name: str) -> Any:
    """Return the fast gate of one kind: what it lets through is valid; what it stops goes to the judge.

    None when the package is not installed: then the judge sees everything.
    """
    try:
        import jsonschema_rs
    except ImportError:
        return None
    formats = {key: (lambda value, problem=problem: not problem(value)) for key, problem in FORMATS.items()}
    return jsonschema_rs.Draft202012Validator(resolved(name), formats=formats, validate_formats=True)


def field_at(name: str, path: tuple[str | int, ...]) -> Schema:
    """Return the schema of the field that a path into the data of a kind leads to; empty where it leads out of the schema."""
    schema: Any = resolved(name)
    for part in path:
        step = schema.get("items") if isinstance(part, int) else schema.get("properties", {}).get(part, schema.get("additionalProperties"))
        if not isinstance(step, Mapping):
            return {}
        schema = step
    return cast(Schema, schema)


def fields(name: str) -> Iterator[tuple[str, Schema]]:
    """Yield every field of a kind with its dotted path: ``channels[].hours.weekly[].opens``."""
    yield from _fields("", resolved(name))


def _fields(path: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    for key, value in schema.get("properties", {}).items():
        if isinstance(value, Mapping):
            here = f"{path}.{key}" if path else key
            yield here, value
            yield from _fields(here, value)
    items = schema.get("items")
    if isinstance(items, Mapping):
        yield from _fields(f"{path}[]", items)

