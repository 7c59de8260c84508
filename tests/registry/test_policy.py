"""Days to come are found however they are written: a quick look at the whole file must not hide one."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.registry import alone

ORGANIZATION = """\
id: here
name: Here 5415
kind: charity
website: https://www.example.org/
website_seen: [site]
services: []
sources:
- id: site
  url: https://www.example.org/
  publisher: operator
  dated: %s
"""
STYLES = ["{}", "'{}'", '"{}"', "\n    {}", "|-\n    {}", ">-\n    {}", "{} # no comment", "# a comment\n    {}"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("day", "is_to_come"), [
    ("2026-11-24", True), ("2026-12", True), ("2027", True), ("2026-11-23", False), ("2026-11", False), ("2026", False), ("1999-12-31", False),
])  # fmt: skip
def test_a_day_to_come_is_found_in_every_style_of_a_text(day: str, is_to_come: bool, style: str) -> None:
    assert found(ORGANIZATION % style.format(day)) is is_to_come


def test_a_day_to_come_is_found_in_escapes_and_in_a_flow_of_fields() -> None:
    assert found(ORGANIZATION % '"\\x32027"')
    before = ORGANIZATION[:ORGANIZATION.index("sources")]
    assert found(f'{before}sources: [{{id: site, url: https://www.example.org/, publisher: operator, "dated":"2027-01"}}]\n')


def found(text: str) -> bool:
    codes = {issue.code for issue in alone.examined(text.encode(), "here.yaml", date(2026, 11, 23)).issues}
    assert codes <= {"E313", "W123"}
    return "E313" in codes
