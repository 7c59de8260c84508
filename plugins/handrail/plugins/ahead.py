"""Bodies of pages are made ahead, in as many processes as there are processors, and handed over in the order of the build.

A worker is a copy of this process (``os.fork``): it has the whole directory, needs nothing sent, and shares its memory
until it writes to it. Pages stand in blocks, so that lists of one region, which show the same cards, are made by the same
worker. What a worker can not make is made here, where its error is told like any other.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

LEAST = 2000
"""Pages from which workers pay: below, a copy of the process costs more than it saves."""
BLOCK = 64
_PIPE = 1 << 20

Parts = tuple[str, str | None]
"""A body, and the same body made safe where that could be told from the body alone."""


class Ahead:
    """Gives the body of each page when its turn comes."""

    def __init__(self, sources: Sequence[str], make: Callable[[str], Parts]) -> None:
        self._make = make
        self._workers: list[tuple[int, BinaryIO]] = []
        self._next: Iterator[str] = iter(())
        if len(sources) >= LEAST and (count := _workers()):
            sys.stdout.flush()
            sys.stderr.flush()
            self._workers = [_worker(sources, number, count, make) for number in range(count)]
            self._turns = {source: self._workers[at // BLOCK % count][1] for at, source in enumerate(sources)}
            self._next = iter(sources)

    def get(self, source: str) -> Parts:
        """Return a page's body; pages are asked for in their order, and one that is not is made here."""
        if self._workers and source in self._turns:
            for due in self._next:
                made = self._read(due)
                if due == source:
                    return made or self._make(source)
        return self._make(source)

    def close(self) -> None:
        """End the workers; whatever they made and nobody asked for is gone."""
        for process, pipe in self._workers:
            pipe.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, 0)
        self._workers = []

    def _read(self, source: str) -> Parts | None:
        pipe = self._turns[source]
        size = int.from_bytes(pipe.read(4), "little")
        data = pipe.read(size) if size else b""
        return marshal.loads(data) if size and len(data) == size else None


def _workers() -> int:
    """Return how many workers to start: none where a copy of a process is not safe."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 0
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return count if count > 1 else 0


def _worker(sources: Sequence[str], number: int, count: int, make: Callable[[str], Parts]) -> tuple[int, BinaryIO]:
    """Start a worker for every ``count``-th block; return its process and the pipe it writes to."""
    mine = [source for at, source in enumerate(sources) if at // BLOCK % count == number]
    reading, writing = os.pipe()
    with contextlib.suppress(ImportError, AttributeError, OSError):  # a larger pipe lets it get further ahead
        import fcntl

        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE)
    process = os.fork()
    if process:
        os.close(writing)
        return process, os.fdopen(reading, "rb")
    try:  # whatever happens, a copy never goes on with the build
        os.close(reading)
        gc.disable()
        with os.fdopen(writing, "wb") as pipe:
            for source in mine:
                try:
                    data = marshal.dumps(make(source))
                except Exception:
                    data = b""
                pipe.write(len(data).to_bytes(4, "little") + data)
    finally:
        os._exit(0)
