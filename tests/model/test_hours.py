"""Whether somebody answers at an instant, and until or from when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.build import hours
from handrail.model.hours import Hours, HoursException, Opening, State

LONDON = "Europe/London"
NEW_YORK = "America/New_York"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def weekly(zone: str, *spans: tuple[str, str, str], **more: object) -> Hours:
    found = hours({"time_zone": zone, "weekly": [{"days": days.split(), "opens": opens, "closes": closes} for days, opens, closes in spans], **more})
    assert found is not None
    return found


OFFICE = weekly(LONDON, ("mon tue wed thu fri", "09:00", "17:00"))
NIGHT = weekly(LONDON, ("sat sun", "22:00", "06:00"))
ALL_DAYS = "mon tue wed thu fri sat sun"


@pytest.mark.parametrize(("times", "instant", "kind", "until"), [
    (OFFICE, "2026-11-23T08:59", "closed", "2026-11-23T09:00"), (OFFICE, "2026-11-23T09:00", "open", "2026-11-23T17:00"),
    (OFFICE, "2026-11-23T16:59", "open", "2026-11-23T17:00"), (OFFICE, "2026-11-23T17:00", "closed", "2026-11-24T09:00"),
    (OFFICE, "2026-11-27T20:00", "closed", "2026-11-30T09:00"),
    (OFFICE, "2026-07-01T08:00", "open", "2026-07-01T16:00"), (OFFICE, "2026-07-01T16:00", "closed", "2026-07-02T08:00"),
    (NIGHT, "2026-11-28T23:59", "open", "2026-11-29T06:00"), (NIGHT, "2026-11-29T00:00", "open", "2026-11-29T06:00"),
    (NIGHT, "2026-11-29T06:00", "closed", "2026-11-29T22:00"), (NIGHT, "2026-11-30T05:59", "open", "2026-11-30T06:00"),
    (NIGHT, "2026-11-30T06:00", "closed", "2026-12-05T22:00"), (NIGHT, "2026-11-23T01:00", "open", "2026-11-23T06:00"),
])  # fmt: skip
def test_the_week_and_the_night(times: Hours, instant: str, kind: str, until: str) -> None:
    assert times.state(at(instant)) == State(kind, at(until))


def test_a_night_on_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    assert NIGHT.state(at("2026-03-28T22:00")) == State("open", at("2026-03-29T05:00"))


def test_a_night_on_which_the_clocks_go_back_is_an_hour_longer() -> None:
    assert NIGHT.state(at("2026-10-24T21:00")) == State("open", at("2026-10-25T06:00"))
    assert NIGHT.state(at("2026-10-25T05:59")) == State("open", at("2026-10-25T06:00"))


def test_a_time_that_the_clocks_skip_counts_as_the_moment_after_the_gap() -> None:
    times = weekly(NEW_YORK, ("sun", "02:30", "04:00"))
    assert times.state(at("2026-03-08T07:00")) == State("closed", at("2026-03-08T07:30"))
    assert times.state(at("2026-03-08T07:30")) == State("open", at("2026-03-08T08:00"))


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    times = weekly(NEW_YORK, ("sun", "00:00", "01:30"))
    assert times.state(at("2026-11-01T05:29")) == State("open", at("2026-11-01T05:30"))
    assert times.state(at("2026-11-01T05:45")).kind == "closed"


def test_a_zone_whose_midnight_is_skipped_has_no_hole_in_it() -> None:
    times = weekly("Africa/Cairo", (ALL_DAYS, "00:00", "24:00"))
    first = at("2026-04-23T12:00")
    assert {times.state(first + timedelta(minutes=15 * step)).kind for step in range(200)} == {"open"}


@pytest.mark.parametrize("instant", ["2026-03-29T01:30", "2026-10-25T01:30", "2026-11-23T00:00", "2026-12-31T23:59"])
def test_whole_days_side_by_side_are_one_opening_without_an_end(instant: str) -> None:
    assert weekly(LONDON, (ALL_DAYS, "00:00", "24:00")).state(at(instant)) == State("open")


def test_always_is_open_without_an_end_or_a_zone() -> None:
    assert Hours(always=True).state(at("2026-11-23T03:00")) == State("open")


def test_always_with_an_exception_is_closed_on_that_day_only() -> None:
    times = hours({"always": "yes", "time_zone": LONDON, "exceptions": [{"date": "2026-12-25", "closed": "yes"}]})
    assert times is not None
    assert times.state(at("2026-11-23T12:00")) == State("open")
    assert times.state(at("2026-12-24T12:00")) == State("open", at("2026-12-25T00:00"))
    assert times.state(at("2026-12-25T12:00")) == State("closed", at("2026-12-26T00:00"))
    assert times.state(at("2026-12-26T00:00")) == State("open")


@pytest.mark.parametrize(("instant", "kind", "until"), [
    ("2026-12-24T12:00", "open", "2026-12-24T17:00"), ("2026-12-25T10:00", "closed", "2026-12-28T10:00"),
    ("2026-12-28T10:00", "open", "2026-12-28T12:00"), ("2026-12-28T13:00", "closed", "2026-12-28T14:00"), ("2026-12-28T15:00", "open", "2026-12-28T16:00"),
    ("2026-12-28T16:30", "closed", "2026-12-29T09:00"),
])  # fmt: skip
def test_exceptions_replace_the_hours_of_their_days(instant: str, kind: str, until: str) -> None:
    times = weekly(LONDON, ("mon tue wed thu fri", "09:00", "17:00"), exceptions=[
        {"date": "2026-12-25", "until": "2026-12-27", "closed": "yes", "note": "Holidays"},
        {"date": "2026-12-28", "opens": "14:00", "closes": "16:00", "note": "by phone"}, {"date": "2026-12-28", "opens": "10:00", "closes": "12:00"},
    ])  # fmt: skip
    assert times.state(at(instant)) == State(kind, at(until))


def test_several_openings_of_an_exception_are_one_exception() -> None:
    times = hours({"time_zone": LONDON, "note": "x", "exceptions": [
        {"date": "2026-12-28", "opens": "14:00", "closes": "16:00", "note": "b"}, {"date": "2026-12-28", "opens": "22:00", "closes": "02:00"},
    ]})  # fmt: skip
    assert times is not None
    assert times.exceptions == (HoursException(date(2026, 12, 28), date(2026, 12, 28), ((840, 960), (1320, 1560)), "b"),)


def test_a_night_before_a_closed_day_still_ends_in_the_morning() -> None:
    times = weekly(LONDON, ("thu", "20:00", "04:00"), exceptions=[{"date": "2026-12-25", "closed": "yes"}])
    assert times.state(at("2026-12-25T03:00")) == State("open", at("2026-12-25T04:00"))


def test_local_hours_are_read_where_the_reader_is() -> None:
    times = weekly("local", ("mon", "09:00", "17:00"))
    assert times.state(at("2026-11-23T15:00"), NEW_YORK) == State("open", at("2026-11-23T22:00"))
    assert times.state(at("2026-11-23T21:00"), LONDON).kind == "closed"
    assert times.state(at("2026-11-23T10:00")).kind == "open"


@pytest.mark.parametrize("data", [{"unknown": "yes"}, {"note": "call for hours"}, {"always": "no"}, {"unknown": "no", "note": "x"}])
def test_what_is_not_known_is_not_called_closed(data: dict[str, str]) -> None:
    times = hours(data)
    assert times is not None
    assert not times.is_known
    assert times.state(at("2026-11-23T12:00")) == State("unknown")


def test_nothing_stated_is_none() -> None:
    assert hours(None) is None


def test_no_opening_for_weeks_has_no_next_one() -> None:
    times = weekly(LONDON, ("mon", "09:00", "17:00"), exceptions=[{"date": "2026-12-01", "until": "2027-03-01", "closed": "yes"}])
    assert times.state(at("2026-12-02T12:00")) == State("closed")


def test_openings_are_sorted_and_run_past_midnight() -> None:
    times = weekly(LONDON, ("sun fri", "18:00", "02:00"), ("fri", "09:00", "12:00"), ("mon", "06:00", "00:00"))
    assert times.weekly == (Opening(0, 360, 1440), Opening(4, 540, 720), Opening(4, 1080, 1560), Opening(6, 1080, 1560))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.sampled_from([LONDON, NEW_YORK, "Asia/Kolkata", "Pacific/Auckland", "Africa/Cairo"]))
def test_the_next_change_lies_ahead_and_is_one(moment: datetime, zone: str) -> None:
    times = weekly(zone, ("mon wed", "09:00", "17:00"), ("fri sat", "20:00", "03:00"), ("sun", "00:00", "24:00"))
    instant = moment.replace(tzinfo=UTC)
    state = times.state(instant)
    assert state.until is not None
    assert state.until > instant
    assert times.state(state.until).kind != state.kind
    assert times.state(state.until - timedelta(microseconds=1)).kind == state.kind
