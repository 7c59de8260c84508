"""Measures the search: bytes key by key, latency, long tasks and building, with Pagefind and whole lunr beside it in the same run.

Writes Markdown. ``--count`` for another size; the real facilities are measured too when HANDRAIL_DATA names the folder that holds them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import corpora
import others
import shell
from corpora import Directory
from lunr import lunr as lunr_py
from playwright.sync_api import Browser, sync_playwright
from server import Server, serve

from handrail.search.entries import BOOSTS, entries
from handrail.search.index import build_index
from handrail.search.pipeline import Pipeline
from handrail.text.words import words
from handrail.views import urls
from handrail.views.urls import Urls

PAUSE = 120
SHOWN = 6


def main() -> None:
    """Measure each registry and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--without-building", action="store_true")
    options = parser.parse_args()
    sets: list[tuple[str, Directory, tuple[str, str, str], str]] = [
        (f"{options.count:,} made entries", corpora.synthetic(options.count), ("anxiety", "anxiety support", "grief group"), "us-7-3"),
    ]
    data = os.environ.get("HANDRAIL_DATA")
    if data:
        found = sorted(Path(data).rglob("facilities.csv"))
        if found:
            sets.append(("the real facilities", corpora.facilities(found[0]), ("counseling", "veterans clinic", "family services"), "us-tx"))
    for name, directory, queries, region in sets:
        print(f"## {name}\n", flush=True)
        if not options.without_building:
            _building(directory)
        _browsing(directory, queries, region)


def _building(directory: Directory) -> None:
    t = words("en")
    documents = [entry.document for entry in entries(directory, [], t, Urls.of(urls.HOME))]
    started = time.perf_counter()
    build_index(documents, BOOSTS, Pipeline("en"))
    ours = time.perf_counter() - started
    rows = [{"id": number, **{name: document.texts.get(name, "") for name in BOOSTS}} for number, document in enumerate(documents)]
    started = time.perf_counter()
    lunr_py(ref="id", fields=[{"field_name": name, "boost": boost} for name, boost in BOOSTS.items()], documents=rows)
    theirs = time.perf_counter() - started
    print(f"Building the index: {ours:.1f} s; lunr.py as it stands {theirs:.1f} s; {ours / theirs:.2f} of it.\n", flush=True)


class Wire:
    """Counts what comes over the wire beyond HTML, styles and fonts."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.last: list[tuple[str, int]] = []
        self.take()

    def take(self) -> tuple[int, int]:
        """Return bytes and requests since the last time."""
        sent, self.server.sent = self.server.sent, []
        self.last = [(path, size) for path, size in sent if not path.split("?")[0].endswith(("/", ".html", ".css", ".woff2"))]
        return sum(size for _, size in self.last), len(self.last)


def _browsing(directory: Directory, queries: tuple[str, str, str], region: str) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        shell.write(directory, [], root)
        records = others.pages(directory, [])
        started = time.perf_counter()
        others.pagefind_files(records, root / "pagefind")
        print(f"Pagefind indexes the same records in {time.perf_counter() - started:.1f} s.\n", flush=True)
        _whole(records, root / "whole")
        server, address = serve(root)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        rows = [_ours(browser, server, address, query, queries[2], region) for query in queries[:2]]
        rows += [_pagefind(browser, server, address, query, queries[2], region) for query in queries[:2]]
        rows.append(_lunr(browser, server, address, queries[1]))
        print("| search | query | KB to first results | requests | + region | next query | keys |\n|---|---|---|---|---|---|---|")
        for row in rows:
            print("| " + " | ".join(row) + " |")
        print()
        _latency(browser, address, region)
        browser.close()
        server.shutdown()


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}"


def _ours(browser: Browser, server: Server, address: str, query: str, following: str, region: str) -> list[str]:
    page = browser.new_context().new_page()
    wire = Wire(server)
    page.goto(f"{address}find/", wait_until="networkidle")
    opened, _ = size, count = wire.take()
    keys = []
    for letter in query:
        page.keyboard.press(letter) if page.evaluate("document.activeElement.id") == "hr-q" else page.locator("#hr-q").press_sequentially(letter)
        page.wait_for_timeout(PAUSE)
        page.wait_for_load_state("networkidle")
        more, requests = wire.take()
        if os.environ.get("HANDRAIL_BENCH_FILES"):
            print(letter, more, [(Path(url).name.split("?")[0], size) for url, size in wire.last], file=sys.stderr)
        keys.append(more)
        size, count = size + more, count + requests
    page.wait_for_selector(".hr-search__group .hr-card")
    shown = page.locator(".hr-search__group .hr-card").count()
    page.evaluate("(id) => { location.hash = `q=${encodeURIComponent(document.querySelector('#hr-q').value)}&r=${id}`; }", region)
    page.wait_for_selector("[data-hr-tags] li")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    filtered, _ = wire.take()
    if os.environ.get("HANDRAIL_BENCH_FILES"):
        print("region", filtered, [(Path(url).name.split("?")[0], size) for url, size in wire.last], file=sys.stderr)
    page.locator("[data-hr-clear]").click()
    page.wait_for_timeout(300)
    wire.take()
    page.locator("#hr-q").press_sequentially(following, delay=PAUSE)
    page.wait_for_selector(".hr-search__group .hr-card")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    after, _ = wire.take()
    page.context.close()
    told = " ".join(f"{letter}:{_kb(each)}" for letter, each in zip(query, keys) if each)
    return [f"Handrail ({shown} cards)", query, _kb(size), str(count), _kb(filtered), _kb(after), f"open:{_kb(opened)} {told}"]


def _pagefind(browser: Browser, server: Server, address: str, query: str, following: str, region: str) -> list[str]:
    page = browser.new_context().new_page()
    wire = Wire(server)
    page.goto(f"{address}other/", wait_until="networkidle")
    wire.take()
    search = """async ([query, region, shown]) => {
      const pagefind = await import("/pagefind/pagefind.js");
      const found = await pagefind.search(query, region ? { filters: { region } } : {});
      await Promise.all(found.results.slice(0, shown).map((result) => result.data()));
      return found.results.length;
    }"""
    size = count = 0
    found = 0
    for length in range(3, len(query) + 1) if os.environ.get("HANDRAIL_BENCH_KEYS") else [len(query)]:
        found = page.evaluate(search, [query[:length], "", SHOWN])
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    size, count = wire.take()
    page.evaluate(search, [query, region, SHOWN])
    page.wait_for_timeout(500)
    filtered, _ = wire.take()
    page.evaluate(search, [following, "", SHOWN])
    page.wait_for_timeout(500)
    after, _ = wire.take()
    page.context.close()
    return [f"Pagefind ({min(found, SHOWN)} results)", query, _kb(size), str(count), _kb(filtered), _kb(after), "asked once, when it is typed"]


def _whole(records: list[dict[str, Any]], folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copy(others.LUNR_JS, folder / "lunr.js")
    others.node("whole.mjs", {"lunr": str(others.LUNR_JS), "pages": records, "folder": str(folder)})


def _lunr(browser: Browser, server: Server, address: str, query: str) -> list[str]:
    page = browser.new_context().new_page()
    wire = Wire(server)
    page.goto(f"{address}other/", wait_until="networkidle")
    wire.take()
    page.evaluate(
        """async (query) => {
      const script = document.createElement("script");
      script.src = "/whole/lunr.js";
      await new Promise((resolve) => { script.onload = resolve; document.head.append(script); });
      const [index, cards] = await Promise.all(["index", "cards"].map(async (name) => (await fetch(`/whole/${name}.json`)).json()));
      return lunr.Index.load(index).search(query).slice(0, 6).map(({ ref }) => cards[ref]);
    }""",
        query,
    )
    page.wait_for_timeout(500)
    size, count = wire.take()
    page.context.close()
    return ["lunr, whole index", query, _kb(size), str(count), "0.0", "0.0", ""]


def _latency(browser: Browser, address: str, region: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{address}find/", wait_until="networkidle")
    asked = [
        "anxiety support",
        "grief",
        "peer mentor",
        "veterans",
        "panic attack",
        "depression group young adults",
        "helpline",
        "can't stop crying",
        "lonely",
        "warm line",
        "support",
        "students stress",
        "baby blues",
        "depresion",
        "mentoring programme teenagers",
        "counselling",
        "trauma",
        "services for women",
        "help at night",
        "self harm",
    ]
    times = page.evaluate(
        """async ([asked, region]) => {
      const folder = "/assets/handrail/scripts/search/";
      const [{ open }, { Facets, Regions }, { grouped }] = await Promise.all(["load", "facets", "groups"].map((name) => import(`${folder}${name}.mjs`)));
      const { manifest, files, meaning } = await open();
      const facets = new Facets({ count: manifest.count, column: (name) => files.column(name), zone: "UTC" });
      const regions = new Regions(await files.regions());
      const lists = await facets.lists("region");
      const none = new Uint8Array(manifest.count);
      const query = async (text, filters) => {
        const reach = filters ? regions.reach(region, lists, manifest.count) : null;
        const isWithin = (number) => !reach || reach.depth[number] >= 0 || reach.inside[number];
        const found = await meaning.find(text, isWithin);
        const answers = filters ? await facets.together(filters) : null;
        const chain = filters ? regions.chain(region) : [];
        const given = { results: found.results, reach, answers, isCrisis: none, isWithin, isGuide: () => false };
        return grouped({ ...given, services: manifest.services, chain, filtered: Boolean(filters) });
      };
      const filters = new Map([["cost", ["free"]], ["topic", ["anxiety", "grief"]], ["channel", ["phone"]]]);
      const plain = [];
      const filtered = [];
      for (let round = 0; round < 6; round++) {
        for (const text of asked) {
          let start = performance.now();
          await query(text, null);
          if (round) plain.push(performance.now() - start);
          start = performance.now();
          await query(text, filters);
          if (round) filtered.push(performance.now() - start);
        }
      }
      return [plain, filtered];
    }""",
        [asked, region],
    )
    print("| latency once loaded, ms | p50 | p95 | worst |\n|---|---|---|---|")
    for name, values in zip(("query", "query with region and three filters"), times):
        ordered = sorted(values)
        print(f"| {name} | {statistics.median(ordered):.1f} | {ordered[int(len(ordered) * 0.95)]:.1f} | {ordered[-1]:.1f} |")
    page.evaluate(
        "window.tasks = []; new PerformanceObserver((list) => list.getEntries().forEach((each) => tasks.push(Math.round(each.duration))))"
        ".observe({ type: 'longtask' })"
    )
    for text in ("anxiety support", "depresion"):
        page.locator("#hr-q").fill("")
        page.locator("#hr-q").press_sequentially(text, delay=PAUSE)
        page.wait_for_timeout(800)
    found = Counter(page.evaluate("window.tasks"))
    print(f"\nTasks above 50 ms while typing: {sum(found.values())}{f' ({sorted(found.elements())} ms)' if found else ''}.\n")
    page.context.close()


if __name__ == "__main__":
    main()
