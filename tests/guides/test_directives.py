"""What is found in a text, where, and what is measured of it."""

from __future__ import annotations

import pytest

from handrail.registry import directives, wording
from handrail.text import reading


def test_places_are_counted_from_the_start_of_the_text():
    text = "One [@a; @b].\n\n::: services kind=warm-line,helpline model=online\n\n[[line]]"
    found = directives.scan(text)
    assert [text[point.offset:point.offset + point.length] for point in found.citations] == ["@a", "@b"]
    assert [text[block.offset:block.offset + block.length] for block in found.blocks] == ["::: services kind=warm-line,helpline model=online"]
    assert found.blocks[0].values("kind") == ("warm-line", "helpline")
    assert found.blocks[0].values("topic") == ()
    assert [text[point.offset:point.offset + point.length] for point in found.services] == ["line"]


def test_sources_are_listed_once_in_the_order_of_the_text():
    assert directives.scan("[@b] [@a; @b] [@c]").cited == ("b", "a", "c")


@pytest.mark.parametrize("text", ["`[@a]`", "``[@a] ` ``", "```\n[@a]\n```", "~~~ text\n[@a]\n~~~", "````\n```\n[@a]\n```\n````"])
def test_code_holds_no_directive(text):
    assert directives.scan(text).citations == []


@pytest.mark.parametrize("text", ["```\n[@a]", "a ` b [@a]", "\\`[@a]\\`"])
def test_what_is_not_code_hides_nothing(text):
    assert directives.scan(text).cited == ("a",)


def test_prose_is_what_is_read_aloud():
    text = "## Head\n\nSay **this** [@a]: [a link](x.md).\n\n- One thing\n- Two\n\n| a | b |\n|---|---|\n| c | d |\n\n::: crisis\n"
    assert directives.prose(directives.scan(text)).split() == ["Say", "this:", "a", "link.", "One", "thing", "Two"]


@pytest.mark.parametrize(("text", "sentences"), [
    ("One two. Three four? Five!", 3), ("One thing: two; three.", 1), ("- One\n- Two", 2), ("One\n\nTwo", 2), ('"Stop." She went.', 2), ("At 3.5 metres.", 1),
])
def test_a_sentence_ends_at_its_mark_at_an_item_or_at_a_blank_line(text, sentences):
    assert reading.read(text).sentences == sentences


def test_an_exception_covers_one_place():
    exceptions = wording.Exceptions(["it will help you"])
    text = "It will help you. It will help you."
    covered = [exceptions.cover(text, hit.start, hit.end) for hit in wording.hits(text)]
    assert covered == [True, False]
    assert exceptions.unused == []
