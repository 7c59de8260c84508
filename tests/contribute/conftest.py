"""The modules of the form, run in node on data from Python."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.schemas import library
from handrail.text import zones
from handrail.text.words import words
from tests.site.language import REGISTRY, write_project

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCRIPTS = ROOT / "plugins/handrail/theme/scripts/form"


def run(task: str, **given: Any) -> Any:
    given = {"words": words("en").texts, "zones": sorted(zones.known()), "schema": library.resolved("organization"), **given}
    return run_plain(task, given)


def run_plain(task: str, given: Any) -> Any:
    done = subprocess.run(["node", str(HERE / "form.mjs"), str(SCRIPTS), task], input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def form() -> Any:
    return run


@pytest.fixture(scope="session")
def form_plain() -> Any:
    return run_plain


NIGHT_FILE = """\
# yaml-language-server: $schema=../../../schema/organization.json
id: night
name: Night Trust   # as it writes itself
kind: charity
regions: [av]
sources:
  - id: site
    url: https://www.night.example.org/contact
    publisher: operator
    dated: undated
    read_as: stored-copy
services:
  # The line at night.
  - id: night-line
    name: Night Line
    kind: warm-line
    summary: Somebody to talk to at night.
    for_whom: Anyone in Avalon.
    topics: [loneliness]
    coverage:
      regions: [av]
    channels:
      - type: phone
        value: "0800 1111"  # free
        hours:
          always: yes
        seen: [site]
    seen: [site]
"""


def small_registry(folder: Path, plugins: tuple[str, ...] = ("handrail",)) -> Path:
    """Write a small registry with one organization in a file of its own; return its mkdocs.yml."""
    site = {**REGISTRY["site"], "repository": {"url": "https://github.com/example/small", "branch": "main", "kind": "github"}}
    data = {key: value for key, value in REGISTRY.items() if key != "organizations"} | {"site": site, "include": ["content/organizations/**/*.yaml"]}
    config = write_project(folder, raw=yaml.safe_dump(data, sort_keys=False), plugins=plugins)
    (folder / "content/organizations/av").mkdir(parents=True)
    (folder / "content/organizations/av/night.yaml").write_text(NIGHT_FILE, "utf-8")
    return config
