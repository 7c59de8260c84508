"""The directory of this repository, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model import build
from handrail.registry.loading import load
from handrail.text.words import words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def directory():
    registry = load(ROOT / "resources.yaml")
    assert not [issue for issue in registry.issues if issue.is_error]
    return build.directory(registry)


@pytest.fixture(scope="session")
def t():
    return words("en")
