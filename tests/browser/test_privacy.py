"""Nothing leaves for elsewhere and nothing is kept: the fixture watches every visit, these tests visit everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.pages import PAGES, STATES


@pytest.mark.parametrize("name", STATES)
def test_no_state_of_a_page_asks_anybody_else(visit, name):
    path, width, bring = STATES[name]
    made = visit(PAGES[path], width=width)
    bring(made.page)
    made.page.wait_for_load_state("networkidle")


@pytest.mark.deep
def test_no_page_at_all_asks_anybody_else(visit, site):
    made = visit("")
    for path in sorted(site.rglob("*.html")):
        made.goto(path.relative_to(site).as_posix().removesuffix("index.html"))
        made.check()


@pytest.mark.parametrize("name", ["crisis line", "privacy", "find"])
def test_with_scripts_off_the_same_holds(visit, name):
    visit(PAGES[name], scripts=False)


def test_the_check_on_the_privacy_page_counts_nothing(visit):
    page = visit(PAGES["privacy"]).page
    page.get_by_role("button", name="Count again").click()
    page.get_by_text("Counted: no request to other websites, no cookie, nothing kept.").wait_for()
    assert page.locator("[data-count]").all_text_contents() == ["0", "0", "0"]


def test_the_check_tells_of_what_it_finds_and_clears_what_is_ours_only(visit):
    made = visit(PAGES["privacy"])
    page = made.page
    page.evaluate("() => { localStorage.setItem('handrail-list', '{}'); sessionStorage.setItem('other', '1'); document.cookie = 'handrail=1; path=/'; }")
    page.get_by_role("button", name="Count again").click()
    page.get_by_text("Counted. Not everything is zero").wait_for()
    assert page.locator("[data-count]").all_text_contents() == ["0", "1", "2"]
    page.get_by_role("button", name="Clear what this site keeps on this device").click()
    page.get_by_text("Look at the numbers above for what is left.").wait_for()
    assert page.evaluate("() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]") == [[], ["other"], ""]
    page.evaluate("() => sessionStorage.clear()")


def test_without_scripts_the_privacy_page_says_why_it_can_not_count(visit):
    page = visit(PAGES["privacy"], scripts=False).page
    assert page.get_by_text("they are off or did not load").is_visible()
    assert not page.get_by_role("button", name="Count again").is_visible()


def test_the_watch_itself_sees_what_a_page_must_not_do(chromium, address):
    """A test of the tests: planted faults are seen."""
    from tests.browser.conftest import KEPT, WATCH, Visit

    context = chromium.new_context()
    context.add_init_script(WATCH)
    made = Visit(context, context.new_page(), address)
    context.on("request", lambda request: made.requests.append(request.url))
    context.route("https://elsewhere.example/**", lambda route: route.abort())
    made.goto("")
    made.page.evaluate("""() => {
      const image = document.createElement("img"); image.src = "https://elsewhere.example/a.png"; document.body.append(image);
      localStorage.setItem("a", "1");
    }""")
    made.page.wait_for_timeout(200)
    kept = made.page.evaluate(KEPT)
    assert kept["local"] == ["a"]
    assert kept["violations"][0].startswith("img-src https://elsewhere.example/a.png")
    assert made.elsewhere() == ["https://elsewhere.example/a.png"]
    context.close()


def test_an_injected_script_does_not_run(visit):
    made = visit(PAGES["crisis line"])
    made.page.evaluate("""() => {
      const script = document.createElement("script"); script.textContent = "globalThis.ran = 1"; document.body.append(script);
      const link = document.createElement("a"); link.setAttribute("onclick", "globalThis.ran = 2"); document.body.append(link); link.click();
    }""")
    assert made.page.evaluate("() => globalThis.ran") is None
    assert len(made.page.evaluate("() => globalThis.handrailViolations.splice(0)")) == 2
    made.complaints.clear()


def test_every_folder_of_the_site_has_a_page_among_the_types(site):
    folders = {path.relative_to(site).parts[0] for path in site.rglob("index.html") if path.parent != site}
    assert folders - {Path(path).parts[0] for path in PAGES.values() if path} <= {"data", "embed", "help-now-text", "which-model"}
