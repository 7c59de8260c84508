"""What search is given besides the directory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuideRecord:
    """A guide or another page that an author wrote, as search knows it."""

    id: str
    url: str
    """From the root of the site."""
    title: str
    answer: str
    """One or two sentences; shown on its card."""
    text: str
    """Everything else that can be found, without marks."""
    audience: tuple[str, ...] = ()
    """Kinds of reader: mentee, mentor, coordinator, partner."""
    topics: tuple[str, ...] = ()
    on_crisis: bool = False
    """True for guides that are offered when somebody worries about another person."""
