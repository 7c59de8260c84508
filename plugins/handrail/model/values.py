"""The values of the directory: what the registry says, parsed once, frozen, and free of presentation.

Names follow Open Referral HSDS where it has the concept. A field that an entry does not state is empty or None and
means "not stated", never "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from handrail.model.hours import Hours
from handrail.model.region import Coverage

Stated = bool | None
"""Yes, no, or not stated."""

Translations = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A page in which facts were read."""

    id: str
    url: str
    publisher: str
    """operator, public-authority, news, third-party, encyclopedia or dataset."""
    dated: str
    """Date that the page bears (year, month or day) or ``undated``."""
    title: str = ""
    read_as: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """A check that a person made with the service itself."""

    date: date
    how: str
    by: str
    """A role, never a name."""
    what: tuple[str, ...] = ()
    """Groups of facts; empty means everything."""


@dataclass(frozen=True, slots=True)
class ChannelCost:
    """What using a channel costs."""

    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """One published way to reach a service."""

    type: str
    value: str = ""
    label: str = ""
    keyword: str = ""
    keys: str = ""
    extension: str = ""
    vanity: str = ""
    sign_language: str = ""
    region: str = ""
    hours: Hours | None = None
    languages: tuple[str, ...] = ()
    cost: ChannelCost | None = None
    answered_by: str = ""
    anonymous: Stated = None
    shows_on_bill: Stated = None
    immediate: Stated = None
    note: str = ""
    seen: tuple[str, ...] = ()
    verified: Verification | None = None
    hours_seen: tuple[str, ...] = ()
    """Where the hours were read, when that is not where the rest was."""
    hours_verified: Verification | None = None

    @property
    def answers_at_once(self) -> bool:
        """True for channels that can stand in crisis help: never post, e-mail, a website or a visit."""
        return self.type in IMMEDIATE and self.immediate is not False


IMMEDIATE = frozenset(("phone", "text", "textphone", "relay", "sign-language-video", "chat"))
"""Kinds of channel on which somebody can answer at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service can be visited, as much of it as may be known."""

    visibility: str
    id: str = ""
    name: str = ""
    region: str = ""
    street: str = ""
    locality: str = ""
    postcode: str = ""
    area: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accessibility: tuple[str, ...] = ()
    access_note: str = ""
    hours: Hours | None = None
    seen: tuple[str, ...] = ()
    verified: Verification | None = None
    hours_seen: tuple[str, ...] = ()
    hours_verified: Verification | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A regular meeting of a group; times are minutes since midnight."""

    day: int
    starts: int
    ends: int | None
    time_zone: str
    name: str = ""
    place: str = ""
    note: str = ""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages a service is open to."""

    min: int | None = None
    max: int | None = None
    note: str = ""

    def holds(self, age: int) -> bool:
        """Return whether an age lies inside."""
        return (self.min is None or age >= self.min) and (self.max is None or age <= self.max)


@dataclass(frozen=True, slots=True)
class Access:
    """What is asked before the service can be used."""

    referral: Stated = None
    id: Stated = None
    insurance: Stated = None
    appointment: Stated = None
    registration: Stated = None
    note: str = ""
    seen: tuple[str, ...] = ()
    verified: Verification | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whether there is room, on a day."""

    state: str
    as_of: date
    note: str = ""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What the service costs."""

    kind: str
    note: str = ""
    seen: tuple[str, ...] = ()
    verified: Verification | None = None


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """What happens with what a person says."""

    anonymous: Stated = None
    records: str = ""
    duty_to_report: Stated = None
    may_send_emergency_services: Stated = None
    note: str = ""
    seen: tuple[str, ...] = ()
    verified: Verification | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """What helps a person make the first contact; always from a source."""

    before: tuple[str, ...] = ()
    they_ask: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    no_answer: str = ""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentoring:
    """The marks of a peer mentoring programme."""

    models: tuple[str, ...] = ()
    mentors: str = ""
    mentor_ages: Ages | None = None
    screening: str = ""
    safeguarding: str = ""
    parental_consent: str = ""
    training: str = ""
    training_hours: int | None = None
    supervision: str = ""
    goals: str = ""
    match_length: str = ""
    evaluation: str = ""
    complaints: str = ""
    join_mentee: str = ""
    join_mentor: str = ""
    seen: tuple[str, ...] = ()
    verified: Verification | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Where an entry is written: for edit links."""

    file: str
    """Path from the folder of the registry."""
    line: int


@dataclass(frozen=True, slots=True)
class Service:
    """A published service. Drafts never become one."""

    id: str
    name: str
    kind: str
    summary: str
    organization: str
    """Id of the organization."""
    coverage: Coverage
    topics: tuple[str, ...]
    written: Written
    alternate_names: tuple[str, ...] = ()
    name_language: str = ""
    discreet_name: str = ""
    description: str = ""
    for_whom: str = ""
    not_for: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    ages: Ages | None = None
    status: str = "active"
    """active, paused, suspended or closed."""
    status_note: str = ""
    status_since: date | None = None
    use_instead: tuple[str, ...] = ()
    website: str = ""
    website_seen: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    places: tuple[Place, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    access: Access = field(default_factory=Access)
    waiting: Waiting | None = None
    cost: Cost | None = None
    languages: tuple[str, ...] = ()
    interpreters: str = ""
    confidentiality: Confidentiality = field(default_factory=Confidentiality)
    limits: str = ""
    handoff: Handoff | None = None
    mentoring: Mentoring | None = None
    accreditations: tuple[str, ...] = ()
    crisis: bool = False
    seen: tuple[str, ...] = ()
    verified: Verification | None = None
    added: date | None = None
    changed: date | None = None
    translations: Translations = field(default_factory=dict, hash=False)

    @property
    def is_open_to_people(self) -> bool:
        """True when people can turn to it now: neither closed nor suspended."""
        return self.status in ("active", "paused")


@dataclass(frozen=True, slots=True)
class Organization:
    """A partner organization or operator."""

    id: str
    name: str
    kind: str
    sources: tuple[Source, ...]
    written: Written
    alternate_names: tuple[str, ...] = ()
    name_language: str = ""
    description: str = ""
    website: str = ""
    regions: tuple[str, ...] = ()
    partner_since: date | None = None
    partner_note: str = ""
    corrections: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    website_seen: tuple[str, ...] = ()
    translations: Translations = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people look for help with."""

    id: str
    name: str
    description: str
    synonyms: tuple[str, ...] = ()
    sensitive: bool = False
    discreet_name: str = ""
    translations: Translations = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of people for whom services are made."""

    id: str
    name: str
    description: str
    synonyms: tuple[str, ...] = ()
    discreet_name: str = ""
    translations: Translations = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Emergency:
    """A country's emergency number."""

    value: str
    name: str
    also: tuple[str, ...]
    note: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class CrisisHelp:
    """What a person in danger can do in one country or region."""

    region: str
    emergency: Emergency
    lines: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """A notice with a first and a last day."""

    id: str
    text: str
    first: date
    last: date
    regions: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    use_instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the files are kept."""

    url: str
    branch: str
    kind: str
    """github, gitlab or forgejo."""


@dataclass(frozen=True, slots=True)
class CrisisWords:
    """What people type in a crisis, as the browser matches it."""

    self: tuple[str, ...] = ()
    """Phrases of danger; groups of words stand in braces."""
    other: tuple[str, ...] = ()
    """Words that show that the worry is about somebody else."""
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """By name, words that say the same."""
    written: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Ways of writing, and what is meant."""
    small: tuple[str, ...] = ()
    """Words that people leave out or put in without changing what they say."""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """Facts about the directory itself."""

    name: str
    description: str
    language: str
    corrections: str
    leave_to: str
    helpline_directory: str = ""
    repository: Repository | None = None
    data_licence: tuple[str, str] = ("", "")
    """Name and address."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Days after which a check is old."""

    crisis: int = 90
    contacts: int = 365
    other: int = 730


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """What every region of a kind should have."""

    regions_of_kind: str
    service_kinds: tuple[str, ...]
    audiences: tuple[str, ...] = ()
    """Made for one of these; empty for anybody."""
    crisis: bool = False
    """Whether people in crisis must be welcome there."""
    name: str = ""
    """What is asked for, in a few words: "a line for teenagers"."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry, or a channel of one, that is not published: known to exist, and why it waits."""

    service: str
    name: str
    organization: str
    channel: str
    """Kind of the channel; empty when the whole entry is a draft."""
    why: str
    written: Written
    coverage: Coverage
    kind: str
    topics: tuple[str, ...] = ()
