import json
import random
from typing import Any

import pytest

from handrail.model.region import Coverage, Region, RegionTree
from handrail.search.chunks import column

NO, SILENT, YES = 0, 1, 2
REGIONS = [
    ["world", -1, "World", []],
    ["us", 0, "US", []],
    ["us-tx", 1, "Texas", []],
    ["us-tx-1", 2, "A", []],
    ["gb", 0, "GB", []],
    ["gb-sct", 4, "Scotland", []],
]


@pytest.fixture
def ask(node: Any) -> Any:
    def asked(columns: dict[str, list[list[str]]], *questions: list[Any], now: str = "2026-11-23T12:00:00Z") -> Any:
        count = len(next(iter(columns.values())))
        data = {
            "count": count,
            "columns": {name: column(values) for name, values in columns.items()},
            "regions": REGIONS,
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


def test_a_region_is_reached_as_the_model_says(ask: Any) -> None:
    """Random coverages, each asked for every region, against handrail.model.region."""
    chance = random.Random(5)
    names = [row[0] for row in REGIONS]
    tree = RegionTree(Region(row[0], row[2], "x", parent=REGIONS[row[1]][0] if row[1] >= 0 else "") for row in REGIONS)
    coverages = [Coverage(tuple(chance.sample(names, chance.randrange(1, 3))), tuple(chance.sample(names, chance.choice((0, 0, 1, 2))))) for _ in range(200)]
    stated = [[*each.regions, *(f"!{region}" for region in each.excepted)] for each in coverages]
    answers = ask({"region": stated}, *(["reach", name] for name in names))
    for name, answer in zip(names, answers):
        chain = [name, *(region.id for region in tree.above(name))]
        for coverage, depth in zip(coverages, answer["depth"]):
            through = coverage.reaches(name, tree)
            assert depth == (chain.index(through) if through else -1), (name, coverage)
