"""The find page with its files in a folder, without an engine around it: for the benchmark and for the tests in a browser."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from corpora import Directory, GuideRecord

from handrail.output.assets import assets, texts
from handrail.pages.site import Renderer
from handrail.search.build import SearchFiles, build
from handrail.search.page import find
from handrail.text.words import words
from handrail.views import urls


def write(directory: Directory, guides: Sequence[GuideRecord], folder: Path) -> SearchFiles:
    """Write the find page, a page with the header search, and every file they need; return the files of the search."""
    t = words("en")
    files = build(directory, guides, t)
    for path, content in [*((asset.path, asset.data) for asset in (*assets(), texts(t.texts))), *files.files]:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    make = Renderer(directory, t)
    body = make.render("find.html", find=find(make.on(urls.FIND), files, guides))
    _page(folder / "find", body, make)
    _page(
        folder / "other",
        f'<h1>Another page</h1><div class="hr-find" data-hr-search><a class="hr-button" href="../find/">{html.escape(t("page.find"))}</a></div>',
        make,
    )
    return files


def _page(folder: Path, body: str, make: Renderer) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Find</title>'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="../assets/handrail/css/handrail.css"></head>'
        f'<body class="md-typeset"><main class="md-typeset">{body}</main>'
        '<script type="module" src="../assets/handrail/scripts/search.mjs"></script></body></html>',
        "utf-8",
    )
