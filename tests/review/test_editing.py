"""Changes are written into an author's file, and every other byte stays."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.registry.editing import EditError, YamlText, flow
from handrail.registry.reading import read

FILE = """\
# Registry data: CC0 1.0.
id:   night      # the id never changes
name: 'Night Trust'
sources:
  - {id: site, url: "https://night.example.org", publisher: operator, dated: undated}

services:
  - id: night-line
    name: "Night Line"   # as they write it
    status: active
    summary: >-
      Somebody to talk to
      at night.
    topics: [loneliness, grief]   # two
    channels:
      # the number of the office
      - type: phone
        value: "0800 1111"
        seen: [site]

      - {type: web, value: "https://night.example.org",
         seen: [site]}
    seen:
      - site   # the first
      - other
    # the end of the entry

  - id: day-line
    verified:
      date: "2026-01-02"   # a Friday
      how: call
      by: coordinator
      what: [contacts]
    name: Day Line
# the end of the file
"""

CALL = {"date": "2026-03-12", "how": "live-website", "by": "mentor coordinator", "what": ["contacts", "hours"]}
LINE = 'verified: {date: "2026-03-12", how: live-website, by: mentor coordinator, what: [contacts, hours]}'


def changed(before: str, after: str) -> list[str]:
    """Return the lines that went (-) and came (+)."""
    return [line for line in difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)) if line[0] in "+-"]


def edited(change, text=FILE):
    file = YamlText(text.encode(), "night.yaml")
    change(file)
    return changed(text, file.raw.decode())


CASES = {
    "a field behind another": (
        lambda file: file.put(("services", 0), {"status_note": "Nobody answers: since May."}, after=("status",)),
        ["+     status_note: \"Nobody answers: since May.\"\n"]),
    "a value in quotes": (lambda file: file.put((), {"name": "Day Trust"}), ["- name: 'Night Trust'\n", "+ name: Day Trust\n"]),
    "a value with a comment behind it": (
        lambda file: file.put(("services", 0), {"name": "Late Line"}),
        ['-     name: "Night Line"   # as they write it\n', "+     name: Late Line   # as they write it\n"]),
    "a text over several lines": (
        lambda file: file.put(("services", 0), {"summary": "Short."}),
        ["-     summary: >-\n", "-       Somebody to talk to\n", "-       at night.\n", '+     summary: Short.\n']),
    "a group in a block": (lambda file: file.put(("services", 0, "channels", 0), {"verified": CALL}), [f"+         {LINE}\n"]),
    "a group inside brackets": (
        lambda file: file.put(("services", 0, "channels", 1), {"verified": {"date": "2026-03-12"}}),
        ["-          seen: [site]}\n", '+          seen: [site], verified: {date: "2026-03-12"}}\n']),
    "a group that is there already, field by field": (
        lambda file: file.put(("services", 1), {"verified": {"date": "2026-03-12", "how": "call", "by": "mentor coordinator"}}),
        ['-       date: "2026-01-02"   # a Friday\n', '+       date: "2026-03-12"   # a Friday\n', "-       by: coordinator\n",
         "-       what: [contacts]\n", "+       by: mentor coordinator\n"]),
    "a list instead of a list": (
        lambda file: file.put(("services", 0), {"topics": ["grief"]}),
        ["-     topics: [loneliness, grief]   # two\n", "+     topics: [grief]   # two\n"]),
    "an item of a list inside brackets": (
        lambda file: file.remove_item(("services", 0, "topics"), "grief"),
        ["-     topics: [loneliness, grief]   # two\n", "+     topics: [loneliness]   # two\n"]),
    "the first item of a list inside brackets": (
        lambda file: file.remove_item(("services", 0, "topics"), "loneliness"),
        ["-     topics: [loneliness, grief]   # two\n", "+     topics: [grief]   # two\n"]),
    "an item of a list in lines": (lambda file: file.remove_item(("services", 0, "seen"), "other"), ["-       - other\n"]),
    "the first item of a list in lines": (lambda file: file.remove_item(("services", 0, "seen"), "site"), ["-       - site   # the first\n"]),
    "the last item of all": (
        lambda file: file.remove_item(("services", 0, "channels", 0, "seen"), "site"),
        ["-         seen: [site]\n", "+         seen: []\n"]),
    "a field is taken out": (lambda file: file.remove(("services", 0), "status"), ["-     status: active\n"]),
}


@pytest.mark.parametrize("name", CASES)
def test_only_what_is_meant_changes(name):
    change, difference = CASES[name]
    assert sorted(edited(change)) == sorted(difference)


@pytest.mark.parametrize("name", CASES)
def test_line_ends_and_byte_order_marks_stay(name):
    change, _ = CASES[name]
    file, other = YamlText(FILE.encode(), "night.yaml"), YamlText(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode(), "night.yaml")
    change(file)
    change(other)
    assert other.raw == b"\xef\xbb\xbf" + file.raw.replace(b"\n", b"\r\n")


def test_a_list_of_one_line_is_emptied():
    file = YamlText(b"lines:\n  - one   # the only one\nnote: a\n", "a.yaml")
    file.remove_item(("lines",), "one")
    assert file.data == {"lines": [], "note": "a"}


def test_a_file_with_mistakes_is_not_changed():
    with pytest.raises(EditError, match="before its mistakes are mended"):
        YamlText(b"a: [\n", "a.yaml")


def test_a_file_without_an_end_of_line_takes_a_new_field():
    file = YamlText(b"a: b", "a.yaml")
    file.put((), {"c": "d"})
    assert file.raw == b"a: b\nc: d"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=60))
def test_every_text_is_read_back_as_it_was_written(text):
    document = read(f"key: {flow(text)}\nlist: {flow([text, 'b'])}\n".encode(), "a.yaml")
    if document.data is not None:
        assert document.data == {"key": text, "list": [text, "b"]}
    else:
        assert {issue.code for issue in document.issues} == {"E404"}


def test_every_file_of_the_registry_takes_a_verification_without_another_change(root):
    for path in sorted(root.glob("content/organizations/**/*.yaml")):
        raw = path.read_bytes()
        file = YamlText(raw, path.name)
        for index, service in enumerate(file.data["services"]):
            file.put(("services", index), {"verified": CALL}, after=("summary",))
            for position in range(len(service.get("channels", ()))):
                file.put(("services", index, "channels", position), {"verified": CALL})
        assert not [line for line in changed(raw.decode(), file.raw.decode()) if line.startswith("-") and "{" not in line], path
