"""QR codes are scanned from what the browser shows and prints, at the sizes at which people hold them."""

from __future__ import annotations

import shutil

import pypdfium2
import pytest
import zxingcpp

from tests.chromium import sync_playwright
from tests.exports.test_list_in_a_browser import Quiet
from tests.exports.test_paper_and_packs import served
from tests.site.language import build_site, service

pytestmark = pytest.mark.browser
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NAMES = [f"av-{word}-peer-support-line-{number}" for number, word in enumerate(("north", "south", "eastern", "western", "central", "coastal"))]
OFFICE_PRINTER = 300
POOR_CAMERA = 130
"""Dots to the inch: what a printer lays down, and what a cheap camera sees of it from a hand's breadth."""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    built = build_site(tmp_path_factory.mktemp("site"), *(service(id=name, name=name) for name in NAMES), plugins=("handrail", "handrail/safety"))
    if not (built.folder / "assets/handrail/vendor/lean-qr.js").is_file():
        pytest.fail("lean-qr is not in place: run make fonts")
    server, address = served(built.folder, Quiet)
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    if BROWSER is None:
        pytest.fail("no Chromium found")
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    made = context.new_page()
    made.set_default_timeout(60_000)
    yield made
    context.close()


def scanned(pdf: bytes, dots: int) -> list[str]:
    """Return what the codes on the first page say."""
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[0].render(scale=dots / 72, grayscale=True)
    grey = memoryview(bytes(bitmap.buffer)).cast("B", shape=[bitmap.height, bitmap.stride])
    document.close()
    return [code.text for code in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)]


@pytest.mark.parametrize("dots", [OFFICE_PRINTER, POOR_CAMERA])
@pytest.mark.parametrize("size", ["Letter", "A4"])
@pytest.mark.parametrize(("form", "count"), [("sheet", 1), ("sheet", 6), ("wallet", 1), ("wallet", 6)])
def test_the_code_on_paper_is_the_link_to_the_list(page, address, form, count, size, dots):
    ids = "~".join(NAMES[:count])
    page.goto(f"{address}my-list/#list={ids}&as={form}")
    page.click("[data-do=qr]")
    page.wait_for_selector("[data-paper-qr] svg", state="attached")
    if form == "wallet":
        box = page.locator("[data-paper]").bounding_box()
        assert box["width"] <= 171 / 25.4 * 96 + 1
    assert scanned(page.pdf(format=size), dots) == [f"{address}my-list/#list={ids}"]


def test_the_code_on_the_screen_is_the_link_with_notes_only_when_asked(page, address):
    page.goto(f"{address}my-list/#list={NAMES[0]}")
    page.fill("[data-note]", "after six")
    page.click("[data-do=qr]")
    page.wait_for_selector("[data-qr-box] svg")
    before = page.get_attribute("[data-qr-box] path", "d")
    shown = """document.body.replaceChildren(document.querySelector('[data-qr-box]'))"""
    page.emulate_media(media="screen")
    link = f"{address}my-list/#list={NAMES[0]}"
    page.check("[data-with-notes]")
    page.wait_for_function("(before) => (document.querySelector('[data-qr-box] path')?.getAttribute('d') ?? before) !== before", arg=before)
    page.evaluate(shown)
    assert scanned(page.pdf(), POOR_CAMERA) == [f"{link}&n0=after%20six"]


@pytest.mark.parametrize("form", ["sheet", "wallet"])
@pytest.mark.parametrize("size", ["Letter", "A4"])
def test_a_list_fits_on_one_sheet_without_an_empty_box_or_sheet(page, address, form, size):
    page.goto(f"{address}my-list/#list={'~'.join(NAMES)}&as={form}")
    page.wait_for_selector("[data-paper] .hr-paper__name")
    document = pypdfium2.PdfDocument(page.pdf(format=size))
    text = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    assert [name for name in NAMES if name.replace("-", "") not in text.replace("\ufffe", "").replace("-", "").replace("\r\n", "")] == []
    document.close()
    page.emulate_media(media="print")
    assert page.locator(".hr-strip").is_hidden()


def test_the_code_of_one_service_leads_to_its_page(page, address):
    page.goto(f"{address}services/{NAMES[1]}/#list={NAMES[0]}")
    page.get_by_role("link", name="Card to print").click()
    page.wait_for_selector("[data-paper] .hr-paper__name")
    page.click("[data-do=qr]")
    page.wait_for_selector("[data-paper-qr] svg", state="attached")
    assert scanned(page.pdf(), OFFICE_PRINTER) == [f"{address}services/{NAMES[1]}/"]


def test_a_discreet_sheet_has_no_code(page, address):
    page.goto(f"{address}my-list/#list={NAMES[0]}")
    page.click("[data-do=qr]")
    page.wait_for_selector("[data-paper-qr] svg", state="attached")
    page.check("[data-discreet]")
    assert scanned(page.pdf(), OFFICE_PRINTER) == []
