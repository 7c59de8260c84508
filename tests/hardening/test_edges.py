"""Edges that no other test noticed when one thing in the code was changed (``tools/mutate.py``)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from handrail.model.build import hours
from handrail.registry import reading
from handrail.text import escape

SKIPPED = {"time_zone": "Europe/London", "weekly": [{"days": ["sun"], "opens": "01:00", "closes": "02:00"}]}
"""Open for the hour that the clocks skip on 29 March 2026: on that day it does not open."""


def test_an_opening_that_the_clocks_skip_is_none():
    found = hours(SKIPPED)
    assert found
    state = found.state(datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert (state.kind, state.until) == ("closed", datetime(2026, 4, 5, 0, tzinfo=UTC))


def test_the_next_opening_is_looked_for_over_two_weeks():
    closed = hours({**SKIPPED, "exceptions": [{"date": "2026-06-14", "closed": "yes"}, {"date": "2026-06-21", "closed": "yes"}]})
    assert closed
    assert closed.state(datetime(2026, 6, 14, 12, tzinfo=UTC)).until == datetime(2026, 6, 28, 0, tzinfo=UTC)
    assert closed.state(datetime(2026, 6, 13, 12, tzinfo=UTC)).until is None


SHOWN = [("a\rb", "a\\rb"), ("a\tb", "a b"), ("a\nb", "a\\nb"), ("\U000e0041", "\\U000e0041"), ("\uffff\u2060", "\uffff\\u2060")]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_a_control_is_shown_by_its_usual_name(text, shown):
    assert escape.terminal(text) == shown


def test_line_ends_stay_where_lines_are_kept_and_are_escaped_in_a_command():
    assert escape.terminal_keep_lines("a\nb\r\tc\x1b") == "a\nb\r c\\u001b"
    assert escape.github_data("100%\r\n") == "100%25%0D%0A"
    assert escape.markdown_text("a\n b\tc") == "a b c"


def test_json_in_a_page_is_compact_and_keeps_lists_and_groups():
    value = {"a": [1, "</b>&\u2028\u2029~"], "c": None}
    assert json.loads(escape.json_in_html(value)) == value
    assert escape.json_in_html({"a": [1, 2], "b": "~é"}) == '{"a":[1,2],"b":"~é"}'


def test_a_file_of_exactly_the_most_bytes_is_read_and_one_more_is_not(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 6)
    assert reading.read(b"a: abc", "x").data == {"a": "abc"}
    assert [issue.code for issue in reading.read(b"a: abcd", "x").issues] == ["E105"]


@pytest.mark.parametrize("text", ["# A page\n", "", "--- and more\ntext\n"])
def test_a_page_without_front_matter_has_an_empty_group_and_no_issue(text):
    document = reading.read(text.encode(), "page.md", page=True)
    assert (document.data, document.issues) == ({}, [])


def test_front_matter_that_is_not_closed_is_an_issue_at_its_first_line():
    document = reading.read(b"---\ntitle: A\n", "page.md", page=True)
    assert document.data is None
    assert [(issue.code, issue.line, issue.column, issue.length) for issue in document.issues] == [("E110", 1, 1, 3)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_of_any_line_end_is_read_and_the_body_follows(end):
    text = end.join(("---  ", "title: A", "---", "Body"))
    document = reading.read(text.encode(), "page.md", page=True)
    assert document.data == {"title": "A"}
    assert document.text[document.body:] == "Body"


def test_a_mark_is_where_the_text_stands_and_as_long():
    document = reading.read(b"a: one\nb: two\n", "x")
    mark = reading.mark(document, 10, 3)
    assert (mark.line, mark.column, mark.length) == (2, 4, 3)
    assert reading.mark(document, 10).length == 1
    assert reading.mark(document, 10, 0).length == 1
    assert document.issue("E201", ("b",), "m").excerpt == "b: two"


@pytest.mark.parametrize(
    ("text", "says"),
    [("a: [1 2\nb: 3\n", "comma"), ("a: \"open\n", "never closed"), ("\ta: 1\n", "a tab"), ("a: b: c\n", "colon"), ("a: %x\n", "YAML")],
)
def test_a_slip_is_named_in_plain_words_with_a_way_out(text, says):
    issue = reading.read(text.encode(), "x").issues[0]
    assert issue.code == "E110"
    assert says in issue.message
    assert issue.help


def test_a_failure_inside_the_reader_is_an_issue(monkeypatch):
    def fails(self):
        raise RuntimeError("boom")

    monkeypatch.setattr(reading._Builder, "build", fails)
    document = reading.read(b"a: 1\n", "x")
    assert document.data is None
    assert [(issue.code, "RuntimeError" in issue.message) for issue in document.issues] == [("E100", True)]
