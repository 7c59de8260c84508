"""Which lines of a file no report repeats, and what is left of a message about them."""

from __future__ import annotations

import pytest

from handrail.registry import private

FILES = {
    "a list further in": ("name: x", "places:|", "  - id: a|", "", "    seen: [b]|", "hours: y"),
    "a list as far in as its field": ("places:|", "- id: a|", "  seen: [b]|", "- id: c|", "hours: y"),
    "the first field of an item": ("  - places:|", "      - id: a|", "  - name: x", "- name: y"),
    "a field in quotes": ('"places" :|', "  - id: a|", "name: x"),
    "on one line": ("{id: a, places: [{id: b}]}|", "name: x"),
    "over brackets": ("places: [|", "  {id: a},|", "]"),
    "a tab": ("  places:|", "    - id: a|", "\tid: b|", "  name: x"),
    "a comment and a word": ("# places: x", "  - the places: x|", "workplaces:", "  - x", "places of work: x", "  - y"),
    "a comment inside": ("places:|", "  # places: x|", "  - id: a|", "name: x"),
    "part of an address anywhere": ("street: x|", "name: y", "Postcode: z|", "{latitude: 1}|", "- longitude: 2|", "streets: x"),
    "nothing": ("name: x", ""),
}  # fmt: skip
"""Lines; those that end with a bar are not repeated."""


@pytest.mark.parametrize("name", FILES)
def test_lines_inside_places_are_not_repeated_and_no_others(name: str) -> None:
    lines = FILES[name]
    found = private.lines([line.removesuffix("|") for line in lines])
    blank = {number for number, line in enumerate(lines, 1) if not line}
    assert found - blank == {number for number, line in enumerate(lines, 1) if line.endswith("|")}


@pytest.mark.parametrize(("message", "left"), [
    ('"steet" is not a field in "places" (item 1)', '"steet" is not a field in "places" (item 1)'),
    ('"12 Rose Street" is not written as "id" should be', '"…" is not written as "id" should be'),
    ('"AV73QX" is too short', '"…" is too short'), ('"Rose Street"', '"…"'), ("nothing", "nothing"),
])
def test_a_message_keeps_names_of_fields_and_quotes_nothing_that_could_be_an_address(message: str, left: str) -> None:
    assert private.without_values(message) == left
