"""The table of faults names only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_that_the_table_names_exists():
    named = re.findall(r"`(tests/[\w/.]+)::(test_\w+)`", (ROOT / "content/build/faults.md").read_text("utf-8"))
    assert len(named) > 30
    assert [pair for pair in named if f"def {pair[1]}(" not in (ROOT / pair[0]).read_text("utf-8")] == []


def test_every_fault_of_the_table_has_what_happens_and_one_test_of_its_own():
    table = (ROOT / "content/build/faults.md").read_text("utf-8").partition("## What a change")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ") and line != "| Fault | What happens | Test |"]
    assert len(rows) > 40
    assert [row for row in rows if len(row) != 3 or not row[1] or not re.fullmatch(r"`tests/[\w/.]+::test_\w+`", row[2])] == []
    tests = [test for _, _, test in rows]
    assert {test for test in tests if tests.count(test) > 1} == set()
