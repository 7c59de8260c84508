"""Crisis help cannot change without its golden file, and the other way round."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.cli.main import main
from handrail.registry import golden
from handrail.registry.check import checked
from tests.site.language import SOURCE, service, write_project

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).resolve().parents[2]
EMERGENCY = {"value": "113", "name": "Guards", "sources": [{**SOURCE, "publisher": "public-authority"}]}
NIGHT = service(crisis="yes")
DAY = service(id="day-line", name="Day Line", crisis="yes", channels=[{"type": "phone", "value": "0800 2222", "seen": ["site"], "hours": {"always": "yes"}}])


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a way to write a registry with crisis help and to say what its check says of the golden file."""
    monkeypatch.setenv("HANDRAIL_TODAY", TODAY.isoformat())

    def said(*services: dict[str, object], lines: tuple[str, ...] = ("night-line", "day-line"), **emergency: object) -> list[str]:
        crisis = [{"region": "av", "emergency": {**EMERGENCY, **emergency}, "lines": list(lines)}]
        write_project(tmp_path, *(services or (NIGHT, DAY)), registry={"crisis": crisis})
        return [issue.message for issue in checked(tmp_path / "resources.yaml", TODAY).issues if issue.code == "E319"]

    said.folder = tmp_path
    return said


def accept(folder: Path) -> int:
    return main(["crisis-golden", str(folder / "resources.yaml"), "--write"])


def test_a_registry_without_a_golden_file_does_without_the_second_look(project):
    assert project() == []


def test_what_was_written_is_what_stands(project):
    project()
    assert accept(project.folder) == 0
    assert project() == []
    assert main(["crisis-golden", str(project.folder / "resources.yaml")]) == 0


def changed(**channel: object) -> dict[str, object]:
    return service(crisis="yes", channels=[{"type": "phone", "value": "0800 1111", "seen": ["site"], "hours": {"always": "yes"}, **channel}])


@pytest.mark.parametrize(("change", "message"), [
    ({"value": "114"}, 'crisis help of "av" has changed: emergency 114: Guards'),
    ({"also": ["112"]}, 'crisis help of "av" has changed: emergency 113, also 112: Guards'),
    ({"lines": ("day-line",)}, 'crisis help of "av" no longer has: night-line phone 0800 1111, always'),
    ({"lines": ("day-line", "night-line")}, 'crisis help of "av" stands in another order'),
])
def test_a_change_of_crisis_help_is_an_error_until_it_is_accepted(project, change, message):
    project()
    accept(project.folder)
    assert message in project(**change)
    assert main(["crisis-golden", str(project.folder / "resources.yaml")]) == 1
    accept(project.folder)
    assert project(**change) == []


@pytest.mark.parametrize(("channel", "text"), [
    ({"value": "0800 1112"}, "night-line phone 0800 1112, always"),
    ({"keys": "1"}, "night-line phone 0800 1111, keys 1, always"),
    ({"type": "text", "keyword": "HI", "value": "85258"}, "night-line text 85258, keyword HI, always"),
    ({"hours": {"unknown": "yes"}}, "night-line phone 0800 1111, hours unknown"),
    ({"hours": {"time_zone": "Europe/London", "weekly": [{"days": ["mon"], "opens": "09:00", "closes": "17:00"}]}},
     "night-line phone 0800 1111, mon 09:00-17:00 Europe/London"),
])
def test_a_change_of_a_channel_is_told_in_the_entry_and_in_the_golden_file(project, channel, text):
    project()
    accept(project.folder)
    messages = project(changed(**channel), DAY)
    assert messages == [f'crisis help of "av" has changed: {text}', 'crisis help of "av" no longer has: night-line phone 0800 1111, always'] or messages == [
        'crisis help of "av" no longer has: night-line phone 0800 1111, always', f'crisis help of "av" has changed: {text}']


def test_a_country_that_vanishes_is_missed(project):
    project()
    accept(project.folder)
    file = project.folder / "resources.yaml"
    write_project(project.folder, NIGHT, DAY)
    issues = [issue for issue in checked(file, TODAY).issues if issue.code == "E319"]
    assert [issue.file for issue in issues] == ["crisis-golden.yaml"] * 3
    assert "crisis-golden --write" in issues[0].help


def test_a_golden_file_that_is_none_is_said_to_be_none(project):
    project()
    (project.folder / "crisis-golden.yaml").write_text("- a\n")
    assert project() == ["this is not a golden file of crisis help"]


def test_the_reference_registry_has_a_golden_file_and_keeps_to_it():
    assert (ROOT / golden.FILE).is_file()
    registry = checked(ROOT / "resources.yaml", TODAY)
    assert [issue.message for issue in registry.issues if issue.code == "E319"] == []
    assert (ROOT / golden.FILE).read_text("utf-8") == golden.written(registry)
