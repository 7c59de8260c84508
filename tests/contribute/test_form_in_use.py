"""The form as somebody uses it: by keyboard, on a phone, with a bad connection, with entries that are there already."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import AXE, RUN, SMALL, WIDE
from tests.chromium import sync_playwright
from tests.contribute.conftest import small_registry
from tests.contribute.test_form import _Quiet, address, begun, entry, issues_with, page, pressed, site, typed  # noqa: F401
from tests.site.language import build_project

pytestmark = pytest.mark.browser
MOST = 90_000
"""Bytes, compressed and without the typeface, that a first visit of any page may take."""


@pytest.fixture
def phone(address: str) -> Iterator[Callable[..., Page]]:  # noqa: F811
    """Open pages on a small screen, each in a browser profile of its own."""
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

        def opened(**options: Any) -> Page:
            made = browser.new_context(viewport={"width": 360, "height": 740}, **options).new_page()
            made.set_default_timeout(60_000)
            return made

        yield opened
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def everything_open(page: Page) -> None:  # noqa: F811
    page.evaluate("""() => {
      for (let at = 0; at < 3; at += 1) {
        for (const box of document.querySelectorAll("[data-entry] details")) box.open = true;
        for (const button of document.querySelectorAll("[data-entry] [data-add]")) {
          const list = button.closest('[data-kind="items"]');
          if (!list.querySelector("[data-items]").children.length) button.click();
        }
      }
    }""")


def test_the_whole_form_fits_a_small_screen(phone, address):  # noqa: F811
    page = phone(bypass_csp=True)  # noqa: F811
    begun(page, address)
    everything_open(page)
    assert page.evaluate(WIDE) == []
    assert page.evaluate(SMALL) == []
    broken = page.evaluate("""() => [...document.querySelectorAll(".hr-week__name, .hr-ask__label, .hr-week__day label")].filter((each) => {
      const box = each.getBoundingClientRect();
      return each.checkVisibility() && (box.width < 40 || box.height > 4 * parseFloat(getComputedStyle(each).lineHeight));
    }).map((each) => each.textContent)""")
    assert broken == [], "a label is squeezed until its letters stand below each other"
    overflowing = page.evaluate("""() => [...document.querySelectorAll("[data-entry] input, [data-entry] select, [data-entry] textarea")].filter((each) =>
      each.checkVisibility() && each.getBoundingClientRect().right > document.documentElement.clientWidth - 8).map((each) => each.outerHTML.slice(0, 80))""")
    assert overflowing == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_with_mistakes_in_it_has_no_violation(phone, address, scheme):  # noqa: F811
    page = phone(bypass_csp=True, color_scheme=scheme)  # noqa: F811
    begun(page, address)
    everything_open(page)
    assert pressed(page).startswith("mend: ")
    page.add_script_tag(path=str(AXE))
    assert page.evaluate(RUN) == []
    names = page.evaluate("""() => [...document.querySelectorAll("[data-entry] input, [data-entry] select, [data-entry] textarea")]
      .filter((each) => !(each.labels?.length || each.getAttribute("aria-label"))).map((each) => each.outerHTML.slice(0, 100))""")
    assert names == [], "every control has a name"


def test_the_finished_file_has_no_violation(phone, address):  # noqa: F811
    page = phone(bypass_csp=True)  # noqa: F811
    begun(page, address)
    assert not typed(page, entry("helpline", "Somebody listens.")).startswith("mend")
    page.add_script_tag(path=str(AXE))
    assert page.evaluate(RUN) == []
    assert page.evaluate(WIDE) == []


def to(page: Page, label: str) -> None:  # noqa: F811
    """Press Tab until the control, button or summary whose name begins so has the focus."""
    seen = []
    for _ in range(400):
        page.keyboard.press("Tab")
        name = page.evaluate("""() => {
          const each = document.activeElement;
          const words = each.labels?.length ? each.labels[0] : each.matches("button, summary, a") ? each : null;
          return words ? words.textContent.replace("(needed)", "").replace(/\\s+/g, " ").trim() : each.tagName;
        }""")
        if name.startswith(label):
            return
        seen.append(name)
    raise AssertionError(f"{label} is not reached; {seen[-30:]}")


def test_an_entry_is_written_with_the_keyboard_alone(phone, address, site, tmp_path):  # noqa: F811
    page = phone()  # noqa: F811
    page.goto(f"{address}contribute/add/")
    expect(page.locator("[data-start]")).to_be_visible()
    page.locator("#hr-organization").focus()
    to(page, "Start")
    page.keyboard.press("Enter")
    expect(page.locator("#hr-first")).to_be_focused()
    keys = page.keyboard

    def write(label: str, text: str) -> None:
        to(page, label)
        keys.type(text)

    def tick(label: str) -> None:
        to(page, label)
        keys.press("Space")

    write("Title", "Contact page")
    write("Address", "https://www.newcomer.example.org/contact")
    to(page, "Id")
    assert page.evaluate("document.activeElement.value") == "contact-page", "the id is filled in"
    write("Who publishes it", "The service")
    write("Date of the page", "undated")
    write("Name", "Newcomer Trust")
    write("Kind", "Charity")
    write("Name", "Newcomer Line")
    write("Kind", "Helpline")
    write("Summary", "Somebody listens.")
    to(page, "2. Who it is for")
    keys.press("Enter")
    tick("Grief (grief)")
    to(page, "3. Where people live who may use it")
    keys.press("Enter")
    tick("Avalon (av)")
    to(page, "4. How to reach it")
    keys.press("Enter")
    to(page, "Add: Channel")
    keys.press("Enter")
    keys.type("Phone")
    write("Number, address or link", "0800 4444")
    write("Opens", "09:00")
    write("Closes", "17:00")
    to(page, "Note")
    tick("Contact page (contact-page)")
    tick("Contact page (contact-page)")
    to(page, "9. Where this was read, and who checked it")
    keys.press("Enter")
    tick("Contact page (contact-page)")
    to(page, "Check and show the file")
    keys.press("Enter")
    expect(page.locator("[data-errors]")).to_be_focused()
    to(page, 'Newcomer Line, Channel 1, Hours, Weekly: "weekly" needs "time_zone" beside it.')
    keys.press("Enter")
    page.locator('.hr-form__service [data-name="time_zone"] input').first.focus()
    keys.type("Europe/London")
    keys.press("Enter")
    expect(page.locator("#hr-result")).to_be_focused()
    name = "content/organizations/av/newcomer-trust.yaml"
    assert name in (page.locator("[data-where]").text_content() or "")
    assert issues_with(site, tmp_path / "copy", name, page.locator("[data-file]").text_content() or "") == []


def test_what_the_registry_knows_is_asked_before_anything_is_sent(page, address):  # noqa: F811
    begun(page, address)
    data = entry("helpline", "Words")
    data["id"] = "night"
    service = data["services"][0]
    service["id"] = "night-line"
    service["coverage"]["except"] = ["ly"]
    service["use_instead"] = ["nobody-line"]
    service["added"] = "2999-01-01"
    service["channels"][0]["hours"]["weekly"] = [["sun", "22:00", "06:00"], ["mon", "05:00", "04:00"]]
    service["channels"].append({"type": "email", "value": "a@example.org"})
    shown = typed(page, data)
    for words in (
        'The organization id "night" is used twice. The other one stands in content/organizations/av/night.yaml, line 2; give this one its own.',
        'The service id "night-line" is used twice. The other one stands in content/organizations/av/night.yaml, line 14; give this one its own.',
        '"ly" lies outside the regions that are covered.',
        '"nobody-line" is not one of our services.',
        "2999-01-01 lies in the future.",
        "Two openings overlap.",
        "It closes before it opens.",
        "Words, Channel 2, Seen in: This contact was not seen on a page of the operator or of a public authority.",
    ):
        assert words in shown, (words, shown)


def test_what_may_be_there_already_is_told_and_stops_nobody(page, address):  # noqa: F811
    begun(page, address)
    data = entry("helpline", "Words")
    data["services"][0]["name"] = "Night-Line"
    data["services"][0]["channels"][0]["value"] = "(0800) 1111"
    data["services"][0]["summary"] = "For people who committed suicide attempts."
    assert not typed(page, data).startswith("mend")
    notes = page.locator("[data-notes-list] li").all_inner_texts()
    assert "Night Line (night) has the same number (0800) 1111, and other hours. Is it there already?" in notes
    assert "Night Line (night) has nearly the same name. Is it there already?" in notes
    assert any(note.startswith('"committed suicide": ') for note in notes)
    begun(page, address)
    data["services"][0].update(name="Quite Another", summary="Words.")
    data["services"][0]["channels"][0]["value"] = "0800 2222"
    typed(page, data)
    expect(page.locator("[data-notes]")).to_be_hidden()


def test_choosing_another_organization_by_mistake_loses_nothing(page, address):  # noqa: F811
    begun(page, address)
    page.locator('.hr-form__service [data-name="name"] input').first.fill("Typed with care")
    expect(page.locator("#hr-organization")).to_be_hidden()
    page.locator("summary", has_text="Start again").click()
    page.locator("[data-again]").click()
    expect(page.locator("#hr-organization")).to_be_focused()
    expect(page.locator("[data-entry]")).to_be_hidden()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose organizations are too many for the page of the form."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("handrail.views.contribute.MOST_CHOICES", 0)
        site = build_project(small_registry(tmp_path_factory.mktemp("crowded"), ("handrail", "handrail/safety")))
    assert "Night Trust" not in site.page("contribute/change").html
    with served(site.folder) as address:  # noqa: F811
        yield address


def test_organizations_that_are_too_many_for_the_page_are_offered_all_the_same(phone, crowded):
    page = phone()  # noqa: F811
    page.goto(f"{crowded}contribute/change/")
    page.locator("#hr-organization").select_option("night")
    page.locator("[data-start] button").click()
    expect(page.locator("[data-form]")).to_be_visible()
    page.goto(f"{crowded}contribute/add/#org=night")
    expect(page.locator("[data-form]")).to_be_visible()


def test_organizations_that_could_not_be_loaded_are_asked_for_again(phone, crowded):
    page = phone()  # noqa: F811
    page.route("**/form/organizations.json", lambda route: route.abort())
    page.goto(f"{crowded}contribute/change/")
    expect(page.locator("[data-status]")).to_contain_text("could not be loaded")
    page.unroute("**/form/organizations.json")
    page.locator("[data-start] button").click()
    expect(page.locator("#hr-organization option")).to_have_count(2)
    expect(page.locator("[data-status]")).to_be_empty()
    expect(page.locator("#hr-organization")).to_be_focused()


def test_a_connection_that_breaks_is_told_and_what_was_typed_stays(phone, address):  # noqa: F811
    page = phone()  # noqa: F811
    begun(page, address)
    page.route("**/form/known.json", lambda route: route.abort())
    page.locator('.hr-form__service [data-name="name"] input').first.fill("Typed with care")
    page.locator("[data-form] button[type=submit]").click()
    expect(page.locator("[data-status]")).to_contain_text("could not be loaded")
    assert page.locator('.hr-form__service [data-name="name"] input').first.input_value() == "Typed with care"
    page.unroute("**/form/known.json")
    assert pressed(page).startswith("mend: ")


def test_a_start_that_fails_can_be_tried_again(phone, address):  # noqa: F811
    page = phone()  # noqa: F811
    page.route("**/form/form.json", lambda route: route.abort())
    page.goto(f"{address}contribute/add/")
    page.locator("[data-start] button").click()
    expect(page.locator("[data-status]")).to_contain_text("could not be loaded")
    page.unroute("**/form/form.json")
    page.locator("[data-start] button").click()
    expect(page.locator("[data-entry]")).to_be_visible()


def test_a_long_list_is_searched_and_keeps_what_is_ticked(tmp_path, phone):
    folder = small_registry(tmp_path).parent
    root = (folder / "resources.yaml").read_text("utf-8")
    more = "".join(f"- {{id: av-x{number}, name: Part {number} of Avalon, kind: county, parent: av}}\n" for number in range(30))
    (folder / "resources.yaml").write_text(root.replace("topics:\n", f"{more}topics:\n", 1), "utf-8")
    with served(build_project(folder / "mkdocs.yml").folder) as there:
        page = phone()
        begun(page, there)
        page.locator('[data-step="where"] summary').first.click()
        regions = page.locator('[data-step="where"] [data-name="regions"]')
        regions.get_by_label("Lyonesse (ly)").check()
        regions.get_by_label("Find in this list").fill("part 17")
        expect(regions.locator("li:visible")).to_have_count(2)
        regions.get_by_label("Part 17 of Avalon (av-x17)").check()
        assert regions.locator("input:checked").evaluate_all("(all) => all.map((each) => each.value)") == ["ly", "av-x17"]


def test_a_host_that_takes_no_text_gets_it_by_the_clipboard(phone, address):  # noqa: F811
    page = phone(permissions=["clipboard-read", "clipboard-write"])  # noqa: F811
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="a host"))
    page.goto(f"{address}contribute/change/#org=night&service=night-line")
    expect(page.locator("[data-entry]")).to_be_visible()
    text = typed(page, {"services": [{"summary": "Somebody to talk to, always."}]})
    link = page.locator("[data-send]")
    assert link.inner_text() == "Copy the text and open the page"
    assert link.get_attribute("href") == "https://github.com/example/small/edit/main/content/organizations/av/night.yaml"
    assert "say yes" in page.locator("[data-host]").inner_text()
    with page.context.expect_page() as other:
        link.click()
    assert other.value.url == "https://github.com/example/small/edit/main/content/organizations/av/night.yaml"
    expect(page.locator("[data-status]")).to_have_text("Copied.")
    page.bring_to_front()
    assert page.evaluate("navigator.clipboard.readText()") == text


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    plugins = ("handrail", "handrail/guides", "handrail/search", "handrail/safety")
    return build_project(small_registry(tmp_path_factory.mktemp("whole"), plugins))


@pytest.mark.parametrize("name", ["contribute/add/", "contribute/change/"])
def test_a_first_visit_loads_only_what_the_page_shows(phone, whole, name):
    with served(whole.folder) as there:
        page = phone()
        loaded: dict[str, int] = {}
        page.on("response", lambda answer: loaded.update({answer.url.removeprefix(there): len(gzip.compress(answer.body(), 9))}))
        page.goto(there + name, wait_until="networkidle")
        expect(page.locator("[data-start]")).to_be_visible()
        without_type = {each: size for each, size in loaded.items() if not each.endswith(".woff2")}
        assert sum(without_type.values()) <= MOST, without_type
        assert {each for each in loaded if "/form/" in each} == {"assets/handrail/scripts/form/page.mjs", "assets/handrail/scripts/form/load.mjs"}
        if name.endswith("add/"):
            page.locator("[data-start] button").click()
            expect(page.locator("[data-entry]")).to_be_visible()
            assert not [each for each in loaded if each.endswith(("rules.json", "known.json", "shape.mjs"))], "what checks waits until something is checked"
