"""Time zones by their IANA names, and ``local`` for hours meant in the caller's own time."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

LOCAL = "local"


@cache
def known() -> frozenset[str]:
    """Return the names of all zones."""
    return frozenset(name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/", "Etc/", "SystemV/")))


def problem(text: str) -> str:
    """Return what is wrong with the name of a zone, or an empty string."""
    if text == LOCAL or text in known():
        return ""
    return "a time zone has an IANA name, such as Europe/London or America/New_York"
