"""``handrail review BASE``: what a change means for readers, as Markdown for its pull request."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handrail.model import build
from handrail.registry.check import checked
from handrail.registry.registry import Registry
from handrail.review.kit.base import checkout
from handrail.review.kit.compare import State
from handrail.review.kit.report import markdown
from handrail.text import dates


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("review", help="say what a change means for readers", description=__doc__)
    parser.add_argument("base", help="commit or branch to compare with, such as origin/main")
    parser.add_argument("--registry", default=Path("resources.yaml"), type=Path, help="root file of the registry (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report; errors in the registry are part of it and are judged by ``handrail check``."""
    today = dates.today()
    after = _state(checked(options.registry, today))
    with checkout(options.registry, options.base) as root:
        before = _state(checked(root, today))
        sys.stdout.write(markdown(before, after, today))
    return 0


def _state(registry: Registry) -> State:
    failed = any(issue.is_error and issue.code != "E319" for issue in registry.issues)
    return State(registry, None if failed else build.directory(registry))
