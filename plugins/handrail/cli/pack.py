"""``handrail pack``: the directory of a region as one zip that works without a network, from a disk or a stick."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handrail.cli import common
from handrail.cli.booklet import known, renderer
from handrail.exports.dataset import Dataset
from handrail.pages import carried, standalone


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("pack", help="make a pack of a region that works without a network", description=__doc__)
    parser.add_argument("region", help="id of the region")
    parser.add_argument("file", type=Path, help="where the zip goes")
    parser.add_argument("--site", default="", metavar="ADDRESS", help="address of the site, for links")
    parser.add_argument("--docs", type=Path, default=Path("content"), help="folder of the pages, for the guides (default: %(default)s)")
    parser.add_argument("--registry", default="resources.yaml", type=Path, help="root file of the registry (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the pack; return 1 when the registry has errors."""
    made = renderer(options.registry, options.site, options.docs if options.docs.is_dir() else None)
    if made is None:
        return 1
    render, library = made
    known(render, options.region)
    data = standalone.pack(render, options.region, Dataset(render.directory, render.t).fresh, carried.Carrier(render, library).guides(options.region))
    common.refuse_hidden(options.registry.parent, [(str(options.file), data)])
    options.file.write_bytes(data)
    sys.stdout.write(f"{options.file}: {len(data) / 1000:.0f} KB\n")
    return 0
