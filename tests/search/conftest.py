"""Shared by the tests of search: lunr.js as MkDocs carries it, and a way to run a script in node."""

import json
import subprocess
from pathlib import Path
from typing import Any

import mkdocs.contrib.search
import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCRIPTS = ROOT / "plugins/handrail/theme/scripts/search"
LUNR_JS = Path(mkdocs.contrib.search.__file__).parent / "templates/search/lunr.js"


def run_node(script: str, *arguments: object, text: str = "") -> Any:
    """Return the JSON that a script of this folder writes."""
    command = ["node", str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def node() -> Any:
    return run_node


@pytest.fixture(scope="session")
def lunr_js() -> Path:
    return LUNR_JS
