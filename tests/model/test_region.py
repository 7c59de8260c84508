"""Questions about place: above, below, and what a coverage reaches."""

from __future__ import annotations

import pytest

from handrail.model.region import Coverage, Region, RegionTree


def region(identifier: str, parent: str = "", iso: str = "") -> Region:
    return Region(identifier, identifier.upper(), "region", parent=parent, iso=iso)


@pytest.fixture
def tree() -> RegionTree:
    return RegionTree([
        region("world"), region("gb", "world", "GB"), region("gb-sct", "gb", "GB-SCT"), region("gb-sct-she", "gb-sct"), region("gb-wls", "gb", "GB-WLS"),
        region("us", "world", "US"), region("us-tx", "us", "US-TX"), region("us-tx-austin", "us-tx"), region("island", iso="IM"),
    ])  # fmt: skip


def test_what_lies_above_comes_nearest_first(tree: RegionTree) -> None:
    assert [each.id for each in tree.above("gb-sct-she")] == ["gb-sct", "gb", "world"]
    assert tree.above("world") == []


def test_what_lies_below_comes_at_any_depth_without_itself(tree: RegionTree) -> None:
    assert [each.id for each in tree.below("gb")] == ["gb-sct", "gb-sct-she", "gb-wls"]
    assert [each.id for each in tree.children("gb")] == ["gb-sct", "gb-wls"]
    assert tree.below("island") == []


def test_roots_and_countries(tree: RegionTree) -> None:
    assert [each.id for each in tree.roots()] == ["world", "island"]
    assert [each.id for each in tree.countries()] == ["gb", "us", "island"]
    assert tree.country("gb-sct-she") == tree["gb"]
    assert tree.country("gb") == tree["gb"]
    assert tree.country("world") is None


def test_a_tree_is_a_collection_in_the_order_of_the_registry(tree: RegionTree) -> None:
    assert len(tree) == 9
    assert next(iter(tree)).id == "world"
    assert "gb" in tree
    assert "fr" not in tree
    assert 3 not in tree
    with pytest.raises(KeyError):
        tree["fr"]


@pytest.mark.parametrize(("regions", "excepted", "asked", "through"), [
    (["gb"], [], "gb", "gb"), (["gb"], [], "gb-sct-she", "gb"), (["gb"], [], "us", ""), (["gb"], [], "world", ""), (["gb-sct"], [], "gb", ""),
    (["us"], ["us-tx"], "us", "us"), (["us"], ["us-tx"], "us-tx", ""), (["us"], ["us-tx"], "us-tx-austin", ""),
    (["us", "us-tx-austin"], ["us-tx"], "us-tx-austin", "us-tx-austin"), (["us", "us-tx-austin"], ["us-tx"], "us-tx", ""),
    (["gb", "gb-sct"], [], "gb-sct-she", "gb-sct"), (["world"], ["gb"], "gb-sct", ""), (["world"], ["gb"], "us-tx-austin", "world"),
    (["world"], [], "island", ""), ([], [], "gb", ""),
])  # fmt: skip
def test_a_coverage_reaches_a_region_below_it_unless_it_is_excepted(
    tree: RegionTree, regions: list[str], excepted: list[str], asked: str, through: str
) -> None:
    assert Coverage(tuple(regions), tuple(excepted)).reaches(asked, tree) == through
