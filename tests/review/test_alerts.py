"""Alerts stand on the right pages, and the page itself knows whether today is one of their days."""

from __future__ import annotations

import functools
import http.server
import threading

import pytest

from tests.site.language import SOURCE, build_site, service

NORTH = service(id="north-line", name="North Line", coverage={"regions": ["av-n"]}, topics=["grief"])
FLOOD = {"id": "flood", "text": "Roads are closed after the flood.", "from": "2026-12-01", "until": "2026-12-07", "regions": ["av-n"],
         "use_instead": ["night-line"]}
CLOSED = {"id": "closed", "text": "The line is closed this week.", "from": "2026-12-24", "until": "2026-12-24", "services": ["night-line"]}
EVERYWHERE = {"id": "all", "text": "This directory moves house.", "from": "2027-01-01", "until": "2027-01-02"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_site(tmp_path_factory.mktemp("alerts"), service(), NORTH, registry={"alerts": [FLOOD, CLOSED]}, pages={"about.md": "# About\n"})


PAGES = {
    "regions/av-n": (True, False), "regions/av-n/grief": (True, False), "services/north-line": (True, False), "regions/av": (False, False),
    "regions/av-s": (False, False), "services/night-line": (False, True), "organizations/night": (False, True), "": (False, False),
    "help-now": (False, False), "about": (False, False), "topics/grief": (False, False),
}


@pytest.mark.parametrize("address", PAGES)
def test_an_alert_stands_on_the_right_pages_only(site, address):
    page = site.page(address)
    assert (page.says("Roads are closed"), page.says("closed this week")) == PAGES[address]


def test_without_scripts_an_alert_says_its_days_and_where_to_turn(site):
    page = site.page("regions/av-n")
    assert page.says("From 1 December 2026 to 7 December 2026")
    assert page.has_link("../../services/night-line/")
    assert site.page("services/night-line").says("On 24 December 2026")


def test_an_alert_for_everywhere_stands_on_every_page(tmp_path):
    site = build_site(tmp_path, registry={"alerts": [EVERYWHERE]}, pages={"about.md": "# About\n"})
    for address in sorted(each for each in site.addresses() if not each.startswith("embed/")):
        assert b"moves house" in (site.folder / address).read_bytes(), address


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Open a page on a given day; without scripts when asked."""
    from tests.chromium import sync_playwright

    check = {"date": "2026-03-12", "how": "call", "by": "coordinator"}
    emergency = {"value": "113", "name": "Guards", "sources": [{**SOURCE, "publisher": "public-authority"}]}
    crisis = {"region": "av", "emergency": emergency, "lines": ["night-line"]}
    night, day = service(crisis="yes", verified=check), service(id="day-line", name="Day Line", verified=check)
    folder = build_site(tmp_path_factory.mktemp("browser"), night, day, NORTH, registry={"alerts": [FLOOD], "crisis": [crisis]}).folder

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

        def open_page(address, day, *, scripts=True):
            page = browser.new_context(java_script_enabled=scripts, timezone_id="Europe/London").new_page()
            if scripts:
                page.clock.set_fixed_time(f"{day}T12:00:00Z")
            page.goto(f"http://127.0.0.1:{server.server_port}/{address}/", wait_until="networkidle")
            return page

        yield open_page
        browser.close()
    server.shutdown()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize(("day", "shown"), [("2026-11-30", False), ("2026-12-01", True), ("2026-12-07", True), ("2026-12-08", False)])
def test_an_alert_appears_and_vanishes_by_date_without_another_build(opened, day, shown):
    assert opened("regions/av-n", day).get_by_text("Roads are closed").is_visible() == shown


@pytest.mark.browser
def test_without_scripts_an_alert_is_shown(opened):
    assert opened("regions/av-n", "", scripts=False).get_by_text("Roads are closed").is_visible()


@pytest.mark.browser
def test_a_check_that_is_too_long_ago_says_call_to_confirm_from_its_day_on(opened):
    words = "Checked more than 365 days ago: call to confirm"
    assert opened("services/day-line", "2027-03-12").get_by_text(words).count() == 0
    assert opened("services/day-line", "2027-03-13").get_by_text(words).first.is_visible()


@pytest.mark.browser
def test_an_old_crisis_line_stays_where_it_is_and_names_the_emergency_number(opened):
    fresh, old = opened("regions/av", "2026-03-20"), opened("regions/av", "2030-01-01")
    names = ".hr-card__name"
    assert fresh.locator(names).all_inner_texts() == old.locator(names).all_inner_texts()
    assert old.get_by_text("if nobody answers, call 113").first.is_visible()
    assert old.get_by_role("link", name="Call 0800 1111").first.is_visible()
    helping = opened("help-now", "2030-01-01")
    assert helping.get_by_role("link", name="Call 0800 1111").first.is_visible()
    assert helping.locator("#help-av").get_by_text("if nobody answers, call 113").first.is_visible()
