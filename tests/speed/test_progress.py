"""Whoever watches is told how far it is; nobody else gets a byte."""

from __future__ import annotations

import io
import threading

import pytest

from handrail.output import progress


class Terminal(io.StringIO):
    def __init__(self, watched: bool) -> None:
        super().__init__()
        self.watched = watched

    def isatty(self) -> bool:
        return self.watched


def said(monkeypatch: pytest.MonkeyPatch, *, watched: bool, quiet: bool = False, patience: float = 0.0) -> str:
    terminal = Terminal(watched)
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    told = progress.Told(quiet=quiet)
    told.begin("Reading")
    told.begin("Making pages", 3)
    threads = 0
    for _ in range(3):
        told.step()
        threads = max(threads, threading.active_count())
    told.end()
    assert threads == threading.active_count()
    return terminal.getvalue()


def test_a_terminal_is_told_what_is_done_and_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    text = said(monkeypatch, watched=True)
    assert "Reading" in text
    assert "Making pages" in text
    assert "3 of 3" in text


def test_a_count_is_shown_only_when_it_takes_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Making pages" not in said(monkeypatch, watched=True, patience=60.0)


@pytest.mark.parametrize("case", [{"watched": False}, {"watched": True, "quiet": True}])
def test_nobody_else_gets_a_byte(case: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, **case) == ""
