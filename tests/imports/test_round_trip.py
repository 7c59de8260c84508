"""What HSDS can hold survives the way out and back again."""

from __future__ import annotations

import copy
import csv as tables_reader
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.exports import entry, everything, hsds
from handrail.exports.dataset import Dataset
from handrail.imports import package
from handrail.imports.convert import Converter, Origin
from handrail.imports.notes import Report
from handrail.model import build
from handrail.registry.reading import read
from handrail.registry.registry import Entry
from handrail.text.words import words

T = words("en")
ORIGIN = Origin("https://example.org/data", publisher="operator", publish=True)
SKIPPED = {"seen", "website_seen", "verified", "translations"}
"""What stands in many places and is named in the loss report of HSDS at each; ``test_losses.py`` holds the report itself."""

text = (
    st.text("abcdefghij ÄöüñÇ'-,.&", min_size=1, max_size=40)
    .map(lambda value: " ".join(value.split()).strip("'-,. ") or "x")
    .filter(lambda value: value.casefold() not in ("none", "n/a", "null"))
)
yes_no = st.sampled_from(("yes", "no"))
time = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
span = (
    st.tuples(st.integers(0, 46), st.integers(1, 10))
    .map(lambda pair: (f"{pair[0] // 2:02}:{pair[0] % 2 * 30:02}", min(47, pair[0] + pair[1])))
    .map(lambda pair: (pair[0], f"{pair[1] // 2:02}:{pair[1] % 2 * 30:02}"))
)


def stated(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields).filter(bool)


@st.composite
def hours(draw):
    kind = draw(st.sampled_from(("always", "unknown", "weekly")))
    if kind != "weekly":
        return {kind: "yes"}
    opens, closes = draw(span)
    days = sorted(draw(st.sets(st.sampled_from(entry.DAYS), min_size=1)), key=entry.DAYS.index)
    made = {"time_zone": draw(st.sampled_from(("Europe/London", "America/New_York", "local"))), "weekly": [{"days": days, "opens": opens, "closes": closes}]}
    if draw(st.booleans()):
        made["exceptions"] = [{"date": "2026-12-25", "closed": "yes", **({"note": draw(text)} if draw(st.booleans()) else {})}]
    return {**made, **({"note": draw(text)} if draw(st.booleans()) else {})}


FACTS = {
    "label": text,
    "answered_by": text,
    "anonymous": yes_no,
    "shows_on_bill": yes_no,
    "immediate": yes_no,
    "note": text,
    "hours": hours(),
    "languages": st.just(["en", "cy"]),
    "cost": st.fixed_dictionaries({"kind": st.sampled_from(("free", "local-rate"))}, optional={"note": text}),
    "vanity": st.just("HELP"),
}
phone_number = st.integers(1000000, 99999999).map(lambda number: f"0800 {number}")
channel = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(("phone", "textphone", "relay")), "value": phone_number}, optional={**FACTS, "keys": st.just("1"), "extension": st.just("12")}
    ),
    st.fixed_dictionaries({"type": st.just("text"), "value": phone_number}, optional={**FACTS, "keyword": st.just("HELLO")}),
    st.fixed_dictionaries(
        {"type": st.sampled_from(("chat", "web", "app")), "value": st.integers(1, 999).map(lambda n: f"https://www.example.org/{n}")},
        optional={key: value for key, value in FACTS.items() if key != "vanity"},
    ),
)
place = st.fixed_dictionaries(
    {"visibility": st.just("full"), "id": st.just("main"), "region": st.just("av-n"), "street": text, "locality": text, "postcode": st.just("AB1 2CD")},
    optional={
        "name": text,
        "latitude": st.just(53.5),
        "longitude": st.just(-1.25),
        "accessibility": st.just(["step-free", "lift"]),
        "access_note": text,
        "hours": hours(),
    },
)
meeting = st.fixed_dictionaries(
    {"day": st.sampled_from(entry.DAYS), "starts": st.just("18:30"), "time_zone": st.sampled_from(("Europe/London", "local"))},
    optional={"name": text, "ends": st.sampled_from(("20:00", "21:15")), "place": st.just("main"), "note": text},
)
service = st.fixed_dictionaries(
    {
        "id": st.just("night-line"),
        "name": text,
        "kind": st.sampled_from(("helpline", "peer-mentoring", "clinic", "crisis-line")),
        "summary": text,
        "topics": st.just(["loneliness", "grief"]),
        "coverage": st.sampled_from(({"regions": ["av"]}, {"regions": ["av", "no"], "except": ["av-n"]}, {"regions": ["av-n"], "note": "Only the north."})),
    },
    optional={
        "alternate_names": st.lists(text, min_size=1, max_size=2, unique=True),
        "name_language": st.just("cy"),
        "discreet_name": text,
        "description": text,
        "for_whom": text,
        "not_for": st.lists(text, min_size=1, max_size=2, unique=True),
        "audiences": st.just(["students"]),
        "ages": stated(min=st.integers(0, 20), max=st.integers(21, 99), note=text),
        "status": st.just("paused"),
        "status_note": text,
        "website": st.just("https://www.example.org/"),
        "channels": st.lists(channel, min_size=1, max_size=3, unique_by=lambda value: value["value"]),
        "places": st.lists(place, min_size=1, max_size=1),
        "access": stated(referral=yes_no, id=yes_no, insurance=yes_no, appointment=yes_no, registration=yes_no, note=text),
        "waiting": st.just({"state": "waitlist", "as_of": "2026-01-02", "note": "Long."}),
        "cost": st.fixed_dictionaries({"kind": st.sampled_from(("free", "donation", "paid", "sliding-scale"))}, optional={"note": text}),
        "languages": st.just(["en", "cy", "ase"]),
        "interpreters": text,
        "confidentiality": stated(anonymous=yes_no, records=text, duty_to_report=yes_no, may_send_emergency_services=yes_no, note=text),
        "limits": text,
        "handoff": st.fixed_dictionaries(
            {"before": st.lists(text, min_size=1, max_size=2)}, optional={"they_ask": st.lists(text, min_size=1, max_size=2), "no_answer": text}
        ),
        "mentoring": st.fixed_dictionaries(
            {"models": st.just(["one-to-one"])},
            optional={"training_hours": st.integers(1, 90), "mentors": text, "mentor_ages": stated(min=st.integers(16, 30))},
        ),
        "accreditations": st.lists(text, min_size=1, max_size=2, unique=True),
        "crisis": st.just("yes"),
        "meetings": st.lists(meeting, min_size=1, max_size=2),
        "added": st.just("2026-01-02"),
        "changed": st.just("2026-03-04"),
    },
)


def directory_of(data: dict[str, Any], small):
    """Return the small directory with one service in it."""
    data = {**copy.deepcopy(data), "seen": ["site"]}
    for block in ("handoff", "mentoring"):
        if block in data:
            data[block]["seen"] = ["site"]
    organization = {
        "id": "night",
        "name": "Night Trust",
        "kind": "charity",
        "sources": [{"id": "site", "url": "https://www.example.org", "publisher": "operator", "dated": "undated"}],
    }
    document = read(b"{}", "x.yaml")
    owner = Entry(organization, document, ())
    value = build._service(Entry(data, document, ("services", 0), owner))
    return build.Directory(small.site, small.limits, small.regions, small.topics, small.audiences, {"night": build._organization(owner)}, {value.id: value}, {})


def without_trace(value: Any) -> Any:
    """Return data without what the loss report names, in an order that does not matter."""
    if isinstance(value, dict):
        return {key: without_trace(each) for key, each in sorted(value.items()) if key not in SKIPPED}
    if isinstance(value, list):
        return sorted((without_trace(each) for each in value), key=repr) if value and isinstance(value[0], dict) else value
    return value


def back(services: list[dict[str, Any]], small) -> dict[str, Any]:
    [organization] = Converter(small, ORIGIN, Report()).organizations(services)
    [found] = organization["services"]
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(service)
def test_everything_but_the_losses_comes_back_from_json(small, data):
    directory = directory_of(data, small)
    [made] = json.loads(json.dumps(list(hsds.Services(directory, T))))
    assert without_trace(back([made], small)) == without_trace(entry.service(directory.services["night-line"]))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(service)
def test_everything_but_the_losses_comes_back_from_the_tables(small, tmp_path_factory, data):
    directory = directory_of(data, small)
    folder = tmp_path_factory.mktemp("tables")
    for asset in everything.referral(Dataset(directory, T)):
        if "/tables/" in asset.path:
            (folder / asset.path.rsplit("/", 1)[1]).write_bytes(asset.data)
    assert without_trace(back(package.services(folder), small)) == without_trace(entry.service(directory.services["night-line"]))


def test_the_entry_of_a_service_is_what_was_written(small):
    data = {
        "id": "night-line",
        "name": "Night Line",
        "kind": "helpline",
        "summary": "Somebody listens.",
        "topics": ["grief"],
        "coverage": {"regions": ["av"]},
        "channels": [
            {
                "type": "phone",
                "value": "0800 1111",
                "hours": {"time_zone": "Europe/London", "weekly": [{"days": ["mon", "tue"], "opens": "18:00", "closes": "02:00"}]},
            }
        ],
    }
    made = entry.service(directory_of(data, small).services["night-line"])
    assert {key: value for key, value in made.items() if key != "seen"} == data


def test_a_table_keeps_what_a_spreadsheet_would_calculate(small, tmp_path):
    data = {"id": "night-line", "name": "=1+1", "kind": "helpline", "summary": "-2", "topics": ["grief"], "coverage": {"regions": ["av"]}}
    for asset in everything.referral(Dataset(directory_of(data, small), T)):
        if "/tables/" in asset.path:
            (tmp_path / asset.path.rsplit("/", 1)[1]).write_bytes(asset.data)
    with (tmp_path / "services.csv").open(newline="") as file:
        assert [row["name"] for row in tables_reader.DictReader(file)] == ["'=1+1"]
    assert back(package.services(tmp_path), small)["name"] == "=1+1"


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2030, 6, 6)])
def test_the_day_of_the_export_plays_no_part(small, day, monkeypatch):
    monkeypatch.setenv("HANDRAIL_TODAY", day.isoformat())
    data = {
        "id": "night-line",
        "name": "Night",
        "kind": "helpline",
        "summary": "x",
        "topics": ["grief"],
        "coverage": {"regions": ["av"]},
        "added": "2026-01-02",
    }
    made = list(hsds.Services(directory_of(data, small), T))
    assert made[0]["last_modified"] == "2026-01-02T00:00:00Z"
