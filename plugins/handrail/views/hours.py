"""Hours in words for people, and as small data from which the browser tells whether it is open now."""

from __future__ import annotations

import json
from collections.abc import Sequence

from handrail.model.hours import DAY, Hours, HoursException
from handrail.text.words import Words
from handrail.views import wording
from handrail.views.values import HoursView

NOT_STATED = "not-stated"


_MOST = 20_000
_made: dict[tuple[int, int, bool], tuple[Hours | None, Words, HoursView]] = {}
"""Views that were made, by the identity of their hours: the same channel stands on its page, on cards of every depth and in messages."""


def view(hours: Hours | None, t: Words, *, can_ask: bool = True) -> HoursView:
    """Return hours as a page shows them; ``can_ask`` is False where there is nobody to call (websites, e-mail)."""
    key = (id(hours), id(t), can_ask)
    made = _made.get(key)
    if made is None or made[0] is not hours or made[1] is not t:
        if len(_made) >= _MOST:
            _made.clear()
        made = _made[key] = (hours, t, _view(hours, t, can_ask))
    return made[2]


def _view(hours: Hours | None, t: Words, can_ask: bool) -> HoursView:
    if hours is None:
        return HoursView(NOT_STATED, t("hours.not-stated"), (), "", (), "", "")
    exceptions = tuple(_exception(each, t) for each in hours.exceptions)
    data = as_data(hours)
    if hours.always:
        return HoursView("always", t("hours.always"), (), "", exceptions, hours.note, data)
    if not hours.weekly:
        summary = t("hours.unknown" if can_ask else "hours.unknown-web") if hours.unknown or not hours.note else hours.note
        return HoursView("unknown", summary, (), "", exceptions, hours.note if summary != hours.note else "", "")
    rows = _rows(hours, t)
    summary = "; ".join(t("hours.day", days=days, times=times) for days, times in rows)
    return HoursView("weekly", summary, rows, zone(hours, t), exceptions, hours.note, data)


def zone(hours: Hours, t: Words) -> str:
    """Return the zone in words: "London time", "your local time"."""
    if hours.zone == "local":
        return t("hours.local")
    return t("hours.clock", place=hours.zone.rsplit("/", 1)[-1].replace("_", " ")) if hours.zone else ""


def as_data(hours: Hours | None) -> str:
    """Return the hours as JSON for the browser; empty when it cannot be told whether it is open.

    ``z`` zone, ``a`` 1 for always, ``w`` openings [day (0 is Monday), from, to], ``x`` exceptions [first, last, [[from, to]…]].
    Minutes since midnight; above 1440 on the next day.
    """
    if hours is None or not hours.is_known:
        return ""
    data: dict[str, object] = {"z": hours.zone or "UTC"}
    if hours.always:
        data["a"] = 1
    else:
        data["w"] = [[each.day, each.opens, each.closes] for each in hours.weekly]
    if hours.exceptions:
        data["x"] = [[each.first.isoformat(), each.last.isoformat(), [list(span) for span in each.openings]] for each in hours.exceptions]
    return json.dumps(data, separators=(",", ":"))


def clock(minutes: int) -> str:
    """Return the time of day: "09:30"; midnight at the end of a day is "24:00"."""
    if minutes == DAY:
        return "24:00"
    return f"{minutes % DAY // 60:02}:{minutes % 60:02}"


def _times(spans: Sequence[tuple[int, int]], t: Words) -> str:
    words = []
    for opens, closes in spans:
        if opens == 0 and closes == DAY:
            words.append(t("hours.allday"))
        elif closes > DAY:
            words.append(t("hours.span-next", opens=clock(opens), closes=clock(closes)))
        else:
            words.append(t("hours.span", opens=clock(opens), closes=clock(closes)))
    return wording.listed(words, t)


def _rows(hours: Hours, t: Words) -> tuple[tuple[str, str], ...]:
    by_day = {day: tuple((each.opens, each.closes) for each in hours.weekly if each.day == day) for day in range(7)}
    groups: list[tuple[list[int], tuple[tuple[int, int], ...]]] = []
    for day, spans in by_day.items():
        if not spans:
            continue
        same = next((group for group in groups if group[1] == spans), None)
        if same:
            same[0].append(day)
        else:
            groups.append(([day], spans))
    return tuple((_days(days, t), _times(spans, t)) for days, spans in groups)


def _days(days: list[int], t: Words) -> str:
    if len(days) == 7:
        return t("hours.daily")
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = []
    for run in runs:
        first, last = t(f"day.{run[0]}"), t(f"day.{run[-1]}")
        words += [t("hours.range", a=first, b=last)] if len(run) > 2 else [t(f"day.{day}") for day in run]
    return wording.listed(words, t)


def _exception(exception: HoursException, t: Words) -> str:
    when = wording.day(exception.first, t)
    if exception.last != exception.first:
        when = t("hours.range", a=when, b=wording.day(exception.last, t))
    times = _times(exception.openings, t) if exception.openings else t("hours.closed")
    key = "hours.exception-note" if exception.note else "hours.exception"
    return t(key, date=when, times=times, note=exception.note)
