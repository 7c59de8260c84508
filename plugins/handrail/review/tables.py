"""Rows as a table for a terminal, as CSV and as Markdown; every cell may hold what a stranger wrote."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from handrail.text import escape

Rows = Sequence[Sequence[str]]


def terminal(header: Sequence[str], rows: Rows) -> str:
    """Return a table for people; cells are plain text, with control characters shown."""
    from rich.box import SIMPLE  # loaded when there is a terminal to draw on: a build writes no such tables
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, header_style="", pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(escape.terminal(cell)) for cell in row))
    out = io.StringIO()
    Console(file=out, width=160, color_system=None, highlight=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def csv(header: Sequence[str], rows: Rows) -> str:
    """Return CSV with every cell quoted and none that a spreadsheet takes for a formula."""
    cell = cache(escape.csv_cell)  # most cells stand in many rows
    return "".join(",".join(map(cell, row)) + "\r\n" for row in (header, *rows))


def markdown(header: Sequence[str], rows: Rows) -> str:
    """Return a Markdown table that shows exactly the texts."""
    lines = [header, ["---"] * len(header), *([escape.markdown_text(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


FORMATS: Mapping[str, Callable[[Sequence[str], Rows], str]] = {"table": terminal, "csv": csv, "markdown": markdown}
