"""What search may know of a check: until which day it counts, and that crisis lines never stand lower."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.model import build
from handrail.model.freshness import Freshness, freshness, standings
from handrail.registry.check import checked
from tests.site.language import service, write_project

CHECK = {"date": "2026-03-12", "how": "call", "by": "coordinator"}
PHONE = {"type": "phone", "value": "0800 1111", "seen": ["site"]}
CASES = {
    "nobody ever checked": (service(), Freshness(None, True)),
    "the whole entry": (service(verified=CHECK), Freshness(date(2027, 3, 12), True)),
    "only its cost": (service(verified={**CHECK, "what": ["cost"]}), Freshness(None, True)),
    "one of two contacts": (service(channels=[PHONE, {**PHONE, "value": "0800 2222", "verified": CHECK}]), Freshness(date(2027, 3, 12), True)),
    "an entry without channels": (service(channels=None, website="https://night.example.org/", verified=CHECK), Freshness(date(2027, 3, 12), True)),
    "a crisis line": (service(crisis="yes", verified=CHECK), Freshness(date(2026, 6, 10), False)),
    "a crisis line that nobody checked": (service(crisis="yes"), Freshness(None, False)),
}


def directory(folder, *services):
    write_project(folder, *services)
    return build.directory(checked(folder / "resources.yaml", date(2026, 11, 23)))


@pytest.mark.parametrize("name", CASES)
def test_an_entry_counts_as_confirmed_until_a_day_and_a_crisis_line_never_sinks(tmp_path, name):
    entry, expected = CASES[name]
    made = directory(tmp_path, entry)
    assert freshness(made.services["night-line"], made.limits) == expected


def test_every_group_of_facts_has_its_own_limit(tmp_path):
    made = directory(tmp_path, service(verified=CHECK, cost={"kind": "free"}, access={"referral": "no"}, waiting={"state": "capacity", "as_of": "2026-01-01"}))
    limits = {each.group: (each.limit, each.confirmed) for each in standings(made.services["night-line"], made.limits)}
    checked_on = date(2026, 3, 12)
    assert limits == {"contacts": (365, checked_on), "hours": (365, checked_on), "cost": (730, checked_on), "access": (730, checked_on),
                      "coverage": (730, checked_on), "waiting": (365, date(2026, 1, 1))}
