"""``handrail issue``: the text of an issue on GitHub becomes the file of an entry; ``--forms`` writes the issue forms themselves."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handrail.exports import issue_forms
from handrail.imports import issue_form
from handrail.issues import reporter
from handrail.issues.issue import HandrailError
from handrail.registry import shape
from handrail.registry.loading import load
from handrail.registry.reading import read
from handrail.registry.registry import Registry
from handrail.registry.writing import organization_file
from handrail.text.escape import terminal


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("issue", help="turn the text of an issue into an entry", description=__doc__)
    parser.add_argument("text", nargs="?", type=Path, help="file with the text of the issue; - for standard input")
    parser.add_argument("--registry", default=Path("resources.yaml"), type=Path, help="root file of the registry (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="write the file into the registry; nothing is ever written over")
    parser.add_argument("--forms", action="store_true", help=f"write the issue forms into {issue_forms.FOLDER}")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print or write the entry; return 1 when it has to be mended."""
    if options.forms:
        return _forms(options.registry.absolute().parent)
    if options.text is None:
        raise HandrailError("name the file with the text of the issue, or - for standard input")
    raw = sys.stdin.buffer.read(issue_form.MOST * 4 + 1) if str(options.text) == "-" else options.text.read_bytes()
    registry = load(options.registry)
    labels = {question.id: issue_forms.label(question) for question in issue_forms.ADD}
    made = issue_form.entry(issue_form.answers(raw.decode("utf-8", "replace"), labels), registry)
    path = _path(made.data, registry)
    licence = registry.data.get("site", {}).get("data_licence", {}).get("name", "")
    text = organization_file(made.data, path, licence)
    document = read(text.encode(), path)
    issues = [*document.issues, *(shape.check(document, shape.typed(document, document.data, "organization"), "organization") if document.data else ())]
    if options.write and not any(issue.is_error for issue in issues):
        _write(registry.base / path, text)
        sys.stdout.write(f"{path}\n")
    else:
        sys.stdout.write(text)
    for note in made.notes:
        sys.stderr.write(f"look at: {terminal(note)}\n")
    if issues:
        sys.stderr.write(reporter.human(sorted(issues)) + "\n")
    return 1 if any(issue.is_error for issue in issues) else 0


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise HandrailError(f"{path} is there already; nothing was written") from None


def _path(data: Any, registry: Registry) -> str:
    """Return where the file goes: beside the files of the same country, by the region's own tree."""
    parents = {entry.id: entry for entry in registry.regions}
    region = next(iter(data["services"][0].get("coverage", {}).get("regions", ())), "")
    while region in parents and parents[region].data.get("kind") != "country" and parents[region].data.get("parent"):
        region = str(parents[region].data["parent"])
    folder = f"{region}/" if region in parents else ""
    return f"content/organizations/{folder}{data['id']}.yaml"


def _forms(base: Path) -> int:
    for name, text in issue_forms.files():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{name}\n")
    return 0
