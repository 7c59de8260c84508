"""What is being done and how far it is, on a terminal; nothing where nobody watches.

It is drawn when something is reported, by no thread of its own: a process with several threads could not be copied safely.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded when there is something to draw
    from rich.progress import Progress, TaskID

PATIENCE = 2.0
"""Seconds that pass before a count is shown."""
_EVERY = 0.2


class Told:
    """One line on the terminal, which is gone when the work is done."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._since = self._last = 0.0
        self._done = 0

    def begin(self, what: str, total: int | None = None) -> None:
        """Say what is done now; with a total, how far follows once it takes longer."""
        self.end()
        self._since = self._last = time.monotonic()
        self._what, self._total, self._done = what, total, 0
        if self._shown and total is None:
            self._draw()

    def step(self) -> None:
        """Count one more."""
        self._done += 1
        now = time.monotonic()
        if self._shown and now - self._since >= PATIENCE and now - self._last >= _EVERY:
            self._last = now
            self._draw()

    def end(self) -> None:
        """Take the line away."""
        if self._bar:
            self._bar.stop()
            self._bar = None

    def _draw(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} of {task.total}"), TimeRemainingColumn())
            self._bar = Progress(*(columns if self._total else columns[:1]), console=Console(stderr=True), auto_refresh=False, transient=True)
            self._task = self._bar.add_task(self._what, total=self._total)
            self._bar.start()
        assert self._task is not None
        self._bar.update(self._task, completed=self._done)
        self._bar.refresh()
