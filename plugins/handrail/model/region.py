"""Regions: a tree in which every question about place is answered.

*In* a region means covered there; an office's address plays no part. Nothing here knows a country by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Region:
    """A place that services cover."""

    id: str
    name: str
    kind: str
    """Free words: "country", "state", "council area"."""
    alternate_names: tuple[str, ...] = ()
    parent: str = ""
    """Id of the region above; empty at the root."""
    iso: str = ""
    calling_code: str = ""
    trunk_prefix: str = ""
    time_zone: str = ""
    note: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    @property
    def is_country(self) -> bool:
        """True for a region with a two-letter ISO 3166-1 code."""
        return len(self.iso) == 2


class RegionTree:
    """All regions, with what lies above and below each. Order is the order of the registry."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = {region.id: region for region in regions}
        self._children: dict[str, list[Region]] = {identifier: [] for identifier in self._regions}
        for region in self._regions.values():
            if region.parent:
                self._children[region.parent].append(region)

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def __len__(self) -> int:
        return len(self._regions)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._regions

    def __getitem__(self, identifier: str) -> Region:
        return self._regions[identifier]

    def roots(self) -> list[Region]:
        """Return the regions with none above."""
        return [region for region in self if not region.parent]

    def children(self, identifier: str) -> list[Region]:
        """Return the regions directly below."""
        return self._children[identifier]

    def above(self, identifier: str) -> list[Region]:
        """Return the regions above, nearest first, without the region itself."""
        chain = []
        parent = self._regions[identifier].parent
        while parent:
            chain.append(self._regions[parent])
            parent = self._regions[parent].parent
        return chain

    def below(self, identifier: str) -> list[Region]:
        """Return all regions below, at any depth, without the region itself."""
        found = []
        for child in self._children[identifier]:
            found.append(child)
            found.extend(self.below(child.id))
        return found

    def country(self, identifier: str) -> Region | None:
        """Return the country of a region (itself, when it is one); None above all countries."""
        return next((region for region in (self[identifier], *self.above(identifier)) if region.is_country), None)

    def countries(self) -> list[Region]:
        """Return all countries."""
        return [region for region in self if region.is_country]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where the people live who may use a service."""

    regions: tuple[str, ...]
    excepted: tuple[str, ...] = ()
    note: str = ""
    seen: tuple[str, ...] = ()
    """Where this was read, when that is not where the rest was."""

    def reaches(self, identifier: str, tree: RegionTree) -> str:
        """Return the covered region through which the service reaches a region, or an empty string.

        It reaches R when it covers R or a region above R and excepts none on the way.
        """
        if identifier in self.excepted:
            return ""
        if identifier in self.regions:
            return identifier
        for region in tree.above(identifier):
            if region.id in self.excepted:
                return ""
            if region.id in self.regions:
                return region.id
        return ""
