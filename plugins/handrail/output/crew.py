"""Work shared between this process and copies of it, one for each further processor.

A copy (``os.fork``) has everything that was read so far, needs nothing sent, and shares its memory until it writes to it.
What a copy cannot make, this process makes, so that its error is told like any other.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import marshal
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, BinaryIO, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


_PIPE = 1 << 20
_PR_SET_PDEATHSIG = 1
_PATIENCE = 5
"""By how much a patient copy is nicer: it gets about a third of the time of another when both want the same processor."""


def processors() -> int:
    """Return for how many processes there is room; 1 where a copy of this one is not safe."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(make: Callable[[Item], Made], items: Sequence[Item], *, least: int) -> list[Made]:
    """Return what is made of each item, in their order; below ``least`` items a copy costs more than it saves.

    What is made is built of None, numbers, texts, bytes, lists, tuples and groups of them.
    """
    count = processors() if len(items) >= least else 1
    helpers = [Helper(partial(_share, make, items[number::count])) for number in range(1, count)]
    made: list[Any] = [None] * len(items)
    made[0::count] = [make(item) for item in items[0::count]]
    for number, helper in enumerate(helpers, 1):
        found = helper.result()
        for place, item in zip(range(number, len(items), count), items[number::count], strict=True):
            done = found[(place - number) // count] if found else None
            made[place] = done[0] if done else make(item)
    return made


@contextlib.contextmanager
def aside(work: Callable[[], None], *, pays: bool) -> Iterator[None]:
    """Do a piece of work that leaves nothing but files, if it ``pays`` in a copy of this process while the block runs; it is done when the block ends."""
    if not (pays and processors() > 1):
        work()
        yield
        return

    def told() -> Iterator[bool]:
        work()
        yield True

    helper = Helper(told)
    try:
        yield
    finally:
        if not helper.result():
            work()


def _share(make: Callable[[Item], Made], items: Sequence[Item]) -> Iterator[list[tuple[Made] | None]]:
    made: list[tuple[Made] | None] = []
    for item in items:
        try:
            made.append((make(item),))
        except Exception:
            made.append(None)
    yield made


def _end_with_the_first(first: int) -> None:
    """Let the system end this copy when the first process ends, however it ends: nobody writes into the folder of the next build."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != first:  # it ended before the system was told
        os._exit(0)


class Helper:
    """A copy of this process that does one piece of work and tells how far it is."""

    def __init__(self, work: Callable[[], Iterable[Any]], *, patient: bool = False) -> None:
        """Start the work: it yields small messages, the last of which is its result. What takes longest goes first where all others are ``patient``."""
        reading, writing = os.pipe()
        with contextlib.suppress(ImportError, AttributeError, OSError):  # whoever listens is busy for a while
            import fcntl

            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE)
        sys.stdout.flush()
        sys.stderr.flush()
        first = os.getpid()
        self._process = os.fork()
        if self._process:
            os.close(writing)
            self._pipe: BinaryIO = os.fdopen(reading, "rb")
            return
        try:  # whatever happens, a copy never goes on with the work of the first process
            _end_with_the_first(first)
            os.close(reading)
            gc.disable()
            if patient:
                os.nice(_PATIENCE)
            with os.fdopen(writing, "wb") as pipe:
                for message in work():
                    marshal.dump((message,), pipe)
                    pipe.flush()
                marshal.dump((), pipe)
        finally:
            os._exit(0)

    def messages(self) -> Iterator[Any]:
        """Yield what the copy tells, to its end; ``EOFError`` when it ended before its work."""
        with self._pipe:
            try:
                while message := marshal.load(self._pipe):
                    yield message[0]
            except (ValueError, TypeError) as error:
                raise EOFError from error
            finally:
                self._wait()

    def result(self) -> Any:
        """Return the last message; None when the copy did not come to its end."""
        try:
            return deque(self.messages(), maxlen=1).pop()
        except (EOFError, IndexError):
            return None

    def stop(self) -> None:
        """End the copy, whatever it is doing."""
        self._pipe.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        self._wait()

    def _wait(self) -> None:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._process, 0)
