"""Days and time zones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.text import dates, zones


@given(st.dates())
def test_every_day_of_the_calendar_is_fine(day: date) -> None:
    assert dates.problem(day.isoformat()) == ""


@pytest.mark.parametrize("text", [
    "", "2026", "2026-11", "20261123", "2026-11-3", "26-11-23", "2026/11/23", "23.11.2026", "2026-11-23T00:00", "2026-11-23 ", " 2026-11-23",
    "2026-11-23\n", "２０２６-11-23",
    "2026-W48-1", "+2026-11-23", "-2026-11-23",
])  # fmt: skip
def test_a_day_is_written_in_one_way(text: str) -> None:
    assert "year-month-day" in dates.problem(text)


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "0000-01-01", "1900-02-29"])
def test_a_day_exists(text: str) -> None:
    assert "no such day" in dates.problem(text)


def test_today_comes_from_the_environment_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    monkeypatch.setenv("HANDRAIL_TODAY", "2026-11-23")
    assert dates.today() == date(2026, 11, 23)
    monkeypatch.delenv("HANDRAIL_TODAY")
    assert dates.today() == date(1970, 1, 1)
    monkeypatch.setenv("HANDRAIL_TODAY", "tomorrow")
    with pytest.raises(ValueError, match="tomorrow"):
        dates.today()


def test_without_an_environment_today_is_the_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDRAIL_TODAY", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert isinstance(dates.today(), date)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Pacific/Auckland", "local"])
def test_a_zone_has_its_iana_name(zone: str) -> None:
    assert zones.problem(zone) == ""


@pytest.mark.parametrize("zone", ["", "GMT", "GMT+1", "EST", "BST", "Europe/london", "Europe/", "Etc/GMT+5", "../etc/passwd", "posix/Europe/London",
    "Europe/London\n", "Local"])
def test_another_name_is_refused(zone: str) -> None:
    assert "IANA" in zones.problem(zone)
