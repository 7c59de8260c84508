"""Leave this page: fast, with keyboard, mouse and without scripts, and what Back does afterwards."""

from __future__ import annotations

import pytest

from tests.browser.pages import PAGES

LEAVE = "[data-hr-leave]"


def presses(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def left(page) -> bool:
    page.wait_for_timeout(150)
    return page.title() == "Neutral"


def test_three_presses_of_shift_leave_and_back_does_not_return(visit, neutral):
    made = visit(PAGES["home"])
    neutral(made)
    made.goto(PAGES["help now"]).goto(PAGES["crisis line"])
    presses(made.page, "Shift", "Shift", "Shift")
    made.page.wait_for_url("https://www.bbc.co.uk/weather")
    made.page.go_back()
    assert made.page.url == made.address + PAGES["help now"]


def test_the_button_leaves_and_back_does_not_return(visit, neutral):
    made = visit(PAGES["home"])
    neutral(made)
    made.goto(PAGES["guide"])
    made.page.locator(LEAVE).click()
    made.page.wait_for_url("https://www.bbc.co.uk/weather")
    made.page.go_back()
    assert made.page.url == made.address


def test_the_page_is_covered_before_the_other_has_answered(visit):
    made = visit(PAGES["crisis line"])
    made.context.route("https://www.bbc.co.uk/**", lambda route: route.abort("aborted"))
    seen = made.page.evaluate("""() => {
      document.querySelector("[data-hr-leave]").click();
      const cover = document.querySelector(".hr-cover");
      const { width, height } = cover.getBoundingClientRect();
      const shown = [...document.body.children].filter((each) => each.checkVisibility());
      return { role: cover.role, width, height, title: document.title, shown: shown.map((each) => each.className) };
    }""")
    assert (seen["role"], seen["width"], seen["height"], seen["shown"]) == ("alert", 1280, 800, ["hr-cover"])
    assert "988" not in seen["title"]
    made.page.wait_for_timeout(200)
    made.requests = [url for url in made.requests if "bbc" not in url]


@pytest.mark.parametrize("keys", [
    ("Shift", "Shift"), ("Shift+a", "Shift+b", "Shift+c"), ("Shift", "Shift", "a", "Shift"), ("Control+Shift", "Control+Shift", "Control+Shift"),
    ("Shift+Tab", "Shift+Tab", "Shift+Tab"),
])
def test_other_keys_do_not_leave(visit, neutral, keys):
    made = visit(PAGES["crisis line"])
    neutral(made)
    presses(made.page, *keys)
    assert not left(made.page)


def test_held_shift_does_not_leave(visit, neutral):
    made = visit(PAGES["crisis line"])
    neutral(made)
    for _ in range(5):
        made.page.keyboard.down("Shift")
    made.page.keyboard.up("Shift")
    assert not left(made.page)


def test_slow_presses_do_not_leave(visit, neutral):
    made = visit("about/")
    neutral(made)
    made.page.clock.install()
    for _ in range(3):
        made.page.keyboard.press("Shift")
        made.page.clock.fast_forward(4000)
    assert not left(made.page)


def test_capital_letters_can_be_typed_into_a_worksheet(visit, neutral):
    made = visit(PAGES["worksheet"])
    neutral(made)
    made.page.locator("[data-hr-sheet] input:not([type=checkbox]):not([type=radio]):not([type=date]), [data-hr-sheet] textarea").first.focus()
    presses(made.page, "Shift+A", "Shift+B", "Shift+C")
    assert not left(made.page)


def test_presses_are_spoken(visit):
    page = visit(PAGES["crisis line"]).page
    status = page.locator("[data-hr-leave-status]")
    assert status.get_attribute("role") == "status"
    presses(page, "Shift")
    assert "two more" in (status.text_content() or "")
    presses(page, "Shift")
    assert "once more" in (status.text_content() or "")


def test_without_scripts_it_is_a_plain_link(visit, neutral):
    made = visit(PAGES["crisis line"], scripts=False)
    neutral(made)
    link = made.page.locator(LEAVE)
    assert set((link.get_attribute("rel") or "").split()) >= {"noopener", "noreferrer"}
    assert not made.page.locator(".hr-leave__keys").is_visible()
    link.click()
    made.page.wait_for_url("https://www.bbc.co.uk/weather")


@pytest.mark.parametrize("width", [320, 1280])
def test_what_leaving_does_is_one_press_away_and_says_that_history_stays(visit, width):
    page = visit(PAGES["crisis line"], width=width).page
    page.locator(".hr-leave__about").click()
    assert page.url.endswith("about/privacy/#leave")
    assert page.locator("#leave").is_visible()
    assert page.get_by_text("It does not erase your browser’s history.").is_visible()
