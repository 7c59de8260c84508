"""What holds on every type of page, in the light and in the dark, on a phone and on a desk. One visit serves all questions."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit, opening
from tests.browser.looks import ALONE, CUT, PLAIN, SMALL, SPACED, UNDER, WIDE, axe
from tests.browser.pages import PAGES

FIRST_VISIT = 90_000
"""Compressed bytes of a first visit, fonts apart."""
HEAVY = ("looks",)
"""A page for those who build: it brings many pictures."""

QUICK = ((360, True), (1280, False))
MATRIX = [pytest.param((name, width, dark), id=f"{name}-{width}-{'dark' if dark else 'light'}", marks=() if (width, dark) in QUICK else (pytest.mark.deep,))
          for name in PAGES for width in (360, 1280) for dark in (False, True)]


@pytest.fixture(scope="module", params=MATRIX)
def opened(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Visit]:
    name, width, dark = request.param
    made = opening(chromium, address, PAGES[name], width=width, dark=dark)
    made.name = name
    yield made
    try:
        made.check()
    finally:
        made.context.close()


@pytest.fixture
def shown(opened: Visit) -> Iterator[Visit]:
    """The page of a type, as it was when it was opened."""
    size = opened.page.viewport_size
    yield opened
    opened.page.set_viewport_size(size)
    opened.page.emulate_media(media="screen")
    opened.page.evaluate("() => { document.adoptedStyleSheets = []; scrollTo(0, 0); }")


def test_crisis_help_stands_between_header_and_content_in_sight_without_scrolling(shown):
    page = shown.page
    box = page.locator("aside.hr-strip").bounding_box()
    assert box["y"] < 320
    assert page.locator("header + .md-container > aside.hr-strip:first-child + main").count() == 1
    assert page.locator("aside.hr-strip :is(a, summary):visible").count() > 0
    assert page.locator("aside.hr-strip button").count() == 0


def test_axe_finds_nothing(shown):
    assert axe(shown.page) == []


def test_the_way_out_covers_nothing_while_the_page_stands_at_its_top(shown):
    assert shown.page.evaluate(UNDER) == []


def test_targets_are_24_pixels_or_more(shown):
    assert shown.page.evaluate(SMALL) == []


def test_no_icon_stands_alone(shown):
    assert shown.page.evaluate(ALONE) == []


def test_links_in_sentences_are_underlined(shown):
    assert shown.page.evaluate(PLAIN) == []


def test_nothing_has_to_be_scrolled_sideways_at_320_pixels(shown):
    shown.page.set_viewport_size({"width": 320, "height": 256})
    assert shown.page.evaluate(WIDE) == []


def test_wider_text_spacing_cuts_nothing_off(shown):
    shown.page.evaluate(SPACED)
    assert shown.page.evaluate(CUT) == []
    assert shown.page.evaluate(WIDE) == []


def test_the_way_out_is_in_sight_wherever_the_reader_is(shown):
    page = shown.page
    for share in (0, 0.5, 1):
        page.evaluate("(share) => scrollTo(0, share * document.documentElement.scrollHeight)", share)
        box = page.locator("[data-hr-leave]").bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= page.viewport_size["height"]
        assert box["width"] >= 44
        assert box["height"] >= 44


def test_a_first_visit_is_light(shown, site):
    if shown.name in HEAVY:
        pytest.skip("not for readers who look for help")
    shown.page.wait_for_load_state("networkidle")
    paths = {unquote(urlsplit(url).path).lstrip("/") for url in shown.requests}
    files = [Path(site, path if path and not path.endswith("/") else f"{path}index.html") for path in paths if "no-such-page" not in path]
    weight = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files if file.suffix != ".woff2")
    assert weight < FIRST_VISIT, f"{weight} bytes"


def test_on_paper_crisis_help_is_there_and_the_way_out_is_not(shown):
    if shown.name == "my list":
        pytest.skip("on paper a list may be meant not to be recognized; it has its own line for crisis help")
    shown.page.emulate_media(media="print")
    assert shown.page.locator(".hr-strip__paper").is_visible()
    assert shown.page.locator("[data-hr-leave]").is_hidden()


def test_the_skip_link_is_the_first_stop_the_way_out_the_second_and_the_first_leads_to_the_content(shown):
    page = shown.page
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "hr-skip"
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('[data-hr-leave]')")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "hr-content"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_start_page_shows_a_small_phone_three_ways_on_and_nothing_that_competes(visit, dark):
    page = visit("", width=360, height=640, dark=dark).page
    tiles = page.locator("main .hr-tile")
    assert [urlsplit(tile.get_attribute("href") or "").path for tile in tiles.all()] == ["help-now/", "find/", "guides/"]
    assert all((box := tile.bounding_box()) and box["y"] + box["height"] <= 640 for tile in tiles.all())
    assert page.locator("main :is(a, button)").evaluate_all("(all) => all.slice(0, 3).every((each) => each.matches('.hr-tile'))")


@pytest.mark.parametrize("name", ["crisis line", "timed line"])
def test_the_call_button_stays_at_the_thumb_and_says_who_answers_and_when(visit, name):
    page = visit(PAGES[name], width=360, height=640).page
    bar, first = page.locator(".hr-callbar"), page.locator(".hr-contact").first
    said = bar.inner_text()
    assert first.locator(".hr-contact__facts div", has_text="Who answers").locator("dd").inner_text() in said
    assert first.locator(".hr-hours__summary").evaluate("(each) => each.firstChild.data.trim()") in said
    assert first.locator(".hr-hours__now").inner_text() in said
    for share in (0, 0.4):
        page.evaluate("(share) => scrollTo(0, share * document.documentElement.scrollHeight)", share)
        box = bar.locator("a.hr-button").bounding_box()
        assert box["y"] > 640 * 2 / 3
        assert box["y"] + box["height"] <= 640
        assert box["height"] >= 44
        assert box["width"] >= 300


def test_the_strip_leads_to_a_place_that_exists(shown):
    page = shown.page
    if page.locator(".hr-strip summary:visible").count():
        page.locator(".hr-strip summary:visible").first.click()
        page.locator(".hr-strip__choices summary").last.click()
    target = page.locator('aside.hr-strip a[href*="help-now/#"]:visible, aside.hr-strip a[href^="#help-"]:visible').last.evaluate("(each) => each.href")
    assert urlsplit(target).fragment
    page.goto(target)
    assert page.locator(f'[id="{urlsplit(target).fragment}"]').count() == 1
