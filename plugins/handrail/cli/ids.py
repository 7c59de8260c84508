"""``handrail ids``: the list of ids that were ever published, so that none vanishes from an old printout."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from handrail.cli.common import opened, registry_option
from handrail.registry import published


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("ids", help="say which published ids are not in the list yet", description=__doc__)
    parser.add_argument("--write", action="store_true", help="add them to published-ids.txt")
    registry_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare; return 0 also when some are missing, because that is how every new entry starts."""
    registry, _ = opened(options)
    missing = published.missing(registry)
    if options.write and missing:
        published.add(registry, missing)
    for identifier in missing:
        sys.stdout.write(f"{'added' if options.write else 'not in the list'}: {identifier}\n")
    return 0
