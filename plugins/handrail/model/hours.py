"""When somebody answers: always, by the week with exceptions, or not known. *Unknown is not closed.*

Times are minutes since midnight in the service's own IANA zone; an opening may run past midnight (minutes above 1440).
``state`` works on wall-clock time of the zone, so a night on which the clocks change is as long as it really is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
HORIZON = 15
"""Days that are searched for the next opening."""


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """One opening of a usual week."""

    day: int
    """0 is Monday."""
    opens: int
    closes: int
    """Above 1440 when it closes on the next day."""


@dataclass(frozen=True, slots=True)
class HoursException:
    """A day, or several, on which the hours differ."""

    first: date
    last: date
    openings: tuple[tuple[int, int], ...]
    """Empty when it is closed all day."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Whether it is open at an instant, and until or from when."""

    kind: str
    """``open``, ``closed`` or ``unknown``."""
    until: datetime | None = None
    """The next change (UTC): closing when open, opening when closed; None when there is none or it is not known."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a channel or place."""

    always: bool = False
    unknown: bool = False
    """True when a source lists the channel and gives no hours."""
    zone: str = ""
    """IANA name, or ``local`` for the caller's own time."""
    weekly: tuple[Opening, ...] = ()
    exceptions: tuple[HoursException, ...] = ()
    note: str = ""

    @property
    def is_known(self) -> bool:
        """True when it can be told whether it is open."""
        return self.always or bool(self.weekly)

    def state(self, instant: datetime, reader_zone: str = "UTC") -> State:
        """Return the state at an instant (timezone-aware). ``local`` hours are read in the reader's zone."""
        if not self.is_known:
            return State("unknown")
        zone = ZoneInfo(reader_zone if self.zone == "local" else self.zone or "UTC")
        if self.always and not self.exceptions:
            return State("open")
        spans = _joined(self._spans(zone, instant.astimezone(zone).date()))
        for start, end in spans:
            if start <= instant < end:
                horizon = instant + timedelta(days=HORIZON - 2)
                return State("open", None if end > horizon else end)
            if start > instant:
                return State("closed", start)
        return State("closed")

    def _spans(self, zone: ZoneInfo, today: date) -> Iterator[tuple[datetime, datetime]]:
        for offset in range(-2, HORIZON):
            day = today + timedelta(days=offset)
            exception = next((each for each in self.exceptions if each.first <= day <= each.last), None)
            if exception is not None:
                openings = exception.openings
            elif self.always:
                openings = ((0, DAY),)
            else:
                openings = tuple((each.opens, each.closes) for each in self.weekly if each.day == day.weekday())
            for opens, closes in openings:
                yield _instant(day, opens, zone), _instant(day, closes, zone)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time; a time that the clocks skip counts as the moment after the gap."""
    day += timedelta(days=minutes // DAY)
    wall = datetime.combine(day, time(minutes % DAY // 60, minutes % 60), zone)
    return wall.astimezone(UTC)


def _joined(spans: Iterator[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return the spans in order, those that touch put together."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined
