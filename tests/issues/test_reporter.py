"""Issues in each format, hostile texts in all of them."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handrail.issues.codes import CODES
from handrail.issues.issue import Issue, RegistryError
from handrail.issues.reporter import FORMATS, human, summary

ISSUE = Issue("content/a.yaml", 14, 9, "E203", '"Scotland" is not one of our regions', 'write it as "gb-sct"',
"contribute/fields/#coverage", 8, "      - Scotland")
WHOLE_FILE = Issue("b.yaml", 0, 0, "E101", "this file is missing", "check the name")
WARNING = Issue("b.yaml", 3, 0, "W402", "this web address is not encrypted (http)")

HOSTILE = [
    "::error::owned", "a\r\n::set-output name=x::y", "%0A::stop-commands::x", "\x1b[2J\x1b]8;;https://evil.example\x07", "| a | b |\n|---|",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))", "![x](https://evil.example/a.png)", "`", "\\", "a\u202eb", "a\u2028b", "</td></table>", '"},{"a":"', "\ud800", "\x00",
    "%", ",:=", "é😀",
]  # fmt: skip


def test_a_frame_shows_the_place_and_the_remedy() -> None:
    assert human([ISSUE]) == (
        'error[E203]: "Scotland" is not one of our regions\n'
        "  --> content/a.yaml:14:9\n"
        "   |\n"
        "14 |       - Scotland\n"
        "   |         ^^^^^^^^\n"
        '   = help: write it as "gb-sct"\n'
        "   = see:  contribute/fields/#coverage\n"
        "\n"
        "1 error, 0 warnings\n"
    )


def test_an_issue_of_a_whole_file_or_line_has_no_frame_to_underline() -> None:
    assert human([WHOLE_FILE, WARNING]) == (
        "error[E101]: this file is missing\n  --> b.yaml\n  = help: check the name\n\n"
        "warning[W402]: this web address is not encrypted (http)\n  --> b.yaml:3\n\n"
        "1 error, 1 warning\n"
    )


@pytest.mark.parametrize(("issues", "text"), [
    ([], "0 errors, 0 warnings"), ([ISSUE], "1 error, 0 warnings"), ([WARNING], "0 errors, 1 warning"), ([ISSUE] * 2 + [WARNING] * 2, "2 errors, 2 warnings"),
])  # fmt: skip
def test_the_last_line_counts(issues: list[Issue], text: str) -> None:
    assert summary(issues) == text
    assert human(issues).splitlines()[-1] == text


def test_colour_changes_nothing_but_colour() -> None:
    coloured = human([ISSUE, WARNING], color=True)
    assert "\x1b[31;1m" in coloured
    assert "\x1b[33;1m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == human([ISSUE, WARNING])
    assert "\x1b" not in human([ISSUE, WARNING])


def columns(text: str) -> int:
    return sum(0 if each == "\u0301" else 2 if "\u1100" <= each <= "\uffff" else 1 for each in text)


@pytest.mark.parametrize(("excerpt", "column", "length", "marked"), [
    ("a: b", 4, 1, "b"), ("\ta: b", 5, 1, "b"), ("中文: b", 5, 1, "b"), ("a\u202eb: c", 6, 1, "c"), ("e\u0301: b", 5, 1, "b"), ("a: 中文", 4, 2, "中文"),
    ("x" * 300 + "HERE" + "y" * 300, 301, 4, "HERE"), ("x" * 500 + "END", 501, 3, "END"), ("FIRST" + "x" * 500, 1, 5, "FIRST"), ("a: b", 4, 99, "b"),
])  # fmt: skip
def test_the_mark_stands_under_what_it_marks(excerpt: str, column: int, length: int, marked: str) -> None:
    lines = human([Issue("a", 1, column, "E203", "m", length=length, excerpt=excerpt)]).splitlines()
    line, under = lines[3].removeprefix("1 | "), lines[4].removeprefix("  | ")
    before = line[: line.index(marked)]
    assert len(under) - len(under.lstrip()) == columns(before)
    assert under.count("^") == columns(marked)
    assert columns(line) <= 130


def test_json_holds_every_field() -> None:
    records = json.loads(FORMATS["json"]([ISSUE, WARNING]))
    assert records[0] == {
        "code": "E203", "severity": "error", "file": "content/a.yaml",
        "line": 14, "column": 9, "length": 8, "message": ISSUE.message, "help": ISSUE.help, "see": ISSUE.see,
    }  # fmt: skip
    assert records[1]["severity"] == "warning"
    assert json.loads(FORMATS["json"]([])) == []


def test_github_gets_one_command_an_issue() -> None:
    assert FORMATS["github"]([ISSUE, WHOLE_FILE, WARNING]) == (
        '::error file=content/a.yaml,line=14,col=9,endColumn=17,title=E203::"Scotland" is not one of our regions%0Awrite it as "gb-sct"\n'
        "::error file=b.yaml,title=E101::this file is missing%0Acheck the name\n"
        "::warning file=b.yaml,line=3,col=1,endColumn=2,title=W402::this web address is not encrypted (http)\n"
    )


def test_sarif_names_its_rules_and_places() -> None:
    log = json.loads(FORMATS["sarif"]([ISSUE, WHOLE_FILE, WARNING, ISSUE]))
    run = log["runs"][0]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["rules"] == [{"id": code, "shortDescription": {"text": CODES[code]}} for code in ("E101", "E203", "W402")]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "error"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "content/a.yaml"}, "region": {"startLine": 14, "startColumn": 9, "endColumn": 17}}
    assert "region" not in run["results"][1]["locations"][0]["physicalLocation"]


def test_a_file_name_in_sarif_is_an_address() -> None:
    log = json.loads(FORMATS["sarif"]([Issue("a b/é#?.yaml", 0, 0, "E101", "m")]))
    address = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert address.isascii()
    assert not set(address) & set(" #?")
    assert unquote(address) == "a b/é#?.yaml"


def test_markdown_is_a_table_or_one_plain_line() -> None:
    assert FORMATS["markdown"]([]) == "No issues found.\n"
    out = MarkdownIt("gfm-like", {"linkify": False}).render(FORMATS["markdown"]([ISSUE, WHOLE_FILE]))
    assert re.findall(r"<td>(.*?)</td>", out) == [
        "content/a.yaml:14", "E203", "&quot;Scotland&quot; is not one of our regions", "write it as &quot;gb-sct&quot;", "b.yaml", "E101",
        "this file is missing", "check the name",
    ]  # fmt: skip


def hostile(text: str) -> Issue:
    return Issue(text, 3, 2, "E203", text, text, text, 4, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_text_in_every_format(text: str) -> None:
    issues = [hostile(text)]
    out = human(issues)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", out)
    assert len(out.splitlines()) == 9
    assert len(re.split("[\r\n]", FORMATS["github"](issues).removesuffix("\n"))) == 1
    assert len(json.loads(FORMATS["json"](issues))) == 1
    assert len(json.loads(FORMATS["sarif"](issues))["runs"][0]["results"]) == 1
    table = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(FORMATS["markdown"](issues))
    assert len(re.findall("<td>", table)) == 4
    assert set(re.findall("<([a-z]+)", table)) == {"p", "table", "thead", "tbody", "tr", "th", "td"}
    assert "javascript:" not in html.unescape(re.sub("<td>.*?</td>", "", table))


ISSUES = st.builds(
    Issue, st.text(), st.integers(0, 10**6), st.integers(0, 300), st.sampled_from(sorted(CODES)), st.text(), st.text(), st.text(), st.integers(1, 300),
    st.text(max_size=300),
)


@given(ISSUES)
def test_no_format_raises(issue: Issue) -> None:
    for write in FORMATS.values():
        assert write([issue])


def test_issues_sort_by_place_and_excerpts_do_not_count() -> None:
    early, late = Issue("a", 1, 2, "E203", "m", excerpt="x"), Issue("a", 1, 3, "E201", "m")
    assert sorted([late, early, Issue("b", 1, 1, "E101", "m"), WHOLE_FILE]) == [early, late, Issue("b", 1, 1, "E101", "m"), WHOLE_FILE]
    assert Issue("a", 1, 2, "E203", "m", excerpt="y") == early


def test_the_error_of_a_registry_carries_all_issues_sorted() -> None:
    error = RegistryError([WARNING, ISSUE])
    assert error.issues == [WARNING, ISSUE]
    assert str(error) == "1 error in the registry"
    assert str(RegistryError([ISSUE, WHOLE_FILE])) == "2 errors in the registry"


def test_codes_are_a_letter_and_three_digits_with_a_plain_meaning() -> None:
    for code, meaning in CODES.items():
        assert re.fullmatch(r"[EW][1-5]\d\d", code)
        assert meaning[0].islower() or meaning.split()[0].isupper()
        assert not meaning.endswith(".")
    assert list(CODES) == sorted(CODES, key=lambda code: code[1:])
    assert len({code[1:] for code in CODES}) == len(CODES)
