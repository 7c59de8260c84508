"""``handrail booklet``: the directory of a region, or of a topic in it, as a document to print or as a PDF."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from handrail.compiler.check import whole
from handrail.exports.dataset import Dataset
from handrail.issues import reporter
from handrail.issues.issue import HandrailError
from handrail.model import guide
from handrail.pages import guides, standalone
from handrail.pages.site import Renderer
from handrail.text import dates
from handrail.text.words import words

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("booklet", help="make a booklet of a region to print, or a PDF", description=__doc__)
    parser.add_argument("region", help="id of the region")
    parser.add_argument("file", type=Path, help="where it goes; the name ends in .html or .pdf")
    parser.add_argument("--topic", default="", help="only what helps with this topic, by id")
    parser.add_argument("--site", default="", metavar="ADDRESS", help="address of the site, for links")
    parser.add_argument("--registry", default="resources.yaml", type=Path, help="root file of the registry (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the booklet; return 1 when the registry has errors."""
    render = renderer(options.registry, options.site)
    if render is None:
        return 1
    known(render, options.region, options.topic)
    document = standalone.booklet(render, options.region, options.topic, Dataset(render.directory, render.t).fresh)
    if options.file.suffix == ".pdf":
        made = pdf(document, options.file)
        sys.stdout.write(f"{options.file} was made with {made}\n")
    else:
        options.file.write_text(document, "utf-8")
        sys.stdout.write(f"{options.file} was made\n")
    return 0


def renderer(registry: Path, site: str, docs: Path | None = None) -> Renderer | None:
    """Return what makes documents of a registry; None, with every issue said, when it has errors."""
    found = whole(registry, dates.today(), docs)
    if found.failed or found.directory is None:
        sys.stderr.write(reporter.human(list(found.issues)))
        return None
    base = site and site.rstrip("/") + "/"
    return Renderer(found.directory, words(found.directory.site.language), base=base, guides=guides.links(guide.library(found.shelf)))


def known(render: Renderer, region: str, topic: str = "") -> None:
    """Raise ``HandrailError`` for a region or topic that the registry does not have."""
    if region not in render.directory.regions:
        raise HandrailError(f'"{region}" is not one of our regions: {", ".join(each.id for each in render.directory.regions)}')
    if topic and topic not in render.directory.topics:
        raise HandrailError(f'"{topic}" is not one of our topics: {", ".join(render.directory.topics)}')


def pdf(document: str, target: Path) -> str:
    """Write a document as a tagged PDF with bookmarks; return what made it.

    WeasyPrint writes page numbers into the contents; a browser, which cannot, stands in where it is not installed.
    """
    if find_spec("weasyprint"):
        weasyprint = import_module("weasyprint")
        weasyprint.HTML(string=document).write_pdf(target, pdf_variant="pdf/ua-1")
        return "WeasyPrint"
    browser = os.environ.get("HANDRAIL_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise HandrailError("a PDF needs WeasyPrint (pip install weasyprint) or Chromium; without them write .html and print it")
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
                f"--print-to-pdf={Path(folder) / 'booklet.pdf'}",
                page.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode or not (Path(folder) / "booklet.pdf").is_file():
            raise HandrailError(f"the browser made no PDF: {done.stderr.strip()[-300:]}")
        shutil.copyfile(Path(folder) / "booklet.pdf", target)
    return Path(browser).name
