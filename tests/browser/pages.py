"""The types of pages, one of each, and the states that they can be brought into."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

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
    "booklet": "booklets/regions/gb-sct/",
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
    "form": "contribute/add/",
    "data": "data/",
    "looks": "about/how-it-looks/",
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


def strip(page: Page) -> None:
    page.locator(".hr-strip summary:visible").first.click()
    page.locator(".hr-strip__choices summary").last.click()


def search(page: Page) -> None:
    """Type into the search of the header; on a phone the header has a link to the find page instead."""
    page.locator("[data-hr-search] input").press_sequentially("panic")
    page.locator("[data-hr-search] [role=option]").first.wait_for()


def found(page: Page) -> None:
    """Search on the find page with words of crisis, and open all its filters."""
    page.wait_for_load_state("networkidle")
    page.locator("#hr-q").press_sequentially("I want to die")
    expect(page.locator("[data-hr-shown]")).not_to_be_empty(timeout=60_000)
    expect(page.locator("[data-hr-results]:not([aria-busy])")).to_be_attached(timeout=60_000)
    for box in ("[data-hr-filters]", "[data-hr-tree]"):
        page.locator(f"{box} > summary").click()
    closed = page.locator(".hr-search__set:not([open]) > summary")
    while closed.count():
        closed.first.click()
    expect(page.locator("[data-hr-tree] input").first).to_be_visible(timeout=60_000)
    expect(page.locator("[data-hr-filter=verified] [data-count]")).not_to_be_empty(timeout=60_000)
    expect(page.locator("[data-hr-results]:not([aria-busy])")).to_be_attached(timeout=60_000)


def picked(page: Page) -> None:
    page.locator(".hr-card__pick button").first.click()
    page.locator(".hr-pill").wait_for()


def filled(page: Page) -> None:
    """Put three services and a guide on the list by a link, compare the services and show the code."""
    page.evaluate("() => { location.hash = 'list=gb-samaritans~gb-shout~gb-childline~g.active-listening&only=gb-calm'; }")
    expect(page.locator(".hr-mine .hr-card")).to_have_count(4)
    for box in page.locator("[data-compare]:visible").all()[:3]:
        box.check()
    page.locator("[data-do=qr]").click()
    page.locator("[data-qr-box] svg").wait_for()


def cleared(page: Page) -> None:
    page.locator("[data-do=clear]").click()
    page.locator("[data-hr-privacy-status]:not(:empty)").wait_for()


STATES: dict[str, tuple[str, int, Callable[[Page], None]]] = {
    "menu open": ("crisis line", 360, menu),
    "contents open": ("guide", 360, contents),
    "a country chosen": ("home", 360, strip),
    "search open": ("crisis line", 1280, search),
    "found, filters open": ("find", 360, found),
    "found, filters open, on a desk": ("find", 1280, found),
    "a notice shown": ("privacy", 360, cleared),
    "something picked": ("county", 360, picked),
    "something picked, on a desk": ("topic", 1280, picked),
    "a list filled": ("my list", 360, filled),
    "a list filled, on a desk": ("my list", 1280, filled),
    "one Shift pressed": ("crisis line", 1280, shift),
}
"""By name: the page, the width at which the state exists, and the way to it."""
