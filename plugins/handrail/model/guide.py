"""Guides, worksheets, sources and evidence as values, and the services that a guide asks for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handrail.issues.issue import Issue
from handrail.model.directory import Directory
from handrail.model.region import Region
from handrail.model.values import Service, Written
from handrail.registry import directives
from handrail.registry import guides as shelves
from handrail.registry.directives import Block
from handrail.registry.guides import READERS, Leaf, Shelf


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that guides cite."""

    id: str
    title: str
    by: str
    seen: str
    """page, abstract or secondary: how much of it was seen."""
    year: int | None = None
    url: str = ""
    find: str = ""
    """How to find it where the address leads to a front page only."""
    doi: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which services a list asks for. Within a group one is enough; of the groups that are not empty each must fit."""

    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    models: tuple[str, ...] = ()

    def fits(self, service: Service) -> bool:
        """Return whether a service is asked for."""
        models = service.mentoring.models if service.mentoring else ()
        return ((not self.kinds or service.kind in self.kinds) and _meets(self.topics, service.topics)
                and _meets(self.audiences, service.audiences) and _meets(self.models, models))


def _meets(wanted: Sequence[str], had: Sequence[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(had)


def wanted(block: Block) -> Wanted:
    """Return what a list in the text asks for."""
    return Wanted(*(block.values(key) for key in ("kind", "topic", "audience", "model")))


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a guide that needs a service."""

    text: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Review:
    """A review that a person really made."""

    date: date
    by: str
    """A role, never a name."""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide; its page is made from the author's file."""

    id: str
    source: str
    """Path of its page."""
    title: str
    readers: tuple[str, ...]
    purpose: str
    answer: str
    topics: tuple[str, ...]
    written: date
    place: Written
    minutes: int
    kinds: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    crisis: bool = False
    worry: bool = False
    """True for guides that are offered to somebody who worries about another person."""
    content_note: str = ""
    steps: tuple[Step, ...] = ()
    unknown: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    """Keys of its sources in the order in which the text cites them."""
    worksheets: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    text: str = ""
    """Everything that stands in it, without marks: for search."""
    grade: float = 0.0
    """The school year that its sentences ask for."""
    body: str = ""
    """The text as its author wrote it, after the front matter."""

    def closeness(self, service: Service) -> int:
        """Return how well a service fits what the guide is about; kinds decide whether it fits at all."""
        models = set(service.mentoring.models) if service.mentoring else set()
        return (2 * len(models.intersection(self.models)) + len(set(service.topics).intersection(self.topics))
                + len(set(service.audiences).intersection(self.audiences)))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a worksheet."""

    id: str
    label: str
    type: str
    help: str = ""
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    lines: int = 0
    ticks: bool = False
    """Whether the cells of a table are ticked instead of written into."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a worksheet."""

    title: str
    fields: tuple[Field, ...]
    help: str = ""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A form to fill in on screen or on paper."""

    id: str
    source: str
    title: str
    readers: tuple[str, ...]
    purpose: str
    crisis: bool
    sections: tuple[Section, ...]
    place: Written
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """People with an event in two groups of a study."""

    group_events: int
    group_total: int
    control_events: int
    control_total: int
    event: str
    group_per_100: int | None = None
    control_per_100: int | None = None

    @property
    def of_100(self) -> tuple[int, int]:
        """Of 100 people with and without support, as the study rounds it, else worked out from the counts."""
        group = self.group_per_100 if self.group_per_100 is not None else round(100 * self.group_events / self.group_total)
        control = self.control_per_100 if self.control_per_100 is not None else round(100 * self.control_events / self.control_total)
        return group, control


STANDARDIZED = frozenset(("SMD", "g", "d"))
"""Measures that may stand on one scale: differences in standard deviations."""


@dataclass(frozen=True, slots=True)
class Study:
    """One finding of a review or trial."""

    id: str
    source: str
    group: str
    label: str
    pooled: str
    people: str
    outcome: str
    certainty: str
    limits: str
    short: str = ""
    """The outcome in a few words, for the picture."""
    measure: str = ""
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    favours: str = ""
    counts: Counts | None = None

    @property
    def comparable(self) -> tuple[float, float, float] | None:
        """Effect and interval with better to the right; None unless it is a standardized difference with both ends and a known direction."""
        if self.measure not in STANDARDIZED or self.effect is None or self.low is None or self.high is None or not self.favours:
            return None
        if self.favours == "higher":
            return self.effect, self.low, self.high
        return -self.effect, -self.high, -self.low


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that guides are made of."""

    guides: Mapping[str, Guide] = field(default_factory=dict)
    worksheets: Mapping[str, Worksheet] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    studies: tuple[Study, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    """Titles of the other pages that authors wrote, by source path; empty where the front matter has none."""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    """What those pages are about, by source path."""
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of the sources that a page cites, in order, by source path."""
    landing: Mapping[str, str] = field(default_factory=dict)
    """The page of each kind of reader that there is."""

    def for_reader(self, reader: str) -> list[Guide]:
        """Return the guides for a kind of reader, in reading order."""
        return [guide for guide in self.guides.values() if reader in guide.readers]


def library(shelf: Shelf) -> Library:
    """Return the library of a shelf without errors. Guides stand in the order in which pages for readers lead to them, then by title."""
    order = _reading_order(shelf)
    guides = sorted(map(_guide, shelf.guides), key=lambda guide: (order.get(guide.source, len(order)), guide.title.casefold()))
    worksheets = sorted(map(_worksheet, shelf.worksheets), key=lambda sheet: (len(sheet.id), sheet.id))
    there = {page.source for page in shelf.pages}
    return Library(
        guides={guide.id: guide for guide in guides}, worksheets={sheet.id: sheet for sheet in worksheets},
        references={entry.id: Reference(**entry.data) for entry in shelf.sources}, studies=tuple(_study(entry.data) for entry in shelf.studies),
        pages={page.source: page.data.get("title", "") for page in shelf.pages},
        descriptions={page.source: page.data.get("description", "") for page in shelf.pages}, cited={leaf.source: leaf.found.cited for leaf in shelf.leaves},
        landing={reader: page for reader, page in shelf.names.landing.items() if page in there},
    )


def _reading_order(shelf: Shelf) -> dict[str, int]:
    pages = {page.source: page for page in shelf.pages}
    order: dict[str, int] = {}
    for source in shelf.names.landing.values():
        if source in pages:
            for link in pages[source].found.links:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(source), link.text.partition("#")[0]))
                order.setdefault(target, len(order))
    return order


def _guide(leaf: Leaf) -> Guide:
    data = leaf.data
    return Guide(
        id=leaf.id, source=leaf.source, title=data["title"], readers=_readers(data), purpose=data["purpose"], answer=data["answer"],
        topics=tuple(data["topics"]), written=date.fromisoformat(data["written"]), place=Written(leaf.document.name, 1),
        minutes=shelves.measure(leaf, tables=True).minutes, kinds=tuple(data.get("kinds", ())), audiences=tuple(data.get("audiences", ())),
        models=tuple(data.get("models", ())), crisis=data["crisis"] == "yes", worry=data.get("worry") == "yes",
        content_note=data.get("content_note", ""), steps=tuple(_step(each) for each in data.get("steps", ())), unknown=tuple(data["unknown"]),
        cited=leaf.found.cited, worksheets=tuple(data.get("worksheets", ())), related=tuple(data.get("related", ())),
        reviews=tuple(Review(date.fromisoformat(each["date"]), each["by"], each.get("what", "")) for each in data.get("reviewed", ())),
        text=" ".join(directives.prose(leaf.found, tables=True).split()), grade=shelves.measure(leaf).grade,
        body=leaf.document.text[leaf.document.body:],
    )


def _readers(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(reader for reader in data["audience"] if reader in READERS)


def _step(data: Mapping[str, Any]) -> Step:
    return Step(data["text"], Wanted(tuple(data.get("kinds", ())), tuple(data.get("topics", ()))))


def _worksheet(leaf: Leaf) -> Worksheet:
    data = leaf.data
    sections = tuple(Section(each["title"], tuple(_field(part) for part in each["fields"]), each.get("help", "")) for each in data["sections"])
    return Worksheet(leaf.id, leaf.source, data["title"], _readers(data), data["purpose"], data.get("crisis") == "yes", sections,
                     Written(leaf.document.name, 1), tuple(data.get("sources", ())))


def _field(data: Mapping[str, Any]) -> Field:
    lists = {name: tuple(data.get(name, ())) for name in ("options", "rows", "columns")}
    return Field(data["id"], data["label"], data["type"], data.get("help", ""), **lists, lines=data.get("lines", 0), ticks=data.get("cells") == "tick")


def _study(data: Mapping[str, Any]) -> Study:
    counts = data.get("counts")
    return Study(**{**data, "counts": Counts(**counts) if counts else None})


def unserved(shelf: Shelf, directory: Directory) -> Iterator[Issue]:
    """Yield a warning for every step of a guide and every country that has services, where none of them serves the step."""
    countries = [country for country in directory.regions.countries() if directory.crisis_for(country.id) or directory.reaching(country.id)]
    for leaf in shelf.guides:
        for index, data in enumerate(leaf.data.get("steps", ())):
            step = _step(data)
            missing = [country.name for country in countries if not _serves(step.wanted, country, directory)]
            if missing:
                message = f'no service serves the step "{step.text}" in: {", ".join(missing)}'
                yield leaf.issue("W333", ("steps", index), message, "add a service to the registry, or say in the guide what to do there")


def _serves(wanted: Wanted, country: Region, directory: Directory) -> bool:
    return any(service.status == "active" and wanted.fits(service) for service, _ in directory.reaching(country.id))
