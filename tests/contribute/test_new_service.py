"""``handrail new service`` asks, says at once what is wrong, and writes a file that passes the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.cli import new_service
from handrail.cli.main import main
from handrail.issues.issue import HandrailError
from tests.contribute.conftest import NIGHT_FILE, small_registry

NEW = [
    "",
    "Newcomer Trust",
    "Not An Id",
    "newcomer",
    "company!",
    "company",
    "Avalon",
    "av",
    "site",
    "www.example.org",
    "https://www.example.org/",
    "operator",
    "undated",
    "stored-copy",
]
SERVICE = [
    "Newcomer: the line",
    "newcomer-line",
    "helpline",
    "Somebody to talk to.",
    "Anyone.",
    "grief, Loneliness",
    "grief, loneliness",
    "",
    "av",
    "https://www.example.org/",
    "yes",
    "phone",
    "0800 CALL",
    "0800 3333",
    "Every day",
    "no",
]


def asked(folder: Path, answers: list[str]) -> int:
    left = iter(answers)

    def ask(question: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    code = new_service.run(folder / "resources.yaml", ask)
    assert list(left) == []
    return code


def test_a_new_organization_gets_a_file_that_passes_the_check(tmp_path, monkeypatch, capsys):
    folder = small_registry(tmp_path).parent
    assert asked(folder, [*NEW, *SERVICE, "yes"]) == 0
    told = capsys.readouterr().out
    assert '"Not An Id" is not written as "id" should be' in told
    assert 'write it as "av"' in told
    assert "letters do not belong in a number" in told
    text = (folder / "content/organizations/av/newcomer.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../schema/organization.json\n")
    assert '    name: "Newcomer: the line"\n' in text
    monkeypatch.chdir(folder)
    assert main(["check"]) == 0


def test_a_service_is_added_to_a_file_that_is_there_and_its_comments_stay(tmp_path, monkeypatch):
    folder = small_registry(tmp_path).parent
    path = folder / "content/organizations/av/night.yaml"
    assert asked(folder, ["nobody", "night", "site", *SERVICE, "yes"]) == 0
    assert path.read_text("utf-8").startswith(NIGHT_FILE)
    monkeypatch.chdir(folder)
    assert main(["check"]) == 0


def test_a_new_source_stands_first_in_the_list(tmp_path, monkeypatch):
    folder = small_registry(tmp_path).parent
    assert asked(folder, ["night", "", "two", "https://www.example.org/2", "operator", "undated", "live", *SERVICE, "yes"]) == 0
    assert "sources:\n  - id: two\n" in (folder / "content/organizations/av/night.yaml").read_text("utf-8")
    monkeypatch.chdir(folder)
    assert main(["check"]) == 0


def test_an_id_is_proposed_and_what_may_be_there_already_is_told(tmp_path, capsys):
    folder = small_registry(tmp_path).parent
    answers = ["", "Newcomer Trust", "", *NEW[5:], "Nightline", "", *SERVICE[2:12], "0800 1111", *SERVICE[14:], "yes"]
    assert asked(folder, answers) == 0
    told = capsys.readouterr().out
    assert "Enter alone takes newcomer-trust." in told
    assert "in quotes" not in told
    assert "Enter alone takes nightline." in told
    assert "Worth a second look: Night Line (night) has the same number 0800 1111. Is it there already?" in told
    assert "Worth a second look: Night Line (night) has nearly the same name. Is it there already?" in told
    assert "  - id: nightline\n" in (folder / "content/organizations/av/newcomer-trust.yaml").read_text("utf-8")


def test_nothing_is_written_without_a_yes_or_when_the_answers_end(tmp_path):
    folder = small_registry(tmp_path).parent
    assert asked(folder, [*NEW, *SERVICE, "no"]) == 1
    with pytest.raises(HandrailError, match="nothing was written"):
        asked(folder, NEW[:4])
    assert list((folder / "content/organizations").rglob("*.yaml")) == [folder / "content/organizations/av/night.yaml"]
