"""``handrail health``: how the directory stands, in counts; and which drafts wait, with their reasons."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handrail.cli.check import drafts
from handrail.cli.common import opened, registry_option
from handrail.issues.issue import HandrailError
from handrail.review import gaps, health
from handrail.review.links import memory


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("health", help="say how the directory stands, in counts", description=__doc__)
    parser.add_argument("--site", type=Path, default=None, help="folder of a built site, to say how large it is")
    parser.add_argument("--drafts", action="store_true", help="list what is not published, and why")
    registry_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Report."""
    registry, directory = opened(options)
    found = health.health(directory, gaps.gaps(directory), links=memory.summary(registry.base / memory.NAME))
    out = sys.stdout.write
    out(f"{sum(found.kinds.values())} services ({', '.join(f'{count} {kind}' for kind, count in found.kinds.items())})\n")
    out(f"{found.confirmed} of {found.confirmed + found.never} contacts were checked with the service\n")
    out(f"{found.drafts} entries and {found.held} contacts are not published\n")
    out(f"{found.missing} of {found.looked} topics by country have no service, and {found.unmet} rules of coverage are not met\n")
    for month, count in found.due.items():
        out(f"due in {month}: {count} contacts\n")
    if found.links.day:
        out(f"links last checked {found.links.day.isoformat()}: {', '.join(f'{count} {state}' for state, count in found.links.counts.items())}\n")
    if options.site:
        out(_size(options.site))
    if options.drafts:
        out(drafts(directory.drafts))
    return 0


def _size(folder: Path) -> str:
    if not folder.is_dir():
        raise HandrailError(f"{folder} is not a folder")
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    largest = max(pages, key=lambda path: path.stat().st_size, default=None)
    said = f"{len(pages)} pages and {len(files) - len(pages)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB"
    return said + (f"; the largest page is {largest.relative_to(folder).as_posix()} with {largest.stat().st_size / 1000:.0f} kB\n" if largest else "\n")
