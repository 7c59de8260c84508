"""The find page and the header search in headless Chromium, over the reference registry."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench/search"))

import corpora  # noqa: E402
import shell  # noqa: E402
from server import serve  # noqa: E402

from handrail.model.region import RegionTree  # noqa: E402

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)  # a machine that does other things too is slow, not wrong
HOSTILE = '<img src=x onerror="document.title=1">"><script>document.title=2</script> panicky'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    directory, guides = corpora.reference()
    hostile = replace(directory.services["gb-samaritans"], id="gb-hostile", name=HOSTILE, summary=HOSTILE, for_whom=HOSTILE, channels=())
    shell.write(replace(directory, services={**directory.services, "gb-hostile": hostile}), guides, folder)
    server, address = serve(folder)
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1100, "height": 900}, base_url=site)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto("find/")
    expect(opened.locator("#hr-q")).to_be_visible()
    yield opened
    context.close()
    assert errors == []


def settled(page: Page) -> None:
    """What stands on the page now answers what was asked last."""
    expect(page.locator("[data-hr-results]:not([aria-busy])")).to_be_attached()


def ask(page: Page, text: str) -> None:
    page.locator("#hr-q").fill("")
    page.locator("#hr-q").press_sequentially(text)
    settled(page)
    expect(page.locator("[data-hr-shown]")).to_contain_text(re.compile(r"result"))


def choose_region(page: Page, text: str) -> None:
    page.locator("#hr-r").press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-hr-shown]")).to_contain_text(f"in {page.locator('#hr-r').input_value()}")
    settled(page)


def choose(page: Page, name: str, value: str) -> None:
    """Open the filters and the one that is meant, and choose in it; what stands on the page then answers it."""
    for box in (page.locator("[data-hr-filters]"), page.locator(".hr-search__set", has=page.locator(f"[data-hr-filter={name}]"))):
        if box.get_attribute("open") is None:
            box.locator("> summary").click()
    page.locator(f"input[name={name}][value={value}]").check()
    settled(page)


def names(page: Page) -> list[str]:
    return page.locator(".hr-search__group .hr-card__name").all_inner_texts()


def axe(page: Page) -> list[str]:
    page.add_script_tag(path=str(ROOT / "node_modules/axe-core/axe.min.js"))
    found: list[dict[str, Any]] = page.evaluate("axe.run({resultTypes: ['violations']}).then((result) => result.violations)")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def test_a_misspelt_name_is_found_and_its_words_are_marked(page: Page) -> None:
    ask(page, "samaritins")
    expect(page.locator(".hr-search mark").first).to_have_text("Samaritans")
    expect(page.locator("[data-hr-shown]")).to_contain_text("samaritans")


def test_choosing_a_region_keeps_national_lines_in_sight_under_their_own_heading(page: Page) -> None:
    ask(page, "feeling low")
    choose_region(page, "scotl")
    headings = page.locator(".hr-search__group h2").all_inner_texts()
    assert any(text.startswith("In Scotland") for text in headings)
    assert any("United Kingdom" in text for text in headings)
    assert "Elsewhere" in page.locator("[data-hr-shown]").inner_text()


def test_nothing_typed_or_chosen_goes_into_an_address_or_a_storage(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.url
    ask(page, "hearing voices")
    choose_region(page, "massach")
    choose(page, "cost", "free")
    expect(page.locator("[data-hr-tags] li")).to_have_count(2)
    assert page.url == before
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, window.name]") == [0, 0, "", ""]
    assert set(page.evaluate("Object.keys(history.state)")) == {"hr"}
    assert isinstance(page.evaluate("history.state.hr"), int)
    assert [url for url in asked if re.search(r"voice|hear|mass|free", url)] == []


def test_back_and_forward_work_within_the_visit(page: Page) -> None:
    ask(page, "panic")
    choose_region(page, "wales")
    page.go_back()
    expect(page.locator("#hr-r")).to_have_value("")
    expect(page.locator("#hr-q")).to_have_value("panic")
    page.go_forward()
    expect(page.locator("#hr-r")).to_have_value("Wales")


def test_a_copied_link_opens_the_same_list_and_is_taken_out_of_the_address(page: Page, site: str) -> None:
    page.goto("about:blank")
    page.goto(f"{site}find/#q=panic&r=gb-sct&channel=phone")
    expect(page.locator("#hr-q")).to_have_value("panic")
    expect(page.locator("#hr-r")).to_have_value("Scotland")
    expect(page.locator("[data-hr-tags] li")).to_have_count(2)
    assert page.url == f"{site}find/"
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    page.locator("[data-hr-copy]").click()
    expect(page.locator("[data-hr-link]")).to_be_visible()
    assert page.evaluate("window.copied") == f"{site}find/#q=panic&r=gb-sct&channel=phone"


def test_words_of_crisis_show_the_card_of_the_region_and_guides_when_the_worry_is_about_another(page: Page) -> None:
    choose_region(page, "new zea")
    ask(page, "my mentee wants to die")
    expect(page.locator("[data-hr-crisis] [data-region=nz]")).to_be_visible()
    expect(page.locator("[data-hr-crisis] [data-region=gb]")).to_be_hidden()
    expect(page.locator("[data-worried]")).to_be_visible()
    ask(page, "peer mentor")
    expect(page.locator("[data-hr-crisis]")).to_be_hidden()


def test_a_missing_chunk_leaves_a_sentence_the_list_and_the_crisis_card(page: Page) -> None:
    page.route("**/assets/handrail/search/p*.json*", lambda route: route.abort())
    page.locator("#hr-q").press_sequentially("want to die")
    expect(page.locator("[data-hr-trouble]")).to_be_visible()
    expect(page.locator("[data-hr-crisis]")).to_be_visible()
    expect(page.locator("[data-hr-list]")).to_be_visible()
    page.unroute("**/assets/handrail/search/p*.json*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".hr-search__group").first).to_be_visible()
    expect(page.locator("[data-hr-trouble]")).to_have_count(0)


def test_a_lost_card_keeps_the_others(page: Page) -> None:
    page.route("**/assets/handrail/search/c1.json*", lambda route: route.abort())
    choose(page, "channel", "phone")
    expect(page.locator("[data-hr-trouble]")).to_be_visible()
    settled(page)
    assert len(names(page)) >= 2


def test_a_page_of_an_older_deploy_says_so(page: Page) -> None:
    page.route("**/assets/handrail/search/v*.json*", lambda route: route.fulfill(json={"h": "newer", "t": "a", "n": "1"}))
    page.locator("#hr-q").press_sequentially("panicx")
    expect(page.locator("[data-hr-trouble]")).to_contain_text("older")


def test_markup_in_an_entry_is_shown_as_text(page: Page) -> None:
    ask(page, "panicky")
    assert HOSTILE in names(page)
    assert page.title() == "Find"
    assert page.locator(".hr-search__group img, .hr-search__group script").count() == 0


def test_no_script_writes_markup_from_strings() -> None:
    for path in (ROOT / "plugins/handrail/theme/scripts/search").glob("*.mjs"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|localStorage|sessionStorage|\beval\(", path.read_text("utf-8")), path.name


def test_suggestions_are_walked_by_keyboard_and_the_focus_stays(page: Page) -> None:
    field = page.locator("#hr-q")
    field.press_sequentially("depre")
    expect(page.get_by_role("option").first).to_be_visible()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    option = page.locator("[role=option][aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    chosen = option.inner_text()
    page.keyboard.press("Enter")
    expect(field).to_have_value(chosen)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")


def test_a_tag_takes_its_choice_back(page: Page) -> None:
    choose(page, "channel", "chat")
    expect(page.locator("[data-hr-tags] li")).to_have_count(1)
    page.locator("[data-hr-tags] button").click()
    expect(page.locator("[data-hr-tags]")).to_be_hidden()
    expect(page.locator("input[name=channel][value=chat]")).not_to_be_checked()
    expect(page.locator("[data-hr-list]")).to_be_visible()


def test_what_does_not_state_a_filter_follows_in_a_group_of_its_own(page: Page) -> None:
    ask(page, "depression")
    choose(page, "cost", "free")
    expect(page.locator(".hr-search__group[data-group=silent]")).to_be_visible()
    settled(page)
    said = page.locator("[data-hr-filter=cost] [data-silent]")
    expect(said).to_contain_text("Not stated")
    expect(page.locator("[data-hr-shown]")).to_contain_text(said.inner_text())


def test_zero_results_name_what_is_wider_and_where_help_is(page: Page) -> None:
    ask(page, "13yarn")
    choose_region(page, "wales")
    expect(page.locator(".hr-empty")).to_be_visible()
    assert re.search(r"\d+ in Worldwide", page.locator(".hr-empty").inner_text())
    expect(page.locator(".hr-empty").get_by_role("link", name="Get help right now")).to_be_visible()


def test_the_count_is_spoken_once_and_late(page: Page) -> None:
    page.evaluate(
        "window.spoken = []; const box = document.querySelector('[data-hr-status]');"
        "new MutationObserver(() => spoken.push(box.textContent)).observe(box, {childList: true})"
    )
    # All keys in one go: between two keys of a slow machine there may be time enough to speak.
    page.locator("#hr-q").evaluate(
        "(input, text) => { for (let i = 1; i <= text.length; i++) { input.value = text.slice(0, i); input.dispatchEvent(new Event('input')); } }", "bipolar")
    settled(page)
    page.wait_for_function("window.spoken.length > 0")
    assert len(page.evaluate("window.spoken")) == 1


def test_the_header_search_leads_to_entries(page: Page, site: str) -> None:
    page.goto(f"{site}other/")
    field = page.locator("#hr-header-q")
    field.press_sequentially("116 123")
    expect(page.get_by_role("option").first).to_contain_text("Samaritans")
    assert axe(page) == []
    page.route("**/services/**", lambda route: route.fulfill(body="<title>There</title>", content_type="text/html"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/services/gb-samaritans/")


def test_the_header_search_offers_help_for_words_of_crisis(page: Page, site: str) -> None:
    page.goto(f"{site}other/")
    page.locator("#hr-header-q").press_sequentially("i want to die")
    expect(page.get_by_role("option").first).to_have_text("Get help right now")


def test_without_scripts_the_page_is_a_list_of_links(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{site}find/")
    assert opened.locator("[data-hr-list] a[href*='services/']").count() > 90
    assert not opened.locator("[data-hr-form]").is_visible()
    context.close()


@pytest.mark.parametrize("width", [1100, 360])
def test_no_state_breaks_a_rule_of_accessibility(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert axe(page) == []
    page.locator("#hr-q").press_sequentially("depre")
    expect(page.get_by_role("option").first).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.locator("[data-hr-tree] summary").first.click()
    choose(page, "cost", "free")
    expect(page.locator("[data-hr-tags] li")).to_have_count(1)
    settled(page)
    assert axe(page) == []
    ask(page, "i want to die")
    assert axe(page) == []
    ask(page, "qqqqqq")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_words_of_crisis_bring_help_and_no_suggestions(page: Page) -> None:
    page.locator("#hr-q").press_sequentially("my mentee wants to die")
    expect(page.locator("[data-hr-crisis]")).to_be_visible()
    settled(page)
    expect(page.get_by_role("option")).to_have_count(0)


def test_what_is_typed_of_oneself_shows_no_guides_for_others(page: Page) -> None:
    ask(page, "i want to die")
    expect(page.locator("[data-hr-crisis]")).to_be_visible()
    expect(page.locator("[data-worried]")).to_be_hidden()


def test_guides_alone_can_be_chosen_and_are_counted_before(page: Page) -> None:
    choose(page, "kind", "guide")
    expect(page.locator(".hr-search__group[data-group=all] .hr-card__kind").first).to_have_text("Guide")
    count = page.locator("input[name=kind][value=guide] + span [data-count]").inner_text().strip("()")
    expect(page.locator(".hr-search__group[data-group=all] h2")).to_contain_text(f"({count})")
    assert int(count) > 20


def test_a_choice_that_would_leave_nothing_says_so_before_it_is_made_and_stays_in_sight(page: Page) -> None:
    ask(page, "0508 828 865")
    choose(page, "channel", "phone")
    nothing = page.locator("[data-hr-filter=channel] label", has_text="(0)").first
    expect(nothing).to_be_visible()
    expect(nothing.locator("input")).to_be_enabled()


def test_every_filter_of_the_page_can_be_chosen_and_leaves_what_it_counted(page: Page) -> None:
    """The first choice of each filter: what is shown under "Results" is as many as stood beside it."""
    names = page.locator("[data-hr-filter]").evaluate_all("(all) => all.map((each) => each.dataset.hrFilter)")
    assert set(names) == {"open", "channel", "topic", "audience", "kind", "cost", "language", "model", "age", "referral", "id", "insurance", "verified"}
    for name in names:
        page.reload()
        expect(page.locator("#hr-q")).to_be_visible()
        if name == "age":
            page.locator("[data-hr-filters] > summary").click()
            page.locator(".hr-search__set", has=page.locator("[data-hr-filter=age]")).locator("> summary").click()
            page.locator("input[name=age]").fill("15")
            page.locator("input[name=age]").press("Tab")
            settled(page)
            expect(page.locator("[data-hr-tags] li")).to_contain_text("Age 15")
            expect(page.locator("[data-hr-filter=age] [data-silent]")).to_contain_text("Not stated")
            continue
        value = page.locator(f"input[name={name}]").first.get_attribute("value") or ""
        choose(page, name, value)
        beside = page.locator(f"input[name={name}]").first.locator("xpath=..").locator("[data-count]")
        expect(beside).not_to_be_empty()
        count = int(beside.inner_text().strip("()"))
        expect(page.locator(".hr-search__group[data-group=all] h2")).to_have_count(1 if count else 0)
        if count:
            expect(page.locator(".hr-search__group[data-group=all] h2")).to_contain_text(f"({count})")


def test_the_tree_opens_where_the_chosen_region_lies(page: Page) -> None:
    choose_region(page, "scotl")
    page.locator("[data-hr-tree] > summary").click()
    expect(page.get_by_role("radio", name="Scotland")).to_be_checked()
    page.get_by_role("radio", name="Wales").check()
    expect(page.locator("#hr-r")).to_have_value("Wales")


def test_after_clearing_forward_leads_to_the_cleared_page(page: Page) -> None:
    ask(page, "panic")
    page.locator("[data-hr-clear]").click()
    expect(page.locator("#hr-q")).to_have_value("")
    page.go_back()
    expect(page.locator("#hr-q")).to_have_value("panic")
    page.go_forward()
    expect(page.locator("#hr-q")).to_have_value("")
    expect(page.locator("[data-hr-list]")).to_be_visible()


def test_the_results_can_be_gone_to_from_the_end_of_the_filters(page: Page) -> None:
    ask(page, "depression")
    choose(page, "cost", "free")
    page.get_by_role("button", name=re.compile(r"Show \d+ results")).click()
    expect(page.locator("[data-hr-shown]")).to_be_focused()
    expect(page.locator("[data-hr-filters]")).not_to_have_attribute("open", "")


def test_a_link_to_a_region_that_is_known_no_more_opens_the_list_without_it(page: Page, site: str) -> None:
    page.goto("about:blank")
    page.goto(f"{site}find/#q=panic&r=atlantis")
    expect(page.locator("#hr-q")).to_have_value("panic")
    settled(page)
    expect(page.locator("[data-hr-shown]")).to_contain_text("results")
    expect(page.locator("#hr-r")).to_have_value("")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, RegionTree]]:
    """Return the address of a registry with more regions than travel with the manifest, and its regions."""
    folder = tmp_path_factory.mktemp("many")
    directory = corpora.synthetic(300)
    shell.write(directory, [], folder)
    server, address = serve(folder)
    yield address, directory.regions
    server.shutdown()
    server.server_close()


def test_one_of_a_thousand_counties_is_typed_chosen_linked_and_walked_to(page: Page, many: tuple[str, RegionTree]) -> None:
    address, regions = many
    county, state = regions["us-7-3"], regions["us-7"]
    page.goto(f"{address}find/")
    expect(page.locator("#hr-q")).to_be_visible()
    page.locator("#hr-r").press_sequentially(county.name.lower())
    page.get_by_role("option", name=f"{county.name} {state.name}").click()
    expect(page.locator("[data-hr-shown]")).to_contain_text(f"in {county.name}")
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    page.locator("[data-hr-copy]").click()
    expect(page.locator("[data-hr-link]")).to_be_visible()
    assert page.evaluate("window.copied") == f"{address}find/#r=us-7-3"
    page.goto("about:blank")
    page.goto(f"{address}find/#r=us-7-3")
    expect(page.locator("#hr-r")).to_have_value(county.name)
    page.locator("[data-hr-tree] > summary").click()
    expect(page.locator("[data-hr-tree] input[type=radio]:checked")).to_have_count(1)
    assert axe(page) == []
