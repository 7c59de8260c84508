"""``handrail export``: the open data and the referral standards as files in a folder, without building the site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handrail.cli import common
from handrail.exports import everything, losses
from handrail.exports.dataset import Dataset
from handrail.issues import reporter
from handrail.model import build
from handrail.registry.check import checked
from handrail.text import dates
from handrail.text.words import words


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("export", help="write the open data and HSDS into a folder", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files go; it is made when it is missing")
    parser.add_argument("registry", nargs="?", default="resources.yaml", type=Path, help="root file of the registry (default: %(default)s)")
    parser.add_argument("--site", default="", metavar="ADDRESS", help="address of the site, for links in the files")
    parser.add_argument("--losses", action="store_true", help="also say which fields each format cannot carry")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write every file; return 1 when the registry has errors."""
    registry = checked(options.registry, dates.today())
    if any(issue.is_error for issue in registry.issues):
        sys.stderr.write(reporter.human(registry.issues))
        return 1
    base = options.site and options.site.rstrip("/") + "/"
    data = Dataset(build.directory(registry), words("en"), base)
    files = [(asset.path, asset.data) for asset in everything.open_data(data)]
    common.refuse_hidden(registry.base, files)
    for name, content in files:
        target = options.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    sys.stdout.write(f"{len(files)} files, {sum(len(content) for _, content in files) / 1_000_000:.1f} MB, in {options.folder}\n")
    if options.losses:
        sys.stdout.write(report())
    return 0


def report() -> str:
    """Return the loss report: each format, and each field it cannot carry."""
    lines = []
    t = words("en")
    for each in losses.report():
        lines += [f"{each.format} cannot carry:", *(f"  {t(key)}" for key in each.partly), *(f"  {path}  ({title})" for path, title in each.fields)]
    return "\n".join([*lines, ""])
