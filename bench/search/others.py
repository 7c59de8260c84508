"""Plain lunr and Pagefind on the same records: the title and every text that our own index holds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import mkdocs.contrib.search
from corpora import Directory, GuideRecord
from playwright.sync_api import sync_playwright
from server import serve

from handrail.search.entries import TOKENS, entries
from handrail.text.words import words
from handrail.views import urls
from handrail.views.urls import Urls

HERE = Path(__file__).resolve().parent
LUNR_JS = Path(mkdocs.contrib.search.__file__).parent / "templates/search/lunr.js"
_TOKENS = re.compile(rf"\b(?:{'|'.join(TOKENS)})\w+")


def pages(directory: Directory, guides: Iterable[GuideRecord]) -> list[dict[str, Any]]:
    """Return the records as both take them; ``regions`` are all from which an entry can be used."""
    found = []
    services = iter(sorted((each for each in directory.services.values() if each.is_open_to_people), key=lambda each: each.id))
    reaching: dict[str, list[str]] = {each.id: _regions(each.coverage.regions, each.coverage.excepted, directory) for each in services}
    everywhere = [region.id for region in directory.regions]
    for document, entry in entries(directory, guides, words("en"), Urls.of(urls.HOME)):
        identifier = entry.card["u"].strip("/").split("/")[1]
        text = " ".join(_TOKENS.sub("", value) for name, value in document.texts.items() if name != "name")
        regions = everywhere if "t" in entry.card else reaching[identifier]
        found.append({"url": f"/{entry.card['u']}", "title": entry.card["n"], "text": text, "regions": regions})
    return found


def _regions(named: Sequence[str], excepted: Sequence[str], directory: Directory) -> list[str]:
    out = {region for each in excepted for region in (each, *(below.id for below in directory.regions.below(each)))}
    return [region for each in dict.fromkeys(named) for region in (each, *(below.id for below in directory.regions.below(each))) if region not in out]


def node(script: str, data: object) -> Any:
    """Return the JSON that a script of this folder writes."""
    done = subprocess.run(["node", str(HERE / script)], input=json.dumps(data), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def lunr(records: list[dict[str, Any]], queries: list[dict[str, Any]], directory: Directory) -> list[list[str]]:
    """Return what lunr.js answers, as MkDocs uses it: title and text, the title counting more; only what reaches the region."""
    answers = node("lunr.mjs", {"lunr": str(LUNR_JS), "pages": records, "queries": [each["query"] for each in queries]})
    by_url = {each["url"]: set(each["regions"]) for each in records}
    return [[_id(url) for url in found if not each["region"] or each["region"] in by_url[url]][:10] for each, found in zip(queries, answers)]


def pagefind_files(records: list[dict[str, Any]], folder: Path) -> None:
    """Write Pagefind's files."""
    node("pagefind.mjs", {"pages": records, "folder": str(folder)})


def pagefind(records: list[dict[str, Any]], queries: list[dict[str, Any]], directory: Directory) -> list[list[str]]:
    """Return what Pagefind answers in a browser, with its own filter for the region."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pagefind_files(records, Path(folder))
        (Path(folder) / "index.html").write_text("<!doctype html><title>p</title>")
        server, address = serve(Path(folder))
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address)
        answers = page.evaluate(
            """async (queries) => {
              const pagefind = await import("/pagefind.js");
              await pagefind.init();
              const answers = [];
              for (const { query, region } of queries) {
                const { results } = await pagefind.search(query, region ? { filters: { region } } : {});
                answers.push(await Promise.all(results.slice(0, 10).map(async (result) => (await result.data()).url)));
              }
              return answers;
            }""",
            queries,
        )
        browser.close()
        server.shutdown()
    return [[_id(url) for url in found] for found in answers]


def _id(url: str) -> str:
    kind, name = url.strip("/").split("/")[:2]
    return name if kind == "services" else f"{kind.removesuffix('s')}:{name}"
