"""Work that is shared with copies of the process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from handrail.output import crew


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "processors", lambda: 3)


def test_what_is_made_stands_in_the_order_of_the_items() -> None:
    assert crew.spread(lambda number: (number, os.getpid() == here), range(10), least=1) == [(number, number % 3 == 0) for number in range(10)]


here = os.getpid()


def test_few_items_are_made_here() -> None:
    assert crew.spread(lambda _: os.getpid(), range(5), least=6) == [here] * 5


def test_what_a_copy_can_not_make_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(number: int) -> Any:
        if os.getpid() != here:
            raise ValueError
        return number

    assert crew.spread(make, range(7), least=1) == list(range(7))


def test_an_error_of_an_item_is_an_error_here() -> None:
    with pytest.raises(ZeroDivisionError):
        crew.spread(lambda number: 1 // number, [1, 1, 0, 1], least=1)


def test_a_copy_that_dies_is_made_good() -> None:
    assert crew.spread(lambda number: number if os.getpid() == here else os._exit(3), range(7), least=1) == list(range(7))


def test_messages_come_one_by_one_and_the_end_is_told_from_a_break() -> None:
    assert list(crew.Helper(lambda: iter((1, 2, 3))).messages()) == [1, 2, 3]
    broken = crew.Helper(lambda: (number if number < 3 else os._exit(1) for number in range(5)))
    with pytest.raises(EOFError):
        list(broken.messages())


@pytest.mark.parametrize("how", ["pays", "does not pay", "the copy dies", "the block fails"])
def test_what_is_done_aside_is_done_when_the_block_ends(how: str, tmp_path: Path) -> None:
    done = tmp_path / "done"

    def work() -> None:
        if how == "the copy dies" and os.getpid() != here:
            os._exit(3)
        time.sleep(0.05)
        done.write_text(str(os.getpid()), "utf-8")

    with contextlib.suppress(ZeroDivisionError), crew.aside(work, pays=how != "does not pay"):
        assert done.exists() is (how == "does not pay")
        if how == "the block fails":
            raise ZeroDivisionError
    assert (int(done.read_text("utf-8")) == here) is (how in ("does not pay", "the copy dies"))


def test_a_patient_copy_lets_others_go_first() -> None:
    assert [crew.Helper(lambda: [os.nice(0)], patient=patient).result() - os.nice(0) for patient in (False, True)] == [0, crew._PATIENCE]


def test_a_copy_ends_when_the_first_process_is_killed(tmp_path: Path) -> None:
    script = textwrap.dedent(f"""
        import os, time
        from handrail.output.crew import Helper
        def work():
            open({str(tmp_path / 'pid')!r}, "w").write(str(os.getpid()))
            while True:
                time.sleep(0.05)
                yield None
        Helper(work)
        time.sleep(60)
    """)
    first = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    for _ in range(600):
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            break
        time.sleep(0.05)
    copy = int((tmp_path / "pid").read_text())
    first.send_signal(signal.SIGKILL)
    first.wait()
    for _ in range(600):
        try:
            os.kill(copy, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{copy}/stat").read_text().rpartition(")")[2].split()[0] == "Z":  # ended; nobody has asked for its status yet
            return
        time.sleep(0.05)
    pytest.fail("the copy goes on")


def test_a_copy_that_begins_after_the_first_process_ended_does_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getppid", lambda: 1)
    assert crew.Helper(lambda: iter((1, 2, 3))).result() is None
