"""What nobody confirmed for too long stands lower by the reader's own day; crisis lines never do."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

from handrail.model import build as model
from handrail.model.values import Verification
from handrail.registry.check import checked
from handrail.search.build import FOLDER, build
from handrail.text.words import words
from tests.site.language import service, write_project

GROUPS = Path(__file__).resolve().parents[2] / "plugins/handrail/theme/scripts/search/groups.mjs"
CHECK = Verification(date(2026, 1, 10), "call", "mentor coordinator")


def due(tmp_path: Path, **changes: object) -> list[list[object]]:
    write_project(tmp_path, service(), service(id="other-line", name="Other Line"))
    directory = model.directory(checked(tmp_path / "resources.yaml", date(2026, 11, 23)))
    changed = replace(directory.services["night-line"], verified=CHECK, **changes)
    files = dict(build(replace(directory, services={**directory.services, "night-line": changed}), (), words("en")).files)
    found: list[list[object]] = json.loads(files[f"{FOLDER}/manifest.json"])["due"]
    return found


def sunk(results: list[dict[str, object]], list_of_due: list[list[object]], today: str) -> list[int]:
    call = f"sunk({json.dumps(results)}, {json.dumps(list_of_due)}, '{today}')"
    program = f"import {{ sunk }} from {json.dumps(GROUPS.as_uri())}; console.log(JSON.stringify({call}.map((each) => each.number)));"
    done = subprocess.run(["node", "--input-type=module", "-e", program], capture_output=True, text=True, check=True)
    found: list[int] = json.loads(done.stdout)
    return found


def test_only_what_was_confirmed_once_has_a_day_after_which_it_is_due(tmp_path):
    assert due(tmp_path) == [[0, "2027-01-10"]]


def test_crisis_lines_are_never_due(tmp_path):
    assert due(tmp_path, crisis=True) == []


def test_after_that_day_it_stands_lower_and_is_still_there():
    results = [{"number": 0, "score": 1.0}, {"number": 1, "score": 0.9}]
    assert sunk(results, [[0, "2027-01-10"]], "2027-01-10") == [0, 1]
    assert sunk(results, [[0, "2027-01-10"]], "2027-01-11") == [1, 0]


def test_in_lists_without_words_it_stands_last():
    results = [{"number": 0, "score": 0}, {"number": 1, "score": 0}]
    assert sunk(results, [[0, "2027-01-10"]], "2028-01-01") == [1, 0]
