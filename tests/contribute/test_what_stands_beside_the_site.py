"""What the form reads stands beside the site, where anybody can read it: nothing that left every page is in it."""

from __future__ import annotations

import json
import re
from datetime import date

from handrail.registry.loading import load
from handrail.review.suspend import suspend
from tests.contribute.conftest import NIGHT_FILE, small_registry
from tests.site.language import build_project

DRAFT = """
  - id: day-line
    name: Day Line
    kind: helpline
    status: draft
    status_note: It waits for a page.
    summary: Somebody to talk to by day.
    topics: [grief]
    coverage: {regions: [av]}
    channels:
      - {type: phone, value: "0800 5555", seen: [site]}
    seen: [site]
"""


def two(tmp_path):
    config = small_registry(tmp_path)
    other = NIGHT_FILE.replace("id: night\n", "id: dawn\n").replace("night-line", "dawn-line").replace("name: Night", "name: Dawn")
    (config.parent / "content/organizations/av/dawn.yaml").write_text(other.replace("0800 1111", "0800 3333"), "utf-8")
    return config


def test_a_number_that_was_taken_out_is_in_no_file_that_the_form_reads(tmp_path):
    config = two(tmp_path)
    before = build_project(config)
    assert "0800 1111" in (before.folder / "assets/handrail/source/night.txt").read_text("utf-8")
    suspend(load(config.parent / "resources.yaml"), "night-line", "Nobody answers.", ["dawn-line"], date(2026, 11, 23))
    after = build_project(config)
    number = re.compile(rb"0?800[ -]?1111")
    assert [path for path in after.folder.rglob("*") if path.is_file() and number.search(path.read_bytes())] == []
    assert (after.folder / "assets/handrail/source/night.txt").read_text("utf-8").rstrip().endswith("- id: night-line")
    assert json.loads((after.folder / "assets/handrail/form/form.json").read_text("utf-8"))["parts"]["night"]["held"] == [[0]]
    assert after.page("services/night-line").has_link("../../contribute/change/#org=night&service=night-line")
    assert [link for link in after.page("services/night-line").links() if "Correction%3A%20night-line" in link], "an entry that is taken out can be wrong, too"
    assert after.page("services/dawn-line").has_link("../../contribute/change/#org=dawn&service=dawn-line")


def test_of_a_draft_the_form_knows_the_id_and_nothing_else(tmp_path):
    config = two(tmp_path)
    path = config.parent / "content/organizations/av/night.yaml"
    path.write_text(NIGHT_FILE + DRAFT, "utf-8")
    known = json.loads((build_project(config).folder / "assets/handrail/form/known.json").read_text("utf-8"))
    [draft] = [each for each in known["services"] if each["id"] == "day-line"]
    assert draft == {"id": "day-line", "names": [], "organization": "night", "line": 30, "status": "draft", "numbers": {}, "sites": []}
