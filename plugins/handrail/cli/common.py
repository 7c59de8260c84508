"""What several commands share: reading a registry that has to be right, the day of a report, and where a report goes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from handrail.issues import reporter
from handrail.issues.issue import HandrailError
from handrail.model import build
from handrail.model.directory import Directory
from handrail.output import leaks
from handrail.registry.check import checked
from handrail.registry.registry import Registry
from handrail.text import dates

SHOWN = 20
"""Leaks that are named."""


def registry_option(parser: argparse.ArgumentParser) -> None:
    """Declare the root file of the registry."""
    parser.add_argument("--registry", default=Path("resources.yaml"), type=Path, help="root file of the registry (default: %(default)s)")


def today_option(parser: argparse.ArgumentParser) -> None:
    """Declare the day of a report."""
    parser.add_argument("--today", type=_day, default=None, help="the day that the report speaks of (default: HANDRAIL_TODAY, else today)")


def today_of(options: argparse.Namespace) -> date:
    """Return the day of a report."""
    given: date | None = options.today
    return given or dates.today()


def opened(options: argparse.Namespace, today: date | None = None) -> tuple[Registry, Directory]:
    """Return the registry and its directory; ``HandrailError`` when it has mistakes, which are printed."""
    registry = checked(options.registry, today or dates.today())
    errors = [issue for issue in registry.issues if issue.is_error]
    if errors:
        sys.stderr.write(reporter.human(errors))
        raise HandrailError("mend the registry first: handrail check")
    return registry, build.directory(registry)


def write(text: str, out: Path | None) -> None:
    """Write a report into a file, or to the terminal when none is named."""
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise HandrailError(f"{out} cannot be written ({error.strerror})") from None
    sys.stderr.write(f"written: {out}\n")


def refuse_hidden(base: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Raise ``HandrailError`` when a file, by name and bytes, holds an address that must stay hidden; nothing may be written then.

    That no source holds one was checked with the registry in the folder ``base``. But the words of two fields can make one when they come to stand together.
    """
    found = list(leaks.in_files(files, leaks.secrets(base / leaks.NAME)))
    if found:
        raise HandrailError("\n  ".join(["addresses that must stay hidden would be written, so nothing was:", *map(leaks.told, found[:SHOWN])]))


def _day(text: str) -> date:
    if problem := dates.problem(text):
        raise argparse.ArgumentTypeError(problem)
    return date.fromisoformat(text)
