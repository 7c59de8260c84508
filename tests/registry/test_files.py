"""Files that cannot be read: one clear issue each, and nothing outside the folder of the registry is opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.cli.main import main
from handrail.compiler import check
from handrail.registry.files import document, included, stray_links
from handrail.registry.reading import read


def code(path: Path, base: Path) -> str:
    issues = document(path, base).issues
    assert len(issues) == 1
    return issues[0].code


def test_a_missing_file_a_folder_and_a_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_text("a: b\n")
    assert code(tmp_path / "nobody.yaml", tmp_path) == "E101"
    assert code(tmp_path, tmp_path) == "E102"
    assert code(tmp_path / "file.yaml" / "more.yaml", tmp_path) == "E101"


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file.yaml").write_text("a: b\n")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert code(tmp_path / "file.yaml", tmp_path) == "E103"


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Return what takes the permission to list a folder away; root has it always, so the system's own answer is put in its place."""

    def shut(folder: Path) -> None:
        def scan(place: str | Path, scandir: Any = os.scandir) -> Any:
            if Path(place) == folder:
                raise PermissionError(13, "Permission denied", str(place))
            return scandir(place)

        monkeypatch.setattr(os, "scandir", scan)

    return shut


@pytest.mark.parametrize("pattern", ["content/**/*.yaml", "content/*/*.yaml", "content/a/*.yaml"])
def test_a_folder_that_may_not_be_listed_is_named_and_its_files_are_not_left_out_in_silence(tmp_path: Path, pattern: str, shut: Any) -> None:
    for name in ("a", "b"):
        (tmp_path / "content" / name).mkdir(parents=True)
        (tmp_path / "content" / name / "x.yaml").write_text("a: b\n")
    shut(tmp_path / "content" / "a")
    _, issues = included(document(tmp_path / "content/b/x.yaml", tmp_path), [pattern], tmp_path)
    assert [(issue.code, issue.file, issue.message) for issue in issues] == [("E103", "content/a", "this folder may not be read")]


def test_a_shut_folder_deep_below_any_folders_is_named_too(tmp_path: Path, shut: Any) -> None:
    (tmp_path / "content/a/b/c/d").mkdir(parents=True)
    (tmp_path / "content/x.yaml").write_text("a: b\n")
    shut(tmp_path / "content/a/b/c/d")
    _, issues = included(document(tmp_path / "content/x.yaml", tmp_path), ["content/**/*.yaml"], tmp_path)
    assert [(issue.code, issue.file) for issue in issues] == [("E103", "content/a/b/c/d")]


def test_a_page_folder_that_may_not_be_listed_is_one_message(tmp_path: Path, shut: Any) -> None:
    main(["new", str(tmp_path / "mine")])
    guides = tmp_path / "mine/content/guides"
    guides.mkdir(exist_ok=True)
    shut(guides)
    found = check.whole(tmp_path / "mine/resources.yaml", date(2026, 11, 23), docs=tmp_path / "mine/content").issues
    assert [(issue.code, issue.file) for issue in found if issue.is_error] == [("E103", "content/guides")]


def test_a_folder_out_of_reach_of_a_pattern_may_be_shut(tmp_path: Path, shut: Any) -> None:
    (tmp_path / "content/a/b").mkdir(parents=True)
    (tmp_path / "content/a/x.yaml").write_text("a: b\n")
    shut(tmp_path / "content/a/b")
    assert included(document(tmp_path / "content/a/x.yaml", tmp_path), ["content/*/*.yaml"], tmp_path)[1] == []


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file.yaml").write_text("a: b\n")

    def fail(self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    found = document(tmp_path / "file.yaml", tmp_path).issues[0]
    assert (found.code, found.message) == ("E100", "this file cannot be read (Input/output error)")


def test_fifty_megabytes_are_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "huge.yaml").touch()
    os.truncate(tmp_path / "huge.yaml", 50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read"))
    assert code(tmp_path / "huge.yaml", tmp_path) == "E105"


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    assert code(tmp_path / ("a" * 300 + ".yaml"), tmp_path) == "E100"


def test_links_stay_inside_the_folder(tmp_path: Path) -> None:
    base = tmp_path / "registry"
    (base / "real").mkdir(parents=True)
    (base / "real" / "file.yaml").write_text("a: b\n")
    (tmp_path / "secret.yaml").write_text("a: b\n")
    (base / "inside.yaml").symlink_to("real/file.yaml")
    (base / "outside.yaml").symlink_to("../secret.yaml")
    (base / "folder").symlink_to("..")
    (base / "loop.yaml").symlink_to("loop.yaml")
    (base / "one.yaml").symlink_to("two.yaml")
    (base / "two.yaml").symlink_to("one.yaml")
    (base / "nowhere.yaml").symlink_to("nobody.yaml")
    assert document(base / "inside.yaml", base).data == {"a": "b"}
    assert code(base / "outside.yaml", base) == "E107"
    assert code(base / "folder" / "secret.yaml", base) == "E107"
    assert code(base / "loop.yaml", base) == "E100"
    assert code(base / "one.yaml", base) == "E100"
    assert code(base / "nowhere.yaml", base) == "E101"


def test_links_to_folders_out_of_the_registry_or_to_hidden_things_are_found(tmp_path: Path) -> None:
    base = tmp_path / "registry"
    for made in ("content/real", ".git", "content/.kept", "other"):
        (base / made).mkdir(parents=True)
    (base / ".git" / "config").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    (base / "other" / "fine.txt").write_text("fine")
    for link, target in {
        "content/fine.txt": "../other/fine.txt", "content/out.txt": "../../secret.txt", "content/real/host": "/etc/hostname",
        "content/git.txt": "../.git/config", "content/twice": "real", "content/above": "../..", "content/.kept/out": "/etc/hostname",
    }.items():
        (base / link).symlink_to(target)
    assert {(issue.code, issue.file, issue.message) for issue in stray_links(base / "content", base)} == {
        ("E107", "content/out.txt", "a link leads out of the folder of the registry"),
        ("E107", "content/real/host", "a link leads out of the folder of the registry"),
        ("E107", "content/above", "a link leads out of the folder of the registry"),
        ("E107", "content/git.txt", "a link leads to something hidden"),
        ("E107", "content/twice", "a link to a folder is not followed"),
    }


def test_a_folder_beside_with_a_longer_name_is_outside(tmp_path: Path) -> None:
    base, other = tmp_path / "a", tmp_path / "ab"
    base.mkdir()
    other.mkdir()
    (other / "file.yaml").write_text("a: b\n")
    (base / "link.yaml").symlink_to("../ab/file.yaml")
    assert code(base / "link.yaml", base) == "E107"


def test_a_pipe_and_a_device_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert code(tmp_path / "pipe.yaml", tmp_path) == "E100"
    assert code(Path("/dev/zero"), Path("/dev")) == "E100"


def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.yaml"))
    name = document(path, tmp_path).name
    assert name == "caf\\xe9.yaml"
    assert name.encode("utf-8")


ROOT = read(b"include: [a]\n", "resources.yaml")


def found(base: Path, *patterns: str) -> tuple[list[str], list[str]]:
    files, issues = included(ROOT, list(patterns), base)
    return [path.relative_to(base).as_posix() for path in files], [issue.code for issue in issues]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    for name in ("b/two.yaml", "a/one.yaml", "a/note.txt", "a/deep/three.yaml", "resources.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a: b\n")
    return tmp_path


def test_patterns_find_files_in_order_and_each_once(base: Path) -> None:
    assert found(base, "**/*.yaml", "a/*.yaml", "a/one.yaml", "./a/one.yaml") == (["a/deep/three.yaml", "a/one.yaml", "b/two.yaml"], [])
    assert found(base, "b/two.yaml", "a/*.yaml") == (["b/two.yaml", "a/one.yaml"], [])


def test_a_linked_folder_is_named_and_not_left_out_in_silence(base: Path) -> None:
    (base / "a" / "linked").symlink_to("../b")
    assert found(base, "a/**/*.yaml") == (["a/deep/three.yaml", "a/one.yaml"], ["E107"])


def test_the_root_file_does_not_include_itself(base: Path) -> None:
    assert found(base, "*.yaml") == ([], [])


@pytest.mark.parametrize("pattern", [
    "../x.yaml", "a/../../x.yaml", "a/..", "/etc/passwd", "~/x.yaml", "~root/x", "C:/x.yaml", "..\\x.yaml", "a\\..\\..\\x.yaml", "file:x",
])  # fmt: skip
def test_a_pattern_never_leaves_the_folder(base: Path, pattern: str) -> None:
    assert found(base, pattern) == ([], ["E106"])


def test_a_pattern_that_is_wrong_keeps_no_other_from_being_looked_at(base: Path) -> None:
    assert found(base, "../x.yaml", "b/**b", "b/*.yaml") == (["b/two.yaml"], ["E106", "E108"])


@pytest.mark.parametrize("pattern", ["nobody.yaml", "c/*.yaml", "a**b", "***", "[", "a/[", "x" * 199])
def test_a_pattern_that_finds_nothing_is_an_issue_and_no_exception(base: Path, pattern: str) -> None:
    assert found(base, pattern) == ([], ["E108"])
