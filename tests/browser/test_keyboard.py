"""A walk through every stop of the Tab key, there and back: each is seen, marked, uncovered and where the reader expects it."""

from __future__ import annotations

import pytest

from tests.browser.pages import MAIN, PAGES

STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const known = globalThis.handrailStops ??= [];
  if (!known.includes(at)) known.push(at);
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const ring = style.outlineStyle !== "none" ? parseFloat(style.outlineWidth) : 0;
  const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.15], [0.5, 0.85]];
  const rects = [...at.getClientRects()];
  const seen = rects.some((rect) => points.some(([x, y]) => {
    const hit = document.elementFromPoint(rect.left + rect.width * x, rect.top + rect.height * y);
    return hit && (at.contains(hit) || hit.contains(at) && hit.closest("label") || hit === at);
  }));
  // Wholly uncovered: none of the five points of any line lies under something else.
  const covered = rects.filter((rect) => points.some(([x, y]) => {
    const hit = document.elementFromPoint(rect.left + rect.width * x, rect.top + rect.height * y);
    return hit && hit.closest(".hr-leave, .hr-callbar") && !hit.closest(".hr-leave, .hr-callbar").contains(at);
  })).length;
  return {
    what: at.outerHTML.slice(0, 110), index: known.indexOf(at), tab: at.tabIndex, ring, seen, covered,
    width: box.width,
    // Of a field for several lines the browser shows the line with the caret, of a list that scrolls a part.
    inside: at.matches("textarea") || box.height > 100 ? Math.min(box.bottom, innerHeight) - Math.max(box.top, 0) >= 23
      : box.top >= -1 && box.bottom <= innerHeight + 1,
  };
}"""


ORDER = """() => {
  const stops = globalThis.handrailStops;
  return stops.filter((each, index) => index && !(stops[index - 1].compareDocumentPosition(each) & 4)).map((each) => each.outerHTML.slice(0, 110));
}"""
"""Stops that come before the one they follow."""


def walk(page, key: str, limit: int = 400) -> list[dict[str, object]]:
    stops = []
    for _ in range(limit):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stop is None or 'id="end"' in stop["what"] or (stops and stop["index"] == stops[0]["index"]):
            return stops
        stops.append(stop)
    return stops


def faults(stops: list[dict[str, object]]) -> list[str]:
    found = []
    for stop in stops:
        if stop["ring"] < 2:
            found.append(f"ring of {stop['ring']}: {stop['what']}")
        if not stop["seen"] or not stop["inside"] or not stop["width"]:
            found.append(f"not in sight: {stop['what']}")
        if stop["covered"]:
            found.append(f"under a bar that stays: {stop['what']}")
        if stop["tab"] > 0:
            found.append(f"tabindex above 0: {stop['what']}")
    return found


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in MAIN else pytest.mark.deep) for name in PAGES])
def test_every_stop_there_and_back_is_seen_marked_and_uncovered(visit, name, width):
    page = visit(PAGES[name], width=width, height=600).page
    page.wait_for_load_state("networkidle")
    there = walk(page, "Tab")
    assert len(there) > 6
    assert faults(there) == []
    assert page.evaluate(ORDER) == [], "stops follow the order of reading"
    page.evaluate("() => { const end = document.createElement('a'); end.href = '#'; end.id = 'end'; document.body.append(end); end.focus(); }")
    back = walk(page, "Shift+Tab")
    assert faults(back) == []
    assert [stop["index"] for stop in back][::-1] == [stop["index"] for stop in there], "the way back is the way there"


def test_the_menu_opens_and_closes_with_the_keyboard_and_gives_the_place_back(visit):
    page = visit(PAGES["crisis line"], width=360).page
    page.locator(".hr-menu-button").focus()
    page.keyboard.press("Enter")
    assert page.locator("#hr-menu").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('#hr-menu')")
    page.keyboard.press("Escape")
    assert page.locator("#hr-menu").is_hidden()
    assert page.evaluate("() => document.activeElement.matches('.hr-menu-button')")


def test_the_menu_opens_without_scripts(visit):
    page = visit(PAGES["crisis line"], width=360, scripts=False).page
    page.locator(".hr-menu-button").click()
    assert page.locator("#hr-menu").is_visible()


def test_a_link_to_a_place_on_the_page_lands_below_the_bar(visit):
    page = visit(PAGES["help now"] + "#help-gb", width=360).page
    page.wait_for_timeout(200)
    bar = page.locator(".hr-leave").bounding_box()
    target = page.locator("#help-gb").bounding_box()
    assert target["y"] >= bar["y"] + bar["height"] - 1
