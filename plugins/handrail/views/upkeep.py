"""Alerts, gaps and health in words, and the plots as numbers for the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handrail.model.directory import Directory
from handrail.model.upkeep import Cell, Event, Gaps, Health
from handrail.model.values import Alert
from handrail.text.words import Words
from handrail.views import urls, wording
from handrail.views.context import Context
from handrail.views.values import Crumb, Fact, Link

ABOUT = "about/index.md"
GAPS = "about/gaps.md"
HEALTH = "about/health.md"
TABLE = "data/gaps.csv"
"""The table of gaps as a file."""


@dataclass(frozen=True, slots=True)
class AlertView:
    """A notice with a first and a last day."""

    text: str
    days: str
    """"From 1 to 7 December 2026", for readers without scripts and on paper."""
    first: str
    """ISO day."""
    last: str
    instead: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a heat table; its words say everything, its level only tints."""

    words: str
    small: str
    level: int
    """0 to 4."""
    state: str
    """``some``, ``parts-only``, ``hours-unknown``, ``drafts-only`` or ``none-known``."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of a heat table."""

    head: Link
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """A table of counts."""

    id: str
    title: str
    note: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule of coverage, and where it is and is not met."""

    name: str
    met: tuple[str, ...]
    """Names of regions."""
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapsView:
    """What the directory has and has not."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    file: Link
    rules: tuple[RuleView, ...]
    tables: tuple[HeatTable, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a plot, in the plot's own units."""

    label: str
    words: str
    y: int
    width: int
    second: int
    """Width of the lighter part behind it; 0 for none."""


@dataclass(frozen=True, slots=True)
class PlotView:
    """A plot of horizontal bars, with its meaning in words."""

    id: str
    title: str
    words: str
    bars: tuple[Bar, ...]
    height: int


@dataclass(frozen=True, slots=True)
class HealthView:
    """How the directory stands, for whoever looks after it."""

    crumbs: tuple[Crumb, ...]
    title: str
    lead: str
    facts: tuple[Fact, ...]
    kinds: tuple[Fact, ...]
    plots: tuple[PlotView, ...]
    gaps: Link


@dataclass(frozen=True, slots=True)
class MovedView:
    """The page of an id that moved."""

    crumbs: tuple[Crumb, ...]
    title: str
    link: Link


def alerts_by_page(directory: Directory) -> dict[str, list[Alert]]:
    """Return the alerts of each page by its source path; those of every page under an empty path."""
    found: dict[str, list[Alert]] = {}
    tree = directory.regions
    for alert in directory.alerts:
        pages: dict[str, None] = {}
        if not alert.regions and not alert.services:
            pages[""] = None
        for identifier in alert.services:
            pages |= {urls.service(identifier): None, urls.organization(directory.services[identifier].organization): None}
        inside = {each for region in alert.regions for each in (region, *(below.id for below in tree.below(region)))}
        for region in (each.id for each in tree if each.id in inside):
            pages[urls.region(region)] = None
            pages |= {urls.region_topic(region, topic): None for topic in directory.topics if directory.has_own_page(region, topic)}
        for service in directory.services.values():
            if inside.issuperset(service.coverage.regions):
                pages[urls.service(service.id)] = None
        for page in pages:
            found.setdefault(page, []).append(alert)
    return found


def alerts(listed: Iterable[Alert], on: Context) -> tuple[AlertView, ...]:
    """Return alerts in words."""
    return tuple(_alert(alert, on) for alert in listed)


def _alert(alert: Alert, on: Context) -> AlertView:
    first, last = (wording.day(day, on.t) for day in (alert.first, alert.last))
    days = on.t("alert.day", day=first) if alert.first == alert.last else on.t("alert.days", first=first, last=last)
    instead = tuple(on.service_link(on.directory.services[other]) for other in alert.use_instead if other in on.directory.services)
    return AlertView(alert.text, days, alert.first.isoformat(), alert.last.isoformat(), instead)


LONGEST_HISTORY = 5
"""Events of an entry that its page names: the first, and the last ones."""


def history(events: Sequence[Event], t: Words) -> tuple[str, ...]:
    """Return what happened to an entry, oldest first."""
    shown = events if len(events) <= LONGEST_HISTORY else (events[0], *events[1 - LONGEST_HISTORY:])
    return tuple(t(f"history.{event.kind}", date=wording.day(event.day, t)) for event in shown)


def moved(old: str, new: str, on: Context) -> MovedView:
    """Return the page of an id that moved."""
    return MovedView(on.crumbs((urls.FIND, on.t("page.find"))), on.t("moved.title"), on.service_link(on.directory.services[new]))


def gaps(found: Gaps, on: Context) -> GapsView:
    """Return the page of what is known and what is missing."""
    t, directory = on.t, on.directory
    countries = directory.regions.countries()
    names = tuple(country.name for country in countries)
    topics = [(on.topic_link(topic), topic) for topic in directory.topics]

    def rows(cell: object) -> tuple[HeatRow, ...]:
        return tuple(HeatRow(link, tuple(cell(found.topics[country.id, topic], t) for country in countries)) for link, topic in topics)  # type: ignore[operator]

    stated = {tag for _, tag in found.languages}
    tags = sorted(stated - {""}, key=lambda tag: wording.language_name(tag, t.language)) + sorted(stated & {""})
    languages = tuple(
        HeatRow(Link("", wording.language_name(tag, t.language) if tag else t("gaps.language-not-stated")),
                tuple(_any_hour(found.languages.get((country.id, tag), Cell()), t, drafts=False) for country in countries)) for tag in tags)
    parts = tuple(
        HeatRow(on.region_link(region.id), (_own(found.own[region.id], t), HeatCell(country.name, "", 0, "plain")))
        for country in countries for region in directory.regions.below(country.id))
    tables = [
        HeatTable("topics", t("gaps.topics"), t("gaps.topics-note"), t("gaps.topic"), names, rows(_any_hour)),
        HeatTable("night", t("gaps.night"), t("gaps.night-note"), t("gaps.topic"), names, rows(_at_night)),
        HeatTable("languages", t("gaps.languages"), t("gaps.languages-note"), t("fact.languages"), names, languages),
        HeatTable("parts", t("gaps.parts"), t("gaps.parts-note"), t("gaps.region"), (t("gaps.own"), t("gaps.country")), parts),
    ]
    return GapsView(
        crumbs=_crumbs(on), title=t("gaps.title"), lead=t("gaps.lead"), file=Link(on.to(TABLE), t("gaps.file"), t("gaps.file-note")),
        rules=tuple(_rules(found, directory)), tables=tuple(table for table in tables if table.rows),
    )


def _crumbs(on: Context) -> tuple[Crumb, ...]:
    return on.crumbs((ABOUT, on.t("page.about"))) if ABOUT in on.written else on.crumbs()


def _rules(found: Gaps, directory: Directory) -> Iterable[RuleView]:
    for index, rule in enumerate(directory.rules):
        results = [result for result in found.rules if result.rule == index]
        met, missing = ([directory.regions[result.region].name for result in results if bool(result.services) == wanted] for wanted in (True, False))
        yield RuleView(rule.name or ", ".join(rule.service_kinds), tuple(met), tuple(missing))


_LEVELS = (1, 2, 4, 8)
"""Counts from which a cell takes its next tint."""


def _level(count: int) -> int:
    return sum(count >= step for step in _LEVELS)


def _any_hour(cell: Cell, t: Words, *, drafts: bool = True) -> HeatCell:
    more = []
    if cell.parts:
        more.append(t("gaps.in-parts", count=cell.parts))
    if drafts and cell.drafts and cell.state != "drafts-only":
        more.append(t("gaps.drafts", count=cell.drafts))
    if cell.state == "some":
        words = str(cell.whole)
    elif cell.state == "parts-only":
        words, more = t("gaps.parts-only", count=cell.parts), more[1:]
    elif cell.state == "drafts-only":
        words = t("gaps.drafts-only", count=cell.drafts)
    else:
        words = t("gaps.none-known")
    return HeatCell(words, ", ".join(more), _level(cell.whole), cell.state)


def _at_night(cell: Cell, t: Words) -> HeatCell:
    if cell.night_state == "some":
        return HeatCell(str(cell.night), t("gaps.unknown", count=cell.unknown) if cell.unknown else "", _level(cell.night), "some")
    if cell.night_state == "hours-unknown":
        return HeatCell(t("gaps.unknown", count=cell.unknown), "", 0, "hours-unknown")
    if cell.night_state == "drafts-only":
        return HeatCell(t("gaps.drafts-only", count=cell.drafts), "", 0, "drafts-only")
    return HeatCell(t("gaps.none-known"), "", 0, "none-known")


def _own(count: int, t: Words) -> HeatCell:
    return HeatCell(str(count) if count else t("gaps.none-known"), "", _level(count), "some" if count else "none-known")


def health(found: Health, on: Context) -> HealthView:
    """Return the page about the directory's own state."""
    t, directory = on.t, on.directory
    limits = directory.limits
    total = sum(found.kinds.values())
    facts = [
        Fact(t("health.services"), str(total)),
        Fact(t("health.organizations"), str(sum(bool(directory.of_organization(each)) for each in directory.organizations))),
        Fact(t("health.confirmed"), t("health.of", count=found.confirmed, total=found.confirmed + found.never)),
        Fact(t("health.drafts"), str(found.drafts)),
        Fact(t("health.held"), str(found.held)),
        *(Fact(t(f"status.{status}"), str(count)) for status, count in found.statuses.items() if status != "active"),
        Fact(t("health.limits"), t("health.limits-words", crisis=limits.crisis, contacts=limits.contacts, other=limits.other)),
        Fact(t("health.links"), _links(found, t)),
        Fact(t("health.missing"), t("health.missing-words", count=found.missing, total=found.looked)),
        *((Fact(t("gaps.rules"), t("health.unmet", count=found.unmet)),) if directory.rules else ()),
        Fact(t("health.grades"), _grades(found.grades, "health.grades-words", t), bool(found.grades)),
        *((Fact(t("health.guides"), _grades(found.guides, "health.guides-words", t)),) if found.guides else ()),
        Fact(t("health.size"), t("health.size-words", pages=found.pages, kilobytes=f"{found.files / 1000:,.0f}")),
    ]
    most = max((own + waiting for own, waiting in found.countries.values()), default=1) or 1
    countries = [(directory.regions[country].name, own, waiting) for country, (own, waiting) in found.countries.items()]
    bars = [(name, t("health.bar", own=own, count=waiting) if waiting else str(own), own, waiting) for name, own, waiting in countries]
    plots = [_plot("countries", t("health.by-country"), t("health.by-country-words"), bars, most)]
    if found.due:
        months = [(t("date.month", month=t(f"month.{int(month[5:])}"), year=month[:4]), str(count), count, 0) for month, count in found.due.items()]
        plots.append(_plot("due", t("health.due"), t("health.due-words"), months, max(found.due.values())))
    kinds = tuple(Fact(t(f"kind-plural.{kind}"), str(count)) for kind, count in found.kinds.items())
    return HealthView(_crumbs(on), t("health.title"), t("health.lead"), tuple(facts), kinds, tuple(plots), Link(on.to(GAPS), t("gaps.title")))


_BAR = 44
_WIDTH = 318


def _plot(identifier: str, title: str, words: str, bars: Sequence[tuple[str, str, int, int]], most: int) -> PlotView:
    drawn = tuple(
        Bar(label, said, index * _BAR, round(first * _WIDTH / most), round(second * _WIDTH / most)) for index, (label, said, first, second) in enumerate(bars))
    return PlotView(identifier, title, words, drawn, len(bars) * _BAR)


def _links(found: Health, t: Words) -> str:
    if not found.links.day:
        return t("health.links-never")
    counts = wording.listed([t(f"health.link.{state}", count=count) for state, count in found.links.counts.items()], t)
    return t("health.links-words", date=wording.day(found.links.day, t), counts=counts)


def _grades(grades: Mapping[int, int], key: str, t: Words) -> str:
    flat = sorted(grade for grade, count in grades.items() for _ in range(count))
    return t(key, median=flat[len(flat) // 2], highest=flat[-1], count=len(flat)) if flat else ""
