"""Guides, worksheets and evidence as pages show them, and lists of services by country inside a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup as Html

from handrail.model.directory import Directory
from handrail.model.guide import Guide, Library, Reference, Study, Wanted, Worksheet
from handrail.model.region import Region
from handrail.model.values import Service
from handrail.registry.guides import READERS
from handrail.text.words import Words
from handrail.views import cards, contacts, urls, wording
from handrail.views.context import NOTHING, Context
from handrail.views.values import ContactView, CrisisView, Crumb, Link

SHOWN = 5
"""Services of one country in a list inside a guide; the rest is a link away."""


@dataclass(frozen=True, slots=True)
class FitItem:
    """A service in a list inside a guide."""

    link: Link
    """The note is its kind."""
    where: str
    """Empty when it serves the whole country."""
    contact: ContactView | None


@dataclass(frozen=True, slots=True)
class FitCountry:
    """The services of one country."""

    id: str
    name: str
    count: int
    items: tuple[FitItem, ...]
    more: Link


@dataclass(frozen=True, slots=True)
class FitView:
    """Services by country; each country opens in place."""

    id: str
    """Unique on the page."""
    countries: tuple[FitCountry, ...]
    none: tuple[str, ...]
    """Names of the countries that have none."""


@dataclass(frozen=True, slots=True)
class CrisisBlockView:
    """Numbers by country; each country opens in place."""

    countries: tuple[CrisisView, ...]
    help_href: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A source at the foot of a page."""

    number: int
    title: str
    by: str
    year: str
    href: str
    doi: str
    seen: str
    """What was seen of it: "seen: the page"."""
    note: str


@dataclass(frozen=True, slots=True)
class GuideView:
    """The page of a guide."""

    crumbs: tuple[Crumb, ...]
    title: str
    readers: tuple[str, ...]
    minutes: int
    answer: str
    crisis: CrisisBlockView | None
    help_href: str
    content_note: str
    skip_href: str
    body: Html
    unknown: tuple[str, ...]
    fit: FitView | None
    worksheets: tuple[Link, ...]
    related: tuple[Link, ...]
    sources: tuple[ReferenceView, ...]
    reviews: tuple[str, ...]
    unreviewed: str
    """What nobody has reviewed; empty when both a clinician and a person with lived experience have."""
    written: str
    suggest: Link | None
    pick: str = ""
    """What stands for it on a reader's list."""


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field of a worksheet; its id is unique on the page."""

    id: str
    label: str
    type: str
    help: str
    options: tuple[str, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    lines: int
    ticks: bool


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A part of a worksheet."""

    title: str
    help: str
    fields: tuple[SheetField, ...]


@dataclass(frozen=True, slots=True)
class WorksheetView:
    """The page of a worksheet."""

    crumbs: tuple[Crumb, ...]
    id: str
    title: str
    readers: tuple[str, ...]
    purpose: str
    file_name: str
    body: Html
    sections: tuple[SheetSection, ...]
    sources: tuple[ReferenceView, ...]
    guides: tuple[Link, ...]
    crisis: str
    """What stands at the foot of the paper; empty where the subject does not call for it."""
    suggest: Link | None


@dataclass(frozen=True, slots=True)
class ReaderGroup:
    """The guides for one kind of reader."""

    id: str
    title: str
    more: Link | None
    """The page for these readers."""
    links: tuple[Link, ...]
    """Each with its answer as the note."""


@dataclass(frozen=True, slots=True)
class IndexView:
    """A list of guides or worksheets by reader."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    groups: tuple[ReaderGroup, ...]
    more: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReaderView:
    """A page that an author wrote for readers of guides, with what else there is for them."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    body: Html
    groups: tuple[ReaderGroup, ...]
    worksheets: tuple[Link, ...]
    unreviewed: str


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A row of the picture: numbers are percentages of its width."""

    label: str
    outcome: str
    said: str
    """The number and its interval in words."""
    at: float
    start: float
    end: float
    clear: bool
    """Whether the interval leaves "no difference" out."""
    turned: bool
    """Whether the study's own number has the opposite sign."""


@dataclass(frozen=True, slots=True)
class ForestGroup:
    """Rows under one heading."""

    title: str
    rows: tuple[ForestRow, ...]


@dataclass(frozen=True, slots=True)
class Hundred:
    """Of 100 people, with and without support."""

    label: str
    people: str
    event: str
    with_support: int
    without: int
    exact: str
    """The counts themselves."""
    number: int


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A row of the table."""

    label: str
    pooled: str
    people: str
    outcome: str
    result: str
    certainty: str
    limits: str
    number: int


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Studies as a picture, as counts, and as a table that holds everything."""

    groups: tuple[ForestGroup, ...]
    ticks: tuple[tuple[float, str], ...]
    """Places on the scale, in percent, with their numbers."""
    zero: float
    hundreds: tuple[Hundred, ...]
    tables: tuple[tuple[str, tuple[StudyRow, ...]], ...]
    turned: bool


@dataclass
class Finder:
    """Answers which services of each country fit; what it found once it keeps."""

    directory: Directory
    _found: dict[str, list[tuple[Service, Region | None]]] = field(default_factory=dict)

    @cached_property
    def countries(self) -> list[Region]:
        """Countries that crisis help or any service reaches by name."""
        named = {country.id for service in self.directory.services.values() for region in service.coverage.regions
                 if (country := self.directory.regions.country(region))}
        return [country for country in self.directory.regions.countries() if country.id in named or country.id in self.directory.crisis]

    def of(self, country: Region) -> list[tuple[Service, Region | None]]:
        """Return the services of a country: for all of it, then for parts of it, then wider ones; the region is None for all of it."""
        if country.id not in self._found:
            reaching = [(service, through) for service, through in self.directory.reaching(country.id) if service.status == "active"]
            parts = [service for service in self.directory.inside(country.id) if service.status == "active"]
            self._found[country.id] = [
                *((service, None) for service, through in reaching if through.id == country.id),
                *((service, country) for service in parts),
                *((service, through) for service, through in reaching if through.id != country.id),
            ]
        return self._found[country.id]


def fit(identifier: str, asked: Wanted, finder: Finder, on: Context, guide: Guide | None = None) -> FitView:
    """Return the services of each country that are asked for; those closest to what the guide is about first."""
    countries, none = [], []
    for country in finder.countries:
        found = [(service, where) for service, where in finder.of(country) if asked.fits(service)]
        if guide is not None:
            found.sort(key=lambda pair: -guide.closeness(pair[0]))
        if not found:
            none.append(country.name)
            continue
        items = tuple(_item(service, where, on) for service, where in found[:SHOWN])
        countries.append(FitCountry(country.id, country.name, len(found), items, _more(country, asked, on)))
    return FitView(identifier, tuple(countries), tuple(none))


def _item(service: Service, where: Region | None, on: Context) -> FitItem:
    channels = contacts.ordered(service)
    contact = contacts.view(channels[0], service, on.directory, on.t, {}) if channels else None
    return FitItem(on.service_link(service), wording.where(service.coverage, on.directory, on.t) if where else "", contact)


def _more(country: Region, asked: Wanted, on: Context) -> Link:
    text = on.t("fit.more", region=country.name)
    if len(asked.topics) == 1 and on.directory.has_own_page(country.id, asked.topics[0]):
        return Link(on.to(urls.region_topic(country.id, asked.topics[0])), text)
    return Link(on.to(urls.region(country.id)), text)


def crisis_block(on: Context) -> CrisisBlockView:
    """Return crisis help by country."""
    return CrisisBlockView(tuple(cards.crisis(each, on.directory, on.t, on.to) for each in on.directory.crisis.values()), on.to(urls.HELP_NOW))


def reference(number: int, source: Reference, t: Words) -> ReferenceView:
    """Return a source with its number."""
    note = " ".join(filter(None, (source.note, f"{source.find}." if source.find else "")))
    return ReferenceView(number, source.title, source.by.rstrip("."), str(source.year or ""), source.url, source.doi, t(f"seen.{source.seen}"), note)


def references(keys: Sequence[str], library: Library, t: Words) -> tuple[ReferenceView, ...]:
    """Return the sources of a page, numbered as it cites them."""
    return tuple(reference(number, library.references[key], t) for number, key in enumerate(keys, 1))


def guide(value: Guide, library: Library, finder: Finder, on: Context, body: Html = NOTHING) -> GuideView:
    """Return the page of a guide."""
    t = on.t
    shown = fit("fit-guide", Wanted(value.kinds), finder, on, value) if value.kinds else None
    edit = urls.edit(on.directory.site.repository, value.place)
    return GuideView(
        crumbs=on.crumbs((urls.GUIDES, t("page.guides"))), title=value.title, readers=_readers(value.readers, t), minutes=value.minutes, answer=value.answer,
        crisis=crisis_block(on) if value.crisis else None, help_href=on.to(urls.HELP_NOW), content_note=value.content_note,
        skip_href="#guide-end", body=body, unknown=value.unknown, fit=shown if shown and shown.countries else None,
        worksheets=tuple(_sheet_link(library.worksheets[each], on) for each in value.worksheets),
        related=tuple(_guide_link(library.guides[each], on) for each in value.related),
        sources=references(value.cited, library, t), reviews=tuple(_reviews(value, t)), unreviewed=unreviewed(value, t),
        written=t("guide.written", date=wording.day(value.written, t)), suggest=Link(edit, t("mend.suggest")) if edit else None,
        pick=f"g.{value.source.removesuffix('.md').removeprefix('guides/')}",
    )


def _readers(readers: Iterable[str], t: Words) -> tuple[str, ...]:
    return tuple(t(f"reader.{reader}") for reader in readers)


def _sheet_link(sheet: Worksheet, on: Context) -> Link:
    return Link(on.to(sheet.source), sheet.title, sheet.purpose)


def unreviewed(value: Guide, t: Words) -> str:
    """Return the sentence about who has not reviewed a guide; empty when a clinician and a person with lived experience have."""
    missing = [role for role in ("clinician", "lived-experience") if role not in {review.by for review in value.reviews}]
    return t("guide.unreviewed") if len(missing) == 2 else t(f"guide.unreviewed-{missing[0]}") if missing else ""


def _reviews(value: Guide, t: Words) -> Iterable[str]:
    for review in value.reviews:
        words = t("guide.reviewed", by=t(f"reviewer.{review.by}"), date=wording.day(review.date, t))
        yield f"{words} {review.what}" if review.what else words


def worksheet(value: Worksheet, library: Library, on: Context, body: Html = NOTHING) -> WorksheetView:
    """Return the page of a worksheet."""
    t = on.t
    using = [each for each in library.guides.values() if value.id in each.worksheets]
    edit = urls.edit(on.directory.site.repository, value.place)
    sections = tuple(
        SheetSection(section.title, section.help, tuple(
            SheetField(f"field-{part.id}", part.label, part.type, part.help, part.options, part.rows, part.columns, part.lines, part.ticks)
            for part in section.fields))
        for section in value.sections)
    slug = value.source.rpartition("/")[2].removesuffix(".md")
    return WorksheetView(
        crumbs=on.crumbs((urls.GUIDES, t("page.guides")), (urls.WORKSHEETS, t("page.worksheets"))), id=value.id, title=value.title,
        readers=_readers(value.readers, t), purpose=value.purpose, file_name=f"{slug}.txt", body=body, sections=sections,
        sources=references(value.sources, library, t), guides=tuple(Link(on.to(each.source), each.title) for each in using),
        crisis=t("sheet.crisis") if value.crisis else "", suggest=Link(edit, t("mend.suggest")) if edit else None,
    )


def guides_index(library: Library, on: Context) -> IndexView:
    """Return all guides, each once, under its first kind of reader."""
    t = on.t
    groups = []
    for reader in READERS:
        guides = [guide for guide in library.guides.values() if guide.readers[0] == reader]
        if guides:
            landing = library.landing.get(reader)
            more = Link(on.to(landing), t(f"guides.start.{reader}")) if landing else None
            groups.append(ReaderGroup(reader, t(f"guides.for.{reader}"), more, tuple(_guide_link(guide, on) for guide in guides)))
    more_links = [Link(on.to(urls.WORKSHEETS), t("page.worksheets"), t("worksheets.lead"))] if library.worksheets else []
    if urls.WHICH_MODEL in library.pages:
        more_links.insert(0, Link(on.to(urls.WHICH_MODEL), library.pages[urls.WHICH_MODEL]))
    return IndexView(on.crumbs(), t("guides.title"), t("guides.lead"), tuple(groups), tuple(more_links))


def _guide_link(value: Guide, on: Context) -> Link:
    return Link(on.to(value.source), value.title, _SENTENCE_END.split(value.answer, maxsplit=1)[0])


def worksheets_index(library: Library, on: Context) -> IndexView:
    """Return all worksheets, each once, under its first kind of reader."""
    t = on.t
    groups = []
    for reader in READERS:
        sheets = [sheet for sheet in library.worksheets.values() if sheet.readers[0] == reader]
        if sheets:
            groups.append(ReaderGroup(reader, t(f"guides.for.{reader}"), None, tuple(_sheet_link(sheet, on) for sheet in sheets)))
    return IndexView(on.crumbs((urls.GUIDES, t("page.guides"))), t("page.worksheets"), t("worksheets.lead"), tuple(groups), ())


def reader_page(source: str, title: str, lead: str, library: Library, on: Context, body: Html = NOTHING) -> ReaderView:
    """Return a page for readers of guides; the one for a kind of reader ends with everything that there is for them."""
    t = on.t
    reader = next((each for each, page in library.landing.items() if page == source), "")
    guides = library.for_reader(reader) if reader else []
    sheets = [sheet for sheet in library.worksheets.values() if reader in sheet.readers]
    groups = (ReaderGroup("all", t(f"guides.all.{reader}"), None, tuple(_guide_link(each, on) for each in guides)),) if guides else ()
    return ReaderView(on.crumbs((urls.GUIDES, t("page.guides"))), title, lead, body, groups, tuple(_sheet_link(sheet, on) for sheet in sheets),
                      t("guide.unreviewed") if guides and not any(each.reviews for each in guides) else "")


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"”’'])\s+")

STEP = 0.2
"""Distance between two marks of the scale."""


def evidence(library: Library, numbers: dict[str, int], t: Words) -> EvidenceView:
    """Return the studies; ``numbers`` gives each source its number on the page."""
    drawn = [(study, study.comparable) for study in library.studies if study.comparable]
    ends = [end for _, found in drawn if found for end in found[1:]] or [0.0]
    low = min(-STEP, STEP * (min(ends) // STEP))
    high = max(STEP, -STEP * (-max(ends) // STEP))

    def at(value: float) -> float:
        return round(100 * (value - low) / (high - low), 2)

    groups: dict[str, list[ForestRow]] = {}
    for study, found in drawn:
        if found:
            effect, start, end = found
            said = t("evidence.interval", effect=_number(effect), low=_number(start), high=_number(end))
            groups.setdefault(study.group, []).append(ForestRow(
                study.label, study.short or study.outcome, said, at(effect), at(start), at(end), start > 0 or end < 0, study.favours == "lower"))
    ticks = tuple((at(index * STEP), _number(index * STEP, 1)) for index in range(round(low / STEP), round(high / STEP) + 1))
    tables: dict[str, list[StudyRow]] = {}
    for study in library.studies:
        tables.setdefault(study.group, []).append(_study_row(study, numbers, t))
    return EvidenceView(
        tuple(ForestGroup(title, tuple(rows)) for title, rows in groups.items()), ticks, at(0.0), tuple(_hundreds(library, numbers, t)),
        tuple((title, tuple(rows)) for title, rows in tables.items()), any(row.turned for rows in groups.values() for row in rows),
    )


def _number(value: float, digits: int = 2) -> str:
    text = f"{value:.{digits}f}"
    return "0" if float(text) == 0 else text.replace("-", "−")


def _study_row(study: Study, numbers: dict[str, int], t: Words) -> StudyRow:
    if study.effect is None:
        result = t("evidence.no-number")
    else:
        number = _number(study.effect)
        if study.low is not None and study.high is not None:
            number = t("evidence.interval", effect=number, low=_number(study.low), high=_number(study.high))
        result = t("evidence.result", measure=t(f"measure.{study.measure}"), number=number)
    if study.favours and study.effect is not None:
        result = f"{result} {t(f'evidence.favours-{study.favours}')}"
    return StudyRow(study.label, study.pooled, study.people, study.outcome, result, study.certainty, study.limits, numbers.get(study.source, 0))


def _hundreds(library: Library, numbers: dict[str, int], t: Words) -> Iterable[Hundred]:
    for study in library.studies:
        if study.counts:
            counts = study.counts
            group, control = counts.of_100
            exact = t("evidence.exact", a=counts.group_events, b=counts.group_total, c=counts.control_events, d=counts.control_total)
            yield Hundred(study.label, study.people, counts.event, group, control, exact, numbers.get(study.source, 0))
