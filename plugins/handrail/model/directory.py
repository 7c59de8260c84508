"""The whole directory: every value, and every look-up that a page, an index or an export asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from handrail.model.region import Region, RegionTree
from handrail.model.values import (
    Alert,
    Audience,
    CoverageRule,
    CrisisHelp,
    Draft,
    Limits,
    Organization,
    Service,
    SiteFacts,
    Source,
    Topic,
)
from handrail.model.vocabulary import Vocabulary


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
    crisis_words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Phrases about oneself, and words that show that the worry is about somebody else."""

    def reaching(self, region: str) -> list[tuple[Service, Region]]:
        """Return the services that reach a region, each with the covered region through which it does, nearest first."""
        order = {each.id: depth for depth, each in enumerate((self.regions[region], *self.regions.above(region)))}
        found = []
        for service in self._candidates(order):
            through = service.coverage.reaches(region, self.regions)
            if through:
                found.append((service, self.regions[through]))
        return sorted(found, key=lambda pair: (order[pair[1].id], pair[0].name.casefold(), pair[0].id))

    def inside(self, region: str) -> list[Service]:
        """Return the services that cover only parts of a region, by name."""
        below = {each.id for each in self.regions.below(region)}
        found = {service.id: service for identifier in below for service in self._by_region.get(identifier, ())}
        reach = {service.id for service, _ in self.reaching(region)}
        return by_name(service for service in found.values() if service.id not in reach)

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

    def _candidates(self, regions: Iterable[str]) -> Iterator[Service]:
        seen: set[str] = set()
        for region in regions:
            for service in self._by_region.get(region, ()):
                if service.id not in seen:
                    seen.add(service.id)
                    yield service

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that must not stand on anything discreet."""
        return Vocabulary(self.topics.values(), self.audiences.values())

    @cached_property
    def _sources(self) -> dict[tuple[str, str], Source]:
        return {(organization.id, source.id): source for organization in self.organizations.values() for source in organization.sources}

    @cached_property
    def _by_region(self) -> dict[str, list[Service]]:
        groups: dict[str, list[Service]] = {}
        for service in self.services.values():
            for region in service.coverage.regions:
                groups.setdefault(region, []).append(service)
        return groups

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


def by_name(services: Iterable[Service]) -> list[Service]:
    """Return services in the order of their names."""
    return sorted(services, key=lambda service: (service.name.casefold(), service.id))
