"""Templates of our own: what they escape, and what they refuse."""

from __future__ import annotations

import pytest
from minijinja import TemplateError

from handrail.pages.environment import templates
from handrail.text.words import words


@pytest.fixture(scope="module")
def make():
    return templates(words("en"))


def test_everything_is_escaped_but_the_slash(make):
    assert make.macro("tag/tag.html", "tag", "<b> & \"'/", "a/b", "n").count("<b>") == 0
    assert "a/b" in make.macro("tag/tag.html", "tag", "x", "a/b", "n")


def test_a_text_that_spells_an_escaped_slash_stays_that_text(make):
    assert "&amp;#x2f;" in make.macro("tag/tag.html", "tag", "&#x2f;", "", "")


def test_a_name_that_a_page_does_not_give_is_an_error(make):
    with pytest.raises(TemplateError):
        make.render("service.html")


def test_a_field_that_a_value_does_not_have_is_an_error(make):
    with pytest.raises(TemplateError):
        make.macro("verification-badge/verification-badge.html", "badge", {"confirmed": True})


def test_an_unknown_word_is_an_error(make):
    with pytest.raises(KeyError):
        words("en")("no.such.key")
