"""The table of faults names only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_that_the_table_names_exists():
    named = re.findall(r"`(tests/[\w/.]+)::(test_\w+)`", (ROOT / "content/build/faults.md").read_text("utf-8"))
    assert len(named) > 30
    assert [pair for pair in named if f"def {pair[1]}(" not in (ROOT / pair[0]).read_text("utf-8")] == []
