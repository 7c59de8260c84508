"""Crisis help: on every page, in the same place, for the right country, with scripts off and on paper."""

from __future__ import annotations

import pytest

from tests.browser.pages import PAGES

COUNTRIES = {
    "crisis line": ("United States", "tel:911", "tel:988"),
    "timed line": ("United Kingdom", "tel:999", "tel:116123"),
    "county": ("United Kingdom", "tel:999", "tel:116123"),
    "topic in a region": ("United Kingdom", "tel:999", "tel:116123"),
    "country": ("United Kingdom", "tel:999", "tel:116123"),
    "organization": (None, None, None),
    "home": (None, None, None),
    "guide": (None, None, None),
    "lost": (None, None, None),
}


@pytest.mark.parametrize("name", COUNTRIES)
def test_it_knows_the_country_of_the_page_or_lets_the_reader_choose(visit, name):
    country, emergency, line = COUNTRIES[name]
    page = visit(PAGES[name]).page
    if country is None:
        assert "choose your country" in page.locator(".hr-strip__title").inner_text()
        page.locator(".hr-strip summary:visible").first.click()
        page.locator(".hr-strip__choices summary", has_text="Australia").click()
        assert page.locator('.hr-strip a[href="tel:000"]').is_visible()
        assert page.locator('.hr-strip a[href="tel:131114"]').is_visible()
        return
    assert country in page.locator(".hr-strip__title").inner_text()
    buttons = [link.get_attribute("href") for link in page.locator(".hr-strip__inner .hr-button").all()]
    assert buttons[0] == emergency
    assert line in buttons
    assert not ({"tel:911", "tel:999", "tel:000"} - {emergency}) & set(buttons)


@pytest.mark.parametrize("name", COUNTRIES)
def test_it_is_on_paper_with_numbers_written_out(visit, name):
    page = visit(PAGES[name]).page
    page.emulate_media(media="print")
    words = page.locator(".hr-strip__paper").inner_text()
    emergency = COUNTRIES[name][1]
    wanted = [emergency.removeprefix("tel:")] if emergency else ["911", "999", "000", "111", "112"]
    assert [number for number in wanted if number not in words] == []


@pytest.mark.parametrize("name", ["crisis line", "home", "lost"])
def test_it_is_there_with_scripts_off(visit, name):
    page = visit(PAGES[name], width=360, scripts=False).page
    assert page.locator("aside.hr-strip :is(a, summary):visible").count() > 0
    if page.locator(".hr-strip summary:visible").count():
        page.locator(".hr-strip summary:visible").first.click()
        page.locator(".hr-strip__choices summary", has_text="New Zealand").click()
        assert page.locator('.hr-strip a.hr-button--crisis[href="tel:111"]').is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_its_numbers_are_big_enough_to_tap(visit, width):
    page = visit(PAGES["crisis line"], width=width).page
    for index, link in enumerate(page.locator(".hr-strip__list .hr-button:visible").all()):
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= (44 if index < 2 else 24)


def test_a_guide_about_danger_shows_crisis_help_before_its_text(visit):
    page = visit(PAGES["guide"]).page
    assert page.locator("aside.hr-strip").bounding_box()["y"] < page.locator("h1").bounding_box()["y"]
