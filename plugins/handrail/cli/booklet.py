"""``handrail booklet``: the directory of a region, or of a topic in it, as a document to print or as a PDF."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handrail.cli import common, pdf
from handrail.compiler.check import whole
from handrail.exports.dataset import Dataset
from handrail.issues import reporter
from handrail.issues.issue import HandrailError
from handrail.model import guide
from handrail.pages import guides, standalone
from handrail.pages.site import Renderer
from handrail.text import dates
from handrail.text.words import words
from handrail.views import booklet as views


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
    made = renderer(options.registry, options.site)
    if made is None:
        return 1
    render, _ = made
    known(render, options.region, options.topic)
    updated = Dataset(render.directory, render.t).fresh

    def document(pages: Mapping[str, int]) -> str:
        return standalone.booklet(render, options.region, options.topic, updated, pages)

    common.refuse_hidden(options.registry.parent, [(str(options.file), document({}).encode())])
    if options.file.suffix == ".pdf":
        entries = [f"entry-{service.id}" for _, members in views.services(standalone.afar(render), options.region, options.topic) for service in members]
        sys.stdout.write(f"{options.file} was made with {pdf.write(document, entries, options.file, updated)}\n")
    else:
        options.file.write_text(document({}), "utf-8")
        sys.stdout.write(f"{options.file} was made\n")
    return 0


def renderer(registry: Path, site: str, docs: Path | None = None) -> tuple[Renderer, guide.Library] | None:
    """Return what makes documents of a registry, and its guides; None, with every issue said, when it has errors."""
    found = whole(registry, dates.today(), docs)
    if found.failed or found.directory is None:
        sys.stderr.write(reporter.human(list(found.issues)))
        return None
    base = site and site.rstrip("/") + "/"
    library = guide.library(found.shelf)
    return Renderer(found.directory, words(found.directory.site.language), base=base, guides=guides.links(library)), library


def known(render: Renderer, region: str, topic: str = "") -> None:
    """Raise ``HandrailError`` for a region or topic that the registry does not have."""
    if region not in render.directory.regions:
        raise HandrailError(f'"{region}" is not one of our regions: {", ".join(each.id for each in render.directory.regions)}')
    if topic and topic not in render.directory.topics:
        raise HandrailError(f'"{topic}" is not one of our topics: {", ".join(render.directory.topics)}')
