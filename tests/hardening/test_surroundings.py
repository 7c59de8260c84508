"""A build in any surroundings: the same bytes; where something fails, the old site or a whole one, and words instead of a traceback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.hardening.hostile import FOUR
from tests.site.language import BuiltSite, build_project, service, write_project

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "SOURCE_DATE_EPOCH": "1790000000"}
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
"""Names that Windows keeps for devices."""


def built(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")]
    return subprocess.run(command, env={**os.environ, **QUIET, **environment}, capture_output=True, text=True, errors="replace", check=False)


def test_another_zone_language_hash_seed_home_and_path_give_the_same_bytes(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o500)
    one, two = tmp_path / "one", tmp_path / "a much longer päth with blanks"
    for folder in (one, two):
        write_project(folder, service(name="Nächtliche Línea"), plugins=FOUR)
    first = built(one, TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LANG="en_GB.UTF-8")
    second = built(two, TZ="America/Los_Angeles", PYTHONHASHSEED="2", LANG="C", LC_ALL="C", HOME=str(home), PYTHONUTF8="0")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    left, right = BuiltSite(one / "site").files(), BuiltSite(two / "site").files()
    assert left.keys() == right.keys()
    assert [name for name in left if left[name] != right[name]] == []


def test_names_of_files_are_good_on_every_system_and_stay_in_the_site(tmp_path):
    others = [service(id=name, name=name) for name in ("con-line", "nul-help", "aux-aux")]
    site = build_project(write_project(tmp_path, service(), *others, plugins=FOUR))
    names = list(site.files())
    parts = {part for name in names for part in name.split("/")}
    assert [part for part in parts if RESERVED.fullmatch(part) or not re.fullmatch(r"[A-Za-z0-9_.\-]+", part) or part.endswith(".")] == []
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) < 150
    assert not [path for path in site.folder.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize("name", ["con", "aux", "nul", "com1", "../x", "a/b", "A", "index.html", "x.", "é"])
def test_an_id_that_no_file_can_have_is_refused_before_anything_is_written(tmp_path, name):
    write_project(tmp_path, service(id=name, name="Line"), plugins=FOUR)
    done = built(tmp_path)
    assert done.returncode == 1
    assert "error[E" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


FILLS = '''
import errno, os, pathlib
_write, _left = pathlib.Path.write_bytes, [4]
def _full(name):
    if "site" in str(name):
        _left[0] -= 1
        if _left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(name))
def on_startup(command, dirty):
    import builtins
    real = builtins.open
    def limited(name, mode="r", *more, **given):
        if "w" in mode:
            _full(name)
        return real(name, mode, *more, **given)
    builtins.open = limited
'''


def test_a_disk_that_fills_ends_in_an_error_and_the_next_build_is_whole(tmp_path):
    write_project(tmp_path, plugins=FOUR)
    assert built(tmp_path).returncode == 0
    good = BuiltSite(tmp_path / "site").files()
    text = (tmp_path / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "fills.py").write_text(FILLS, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(text + "hooks:\n  - fills.py\n", "utf-8")
    failed = built(tmp_path)
    assert failed.returncode != 0
    assert "No space left" in failed.stderr
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert built(tmp_path).returncode == 0
    assert BuiltSite(tmp_path / "site").files() == good


TAKES_A_PART = """
import pathlib, resource, sys
from handrail.output.folder import Folder
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
folder = Folder(pathlib.Path(sys.argv[1]))
try:
    folder.write("a.html", b"x" * 9000, "key")
except OSError:
    print("told", folder.prints)
"""


def test_a_disk_that_takes_a_part_of_a_page_is_never_taken_for_a_page_that_is_written(tmp_path):
    """The first write of a page on a disk that fills ends without an error, and shorter than it should be."""
    done = subprocess.run([sys.executable, "-c", TAKES_A_PART, str(tmp_path)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("told {}\n", "")


OWN_DISK = shutil.which("unshare") is not None and subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not OWN_DISK, reason="needs a disk of its own")
def test_a_real_disk_that_fills_leaves_the_old_site_and_none_of_the_new(tmp_path):
    write_project(tmp_path, *(service(id=f"line-{number}", name=f"Line {number}") for number in range(12)), plugins=FOUR)
    disk, copy = tmp_path / "disk", tmp_path / "copy"
    disk.mkdir()
    mkdocs = f"{sys.executable} -m mkdocs build --strict --quiet -f {tmp_path}/mkdocs.yml -d {disk}/site"
    script = f"""
        mount -t tmpfs -o size=64m tmpfs {disk}
        {mkdocs} || exit 90
        used=$(du -sk {disk} | cut -f1)
        cp -r {disk}/site {copy}
        sed -i 's/Small/Smaller/' {tmp_path}/mkdocs.yml {tmp_path}/resources.yaml
        mount -o remount,size=$((used + $1))k {disk}
        {mkdocs} && exit 91
        diff -r {disk}/site {copy} || exit 92
        ls -A {disk} | grep -vx site && exit 93
        exit 0
    """
    for room in (8, 150, 600):  # KB: while styles are copied, while pages are written, while the search is
        shutil.rmtree(copy, ignore_errors=True)
        command = ["unshare", "-rm", "sh", "-c", script, "sh", str(room)]
        done = subprocess.run(command, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "No space left" in done.stderr


def test_a_build_that_is_killed_at_any_moment_is_made_good_by_the_next(tmp_path):
    write_project(tmp_path, plugins=FOUR)
    started = time.monotonic()
    assert built(tmp_path).returncode == 0
    takes = time.monotonic() - started
    good = BuiltSite(tmp_path / "site").files()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(tmp_path / "mkdocs.yml"), "-d", str(tmp_path / "site")]
    for share in (0.5, 0.8, 0.95):
        process = subprocess.Popen(command, env={**os.environ, **QUIET}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(takes * share)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not (tmp_path / "site").exists() or all(path.is_file() or path.is_dir() for path in (tmp_path / "site").rglob("*"))
    assert built(tmp_path).returncode == 0
    assert BuiltSite(tmp_path / "site").files() == good


def test_two_builds_at_once_into_two_folders_do_not_disturb_each_other(tmp_path):
    write_project(tmp_path, plugins=FOUR)
    base = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(tmp_path / "mkdocs.yml"), "-d"]
    running = [subprocess.Popen([*base, str(tmp_path / name)], env={**os.environ, **QUIET}, stderr=subprocess.PIPE) for name in ("left", "right")]
    assert [(process.communicate()[1], process.returncode) for process in running] == [(b"", 0), (b"", 0)]
    assert BuiltSite(tmp_path / "left").files() == BuiltSite(tmp_path / "right").files()


def test_two_builds_at_once_into_one_folder_never_make_half_a_site(tmp_path):
    write_project(tmp_path, *(service(id=f"line-{number}", name=f"Line {number}") for number in range(40)), plugins=FOUR)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(tmp_path / "mkdocs.yml"), "-d", str(tmp_path / "site")]
    assert built(tmp_path).returncode == 0
    good = BuiltSite(tmp_path / "site").files()
    shutil.rmtree(tmp_path / "site")
    running = [subprocess.Popen(command, env={**os.environ, **QUIET}, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [(process.communicate()[1], process.returncode) for process in running]
    assert 0 in [code for _, code in ended]
    assert [told for told, code in ended if code and "another build is at work" not in told] == []
    assert BuiltSite(tmp_path / "site").files() == good
    assert not list(tmp_path.glob(".site*"))


def promote(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "tools/promote", "site.next", "site"], cwd=folder, capture_output=True, text=True, check=False)


def test_a_site_is_exchanged_for_a_whole_one_only(tmp_path):
    def site(name: str, text: str) -> None:
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)

    site("site", "old")
    (tmp_path / "site.next").mkdir()
    assert promote(tmp_path).returncode == 1
    assert (tmp_path / "site/index.html").read_text() == "old"
    (tmp_path / "site.next/index.html").write_text("new")
    assert promote(tmp_path).returncode == 0
    assert (tmp_path / "site/index.html").read_text() == "new"
    (tmp_path / "site").rename(tmp_path / "site.old")
    site("site.next", "newer")
    assert promote(tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/index.html").read_text() == "newer"


def test_make_builds_beside_the_site_and_then_exchanges_it():
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nsite:")[2].partition("\n\n")[0]
    assert recipe.index("--strict --site-dir site.next") < recipe.index("tools/promote site.next site")
