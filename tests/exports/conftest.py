"""The directory of this repository, read once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.compiler.site import Site, compile
from handrail.model import build
from handrail.output.files import Asset
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
    made = compile(ROOT / "resources.yaml", today=date(2026, 11, 23), written=written, base="https://handrail.example/", docs=docs)
    files_of(made)
    return made


_made: dict[int, tuple[Site, dict[str, bytes]]] = {}


def files_of(site: Site) -> dict[str, bytes]:
    """Return the files of a site by their paths, made once."""
    if id(site) not in _made:
        found: dict[str, bytes] = {}

        def put(asset: Asset) -> int:
            found[asset.path] = asset.data
            return len(found[asset.path])

        site.files.made = site.files.make(put)
        _made[id(site)] = site, found
    return _made[id(site)][1]
