"""A contributor's first pull request, from the form to the merged page, with a repository on this disk in place of a host."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import urllib.parse
from pathlib import Path

import pytest

from handrail.cli.main import main
from tests.contribute.conftest import small_registry
from tests.contribute.test_form import address, begun, entry, page, site, typed  # noqa: F401
from tests.site.language import build_project

pytestmark = pytest.mark.browser


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    return main(list(arguments)), capsys.readouterr().out


def test_from_the_form_to_a_merged_page(page, address, tmp_path, monkeypatch, capsys):  # noqa: F811
    project = small_registry(tmp_path / "project").parent
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Start")
    git(tmp_path, "clone", "-q", "--bare", str(project), "host.git")

    begun(page, address)
    first = entry("helpline", "Somebody listens.")
    first["services"][0]["summary"] = ""
    assert "summary" in typed(page, first)
    text = typed(page, entry("helpline", "Somebody listens."))
    link = urllib.parse.urlsplit(page.locator("[data-send]").get_attribute("href"))
    assert (link.netloc, link.path) == ("github.com", "/example/small/new/main")
    asked = urllib.parse.parse_qs(link.query)
    assert asked == {"filename": ["content/organizations/av/newcomer.yaml"], "value": [text]}

    git(tmp_path, "clone", "-q", "host.git", "fork")
    fork = tmp_path / "fork"
    git(fork, "checkout", "-q", "-b", "newcomer")
    (fork / asked["filename"][0]).write_bytes(asked["value"][0].encode())
    git(fork, "add", "-A")
    git(fork, "commit", "-q", "-m", "Add Newcomer")
    git(fork, "push", "-q", "origin", "newcomer")

    monkeypatch.chdir(fork)
    path = fork / asked["filename"][0]
    path.write_bytes(asked["value"][0].replace("kind: helpline", "kind: help-line").encode())
    git(fork, "commit", "-q", "-a", "-m", "A slip in the editor of the host")
    code, out = ran(capsys, "check", "--format", "github")
    assert code == 1
    [annotation] = [line for line in out.splitlines() if line.startswith("::error")]
    at = re.match(r"::error file=([^,]+),line=(\d+),col=(\d+)", annotation)
    assert at is not None
    assert at[1] == asked["filename"][0]
    assert path.read_text("utf-8").splitlines()[int(at[2]) - 1][int(at[3]) - 1:] == "help-line", "the mark stands under the mistake"
    assert "What readers will see can be told once the errors are mended." in ran(capsys, "review", "origin/main")[1]

    path.write_bytes(asked["value"][0].encode())
    git(fork, "commit", "-q", "-a", "-m", "Mend it")
    git(fork, "push", "-q", "origin", "newcomer")
    code, out = ran(capsys, "check", "--format", "github")
    assert code == 0
    assert "::error" not in out
    assert ran(capsys, "check", "--format", "markdown")[1] == "No issues found.\n"
    code, out = ran(capsys, "review", "origin/main")
    report = html.unescape(re.sub(r"</?code>", "", out))
    assert code == 0
    assert "Service Somebody listens. (new-helpline) is new." in report
    assert "Crisis help stays as it is." in report
    assert "- new-helpline: new **phone 116 123, Monday and Tuesday, 09:00 to 17:30; Saturday, 22:00 to 02:00 the next day (London time)**" in report
    assert "seen in Somebody listens., operator, undated: https://www.example.org/contact" in report
    assert "- Avalon: 2 services (1 before). New: Somebody listens.." in report
    assert "No new issues." in report

    git(tmp_path, "clone", "-q", "host.git", "maintainer")
    maintainer = tmp_path / "maintainer"
    git(maintainer, "merge", "-q", "--no-ff", "-m", "Merge newcomer", "origin/newcomer")
    git(maintainer, "push", "-q", "origin", "main")
    assert git(maintainer, "diff", "--name-only", "origin/main~1", "origin/main") == f"{asked['filename'][0]}\n", "one file, and no other"
    shutil.rmtree(maintainer / "site", ignore_errors=True)
    built = build_project(maintainer / "mkdocs.yml")
    assert built.page("services/new-helpline").says("Somebody listens.")
    assert built.page("services/new-helpline").has_link("tel:116123")
    assert built.page("services/new-helpline").has_link("../../contribute/change/#org=newcomer&service=new-helpline")


HOSTS = {
    "github": ("https://host.example/a/b/new/main?filename=x%2Fnew.yaml&value=a%3A%20b%26c%0A", "https://host.example/a/b/edit/main/x/new.yaml"),
    "forgejo": (
        "https://host.example/a/b/_new/main?filename=x%2Fnew.yaml&value=a%3A%20b%26c%0A",
        "https://host.example/a/b/_edit/main/x/new.yaml?value=a%3A%20b%26c%0A",
    ),
    "gitlab": ("https://host.example/a/b/-/new/main?file_name=x%2Fnew.yaml", "https://host.example/a/b/-/edit/main/x/new.yaml"),
}


@pytest.mark.parametrize("kind", HOSTS)
def test_each_host_gets_its_own_address_and_none_that_is_too_long(form_plain, kind):
    new, edit = HOSTS[kind]
    short, long, change, heavy = form_plain("submit", {"repository": {"url": "https://host.example/a/b", "branch": "main", "kind": kind}})
    assert (short["href"], short["filled"]) == (new, "value" in new)
    assert (change["href"], change["filled"]) == (edit, "value" in edit)
    for each in (long, heavy):
        assert each["filled"] is False
        assert "value" not in each["href"]
        assert len(each["href"]) < 200


def test_an_address_is_filled_up_to_what_the_host_takes_and_no_further(form_plain):
    repository = {"url": "https://github.com/example/small", "branch": "main", "kind": "github"}
    lengths = [len(each["href"]) for each in form_plain("lengths", {"repository": repository}) if each["filled"]]
    assert max(lengths) == 8000, "servers of GitHub refuse more than 8,191 bytes"


def test_a_letter_carries_the_text_unless_it_is_too_long_for_mail_programs(form_plain):
    letter, heavy = form_plain("letters", {})
    assert letter["href"] == "mailto:role@example.org?subject=s&body=b%26%3Fc"
    assert heavy["href"] == "mailto:role@example.org?subject=s"
