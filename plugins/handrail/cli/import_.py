"""``handrail import``: services of another directory become files of this registry, as drafts, with a report.

The report says what was guessed, what needs a person and what was dropped.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from handrail.imports import package, spreadsheet, writing
from handrail.imports.convert import Converter, Origin
from handrail.imports.notes import Report
from handrail.issues import reporter
from handrail.issues.issue import HandrailError
from handrail.model import build
from handrail.registry.loading import load
from handrail.text import web


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("import", help="read services of another directory as drafts", description=__doc__)
    parser.add_argument("format", choices=("hsds", "oruk", "csv"), help="HSDS 1.x or 3.x (JSON or tables), Open Referral UK, or a spreadsheet saved as CSV")
    parser.add_argument("path", type=Path, help="file or folder of the data")
    parser.add_argument("folder", type=Path, help="where the files of the organizations go; files that are there are never written over")
    parser.add_argument("--source", required=True, metavar="ADDRESS", help="web page on which the data is published; it becomes the source of every entry")
    parser.add_argument("--title", default="", help="title of that page")
    parser.add_argument("--dated", default="undated", metavar="DATE", help="date that the data bears (default: %(default)s)")
    parser.add_argument(
        "--publisher", choices=("dataset", "operator", "public-authority", "third-party"), default="dataset", help="who publishes it (default: %(default)s)"
    )
    parser.add_argument("--publish", action="store_true", help="publish the entries; only for data of the operator or of a public authority")
    parser.add_argument("--mapping", type=Path, help="for csv: a YAML file that says which column is what")
    parser.add_argument("--registry", default="resources.yaml", type=Path, help="root file of the registry, for its regions and topics (default: %(default)s)")
    parser.add_argument("--report", type=Path, help="also write every note into this JSON file")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import; return 1 when the registry has errors."""
    if web.problem(options.source):
        raise HandrailError(f"--source: {web.problem(options.source)}")
    if options.publish and options.publisher not in ("operator", "public-authority"):
        raise HandrailError("--publish is for data of the operator or of a public authority: say so with --publisher")
    registry = load(options.registry)
    if any(issue.is_error for issue in registry.issues):
        sys.stderr.write(reporter.human(registry.issues))
        return 1
    report = Report()
    origin = Origin(options.source, options.title, options.publisher, options.dated, options.publish)
    converter = Converter(build.directory(registry), origin, report)
    services = spreadsheet.services(options.path, options.mapping) if options.format == "csv" else package.services(options.path, report)
    written = skipped = count = 0
    for organization in converter.organizations(services):
        count += len(organization["services"])
        if writing.write(organization, options.folder, registry.base / "schema/organization.json"):
            written += 1
        else:
            skipped += 1
            report.entry = organization["id"]
            report.person("a file of this name is there already: it was left as it is")
    sys.stdout.write(f"{count} services of {written + skipped} organizations read; {written} files written into {options.folder}\n{report.text()}")
    if options.report:
        options.report.write_text(
            json.dumps([{"kind": note.kind, "entry": note.entry, "text": note.text} for note in report.notes], ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
    return 0
