"""Every case of ``cases/``: a change to the small registry of ``base/``, and every issue that follows from it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.issues.codes import CODES
from handrail.issues.issue import Issue
from handrail.issues.reporter import FORMATS
from handrail.registry import shape
from handrail.registry.check import checked
from handrail.registry.reading import read
from handrail.schemas import library

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)
CASES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((HERE / "cases").glob("*.yaml"))}

HELD_ELSEWHERE = {
    "E103": "tests/registry/test_files.py: a permission cannot be taken from root",
    "E122": "tests/registry/test_reading.py: the file would be too large to keep",
    "E319": "the golden file of crisis help",
    "E320": "the review of published ids",
    "W321": "the review of coverage",
    "E330": "guides",
    "E331": "guides",
    "E332": "guides",
    "W333": "guides",
    "E334": "guides",
    "W501": "the review of wording",
    "W502": "guides",
    "W503": "the review of staleness",
    "W504": "guides",
}
"""Codes that no registry in this folder can show, and where a test shows them."""


def build(case: dict[str, Any], folder: Path) -> Path:
    """Write the base registry with the changes of a case, and return its root file."""
    shutil.copytree(HERE / "base", folder, dirs_exist_ok=True)
    for name in case.get("delete", ()):
        (folder / name).unlink()
    for change in case.get("change", ()):
        path = folder / change["in"]
        text = path.read_text("utf-8")
        assert text.count(change["from"]) == 1, change
        path.write_text(text.replace(change["from"], change["to"]), "utf-8", newline="")
    for name, text in case.get("write", {}).items():
        (folder / name).write_text(text, "utf-8", newline="")
    for name, digits in case.get("bytes", {}).items():
        (folder / name).write_bytes(bytes.fromhex(digits))
    for name, size in case.get("size", {}).items():
        (folder / name).touch()
        os.truncate(folder / name, size)
    for name in case.get("folder", ()):
        (folder / name).mkdir()
    for name in case.get("pipe", ()):
        os.mkfifo(folder / name)
    for name, target in case.get("link", {}).items():
        (folder / name).symlink_to(target)
    return folder / "resources.yaml"


def record(issue: Issue) -> dict[str, str]:
    at = f"{issue.file}:{issue.line}:{issue.column}" if issue.line else issue.file
    return {"at": at, "code": issue.code, "message": issue.message, "help": issue.help}


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_exactly_the_issues_that_are_written_in_it(name: str, tmp_path: Path) -> None:
    issues = checked(build(CASES[name], tmp_path), TODAY).issues
    assert [record(issue) for issue in issues] == CASES[name]["issues"]


def test_the_base_has_no_issue(tmp_path: Path) -> None:
    assert checked(build({}, tmp_path), TODAY).issues == []


def test_there_are_many_cases_and_each_says_why() -> None:
    assert len(CASES) >= 80
    assert all(case["why"].endswith(".") for case in CASES.values())


def test_every_code_has_a_case_or_is_held_elsewhere() -> None:
    shown = {issue["code"] for case in CASES.values() for issue in case["issues"]}
    assert shown | set(HELD_ELSEWHERE) == set(CODES)
    assert not shown & set(HELD_ELSEWHERE)


def judged(root: Path) -> Iterator[tuple[str, Any]]:
    """Yield kind and typed data of each file of a registry that can be read."""
    for path in sorted(root.parent.rglob("*.yaml")):
        if path.is_file() and path.stat().st_size < 1_000_000:
            document = read(path.read_bytes(), path.name)
            kind = "registry" if path == root else "organization"
            if document.data is not None:
                yield kind, shape.typed(document, document.data, kind)


ANNOTATIONS = frozenset(("$schema", "$id", "$ref", "$defs", "title", "description", "examples", "patternDescription"))
NAMES_BELOW = frozenset(("properties", "$defs"))
VALUES = frozenset(("examples", "enum", "const", "required", "dependentRequired"))


def keywords(schema: Any) -> Iterator[str]:
    """Yield every keyword of a schema that can be broken: an ``if`` decides, and it is the ``then`` that is broken."""
    if isinstance(schema, list):
        for each in schema:
            yield from keywords(each)
    elif isinstance(schema, dict):
        for key, value in schema.items():
            if key == "if":
                continue
            yield key
            if key in NAMES_BELOW:
                for each in value.values():
                    yield from keywords(each)
            elif key not in VALUES:
                yield from keywords(value)


def test_every_keyword_of_the_schemas_is_broken_by_a_case(tmp_path: Path) -> None:
    used = {keyword for name in library.names() for keyword in keywords(library.raw(name))} - ANNOTATIONS
    broken: set[str] = set()
    for name, case in CASES.items():
        for kind, data in judged(build(case, tmp_path / name)):
            for error in library.validator(kind).iter_errors(data):
                broken.update(part for part in error.absolute_schema_path if isinstance(part, str))
    assert used <= broken


def test_the_gate_and_the_judge_agree_on_every_case(tmp_path: Path) -> None:
    for name, case in CASES.items():
        for kind, data in judged(build(case, tmp_path / name)):
            assert library.gate(kind).is_valid(data) == library.validator(kind).is_valid(data), name


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_never_repeats_an_address_that_must_stay_hidden(name: str, tmp_path: Path) -> None:
    issues = checked(build(CASES["a-hidden-place-with-a-street"], tmp_path), TODAY).issues
    report = FORMATS[name](issues)
    assert "street" in report
    assert not [secret for secret in ("7 Secret Lane", "90210", "high", "Leeds") if secret in report]


ADDRESSES = yaml.safe_load((HERE / "addresses.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_report_repeats_an_address_whatever_else_is_wrong_with_its_place(name: str, tmp_path: Path) -> None:
    refuge = "      - id: refuge\n        visibility: hidden\n        seen: [site]\n"
    change = {"in": "organizations/helping-hand.yaml", "from": refuge, "to": ADDRESSES[name] + "\n"}
    issues = checked(build({"change": [change]}, tmp_path), TODAY).issues
    assert [issue for issue in issues if issue.is_error]
    for form in FORMATS.values():
        assert not [secret for secret in ("Rose", "AV7", "507") if secret in form(issues)]


def test_lines_that_are_about_something_else_are_shown(tmp_path: Path) -> None:
    issues = checked(build(CASES["an-unknown-field"], tmp_path), TODAY).issues
    assert all(issue.excerpt for issue in issues)
    after = {"in": "organizations/helping-hand.yaml", "from": "      - name: Tea\n", "to": "      - name: Tea\n        nmae: x\n"}
    assert [issue.excerpt for issue in checked(build({"change": [after]}, tmp_path / "after"), TODAY).issues] == ["        nmae: x"]


def test_no_issue_of_a_case_shows_a_pattern_or_the_name_of_a_keyword() -> None:
    words = ("^[", "[a-z", "unevaluated", "minLength", "maxLength", "oneOf", "anyOf", "$ref", "Traceback")
    for case in CASES.values():
        text = json.dumps(case["issues"])
        assert not [word for word in words if word in text]
