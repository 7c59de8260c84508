"""Readers get the old site or the new one: whole, and with the times of what did not change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handrail.output import promotion

OLD = {"index.html": "old", "a/index.html": "same", "gone/index.html": "x", "file": "a file", "folder/x": "x"}
NEW = {"index.html": "new", "a/index.html": "same", "b/index.html": "added", "file/index.html": "now a folder", "folder": "now a file"}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def read(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path / "site", OLD)
    os.utime(tmp_path / "site/a/index.html", (1_000_000_000, 1_000_000_000))
    return tmp_path / "site"


def begun(site: Path) -> Path:
    """Begin as a run does that ends without having put anything into place."""
    hold = promotion.begin(site)
    assert hold
    hold.release()
    return hold.folder


def built(site: Path) -> Path:
    new = begun(site)
    write(new, NEW)
    return new


WAYS = {
    "exchanged in one step": {},
    "renamed": {"ctypes.CDLL": None},
    "one by one": {"_exchanged": lambda *_: False},
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_the_new_site_takes_the_place_of_the_old_one(way: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(f"handrail.output.promotion.{name}", value or (lambda *_, **__: object()))
    promotion.promote(built(site), site)
    assert read(site) == NEW
    assert (site / "a/index.html").stat().st_mtime == 1_000_000_000
    assert (site / "index.html").stat().st_mtime > 1_000_000_000
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_the_first_site_needs_no_old_one(tmp_path: Path) -> None:
    promotion.promote(built(tmp_path / "site"), tmp_path / "site")
    assert read(tmp_path / "site") == NEW


def test_hidden_files_that_are_not_ours_stay(site: Path) -> None:
    write(site, {".git/HEAD": "ref", ".nojekyll": ""})
    promotion.promote(built(site), site)
    assert read(site) == {**NEW, ".git/HEAD": "ref", ".nojekyll": ""}


def test_a_link_to_the_site_goes_on_leading_to_it(site: Path) -> None:
    link = site.with_name("link")
    link.symlink_to(site)
    promotion.promote(built(link), link)
    assert link.is_symlink()
    assert read(link) == NEW


def test_a_run_that_was_killed_between_two_renames_is_mended(site: Path) -> None:
    site.rename(site.with_name(".site.old"))
    begun(site)
    assert read(site) == OLD


def test_what_a_killed_run_left_is_not_part_of_the_next_site(site: Path) -> None:
    write(begun(site), {"left.html": "x", "a/left.html": "y"})
    promotion.promote(built(site), site)
    assert read(site) == NEW


def test_a_link_in_the_place_of_the_new_folder_is_not_followed(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "mine", {"precious": "x"})
    site.with_name(".site.new").symlink_to(tmp_path / "mine")
    promotion.promote(built(site), site)
    assert read(tmp_path / "mine") == {"precious": "x"}
    assert read(site) == NEW


HOLDS = """
import sys
from pathlib import Path
from handrail.output import promotion
hold = promotion.begin(Path(sys.argv[1]))
(hold.folder / "half.html").write_text("x")
print("held", flush=True)
sys.stdin.read()
"""


def test_while_one_process_builds_a_site_no_other_does_and_however_it_ends_the_next_one_may(site: Path) -> None:
    first = subprocess.Popen([sys.executable, "-c", HOLDS, str(site)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert first.stdout
    assert first.stdout.readline() == b"held\n"
    with pytest.raises(promotion.BusyError):
        promotion.begin(site)
    assert read(promotion.beside(site)) == {"half.html": "x"}
    first.kill()
    first.communicate()
    promotion.promote(built(site), site)
    assert read(site) == NEW


def test_the_old_site_is_held_too_while_the_places_are_exchanged(site: Path) -> None:
    hold = promotion.begin(site)
    assert hold
    write(hold.folder, NEW)
    hold.also(site)
    assert promotion._exchanged(hold.folder, site)
    with pytest.raises(promotion.BusyError):
        promotion.begin(site)
    assert read(hold.folder) == OLD
    hold.release()
    assert not read(begun(site))


def test_where_no_folder_can_stand_beside_the_site_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert promotion.begin(tmp_path / "file" / "site") is None


def test_a_system_that_cannot_hold_a_folder_builds_all_the_same(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promotion, "fcntl", None)
    promotion.promote(built(site), site)
    assert read(site) == NEW
