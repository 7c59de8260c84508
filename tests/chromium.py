"""The one Playwright of a test process: its sync interface cannot be started a second time while the first is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import playwright.sync_api
from playwright.sync_api import Playwright

_started: list[Playwright] = []


@contextmanager
def sync_playwright() -> Iterator[Playwright]:
    """Give the process's Playwright, started when it is first asked for; it stays open until the session ends."""
    if not _started:
        _started.append(playwright.sync_api.sync_playwright().start())
    yield _started[0]


def stop() -> None:
    """End it."""
    while _started:
        _started.pop().stop()
