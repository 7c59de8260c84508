"""The field reference: every field of every kind, made from the schema, so that it cannot drift."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.schemas import library
from handrail.views import contribute

FIELDS = "contribute/fields.md"
KINDS = ("organization", "service", "channel", "hours", "place", "mentoring", "coverage", "source", "verification", "registry", "region", "topic", "audience",
         "crisis", "guide", "worksheet", "page", "bibliography", "evidence")
"""Kinds in the order in which a contributor meets them."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field."""

    id: str
    """Anchor, unique on the page: the plain name at its first use, for messages lead there, else with the kind before it."""
    name: str
    title: str
    description: str
    needed: bool
    form: str
    """What kind of value, in words."""
    choices: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind of thing."""

    id: str
    title: str
    description: str
    file: str
    fields: tuple[FieldView, ...]


def page(make: Renderer) -> Page:
    """Return the page of all fields."""
    def body(content: str) -> str:
        on = make.on(FIELDS)
        return make.render("fields.html", crumbs=contribute.trail(on), kinds=tuple(kinds(make)))

    return Page(FIELDS, make.t("fields.title"), make.t("fields.lead"), body, section=contribute.INDEX)


def kinds(make: Renderer) -> Iterator[KindView]:
    """Yield every kind with its fields."""
    met: set[str] = set()
    for name in KINDS:
        schema = library.raw(name)
        fields = tuple(_fields(name, library.resolved(name), schema, "", met, make))
        yield KindView(name, schema["title"], schema["description"], f"schema/{name}.json", fields)


def _fields(kind: str, schema: Mapping[str, Any], raw: Mapping[str, Any], before: str, met: set[str], make: Renderer) -> Iterator[FieldView]:
    needed = set(schema.get("required", ()))
    for name, field in schema.get("properties", {}).items():
        if not isinstance(field, Mapping):
            continue
        path = f"{before}{name}"
        first = name not in met and name not in KINDS
        met.add(name)
        items = field.get("items") if isinstance(field.get("items"), Mapping) else None
        example = next(iter(field.get("examples", ())), None)
        leaf = items or field
        yield FieldView(
            name if first else f"{kind}-{path}".replace(".", "-"), path, str(field.get("title", name)), str(field.get("description", "")), name in needed,
            _form(field, make), tuple(map(str, leaf.get("enum", ()))), "" if example is None else json.dumps(example, ensure_ascii=False),
        )
        refers = _reference(raw.get("properties", {}).get(name, {}))
        inner = items or field
        if "properties" in inner and not refers:
            yield from _fields(kind, inner, _raw_inner(raw, name), f"{path}.", met, make)


def _reference(raw: Mapping[str, Any]) -> bool:
    """Return whether a field is a kind with a section of its own."""
    target = raw.get("$ref") or (raw.get("items") or {}).get("$ref") or ""
    return str(target).removesuffix(".json") in KINDS


def _raw_inner(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    field: Mapping[str, Any] = raw.get("properties", {}).get(name, {})
    return field.get("items") or field


def _form(field: Mapping[str, Any], make: Renderer) -> str:
    if field.get("type") == "array":
        return make.t("fields.list")
    if field.get("type") == "object":
        return make.t("fields.group")
    if field.get("enum") == ["yes", "no"]:
        return make.t("fields.yes-no")
    if "enum" in field:
        return make.t("fields.choice")
    if field.get("type") in ("integer", "number"):
        return make.t("fields.number")
    return make.t("fields.text", count=field["maxLength"]) if "maxLength" in field else make.t("fields.any-text")
