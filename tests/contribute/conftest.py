"""The modules of the form, run in node on data from Python."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from handrail.schemas import library
from handrail.text import zones
from handrail.text.words import words

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
