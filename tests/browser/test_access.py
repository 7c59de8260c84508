"""Rules of access that a program can judge (axe-core), and those that it cannot: layout, spacing, sizes, colours."""

from __future__ import annotations

import pytest

from tests.browser.looks import FAINT, HIDDEN_ICONS, axe
from tests.browser.pages import MAIN, PAGES, STATES


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_state(visit, name, dark):
    path, width, bring = STATES[name]
    page = visit(PAGES[path], width=width, dark=dark).page
    bring(page)
    assert axe(page) == []


@pytest.mark.parametrize("name", MAIN)
def test_who_asks_for_less_motion_gets_none(visit, name):
    page = visit(PAGES[name], reduced_motion="reduce").page
    assert page.evaluate("""() => [...document.querySelectorAll("*")].filter((each) => {
      const style = getComputedStyle(each);
      const long = (value) => value.split(",").some((part) => parseFloat(part) * (part.includes("ms") ? 1 : 1000) > 10);
      return (style.animationName !== "none" && long(style.animationDuration)) || (style.transitionProperty !== "none" && long(style.transitionDuration));
    }).slice(0, 5).map((each) => `${each.tagName} ${each.className} ${getComputedStyle(each).transitionDuration}`)""") == []
    assert page.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("name", MAIN)
def test_with_forced_colours_buttons_keep_an_edge_and_icons_a_colour(visit, name):
    page = visit(PAGES[name], forced_colors="active").page
    assert page.evaluate("""() => [...document.querySelectorAll(".hr-button, .hr-leave__button")].filter((each) => {
      const style = getComputedStyle(each);
      return each.checkVisibility() && (style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1);
    }).map((each) => each.outerHTML.slice(0, 100))""") == []
    assert page.evaluate(HIDDEN_ICONS) == []


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_every_text_stands_out_from_what_is_behind_it(visit, name):
    page = visit(PAGES[name], dark=True, reduced_motion="reduce").page
    page.emulate_media(media="print")
    assert page.evaluate(FAINT) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_strip_asks_for_the_country_once(visit, width):
    page = visit(PAGES["home"], width=width).page
    asked = page.locator(".hr-strip").get_by_text("choose your country")
    assert sum(each.is_visible() for each in asked.all()) == 1


def test_help_stands_in_the_same_place_of_every_page(visit):
    made = visit("")
    orders = set()
    for path in PAGES.values():
        if path.startswith("no-such"):
            continue
        made.goto(path)
        orders.add(tuple(made.page.evaluate("""() => [
            ...document.querySelectorAll(".hr-skip, [data-hr-leave], .hr-brand, [data-hr-search], .hr-strip, main, footer"),
          ].map((each) => each.matches("[data-hr-leave]") ? "leave" : each.className.split(" ")[0] || each.tagName)""")))
    assert len(orders) == 1, orders
