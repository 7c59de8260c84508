import json
import random
from typing import Any

import pytest

from handrail.model.region import Coverage, Region, RegionTree
from handrail.search.chunks import column
from handrail.search.regions import NAMES, Regions

NO, SILENT, YES = 0, 1, 2
FEW = [
    Region("world", "World", "world"),
    Region("us", "US", "country", parent="world"),
    Region("gb", "GB", "country", parent="world"),
    Region("us-tx", "Texas", "state", parent="us"),
    Region("us-tx-1", "A", "county", parent="us-tx"),
    Region("gb-sct", "Scotland", "country", parent="gb"),
]


@pytest.fixture
def ask(node: Any) -> Any:
    def asked(columns: dict[str, list[list[str]]], *questions: list[Any], tree: Any = (), services: int = -1, now: str = "2026-11-23T12:00:00Z") -> Any:
        count = len(next(iter(columns.values())))
        regions = Regions(RegionTree(tree or FEW))
        finder = regions.finder()
        files = {"regions.json": regions.shape(columns.get("region", [[]]))}
        files |= {f"n{number}.json": each for number, each in enumerate(regions.names())}
        files |= {f"r{number}.json": each for number, each in enumerate(finder.files)}
        at_once = regions.at_once()
        data = {
            "count": count,
            "services": count if services < 0 else services,
            "columns": {name: column(values) for name, values in columns.items() if name != "region"},
            "files": files,
            "regions": {"r": at_once, "names": NAMES, "f": finder.first if len(at_once) < len(regions) else []},
            "now": now,
            "zone": "UTC",
            "ask": questions,
        }
        return node("facets.mjs", text=json.dumps(data))

    return asked


def test_what_is_not_stated_is_neither_yes_nor_no(ask: Any) -> None:
    columns = {
        "cost": [["free"], ["paid"], []],
        "referral": [["yes"], ["no"], []],
        "age": [["13-25"], ["18-"], []],
        "verified": [["2026-10-01"], ["2020-01-01"], []],
    }
    answers = ask(columns, ["answers", "cost", ["free"]], ["answers", "referral", ["yes"]], ["answers", "age", ["16"]], ["answers", "verified", ["yes"]])
    assert answers == [[YES, NO, SILENT], [NO, YES, SILENT], [YES, NO, SILENT], [YES, NO, SILENT]]


def test_one_of_several_values_is_enough_and_every_filter_counts(ask: Any) -> None:
    columns = {"cost": [["free"], ["paid"], [], ["varies"]], "channel": [["phone", "text"], ["text"], ["phone"], ["chat"]]}
    answers = ask(columns, ["answers", "cost", ["free", "paid"]], ["together", [["cost", ["free", "varies"]], ["channel", ["phone"]]]])
    assert answers == [[YES, YES, SILENT, NO], [YES, NO, SILENT, NO]]


def test_who_is_there_for_anyone_is_not_shut_out_by_an_audience(ask: Any) -> None:
    assert ask({"audience": [["men"], ["anyone"], ["women"], []]}, ["answers", "audience", ["men"]]) == [[YES, SILENT, NO, SILENT]]


def test_one_open_channel_is_enough_and_unknown_hours_are_not_closed(ask: Any) -> None:
    week = json.dumps({"z": "UTC", "w": [[day, 540, 1020] for day in range(7)]})
    night = json.dumps({"z": "UTC", "w": [[day, 1200, 1380] for day in range(7)]})
    hours = [[f"phone {week}"], [f"phone {night}"], [f"phone {night}", "text ?"], [f"phone {night}", f"chat {week}"], ["phone ?"], []]
    assert ask({"hours": hours}, ["answers", "open", ["yes"]]) == [[YES, NO, SILENT, YES, SILENT, SILENT]]


def test_counts_are_what_a_choice_would_leave_and_name_the_silent(ask: Any) -> None:
    columns = {"cost": [["free"], ["paid"], [], ["free"]], "channel": [["phone"], ["phone"], ["phone"], ["chat"]], "referral": [["no"], ["yes"], [], ["no"]]}
    answers = ask(
        columns,
        ["counts", "cost", [], [0, 1, 2, 3]],
        ["counts", "cost", [["channel", ["phone"]]], [0, 1, 2, 3]],
        ["counts", "referral", [], [0, 1, 2]],
        ["counts", "cost", [["cost", ["paid"]]], [0, 1, 2, 3]],
    )
    assert answers[0] == {"free": 2, "paid": 1, "silent": 1}
    assert answers[1] == {"free": 1, "paid": 1, "silent": 1}
    assert answers[2] == {"yes": 1, "silent": 1}
    assert answers[3] == answers[0]


def coverages(chance: random.Random, names: list[str], ordered: bool, tree: RegionTree) -> list[Coverage]:
    """Return random coverages; ordered as entries are, by the region that they cover first, or not."""
    found = [Coverage(tuple(chance.sample(names, chance.randrange(1, 3))), tuple(chance.sample(names, chance.choice((0, 0, 1, 2))))) for _ in range(200)]
    number = Regions(tree).number
    return sorted(found, key=lambda each: number[each.regions[0]]) if ordered else found


def test_guides_and_organizations_are_not_counted_as_silent(ask: Any) -> None:
    columns = {"cost": [["free"], [], [], []], "referral": [["no"], [], [], []]}
    assert ask(columns, ["counts", "cost", [], [0, 1, 2, 3]], ["counts", "referral", [], [0, 1, 2, 3]], services=2) == [
        {"free": 1, "silent": 1},
        {"yes": 1, "silent": 1},
    ]


@pytest.mark.parametrize("ordered", [True, False])
def test_a_region_is_reached_as_the_model_says(ask: Any, ordered: bool) -> None:
    """Random coverages, each asked for every region, against handrail.model.region."""
    names = [region.id for region in FEW]
    tree = RegionTree(FEW)
    covered = coverages(random.Random(5), names, ordered, tree)
    stated = [[*each.regions, *(f"!{region}" for region in each.excepted)] for each in covered]
    answers = ask({"region": stated}, *(["reach", name] for name in names))
    for name, answer in zip(names, answers):
        chain = [name, *(region.id for region in tree.above(name))]
        below = {region.id for region in tree.below(name)}
        for coverage, depth, inside in zip(covered, answer["depth"], answer["inside"]):
            through = coverage.reaches(name, tree)
            assert depth == (chain.index(through) if through else -1), (name, coverage)
            assert not inside or (depth == -1 and below & set(coverage.regions)), (name, coverage)


def counties() -> list[Region]:
    """Return 40 states with 30 counties each; every state has a Washington County, one an Isle of Elsewhere."""
    tree = [Region("world", "Worldwide", "world"), Region("us", "United States", "country", parent="world")]
    for state in range(40):
        tree.append(Region(f"us-{state}", f"State{state:02}", "state", parent="us"))
        tree += [Region(f"us-{state}-{county}", f"Place{county:02}{state:02} County", "county", parent=f"us-{state}") for county in range(29)]
        tree.append(Region(f"us-{state}-w", "Washington County", "county", parent=f"us-{state}"))
    tree.append(Region("us-7-isle", "Isle of Élsewhere", "county", ("Elder Isle",), parent="us-7"))
    return tree


def test_one_of_many_regions_is_found_by_what_is_typed_and_few_files_are_loaded(ask: Any) -> None:
    tree = counties()
    order = [region.id for region in Regions(RegionTree(tree)).order]
    asked = ["state07", "place12", "elsewh", "ELDER", "washington county", "washington county state31", "county", "qqqq", "s"]
    answers = dict(zip(asked, ask({"region": [[]]}, *(["suggest", text] for text in asked), tree=tree)))
    assert answers["state07"]["found"] == [[order.index("us-7"), "State07", "United States"]]
    assert [name for _, name, _ in answers["place12"]["found"]] == [f"Place12{state:02} County" for state in range(8)]
    isle = [[order.index("us-7-isle"), "Isle of Élsewhere", "State07"]]
    assert answers["elsewh"]["found"] == isle
    assert answers["ELDER"]["found"] == isle
    assert [note for _, _, note in answers["washington county"]["found"]] == [f"State{state:02}" for state in range(8)]
    assert answers["washington county state31"]["found"] == [[order.index("us-31-w"), "Washington County", "State31"]]
    # A word that most names have in common leads to none of them, and a single letter to the upper regions only.
    assert answers["county"]["found"] == answers["qqqq"]["found"] == []
    assert [name for _, name, _ in answers["s"]["found"]] == [f"State{state:02}" for state in range(8)]
    assert all(len(answer["files"]) <= 2 for text, answer in answers.items() if text != "washington county state31")


def test_a_region_is_known_by_its_id_among_many(ask: Any) -> None:
    tree = counties()
    order = [region.id for region in Regions(RegionTree(tree)).order]
    wanted = ["us", "us-7-3", "us-39-w", "us-7-isle", "us-7-"]
    found = ask({"region": [[]]}, *(["identified", each] for each in wanted), tree=tree)
    assert found == [*([order.index(each), each] for each in wanted[:-1]), None]


def test_a_column_comes_back_as_it_was_stated(ask: Any) -> None:
    """Random columns: sets of each size, small and large, and silence."""
    chance = random.Random(11)
    for count in (1, 2, 9, 70, 400):
        values = [f"v{number}" for number in range(count)]
        stated = [chance.sample(values, min(count, chance.choice((0, 0, 1, 1, 1, 2, 3, 4, 7)))) for _ in range(150)]
        answers = ask({"topic": stated}, *(["answers", "topic", [value]] for value in values[:60]))
        for value, answer in zip(values, answers):
            assert answer == [YES if value in each else NO if each else SILENT for each in stated]
