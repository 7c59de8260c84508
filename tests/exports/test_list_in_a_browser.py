"""The list page in a browser: filled from the link, silent, and kept only when asked."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.site.language import build_site, service

pytestmark = pytest.mark.browser
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    evening = service(
        id="evening-group",
        name="Suicide Bereavement Group",
        kind="support-group",
        discreet_name="Tuesday meeting",
        meetings=[{"day": "tue", "starts": "19:00", "ends": "20:30", "time_zone": "Europe/London", "seen": ["site"]}],
    )
    more = [service(id=f"line-{number}", name=f"Line {number}") for number in (3, 4)]
    built = build_site(folder, service(), evening, *more, plugins=("handrail", "handrail/search", "handrail/safety"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page():
    if BROWSER is None:
        pytest.skip("there is no Chromium")
    from tests.chromium import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(60_000)
        yield page
        browser.close()


def test_what_was_picked_travels_with_the_reader_and_the_address_shows_nothing_of_it(site, page):
    page.goto(f"{site}services/night-line/")
    page.click("[data-hr-pick] button")
    page.click(".hr-crumbs a >> nth=0")
    page.wait_for_load_state()
    assert page.evaluate("history.state.list.ids") == ["night-line"]
    assert "#" not in page.url
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


IDS = "history.state.list.ids"


def pick(page, name):
    page.locator(".hr-card", has_text=name).get_by_role("button", name="Put on my list").click()


@pytest.mark.parametrize("path", ["regions/av/", "topics/loneliness/", "kinds/warm-line/", "organizations/night/"])
def test_cards_of_every_list_can_be_picked(site, page, path):
    page.goto(f"{site}{path}")
    expect(page.locator(".hr-card__pick")).to_have_count(page.locator(".hr-card").count())
    pick(page, "Night Line")
    assert page.evaluate(IDS) == ["night-line"]
    assert page.locator(".hr-pill").inner_text() == "My list (1)"
    page.locator(".hr-card", has_text="Night Line").get_by_role("button", name="Take off my list Night Line").click()
    assert page.evaluate(IDS) == []
    assert page.locator(".hr-pill").is_hidden()


def test_without_scripts_no_card_offers_what_it_can_not_do(site, page):
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}regions/av/")
    assert plain.locator(".hr-card").count() > 0
    assert plain.locator("button:visible", has_text="list").count() == 0
    context.close()


def test_results_can_be_picked_and_a_step_back_on_the_find_page_takes_nothing_off(site, page):
    page.goto(f"{site}regions/av/")
    pick(page, "Night Line")
    page.get_by_role("link", name="Find a service").first.click()
    page.wait_for_url("**/find/")
    page.fill("#hr-q", "bereavement group")
    expect(page.locator("[data-hr-results] .hr-card", has_text="Bereavement")).to_be_visible()
    pick(page, "Bereavement")
    page.fill("#hr-q", "")
    page.go_back()
    expect(page.locator("#hr-q")).to_have_value("bereavement group")
    assert page.evaluate(IDS) == ["night-line", "evening-group"]
    page.click(".hr-pill")
    expect(page.locator(".hr-mine .hr-card")).to_have_count(2)
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_a_link_that_was_followed_before_takes_the_list_as_it_is_now(site, page):
    page.goto(f"{site}regions/av/")
    page.evaluate("addEventListener('click', (event) => { if (event.target.closest('a')) event.preventDefault(); })")
    link = page.locator(".hr-card__name a", has_text="Night Line")
    pick(page, "Night Line")
    link.click()
    assert link.get_attribute("href").endswith("#list=night-line")
    pick(page, "Bereavement")
    link.click()
    assert link.get_attribute("href").endswith("#list=night-line~evening-group")
    for button in page.get_by_role("button", name="Take off my list").all()[::-1]:
        button.click()
    link.click()
    assert "#" not in link.get_attribute("href")


def test_a_full_list_says_so_and_drops_nothing(site, page):
    page.goto(f"{site}regions/av/#list={'~'.join(f'x{number}' for number in range(30))}")
    pick(page, "Night Line")
    assert len(page.evaluate(IDS)) == 30
    assert "night-line" not in page.evaluate(IDS)
    expect(page.get_by_role("status").filter(has_text="full")).to_be_visible()


def test_the_card_of_one_service_leaves_the_list_as_it_is(site, page):
    page.goto(f"{site}services/evening-group/#list=night-line")
    page.get_by_role("link", name="Card to print").click()
    expect(page.locator("[data-paper] .hr-paper__name")).to_have_text(["Suicide Bereavement Group"])
    assert page.is_checked("input[name=as][value=card]")
    expect(page.locator(".hr-mine .hr-card")).to_have_count(1)
    assert page.evaluate(IDS) == ["night-line"]
    page.click("[data-do=all]")
    expect(page.locator("[data-paper] .hr-paper__name")).to_have_text(["Night Line"])


def test_a_list_in_a_link_does_not_write_over_the_one_that_is_kept(site, page):
    page.goto(f"{site}my-list/#list=night-line")
    page.click("[data-do=keep]")
    page.goto("about:blank")
    page.goto(f"{site}my-list/#list=evening-group")
    expect(page.locator("[data-other]")).to_be_visible()
    page.get_by_role("button", name="Take off").click()
    assert "night-line" in page.evaluate("localStorage.getItem('handrail-list')")


def test_a_link_fills_the_list_and_no_fragment_reaches_the_host(site, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}my-list/#list=night-line~evening-group~gone")
    page.wait_for_selector(".hr-mine .hr-card")
    assert page.locator(".hr-mine .hr-card").count() == 2
    assert page.url == f"{site}my-list/"
    assert all(url.startswith(site) for url in asked)
    assert not [url for url in asked if "night-line" in url.split("#")[0]]


def test_two_services_stand_side_by_side_and_a_fourth_can_not_be_added(site, page):
    page.goto(f"{site}my-list/#list=night-line~evening-group")
    page.check("[data-compare] >> nth=0")
    page.check("[data-compare] >> nth=1")
    assert page.locator("[data-side] thead th").all_inner_texts() == ["Night Line", "Suicide Bereavement Group"]
    page.goto("about:blank")
    page.goto(f"{site}my-list/#list=night-line~evening-group~line-3~line-4")
    for number in range(3):
        page.check(f"[data-compare] >> nth={number}")
    expect(page.locator("[data-side] thead th")).to_have_count(3)
    expect(page.locator("[data-compare] >> nth=3")).to_be_disabled()
    page.uncheck("[data-compare] >> nth=0")
    expect(page.locator("[data-compare] >> nth=3")).to_be_enabled()


def test_the_order_can_be_changed_and_notes_stay_with_their_entry(site, page):
    page.goto(f"{site}my-list/#list=night-line~line-3~line-4")
    page.locator("[data-note]").nth(2).fill("ask for Ann")
    page.locator("[data-id=line-4] [data-move='-1']").click()
    expect(page.locator("[data-id] [data-name]")).to_have_text(["Night Line", "Line 4", "Line 3"])
    assert page.evaluate("document.activeElement.dataset.move") == "-1"
    expect(page.locator("[data-note]").nth(1)).to_have_value("ask for Ann")
    expect(page.locator("[data-paper] .hr-paper__name")).to_have_text(["Night Line", "Line 4", "Line 3"])
    page.reload()
    expect(page.locator("[data-id] [data-name]")).to_have_text(["Night Line", "Line 4", "Line 3"])
    expect(page.locator("[data-note]").nth(1)).to_have_value("ask for Ann")


def test_a_note_is_in_the_link_only_when_asked(site, page):
    page.goto(f"{site}my-list/#list=night-line")
    page.fill("[data-note]", "after six")
    page.click("[data-do=link]")
    assert page.input_value("#hr-mine-link").endswith("#list=night-line")
    page.check("[data-with-notes]")
    page.click("[data-do=link]")
    assert page.input_value("#hr-mine-link").endswith("&n0=after%20six")


def test_the_list_is_kept_when_asked_and_forgotten_when_asked(site, page):
    page.goto(f"{site}my-list/#list=night-line")
    page.click("[data-do=keep]")
    page.goto(f"{site}help-now/")
    page.goto(f"{site}my-list/")
    page.wait_for_selector(".hr-mine .hr-card")
    page.click("[data-kept] [data-do=forget]")
    assert page.evaluate("localStorage.length") == 0


def test_the_discreet_sheet_files_and_message_say_nothing_of_what_it_is_about(site, page):
    page.goto(f"{site}my-list/#list=evening-group")
    page.check("[data-discreet]")
    paper = page.inner_text("[data-paper]")
    assert "Tuesday meeting" in paper
    assert page.title() == "Contacts"
    with page.expect_download() as saved:
        page.click("[data-do=ics]")
    event = saved.value.path().read_text()
    assert saved.value.suggested_filename == "dates.ics"
    assert "SUMMARY:Tuesday meeting" in event
    for text in (paper, event, page.get_attribute("[data-sms]", "href")):
        assert "uicide" not in text
        assert "Small" not in text
        assert "andrail" not in text
    page.emulate_media(media="print")
    assert not page.is_visible(".hr-header")
    assert not page.is_visible(".hr-strip")
