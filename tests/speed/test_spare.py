"""The site of two builds ago becomes the folder of the next one: what readers get is what it would be from nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from handrail.output import promotion
from handrail.output.spare import Spare
from handrail.plugins import press
from tests.site.language import build_project, write_project
from tests.speed.test_build import BOOKS, CRISIS, EDITS, ORGANIZATION, PLUGINS, SERVICES, changed, guide, plain_yaml, root


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every site be large."""
    monkeypatch.setattr(press, "LEAST", 1)


def project(folder: Path) -> Path:
    return write_project(folder, *SERVICES[:8], plugins=PLUGINS, registry={"include": ["content/organizations/*.yaml"], "crisis": [CRISIS]}, pages={
        "organizations/second.yaml": plain_yaml(ORGANIZATION), "guides/first.md": guide("First"), "bibliography.yaml": BOOKS})


def plant(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


@pytest.mark.parametrize("edit", EDITS)
def test_a_site_made_in_a_spare_one_is_what_it_would_be_from_nothing(edit: str, tmp_path: Path) -> None:
    again, new = project(tmp_path / "again"), project(tmp_path / "new")
    steps: tuple[Callable[[Path], None], ...] = (changed(1, name="For a moment", coverage={"regions": ["av-s"]}), changed(1, name="Quiet Line"), EDITS[edit])
    build_project(again, strict=False)
    for step in steps:
        step(again)
        made = build_project(again, strict=False).files()
        step(new)
    wanted = build_project(new, strict=False).files()
    assert made.keys() == wanted.keys()
    assert [name for name in made if made[name] != wanted[name]] == []
    folders = [{path.relative_to(each / "site") for path in (each / "site").rglob("*") if path.is_dir()} for each in (again.parent, new.parent)]
    assert folders[0] == folders[1]
    assert (tmp_path / "again/.site.spare").is_dir()


def test_what_did_not_change_keeps_its_file_through_three_builds(tmp_path: Path) -> None:
    file = project(tmp_path)
    page = build_project(file).folder / "services/line-5/index.html"
    first = page.stat()
    for name in ("One", "Two", "Three"):
        changed(1, name=name)(file)
        build_project(file)
        assert (page.stat().st_ino, page.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
        assert name in (tmp_path / "site/services/quiet-line/index.html").read_text("utf-8")


def test_a_build_that_fails_in_a_spare_site_changes_nothing_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    file = project(tmp_path)
    for name in ("One", "Two"):
        changed(name=name)(file)
        good = build_project(file).files()
    changed(name="Three")(file)
    plant(tmp_path, {"content/index.md": "# Start\n\n[nowhere](nowhere.md)\n"})
    with pytest.raises(Abort):
        build_project(file)
    assert {path.relative_to(tmp_path / "site").as_posix(): path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == good
    assert not (tmp_path / ".site.new").exists()
    plant(tmp_path, {"content/index.md": "# Start\n"})
    assert b"Three" in build_project(file).files()["services/second-line/index.html"]


def test_what_somebody_puts_into_a_spare_site_is_not_published_and_what_it_leads_to_is_not_touched(tmp_path: Path) -> None:
    file = project(tmp_path)
    build_project(file)
    changed(name="One")(file)
    wanted = build_project(file)
    files, spare = wanted.files(), tmp_path / ".site.spare"
    plant(tmp_path, {"mine/precious": "x"})
    plant(spare, {"services/foreign/index.html": "x", "foreign": "y"})
    (spare / "services/line-4/index.html").unlink()
    (spare / "services/line-4/index.html").symlink_to(tmp_path / "mine/precious")
    (spare / "services/line-5/index.html").unlink()
    (spare / "services/line-5/index.html").mkdir()
    (spare / "linked").symlink_to(tmp_path / "mine")
    assert build_project(file).files() == files
    assert (tmp_path / "mine/precious").read_text("utf-8") == "x"
    assert not (tmp_path / "site/services/foreign").exists()


def test_a_spare_site_may_be_a_link_or_be_gone(tmp_path: Path) -> None:
    file = project(tmp_path)
    build_project(file)
    files = build_project(file).files()
    promotion.remove(tmp_path / ".site.spare")
    plant(tmp_path, {"mine/precious": "x"})
    (tmp_path / ".site.spare").symlink_to(tmp_path / "mine")
    assert build_project(file).files() == files
    assert (tmp_path / "mine/precious").read_text("utf-8") == "x"


def test_a_page_gets_the_place_of_a_file_and_a_file_that_of_a_page(tmp_path: Path) -> None:
    new, spare = tmp_path / "new", tmp_path / "spare"
    new.mkdir()
    plant(spare, {"a/index.html": "1", "a/b/index.html": "2", "c": "3", "d/index.html": "4", "unknown/index.html": "5"})
    found = Spare.moved(spare, new, {"a/index.html", "a/b/index.html", "c", "d/index.html", "e"})
    assert found.files == {"a/index.html", "a/b/index.html", "c", "d/index.html"}
    assert not spare.exists()
    found.make_room("a")
    found.make_room("c/index.html")
    assert not (new / "a").exists()
    assert not (new / "c").exists()
    found.sweep({"d/index.html"})
    assert [path.relative_to(new).as_posix() for path in sorted(new.rglob("*"))] == ["d", "d/index.html"]


def test_only_a_large_site_that_was_there_before_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = project(tmp_path)
    build_project(file)
    assert not (tmp_path / ".site.spare").exists()
    build_project(file)
    assert (tmp_path / ".site.spare").is_dir()
    monkeypatch.setattr(press, "LEAST", 2000)
    build_project(file)
    assert not (tmp_path / ".site.spare").exists()


def test_a_spare_site_is_made_of_the_files_that_readers_get(tmp_path: Path) -> None:
    file = project(tmp_path)
    build_project(file)
    root("Feeling alone.", "Being alone.")(file)
    build_project(file)
    build_project(file)
    spare, site = tmp_path / ".site.spare", tmp_path / "site"
    assert sum(path.samefile(site / path.relative_to(spare)) for path in spare.rglob("*.html")) > 10


def test_nothing_lies_beside_a_site_that_was_only_served(tmp_path: Path) -> None:
    config = load_config(str(project(tmp_path)), site_dir=str(tmp_path / "served"))
    config.plugins.on_startup(command="serve", dirty=False)
    for _ in range(2):
        build(config)
    assert (tmp_path / ".served.spare").is_dir()
    config.plugins.on_shutdown()
    assert sorted(path.name for path in tmp_path.glob(".served*")) == []
