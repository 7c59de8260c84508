"""What all tests share."""

from __future__ import annotations

import pytest

from tests import chromium


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the browser's driver, if a test started it."""
    chromium.stop()
