"""What holds for the repository as a whole: nothing of one machine in it, locks that can be trusted, licences that are named."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")

# Written so that this file does not match them.
FOREIGN = {
    "a path of one machine": r"(?<![\w./~-])/(?:ro[o]t|ho[m]e/[a-z]\w*|Use[r]s/[A-Za-z]\w*)/",
    "the address of a registry": r"registry[.]npmjs[.]|files[.]pythonhosted[.]|pypi[.]org/simple|--(?:extra-)?index[-]url[ =]+\S+:",
    "an address that npm resolved": r"\"resolved[\"]\s*:",
}

LICENCES = [
    ("LICENSE", "MIT License"),
    ("LICENSES/guides.md", "SPDX-License-Identifier: CC-BY-4.0"),
    ("LICENSES/registry-data.md", "SPDX-License-Identifier: CC0-1.0"),
    ("mkdocs.yml", "Registry data: CC0 1.0. Guides: CC BY 4.0. Code: MIT."),
    ("resources.yaml", "# Registry data: CC0 1.0."),
    ("CONTRIBUTING.md", "code MIT, guides CC BY 4.0, registry data CC0 1.0"),
]


def test_every_licence_is_named_where_it_is_used() -> None:
    assert [path for path, words in LICENCES if words not in (ROOT / path).read_text("utf-8")] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == json.loads((ROOT / "package.json").read_text("utf-8"))["license"] == "MIT"


def test_every_entry_file_names_the_licence_of_the_data() -> None:
    entries = sorted((ROOT / "content/organizations").rglob("*.yaml"))
    assert entries
    assert [path.name for path in entries if "CC0 1.0" not in path.read_text("utf-8")] == []


@pytest.mark.parametrize("what", FOREIGN)
def test_no_tracked_file_holds(what: str) -> None:
    pattern = re.compile(FOREIGN[what].encode())
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    files = [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]
    assert [str(path.relative_to(ROOT)) for path in files if pattern.search(path.read_bytes())] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_one_version_and_a_hash(lock: str) -> None:
    lines = [line for line in (ROOT / lock).read_text("utf-8").replace("\\\n", " ").splitlines() if line.strip() and not line.lstrip().startswith("#")]
    pinned = re.compile(r"[a-z0-9][a-z0-9._-]*==\S+(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [line[:60] for line in lines if not pinned.fullmatch(line)] == []


def test_tests_run_on_the_versions_that_the_site_is_built_with() -> None:
    site, tests = (_versions(lock) for lock in LOCKS)
    assert {name: tests.get(name) for name in site} == site


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    site, tests = (_versions(lock) for lock in LOCKS)
    assert [name for name in map(_name, project["dependencies"]) if name not in site] == []
    assert [name for name in map(_name, project["optional-dependencies"]["test"]) if name not in tests] == []


def test_what_is_locked_runs_on_the_python_of_debian_12() -> None:
    locked = [found for name, version in _versions(LOCKS[1]).items() if (found := _installed(name)) and found.version == version]
    wanted = {found.name: found.metadata.get("Requires-Python", "") for found in locked}
    assert len(wanted) > 50
    assert {name: asks for name, asks in wanted.items() if not SpecifierSet(asks).contains("3.11.2")} == {}


def test_every_npm_package_is_locked_with_its_hash() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert {key: locked[""].get(key) for key in ("dependencies", "devDependencies")} == {
        key: wanted[key] for key in ("dependencies", "devDependencies")
    }
    assert [name for name, package in locked.items() if name and not package["integrity"].startswith("sha512-")] == []


def test_what_the_gate_and_the_makefile_start_can_be_started() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    scripts = {".ci/run", *re.findall(r"@(tools/[a-z]+)\b(?![.])", makefile), "tools/apt"}
    assert [script for script in sorted(scripts) if not os.access(ROOT / script, os.X_OK)] == []
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8")


@pytest.mark.parametrize(
    ("says", "code", "expected"),
    [
        ("=== 3 passed in 0.10s ===", 0, 0),
        ("=== 1 failed, 3 passed in 0.10s ===", 2, 2),
        ("=== 3 skipped in 0.10s ===", 0, 1),
        ("=== no tests ran in 0.10s ===", 0, 1),
        ("make: nothing to be done", 0, 1),
    ],
)
def test_the_gate_passes_only_when_a_test_passed(tmp_path: Path, says: str, code: int, expected: int) -> None:
    make = tmp_path / "make"
    make.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n", "utf-8")
    make.chmod(0o755)
    ran = subprocess.run([ROOT / ".ci/run"], env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, capture_output=True, text=True, check=False)
    assert ran.returncode == expected
    if says.startswith("==="):
        assert ran.stdout.splitlines()[-1] == says


@pytest.mark.parametrize(("user", "ends", "says"), [(0, 0, "Installing with apt: thing-package"), (1000, 1, "apt-get install thing-package")])
def test_a_missing_command_is_installed_for_root_and_named_for_others(tmp_path: Path, user: int, ends: int, says: str) -> None:
    for name, script in {
        "id": f"echo {user}",
        "sudo": "exit 1",
        "apt-get": f'case "$*" in *install*) ln -s /bin/true {tmp_path}/thing;; esac',
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    ran = subprocess.run(["tools/need", "thing", "thing-package"], cwd=ROOT, env=path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert ran.returncode == ends
    assert says in ran.stdout + ran.stderr


def _installed(name: str) -> metadata.Distribution | None:
    return next(iter(metadata.distributions(name=name)), None)


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return _normal(found.group())


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _versions(lock: str) -> dict[str, str]:
    pins = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return {_normal(name): version for name, version in pins}
