"""What is taken from others is named, and the same sources give the same wheel."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def notices():
    spec = importlib.util.spec_from_file_location("notices", ROOT / "tools/notices.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bill_of_materials_and_the_notices_are_those_of_the_locks(notices):
    assert [name for name, make in notices.FILES.items() if (ROOT / name).read_text("utf-8") != make()] == []


def test_the_bill_names_every_locked_package_with_a_hash(notices):
    listed = {each["purl"]: each for each in json.loads(notices.bill())["components"]}
    locked = re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert len(locked) > 20
    assert {f"pkg:pypi/{name}@{version}" for name, version in locked} == {purl for purl in listed if purl.startswith("pkg:pypi/")}
    assert {"pkg:npm/lean-qr", "pkg:npm/%40cfworker/json-schema"} <= {purl.rpartition("@")[0] for purl in listed}
    digests = {purl: [one["content"] for one in each["hashes"]] for purl, each in listed.items()}
    assert [purl for purl, each in digests.items() if not each or not all(re.fullmatch("[0-9a-f]{64,128}", one) for one in each)] == []


def test_every_part_of_others_that_a_site_ships_has_its_licence_in_the_notices(notices):
    text = notices.notices()
    assert all(f"\n## {name}\n" in text for name in ("Material for MkDocs", "Material Design Icons", "lunr.js", "Atkinson Hyperlegible", "lean-qr"))
    vendored = {path.name for path in (ROOT / "plugins/handrail/theme/vendor").iterdir() if not path.name.endswith(".LICENSE.txt")}
    assert [name for name in vendored if name not in text] == []


def test_who_finds_a_weakness_is_told_where_to_say_so():
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in text
    assert "published" in text


def test_two_wheels_from_different_surroundings_are_the_same_bytes(tmp_path):
    digests = set()
    for name, zone, seed in (("one", "Pacific/Kiritimati", "1"), ("two", "America/Los_Angeles", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LANG": "C", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1790000000"}
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / name)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        digests.add(hashlib.sha256(next((tmp_path / name).glob("*.whl")).read_bytes()).hexdigest())
    assert len(digests) == 1
