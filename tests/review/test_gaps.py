"""Gaps: counts by place, topic, language and night, and what is not known is not called missing."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from handrail.model import build
from handrail.model.upkeep import Cell
from handrail.registry.check import checked
from handrail.review import gaps
from tests.site.language import build_project, build_site, service, write_project

DAY = date(2026, 11, 23)


def phone(**hours: object) -> dict[str, object]:
    return {"type": "phone", "value": "0800 1111", "seen": ["site"], **({"hours": hours} if hours else {})}


def weekly(opens: str, closes: str, *days: str) -> dict[str, object]:
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return {"time_zone": "Europe/London", "weekly": [{"days": list(days or week), "opens": opens, "closes": closes}]}


def found(folder, *services, **registry):
    write_project(folder, *services, registry=registry)
    directory = build.directory(checked(folder / "resources.yaml", DAY))
    return gaps.gaps(directory), directory


NIGHTS = {
    "always": (phone(always="yes"), Cell(1, night=1)),
    "every night": (phone(**weekly("22:00", "06:00")), Cell(1, night=1)),
    "the night from Sunday runs into Monday": (phone(**weekly("20:00", "08:00", "sun", "mon", "tue", "wed", "thu", "fri", "sat")), Cell(1, night=1)),
    "most nights": (phone(**weekly("22:00", "06:00", "mon", "tue", "wed", "thu", "fri")), Cell(1)),
    "by day": (phone(**weekly("09:00", "17:00")), Cell(1)),
    "until midnight": (phone(**weekly("18:00", "24:00")), Cell(1)),
    "until two exactly": (phone(**weekly("18:00", "02:00")), Cell(1)),
    "hours that nobody gave": (phone(unknown="yes"), Cell(1, unknown=1)),
    "hours that are not stated": (phone(), Cell(1, unknown=1)),
    "only a website": ({"type": "web", "value": "https://night.example.org/", "seen": ["site"], "hours": {"always": "yes"}}, Cell(1)),
}


@pytest.mark.parametrize("name", NIGHTS)
def test_somebody_answers_at_night_only_where_it_is_stated_for_every_night(tmp_path, name):
    channel, cell = NIGHTS[name]
    counts, _ = found(tmp_path, service(channels=[channel]))
    assert counts.topics["av", "loneliness"] == cell


def test_none_known_drafts_only_and_hours_unknown_are_three_things(tmp_path):
    draft = service(id="a-draft", name="Draft", status="draft", status_note="No page.", topics=["grief"], coverage={"regions": ["ly"]})
    counts, _ = found(tmp_path, service(channels=[phone(unknown="yes")]), draft)
    assert (counts.topics["av", "loneliness"].state, counts.topics["av", "loneliness"].night_state) == ("some", "hours-unknown")
    assert counts.topics["ly", "grief"].state == "drafts-only"
    assert counts.topics["ly", "loneliness"].state == "none-known"


def test_services_of_parts_are_no_services_of_the_whole(tmp_path):
    counts, _ = found(tmp_path, service(coverage={"regions": ["av-n"]}))
    assert counts.topics["av", "loneliness"] == Cell(0, 1)
    assert counts.topics["av", "loneliness"].state == "parts-only"
    assert counts.topics["av-n", "loneliness"].whole == 1
    assert counts.topics["av-s", "loneliness"].state == "none-known"


def test_exceptions_and_closed_services_do_not_count(tmp_path):
    gone = service(id="gone", name="Gone", status="closed", status_note="It has ended.", use_instead=["night-line"])
    counts, _ = found(tmp_path, service(coverage={"regions": ["av"], "except": ["av-s"]}), gone)
    assert counts.topics["av-s", "loneliness"].whole == 0
    assert counts.topics["av", "loneliness"].whole == 1


def test_languages_are_counted_where_they_are_stated(tmp_path):
    counts, _ = found(tmp_path, service(languages=["en", "cy"]), service(id="b-line", name="B", topics=["grief"]))
    assert {key: cell.whole for key, cell in counts.languages.items()} == {("av", "en"): 1, ("av", "cy"): 1, ("av", ""): 1}
    assert counts.cells["av", "loneliness", "cy"].whole == 1


RULE = {"name": "a line", "regions_of_kind": "country", "service_kinds": ["warm-line"]}
RULES = {
    "met": (RULE, {}, ["ly"]),
    "another kind": ({**RULE, "service_kinds": ["crisis-line"]}, {}, ["av", "ly"]),
    "for an audience": ({**RULE, "audiences": ["students"]}, {"audiences": ["students"]}, ["ly"]),
    "not for that audience": ({**RULE, "audiences": ["students"]}, {}, ["av", "ly"]),
    "for people in crisis": ({**RULE, "crisis": "yes"}, {"crisis": "yes"}, ["ly"]),
    "not for people in crisis": ({**RULE, "crisis": "yes"}, {}, ["av", "ly"]),
    "in parts only": (RULE, {"coverage": {"regions": ["av-n"]}}, ["av", "ly"]),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_checked_in_every_region_of_its_kind(tmp_path, name):
    rule, entry, missing = RULES[name]
    counts, _ = found(tmp_path, service(**entry), coverage_rules=[rule])
    assert [result.region for result in counts.rules if not result.services] == missing


def test_a_rule_that_is_not_met_is_a_warning_that_names_drafts_and_fails_no_strict_build(tmp_path):
    draft = service(id="a-draft", name="Draft", status="draft", status_note="No page.", coverage={"regions": ["ly"]})
    file = write_project(tmp_path, service(), draft, registry={"coverage_rules": [RULE]})
    registry = checked(tmp_path / "resources.yaml", DAY)
    issues = list(gaps.rule_issues(registry, build.directory(registry)))
    assert [(issue.code, issue.message) for issue in issues] == [("W321", "Lyonesse has no published service for this rule: a line")]
    assert "a-draft" in issues[0].help
    assert build_project(file, strict=True).page("about/gaps").says("none known in Lyonesse. There is one in Avalon.")


def test_the_page_the_report_and_the_file_say_the_same(tmp_path):
    site = build_site(tmp_path, service(), service(id="b-line", name="B", topics=["grief"], coverage={"regions": ["av-n"]}))
    page, rows = site.page("about/gaps"), list(csv.DictReader(io.StringIO(site.files()["data/gaps.csv"].decode())))
    assert {(row["region"], row["topic"], row["state"], row["state at night"]) for row in rows if row["language"] == "any"} >= {
        ("av", "loneliness", "some", "some"), ("av", "grief", "parts-only", "none-known"), ("av-n", "grief", "some", "some"),
        ("ly", "grief", "none-known", "none-known")}
    cells = [" ".join("".join(cell.itertext()).split()) for cell in page.tree.iter("td")]
    assert {"1", "only in parts: 1", "none known"} <= set(cells)
    assert all(cells), "no cell speaks by its colour alone"


def test_no_draft_is_named_by_the_pages_of_upkeep(tmp_path):
    site = build_site(tmp_path, service(), service(id="hidden-line", name="Hidden Line", status="draft", status_note="A secret reason."))
    secrets = (b"hidden-line", b"Hidden Line", b"secret reason")
    files = {name: data for name, data in site.files().items() if name.startswith(("about/", "data/gaps"))}
    assert not [name for name, data in files.items() if any(secret in data for secret in secrets)]


def test_the_health_page_counts_gaps_and_rules_that_are_not_met(tmp_path):
    page = build_site(tmp_path, service(), registry={"coverage_rules": [RULE]}).page("about/health")
    assert page.says("Topics without a service 3 of 4, each topic counted once for each country")
    assert page.says("What every country should have Not met in 1 place")
    assert not page.says("Reading level of guides"), "there is no guide"


def test_one_draft_is_one_draft(tmp_path):
    draft = service(id="a-draft", name="Draft", status="draft", status_note="No page.", coverage={"regions": ["ly"]})
    assert build_site(tmp_path, service(), draft).page("about/health").says("Lyonesse: 0, and 1 draft")


def test_the_health_page_counts_and_gives_days_and_no_ages(tmp_path):
    verified = {"date": "2026-03-12", "how": "call", "by": "coordinator"}
    page = build_site(tmp_path, service(verified=verified), service(id="b-line", name="B")).page("about/health")
    assert page.says("Contacts checked with the service 1 of 2")
    assert page.says("March 2027: 1")
    assert page.says("Services 2")
