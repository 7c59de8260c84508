"""The directory of this repository, read once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from handrail.model import build
from handrail.registry.check import checked
from handrail.text.words import words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def directory():
    registry = checked(ROOT / "resources.yaml", date(2026, 11, 23))
    assert not [issue for issue in registry.issues if issue.is_error]
    return build.directory(registry)


@pytest.fixture(scope="session")
def t():
    return words("en")
