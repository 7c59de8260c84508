"""``handrail stale``: what is due for a check, by organization. It is a report: nothing fails by it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handrail.cli.common import opened, registry_option, today_of, today_option, write
from handrail.issues import reporter
from handrail.review import freshness, tables
from handrail.text import escape


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("stale", help="say what is due for a check", description=__doc__)
    registry_option(parser)
    today_option(parser)
    parser.add_argument("--within", type=int, default=0, metavar="DAYS", help="also what will be due within some days")
    parser.add_argument("--organization", default="", metavar="ID", help="only one organization")
    parser.add_argument("--checked-once", action="store_true", help="leave out what nobody ever checked")
    parser.add_argument("--format", choices=("table", "csv", "markdown", "github"), default="table", help="how it is written (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=None, help="file to write into")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Report."""
    today = today_of(options)
    registry, directory = opened(options)
    found = freshness.due(registry, directory, today, options.within, options.organization)
    if options.checked_once:
        found = [each for each in found if each.checked]
    if options.format == "github":
        write(reporter.github(sorted(freshness.issues(found))), options.out)
    elif options.format == "markdown":
        write(_markdown(found, today.isoformat()), options.out)
    else:
        write(tables.FORMATS[options.format](freshness.HEADER, [freshness.row(each) for each in found]), options.out)
    for alert in freshness.over(directory, today):
        sys.stderr.write(f"the alert {alert} is over and can be deleted\n")
    return 0


def _markdown(found: list[freshness.Due], day: str) -> str:
    """Return one list of boxes to tick for each organization, ready for an issue."""
    lines = [f"# Due for a check on {day}", ""]
    for name, group in freshness.by_organization(found).items():
        lines += [f"## {escape.markdown_text(name)}", ""]
        for each in group:
            checked = f"last checked {each.checked.isoformat()}" if each.checked else "never checked"
            what = " ".join(filter(None, (each.group, each.contact)))
            line = " (crisis line: do not call)" if each.crisis else ""
            lines.append(f"- [ ] {escape.markdown_text(each.service)}: {escape.markdown_text(what)}, {checked}{line}")
        lines.append("")
    return "\n".join(lines) if found else "".join([*lines[:1], "\n\nNothing is due.\n"])
