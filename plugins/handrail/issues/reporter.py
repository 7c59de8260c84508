"""Issues in words: for people, for programs and for the places where pull requests are read.

Every text of an issue may hold what a stranger wrote, so each format brings its own escape.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import quote

from handrail.issues.codes import CODES
from handrail.issues.issue import Issue
from handrail.text.escape import github_data, github_property, markdown_text, terminal


def human(issues: Sequence[Issue], *, color: bool = False) -> str:
    """Return every issue with its place, a frame of the file and the remedy, and a last line that counts them."""
    red, yellow, blue, bold, off = ("\x1b[31;1m", "\x1b[33;1m", "\x1b[34;1m", "\x1b[1m", "\x1b[0m") if color else ("",) * 5
    blocks = []
    for issue in issues:
        tint, word = (red, "error") if issue.is_error else (yellow, "warning")
        lines = [f"{tint}{word}[{issue.code}]{off}{bold}: {terminal(issue.message)}{off}"]
        place = terminal(issue.file) + (f":{issue.line}" if issue.line else "") + (f":{issue.column}" if issue.line and issue.column else "")
        lines.append(f"  {blue}-->{off} {place}")
        gutter = " " * len(str(issue.line))
        if issue.line and issue.excerpt.strip():
            before, under, after = _cut(issue)
            lines.append(f"{gutter} {blue}|{off}")
            lines.append(f"{blue}{issue.line} |{off} {before}{under}{after}")
            if issue.column:
                lines.append(f"{gutter} {blue}|{off} {' ' * _width(before)}{tint}{'^' * max(1, _width(under))}{off}")
        if issue.help:
            lines.append(f"{gutter} {blue}={off} help: {terminal(issue.help)}")
        if issue.see:
            lines.append(f"{gutter} {blue}={off} see:  {terminal(issue.see)}")
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, summary(issues)]) + "\n"


def summary(issues: Sequence[Issue]) -> str:
    """Return one line that counts errors and warnings."""
    errors = sum(issue.is_error for issue in issues)
    warnings = len(issues) - errors
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"


def as_json(issues: Sequence[Issue]) -> str:
    """Return a JSON array, one object an issue, with the fields of ``Issue`` and its severity."""
    return json.dumps([_record(issue) for issue in issues], ensure_ascii=False, indent=2) + "\n"


def github(issues: Sequence[Issue]) -> str:
    """Return workflow commands that become annotations on the lines of a pull request."""
    lines = []
    for issue in issues:
        level = "error" if issue.is_error else "warning"
        place = f"file={github_property(issue.file)}"
        if issue.line:
            place += f",line={issue.line},col={max(1, issue.column)},endColumn={max(1, issue.column) + issue.length}"
        body = issue.message + (f"\n{issue.help}" if issue.help else "")
        lines.append(f"::{level} {place},title={github_property(issue.code)}::{github_data(body)}")
    return "".join(line + "\n" for line in lines)


def sarif(issues: Sequence[Issue]) -> str:
    """Return a SARIF 2.1.0 log with one run."""
    used = sorted({issue.code for issue in issues})
    results = []
    for issue in issues:
        location: dict[str, object] = {"artifactLocation": {"uri": quote(issue.file, errors="replace")}}
        if issue.line:
            start = max(1, issue.column)
            location["region"] = {"startLine": issue.line, "startColumn": start, "endColumn": start + issue.length}
        text = issue.message + (f". {issue.help}" if issue.help else "")
        results.append({"ruleId": issue.code, "level": "error" if issue.is_error else "warning",
                        "message": {"text": text}, "locations": [{"physicalLocation": location}]})
    rules = [{"id": code, "shortDescription": {"text": CODES[code]}} for code in used]
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
           "runs": [{"columnKind": "unicodeCodePoints", "tool": {"driver": {"name": "handrail", "rules": rules}}, "results": results}]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def markdown(issues: Sequence[Issue]) -> str:
    """Return a table for a job summary or a comment, safe against text that tries to break out of it."""
    if not issues:
        return "No issues found.\n"
    rows = ["| Where | Code | What is wrong | What to do |", "|---|---|---|---|"]
    for issue in issues:
        place = issue.file + (f":{issue.line}" if issue.line else "")
        rows.append(f"| {markdown_text(place)} | {issue.code} | {markdown_text(issue.message)} | {markdown_text(issue.help)} |")
    return "\n".join([summary(issues), "", *rows]) + "\n"


FORMATS: dict[str, Callable[[Sequence[Issue]], str]] = {
    "human": human, "json": as_json, "github": github, "sarif": sarif, "markdown": markdown,
}
"""Formats by the name that ``--format`` takes."""


def _record(issue: Issue) -> dict[str, object]:
    return {"code": issue.code, "severity": "error" if issue.is_error else "warning", "file": issue.file,
            "line": issue.line, "column": issue.column, "length": issue.length, "message": issue.message,
            "help": issue.help, "see": issue.see}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _cut(issue: Issue, width: int = 120) -> tuple[str, str, str]:
    """Return what stands before, in and after the marked part of the line, as a terminal may show it, long lines cut around it."""
    line, column = issue.excerpt, max(0, issue.column - 1)
    if len(line) > width:
        start = max(0, min(column - width // 3, len(line) - width))
        line, column = line[start:start + width], column - start
    end = column + issue.length
    return terminal(line[:column]), terminal(line[column:end]), terminal(line[end:])


def _width(text: str) -> int:
    """Return the columns that a text takes in a terminal."""
    return sum(0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
