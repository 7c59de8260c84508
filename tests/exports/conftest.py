"""The directory of this repository, read once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.compiler.site import compile
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


@pytest.fixture(scope="session")
def site():
    """The reference site as it is compiled, with its own address."""
    docs = ROOT / "content"
    written = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
    return compile(ROOT / "resources.yaml", today=date(2026, 11, 23), written=written, base="https://handrail.example/", docs=docs)
