"""From registry files to the directory: what is published, what is withheld, and every look-up."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handrail.model.build import directory
from handrail.model.directory import Directory
from handrail.model.region import Coverage, Region, RegionTree
from handrail.model.values import Service
from handrail.registry.check import checked
from handrail.registry.reading import Document

BASE = Path(__file__).parents[1] / "registry" / "base"
ORGANIZATION = "organizations/helping-hand.yaml"

Build = Callable[..., Directory]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def made(*changes: tuple[str, str, str]) -> Directory:
        shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
        for name, old, new in changes:
            text = (tmp_path / name).read_text("utf-8")
            assert text.count(old) == 1, old
            (tmp_path / name).write_text(text.replace(old, new), "utf-8")
        registry = checked(tmp_path / "resources.yaml", date(2026, 11, 23))
        assert [issue for issue in registry.issues if issue.is_error] == []
        return directory(registry)

    return made


def test_drafts_are_left_out_and_listed(build: Build) -> None:
    found = build()
    assert list(found.services) == ["day-line", "night-line"]
    assert [(draft.service, draft.channel, draft.why) for draft in found.drafts] == [("night-line", "email", "Seen only in a list."), ("dawn-line", "", "")]


def test_only_published_channels_stand_in_a_service(build: Build) -> None:
    service = build().services["night-line"]
    assert [channel.type for channel in service.channels] == ["phone", "text", "chat"]
    assert "night@hand.example.org" not in repr(build())


def test_a_suspended_channel_is_withheld_too(build: Build) -> None:
    found = build((ORGANIZATION, "        keyword: HELLO\n", "        keyword: HELLO\n        status: suspended\n        why: Out of order.\n"))
    assert [channel.type for channel in found.services["night-line"].channels] == ["phone", "chat"]
    assert "85258" not in repr(found)


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_a_service_that_is_out_of_use_loses_every_way_to_reach_it(build: Build, status: str) -> None:
    found = build(
        (ORGANIZATION, "    crisis: yes\n", f"    crisis: yes\n    status: {status}\n    status_note: Out of use.\n    use_instead: [day-line]\n    website: https://night.example.org\n"),
        (ORGANIZATION, "    status: closed\n    status_note: The charity ended it.\n    use_instead: [night-line]\n",
        "    website: https://day.example.org\n"),
        ("resources.yaml", "lines: [night-line]", "lines: []"),
    )  # fmt: skip
    service = found.services["night-line"]
    assert (service.channels, service.places, service.meetings, service.website) == ((), (), (), "")
    assert not service.is_open_to_people
    assert service.use_instead == ("day-line",)
    for secret in ("116 123", "85258", "chat.hand", "High Street", "night.example"):
        assert secret not in repr(service)


def test_a_paused_service_keeps_its_channels(build: Build) -> None:
    found = build((ORGANIZATION, "    crisis: yes\n", "    status: paused\n"), ("resources.yaml", "lines: [night-line]", "lines: []"))
    assert found.services["night-line"].is_open_to_people
    assert len(found.services["night-line"].channels) == 3


def test_entries_know_their_own_line_without_a_second_reading(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Document, "marks", property(lambda self: pytest.fail("read twice")))
    found = build()
    assert (found.organizations["helping-hand"].written.file, found.organizations["helping-hand"].written.line) == (ORGANIZATION, 1)
    lines = (BASE / ORGANIZATION).read_text("utf-8").splitlines()
    for service in found.services.values():
        assert lines[service.written.line - 1] == f"  - id: {service.id}"
    written = {draft.channel or draft.service: lines[draft.written.line - 1].strip() for draft in found.drafts}
    assert written == {"email": "- type: email", "dawn-line": "- id: dawn-line"}


def test_a_small_registry_stands_in_one_file(tmp_path: Path) -> None:
    root = (BASE / "resources.yaml").read_text("utf-8")
    inner = "".join(f"    {line}\n" if line else "\n" for line in (BASE / ORGANIZATION).read_text("utf-8").splitlines()[1:])
    (tmp_path / "resources.yaml").write_text(root.replace("include:\n  - organizations/*.yaml\n", "organizations:\n  -\n" + inner), "utf-8")
    registry = checked(tmp_path / "resources.yaml", date(2026, 11, 23))
    assert registry.issues == []
    found = directory(registry)
    lines = (tmp_path / "resources.yaml").read_text("utf-8").splitlines()
    assert lines[found.services["night-line"].written.line - 1].strip() == "- id: night-line"
    assert lines[found.organizations["helping-hand"].written.line - 1].strip() == "id: helping-hand"


def test_facts_arrive_as_values(build: Build) -> None:
    found = build()
    service = found.services["night-line"]
    assert service.crisis
    assert (service.ages.min, service.ages.max) == (13, 19)  # type: ignore[union-attr]
    assert service.ages.holds(13)  # type: ignore[union-attr]
    assert not service.ages.holds(20)  # type: ignore[union-attr]
    assert service.added == date(2024, 5, 1)
    assert service.access.referral is None
    assert service.channels[1].keyword == "HELLO"
    assert service.channels[0].answers_at_once
    assert [place.visibility for place in service.places] == ["full", "hidden"]
    assert service.places[0].latitude == 53.8
    assert service.meetings[0].starts == 600
    assert service.meetings[0].ends is None
    assert (found.limits.crisis, found.site.name, found.site.repository) == (90, "Test rail", None)


def test_not_stated_is_neither_yes_nor_no(build: Build) -> None:
    found = build((ORGANIZATION, "    crisis: yes\n", "    crisis: yes\n    access:\n      referral: no\n      id: yes\n"))
    access = found.services["night-line"].access
    assert (access.referral, access.id, access.insurance) == (False, True, None)


def test_what_reaches_a_region_comes_nearest_first(build: Build) -> None:
    found = build((ORGANIZATION, "    status: draft\n    topics: [anxiety]\n", "    website: https://dawn.example.org\n    topics: [anxiety]\n"),
                  (ORGANIZATION, "        value: \"01234 567890\"\n", "        value: \"01234 567890\"\n        status: draft\n"))
    assert [(service.id, through.id) for service, through in found.reaching("gb-sct")] == [("dawn-line", "gb-sct"), ("day-line", "gb")]
    assert [(service.id, through.id) for service, through in found.reaching("gb")] == [("day-line", "gb"), ("night-line", "gb")]
    assert found.reaching("us-tx") == []
    assert [service.id for service in found.inside("gb")] == ["dawn-line"]
    assert found.inside("gb-sct") == []
    assert found.has_own_page("gb-sct", "anxiety")
    assert found.has_own_page("gb", "anxiety")
    assert not found.has_own_page("us", "anxiety")


def test_a_topic_in_a_region_is_what_reaches_it_and_what_lies_inside_it_by_use(build: Build) -> None:
    base = build()
    above = {"world": "", "gb": "world", "sct": "gb", "edi": "sct", "us": "world"}
    tree = RegionTree(Region(name, name, "place", parent=parent) for name, parent in above.items())
    kinds, topics = itertools.cycle(("helpline", "peer-mentoring", "clinic")), itertools.cycle(((), ("anxiety",)))
    places = [each for size in (1, 2) for each in itertools.combinations([region.id for region in tree], size)]
    coverages = [Coverage(named, without) for named in places for without in ((), *((each.id,) for each in tree if each.id not in named))]
    services = {
        f"s{number}": replace(base.services["day-line"], id=f"s{number}", name=f"S{number}", kind=next(kinds), topics=next(topics), coverage=coverage,
                              status="closed" if number % 7 == 0 else "active")
        for number, coverage in enumerate(coverages)
    }
    found = replace(base, regions=tree, services=services, crisis={})
    for region, topic in itertools.product(tree, ("", "anxiety", "grief")):
        def shown(service: Service, topic: str = topic) -> bool:
            return service.is_open_to_people and topic in ("", *service.topics)

        about = found.about(region.id, topic)
        through: dict[str, list[Service]] = {}
        for service, step in found.reaching(region.id):
            if shown(service):
                through.setdefault(step.id, []).append(service)
        assert list(about.through.items()) == [(step, found.by_use(members)) for step, members in through.items()]
        assert about.inside == found.by_use(filter(shown, found.inside(region.id)))
    assert found.about("gb").inside
    assert set(found.about("edi").through) == {"edi", "sct", "gb", "world"}


def test_crisis_help_is_the_nearest_above(build: Build) -> None:
    found = build()
    help = found.crisis_for("gb-sct")
    assert help is not None
    assert (help.region, help.emergency.value, help.lines) == ("gb", "999", ("night-line",))
    assert found.crisis_for("us-tx") is None


def test_sources_are_found_by_their_organization(build: Build) -> None:
    found = build()
    assert found.source("helping-hand", "list").publisher == "third-party"
    with pytest.raises(KeyError):
        found.source("helping-hand", "nothing")


def test_services_are_listed_by_organization_topic_and_kind(build: Build) -> None:
    found = build()
    assert [service.id for service in found.of_organization("helping-hand")] == ["day-line", "night-line"]
    assert [service.id for service in found.of_topic("anxiety")] == ["day-line", "night-line"]
    assert [service.id for service in found.of_kind("crisis-line")] == ["night-line"]
    assert found.of_organization("nobody") == []
    assert found.of_topic("nothing") == []


def test_the_country_of_a_service_is_the_only_one_it_works_in(build: Build) -> None:
    assert build().common_country(build().services["night-line"]).id == "gb"  # type: ignore[union-attr]


def test_a_service_of_two_countries_has_no_country(build: Build) -> None:
    found = build((ORGANIZATION, "      regions: [gb]\n      except", "      regions: [gb, us]\n      except"))
    assert found.common_country(found.services["night-line"]) is None
