"""``handrail gaps``: what is known and what is missing, by region, topic, language and night, and the rules of coverage."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from handrail.cli.common import opened, registry_option, write
from handrail.review import gaps, tables


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("gaps", help="say what is known and what is missing, by place and topic", description=__doc__)
    registry_option(parser)
    parser.add_argument("--region", default="", metavar="ID", help="only one region")
    parser.add_argument("--rules", action="store_true", help="only the rules of coverage")
    parser.add_argument("--missing", action="store_true", help="only what is missing, by day or at night")
    parser.add_argument("--format", choices=sorted(tables.FORMATS), default="table", help="how it is written (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=None, help="file to write into")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Report."""
    _, directory = opened(options)
    found = gaps.gaps(directory)
    header: tuple[str, ...] = gaps.HEADER
    rows: list[tuple[str, ...]]
    if options.rules:
        header = ("rule", "region", "services", "drafts")
        rows = [(directory.rules[each.rule].name, each.region, ", ".join(each.services) or "none known", ", ".join(each.drafts)) for each in found.rules]
    else:
        rows = [row for row in gaps.rows(found, directory) if not options.missing or "some" not in (row[-2], row[-1])]
    position = 1 if options.rules else 0
    rows = [row for row in rows if not options.region or row[position] == options.region]
    write(tables.FORMATS[options.format](header, rows), options.out)
    return 0
