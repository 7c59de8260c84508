"""Measures the search: bytes key by key, latency, long tasks and building, with Pagefind and whole lunr beside it in the same run.

Writes Markdown. ``--count`` for another size; the real facilities are measured too when HANDRAIL_DATA names the folder that holds them.
"""

from __future__ import annotations

import argparse
import json
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
from playwright.sync_api import Browser, Page, sync_playwright
from server import Server, serve

from handrail.search.entries import BOOSTS, entries
from handrail.search.index import build_index
from handrail.search.pipeline import Pipeline
from handrail.search.scripts import THEME_SCRIPTS
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
    parser.add_argument("--only-ours", action="store_true", help="neither Pagefind nor the whole lunr index")
    options = parser.parse_args()
    made = corpora.synthetic(options.count)
    sets: list[tuple[str, Directory, tuple[str, str, str], tuple[str, str]]] = [
        (f"{options.count:,} made entries", made, ("anxiety", "anxiety support", "grief group"), _named(made, "us-7-3")),
    ]
    data = os.environ.get("HANDRAIL_DATA")
    if data:
        found = sorted(Path(data).rglob("facilities.csv"))
        if found:
            real = corpora.facilities(found[0])
            for region in ("us-tx", "us-tx-harris"):
                asked = ("counseling", "veterans clinic", "family services")
                sets.append((f"the real facilities, {real.regions[region].name}", real, asked, _named(real, region)))
    for name, directory, queries, region in sets:
        print(f"## {name}\n", flush=True)
        if not options.without_building:
            _building(directory)
        _browsing(directory, queries, region, options.only_ours)


def _named(directory: Directory, region: str) -> tuple[str, str]:
    """Return the id and the name of a region."""
    return region, directory.regions[region].name


def _building(directory: Directory) -> None:
    t = words("en")
    documents = [document for document, _ in entries(directory, [], t, Urls.of(urls.HOME))]
    started = time.process_time()
    build_index(documents, BOOSTS, Pipeline("en"))
    ours = time.process_time() - started
    rows = [{"id": number, **{name: document.texts.get(name, "") for name in BOOSTS}} for number, document in enumerate(documents)]
    started = time.process_time()
    lunr_py(ref="id", fields=[{"field_name": name, "boost": boost} for name, boost in BOOSTS.items()], documents=rows)
    theirs = time.process_time() - started
    print(f"Building the index: {ours:.1f} seconds of the processor; lunr.py as it stands {theirs:.1f}; {ours / theirs:.2f} of it.\n", flush=True)


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


def _browsing(directory: Directory, queries: tuple[str, str, str], region: tuple[str, str], only_ours: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        shell.write(directory, [], root)
        # The modules one by one, as they are written: the latency is measured through their own functions.
        shutil.copytree(THEME_SCRIPTS, root / "assets/handrail/scripts/parts")
        server, address = serve(root)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        rows = [_ours(browser, server, address, query, queries[2], region) for query in queries[:2]]
        if not only_ours:
            records = others.pages(directory, [])
            started = time.perf_counter()
            others.pagefind_files(records, root / "pagefind")
            print(f"Pagefind indexes the same records in {time.perf_counter() - started:.1f} s.\n", flush=True)
            _whole(records, root / "whole")
            rows += [_pagefind(browser, server, address, query, queries[2], region[0]) for query in queries[:2]]
            rows.append(_lunr(browser, server, address, queries[1]))
        print("| search | query | KB to first results | requests | + region | next query | keys |\n|---|---|---|---|---|---|---|")
        for row in rows:
            print("| " + " | ".join(row) + " |")
        print()
        _filters(browser, server, address, queries[0])
        _latency(browser, address, region[0])
        _typing(browser, address)
        browser.close()
        server.shutdown()


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}"


def _ours(browser: Browser, server: Server, address: str, query: str, following: str, region: tuple[str, str]) -> list[str]:
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
    page.locator("#hr-r").press_sequentially(region[1], delay=PAUSE)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-hr-tags] li")
    _quiet(page)
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


def _filters(browser: Browser, server: Server, address: str, query: str) -> None:
    """Write what each filter costs on top of a query: opening it, with its counts, and choosing the first choice that leaves something."""
    rows = []
    page = browser.new_context().new_page()
    page.goto(f"{address}find/", wait_until="networkidle")
    names = page.locator("[data-hr-filter]").evaluate_all("(all) => all.map((each) => each.dataset.hrFilter)")
    page.context.close()
    for name in names:
        page = browser.new_context().new_page()
        wire = Wire(server)
        page.goto(f"{address}find/", wait_until="networkidle")
        page.locator("#hr-q").fill(query)
        page.wait_for_selector(".hr-search__group .hr-card")
        _quiet(page)
        page.evaluate("document.querySelector('[data-hr-filter=open]').closest('.hr-search__set').open = false")
        page.locator("[data-hr-filters] > summary").click()
        _quiet(page)
        wire.take()
        filter = page.locator(f"[data-hr-filter={name}]")
        page.locator(".hr-search__set", has=filter).locator("summary").click()
        _quiet(page)
        opened, _ = wire.take()
        choices = filter.locator("input[type=checkbox]")
        if choices.count():
            left = [each for each in range(choices.count()) if filter.locator("[data-count]").nth(each).inner_text() != "(0)"]
            choices.nth(left[0] if left else 0).check()
        else:
            filter.locator("input").fill("20")
            filter.locator("input").press("Tab")
        _quiet(page)
        chosen, _ = wire.take()
        rows.append((name, opened, chosen))
        page.context.close()
    print(f"| filter on top of “{query}”, KB | " + " | ".join(name for name, *_ in rows) + " |\n|---" + "|---" * len(rows) + "|")
    print("| opened, with its counts | " + " | ".join(_kb(opened) for _, opened, _ in rows) + " |")
    print("| chosen, with new cards | " + " | ".join(_kb(chosen) for *_, chosen in rows) + " |")
    print("| together | " + " | ".join(_kb(opened + chosen) for _, opened, chosen in rows) + " |\n")


def _quiet(page: Page) -> None:
    """Wait until the results stand and nothing is on its way."""
    page.wait_for_selector("[data-hr-results]:not([aria-busy])", state="attached")
    page.wait_for_timeout(400)
    page.wait_for_load_state("networkidle")
    page.wait_for_selector("[data-hr-results]:not([aria-busy])", state="attached")


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


ASKED = (
    "anxiety support", "grief", "peer mentor", "veterans", "panic attack", "depression group young adults", "helpline", "can't stop crying",
    "lonely", "warm line", "support", "students stress", "baby blues", "depresion", "mentoring programme teenagers", "counselling", "trauma",
    "services for women", "help at night", "self harm",
)  # fmt: skip
ROUNDS = 12

READY = """async (region) => {
  const folder = "/assets/handrail/scripts/parts/";
  const [{ open }, { grouped }] = await Promise.all(["load", "groups"].map((name) => import(`${folder}${name}.mjs`)));
  const { manifest, files, facets, meaning } = await open();
  const regions = await files.regions();
  const place = await regions.identified(region);
  const isCrisis = new Uint8Array(manifest.count);
  const query = async (text, filters) => {
    const reach = filters ? regions.reach(place, manifest.count) : null;
    const isWithin = (number) => !reach || reach.depth[number] >= 0 || reach.inside[number] === 1;
    const found = await meaning.find(text, { isHelp: isWithin });
    const answers = filters ? await facets.together(filters) : null;
    const chain = filters ? regions.chain(place) : [];
    return grouped({ ...found, reach, answers, isCrisis, isWithin, isGuide: () => false, services: manifest.services, chain, filtered: Boolean(filters) });
  };
  const choices = [["free"], ["sliding-scale"]].map((cost) => new Map([["cost", cost], ["topic", ["anxiety", "grief"]], ["channel", ["phone"]]]));
  window.measure = async (text, isFiltered, rounds) => {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      // Another filter each time: what was worked out for the one before is of no use.
      facets.kept.clear();
      regions.reached.clear();
      const start = performance.now();
      await query(text, isFiltered ? choices[round % 2] : null);
      times.push(performance.now() - start);
    }
    return times;
  };
}"""


def _latency(browser: Browser, address: str, region: str) -> None:
    """Write how long queries take, by the clock and in time of the processor: on a machine that does other things the clock tells of those too."""
    page = browser.new_context().new_page()
    processor = Processor(page)
    page.goto(f"{address}find/", wait_until="networkidle")
    page.evaluate(READY, region)
    print("| once loaded, ms | p50 | p95 | worst | of the processor: p50 | p95 | worst |\n|---|---|---|---|---|---|---|")
    for name, is_filtered in (("query", False), ("region and three filters changed, with a query", True)):
        clock, used = [], []
        for text in ASKED:
            page.evaluate("([text, filtered]) => measure(text, filtered, 4)", [text, is_filtered])
            processor.take()
            clock += page.evaluate("([text, filtered, rounds]) => measure(text, filtered, rounds)", [text, is_filtered, ROUNDS])
            used.append(processor.take() / ROUNDS)
        print(f"| {name} | {_spread(clock)} | {_spread(used)} |")
    page.context.close()


def _typing(browser: Browser, address: str) -> None:
    """Write the longest tasks while queries are typed: by the clock as the Long Tasks API tells them, and in time of the processor from a trace."""
    page = browser.new_context().new_page()
    page.goto(f"{address}find/", wait_until="networkidle")
    page.evaluate(
        "window.tasks = []; new PerformanceObserver((list) => list.getEntries().forEach((each) => tasks.push(Math.round(each.duration))))"
        ".observe({ type: 'longtask' })"
    )
    browser.start_tracing(page=page, categories=["toplevel"])
    for text in ("anxiety support", "depresion", "veterans clinic"):
        page.locator("#hr-q").fill("")
        _quiet(page)
        page.locator("#hr-q").press_sequentially(text, delay=PAUSE)
        _quiet(page)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {(each["pid"], each["tid"]) for each in events if each.get("name") == "thread_name" and each["args"].get("name") == "CrRendererMain"}
    used = [each["tdur"] / 1000 for each in events if (each["pid"], each["tid"]) in main and each["name"].endswith("RunTask") and "tdur" in each]
    found = Counter(page.evaluate("window.tasks"))
    print(f"\nTasks above 50 ms by the clock while typing: {sum(found.values())}{f' ({sorted(found.elements())} ms)' if found else ''}.")
    print(f"The longest of {len(used)} tasks took {max(used):.0f} ms of the processor.\n")
    page.context.close()


class Processor:
    """The time that the page's main thread used, whatever else the machine does."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.last = 0.0

    def take(self) -> float:
        """Return the milliseconds used since the last time."""
        metrics = {each["name"]: each["value"] for each in self.session.send("Performance.getMetrics")["metrics"]}
        used, self.last = metrics["TaskDuration"] - self.last, metrics["TaskDuration"]
        return used * 1000


def _spread(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f} | {ordered[int(len(ordered) * 0.95)]:.1f} | {ordered[-1]:.1f}"


if __name__ == "__main__":
    main()
