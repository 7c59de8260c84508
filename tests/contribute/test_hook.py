"""The hook that checks the registry before a commit, run by pre-commit itself; nothing is downloaded for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from handrail.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(sys.executable).parent


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "mine"
    assert main(["new", str(folder)]) == 0
    for command in (["init", "-q", "-b", "main"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where pre-commit keeps its files beside the folder and can reach no registry of packages."""
    identity = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "T"), ("EMAIL", "t@example.org"))}
    away = {"PRE_COMMIT_HOME": str(folder.parent / "kept"), "PIP_NO_INDEX": "1", "NO_COLOR": "1", **identity}
    environment = {**os.environ, **away, "PATH": f"{HERE}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_commit_with_a_mistake_is_stopped_and_the_mistake_is_told(folder):
    assert run(folder, str(HERE / "pre-commit"), "install").returncode == 0
    first = run(folder, "git", "commit", "-q", "-m", "Start")
    assert first.returncode == 0, first.stdout + first.stderr
    entry = folder / "content/organizations/example/example-trust.yaml"
    entry.write_text(entry.read_text("utf-8").replace("kind: charity", "kind: charty"), "utf-8")
    done = run(folder, "git", "commit", "-q", "-a", "-m", "Mistake")
    assert done.returncode != 0
    assert 'error[E203]: "charty" is not one of the choices of "kind"' in done.stdout + done.stderr
    assert run(folder, "git", "log", "--format=%s").stdout == "Start\n"


def test_the_hook_runs_for_the_files_of_a_registry_and_for_no_others(folder):
    run(folder, "git", "commit", "-q", "-m", "Start", "--no-verify")
    (folder / "notes.txt").write_text("x", "utf-8")
    run(folder, "git", "add", "notes.txt")
    assert "(no files to check)Skipped" in run(folder, str(HERE / "pre-commit"), "run").stdout


def test_this_repository_has_the_hook_that_its_pages_speak_of(tmp_path):
    done = run(tmp_path, str(HERE / "pre-commit"), "validate-config", str(ROOT / ".pre-commit-config.yaml"))
    assert done.returncode == 0, done.stdout
    [hook] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    seen = [name for name in tracked if re.search(hook["files"], name)]
    assert {"resources.yaml", "content/contribute/index.md", "content/organizations/gb/calm.yaml"} <= set(seen)
    assert not [name for name in seen if name.startswith(("tests/", "plugins/"))]


def test_the_hook_of_this_repository_is_one_that_pre_commit_can_use(tmp_path):
    manifest = ROOT / ".pre-commit-hooks.yaml"
    done = run(tmp_path, str(HERE / "pre-commit"), "validate-manifest", str(manifest))
    assert done.returncode == 0, done.stdout
    hooks = yaml.safe_load(manifest.read_text("utf-8"))
    assert [(hook["id"], hook["entry"]) for hook in hooks] == [("handrail-check", "handrail check")]
    (tmp_path / "broken.yaml").write_text("- id: handrail-check\n", "utf-8")
    assert run(tmp_path, str(HERE / "pre-commit"), "validate-manifest", "broken.yaml").returncode != 0
