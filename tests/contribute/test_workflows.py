"""Workflows read what strangers wrote with a token that can only read, and run actions that can not change under them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from handrail.cli.main import build_parser, main

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "mine"
    assert main(["new", str(folder)]) == 0
    return folder


def workflows(made: Path) -> list[Path]:
    return [*FILES, *sorted((made / ".github/workflows").glob("*.yml"))]


def test_there_is_a_check_a_publication_and_a_weekly_run_here_and_in_a_new_directory(made):
    assert {path.stem for path in FILES} == {path.stem for path in (made / ".github/workflows").glob("*.yml")} == {"check", "publish", "weekly"}
    for name in (".github/CODEOWNERS", ".github/ISSUE_TEMPLATE/add-service.yml", ".pre-commit-config.yaml"):
        assert (made / name).is_file()


def test_every_action_is_pinned_by_its_hash(made):
    for path in workflows(made):
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), f"{path}: {line}"


def test_no_text_of_a_stranger_stands_in_a_command(made):
    for path in workflows(made):
        flow = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        assert "pull_request_target" not in path.read_text("utf-8")
        assert "workflow_run" not in flow["on"]
        for job in flow["jobs"].values():
            for step in job["steps"]:
                assert "${{" not in step.get("run", ""), f"{path}: {step}"


def test_rights_are_given_to_jobs_one_by_one_and_a_pull_request_can_only_read(made):
    for path in workflows(made):
        flow = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        assert flow["permissions"] == {}
        for job in flow["jobs"].values():
            if "pull_request" in flow["on"]:
                assert job["permissions"] == {"contents": "read"}
            if any("checkout" in step.get("uses", "") for step in job["steps"]):
                assert set(job["permissions"].values()) == {"read"}
            for step in job["steps"]:
                if "checkout" in step.get("uses", ""):
                    assert step["with"]["persist-credentials"] == "false"


def test_a_workflow_is_built_as_its_host_wants_it(made):
    for path in workflows(made):
        flow = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        assert set(flow) <= {"name", "on", "permissions", "concurrency", "jobs"}
        for name, job in flow["jobs"].items():
            assert set(job) <= {"name", "needs", "runs-on", "timeout-minutes", "permissions", "environment", "steps"}, name
            assert {"runs-on", "timeout-minutes", "permissions", "steps"} <= set(job)
            assert job.get("needs", name) in flow["jobs"]
            for step in job["steps"]:
                assert set(step) <= {"name", "id", "if", "uses", "with", "env", "run"}
                assert ("uses" in step) != ("run" in step)


def test_every_command_in_a_workflow_is_one_that_there_is(made):
    found = 0
    for path in workflows(made):
        for line in re.findall(r"(?<!\w)handrail ([^>|\n]*)", path.read_text("utf-8")):
            arguments = [part.strip('"') for part in line.split()]
            if arguments and arguments[0] in ("check", "review", "stale", "links"):
                build_parser().parse_args(arguments)
                found += 1
    assert found >= 8


def test_the_linter_of_workflows_finds_nothing(made):
    folders = [str(ROOT / ".github/workflows"), str(made / ".github/workflows")]
    done = subprocess.run([str(Path(sys.executable).parent / "zizmor"), "--offline", "--no-progress", *folders], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_two_teams_look_at_rules_workflows_and_crisis_help():
    owners = {line.split()[0]: line.split()[1:] for line in (ROOT / "CODEOWNERS").read_text("utf-8").splitlines() if line and not line.startswith("#")}
    for path in ("/schema/", "/plugins/", "/resources.yaml", "/crisis-golden.yaml", "/.github/", "/CODEOWNERS"):
        assert len(owners[path]) == 2, path


def test_every_entry_file_names_its_schema_so_that_editors_help():
    for path in sorted((ROOT / "content/organizations").rglob("*.yaml")):
        first = path.read_text("utf-8").split("\n", 1)[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named, path
        assert (path.parent / named[1]).resolve() == ROOT / "schema/organization.json", path
