"""Pages full of hostile texts in a browser: no dialog, no request to elsewhere, no error, and the text stands there as it was written."""

from __future__ import annotations

import functools
import http.server
import threading

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from handrail.cli.main import main
from tests.chromium import sync_playwright
from tests.hardening import hostile
from tests.site.language import write_project

pytestmark = pytest.mark.browser


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


def test_nothing_hostile_comes_alive_in_a_browser(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")
    chosen = [text for text in hostile.OURS[:24] if not hostile.issues(tmp_path / "each", [hostile.PLAIN, text])]
    site = hostile.site(tmp_path / "site", [hostile.PLAIN, *chosen])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    trouble: list[str] = []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda said: trouble.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on("request", lambda asked: None if asked.url.startswith((base, "data:", "blob:")) else trouble.append(asked.url))
        numbers = range(1, len(chosen) + 1)
        others = ["find/", "services/", "my-list/", "topics/", "regions/region1/", "contribute/change/"]
        addresses = [f"services/service{number}/" for number in numbers] + others
        for address in addresses:
            page.goto(base + address, wait_until="networkidle")
            if address.startswith("services/service"):
                text = " ".join(chosen[int(address[16:-1]) - 1].split())
                assert text in " ".join(page.locator("article").inner_text().split()), text
                assert page.title().startswith(text), text
        browser.close()
    server.shutdown()
    server.server_close()
    assert trouble == []


ACTS = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/OpenAction", "/AA", "/SubmitForm", "/GoToR"}
"""Keys and names by which a PDF does something by itself."""


def _groups(value):
    """Yield every group of fields in an object of a PDF that stands in it itself."""
    if isinstance(value, DictionaryObject):
        yield value
    for each in value.values() if isinstance(value, DictionaryObject) else value if isinstance(value, ArrayObject) else ():
        yield from _groups(each)


def test_nothing_hostile_comes_alive_in_a_booklet_as_a_pdf(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")
    chosen = [text for text in hostile.OURS[:24] if not hostile.issues(tmp_path / "each", [hostile.PLAIN, text])]
    write_project(tmp_path, registry=hostile.registry([hostile.PLAIN, *chosen]))
    target = tmp_path / "all.pdf"
    assert main(["booklet", "region0", str(target), "--registry", str(tmp_path / "resources.yaml")]) == 0
    reader = PdfReader(target)
    found, schemes = set(), set()
    for number in range(1, int(reader.trailer["/Size"])):
        for each in _groups(reader.get_object(number)):
            found |= {str(part) for part in (*each, *each.values()) if isinstance(part, NameObject) and part in ACTS}
            schemes |= {str(each["/URI"]).partition(":")[0]} if "/URI" in each else set()
    assert found == set()
    assert "tel" in schemes
    assert schemes <= {"tel", "sms", "mailto", "https"}
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    shown = [each for each in chosen if "fi" not in each and "fl" not in each and "TT" not in each]  # a printer joins such letters
    assert len(shown) > 15
    assert [each for each in shown if "".join(each.split()) not in text] == []
