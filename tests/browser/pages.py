"""The types of pages, one of each, and the states that they can be brought into."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

PAGES = {
    "home": "",
    "help now": "help-now/",
    "find": "find/",
    "crisis line": "services/us-988-lifeline/",
    "timed line": "services/gb-calm/",
    "organization": "organizations/samaritans/",
    "country": "regions/gb/",
    "county": "regions/gb-sct/",
    "topic in a region": "regions/gb/suicide/",
    "topic": "topics/anxiety/",
    "kind": "kinds/peer-support/",
    "audience": "audiences/students/",
    "all services": "services/",
    "all regions": "regions/",
    "guide": "guides/noticing-signs/",
    "worksheet": "worksheets/mentoring-agreement/",
    "landing": "for/mentees/",
    "my list": "my-list/",
    "privacy": "about/privacy/",
    "accessibility": "about/accessibility/",
    "for builders": "build/commands/",
    "fields": "contribute/fields/",
    "lost": "no-such-page/at/all/",
}
"""By name, the address of one page of each type."""

MAIN = ("home", "help now", "find", "crisis line", "county", "guide", "worksheet", "privacy", "lost")


def menu(page: Page) -> None:
    page.locator(".hr-menu-button").click()
    page.locator("#hr-menu").wait_for(state="visible")


def contents(page: Page) -> None:
    page.locator(".hr-toc summary").click()


def shift(page: Page) -> None:
    page.keyboard.press("Shift")


STATES: dict[str, tuple[str, int, Callable[[Page], None]]] = {
    "menu open": ("crisis line", 360, menu),
    "contents open": ("guide", 360, contents),
    "one Shift pressed": ("crisis line", 1280, shift),
}
"""By name: the page, the width at which the state exists, and the way to it."""
