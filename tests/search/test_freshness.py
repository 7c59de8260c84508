"""What nobody confirmed for too long stands lower by the reader's own day; crisis lines never do."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from handrail.model import build as model
from handrail.model.values import Verification
from handrail.registry.check import checked
from handrail.search.build import FOLDER, build
from handrail.text.words import words
from tests.site.language import service, write_project

RANK = Path(__file__).resolve().parents[2] / "plugins/handrail/theme/scripts/search/rank.mjs"
CHECK = Verification(date(2026, 1, 10), "call", "mentor coordinator")


def due(tmp_path: Path, **changes: object) -> list[list[object]]:
    write_project(tmp_path, service(), service(id="other-line", name="Other Line"))
    directory = model.directory(checked(tmp_path / "resources.yaml", date(2026, 11, 23)))
    changed = replace(directory.services["night-line"], verified=CHECK, **changes)
    files = dict(build(replace(directory, services={**directory.services, "night-line": changed}), (), words("en")).files)
    found: list[list[object]] = json.loads(files[f"{FOLDER}/manifest.json"])["due"]
    return found


def ordered(scores: list[float], list_of_due: Sequence[list[object]] = (), today: str = "2026-01-01") -> list[int]:
    call = f"ranked({list(range(len(scores)))}, {json.dumps(scores)}, sunk({json.dumps(list_of_due)}, '{today}'))"
    program = f"import {{ ranked, sunk }} from {json.dumps(RANK.as_uri())}; console.log(JSON.stringify([...{call}]));"
    done = subprocess.run(["node", "--input-type=module", "-e", program], capture_output=True, text=True, check=True)
    found: list[int] = json.loads(done.stdout)
    return found


def test_only_what_was_confirmed_once_has_a_day_after_which_it_is_due(tmp_path):
    assert due(tmp_path) == [[0, "2027-01-10"]]


def test_crisis_lines_are_never_due(tmp_path):
    assert due(tmp_path, crisis=True) == []


def test_after_that_day_it_stands_lower_and_is_still_there():
    assert ordered([1.0, 0.9], [[0, "2027-01-10"]], "2027-01-10") == [0, 1]
    assert ordered([1.0, 0.9], [[0, "2027-01-10"]], "2027-01-11") == [1, 0]


def test_in_lists_without_words_it_stands_last():
    assert ordered([0, 0], [[0, "2027-01-10"]], "2028-01-01") == [1, 0]


def test_results_stand_by_score_and_then_by_number():
    chance = random.Random(3)
    scores = [round(chance.random() * chance.choice((1, 1, 100)), chance.choice((1, 6))) for _ in range(3000)]
    assert ordered(scores) == sorted(range(len(scores)), key=lambda number: (-scores[number], number))
