"""``handrail crisis-golden``: crisis help beside its golden file, so that two people look at every change of it."""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path
from typing import Any

from handrail.issues.issue import RegistryError
from handrail.registry import golden
from handrail.registry.check import checked
from handrail.text import dates
from handrail.text.escape import terminal


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("crisis-golden", help="compare crisis help with its golden file", description=__doc__)
    parser.add_argument("registry", nargs="?", default="resources.yaml", type=Path, help="root file of the registry (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help=f"write {golden.FILE} anew; a second person looks at what changed")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show what differs; return 1 when something does and nothing was written. ``RegistryError`` where the registry has other errors."""
    registry = checked(options.registry, dates.today())
    errors = [issue for issue in registry.issues if issue.is_error and issue.code != "E319" and issue.file != golden.FILE]
    if errors:
        raise RegistryError(errors)
    path = registry.base / golden.FILE
    before = path.read_text("utf-8") if path.exists() else ""
    after = golden.written(registry)
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), "golden file", "crisis help", lineterm=""):
        sys.stdout.write(terminal(line) + "\n")
    if options.write:
        path.write_text(after, "utf-8")
        sys.stdout.write(f"{golden.FILE} is written: let a second person compare it with the sources\n")
        return 0
    return int(before != after)
