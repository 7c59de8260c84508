from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of this project."""
    return Path(__file__).resolve().parents[2]
