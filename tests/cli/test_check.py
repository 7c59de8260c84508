"""``handrail check``: exit codes, formats, drafts, colour, and words instead of tracebacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from handrail.cli.main import main
from tests.site.language import service, write_project


@pytest.fixture
def project(tmp_path, monkeypatch):
    write_project(tmp_path, service(), service(id="waiting-line", name="Waiting", status="draft", status_note="No page of theirs was found."))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spoil(project, before="0800 1111", after="0800 call us"):
    path = project / "resources.yaml"
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")


def test_a_clean_registry_ends_with_0(project, capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings\n"


def test_issues_end_with_1_and_say_where_and_how(project, capsys):
    spoil(project)
    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert "error[E403]" in told
    assert "--> resources.yaml:" in told
    assert "= help: " in told


def test_a_missing_registry_is_an_issue_and_no_traceback(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    assert "E101" in capsys.readouterr().out


def test_a_failure_of_the_tool_itself_ends_with_2(project, monkeypatch, capsys):
    monkeypatch.setenv("HANDRAIL_TODAY", "yesterday")
    assert main(["check"]) == 2
    assert capsys.readouterr().err.startswith("handrail: ")


@pytest.mark.parametrize("style", ["json", "sarif"])
def test_formats_for_programs_are_json(project, capsys, style):
    spoil(project)
    assert main(["check", "--format", style]) == 1
    assert json.loads(capsys.readouterr().out)


def test_annotations_stand_on_the_line(project, capsys):
    spoil(project)
    main(["check", "--format", "github"])
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2, "the number stands in two entries"
    assert all(line.startswith("::error file=resources.yaml,line=") for line in told)


def test_a_job_summary_is_a_table(project, capsys):
    spoil(project)
    main(["check", "--format", "markdown"])
    assert "| Where | Code |" in capsys.readouterr().out


def test_drafts_are_listed_with_their_reason(project, capsys):
    assert main(["check", "--drafts"]) == 0
    assert "waiting-line: No page of theirs was found." in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_report_can_be_written_wherever_the_letters_of_the_system_are_others(tmp_path, encoding):
    write_project(tmp_path, service(kind="Lörm 線"))
    command = [sys.executable, "-m", "handrail.cli.main", "check", str(tmp_path / "resources.yaml")]
    done = subprocess.run(command, env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert '"Lörm 線" is not one of the choices' in done.stdout.decode()


def test_warnings_fail_only_when_asked(project, capsys):
    spoil(project, "description: Feeling alone.", "description: 12345")
    assert main(["check"]) == 0
    assert main(["check", "--warnings"]) == 1
    assert "W123" in capsys.readouterr().out


@pytest.mark.parametrize(("no_color", "colored"), [(None, True), ("", True), ("1", False)])
def test_colour_is_for_terminals_and_no_color_is_respected(project, monkeypatch, capsys, no_color, colored):
    spoil(project)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    main(["check"])
    assert ("\x1b[" in capsys.readouterr().out) is colored
