"""Addresses that must stay hidden, looked for in what people wrote, before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from handrail.issues.codes import CODES
from handrail.issues.issue import Issue
from handrail.output import leaks
from handrail.output.leaks import Secret
from handrail.registry import files


def secrets(base: Path) -> tuple[list[Secret], list[Issue]]:
    """Return what stands in the file of addresses beside a registry, and what keeps it from being used."""
    try:
        return leaks.secrets(base / leaks.NAME), []
    except leaks.UnusableSecretError as error:
        remedy = "write the whole street with its number, the postcode, or a degree with three decimals"
        return [], [Issue(leaks.NAME, error.line, 0, "E205", str(error), remedy)]
    except OSError as error:
        return [], [Issue(leaks.NAME, 0, 0, "E100", f"this file cannot be read ({error.strerror or type(error).__name__})", "nothing is made without it")]


def issues(paths: Iterable[Path], base: Path, hidden: list[Secret]) -> Iterator[Issue]:
    """Yield an issue for each address that stands in one of the files; it is not repeated."""
    for path in paths if hidden else ():
        try:
            data = path.read_bytes() if path.is_file() and path.name != leaks.NAME else b""
        except OSError:  # whoever needs the file says so
            continue
        for leak in leaks.in_bytes(files.name(path, base), data, hidden):
            field = _field(data, leak.line) if path.suffix in (".yaml", ".yml") else ""
            message = f"{field or 'this'} holds the address of line {leak.secret} of {leaks.NAME}, which must stay hidden"
            yield Issue(leak.file, leak.line, 0, "E213", message, "take it out; where it was committed, the history of the repository holds it too")


def _field(data: bytes, line: int) -> str:
    """Return the field of a YAML file in which a line stands, in quotes; an empty text when none is seen."""
    above = data.decode("utf-8", "ignore").splitlines()[:line]
    names = (re.match(r"[\s-]*([a-z_]+):(?:\s|$)", each) for each in reversed(above))
    return next((f'"{name[1]}"' for name in names if name), "")


def quiet(found: Iterable[Issue], hidden: list[Secret]) -> list[Issue]:
    """Return issues that repeat none of the addresses, sorted: the line of the file is left out, and a message that quotes one is put in general words."""
    return sorted({_quiet(issue, hidden) if hidden else issue for issue in found})


def _quiet(issue: Issue, hidden: list[Secret]) -> Issue:
    def tells(text: str) -> bool:
        return bool(text) and next(leaks.in_bytes("", text.encode("utf-8", "replace"), hidden), None) is not None

    if tells(f"{issue.message}\n{issue.help}"):
        return replace(issue, message=CODES[issue.code], help="", excerpt="")
    return replace(issue, excerpt="") if tells(issue.excerpt) else issue
