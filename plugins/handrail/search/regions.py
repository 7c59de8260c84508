"""The tree of regions for the browser: its shape and who covers what in one small file, the names in numbered files.

Regions are known by their number in the order of the tree, so that a region and all below it are one run of numbers, and so are
the entries that cover them. Thousands of counties cost a few kilobytes; only the names that are shown are loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handrail.model.region import Region, RegionTree
from handrail.search import packing
from handrail.search.chunks import Cut, cut
from handrail.search.pipeline import fold

NAMES = 100
"""Neighbouring regions in a file of names."""
FINDER_SIZE = 4_000
"""Characters of a file by which a region is found from what is typed."""
AT_ONCE = 150
"""Up to so many regions travel with the manifest: all, or the upper ones."""
COMMON = 20
"""A later word of a name that so many regions have in common ("county") finds none of them."""
ID = "="
"""Before an id, so that it is found apart from names."""


def in_tree_order(tree: RegionTree) -> list[Region]:
    """Return all regions, each followed by those below it."""

    def below(region: Region) -> Iterator[Region]:
        yield region
        for child in tree.children(region.id):
            yield from below(child)

    return [region for root in tree.roots() for region in below(root)]


class Regions:
    """The regions of a directory, numbered."""

    def __init__(self, tree: RegionTree) -> None:
        self.order = in_tree_order(tree)
        self.number = {region.id: number for number, region in enumerate(self.order)}
        self.depth = [len(tree.above(region.id)) for region in self.order]

    def __len__(self) -> int:
        return len(self.order)

    def shape(self, coverages: Sequence[Sequence[str]]) -> Mapping[str, Any]:
        """Return how deep each region lies, and the entries that cover or (with ``!``) except it.

        ``n`` counts, region by region, the first entries as long as they stand in the order of the regions that they cover first;
        ``m`` and ``x`` list by region what else covers and excepts it.
        """
        runs = [0] * len(self)
        more: dict[int, list[int]] = {}
        excepted: dict[int, list[int]] = {}
        last = 0
        is_run = True
        for entry, stated in enumerate(coverages):
            covered = [self.number[each] for each in stated if not each.startswith("!")]
            if is_run and covered and covered[0] >= last:
                last = covered[0]
                runs[last] += 1
                del covered[0]
            else:
                is_run = False
            for number in covered:
                more.setdefault(number, []).append(entry)
            for each in stated:
                if each.startswith("!"):
                    excepted.setdefault(self.number[each[1:]], []).append(entry)
        return {
            "d": packing.numbers(self.depth), "n": packing.numbers(runs),
            "m": {number: packing.ascending(more[number]) for number in sorted(more)},
            "x": {number: packing.ascending(excepted[number]) for number in sorted(excepted)},
        }

    def at_once(self) -> list[list[Any]]:
        """Return number, id, name and other names of all regions while they are few, otherwise of the upper ones."""
        numbers = list(range(len(self)))
        if len(numbers) > AT_ONCE:
            inner = [number for number in numbers[:-1] if self.depth[number + 1] > self.depth[number]]
            numbers = []
            for depth in range(max(self.depth)):
                level = [number for number in inner if self.depth[number] == depth]
                if len(numbers) + len(level) > AT_ONCE:
                    break
                numbers += level
        return [[number, region.id, region.name, *region.alternate_names] for number in sorted(numbers) for region in [self.order[number]]]

    def names(self) -> list[Mapping[str, Any]]:
        """Return id and name of all regions, some neighbours to a file."""
        rows = [[region.id, region.name] for region in self.order]
        return [{"r": rows[start : start + NAMES]} for start in range(0, len(rows), NAMES)]

    def finder(self) -> Cut:
        """Return what is typed for regions, in order: by beginnings of names, other names and later words, and by ids.

        Each row is a name, 0 and the numbers of the regions that bear it; or, where something else is typed for it, that and the name.
        """
        found: dict[tuple[str, str], list[int]] = {}
        later: dict[str, list[tuple[str, int]]] = {}
        for number, region in enumerate(self.order):
            found.setdefault((ID + region.id, ""), []).append(number)
            for name in (region.name, *region.alternate_names):
                words = fold(name).split()
                found.setdefault((" ".join(words), region.name), []).append(number)
                for start in range(1, len(words)):
                    later.setdefault(" ".join(words[start:]), []).append((region.name, number))
        for text, named in later.items():
            if len(named) <= COMMON:
                for name, number in named:
                    numbers = found.setdefault((text, name), [])
                    if number not in numbers:
                        numbers.append(number)
        rows = [(key, [name, 0, *numbers] if fold(name) == key else [key, name, *numbers]) for (key, name), numbers in sorted(found.items())]
        return cut(rows, FINDER_SIZE, lambda row: len(str(row[1])), lambda group: {"r": [row for _, row in group]})
