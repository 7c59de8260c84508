"""What is known about the directory itself: what happened to an entry, what is missing, how its web addresses answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that happened to an entry, without a name of anybody."""

    day: date
    kind: str
    """``added``, ``changed`` or ``verified``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known in one place of the table of gaps."""

    whole: int = 0
    """Services that reach the whole region."""
    parts: int = 0
    """Services in parts of the region only."""
    drafts: int = 0
    """Entries that wait for a source."""
    night: int = 0
    """Of ``whole``: somebody is stated to answer in the middle of every night."""
    unknown: int = 0
    """Of ``whole``: not said to answer at night, and the hours of a way to reach somebody are not known."""

    @property
    def state(self) -> str:
        """``some``, ``parts-only``, ``drafts-only`` or ``none-known``."""
        return "some" if self.whole else "parts-only" if self.parts else "drafts-only" if self.drafts else "none-known"

    @property
    def night_state(self) -> str:
        """``some``, ``hours-unknown``, ``drafts-only`` or ``none-known`` at night."""
        return "some" if self.night else "hours-unknown" if self.unknown else "drafts-only" if self.drafts else "none-known"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule of coverage in one region."""

    rule: int
    """Position among the rules."""
    region: str
    services: tuple[str, ...]
    """Ids of the services that meet it; empty when none does."""
    drafts: tuple[str, ...] = ()
    """Ids of drafts that would."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the directory has and has not, by place, topic, language and night."""

    topics: Mapping[tuple[str, str], Cell]
    """By region and topic, for every region."""
    languages: Mapping[tuple[str, str], Cell]
    """By country and language; the language ``""`` stands for services that state none."""
    cells: Mapping[tuple[str, str, str], Cell]
    """By country, topic and language, where there is anything."""
    own: Mapping[str, int]
    """Services that name a region itself."""
    rules: tuple[RuleResult, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """How the web addresses answered when they were last checked."""

    day: date | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    """By state: ok, moved, dead, unsure, not-checked."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the directory stands, in counts and days. Nothing in it depends on the day of the build."""

    kinds: Mapping[str, int]
    """Open services by kind."""
    statuses: Mapping[str, int]
    countries: Mapping[str, tuple[int, int]]
    """By country: open services that name it or a region in it, and entries that wait for a source."""
    drafts: int
    """Whole entries that are not published."""
    held: int
    """Single contacts that are not published, of entries that are."""
    due: Mapping[str, int]
    """Contacts whose last check stops counting, by month ("2027-03")."""
    confirmed: int
    """Contacts that somebody checked with the service."""
    never: int
    """Contacts that nobody ever did."""
    grades: Mapping[int, int]
    """Entries by the school year that their text asks for."""
    guides: Mapping[int, int] = field(default_factory=dict)
    """Guides by the school year that their text asks for."""
    missing: int = 0
    """Countries and topics for which no published service is known."""
    looked: int = 0
    """All countries with all topics."""
    unmet: int = 0
    """Rules of coverage that are not met, once a region."""
    pages: int = 0
    files: int = 0
    """Bytes of all files that are not pages."""
    links: LinkSummary = field(default_factory=LinkSummary)
