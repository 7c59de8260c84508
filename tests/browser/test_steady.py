"""Nothing of the find page moves under a finger when its scripts come in, late as they may be."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Visitor, opening

TOPS = """() => ["[data-hr-form]", "[data-hr-tree]", "[data-hr-filters]", "[data-hr-list]"]
  .map((name) => Math.round(document.querySelector(name).getBoundingClientRect().top + scrollY))"""
LETTERS = "() => document.fonts.size > 0 && document.fonts.status === 'loaded'"


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_a_form_whose_script_comes_late_moves_nothing(chromium: Any, address: str, width: int) -> None:
    made = opening(chromium, address, "about/privacy/", width=width)
    try:
        waiting: list[Route] = []
        is_time = False

        def late(route: Route) -> None:
            if is_time:
                route.continue_()
            else:
                waiting.append(route)

        made.context.route("**/*.mjs", late)
        made.page.goto(made.address + "find/", wait_until="commit")
        made.page.wait_for_selector("footer")
        made.page.wait_for_function(LETTERS)
        before = made.page.evaluate(TOPS)
        is_time = True
        for route in waiting:
            route.continue_()
        made.page.wait_for_load_state("load")
        made.page.wait_for_timeout(300)
        assert made.page.locator("[data-hr-form]").is_visible()
        assert made.page.evaluate(TOPS) == before
    finally:
        made.context.close()


def test_a_form_whose_script_does_not_come_gives_its_place_to_the_list(chromium: Any, address: str) -> None:
    made = opening(chromium, address, "about/privacy/", width=360)
    try:
        made.context.route("**/*.mjs", lambda route: route.abort())
        made.goto("find/")
        form, lead = made.page.locator("[data-hr-form]"), made.page.locator("[data-hr-without-script]")
        high = "(each) => each.getBoundingClientRect().height"
        assert form.evaluate(high) > 200, "its place is kept"
        assert form.evaluate("(each) => getComputedStyle(each).visibility") == "hidden"
        made.page.evaluate("document.getAnimations().forEach((each) => each.finish())")
        assert form.evaluate(high) == 0
        assert lead.evaluate(high) > 20
        assert lead.is_visible()
    finally:
        made.context.close()


def test_without_scripts_the_list_stands_at_once(visit: Visitor) -> None:
    made = visit("find/", width=360, scripts=False)
    assert made.page.locator("[data-hr-without-script]").is_visible()
    assert made.page.locator("[data-hr-form]").is_hidden()
