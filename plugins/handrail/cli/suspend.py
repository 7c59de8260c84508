"""``handrail suspend``: a number that must not be called any more leaves every page, search and file; the entry's page says where to turn."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from handrail.cli.common import opened, registry_option, today_of, today_option
from handrail.review.suspend import suspend


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("suspend", help="take a service out at once, and say where to turn instead", description=__doc__)
    parser.add_argument("id", help="id of the service")
    parser.add_argument("--reason", required=True, help="one plain sentence; it stands on the page, so leave the number out of it")
    parser.add_argument("--use-instead", nargs="+", default=[], metavar="ID", help="services to turn to (default: the crisis lines of its country)")
    registry_option(parser)
    today_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Suspend; say what was changed and what a person has to look at."""
    registry, _ = opened(options)
    done = suspend(registry, options.id, options.reason, options.use_instead, today_of(options))
    out = sys.stdout.write
    out(f"{options.id} is suspended. Changed: {', '.join(done.files)}\n")
    for line in done.also:
        out(f"  {line}\n")
    for other in done.shared:
        out(f"  the same number is a contact of {other}, which stays: when the number itself is dead, suspend that one too\n")
    for place in done.remains:
        out(f"  its number still stands in words, which pages leave out until you write them anew: {place}\n")
    out("Commit the change, have a second person look at it, and publish.\n")
    return 0
