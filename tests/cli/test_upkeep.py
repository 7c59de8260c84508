"""The commands of upkeep, as a maintainer uses them."""

from __future__ import annotations

import csv
import io
import json
import threading
from http.server import ThreadingHTTPServer

import pytest
import yaml

from handrail.cli import links as links_command
from handrail.cli.main import build_parser, main
from handrail.review.links.checker import Checker
from tests.review.test_links import Tricks, loose
from tests.site.language import SOURCE, service, write_project

CHECK = {"date": "2025-01-01", "how": "call", "by": "coordinator"}
CRISIS = {"region": "av", "emergency": {"value": "113", "name": "Guards", "sources": [{**SOURCE, "publisher": "public-authority"}]}, "lines": ["crisis-line"]}
LINE = service(id="crisis-line", name="Crisis Line", kind="crisis-line", crisis="yes", channels=[{"type": "phone", "value": "0800 999", "seen": ["site"]}])
DAY_LINE = service(id="day-line", name="=Day Line", channels=[
    {"type": "phone", "value": "+44 20 7946 0000", "seen": ["site"], "verified": CHECK, "hours": {"unknown": "yes"}},
    {"type": "phone", "value": "0800 1", "seen": ["site"], "status": "draft", "why": "unseen"},
    {"type": "email", "value": "day@night.example.org", "seen": ["site"]}])


@pytest.fixture
def project(tmp_path, monkeypatch):
    write_project(tmp_path, service(), LINE, DAY_LINE, registry={"crisis": [CRISIS]})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDRAIL_TODAY", "2026-03-01")
    return tmp_path


def entry(folder, identifier):
    data = yaml.safe_load((folder / "resources.yaml").read_text("utf-8"))
    return next(each for each in data["organizations"][0]["services"] if each["id"] == identifier)


def run(capsys, *arguments):
    code = main(arguments)
    out = capsys.readouterr()
    return code, out.out, out.err


def sheet(capsys, *arguments):
    return list(csv.DictReader(io.StringIO(run(capsys, "verify", "sheet", *arguments)[1])))


def test_stale_says_what_is_due_by_organization(project, capsys):
    code, out, _ = run(capsys, "stale", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    old = next(row for row in rows if row["contact"] == "'+44 20 7946 0000")
    assert (old["service"], old["what"], old["last checked"], old["due since"]) == ("day-line", "contacts", "2025-01-01", "2026-01-02")
    assert next(row["crisis line"] for row in rows) == "yes", "crisis lines first"
    assert all(row["where"].startswith("resources.yaml:") for row in rows)


def test_the_day_of_a_report_can_be_set(project, capsys):
    for day, count in (("2025-12-31", 0), ("2026-01-01", 0), ("2026-01-02", 1)):
        out = run(capsys, "stale", "--format", "csv", "--checked-once", "--today", day)[1]
        assert len(out.splitlines()) - 1 == count, day
    assert len(run(capsys, "stale", "--format", "csv", "--checked-once", "--today", "2025-12-31", "--within", "2")[1].splitlines()) == 2
    with pytest.raises(SystemExit):
        main(["stale", "--today", "soon"])


def test_stale_as_boxes_to_tick_warns_of_crisis_lines(project, capsys):
    out = run(capsys, "stale", "--format", "markdown")[1]
    assert "- [ ] crisis&#45;line: contacts 0800 999, never checked (crisis line: do not call)" in out


def test_stale_as_annotations_names_the_line(project, capsys):
    out = run(capsys, "stale", "--format", "github")[1]
    assert out.startswith("::warning file=resources.yaml,line=")
    assert "W503" in out


def test_alerts_that_are_over_are_named(project, capsys):
    write_project(project, registry={"alerts": [{"id": "old", "text": "Over.", "from": "2026-01-01", "until": "2026-01-02"}]})
    assert "the alert old is over" in run(capsys, "stale")[2]


def test_a_call_sheet_never_holds_a_crisis_line(project, capsys):
    rows = sheet(capsys)
    assert [row["service"] for row in rows if row["call"]] == ["night-line", "day-line"]
    assert "crisis-line" not in {row["service"] for row in rows}
    crisis = sheet(capsys, "--crisis")
    assert [(row["service"], row["call"]) for row in crisis] == [("crisis-line", "")]
    assert "Do not call" in crisis[0]["ask"]


def filled(project, *rows):
    path = project / "round.csv"
    path.write_text("service,contact,result,hours,how,date,note\n" + "".join(",".join(row) + "\n" for row in rows))
    return str(path)


def test_a_filled_in_sheet_is_written_into_the_entries(project, capsys):
    path = filled(project, ("night-line", "phone 08001111", "right", "right", "call", "2026-02-28", ""),
                  ("day-line", "phone +44 20 7946 0000", "right", "", "message", "", ""),
                  ("day-line", "email day@night.example.org", "no answer", "", "", "", "twice"))
    code, out, _ = run(capsys, "verify", "apply", path, "--by", "mentor coordinator")
    assert code == 0
    assert "2 contacts are marked as checked in 1 file." in out
    assert "to mend: day-line (email day@night.example.org): no answer; twice" in out
    night, day = entry(project, "night-line"), entry(project, "day-line")
    assert night["channels"][0]["verified"] == {"date": "2026-02-28", "how": "call", "by": "mentor coordinator", "what": ["contacts", "hours"]}
    assert day["channels"][0]["verified"] == {"date": "2026-03-01", "how": "message", "by": "mentor coordinator", "what": ["contacts"]}
    assert "verified" not in day["channels"][2]
    assert run(capsys, "check")[0] == 0


REFUSED = {
    "a crisis line by call": ("crisis-line", "phone 0800 999", "right", "", "call", "", ""),
    "an unknown entry": ("nobody", "phone 1", "right", "", "call", "", ""),
    "a number that changed": ("night-line", "phone 0800 2222", "right", "", "call", "", ""),
    "a draft": ("day-line", "phone 0800 1", "right", "", "call", "", ""),
    "a day to come": ("night-line", "phone 0800 1111", "right", "", "call", "2026-03-02", ""),
    "no day": ("night-line", "phone 0800 1111", "right", "", "call", "soon", ""),
    "no way": ("night-line", "phone 0800 1111", "right", "", "", "", ""), "no result": ("night-line", "phone 0800 1111", "fine", "", "call", "", ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_line_that_can_not_be_used_is_named_and_nothing_is_written(project, capsys, name):
    before = (project / "resources.yaml").read_bytes()
    code, _, err = run(capsys, "verify", "apply", filled(project, REFUSED[name]), "--by", "coordinator")
    assert (code, "not used: line 2" in err) == (1, True)
    assert (project / "resources.yaml").read_bytes() == before


def test_a_crisis_line_may_be_checked_on_its_website(project, capsys):
    path = filled(project, ("crisis-line", "phone 0800 999", "right", "", "live-website", "", ""))
    assert run(capsys, "verify", "apply", path, "--by", "coordinator")[0] == 0
    assert entry(project, "crisis-line")["channels"][0]["verified"]["how"] == "live-website"


def test_a_name_or_mailbox_is_no_role(project, capsys):
    for by in ("", "some@body.example"):
        assert run(capsys, "verify", "apply", filled(project), "--by", by)[0] == 2


def test_a_sheet_without_its_columns_is_refused_plainly(project, capsys):
    path = project / "bad.csv"
    path.write_text("a,b\n1,2\n")
    code, _, err = run(capsys, "verify", "apply", str(path), "--by", "coordinator")
    assert (code, "no column" in err) == (2, True)


@pytest.mark.parametrize("between", [";", "\t"])
def test_a_sheet_as_spreadsheets_of_other_countries_write_it_is_read(project, capsys, between):
    path = project / "round.csv"
    cells = (("service", "contact", "result", "how"), ("night-line", "phone 0800 1111", "right", "call"), ("night-line", "phone 0800 1111", "right", "call"))
    path.write_bytes(b"\xef\xbb\xbf" + "".join(between.join(f'"{each}"' for each in line) + "\r\n" for line in cells).encode())
    code, out, _ = run(capsys, "verify", "apply", str(path), "--by", "coordinator")
    assert (code, "1 contact is marked as checked in 1 file." in out) == (0, True)


OTHER_MAKES = {
    "one word": "x" * 200_000, "an open quote": '"service","contact', "a stray quote": '"a" b,c\n', "no text": "\0\0",
    "a long cell": "service,contact,result\n" + "x" * 200_000,
}


@pytest.mark.parametrize("make", OTHER_MAKES)
def test_a_sheet_of_another_make_is_refused_in_a_line(project, capsys, make):
    path = project / "bad.csv"
    path.write_text(OTHER_MAKES[make])
    code, _, err = run(capsys, "verify", "apply", str(path), "--by", "coordinator")
    assert (code, err.startswith("handrail: the sheet "), err.count("\n")) == (2, True, 1)


def test_questions_can_be_answered_in_the_terminal(project, capsys, monkeypatch):
    answers = iter(["r", "call", "r", "", "wrong", "It has moved."])

    def answer(prompt=""):
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)
    code, out, _ = run(capsys, "verify", "ask", "--by", "coordinator")
    assert code == 0
    assert entry(project, "night-line")["channels"][0]["verified"]["what"] == ["contacts", "hours"]
    assert "to mend: day-line (phone +44 20 7946 0000): wrong; It has moved." in out


def test_suspend_writes_and_says_what_is_left_to_do(project, capsys):
    (project / "content" / "guide.md").write_text("Call 0800-1111.\n")
    code, out, _ = run(capsys, "suspend", "night-line", "--reason", "Nobody answers.", "--use-instead", "day-line")
    assert code == 0
    assert entry(project, "night-line")["status"] == "suspended"
    assert entry(project, "night-line")["status_since"] == "2026-03-01"
    assert "its number still stands in words, which pages leave out until you write them anew: content/guide.md:1" in out
    assert run(capsys, "suspend", "nobody", "--reason", "Why.")[0] == 2


def test_gaps_health_and_ids_report(project, capsys):
    assert "none-known" in run(capsys, "gaps", "--format", "csv", "--region", "ly")[1]
    missing = csv.DictReader(io.StringIO(run(capsys, "gaps", "--format", "csv", "--missing")[1]))
    assert not [row for row in missing if "some" in (row["state"], row["state at night"])]
    said = run(capsys, "health", "--drafts")[1]
    assert "1 of 4 contacts were checked" in said
    assert "topics by country have no service, and 0 rules of coverage are not met" in said
    assert "not in the list: night-line" in run(capsys, "ids")[1]
    assert run(capsys, "ids", "--write")[0] == 0
    assert run(capsys, "ids")[1] == ""


def test_reports_of_a_registry_with_mistakes_say_to_mend_it_first(project, capsys):
    (project / "resources.yaml").write_text("site: {}\n")
    for command in (["stale"], ["gaps"], ["health"], ["ids"], ["verify", "sheet"], ["suspend", "a", "--reason", "b"]):
        code, _, err = run(capsys, *command)
        assert (code, "mend the registry first" in err) == (2, True), command


def test_links_ask_nothing_outside_a_scheduled_run(project, capsys, monkeypatch):
    monkeypatch.delenv("HANDRAIL_SCHEDULED", raising=False)

    def never(*_):
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(Checker, "check", never)
    code, _, err = run(capsys, "links")
    assert (code, "scheduled" in err) == (2, True)


def test_links_remember_report_and_never_fail(project, capsys, monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tricks)
    server.seen, server.headers, server.sent, server.robots, server.daemon_threads = [], [], 0, b"", True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    base = f"http://trick.example:{server.server_port}"
    places = {f"{base}/{name}": [f"resources.yaml:{line}"] for line, name in enumerate(("ok", "gone", "moved"), 1)}
    monkeypatch.setattr(links_command, "links", lambda registry: places)
    monkeypatch.setenv("HANDRAIL_SCHEDULED", "1")
    options = build_parser().parse_args(["links", "--format", "csv"])
    for _ in range(2):
        assert links_command.run(options, Checker(loose(server), pause=0)) == 0
    server.shutdown()
    server.server_close()
    out = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(out.out)))
    found = [(row["state"], row["address"].removeprefix(base), row["where"]) for row in rows[:2]]
    assert found == [("dead", "/gone", "resources.yaml:2"), ("moved", "/moved", "resources.yaml:3")]
    assert f"write {base}/ok" in rows[1]["suggestion"]
    kept = json.loads((project / "link-results.json").read_text())
    assert kept["links"][f"{base}/gone"] == {"state": "dead", "why": "it answers 410", "failures": 1, "checked": "2026-03-01"}


