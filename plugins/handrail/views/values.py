"""What templates may use: every value that a page shows, already in words.

These classes are a contract. A template uses nothing else, and the environment raises on an unknown name.
Texts are plain and unescaped (the environment escapes them); ``Html`` fields are safe markup made by this project.
Addresses (``href``) are complete and already relative to the page that is being made.

They are made for one page, shown once and never changed. They are not frozen, because setting the fields of a frozen
value takes longer than drawing them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup as Html


@dataclass(slots=True, eq=False)
class Link:
    """A link with its text."""

    href: str
    text: str
    note: str = ""
    """A few words behind the link, such as a count; may be empty."""
    language: str = ""
    """Language tag of the text when it differs from the page's."""


@dataclass(slots=True, eq=False)
class HoursView:
    """Hours in words, and as data for the browser to say whether it is open now."""

    state: str
    """``always``, ``weekly``, ``unknown`` (a source gives none) or ``not-stated``."""
    summary: str
    """One line: "24 hours a day, every day", "Monday to Friday, 10:00 to 22:00", "Hours not known: call to ask"."""
    rows: tuple[tuple[str, str], ...]
    """Days and times of the week, in order: ("Monday to Friday", "10:00 to 22:00"). Empty unless weekly."""
    zone: str
    """In words, such as "New York time" or "your local time"; empty when it does not matter."""
    exceptions: tuple[str, ...]
    """Days that differ: "25 December 2026: closed (Christmas)"."""
    note: str
    data: str
    """JSON for ``data-hours``; empty when nothing is known. Read by the browser's open-now code."""


@dataclass(slots=True, eq=False)
class TrustView:
    """When facts were seen and confirmed, in words."""

    confirmed: bool
    """True when a person checked it with the service."""
    words: str
    """"Not yet confirmed with the service" or "Confirmed by phone, 12 March 2026"."""
    date: str
    """ISO date of the check for the browser to compute an age; empty when there was none."""
    limit: int
    """Days after which the check counts as old."""
    old: str = ""
    """What is said once it is old: "Checked more than 365 days ago: call to confirm"; empty when there was no check."""


@dataclass(slots=True, eq=False)
class ContactView:
    """One way to reach a service."""

    type: str
    """The channel's kind: ``phone``, ``text``, ``chat`` and so on; also the name of its icon."""
    heading: str
    """"Phone", "Text message", "Welsh language line"."""
    display: str
    """The number, address or host as it is read and printed: "116 123", "85258", "www.example.org"."""
    href: str
    """``tel:``, ``sms:``, ``mailto:`` or https address; empty for what cannot be opened (in person, post)."""
    action: str
    """What the button says: "Call 116 123", "Text SHOUT to 85258", "Open the chat"."""
    then: str
    """What to do once it is answered: "then press 1"; shown beside the button, never dialled."""
    vanity: str
    hours: HoursView
    facts: tuple[tuple[str, str], ...]
    """More in pairs: ("Cost", "Free"), ("Languages", "English, Spanish"), ("Who answers", "trained volunteers")…"""
    note: str
    external: bool
    """True when it leads to another site: the link says so."""
    trust: TrustView
    sources: tuple[int, ...]
    """Numbers of the sources in the page's list of sources."""


@dataclass(slots=True, eq=False)
class CardView:
    """A service in a list. Answers in order: who is it for, how to reach it, open now, where, cost, when checked."""

    id: str
    href: str
    name: str
    name_language: str
    kind: str
    """In words: "Peer support"."""
    organization: str
    summary: str
    for_whom: str
    contact: ContactView | None
    """The first contact to offer."""
    more_contacts: tuple[str, ...]
    """Headings of the others: ("Text message", "Online chat")."""
    where: str
    """"Scotland", "United Kingdom and Ireland", "Worldwide"."""
    cost: str
    """"Free" or "Cost not stated"."""
    trust: TrustView
    status: str
    """``active``, ``paused``, ``suspended`` or ``closed``."""
    status_words: str
    """Empty when active."""


@dataclass(slots=True, eq=False)
class CrisisLine:
    """One line of a country's crisis help."""

    name: str
    href: str
    """The service's page; empty for the emergency number."""
    summary: str
    contacts: tuple[ContactView, ...]
    """Only the channels that belong in this part of the list."""
    where: str
    """"England and Wales", where the line serves parts of the country only; otherwise empty."""


@dataclass(slots=True, eq=False)
class CrisisView:
    """Crisis help of one country: emergency number, immediate lines open at all hours, timed lines, and those whose hours nobody knows."""

    region: str
    region_id: str
    href: str
    """The place of this country on the get-help-now page."""
    emergency_name: str
    emergency_display: str
    emergency_href: str
    emergency_also: tuple[str, ...]
    emergency_note: str
    now: tuple[CrisisLine, ...]
    """Immediate channels that are stated to be open 24 hours a day, every day."""
    timed: tuple[CrisisLine, ...]
    """Immediate channels with hours of their own."""
    unknown: tuple[CrisisLine, ...]
    """Immediate channels whose hours are not stated."""
    note: str
    none: str
    """What is said when the country has no publishable line; otherwise empty."""
    directory: Link | None
    """The directory of helplines of other countries."""


@dataclass(slots=True, eq=False)
class StripView:
    """The crisis strip of a page: the page's country, or a choice of countries."""

    crisis: CrisisView | None
    """The country that the page is about; None for pages about none or several."""
    choices: tuple[CrisisView, ...]
    """All countries, for pages about none."""
    help_href: str
    """The get-help-now page."""


@dataclass(slots=True, eq=False)
class SourceView:
    """A source in the list at the foot of an entry."""

    number: int
    title: str
    href: str
    host: str
    publisher: str
    """"the service itself", "a public authority"…"""
    dated: str
    """"page dated 4 November 2024" or "undated page"."""
    note: str


@dataclass(slots=True, eq=False)
class Fact:
    """A labelled fact; ``stated`` is False for "not stated"."""

    label: str
    words: str
    stated: bool = True
    sources: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class PlaceView:
    """A place in words, as much of it as may be shown."""

    name: str
    lines: tuple[str, ...]
    """Lines of the address; for an area only the area; for a hidden place what to do instead."""
    hidden: bool
    accessibility: tuple[str, ...]
    note: str
    hours: HoursView
    trust: TrustView | None = None
    """None where it stands as the whole entry does."""


@dataclass(slots=True, eq=False)
class Crumb:
    """A step of the breadcrumb trail."""

    href: str
    text: str


@dataclass(slots=True, eq=False)
class HandoffView:
    """What helps a person make the first contact."""

    general: bool
    """True for the general checklist, shown where the entry states none."""
    before: tuple[str, ...]
    ask: tuple[str, ...]
    next: tuple[str, ...]
    no_answer: str
    sources: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class HandView:
    """Ways to hand a service over."""

    id: str
    sms: str
    """Opens a text message with the service in it."""
    email: str
    quiet_sms: str
    """The same under its discreet name, numbers only."""
    card: str
    """The list page with this service as a card to print."""
    list: str


@dataclass(slots=True, eq=False)
class ServiceView:
    """The page of a service."""

    crumbs: tuple[Crumb, ...]
    id: str
    name: str
    name_language: str
    kind: str
    summary: str
    alternate_names: tuple[str, ...]
    organization: Link
    partner: str
    status: str
    status_words: str
    status_note: str
    use_instead: tuple[Link, ...]
    description: Html
    for_whom: str
    ages: str
    audiences: tuple[Link, ...]
    topics: tuple[Link, ...]
    not_for: tuple[str, ...]
    limits: str
    contacts: tuple[ContactView, ...]
    call: ContactView | None
    """The contact in the bar at the thumb: the first phone, else the first text line."""
    call_who: str
    privacy: tuple[Fact, ...]
    where: str
    regions: tuple[Link, ...]
    except_: tuple[str, ...]
    places: tuple[PlaceView, ...]
    meetings: tuple[str, ...]
    access: tuple[Fact, ...]
    handoff: HandoffView
    mentoring: tuple[Fact, ...]
    runs: tuple[Fact, ...]
    trust: TrustView
    seen: str
    sources: tuple[SourceView, ...]
    guides: tuple[Link, ...]
    suggest: Link | None
    line: Link | None
    """Its own lines in its own file, in the repository; None without one, or where ``suggest`` leads there."""
    wrong: Link | None
    downloads: tuple[Link, ...]
    needs_trust: tuple[TrustView, ...] = ()
    """How cost and access stand, where they stand otherwise than the whole entry."""
    privacy_trust: TrustView | None = None
    mentoring_trust: TrustView | None = None
    history: tuple[str, ...] = ()
    """What happened to the entry: "Added 2 May 2026", "Changed 3 June 2026"; empty where it is not known."""
    hand: HandView | None = None


@dataclass(slots=True, eq=False)
class ClosedView:
    """A service that closed or was taken out: its page says so and where to turn."""

    crumbs: tuple[Crumb, ...]
    name: str
    name_language: str
    words: str
    note: str
    use_instead: tuple[CardView, ...]
    organization: Link | None
    find: Link
    help_href: str
    sources: tuple[SourceView, ...]
    suggest: Link | None
    wrong: Link


@dataclass(slots=True, eq=False)
class OrganizationView:
    """The page of an organization."""

    crumbs: tuple[Crumb, ...]
    name: str
    name_language: str
    alternate_names: tuple[str, ...]
    kind: str
    partner: str
    description: Html
    website: Link | None
    facts: tuple[Fact, ...]
    regions: tuple[Link, ...]
    services: tuple[CardView, ...]
    other: tuple[CardView, ...]
    sources: tuple[SourceView, ...]
    corrections: str
    suggest: Link | None
    line: Link | None
    """Its own lines in its own file, in the repository; None without one, or where ``suggest`` leads there."""
    wrong: Link | None


@dataclass(slots=True, eq=False)
class Group:
    """Services under one heading of a list."""

    id: str
    title: str
    note: str = ""
    cards: tuple[CardView, ...] = ()
    links: tuple[Link, ...] = ()
    """The rest of a long group, as plain links."""
    more: Link | None = None


@dataclass(slots=True, eq=False)
class Empty:
    """What is said where a list has nothing, and where to look instead."""

    title: str
    text: str
    links: tuple[Link, ...] = ()


@dataclass(slots=True, eq=False)
class RegionView:
    """A region, with everything that reaches it from above."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    find: Link | None
    groups: tuple[Group, ...]
    topics: tuple[Link, ...]
    inside: tuple[Link, ...]
    nearby: tuple[Link, ...]
    empty: Empty | None
    help_href: str
    take: tuple[Link, ...] = ()
    """What can be taken along: booklet, pack, small page for another site."""


@dataclass(slots=True, eq=False)
class TopicView:
    """A topic, an audience or a kind of service."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    content_note: str
    guides: tuple[Link, ...]
    regions: tuple[Link, ...]
    groups: tuple[Group, ...]
    related: tuple[Link, ...]
    empty: Empty | None
    help_href: str
    take: tuple[Link, ...] = ()
    """What can be taken along: booklet, pack, small page for another site."""


@dataclass(slots=True, eq=False)
class RegionTopicView:
    """A topic in a region."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    region: Link
    topic: Link
    groups: tuple[Group, ...]
    guides: tuple[Link, ...]
    inside: tuple[Link, ...]
    empty: Empty | None
    help_href: str
    take: tuple[Link, ...] = ()
    """What can be taken along: booklet, pack, small page for another site."""


@dataclass(slots=True, eq=False)
class Letter:
    """One letter of a list from A to Z."""

    id: str
    text: str
    items: tuple[Link, ...]


@dataclass(slots=True, eq=False)
class PartLink:
    """The way to a part of a list from A to Z that is too long for one page, or to a letter of it."""

    href: str
    first: str
    """What its first name begins with: "Ca"."""
    last: str
    """What its last name begins with; empty when it is the same."""
    note: str = ""
    """How many names it holds; may be empty."""
    current: str = ""
    """``page`` for the page itself, ``true`` for the letter that it belongs to, empty for others."""
    parts: tuple[PartLink, ...] = ()
    """Of a letter that is itself too long for one page."""


@dataclass(slots=True, eq=False)
class PartView:
    """Where a page stands in a list that is too long for one page."""

    here: PartLink
    letter: PartLink
    before: PartLink | None
    after: PartLink | None


@dataclass(slots=True, eq=False)
class ListView:
    """A list from A to Z: all of it, or the way to its parts, or one of them."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    letters: tuple[Letter, ...]
    search: bool = False
    ways: tuple[PartLink, ...] = ()
    """The letters as pages; empty for a list on one page, and on a part when they are too many for a row."""
    part: PartView | None = None


@dataclass(slots=True, eq=False)
class HelpView:
    """Get help right now."""

    title: str
    lead: str
    countries: tuple[CrisisView, ...]
    directory: Link | None
    what_happens: tuple[str, ...]
    friend: tuple[str, ...]
    body: Html
    leave_note: str


@dataclass(slots=True, eq=False)
class HomeView:
    """The start page."""

    title: str
    lead: str
    help: Link
    find: Link
    guides: Link | None
    """None where there are no guides."""
    regions: tuple[Link, ...]
    topics: tuple[Link, ...]
    kinds: tuple[Link, ...]
    readers: tuple[Link, ...]
    body: Html


@dataclass(slots=True, eq=False)
class LostView:
    """The page for an address that leads nowhere."""

    home: Link
    find: Link
    help: Link


@dataclass(slots=True, eq=False)
class MyListView:
    """The list that a reader puts together; filled in by the browser."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    root: str
    """The root of the site."""
    chunks: str
    """Folder of the files that hold the services."""
    count: int
    """How many files there are."""
    find: Link
    labels: tuple[str, ...]
    """Headings of what is compared, in order."""
    checklist: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]
    """General advice for services that state none: before, they ask, next, nobody answers."""
    say: tuple[str, ...]
    """What one could say first."""
    qr: str
    help: Link


@dataclass(slots=True, eq=False)
class DataFile:
    """A file that others may take."""

    href: str
    name: str
    what: str
    size: str


@dataclass(slots=True, eq=False)
class DataView:
    """Everything that others may take: what it is, how fresh it is, under which licence."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    fresh: str
    licence: Link
    credit: str
    groups: tuple[tuple[str, str, tuple[DataFile, ...]], ...]
    """Heading, words, files."""
    losses: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    """Format, the fields that it cannot carry, and what it leaves out of some entries."""
    api: Link
    take: tuple[tuple[Link, ...], ...]
    """By country: its page, and its booklet, pack and small page, where they exist."""
    command: str = ""
    """What to do for what a large directory does not put beside its pages."""


@dataclass(slots=True, eq=False)
class ApiView:
    """The fields of the JSON data."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    schema: Link
    files: tuple[Link, ...]
    fields: tuple[tuple[str, str, str], ...]
    """Path, kind of value, words."""


@dataclass(slots=True, eq=False)
class BookletEntry:
    """A service on paper, or in a file that is read without a network."""

    id: str
    number: int
    """Its number in the booklet; the contents name it."""
    name: str
    name_language: str
    kind: str
    organization: str
    text: str
    for_whom: str
    not_for: tuple[str, ...]
    ways: tuple[tuple[str, str, str], ...]
    """Words before, what is pressed or read, its link (may be empty)."""
    places: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    checked: str
    terms: str
    """Folded words by which it is found, besides those that stand in it."""


@dataclass(slots=True, eq=False)
class BookletView:
    """A directory to print or to carry: services of a region, or of a topic in it, with contents."""

    title: str
    lead: str
    date: str
    """Of the last change of an entry, in words."""
    licence: str
    home: str
    """Address of the site; empty when it is not known."""
    credit: str
    crisis: tuple[CrisisView, ...]
    """Of the country; of every country in a booklet of a topic."""
    groups: tuple[tuple[str, tuple[BookletEntry, ...]], ...]
    """Heading, entries."""
    guides: tuple[tuple[str, str, Html], ...] = ()
    """Id, title, HTML of the guides that are in a pack."""
    language: str = "en"
    as_of: str = ""
    """ISO date of the crisis numbers for the pack to compute their age; empty in a booklet."""
    limit: int = 0
    """Days after which the crisis numbers of a pack count as old."""
    pages: Mapping[str, int] = field(default_factory=dict)
    """On which page of paper each entry stands, by the fragment that leads to it; empty where that is not known."""



@dataclass(slots=True, eq=False)
class EmbedLine:
    """A service as a line of a small page for other sites."""

    name: str
    name_language: str
    kind: str
    heading: str
    """Of the quickest way to reach it; empty where there is none."""
    words: str
    href: str
    external: bool


@dataclass(slots=True, eq=False)
class EmbedView:
    """A small page of a region, or of a topic in it, for a frame on another site."""

    title: str
    emergency_name: str
    """Empty where the region has no emergency number."""
    emergency_display: str
    emergency_href: str
    groups: tuple[tuple[str, tuple[Html, ...]], ...]
    """Headings, each with its lines as they were drawn."""
    date: str
    """Of the last change of an entry, in words."""
    credit: str
    licence: str
