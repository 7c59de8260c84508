"""The whole directory: every value, and every look-up that a page, an index or an export asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from handrail.model.region import Coverage, Region, RegionTree
from handrail.model.values import (
    Alert,
    Audience,
    CoverageRule,
    CrisisHelp,
    CrisisWords,
    Draft,
    Limits,
    Organization,
    Service,
    SiteFacts,
    Source,
    Topic,
)
from handrail.model.vocabulary import Vocabulary
from handrail.output.store import digest
from handrail.text.characters import fold

PEER_FIRST = ("peer-mentoring", "peer-support", "warm-line", "support-group", "peer-respite", "mentor-training", "crisis-line", "text-line", "helpline",
              "counselling", "advocacy", "clinic", "information", "directory")
"""Kinds in the order in which lists show them: what this directory is for stands first, its surroundings follow."""

_KEPT = 64
"""Regions whose services are kept once they were looked up."""


@dataclass(frozen=True, slots=True)
class About:
    """Services of one topic, or of all, as seen from a region."""

    through: Mapping[str, Sequence[Service]]
    """Those that reach it, by the id of the covered region through which they do, nearest first."""
    inside: Sequence[Service]


@dataclass(frozen=True)
class Directory:
    """Everything that is published, and the drafts that wait."""

    site: SiteFacts
    limits: Limits
    regions: RegionTree
    topics: Mapping[str, Topic]
    audiences: Mapping[str, Audience]
    organizations: Mapping[str, Organization]
    services: Mapping[str, Service]
    crisis: Mapping[str, CrisisHelp]
    """By the id of the region."""
    alerts: tuple[Alert, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[CoverageRule, ...] = ()
    drafts: tuple[Draft, ...] = ()
    prints: Mapping[str, str] = field(default_factory=dict)
    """A hash of each file of the registry, by its name: what was made of a file is made again when it differs."""
    crisis_words: CrisisWords = field(default_factory=CrisisWords)

    def reaching(self, region: str) -> Sequence[tuple[Service, Region]]:
        """Return the services that reach a region, each with the covered region through which it does, nearest first, then by name."""
        return self._around(region)[0]

    def inside(self, region: str) -> Sequence[Service]:
        """Return the services that cover only parts of a region, by name."""
        return self._around(region)[1]

    def about(self, region: str, topic: str = "") -> About:
        """Return the services of a topic, or of all topics, that reach a region or lie inside it and that people may turn to, by use."""
        tree = self.regions
        through = {}
        for step in (region, *(above.id for above in tree.above(region))):
            found = self._naming.get((step, topic), [])
            if (step, topic) in self._asked:
                found = [service for service in found if _names_one(service.coverage) or service.coverage.reaches(region, tree) == step]
            if found:
                through[step] = found
        below = {service.id: service for each in tree.below(region) for service in self._naming.get((each.id, topic), ())
                 if _names_one(service.coverage) or not service.coverage.reaches(region, tree)}
        return About(through, self.by_use(below.values()))

    def print_of(self, services: Iterable[Service]) -> str:
        """Return a hash of the files in which services are written."""
        return digest(" ".join(sorted({self.prints.get(service.written.file, "") for service in services})).encode())

    def print_around(self, region: str) -> str:
        """Return a hash of everything that decides which services a region and its topics show, and how."""
        kept = self._prints_around.get(region)
        if kept is None:
            reaching, inside = self._around(region)
            kept = self._prints_around[region] = self.print_of((*(service for service, _ in reaching), *inside)) + self._print_of_topics
        return kept

    def by_use(self, services: Iterable[Service]) -> list[Service]:
        """Return services with the kinds that matter most here first, by name within a kind; paused ones last."""
        return sorted(services, key=lambda service: self._uses[service.id])

    def of_organization(self, identifier: str) -> list[Service]:
        """Return the services of an organization, by name."""
        return self._by_organization.get(identifier, [])

    def of_topic(self, identifier: str) -> list[Service]:
        """Return the services of a topic, by name."""
        return self._by_topic.get(identifier, [])

    def of_kind(self, kind: str) -> list[Service]:
        """Return the services of a kind, by name."""
        return by_name(service for service in self.services.values() if service.kind == kind)

    def named_regions(self, service: Service) -> tuple[str, ...]:
        """Return the regions that a service names itself."""
        return service.coverage.regions

    def has_own_page(self, region: str, topic: str) -> bool:
        """Return whether a region × topic page exists: a service of the topic names that region or one below it."""
        return (region, topic) in self._region_topics

    def crisis_for(self, region: str) -> CrisisHelp | None:
        """Return the crisis help of a region, or of the nearest region above that has its own."""
        for each in (self.regions[region], *self.regions.above(region)):
            if each.id in self.crisis:
                return self.crisis[each.id]
        return None

    def source(self, organization: str, identifier: str) -> Source:
        """Return a source of an organization's file."""
        return self._sources[organization, identifier]

    def common_country(self, service: Service) -> Region | None:
        """Return the one country in which a service works; None for several or for none."""
        countries = {country.id if (country := self.regions.country(region)) else "" for region in service.coverage.regions}
        only = countries.pop() if len(countries) == 1 else ""
        return self.regions[only] if only else None

    def _around(self, region: str) -> tuple[Sequence[tuple[Service, Region]], Sequence[Service]]:
        """Return what reaches a region and what lies inside it; the last answers are kept, because a region's pages follow each other."""
        kept = self._kept.get(region)
        if kept is None:
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            reaching = list(self._reaching(region))
            reach = {service.id for service, _ in reaching}
            below = {service.id: service for each in self.regions.below(region) for service in self._by_region.get(each.id, ()) if service.id not in reach}
            kept = self._kept[region] = (reaching, sorted(below.values(), key=lambda service: self._names[service.id]))
        return kept

    def _reaching(self, region: str) -> Iterator[tuple[Service, Region]]:
        seen: set[str] = set()
        for step in (self.regions[region], *self.regions.above(region)):
            for service in self._by_region.get(step.id, ()):
                if service.id not in seen:
                    seen.add(service.id)
                    if not service.coverage.excepted or service.coverage.reaches(region, self.regions):
                        yield service, step

    @cached_property
    def _kept(self) -> dict[str, tuple[Sequence[tuple[Service, Region]], Sequence[Service]]]:
        return {}

    @cached_property
    def _prints_around(self) -> dict[str, str]:
        return {}

    @cached_property
    def _print_of_topics(self) -> str:
        """Which pages of topics in regions there are: pages link to the nearest one."""
        return digest(repr(sorted(self._region_topics)).encode())

    @cached_property
    def _names(self) -> dict[str, int]:
        """The place of each service, by its id, in the order of names."""
        return {service.id: place for place, service in enumerate(by_name(self.services.values()))}

    @cached_property
    def _uses(self) -> dict[str, int]:
        """The place of each service, by its id, among all by use."""
        ranks = {kind: rank for rank, kind in enumerate(PEER_FIRST)}
        ordered = sorted(self.services.values(), key=lambda service: (service.status != "active", ranks[service.kind], fold(service.name), service.id))
        return {service.id: place for place, service in enumerate(ordered)}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that must not stand on anything discreet."""
        return Vocabulary(self.topics.values(), self.audiences.values())

    @cached_property
    def _sources(self) -> dict[tuple[str, str], Source]:
        return {(organization.id, source.id): source for organization in self.organizations.values() for source in organization.sources}

    @cached_property
    def _by_region(self) -> dict[str, list[Service]]:
        """Services by each region that they name, by name."""
        groups: dict[str, list[Service]] = {}
        for service in by_name(self.services.values()):
            for region in service.coverage.regions:
                groups.setdefault(region, []).append(service)
        return groups

    @cached_property
    def _naming(self) -> dict[tuple[str, str], list[Service]]:
        """Services that people may turn to by each region that they name and each topic (empty for all), by use."""
        groups: dict[tuple[str, str], list[Service]] = {}
        for service in self.by_use(service for service in self.services.values() if service.is_open_to_people):
            for region in service.coverage.regions:
                for topic in ("", *service.topics):
                    groups.setdefault((region, topic), []).append(service)
        return groups

    @cached_property
    def _asked(self) -> frozenset[tuple[str, str]]:
        """Regions and topics with services that name more than one region or leave some out: they have to be asked whom they reach, and through which."""
        return frozenset(place for place, services in self._naming.items() if not all(_names_one(service.coverage) for service in services))

    @cached_property
    def _by_topic(self) -> dict[str, list[Service]]:
        groups: dict[str, list[Service]] = {topic: [] for topic in self.topics}
        for service in by_name(self.services.values()):
            for topic in service.topics:
                groups[topic].append(service)
        return groups

    @cached_property
    def _by_organization(self) -> dict[str, list[Service]]:
        groups: dict[str, list[Service]] = {}
        for service in by_name(self.services.values()):
            groups.setdefault(service.organization, []).append(service)
        return groups

    @cached_property
    def _region_topics(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (each, topic)
            for service in self.services.values()
            for region in service.coverage.regions
            for each in (region, *(above.id for above in self.regions.above(region)))
            for topic in service.topics
        )


def _names_one(coverage: Coverage) -> bool:
    """Return whether a coverage is one whole region, as most are: it reaches what lies in that region, and nothing else."""
    return len(coverage.regions) == 1 and not coverage.excepted


def by_name(services: Iterable[Service]) -> list[Service]:
    """Return services in the order of their names."""
    return sorted(services, key=lambda service: (service.name.casefold(), service.id))
