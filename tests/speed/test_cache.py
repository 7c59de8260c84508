"""A second run says exactly what the first one said, whatever became of the store in between."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.output import store
from handrail.registry import cache
from handrail.registry.check import checked
from handrail.registry.registry import Registry

TODAY = date(2026, 11, 23)
_golden = importlib.util.spec_from_file_location("registry_cases", Path(__file__).parent.parent / "registry/test_golden.py")
assert _golden is not None
assert _golden.loader is not None
golden: Any = importlib.util.module_from_spec(_golden)
_golden.loader.exec_module(golden)


def seen(registry: Registry) -> list[Any]:
    """Return everything that later steps take from a registry."""
    entries = [(entry.data, entry.path, entry.document.name, entry.document.starts) for entry in (*registry.organizations, *registry.services)]
    return [entries, [(issue, issue.excerpt) for issue in registry.issues], registry.files, registry.data]


def run(root: Path, today: date = TODAY) -> list[Any]:
    """Check as a build does: what is kept is used, and written again."""
    kept = cache.pack(root)
    registry = checked(root, today, kept)
    kept.write()
    return seen(registry)


def packs(folder: Path) -> list[Path]:
    return sorted((folder / store.FOLDER).glob("*"))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(store.VARIABLE, raising=False)
    return Path(golden.build({}, tmp_path))


@pytest.mark.parametrize("name", sorted(golden.CASES))
def test_every_case_says_the_same_with_and_without_what_is_kept(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(store.VARIABLE, str(tmp_path / "kept"))
    root = golden.build(golden.CASES[name], tmp_path / "registry")
    plain = seen(checked(root, TODAY))
    assert [run(root), run(root)] == [plain, plain]


def test_a_second_run_reads_no_file_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(root)
    monkeypatch.setattr("handrail.registry.alone.read", lambda *_: pytest.fail("a file was read again"))
    assert run(root) == first


def test_a_file_that_changed_is_read_again(root: Path) -> None:
    run(root)
    path = next(path for path in root.parent.rglob("*.yaml") if path != root)
    path.write_text(path.read_text("utf-8") + "\nno_such_field: x\n", "utf-8")
    assert run(root) == seen(checked(root, TODAY))


def _broken(body: bytes) -> dict[str, bytes]:
    head, _, rest = body.partition(b"\n")
    return {
        "empty": b"", "cut": body[: len(body) // 2], "other bytes": b"\xff\x00\xfe" * 50, "one byte changed": body.replace(b"name", b"nbme", 1),
        "another version": b"0" * 32 + body[32:], "without its head": rest, "only its head": head + b"\n", "other JSON": json.dumps([1, 2]).encode(),
    }


@pytest.mark.parametrize("how", sorted(_broken(b"")))
def test_a_pack_that_is_not_whole_is_ignored_and_written_anew(how: str, root: Path) -> None:
    first = run(root)
    (path,) = packs(root.parent)
    whole = path.read_bytes()
    path.write_bytes(_broken(whole)[how])
    assert run(root) == first
    assert path.read_bytes() == whole


def _forged(body: bytes) -> dict[str, bytes]:
    """Return contents that somebody else may have put there, under a head that fits them."""
    whole = json.loads(body)
    key, (data, starts, told, day) = next(iter(whole.items()))

    def record(*values: Any) -> bytes:
        return json.dumps({**whole, key: list(values)}).encode()

    return {
        "a list": b"[1, 2]", "a text": b'"x"', "nothing": b"null", "no JSON": b"{", "no text": b"\xff\xfe", "60,000 brackets": b"[" * 60_000,
        "a record that is a text": json.dumps(dict.fromkeys(whole, "x")).encode(), "an empty record": record(), "one value too few": record(data, starts, told),
        "data that is a list": record([data], starts, told, day), "a day that is a number": record(data, starts, told, 0),
        "a day that is none": record(data, starts, told, "zzz"), "places that are no places": record(data, [["x", 1]], told, day),
        "places inside places": record(data, [[[["x"]], 1]], told, day), "issues that are none": record(data, starts, [["x"]], day),
        "an issue with a list in it": record(data, starts, [[1, 1, "E100", ["x"], "", "", 1, ""]], day),
    }


@pytest.mark.parametrize("how", sorted(_forged(b'{"x": [{}, [], [], ""]}')))
def test_a_pack_that_somebody_else_made_up_stops_nothing(how: str, root: Path) -> None:
    first = run(root)
    (path,) = packs(root.parent)
    body = _forged(path.read_bytes().partition(b"\n")[2])[how]
    path.write_bytes(f"{cache.version()} {store.digest(body)}\n".encode() + body)
    assert run(root) == first


@pytest.mark.parametrize("how", ["a link", "a link to nothing", "a pipe", "a link to a device", "a link to a folder"])
def test_what_is_no_ordinary_file_is_neither_read_nor_written_to(how: str, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    first = run(root)
    (path,) = packs(root.parent)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    target = elsewhere / "whole.json"
    forged = path.read_bytes()
    path.unlink()
    if how == "a pipe":
        os.mkfifo(path)
    else:
        if how == "a link":
            target.write_bytes(forged)
        path.symlink_to({"a link to a device": Path("/dev/zero"), "a link to a folder": elsewhere}.get(how, target))
    assert cache.pack(root).known == {}
    assert run(root) == first
    assert (path.is_file(), path.is_symlink()) == (True, False)
    assert not target.exists() or target.read_bytes() == forged


def test_what_is_kept_depends_on_all_that_reads_and_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """All code that the check of one file runs, apart from what only keeps and shares it."""
    script = ("import sys\nfrom handrail.registry import alone\n"
              "print(*(each.__file__ for name, each in sys.modules.items() if name.startswith('handrail.') and each.__file__))")
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    code = {path for path in map(Path, loaded) if path.parent.name not in ("output", "handrail") and path.name != "__init__.py"}
    assert len(code) > 15
    assert code - set(cache.sources()) == set()
    assert {"wording.yaml", "en.json", "service.json"} <= {path.name for path in cache.sources()}
    before = cache.version.__wrapped__()
    monkeypatch.setattr(cache, "sources", lambda whole=cache.sources: whole()[1:])
    assert cache.version.__wrapped__() != before


def test_a_pack_that_is_larger_than_any_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(root)
    (path,) = packs(root.parent)
    monkeypatch.setattr(store, "_MOST", path.stat().st_size)
    assert cache.pack(root).known
    monkeypatch.setattr(store, "_MOST", path.stat().st_size - 1)
    assert cache.pack(root).known == {}
    assert run(root) == first


def test_a_folder_where_the_pack_should_be_stops_nothing(root: Path) -> None:
    first = run(root)
    (path,) = packs(root.parent)
    path.unlink()
    path.mkdir()
    assert run(root) == first
    assert packs(root.parent) == [path], "nothing half written is left"


def test_everything_kept_may_be_deleted_at_any_time(root: Path) -> None:
    first = run(root)
    kept = cache.pack(root)
    packs(root.parent)[0].unlink()
    assert seen(checked(root, TODAY, kept)) == first


def test_a_day_earlier_dates_are_looked_at_again(root: Path) -> None:
    run(root)
    earlier = date(2000, 1, 1)
    assert run(root, earlier) == seen(checked(root, earlier))


def test_the_bytes_that_are_kept_are_the_same_in_every_run(root: Path) -> None:
    run(root)
    (path,) = packs(root.parent)
    whole = path.read_bytes()
    path.unlink()
    run(root)
    assert path.read_bytes() == whole


def test_two_runs_at_once_do_no_harm(root: Path) -> None:
    first = run(root)
    packs(root.parent)[0].unlink()
    command = [sys.executable, "-m", "handrail.cli.main", "check", str(root)]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "HANDRAIL_TODAY": TODAY.isoformat()}) for _ in range(3)]
    assert [each.wait(60) for each in runs] == [0, 0, 0]
    assert len(packs(root.parent)) == 1
    assert run(root) == first
