"""Templates of our own: what they escape, and what they refuse."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import html5lib
import pytest
from minijinja import TemplateError

from handrail.pages.environment import THEME, templates
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


PLACES = {
    "as part of a tag": {"level", "level + 1", "attributes", "described(f)"},  # numbers, and pieces of markup that a template puts together itself
    "style": {"css"}, "script": {"script", "find.config", "mine.checklist | tojson"},  # files of this project, and data that is escaped for where it stands
}


class _Places(HTMLParser):
    """Notes which values of a template stand anywhere but in text or in a quoted value that is no script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: set[tuple[str, str]] = set()
        self.inside = ""

    def _note(self, where: str, text: str) -> None:
        self.found |= {(where, value) for value in re.findall("\x01(.*?)\x01", text, re.DOTALL)}

    def handle_starttag(self, tag, attrs):
        self._note("as part of a tag", re.sub('="[^"]*"', "", self.get_starttag_text() or ""))
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self._note(name, value or "")
        self.inside = tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside:
            self._note(self.inside, data)

    def handle_comment(self, data):
        self._note("comment", data)


def test_values_stand_only_where_an_escaped_text_is_harmless():
    found = set()
    for path in (*THEME.glob("pages/*.html"), *THEME.glob("components/*/*.html")):
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"\{\{-?\s*(.*?)\s*-?\}\}", lambda place: "\x01" + re.sub('["<>]', "", place[1]) + "\x01", text, flags=re.DOTALL)
        places = _Places()
        places.feed(re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL))
        places.close()
        found |= places.found
    assert found == {(where, value) for where, values in PLACES.items() for value in values}


def test_words_with_places_are_put_into_a_template_once_and_read_as_when_they_are_asked_for(make):
    put_in = make._source("contact/contact.html")
    assert "t('source.ref'" not in put_in
    assert make.macro("contact/contact.html", "refs", [7]).count(words("en")("source.ref", number=7)) == 1
    make._environment.add_template("x.html", make._fixed("{{ t('count.services', count=n) }}: {{ t('crisis.directory', name=n) }}"))
    assert make._environment.render_template("x.html", n=1) == f"{words('en')('count.services', count=1)}: {words('en')('crisis.directory', name=1)}"


def test_no_word_reads_as_a_piece_of_a_template():
    assert [key for key, text in words("en").texts.items() if re.search(r"\{[{%#]|[}%#]\}", text)] == []


HOSTILE = "</script><script>alert(1)</script>\"'`<!--&amp;\u2028"
FILTERS = ("value", "value | trim", "[value, value] | join(', ')", "'<b>' ~ value", "value | default('')", "value | replace('x', 'y')", "value[:100]",
           "value | first", "value | capitalize", "value | string", "[value] | first", "{'a': value}.a", "value | upper | lower", "(value, value) | last")


@pytest.mark.parametrize("expression", FILTERS)
def test_no_filter_lets_a_text_become_markup(make, expression):
    made = make._environment.render_str(f"<p title=\"{{{{ {expression} }}}}\">{{{{ {expression} }}}}</p>", "x.html", value=HOSTILE)
    tree = html5lib.parseFragment(made, namespaceHTMLElements=False)
    assert [(each.tag, sorted(each.keys())) for each in tree.iter()][1:] == [("p", ["title"])]


def test_data_in_a_script_block_cannot_end_it_and_reads_as_it_was(make):
    made = make._environment.render_str("<script type='application/json'>{{ value | tojson }}</script>", "x.html", value={"a": HOSTILE})
    tree = html5lib.parseFragment(made, namespaceHTMLElements=False)
    assert json.loads(tree.findtext("script")) == {"a": HOSTILE}
    assert len(list(tree)) == 1
