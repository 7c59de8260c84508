import json
from typing import Any

NO, SILENT, YES = 0, 1, 2


def case(scores: dict[int, float], **given: Any) -> dict[str, Any]:
    """Return results by number, none of them named unless ``named`` says so."""
    return {
        "scores": scores,
        "named": [],
        "depth": None,
        "inside": None,
        "answers": None,
        "crisis": [],
        "services": 10,
        "guides": [],
        "chain": [],
        "filtered": False,
    } | given


def test_results_stand_here_first_then_wider_and_nothing_is_dropped(node: Any) -> None:
    scores = {0: 9.0, 1: 8.0, 2: 8.5, 3: 7.0, 4: 8.0}
    answer = node("groups.mjs", text=json.dumps([case(scores, depth=[1, 0, 2, -1, -1], inside=[0, 0, 0, 1, 0], chain=["a", "b", "c"])]))[0]
    assert answer["order"] == ["at:a", "at:b", "at:c", "inside"]
    assert [answer["at:a"], answer["at:b"], answer["at:c"], answer["inside"], answer["elsewhere"]] == [[1], [0], [2], [3], [4]]


def test_a_service_that_was_looked_for_by_name_comes_first_from_wherever_it_reaches(node: Any) -> None:
    answer = node("groups.mjs", text=json.dumps([case({0: 9.0, 1: 5.0}, named=(0,), depth=[2, 0], inside=[0, 0], chain=["a", "b", "c"])]))[0]
    assert answer["order"] == ["best", "at:a"]


def test_what_does_not_state_a_filter_follows_and_crisis_help_is_never_filtered_out(node: Any) -> None:
    scores = {0: 9.0, 1: 8.0, 2: 8.0, 3: 7.0}
    answer = node("groups.mjs", text=json.dumps([case(scores, answers=[YES, SILENT, NO, NO], crisis=[2], filtered=True)]))[0]
    assert answer["order"] == ["all", "silent", "crisis"]
    assert [answer["all"], answer["silent"], answer["crisis"]] == [[0], [1], [2]]


def test_what_answers_less_follows_and_is_not_hidden(node: Any) -> None:
    answer = node("groups.mjs", text=json.dumps([case({0: 9.0, 1: 1.0})]))[0]
    assert [answer["all"], answer["less"]] == [[0], [1]]


def test_guides_reach_everybody_and_follow_the_services(node: Any) -> None:
    scores = {0: 9.0, 1: 8.0, 12: 8.5}
    answer = node("groups.mjs", text=json.dumps([case(scores, guides=[12], depth=[0, 1] + [-1] * 11, inside=[0] * 13, chain=["a", "b"])]))[0]
    assert answer["order"] == ["at:a", "at:b", "reading"]
    assert answer["reading"] == [12]


def test_with_a_region_services_are_measured_by_services_and_a_guide_with_many_words_pushes_none_away(node: Any) -> None:
    scores = {0: 2.0, 1: 1.0, 2: 0.3, 12: 9.0}
    answer = node("groups.mjs", text=json.dumps([case(scores, guides=[12], depth=[0, 0, 0] + [-1] * 10, inside=[0] * 13, chain=["a"])]))[0]
    assert [answer["at:a"], answer["reading"], answer["less"]] == [[0, 1], [12], [2]]
