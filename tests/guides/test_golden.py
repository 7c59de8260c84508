"""Every case of ``cases/``: a change to the small library of ``base/``, and every issue that follows from it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.compiler.check import whole
from handrail.issues.issue import Issue

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)
CASES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((HERE / "cases").glob("*.yaml"))}
HELD = {"E330", "E331", "E332", "W333", "E334", "W501", "W502", "W503", "W504", "E311"}
"""Codes that guides have and the registry alone has not, and the two of sources."""


def issues(case: dict[str, Any], folder: Path) -> list[Issue]:
    """Return the issues of the base with the changes of a case."""
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
    return list(whole(folder / "resources.yaml", TODAY, folder / "content").issues)


def record(issue: Issue) -> dict[str, str]:
    at = f"{issue.file}:{issue.line}:{issue.column}" if issue.line else issue.file
    return {"at": at, "code": issue.code, "message": issue.message, "help": issue.help}


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_exactly_the_issues_that_are_written_in_it(name: str, tmp_path: Path) -> None:
    assert [record(issue) for issue in issues(CASES[name], tmp_path)] == CASES[name]["issues"]


def test_the_base_has_no_issue(tmp_path: Path) -> None:
    assert issues({}, tmp_path) == []


def test_every_code_of_guides_has_a_case_and_each_case_says_why() -> None:
    assert {issue["code"] for case in CASES.values() for issue in case["issues"]} >= HELD
    assert all(case["why"].endswith(".") for case in CASES.values())
