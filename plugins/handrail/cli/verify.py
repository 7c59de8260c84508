"""``handrail verify``: a round of checks with the services themselves. Crisis lines are never called for it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from handrail.cli.common import opened, registry_option, today_of, today_option, write
from handrail.issues.issue import HandrailError
from handrail.registry.registry import Registry
from handrail.review import callsheet, tables
from handrail.review.callsheet import Answer, Question
from handrail.text.escape import terminal

LONGEST_ROLE = 80


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("verify", help="check entries with the services, and write down what was found", description=__doc__)
    parser.add_argument("action", choices=("sheet", "ask", "apply"), help="write a sheet to fill in, ask one by one, or take a filled-in sheet")
    parser.add_argument("sheet", nargs="?", type=Path, help="the filled-in sheet (CSV), for apply")
    parser.add_argument("--by", default="", metavar="ROLE", help="the role of whoever checked, never a name; needed for ask and apply")
    parser.add_argument("--organization", default="", metavar="ID", help="only one organization")
    parser.add_argument("--crisis", action="store_true", help="crisis lines instead, to be checked on their website or with their office")
    parser.add_argument("--all", action="store_true", help="also what is not due yet")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="contacts in one round (default: %(default)s)")
    parser.add_argument("--format", choices=sorted(tables.FORMATS), default="csv", help="how the sheet is written (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=None, help="file to write the sheet into")
    registry_option(parser)
    today_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write a sheet, or write what was found into the registry; 1 when lines of a sheet could not be used."""
    today = today_of(options)
    registry, directory = opened(options)
    if options.action == "sheet":
        due = callsheet.questions(registry, directory, today=today, organization=options.organization, crisis=options.crisis, everything=options.all)
        shown = callsheet.HEADER if options.format == "csv" else callsheet.SHOWN
        rows = [dict(zip(callsheet.HEADER, callsheet.row(each), strict=True)) for each in due[:options.limit]]
        write(tables.FORMATS[options.format](shown, [[row[name] for name in shown] for row in rows]), options.out)
        return 0
    if not 0 < len(options.by.strip()) <= LONGEST_ROLE or "@" in options.by:
        raise HandrailError('say with --by which role checked, such as "mentor coordinator"; never a name')
    asked = [each for crisis in (False, True) for each in callsheet.questions(registry, directory, today=today, crisis=crisis, everything=True)]
    if options.action == "apply":
        if options.sheet is None:
            raise HandrailError("name the filled-in sheet: handrail verify apply sheet.csv --by ROLE")
        try:
            text = options.sheet.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise HandrailError(f"{options.sheet} cannot be read as UTF-8 text ({type(error).__name__})") from None
        return _write(callsheet.apply(callsheet.read(text), asked, registry, by=options.by, today=today), registry)
    due = callsheet.questions(registry, directory, today=today, organization=options.organization, crisis=options.crisis, everything=options.all)
    return _write(callsheet.apply(_ask(due[:options.limit], today), asked, registry, by=options.by, today=today), registry)


def _ask(due: list[Question], today: date) -> Iterator[Answer]:
    """Yield the answers that a person gives; an empty line passes, an end of input ends the round."""
    for number, question in enumerate(due, 1):
        lines = (f"\n{number} of {len(due)}: {question.service.name} ({question.organization})", f"  {question.contact}", f"  {question.ask}")
        sys.stdout.write("\n".join(terminal(line) if line[:1] != "\n" else "\n" + terminal(line[1:]) for line in lines) + "\n")
        try:
            result = _choice("  result", ("right", "wrong", "no answer"))
            if not result:
                continue
            how = _choice("  how", callsheet.HOW) if result == "right" else ""
            hours = _choice("  hours", ("right", "wrong")) if result == "right" and question.channel.hours is not None else ""
            note = input("  note: ").strip() if "wrong" in (result, hours) else ""
        except EOFError:
            return
        yield Answer(question.service.id, question.contact, result, hours, how, today.isoformat(), note, number)


def _choice(label: str, choices: tuple[str, ...]) -> str:
    while True:
        given = input(f"{label} ({', '.join(choices)}; empty to pass): ").strip().casefold()
        found = [choice for choice in choices if given and choice.startswith(given)]
        if not given or len(found) == 1:
            return found[0] if found else ""


def _write(done: callsheet.Applied, registry: Registry) -> int:
    for name, raw in done.files.items():
        (registry.base / name).write_bytes(raw)
    out = sys.stdout.write
    contacts, files = len(done.confirmed), len(done.files)
    out(f"\n{contacts} {'contact is' if contacts == 1 else 'contacts are'} marked as checked in {files} {'file' if files == 1 else 'files'}.\n")
    for line in done.mend:
        out(f"to mend: {terminal(line)}\n")
    if done.mend:
        out("A new number needs a source. Until there is one: handrail suspend ID --reason …\n")
    for line in done.refused:
        sys.stderr.write(f"not used: {terminal(line)}\n")
    return 1 if done.refused else 0
