import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from handrail.model.hours import Hours, HoursException, Opening

TABLE = json.loads((Path(__file__).parent / "hours_cases.json").read_text("utf-8"))


def hours(data: dict[str, Any]) -> Hours:
    """Return hours from what the browser gets."""
    exceptions = tuple(
        HoursException(date.fromisoformat(first), date.fromisoformat(last), tuple(map(tuple, spans))) for first, last, spans in data.get("x", ())
    )
    return Hours(always=bool(data.get("a")), zone=data["z"], weekly=tuple(Opening(*each) for each in data.get("w", ())), exceptions=exceptions)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: f"{case['hours']} {case['at']} {case['reader']}")
def test_a_state_is_what_the_table_says(case: dict[str, Any]) -> None:
    state = hours(TABLE["hours"][case["hours"]]).state(datetime.fromisoformat(case["at"]), case["reader"])
    assert state.kind == case["kind"]
    assert (state.until and state.until.astimezone(UTC)) == (case["until"] and datetime.fromisoformat(case["until"]))


def test_the_browser_says_the_same(node: Any) -> None:
    expected = [[case[name] for name in ("hours", "at", "reader", "kind", "until")] for case in TABLE["cases"]]
    assert [pair for pair in zip(node("hours.mjs"), expected) if pair[0] != pair[1]] == []
