"""Days: read as ISO 8601 writes them, and the one place that knows which day it is."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def problem(text: str) -> str:
    """Return what is wrong with a day, or an empty string."""
    if not _DAY.match(text):
        return "a date is written year-month-day, such as 2026-11-23"
    try:
        date.fromisoformat(text)
    except ValueError:
        return "there is no such day in the calendar"
    return ""


def today() -> date:
    """Return the day of this run: ``HANDRAIL_TODAY``, else ``SOURCE_DATE_EPOCH``, else the clock's (UTC).

    A malformed variable is an error of whoever set it: ``ValueError``.
    """
    if fixed := os.environ.get("HANDRAIL_TODAY"):
        return date.fromisoformat(fixed)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()
