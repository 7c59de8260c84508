"""What leaves the site as a whole: a PDF with page numbers, a pack on a disk, a small page in a frame on somebody else's site."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pypdfium2
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from handrail.cli.main import main
from tests.browser.looks import SMALL, WIDE, axe
from tests.chromium import sync_playwright
from tests.exports.conftest import ROOT, files_of

pytestmark = pytest.mark.browser
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser():
    if BROWSER is None:
        pytest.fail("no Chromium found")
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield made
        made.close()


# ---- the booklet as a PDF


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory, request):
    """The same booklet, made twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDRAIL_TODAY", "2026-11-23")
        patch.setenv("HANDRAIL_BROWSER", BROWSER or "")
        patch.setattr("handrail.cli.pdf.find_spec", lambda name: None)
        folder = tmp_path_factory.mktemp("pdf")
        for name in ("one", "two"):
            assert main(["booklet", "gb", str(folder / f"{name}.pdf"), "--registry", str(ROOT / "resources.yaml"), "--site", "https://handrail.example"]) == 0
    return folder / "one.pdf", folder / "two.pdf"


def test_the_contents_name_the_page_on_which_each_entry_stands(pdfs):
    document = pypdfium2.PdfDocument(pdfs[0])
    pages = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    start = next(number for number, text in enumerate(pages) if re.search("^Contents$", text, re.MULTILINE))
    listed = re.findall(r"^\s*(\d+)\. (.+?) (\d+)$", "\n".join(pages[start:start + 2]), re.MULTILINE)
    listed = [(number, words, int(page)) for number, words, page in listed if int(page) > start + 1]
    assert len(listed) > 20
    for number, words, page in listed:
        heading = re.search(rf"^{number}\. (.+)$", pages[page - 1], re.MULTILINE)
        assert heading, (number, words, page)
        assert words.startswith(heading[1].strip()[:20]), (number, words, heading[1])
    document.close()


def test_every_sheet_but_the_first_has_its_number_at_its_foot(pdfs):
    document = pypdfium2.PdfDocument(pdfs[0])
    for number, page in list(enumerate(document, 1))[1:]:
        foot = page.get_textpage().get_text_bounded(bottom=0, top=60)
        assert foot.strip() == str(number)
    document.close()


def test_the_pdf_is_tagged_says_its_language_and_title_and_has_a_bookmark_for_every_entry(pdfs):
    reader = PdfReader(pdfs[0])
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Help in United Kingdom"

    def names(outline):
        for each in outline:
            yield from names(each) if isinstance(each, list) else [each.title]

    found = list(names(reader.outline))
    assert len([title for title in found if re.match(r"\d+\. ", title)]) > 20
    assert {"Get help right now", "Contents", "In United Kingdom"} <= set(found)


def test_the_same_registry_gives_the_same_pdf(pdfs):
    assert pdfs[0].read_bytes() == pdfs[1].read_bytes()


# ---- the pack


@pytest.fixture(scope="module")
def pack(site, tmp_path_factory):
    """The pack of a country as the site offers it, unzipped by a program that is not ours where there is one."""
    folder = tmp_path_factory.mktemp("pack")
    data = files_of(site)["packs/gb.zip"]
    if shutil.which("unzip"):
        (folder / "gb.zip").write_bytes(data)
        subprocess.run(["unzip", "-q", "gb.zip"], cwd=folder, check=True)
    else:
        zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    return (folder / "gb/index.html").as_uri()


@pytest.fixture
def carried(browser, pack):
    """Open the pack from the disk, without a network, on a day; nothing else may be asked for."""
    opened, asked = [], []

    def open_it(day="2026-12-01", **options):
        context = browser.new_context(offline=True, **options)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        if options.get("java_script_enabled", True):
            page.clock.set_fixed_time(f"{day}T12:00:00")
        page.goto(pack)
        opened.append(context)
        return page

    yield open_it
    assert [url for url in asked if url.split("#")[0] != pack] == []
    for context in opened:
        context.close()


def test_a_pack_holds_every_entry_of_the_country_and_every_guide_whole(carried, site):
    page = carried()
    inside = {service.id for service, _ in site.directory.reaching("gb")} | {service.id for service in site.directory.inside("gb")}
    entries = set(page.eval_on_selector_all("article[id^=entry-]", "all => all.map((each) => each.id.slice(6))"))
    assert entries == {each for each in inside if site.directory.services[each].is_open_to_people}
    guides = site.weaver.library.guides
    assert page.locator("article.guide").count() == len(guides) > 20
    for guide in guides.values():
        text = " ".join(page.locator(f"#guide-{guide.id}").inner_text().split())
        headings = re.findall(r"^#{2,4} (.+?)\s*$", guide.body, re.MULTILINE)
        assert [each for each in headings if plain(each) not in text] == [], guide.id
        assert ":::" not in text
        assert "[@" not in text
    lost = "all => all.map((each) => each.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id))"
    assert page.eval_on_selector_all("a[href^='#']", lost) == []


def plain(markdown):
    return " ".join(html.unescape(re.sub(r"[*_`]|\[@[^\]]*\]", "", markdown)).split())


def test_a_pack_finds_entries_and_guides_by_words_that_stand_in_them(carried):
    page = carried()
    page.fill("#q", "samaritans")
    assert page.locator("#entry-gb-samaritans").is_visible()
    assert page.locator("#entry-gb-calm").is_hidden()
    page.fill("#q", "motivational interviewing")
    assert page.locator("#guide-active-listening").is_visible()
    assert page.locator("#count").inner_text().endswith("found")
    page.fill("#q", "feeling anxious")
    assert page.locator("article:visible").count() >= 0
    page.fill("#q", "116 123")
    assert page.locator("#entry-gb-samaritans").is_visible()
    page.fill("#q", "zzzz")
    assert page.locator("article:visible").count() == 0
    assert page.locator("#count").inner_text().startswith("Nothing found")
    page.fill("#q", "")
    assert page.locator(".contents").is_visible()


@pytest.mark.parametrize(("day", "old"), [("2026-12-01", False), ("2027-02-20", False), ("2027-02-23", True), ("2031-01-01", True)])
def test_a_pack_warns_by_the_readers_day_when_its_crisis_numbers_are_older_than_the_limit(carried, site, day, old):
    assert site.directory.limits.crisis == 90
    page = carried(day)
    assert "2026-11-23" in page.inner_text(".cover")
    assert page.locator("#old").is_visible() == old


def test_without_scripts_a_pack_is_whole_and_says_when_it_gets_old(carried):
    page = carried(java_script_enabled=False)
    assert page.locator("article").count() > 40
    assert page.locator("#search").is_hidden()
    assert "90 days after 2026-11-23" in page.inner_text(".cover")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_pack_has_no_fault_that_axe_finds_and_fits_320_pixels(carried, scheme):
    page = carried("2031-01-01", color_scheme=scheme, viewport={"width": 320, "height": 640})
    assert page.evaluate(WIDE) == []
    assert page.evaluate(SMALL) == []
    assert axe(page) == []


# ---- the small page


class Headers(SimpleHTTPRequestHandler):
    """Answers with the headers that the site asks of its host."""

    headers_file = ""

    def end_headers(self):
        at = False
        for line in self.headers_file.splitlines():
            if not line.startswith(" "):
                at = bool(re.fullmatch(re.escape(line.strip()).replace(r"\*", ".*"), self.path))
            elif at:
                name, _, value = line.strip().partition(": ")
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args):
        pass


def served(folder, handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_partner_copies_the_line_and_sees_the_small_page_in_a_frame(browser, tmp_path, scripts):
    from tests.site.language import build_site, service

    (tmp_path / "ours").mkdir()
    built = build_site(tmp_path / "ours", service(), plugins=("handrail", "handrail/safety"))
    kind = type("Ours", (Headers,), {"headers_file": (built.folder / "_headers").read_text("utf-8")})
    ours, here = served(built.folder, kind)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/favicon.ico").write_bytes(b"")
    theirs, there = served(tmp_path / "theirs", Headers)
    page_of_partner = built.page("embed/av/loneliness.html").html
    snippet = html.unescape(re.search(r"<code>(.*?)</code>", page_of_partner)[1]).replace("https://small.example/", here)
    (tmp_path / "theirs/index.html").write_text(f"<!doctype html><title>A partner</title><h1>Us</h1>{snippet}", "utf-8")
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 320, "height": 640})
    page = context.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(there)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("link", name="0800 1111")).to_be_visible()
    expect(frame.get_by_role("link", name="See all")).to_have_attribute("target", "_blank")
    assert refused == []
    if scripts:
        page.goto(f"{here}embed/av/loneliness.html")
        assert axe(page) == []
        assert page.evaluate(WIDE) == []
        page.goto(f"{there}")
        page.evaluate(f"document.body.insertAdjacentHTML('beforeend', '<iframe id=x src=\"{here}regions/av/\"></iframe>')")
        page.wait_for_function("document.getElementById('x').contentDocument === null")
        expect(page.frame_locator("#x").get_by_text("Night Line")).to_have_count(0)  # every other page keeps out of frames
    context.close()
    for server in (ours, theirs):
        server.shutdown()
        server.server_close()
