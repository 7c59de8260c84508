"""What a page says of checks: which group of facts, when, how; the same whatever the day of the build."""

from __future__ import annotations

import pytest

from tests.site.language import SOURCE, build_site, service

EMERGENCY = {"region": "av", "emergency": {"value": "113", "name": "Guards", "sources": [{**SOURCE, "publisher": "public-authority"}]}, "lines": ["night-line"]}
LY = {**EMERGENCY, "region": "ly", "emergency": {**EMERGENCY["emergency"], "value": "119"}}
WEEKLY = {"time_zone": "Europe/London", "weekly": [{"days": ["mon"], "opens": "09:00", "closes": "17:00"}]}


def check(day: str, how: str = "call", *what: str) -> dict[str, object]:
    return {"date": day, "how": how, "by": "mentor coordinator", **({"what": list(what)} if what else {})}


def phone(**fields: object) -> dict[str, object]:
    return {"type": "phone", "value": "0800 1111", "seen": ["site"], "hours": WEEKLY, **fields}


WORDS = {
    "nothing": ({}, {}, "Not yet confirmed with the service"),
    "the number on the website, hours not": ({}, {"verified": check("2026-03-12", "live-website", "contacts")},
                                             "Number confirmed 12 March 2026, on their live website; hours not confirmed"),
    "hours only": ({}, {"verified": check("2026-03-12", "call", "hours")}, "Number not confirmed; hours confirmed 12 March 2026, by phone"),
    "everything about the channel": ({}, {"verified": check("2026-03-12")}, "Confirmed 12 March 2026, by phone"),
    "the whole entry": ({"verified": check("2026-03-12")}, {}, "Confirmed 12 March 2026, by phone"),
    "each on its own day": ({"verified": check("2026-01-02", "message", "hours")}, {"verified": check("2026-03-12", "call", "contacts")},
                            "Number confirmed 12 March 2026, by phone; hours confirmed 2 January 2026, by message"),
    "the newer check counts": ({"verified": check("2026-05-05", "visit")}, {"verified": check("2026-03-12", "call", "contacts")},
                               "Confirmed 5 May 2026, on a visit"),
    "no hours to confirm": ({}, {"hours": {"unknown": "yes"}, "verified": check("2026-03-12", "call", "contacts")}, "Number confirmed 12 March 2026, by phone"),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_contact_says_what_was_confirmed_and_what_was_not(tmp_path, name):
    entry, channel, words = WORDS[name]
    site = build_site(tmp_path, service(channels=[phone(**channel)], **entry))
    assert site.page("services/night-line").says(words)
    assert site.page("regions/av").says(words)


def test_groups_of_facts_say_where_they_stand_otherwise_than_the_entry(tmp_path):
    page = build_site(tmp_path, service(
        channels=[phone(verified=check("2026-03-12", "call", "contacts"))], cost={"kind": "free", "verified": check("2026-02-01", "message")},
        access={"referral": "no"}, confidentiality={"anonymous": "yes", "verified": check("2026-04-04")})).page("services/night-line")
    assert page.says("Cost confirmed 1 February 2026, by message")
    assert page.says("Access not confirmed")
    assert page.says("Privacy facts confirmed 4 April 2026, by phone")


def badges(page):
    return [(each.get("data-checked"), each.get("data-limit"), each.get("data-old")) for each in page.tree.iter() if each.get("data-checked")]


def test_what_is_said_once_a_check_is_old_stands_in_the_page(tmp_path):
    page = build_site(tmp_path, service(channels=[phone(verified=check("2026-03-12"))])).page("services/night-line")
    assert ("2026-03-12", "365", "Checked more than 365 days ago: call to confirm") in badges(page)


def test_limits_are_the_registrys(tmp_path):
    entry = service(channels=[phone(verified=check("2026-03-12"))], cost={"kind": "free", "verified": check("2026-02-01")})
    page = build_site(tmp_path, entry, registry={"limits": {"crisis": 9, "contacts": 99, "other": 999}}).page("services/night-line")
    assert {limit for _, limit, _ in badges(page)} == {"99", "999"}


def test_an_old_crisis_line_says_to_call_and_names_the_emergency_number(tmp_path):
    entry = service(crisis="yes", channels=[phone(verified=check("2026-03-12"))])
    site = build_site(tmp_path, entry, registry={"crisis": [EMERGENCY]})
    words = "Checked more than 90 days ago: call; if nobody answers, call 113"
    for page in ("services/night-line", "regions/av", "help-now"):
        assert ("2026-03-12", "90", words) in badges(site.page(page)), page


def test_a_crisis_line_of_two_countries_names_both_emergency_numbers(tmp_path):
    entry = service(crisis="yes", coverage={"regions": ["av", "ly"]}, channels=[phone(verified=check("2026-03-12"))])
    page = build_site(tmp_path, entry, registry={"crisis": [EMERGENCY, LY]}).page("services/night-line")
    assert badges(page)[0][2].endswith("if nobody answers, call 113 (Avalon) / 119 (Lyonesse)")


def test_the_day_of_the_build_changes_no_byte(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    sites = []
    for day in ("2026-11-23", "2031-01-01"):
        monkeypatch.setenv("HANDRAIL_TODAY", day)
        old = service(crisis="yes", channels=[phone(verified=check("2026-03-12"))])
        alert = {"id": "flood", "text": "A flood.", "from": "2026-12-01", "until": "2026-12-07", "regions": ["av"]}
        sites.append(build_site(tmp_path / day, old, registry={"crisis": [EMERGENCY], "alerts": [alert]}).files())
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []


def test_an_old_check_fails_no_strict_build(tmp_path, monkeypatch):
    monkeypatch.setenv("HANDRAIL_TODAY", "2099-01-01")
    assert build_site(tmp_path, service(verified=check("2001-03-12"))).has_page("services/night-line")


