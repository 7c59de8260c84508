"""A booklet as a PDF: tagged, with bookmarks and the page of every entry in its contents.

WeasyPrint writes page numbers into the contents itself. A browser cannot: there the document is printed, the first print tells on which
page each entry came to lie, and it is printed again with these numbers, until a print says what its contents say.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject

from handrail.issues.issue import HandrailError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MOST_PRINTS = 5
Pages = Mapping[str, int]


def write(document: Callable[[Pages], str], entries: list[str], target: Path, updated: date) -> str:
    """Write a document as a PDF; return what made it.

    ``document`` makes the HTML, given the page of each entry (empty: not known); ``entries`` are the fragments that lead to them.
    The day of the data stands in the file as its date, so that the same data gives the same bytes.
    """
    if find_spec("weasyprint"):
        import_module("weasyprint").HTML(string=document({})).write_pdf(target, pdf_variant="pdf/ua-1")
        return "WeasyPrint"
    browser = os.environ.get("HANDRAIL_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise HandrailError("a PDF needs WeasyPrint (pip install weasyprint) or Chromium; without them write .html and print it")
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "booklet.pdf"
        # numbers of the usual width hold the place, so that the second print breaks its lines as the first
        pages: Pages = dict.fromkeys(entries, 88)
        for _ in range(MOST_PRINTS):
            _print(browser, document(pages), printed)
            found = destinations(printed, entries)
            if found == pages:
                _finish(printed, target, updated)
                return Path(browser).name
            pages = found
    raise HandrailError("the page numbers of the contents move with every print; write .html and print it")


def destinations(pdf: Path, entries: list[str]) -> dict[str, int]:
    """Return the page, counted from 1, on which each entry starts."""
    reader = PdfReader(pdf)
    named = {name.removeprefix("/"): destination for name, destination in reader.named_destinations.items()}
    missing = [each for each in entries if each not in named]
    if missing:
        raise HandrailError(f"the browser's PDF does not say where {missing[0]} stands")
    found = {}
    for each in entries:
        number = reader.get_destination_page_number(named[each])
        if number is None:
            raise HandrailError(f"the browser's PDF does not say where {each} stands")
        found[each] = number + 1
    return found


def _print(browser: str, document: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "booklet.html"
        page.write_text(document, "utf-8")
        sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        done = subprocess.run(
            [
                browser,
                "--headless",
                "--disable-gpu",
                "--no-pdf-header-footer",
                "--export-tagged-pdf",
                "--generate-pdf-document-outline",
                *sandbox,
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={target}",
                page.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode or not target.is_file():
            raise HandrailError(f"the browser made no PDF: {done.stderr.strip()[-300:]}")


def _finish(printed: Path, target: Path, updated: date) -> None:
    """Write the print with its title shown instead of its file name, and with no trace of the hour in which it was made."""
    writer = PdfWriter(clone_from=printed)
    stamp = f"D:{updated:%Y%m%d}000000Z"
    writer.add_metadata({"/CreationDate": stamp, "/ModDate": stamp, "/Producer": "handrail"})
    preferences = writer.root_object.setdefault(NameObject("/ViewerPreferences"), DictionaryObject())
    preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    writer.write(target)
