"""The schemas keep the rules that editors, the form, the reference and the messages rely on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handrail.schemas import library

IDS = [
    "audience", "bibliography", "channel", "coverage", "crisis", "evidence", "guide", "hours", "mentoring", "organization", "page", "place", "region",
    "registry", "service", "source",
    "text", "topic", "verification", "worksheet",
]  # fmt: skip
"""Names that stand in the first line of entries and in editors' settings: one may be added, none may change."""


def parts(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema inside a schema with its path."""
    if not isinstance(node, dict):
        return
    yield path, node
    for key in ("properties", "$defs"):
        for name, each in node.get(key, {}).items():
            yield from parts(each, f"{path}/{key}/{name}")
    for key in ("items", "additionalProperties", "propertyNames", "if", "then"):
        yield from parts(node.get(key), f"{path}/{key}")
    for key in ("allOf", "anyOf"):
        for index, each in enumerate(node.get(key, ())):
            yield from parts(each, f"{path}/{key}/{index}")


ALL = [(name, path, node) for name in library.names() for path, node in parts(library.raw(name))]
CONDITIONS = re.compile(r"/(if|then|anyOf|allOf)(/|$)")
FIELDS = [(name, path, schema) for name in library.names() for path, schema in library.fields(name)]


def is_group(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "object" or schema.get("items", {}).get("type") == "object"


@pytest.mark.parametrize("name", library.names())
def test_a_schema_is_a_schema_with_its_own_lasting_name(name: str) -> None:
    raw = library.raw(name)
    Draft202012Validator.check_schema(raw)
    assert raw["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert raw["$id"].endswith(f"/schema/1/{name}.json")


def test_no_schema_loses_its_name() -> None:
    assert list(library.names()) == IDS


def test_every_field_at_every_depth_says_what_it_is() -> None:
    for name, path, schema in FIELDS:
        assert schema.get("title"), (name, path)
        assert str(schema.get("description", "")).endswith("."), (name, path)
        assert len(schema["title"]) <= 60, (name, path)


def test_every_field_that_is_no_group_has_examples_and_they_are_valid() -> None:
    for name, path, schema in FIELDS:
        if not is_group(schema):
            assert schema.get("examples"), (name, path)
        for example in schema.get("examples", ()):
            judge = Draft202012Validator(schema, format_checker=library.checker())
            assert [error.message for error in judge.iter_errors(example)] == [], (name, path)


OPEN = {("page", "")}
"""Front matter of pages that are no guide: the engine that builds the site has fields of its own there."""


def test_every_group_of_fields_is_closed() -> None:
    for name, path, node in ALL:
        if "properties" in node and not CONDITIONS.search(path) and (name, path) not in OPEN:
            assert node.get("unevaluatedProperties") is False, (name, path)
            assert node.get("type") == "object", (name, path)


def test_every_kind_of_text_and_list_has_limits() -> None:
    for name, path, node in ALL:
        if CONDITIONS.search(path) or "enum" in node:
            continue
        if node.get("type") == "string":
            assert {"minLength", "maxLength"} <= set(node), (name, path)
        if node.get("type") == "array":
            assert {"minItems", "maxItems", "items"} <= set(node), (name, path)
        if node.get("type") == "integer":
            assert {"minimum", "maximum"} <= set(node), (name, path)


UNSPEAKABLE = {"oneOf", "not", "else", "dependentSchemas", "patternProperties", "contains", "prefixItems", "default", "$dynamicRef"}


def test_no_type_has_two_names_and_no_keyword_is_one_that_people_cannot_be_told_about() -> None:
    for name, path, node in ALL:
        assert isinstance(node.get("type", ""), str), (name, path)
        assert not UNSPEAKABLE & set(node), (name, path)


def test_every_pattern_is_described_in_words() -> None:
    for name, path, node in ALL:
        assert ("pattern" in node) == ("patternDescription" in node), (name, path)


def test_every_required_field_exists() -> None:
    for name, path, node in ALL:
        if "properties" in node and not CONDITIONS.search(path):
            pairs = node.get("dependentRequired", {})
            needed = {*node.get("required", ()), *pairs, *(each for group in pairs.values() for each in group)}
            assert needed <= set(node["properties"]), (name, path)


def test_every_condition_speaks_of_fields_that_exist() -> None:
    for name in library.names():
        fields = set(library.raw(name).get("properties", {}))
        for condition in library.raw(name).get("allOf", ()):
            for node in condition.values():
                assert {*node.get("properties", {}), *node.get("required", ())} <= fields, name


def test_channel_conditions_name_kinds_that_exist() -> None:
    schema = library.raw("channel")
    kinds = set(schema["properties"]["type"]["enum"])
    for condition in schema["allOf"]:
        assert set(condition["if"]["properties"]["type"]["enum"]) <= kinds


def test_local_references_lead_somewhere() -> None:
    for name in library.names():
        assert "$ref" not in json.dumps(library.resolved(name)), name


def test_what_stands_beside_a_reference_wins() -> None:
    assert library.resolved("service")["properties"]["id"]["title"] == "Id"
    assert library.resolved("service")["properties"]["id"]["examples"] == ["gb-samaritans"]
    assert library.resolved("service")["properties"]["id"]["pattern"] == library.raw("text")["$defs"]["id"]["pattern"]


WRONG = {"date": "2026-02-30", "mailbox": "nobody", "phone-number": "call me", "time-zone": "Mars/Olympus", "web-address": "javascript:alert(1)"}
RIGHT = {"date": "2026-02-28", "mailbox": "help@example.org", "phone-number": "116 123", "time-zone": "Europe/London", "web-address": "https://example.org"}


def test_every_format_that_a_schema_names_is_really_checked_by_both() -> None:
    used = {node["format"] for _, _, node in ALL if "format" in node}
    assert used == set(library.FORMATS) == set(WRONG)
    rust = pytest.importorskip("jsonschema_rs")
    formats = {key: (lambda value, problem=problem: not problem(value)) for key, problem in library.FORMATS.items()}
    for name in used:
        schema = {"type": "string", "format": name}
        judge = Draft202012Validator(schema, format_checker=library.checker())
        gate = rust.Draft202012Validator(schema, formats=formats, validate_formats=True)
        assert (judge.is_valid(RIGHT[name]), judge.is_valid(WRONG[name])) == (True, False), name
        assert (gate.is_valid(RIGHT[name]), gate.is_valid(WRONG[name])) == (True, False), name


@pytest.mark.parametrize(("kind", "data"), [
    ("hours", {"time_zone": "Mars/Olympus", "note": "x"}), ("verification", {"date": "2026-02-30", "how": "call", "by": "lead"}),
    ("channel", {"type": "phone", "value": "call me"}), ("channel", {"type": "web", "value": "javascript:alert(1)"}), ("channel", {"type": "email",
    "value": "nobody"}),
])  # fmt: skip
def test_a_wrong_format_is_stopped_by_the_gate_and_by_the_judge(kind: str, data: dict[str, str]) -> None:
    assert not library.validator(kind).is_valid(data)
    assert not library.gate(kind).is_valid(data)


ADVERSARIAL = [unit * 10_000 for unit in ("a", "-", "a-", "0", "a0-", "A", ".", "GB-", "en-", "2024-", "24:", "é", " ", "\n")]


@pytest.mark.parametrize("pattern", sorted({node["pattern"] for _, _, node in ALL if "pattern" in node}))
def test_a_pattern_comes_to_an_end_on_ten_thousand_characters(pattern: str) -> None:
    for text in ADVERSARIAL:
        for tail in ("", "!", "\n", "-"):
            re.search(pattern, text + tail)


@pytest.mark.parametrize("name", sorted(library.FORMATS))
def test_a_format_comes_to_an_end_on_ten_thousand_characters(name: str) -> None:
    for text in (*ADVERSARIAL, "https://" + "a." * 5_000, "a@" + "a." * 5_000, "a@" + "-" * 10_000, "(" * 10_000, "(0" * 5_000, "https://" + "@" * 10_000):
        assert library.FORMATS[name](text)


@pytest.mark.parametrize("pattern", sorted({node["pattern"] for _, _, node in ALL if "pattern" in node}))
def test_a_pattern_holds_the_whole_text(pattern: str) -> None:
    assert pattern.startswith("^")
    assert pattern.endswith("$")


@pytest.mark.parametrize(("kind", "field", "value"), [
    ("topic", "id", "anxiety"), ("region", "iso", "GB"), ("channel", "keys", "1"), ("source", "dated", "2024"), ("service", "name_language", "cy"),
])  # fmt: skip
def test_a_line_end_behind_a_value_is_refused_by_both(kind: str, field: str, value: str) -> None:
    schema = {"type": "object", "properties": {field: library.resolved(kind)["properties"][field]}}
    judge = library.validator(kind).evolve(schema=schema)
    assert judge.is_valid({field: value})
    assert not judge.is_valid({field: value + "\n"})
    assert not library.gate(kind).is_valid({field: value + "\n"})


def made_for(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return values that are near a schema: often valid, often wrong in one place."""
    kind = schema.get("type")
    if "enum" in schema:
        return st.sampled_from([*schema["enum"], "neither"])
    if kind in ("integer", "number"):
        return st.sampled_from([schema["minimum"], schema["maximum"], schema["minimum"] - 1, schema["maximum"] + 1, 1.5, 1.0, "1"])
    if kind == "array":
        return st.lists(made_for(schema["items"]), max_size=2)
    if kind == "object":
        fields = {name: made_for(each) for name, each in schema.get("properties", {}).items() if isinstance(each, dict)}
        needed = set(schema.get("required", ()))
        if not fields:
            return st.dictionaries(st.sampled_from(["cy", "English", "a-b"]), st.sampled_from([{"name": "x"}, {"motto": "x"}, "x"]), max_size=2)
        return st.fixed_dictionaries({name: fields[name] for name in needed}, optional={name: each for name, each in fields.items() if name not in needed})
    return st.sampled_from([*schema.get("examples", ("x",)), "", "x\n",
    "é" * schema.get("maxLength", 1), "é" * (schema.get("maxLength", 1) + 1), 1, None, ["x"]])


SMALL = ["channel", "hours", "place", "mentoring", "verification", "coverage", "source", "region", "topic", "crisis"]


@pytest.mark.parametrize("name", SMALL)
@given(data=st.data())
@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
def test_the_gate_and_the_judge_agree_on_made_up_data(name: str, data: st.DataObject) -> None:
    value = data.draw(made_for(library.resolved(name)))
    assert library.gate(name).is_valid(value) == library.validator(name).is_valid(value)


def test_without_the_fast_package_the_judge_sees_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    library.gate.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "jsonschema_rs", None)
    assert library.gate("channel") is None
    library.gate.cache_clear()


def test_a_field_is_found_by_the_path_into_its_data() -> None:
    assert library.field_at("registry", ("organizations", 0, "services", 3, "channels", 1, "value"))["title"] == "Number, address or link"
    assert library.field_at("service", ())["title"] == "Service"
    assert library.field_at("registry", ("moved", "old"))["type"] == "string"
    assert library.field_at("service", ("nothing", 0)) == {}


def test_fields_are_listed_with_their_paths() -> None:
    paths = [path for path, _ in library.fields("organization")]
    assert "services[].channels[].hours.weekly[].opens" in paths
    assert len(paths) == len(set(paths))
