"""``handrail issue``: the text of an issue becomes the file of an entry, a proposed change, or a list of what to do; ``--forms`` writes the issue forms."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from handrail.exports import issue_forms
from handrail.imports import issue_change, issue_form
from handrail.imports.issue_change import Proposal
from handrail.issues import reporter
from handrail.issues.issue import HandrailError, Issue
from handrail.registry import shape
from handrail.registry.check import checked
from handrail.registry.loading import load
from handrail.registry.reading import read
from handrail.registry.registry import Registry
from handrail.registry.writing import organization_file
from handrail.review import dead
from handrail.text import dates
from handrail.text.escape import terminal


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("issue", help="make an entry, a change or a list of steps of an issue", description=__doc__)
    parser.add_argument("text", nargs="?", type=Path, help="file with the text of the issue; - for standard input")
    parser.add_argument("--registry", default=Path("resources.yaml"), type=Path, help="root file of the registry (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="write the new entry, or the change, into the registry; without it nothing is written")
    parser.add_argument("--forms", action="store_true", help=f"write the issue forms into {issue_forms.FOLDER}")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print or write what becomes of the issue; return 1 when a person has to mend it first."""
    if options.forms:
        return _forms(options.registry.absolute().parent)
    if options.text is None:
        raise HandrailError("name the file with the text of the issue, or - for standard input")
    raw = sys.stdin.buffer.read(issue_form.MOST * 4 + 1) if str(options.text) == "-" else options.text.read_bytes()
    text = raw.decode("utf-8", "replace")
    labels = issue_forms.labels()
    form = issue_form.which(text, labels)
    given = issue_form.answers(text, labels[form])
    return {"add-service": _add, "correct-service": _correct, "dead-number": _dead}[form](given, options)


def _add(given: Mapping[str, str], options: argparse.Namespace) -> int:
    """Print or write the file of a new entry."""
    registry = load(options.registry)
    made = issue_form.entry(given, registry)
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
    _tell(made.notes, issues)
    return 1 if any(issue.is_error for issue in issues) else 0


def _correct(given: Mapping[str, str], options: argparse.Namespace) -> int:
    """Print the change as a patch, or write it; it is held against the whole registry first, in a copy."""
    registry = checked(options.registry, dates.today())
    made = issue_change.proposal(given, issue_form.named(given["entry"], registry), registry)
    issues = _new_issues(made, registry) if made.patch else []
    failed = any(issue.is_error for issue in issues)
    if made.patch and options.write and not failed:
        (registry.base / made.file).write_bytes(made.after)
        sys.stdout.write(f"{made.file}\n")
    else:
        sys.stdout.write(made.patch)
    _tell(made.notes, issues)
    return 1 if failed or not made.patch else 0


def _dead(given: Mapping[str, str], options: argparse.Namespace) -> int:
    """Print what a maintainer needs; nothing is written."""
    if options.write:
        raise HandrailError("nothing is written for a dead number: read what is printed without --write, and run the step yourself")
    registry = load(options.registry)
    for line in dead.lines(given, issue_form.named(given["entry"], registry), registry):
        sys.stdout.write(f"{terminal(line)}\n")
    return 0


def _tell(notes: tuple[str, ...], issues: list[Issue]) -> None:
    for note in notes:
        sys.stderr.write(f"look at: {terminal(note)}\n")
    if issues:
        sys.stderr.write(reporter.human(sorted(issues)) + "\n")


def _new_issues(made: Proposal, registry: Registry) -> list[Issue]:
    """Return the issues that the change would bring, found in a copy of the registry; that the golden file differs then goes without saying."""
    with TemporaryDirectory(prefix="handrail-issue-") as folder:
        names = [path.relative_to(registry.base) for path in registry.files]
        for name in [*names, *(Path(each) for each in ("published-ids.txt",) if (registry.base / each).is_file())]:
            copy = Path(folder, name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(made.after if name.as_posix() == made.file else (registry.base / name).read_bytes())
        after = checked(Path(folder, registry.root.name), dates.today())
    known = {(issue.code, issue.file, issue.message) for issue in registry.issues}
    return [issue for issue in after.issues if (issue.code, issue.file, issue.message) not in known]


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
