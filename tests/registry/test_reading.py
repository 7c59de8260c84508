"""The one loader: what it reads as written, what it refuses, and that nothing makes it raise."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.registry import reading, shape
from handrail.registry.reading import Document, Mark, Unquoted, place, read, unquoted_number


def loaded(text: str | bytes) -> Document:
    return read(text if isinstance(text, bytes) else text.encode(), "file.yaml")


def codes(text: str | bytes) -> list[str]:
    return [issue.code for issue in loaded(text).issues]


AS_WRITTEN = ["01234567", "116_123", "17:30", "NO", "no", "on", "off", "yes", "Yes", "true", "False", "0x1F", "0b101", "0o17", "1e3", ".inf", ".nan",
    "+44...", "2026-11-23", "2026-11-23T10:00:00Z", "12,5", "1.5", "-3", "+5", "+441234", "1_000.5", "190:20:30", "=", "y", "n", "NaN", "988", "0800",
    "00", "007"]


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_a_scalar_stays_the_text_of_its_author(text: str) -> None:
    document = loaded(f"a: {text}\nb: [{text}]\n" if "," not in text else f"a: {text}\nb: ['{text}']\n")
    assert document.data == {"a": text, "b": [text]}
    assert document.issues == []


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_what_another_reader_changes_is_marked(text: str) -> None:
    value = loaded(f"a: {text}\n").data["a"]
    changed = yaml.safe_load(f"a: {text}\n")["a"] != text if text != "=" else True
    assert (type(value) is Unquoted) == changed


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_a_text_in_quotes_is_never_marked(text: str) -> None:
    data = loaded(f"a: \"{text}\"\nb: '{text}'\nc: |\n  {text}\n").data
    assert [type(value) for value in data.values()] == [str] * 3


@pytest.mark.parametrize(("text", "code"), [
    ("a: &x b\n", "E112"), ("a: &x [b]\n", "E112"), ("a: &x {b: c}\n", "E112"), ("&x a: b\n", "E112"), ("a: *x\n", "E112"), ("*x : b\n", "E112"),
    ("a: !!int 3\n", "E113"), ("a: !!bool yes\n", "E113"), ("a: !!python/object:os.system {}\n", "E113"), ("a: !local b\n", "E113"),
    ("a: ! b\n", "E113"), ("!!str a: b\n", "E113"), ("a: !!binary aGVsbG8=\n", "E113"), ("!!map\na: b\n", "E113"),
    ("a: b\n---\nc: d\n", "E114"), ("--- a\n--- b\n", "E114"), ("a: b\n...\n---\nc: d\n", "E114"),
    ("a: b\na: c\n", "E115"), ("a: b\n'a': c\n", "E115"), ("x: {a: 1, a: 2}\n", "E115"), ("x:\n  - {a: b, a: c}\n", "E115"),
    ("<<: {a: b}\n", "E116"), ("a: {<<: {b: c}}\n", "E116"),
    ("? [a]\n: b\n", "E118"), ("? {a: b}\n: c\n", "E118"), ("{[a]: b}\n", "E118"),
    ("a:\n", "E119"), ("a: ~\n", "E119"), ("a: null\n", "E119"), ("a: Null\n", "E119"), ("a: NULL\n", "E119"), ("- \n- a\n", "E119"), ("a: [~]\n", "E119"),
    ("", "E121"), ("\n\n", "E121"), ("# nothing\n", "E121"), ("---\n", "E121"), ("---\n...\n", "E121"), ("~\n", "E121"), ("null\n", "E121"),
    ("\ufeff", "E121"),
    ("a: [b\n", "E110"), ("a: 'b\n", "E110"), ('a: "b\n', "E110"), ("a: {b: c\n", "E110"), ("a: b: c\n", "E110"), ("\ta: b\n", "E110"), ("a:\n\t- b\n",
    "E110"),
    ("a: @b\n", "E110"), ("a: `b\n", "E110"), ("a: %b\n", "E110"), ("- a\nb: c\n", "E110"), ("a: b\n c: d\n", "E110"), ('a: "\\ud800"\n', "E110"),
    ('a: "\\q"\n', "E110"),
    ("%YAML 9.9\n---\na: b\n", "E110"), ("a: b\rc: [\r", "E110"), ("a: b\rc: [\r\t", "E110"), ("a: b\n}\n", "E110"), ("]", "E110"),
    ("a: \x00\n", "E404"), ("a\x00\n", "E404"), ("a: \x1b[31m\n", "E404"), ("a: \u202eb\n", "E404"), ("a: \u200bb\n", "E404"), ("a: b\x85\n", "E404"),
    ("a: b\u2028c: d\n", "E404"), ("a: \ufeffb\n", "E404"), ("\ufeff\ufeffa: b\n", "E404"), ("a: \ufffd\n", "E404"), ("a: \U000e0041\n", "E404"),
    ('a: "\\0"\n', "E404"), ('a: "\\u202e"\n', "E404"), ('a: "\\x1b[31m"\n', "E404"), ('a: "\\U000E0041"\n', "E404"), ('"\\u200b": a\n', "E404"),
    ('a: "\\N"\n', "E404"),
    ("a: " + "[" * 30 + "\n", "E117"),
])  # fmt: skip
def test_a_refusal_has_its_code_and_no_data(text: str, code: str) -> None:
    document = loaded(text)
    assert code in {issue.code for issue in document.issues}
    assert document.data is None


@pytest.mark.parametrize("raw", [
    "a: café\n".encode("latin-1"), "a: b\n".encode("utf-16"), "a: b\n".encode("utf-16-le"), b"\xff\xfea", b"a: \xed\xa0\x80\n", b"a: \xc0\x80\n", b"\x80",
    b"a: \xf4\x90\x80\x80\n",
])  # fmt: skip
def test_bytes_that_are_no_utf_8_are_one_issue_or_hidden_characters(raw: bytes) -> None:
    document = loaded(raw)
    assert document.data is None
    assert {issue.code for issue in document.issues} <= {"E104", "E404"}
    assert document.issues


def test_the_place_of_a_wrong_byte_counts_characters() -> None:
    issue = loaded("a: ok\nb: ééé ".encode() + b"\xe9\n").issues[0]
    assert (issue.line, issue.column, issue.excerpt) == (2, 8, "b: ééé \ufffd")


@pytest.mark.parametrize("text", ["\ufeffa: b\n", "a: b\r\n", "a: b", "a: b\r", "\r\n\r\na: b\r\n", "---\na: b\n...\n", "%YAML 1.1\n---\na: b\n"])
def test_marks_and_line_ends_of_other_editors_change_nothing(text: str) -> None:
    assert loaded(text).data == {"a": "b"}
    assert codes(text) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_the_same_with_every_line_end(ending: str) -> None:
    document = loaded(ending.join(["# é", "a: b", "c:", "  - d: 988", ""]))
    issue = document.issue("E204", ("c", 0, "d"), "message")
    assert (issue.line, issue.column, issue.length, issue.excerpt) == (4, 8, 3, "  - d: 988")


@pytest.mark.parametrize("text", ["[" * 60_000, "{a: " * 60_000, "- " * 60_000, "a: " + "[" * 60_000 + "]" * 60_000, "? " * 60_000])
def test_sixty_thousand_brackets_end_in_an_issue(text: str) -> None:
    assert codes(text)[0] in {"E117", "E110", "E118"}


def test_a_file_as_deep_as_it_may_be_is_read() -> None:
    assert codes("[" * reading.MAX_DEPTH + "]" * reading.MAX_DEPTH) == []
    assert codes("[" * (reading.MAX_DEPTH + 1) + "]" * (reading.MAX_DEPTH + 1)) == ["E117"]


def test_too_many_bytes_and_too_many_values_are_one_issue_each(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(b" " * (reading.MAX_BYTES + 1)) == ["E105"]
    monkeypatch.setattr(reading, "MAX_VALUES", 5)
    assert codes("[a, b, c, d]") == []
    assert codes("[a, b, c, d, e]") == ["E122"]


def test_one_bad_field_does_not_hide_another() -> None:
    assert codes("a: &x b\nc: *x\nd: !!int 3\nd: e\nf:\n") == ["E112", "E112", "E113", "E115", "E119"]


def test_many_warnings_never_crowd_out_an_error() -> None:
    text = "".join(f"{number}: a\n" for number in range(300)) + "b: c\nb: d\n"
    document = loaded(text)
    assert document.data is None
    assert "E115" in {issue.code for issue in document.issues}


def test_a_field_name_that_others_change_is_a_warning_and_stays_text() -> None:
    document = loaded("on: a\nno: b\n1: c\n")
    assert list(document.data) == ["on", "no", "1"]
    assert [issue.code for issue in document.issues] == ["W123"] * 3
    assert {type(key) for key in document.data} == {str}


def test_every_value_and_key_has_its_place() -> None:
    document = loaded("a: b\nc:\n  - d: [x, y]\n    e: |\n      long\n      text\n")
    marks = document.marks
    places = {path: (mark.line, mark.column) for path, mark in marks.values.items()}
    assert places == {(): (1, 1), ("a",): (1, 4), ("c",): (3, 3), ("c", 0): (3, 5), ("c", 0, "d"): (3, 8), ("c", 0, "d", 0): (3, 9),
    ("c", 0, "d", 1): (3, 12),
                      ("c", 0, "e"): (4, 8)}
    assert marks.at(("c", 0, "d"), key=True).column == 5
    assert marks.at(("c", 0, "nothing", 7)) == marks.values["c", 0]
    assert marks.at(("nowhere",)) == marks.values[()]


def test_the_lines_of_entries_are_known_without_a_second_reading() -> None:
    document = loaded("services:\n  - id: a\n    channels:\n      - type: phone\n      - {type: chat}\n  - id: b\n")
    assert document._marks is None
    assert document.starts == {("services", 0): 2, ("services", 0, "channels", 0): 4, ("services", 0, "channels", 1): 5, ("services", 1): 6}


def test_the_places_of_a_broken_file_do_not_raise() -> None:
    assert loaded("a: b\nc: [\n").marks.values["a",].line == 1


@pytest.mark.parametrize(("text", "number"), [
    ("0", True), ("16", True), ("-1.55", True), ("999999999", True), ("9999999999", False), ("018", False), ("1_000", False), ("1e3", False), ("", False),
    ("0x10", False), (".5", False), ("5.", False), ("+5", False), ("١٢", False), ("1\n", False), ("0.5", True), ("-0", True),
])  # fmt: skip
def test_a_number_is_written_as_people_write_it(text: str, number: bool) -> None:
    assert unquoted_number(text) is number


YAML_BITS = st.lists(st.sampled_from([
    "a", "b", ": ", ":", "- ", "\n", "  ", "\t", "[", "]", "{", "}", ",", "&x ", "*x", "!!int ", "! ", "<<", "? ", "|", ">", "'", '"', "\\", "\\u202e",
    "---\n", "...\n",
    "%YAML 1.1\n", "#", "~", "null", "988", "17:30", "no", "\r", "\r\n", "\x00", "\x85", "\u2028", "\ufeff", "\u202e", "é", "\U0001f600", "@", "`", "=",
]), max_size=40).map("".join)  # fmt: skip


def never_raises(raw: bytes) -> None:
    document = read(raw, "file.yaml")
    assert document.data is not None or document.issues
    assert all(issue.line >= 0 and issue.code[0] in "EW" for issue in document.issues)
    assert not (document.data is not None and any(issue.is_error for issue in document.issues))
    marks = document.marks
    for kind in ("organization", "registry"):
        data = shape.typed(document, document.data, kind)
        shape.check(document, data, kind)
    assert all(mark.line >= 1 and mark.column >= 1 for mark in (*marks.values.values(), *marks.keys.values()))


@given(st.binary(max_size=200))
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_data_or_issues(raw: bytes) -> None:
    never_raises(raw)


@given(YAML_BITS, YAML_BITS)
@settings(deadline=None, max_examples=300)
def test_any_front_matter_is_data_or_issues(text: str, body: str) -> None:
    for raw in (text.encode(), f"---\n{text}\n---\n{body}".encode()):
        document = read(raw, "page.md", page=True)
        assert document.data is not None or document.issues
        assert all(mark.line >= 1 for mark in document.marks.values.values())


@given(YAML_BITS)
@settings(deadline=None, max_examples=600)
def test_any_text_made_of_yaml_is_data_or_issues(text: str) -> None:
    never_raises(text.encode())


TREES = st.recursive(
    st.text(max_size=8) | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6) | st.sampled_from(["id", "name", "services", "channels",
    "no"]), inner, max_size=4),
    max_leaves=12,
)


@given(TREES)
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_another_program_writes_is_data_or_issues(tree: Any) -> None:
    never_raises(yaml.safe_dump(tree, allow_unicode=True).encode())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20))
@settings(deadline=None)
def test_a_quoted_text_comes_back_as_it_was(text: str) -> None:
    document = loaded("a: '" + text.replace("'", "''") + "'\n")
    assert document.issues or document.data == {"a": text}


def test_issues_of_a_document_come_in_the_order_of_its_lines() -> None:
    lines = [issue.line for issue in loaded("a: &x b\nc: *x\nc: d\ne:\n").issues]
    assert all(before <= after for before, after in pairwise(lines))


@pytest.mark.parametrize(("raw", "page", "remedy"), [
    (b"---\ntitle: x\n", True, "write --- on a line of its own after the last field"),
    (b"a: \xff\n", False, "save the file as UTF-8 in your editor"),
    (b"a:\n\tb: c\n", False, "indent with spaces"),
    (b"a: b: c\n", False, "put the text that holds the colon in quotes"),
    (b"a: [b\n", False, "put a comma between two items, and close the bracket"),
    (b"? [a]\n: b\n", False, "write a field as name: value"),
])
def test_every_refusal_says_what_to_do(raw: bytes, page: bool, remedy: str) -> None:
    assert [issue.help for issue in read(raw, "a.md" if page else "a.yaml", page=page).issues] == [remedy]


def test_a_place_behind_the_last_line_has_no_line_to_show() -> None:
    document = read(b"a: [b", "a.yaml")
    assert [(issue.line, issue.excerpt) for issue in document.issues] == [(2, "")]
    assert place(document, Mark(1, 1, 1), "E110", "on the last line").excerpt == "a: [b"
