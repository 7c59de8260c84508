"""Any text at all in place of the registry, or of one of its values: issues, or a site; never an exception."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.compiler.site import compile
from handrail.exports import entry
from handrail.issues import reporter
from handrail.issues.issue import RegistryError
from handrail.model import build
from handrail.model.directory import Directory
from handrail.registry import check
from handrail.registry.writing import organization_file
from tests.hardening import hostile
from tests.site.language import write_project

TODAY = date(2026, 6, 1)
PLAINLY = type("Plainly", (yaml.SafeDumper,), {"ignore_aliases": lambda *_: True})
WHOLE = yaml.dump(hostile.registry([hostile.PLAIN, "Harmless"]), Dumper=PLAINLY, sort_keys=False)
LINES = WHOLE.splitlines(keepends=True)
MARKS = ("[", "{", "- ", ": ", "? ", "&a ", "*a", "!!int ", "|", ">", "'", '"', "---\n", "\t", "\x00", "%")
SIGNS = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(MARKS)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(folder: Path, raw: bytes) -> str:
    """Return what a registry of these bytes comes to."""
    (folder / "resources.yaml").write_bytes(raw)
    try:
        site = compile(folder / "resources.yaml", today=TODAY)
    except RegistryError as error:
        told = [form(error.issues) for form in (reporter.human, reporter.github, reporter.sarif)]
        return "issues" if all(told) and all(issue.message for issue in error.issues) else "nothing said"
    site.files.made = site.files.make(lambda asset: len(asset.data))
    for page in list(site.pages.values())[:12]:
        assert page.make("")
    return "site"


def test_the_registry_that_is_changed_here_makes_a_site(tmp_path):
    assert outcome(tmp_path, WHOLE.encode()) == "site"


@few
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_issues(tmp_path, raw):
    assert outcome(tmp_path, raw) == "issues"


@few
@given(at=st.integers(0, len(LINES) - 1), text=SIGNS, instead=st.booleans())
def test_any_text_in_any_line_is_issues_or_a_site(tmp_path, at, text, instead):
    lines = [*LINES]
    head = lines[at].partition(":")[0]
    lines[at] = f"{head}: {text}\n" if instead else lines[at].rstrip("\n") + text + "\n"
    assert outcome(tmp_path, "".join(lines).encode("utf-8", "replace")) in ("issues", "site")


@few
@given(start=st.integers(0, len(LINES) - 1), count=st.integers(1, 40))
def test_any_lines_that_are_lost_or_doubled_are_issues_or_a_site(tmp_path, start, count):
    assert outcome(tmp_path, "".join([*LINES[:start], *LINES[start + count:]]).encode()) in ("issues", "site")
    assert outcome(tmp_path, "".join([*LINES[:start + count], *LINES[start:]]).encode()) in ("issues", "site")


@pytest.mark.parametrize("text", [hostile.PLAIN, *hostile.OURS, "no", "1e3", "0800 1111", "~", "a: b # c", "- x", "line\nline", "'\"\\"])
def test_what_the_model_holds_is_written_and_read_back_whole(tmp_path, text):
    before = _directory(tmp_path, hostile.registry([hostile.PLAIN, text]))
    if before is None:  # the check refuses the text
        assert text not in (hostile.PLAIN, *hostile.OURS[:12])
        return
    data = hostile.registry([hostile.PLAIN, text])
    data["include"] = ["written/*.yaml"]
    del data["organizations"]
    (tmp_path / "written").mkdir()
    for each in before.organizations.values():
        whole = {**entry.organization(each), "services": [entry.service(service) for service in before.of_organization(each.id)]}
        (tmp_path / f"written/{each.id}.yaml").write_text(organization_file(whole, f"written/{each.id}.yaml", ""), "utf-8")
    after = _directory(tmp_path, data)
    assert after is not None
    for kind in ("organizations", "services"):
        left, right = getattr(before, kind), getattr(after, kind)
        assert [replace(right[key], written=left[key].written) for key in left] == [left[key] for key in left]


def _directory(folder: Path, data: dict[str, Any]) -> Directory | None:
    write_project(folder, registry=data) if "organizations" in data else (folder / "resources.yaml").write_text(yaml.dump(data, Dumper=PLAINLY), "utf-8")
    registry = check.checked(folder / "resources.yaml", TODAY)
    return None if any(issue.is_error for issue in registry.issues) else build.directory(registry)
