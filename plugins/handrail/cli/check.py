"""``handrail check``: every issue of the registry and the guides at once, for people, programs and pull requests."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from handrail.compiler.check import whole
from handrail.issues import reporter
from handrail.model.values import Draft
from handrail.registry import cache
from handrail.text import dates
from handrail.text.escape import terminal


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("check", help="check the registry and the guides and say what to mend", description=__doc__)
    parser.add_argument("registry", nargs="?", default="resources.yaml", type=Path, help="root file of the registry (default: %(default)s)")
    parser.add_argument("--docs", default=None, type=Path, help="folder of the pages with the guides (default: content beside the registry)")
    parser.add_argument("--format", choices=sorted(reporter.FORMATS), default="human", help="how issues are written (default: %(default)s)")
    parser.add_argument("--drafts", action="store_true", help="list what is not published, and why")
    parser.add_argument("--warnings", action="store_true", help="let warnings fail too")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check; return 1 when there are errors (with ``--warnings``: any issues)."""
    found = whole(options.registry, dates.today(), options.docs or options.registry.absolute().parent / "content", kept=cache.pack(options.registry))
    issues = found.issues
    if options.format == "human":
        sys.stdout.write(reporter.human(issues, color=wants_color()))
    else:
        sys.stdout.write(reporter.FORMATS[options.format](issues))
    if options.drafts and found.directory is not None:
        sys.stdout.write(drafts(found.directory.drafts))
    return 1 if found.failed or (options.warnings and issues) else 0


def drafts(waiting: tuple[Draft, ...]) -> str:
    """Return a line for every entry and channel that is not published, with its place and reason."""
    lines = [f"{len(waiting)} drafts are not published:"]
    for draft in waiting:
        what = f"{draft.service} ({draft.channel})" if draft.channel else draft.service
        lines.append(f"  {draft.written.file}:{draft.written.line}  {what}: {terminal(draft.why or 'no reason given')}")
    return "\n".join(lines) + "\n"


def wants_color() -> bool:
    """Return whether colour is wanted: a terminal, and no ``NO_COLOR`` (any value but an empty one)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
