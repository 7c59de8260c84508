"""The picture of the evidence: one scale, one direction, and no share of people without counts."""

from __future__ import annotations

import pytest

from handrail.model.guide import Counts, Library, Reference, Study
from handrail.text.words import words
from handrail.views.guides import evidence

T = words("en")


def study(**changes):
    known = {"id": "a", "source": "s", "group": "Adults", "label": "A 2020", "pooled": "One trial", "people": "Adults", "outcome": "Hope", "certainty": "Low.",
             "limits": "Small.", "measure": "SMD", "effect": 0.2, "low": 0.1, "high": 0.3, "favours": "higher"}
    return Study(**{**known, **changes})


def view(*studies):
    return evidence(Library(references={"s": Reference("s", "T", "B", "page")}, studies=studies), {"s": 1}, T)


def test_better_is_to_the_right_whatever_the_study_wrote():
    better_higher, better_lower = view(study(), study(effect=-0.2, low=-0.3, high=-0.1, favours="lower")).groups[0].rows
    assert (better_higher.at, better_higher.start, better_higher.end) == (better_lower.at, better_lower.start, better_lower.end)
    assert not better_higher.turned
    assert better_lower.turned
    assert better_lower.said == "0.20 (0.10 to 0.30)"


@pytest.mark.parametrize("changes", [{"measure": "RR"}, {"measure": "OR"}, {"measure": "mean-difference"}, {"low": None}, {"favours": ""}, {"effect": None}])
def test_what_can_not_be_compared_stays_in_the_table(changes):
    shown = view(study(), study(id="b", **changes))
    assert sum(len(group.rows) for group in shown.groups) == 1
    assert sum(len(rows) for _, rows in shown.tables) == 2


def test_a_row_is_clear_only_when_its_interval_leaves_zero_out():
    clear = [row.clear for row in view(study(), study(low=-0.1), study(effect=-0.2, low=-0.4, high=-0.05), study(low=0.0)).groups[0].rows]
    assert clear == [True, False, True, False]


def test_everything_drawn_lies_on_the_scale():
    shown = view(study(), study(effect=-0.59, low=-0.98, high=-0.21, favours="lower"), study(effect=-0.1, low=-0.39, high=0.2))
    assert all(0 <= place <= 100 for group in shown.groups for row in group.rows for place in (row.at, row.start, row.end))
    assert [text for _, text in shown.ticks] == ["−0.4", "−0.2", "0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert {text: at for at, text in shown.ticks}["0"] == shown.zero


def test_people_out_of_100_are_shown_only_where_the_study_counted_them():
    counts = Counts(40, 297, 78, 315, "scored high", 14, 25)
    shown = view(study(), study(id="b", measure="RR", counts=counts))
    assert [(each.with_support, each.without) for each in shown.hundreds] == [(14, 25)]
    assert shown.hundreds[0].exact == "Counts: 40 of 297 with peer support, 78 of 315 without."


def test_counts_are_rounded_where_the_study_does_not():
    assert Counts(64, 218, 83, 216, "were back").of_100 == (29, 38)


def test_the_table_keeps_the_numbers_as_the_study_wrote_them():
    row = view(study(effect=-0.2, low=-0.3, high=-0.1, favours="lower")).tables[0][1][0]
    assert row.result == "Standardized difference: −0.20 (−0.30 to −0.10). Lower is better."
    assert view(study(effect=None, low=None, high=None)).tables[0][1][0].result == "No number that we saw."
