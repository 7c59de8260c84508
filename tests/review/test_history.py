"""The history of an entry: days and kinds from git, no names, less in a shallow clone, nothing outside a repository."""

from __future__ import annotations

import os
import subprocess

import pytest

from handrail.review import history
from tests.site.language import build_project, service, write_project

ENTRY = "id: night\nservices:\n  - id: night-line\n    name: Night Line\n  - id: day-line\n    name: Day Line   # as they write it\n"
CHECKED = ENTRY.replace("    name: Night Line\n", '    name: Night Line\n    verified: {date: "2026-03-03", how: call, by: coordinator}\n')


def git(folder, *arguments, day="2026-01-01"):
    when = f"{day}T12:00:00Z"
    names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Some Body"), ("EMAIL", "some@body.example"))}
    environment = {**os.environ, **names, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, env=environment)


def commit(folder, day, **files):
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "A change.", day=day)


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "2026-01-01", night=ENTRY)
    commit(folder, "2026-02-02", night=ENTRY.replace("Night Line", "Late Line"))
    commit(folder, "2026-03-03", night=CHECKED.replace("Night Line", "Late Line"))
    commit(folder, "2026-04-04", night=None, moved=CHECKED.replace("Night Line", "Late Line"))
    commit(folder, "2026-05-05", moved=CHECKED.replace("Night Line", "Late Line").replace("  - id: day-line", "  # a comment\n\n  - id: day-line"))
    return folder


def events(folder, *ids):
    return {name: [(event.day.isoformat(), event.kind) for event in found] for name, found in history.of(folder, ids).items()}


def test_an_entry_tells_when_it_was_added_changed_and_checked(repository):
    assert events(repository, "night-line", "day-line", "nobody") == {
        "day-line": [("2026-01-01", "added")],
        "night-line": [("2026-01-01", "added"), ("2026-02-02", "changed"), ("2026-03-03", "verified")],
    }


def test_a_shallow_clone_says_less(repository, tmp_path):
    git(tmp_path, "clone", "-q", "--depth", "4", f"file://{repository}", "shallow")
    assert events(tmp_path / "shallow", "night-line", "day-line") == {"night-line": [("2026-03-03", "verified")]}


def test_a_folder_inside_a_repository_is_enough(repository):
    (repository / "inner").mkdir()
    (repository / "inner" / "day.yaml").write_text(ENTRY)
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "More.", day="2026-06-06")
    assert events(repository / "inner", "day-line") == {"day-line": [("2026-06-06", "added")]}


def test_outside_a_repository_or_without_git_there_is_none(tmp_path, monkeypatch, repository):
    assert history.of(tmp_path, ["night-line"]) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert history.of(repository, ["night-line"]) == {}


def test_a_page_says_it_without_names_and_two_builds_of_a_clone_are_equal(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    file = write_project(tmp_path / "project", service())
    git(tmp_path / "project", "init", "-q", "-b", "main")
    git(tmp_path / "project", "add", "-A")
    git(tmp_path / "project", "commit", "-q", "-m", "Start.", day="2026-01-01")
    site = build_project(file, site_dir=str(tmp_path / "one"))
    assert site.page("services/night-line").says("Added 1 January 2026")
    assert not [name for name, data in site.files().items() if b"Some Body" in data or b"some@body" in data]
    git(tmp_path, "clone", "-q", "project", "clone")
    other = build_project(tmp_path / "clone" / "mkdocs.yml", site_dir=str(tmp_path / "two"))
    assert [name for name, data in site.files().items() if other.files().get(name) != data] == []


def test_the_option_switches_it_off(tmp_path):
    file = write_project(tmp_path, service())
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "Start.")
    file.write_text(file.read_text().replace("  - handrail\n", "  - handrail:\n      history: false\n"))
    assert not build_project(file).page("services/night-line").says("Added 1 January 2026")




def test_feeds_tell_it_too(tmp_path):
    file = write_project(tmp_path, service(added="2025-05-05"))
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "Start.")
    (tmp_path / "resources.yaml").write_text((tmp_path / "resources.yaml").read_text().replace("Somebody to talk to at night.", "Talk at night."))
    git(tmp_path, "commit", "-q", "-a", "-m", "More.", day="2026-02-02")
    feed = build_project(file).files()["feed.xml"].decode()
    assert [feed.count(words) for words in ("Added: Night Line", "Changed: Night Line", "2026-02-02T00:00:00Z", "2026-01-01")] == [1, 1, 2, 0]
