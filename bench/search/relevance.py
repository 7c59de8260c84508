"""Scores the judged queries for our search, plain lunr and Pagefind on the same records: success@1, success@3, MRR.

``--tuning`` scores only the queries that may be looked at; without it those that were set aside are scored too and the misses listed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import corpora
from corpora import ROOT

from handrail.search.build import SearchFiles, build
from handrail.text.words import words

LATER = {
    "judged_held_out": "written later, without sight of the code",
    "judged_later": "written after the mending",
    "judged_fresh": "written last",
}
"""Files of queries that were set aside, each with what it is; content/build/search.md has their first scores."""
HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write a table of the scores, and the misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--only-ours", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="list everything that is not in the first place")
    options = parser.parse_args()
    judged = json.loads((ROOT / "tests/search/judged.json").read_text("utf-8"))
    for name in LATER:
        judged += [{**each, "held_out": name} for each in json.loads((ROOT / f"tests/search/{name}.json").read_text("utf-8"))]
    directory, guides = corpora.reference()
    published = {service.id for service in directory.services.values() if service.is_open_to_people} | {f"guide:{guide.id}" for guide in guides}
    waiting = [each["query"] for each in judged if not published & set(each["accept"])]
    judged = [each for each in judged if published & set(each["accept"])]
    if waiting:
        print(f"Left out, because nothing that answers them is published at present: {', '.join(waiting)}.\n")
    files = build(directory, guides, words("en"))
    systems: dict[str, Callable[[list[dict[str, Any]]], list[list[str]]]] = {"Handrail": lambda queries: ours(files, queries)}
    if not options.only_ours:
        import others

        pages = others.pages(directory, guides)
        systems["plain lunr"] = lambda queries: others.lunr(pages, queries, directory)
        systems["Pagefind"] = lambda queries: others.pagefind(pages, queries, directory)
    halves = {"seen while tuning": [each for each in judged if not each["held_out"]]}
    if not options.tuning:
        halves["held out at first"] = [each for each in judged if each["held_out"] is True]
        halves |= {title: [each for each in judged if each["held_out"] == name] for name, title in LATER.items()}
        halves["all"] = judged
    print("| queries | search | success@1 | success@3 | MRR |\n|---|---|---|---|---|")
    misses = []
    for name, queries in halves.items():
        for system, answer in systems.items():
            answers = answer(queries)
            print(f"| {name} ({len(queries)}) | {system} | {scores(queries, answers)} |")
            if system == "Handrail":
                misses += [(name, each, found) for each, found in zip(queries, answers) if rank(each, found) > (1 if options.verbose else 3) and name != "all"]
    for name, each, found in misses:
        print(f"- {name}: “{each['query']}” in {each['region'] or 'no region'}: wanted {', '.join(each['accept'])}; got {', '.join(found[:4]) or 'nothing'}")


def rank(judged: dict[str, Any], found: Sequence[str]) -> int:
    """Return the place of the first acceptable result, from 1; 1,000 when there is none."""
    return next((place for place, each in enumerate(found, 1) if each in judged["accept"]), 1000)


def scores(judged: list[dict[str, Any]], answers: list[list[str]]) -> str:
    """Return success@1, success@3 and the mean reciprocal rank as cells of a table."""
    ranks = [rank(each, found) for each, found in zip(judged, answers)]
    count = len(ranks)
    return " | ".join(
        f"{value:.3f}" for value in (sum(r == 1 for r in ranks) / count, sum(r <= 3 for r in ranks) / count, sum(1 / r for r in ranks if r < 1000) / count)
    )


def identifier(url: str) -> str:
    """Return the id under which the judgements know an address."""
    kind, name = url.strip("/").split("/")[:2]
    return name if kind == "services" else f"{kind.removesuffix('s')}:{name}"


def ours(files: SearchFiles, queries: list[dict[str, Any]]) -> list[list[str]]:
    """Return the ids that the find page shows for each query."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.files:
            (Path(folder) / Path(path).name).write_bytes(content)
        asked = [{"query": each["query"], "region": each["region"]} for each in queries]
        task = json.dumps({"folder": folder, "lunr": str(Path(folder) / "lunr.js"), "queries": asked})
        done = subprocess.run(["node", str(HERE / "ours.mjs")], input=task, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return [[identifier(each) for each in found] for found in json.loads(done.stdout)]


if __name__ == "__main__":
    main()
