"""What the directory has and has not: region × topic × language × night, and the rules that every region should meet.

Counts are counts of entries, not of help that exists: nothing here says that a place has no help, only that none is known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product

from handrail.issues.issue import Issue
from handrail.model.directory import Directory
from handrail.model.hours import Hours
from handrail.model.region import Coverage
from handrail.model.upkeep import Cell, Gaps, RuleResult
from handrail.model.values import CoverageRule, Draft, Service
from handrail.registry.registry import Entry, Registry
from handrail.review import tables

ANY = "*"
"""Stands for all languages together."""
NIGHT = 2 * 60
"""Minutes since midnight at which somebody has to answer on each night: two o'clock, after evening lines close and before morning ones open."""


def gaps(directory: Directory) -> Gaps:
    """Return the counts of every region and topic, and for countries of every language."""
    tree = directory.regions
    about = _all_about(directory)
    waiting = _waiting(directory)
    topics: dict[tuple[str, str], Cell] = {}
    languages: dict[tuple[str, str], Cell] = {}
    cells: dict[tuple[str, str, str], Cell] = {}
    for region in tree:
        counted = _counted(_Reach(region.id, directory, waiting), about, by_language=region.is_country)
        for topic in directory.topics:
            topics[region.id, topic] = counted.get((topic, ANY), Cell())
        for (topic, tag), cell in sorted(counted.items()):
            if tag == ANY:
                continue
            if topic:
                cells[region.id, topic, tag] = cell
            else:
                languages[region.id, tag] = cell
    own = Counter(region for service in _open(directory) for region in set(service.coverage.regions))
    return Gaps(topics, languages, cells, {region.id: own[region.id] for region in tree}, rules(directory))


def rules(directory: Directory) -> tuple[RuleResult, ...]:
    """Return how every rule of coverage is met in every region that it speaks of."""
    kinds = {rule.regions_of_kind for rule in directory.rules}
    waiting = _waiting(directory)
    reach = {region.id: _Reach(region.id, directory, waiting) for region in directory.regions if region.kind in kinds}
    return tuple(_rule(index, rule, reach[region.id]) for index, rule in enumerate(directory.rules)
                 for region in directory.regions if region.kind == rule.regions_of_kind)


def rule_issues(registry: Registry, directory: Directory) -> Iterator[Issue]:
    """Yield a warning for every rule of coverage that a region does not meet."""
    root = Entry(registry.data, registry.root, ())
    for result in rules(directory):
        if not result.services:
            rule = directory.rules[result.rule]
            wanted = rule.name or " or ".join(rule.service_kinds)
            message = f"{directory.regions[result.region].name} has no published service for this rule: {wanted}"
            help = "add one whose contact stands on its operator's page, or leave the gap visible"
            if result.drafts:
                help = f"these drafts would meet it: {', '.join(result.drafts)}"
            yield root.issue("W321", ("coverage_rules", result.rule), message, help, "about/gaps/")


HEADER = ("region", "region name", "topic", "language", "services", "in parts of the region", "drafts", "at night", "at night unknown", "state",
          "state at night")


def rows(found: Gaps, directory: Directory) -> Iterator[tuple[str, ...]]:
    """Yield a row for every region and topic in any language, and for countries one for each language that is stated there."""
    for region in directory.regions:
        for topic in directory.topics:
            yield _row(region.id, topic, "any", found.topics[region.id, topic], directory)
            if region.is_country:
                for country, tag in found.languages:
                    if country == region.id:
                        yield _row(region.id, topic, tag or "not stated", found.cells.get((region.id, topic, tag), Cell()), directory)


def as_csv(found: Gaps, directory: Directory, stamp: Mapping[str, str]) -> str:
    """Return the rows as CSV; ``stamp`` gives columns that are the same in every line, such as the licence."""
    return tables.csv((*HEADER, *stamp), [(*row, *stamp.values()) for row in rows(found, directory)])


def _row(region: str, topic: str, language: str, cell: Cell, directory: Directory) -> tuple[str, ...]:
    counts = (cell.whole, cell.parts, cell.drafts, cell.night, cell.unknown)
    return (region, directory.regions[region].name, topic, language, *map(str, counts), cell.state, cell.night_state)


class _Reach:
    """What reaches one region, wholly or in parts, and what would."""

    def __init__(self, region: str, directory: Directory, waiting: Iterable[Draft]) -> None:
        tree = directory.regions
        self.region = region
        self.whole = [service for service, _ in directory.reaching(region) if service.is_open_to_people]
        self.parts = [service for service in directory.inside(region) if service.is_open_to_people]
        below = {each.id for each in tree.below(region)}

        def concerns(coverage: Coverage) -> bool:
            return bool(coverage.reaches(region, tree)) or bool(below.intersection(coverage.regions))

        self.drafts = [draft for draft in waiting if concerns(draft.coverage)]


def _waiting(directory: Directory) -> list[Draft]:
    """Return the drafts of whole entries of which nothing is published."""
    return [draft for draft in directory.drafts if not draft.channel and draft.service not in directory.services]


Places = tuple[tuple[str, str], ...]
"""Topics (empty for all), each with a language (``ANY`` for all): where a service counts."""


@dataclass(frozen=True, slots=True)
class _About:
    topics: Places
    """In any language."""
    languages: Places
    """In each of its own."""
    night: bool | None


def _all_about(directory: Directory) -> dict[str, _About]:
    """Return what is counted of each open service, by its id; equal places are one."""
    known: dict[tuple[str, str], tuple[str, str]] = {}

    def places(topics: Iterable[str], tags: Iterable[str]) -> Places:
        return tuple(known.setdefault(place, place) for place in product(("", *topics), tags))

    return {service.id: _About(places(service.topics, (ANY,)), places(service.topics, _languages(service)), _at_night(service))
            for service in _open(directory)}


def _counted(reach: _Reach, about: Mapping[str, _About], *, by_language: bool) -> dict[tuple[str, str], Cell]:
    """Return the counts by topic (empty for all) and language (``ANY`` for all)."""

    def count(found: list[_About]) -> Counter[tuple[str, str]]:
        counts = Counter(chain.from_iterable(each.topics for each in found))
        if by_language:
            counts.update(chain.from_iterable(each.languages for each in found))
        return counts

    reaching = [about[service.id] for service in reach.whole]
    whole = count(reaching)
    parts = count([about[service.id] for service in reach.parts])
    drafts = Counter((topic, ANY) for draft in reach.drafts for topic in ("", *draft.topics))
    night = count([each for each in reaching if each.night])
    unknown = count([each for each in reaching if each.night is None])
    return {place: Cell(whole[place], parts[place], drafts[place], night[place], unknown[place]) for place in {**whole, **parts, **drafts}}


def _rule(index: int, rule: CoverageRule, reach: _Reach) -> RuleResult:
    def meets(service: Service) -> bool:
        return (service.kind in rule.service_kinds and (service.crisis or not rule.crisis)
                and (not rule.audiences or bool(set(rule.audiences).intersection(service.audiences))))

    drafts = tuple(sorted(draft.service for draft in reach.drafts if draft.kind in rule.service_kinds)) if not rule.audiences and not rule.crisis else ()
    return RuleResult(index, reach.region, tuple(service.id for service in reach.whole if meets(service)), drafts)


def _open(directory: Directory) -> list[Service]:
    return [service for service in directory.services.values() if service.is_open_to_people]


def _languages(service: Service) -> frozenset[str]:
    found = {*service.languages, *(tag for channel in service.channels for tag in channel.languages)}
    return frozenset(tag.split("-")[0] for tag in found) or frozenset(("",))


def _at_night(service: Service) -> bool | None:
    """Return whether somebody answers in the middle of every night; None when hours of a way to reach somebody are not known."""
    live = [channel.hours for channel in service.channels if channel.answers_at_once]
    if any(hours and _covers_nights(hours) for hours in live):
        return True
    return None if any(hours is None or not hours.is_known for hours in live) else False


def _covers_nights(hours: Hours) -> bool:
    if hours.always:
        return True
    spans = [(opening.day * 1440 + opening.opens, opening.day * 1440 + opening.closes) for opening in hours.weekly]
    week = 7 * 1440
    return all(any(start <= at < end or start <= at + week < end for start, end in spans) for at in (day * 1440 + NIGHT for day in range(7)))
