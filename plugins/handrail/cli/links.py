"""``handrail links``: do the websites of the registry still answer? Only for scheduled runs; what it finds is for a person to judge."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from handrail.cli.common import opened, registry_option, today_of, today_option, write
from handrail.issues.issue import HandrailError
from handrail.review import tables
from handrail.review.links import memory
from handrail.review.links.checker import Checker, suggestion
from handrail.review.links.found import links
from handrail.review.links.memory import Result

HEADER = ("state", "address", "why", "suggestion", "last good", "where")


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("links", help="check politely whether websites still answer", description=__doc__)
    parser.add_argument("--scheduled", action="store_true", help="say that this is a scheduled run (or set HANDRAIL_SCHEDULED=1); nothing is asked without it")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="at most N addresses, those that were not asked for longest")
    parser.add_argument("--results", type=Path, default=None, help=f"file that remembers ({memory.NAME} beside the registry)")
    parser.add_argument("--format", choices=sorted(tables.FORMATS), default="table", help="how findings are written (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=None, help="file to write the findings into")
    registry_option(parser)
    today_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, checker: Checker | None = None) -> int:
    """Check every address and remember the results; 0 whatever was found."""
    if not options.scheduled and os.environ.get("HANDRAIL_SCHEDULED") != "1":
        raise HandrailError("links are only checked by a scheduled run, so that nobody's website is asked again and again: --scheduled")
    today = today_of(options)
    registry, _ = opened(options)
    places = links(registry)
    path = options.results or registry.base / memory.NAME
    before = memory.load(path)
    wanted = sorted(places, key=lambda address: (before[address].checked if address in before else "", address))
    wanted = wanted[:options.limit] if options.limit > 0 else wanted
    results = {address: result for address, result in before.items() if address in places}
    console = Console(stderr=True)
    try:
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("websites", total=len(wanted))
            for address, result in (checker or Checker()).check(wanted, before, today):
                results[address] = result
                progress.advance(task)
    finally:
        memory.save(path, results, today)
    write(tables.FORMATS[options.format](HEADER, _rows(results, places)), options.out)
    counts = memory.summary(path).counts
    sys.stderr.write(f"{len(wanted)} of {len(places)} addresses asked; {', '.join(f'{count} {state}' for state, count in counts.items()) or 'none'}\n")
    return 0


def _rows(results: Mapping[str, Result], places: Mapping[str, list[str]]) -> list[tuple[str, ...]]:
    order = {state: index for index, state in enumerate(("dead", "moved", "unsure", "not-checked"))}
    found = sorted(((address, each) for address, each in results.items() if each.state in order), key=lambda pair: (order[pair[1].state], pair[0]))
    return [(each.state, address, each.why, suggestion(address, each, results), each.good, " ".join(places[address])) for address, each in found]
