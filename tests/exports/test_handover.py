"""What is handed over, openly and discreetly."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handrail.exports import calendar, handlist, vcard
from handrail.exports.dataset import Dataset
from handrail.model.values import Channel, Meeting, Place
from handrail.model.vocabulary import plain
from handrail.views import handover

SCRIPTS = Path(__file__).resolve().parents[2] / "plugins/handrail/theme/scripts"
HOSTILE = ["a\r\nTEL:999", "a\u2028END:VCARD", 'x";:,\\n', "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u202egnp.exe", "ü" * 60, "a\x0bb\x1cc", "^n^'"]


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts(each)


def items(directory, t):
    made = handlist.chunks(Dataset(directory, t, "https://example.org/"), ())
    return {key: value for asset in made for key, value in json.loads(asset.data).items()}


def test_the_vocabulary_holds_the_words_of_sensitive_topics_and_audiences(directory):
    assert {"suicide", "self harm", "raped", "transgender", "gay"} <= directory.vocabulary.terms
    assert directory.vocabulary.found("Call about Self-Harm today") == "self harm"
    assert not directory.vocabulary.found("Community listening line")


def test_no_sensitive_word_is_left_in_anything_discreet(directory, t):
    terms = directory.vocabulary.terms
    found = items(directory, t)
    assert len(found) > 100
    for identifier, item in found.items():
        quiet = item["q"]
        for text in texts(quiet):
            text = re.sub(r"(?m)^UID:.*$", "", text)
            said = f" {plain(text)} "
            assert not [term for term in terms if f" {term} " in said], (identifier, text)
            assert "http" not in text, (identifier, text)


def test_a_discreet_form_names_neither_the_service_nor_who_runs_it(directory, t):
    for identifier, item in items(directory, t).items():
        service = directory.services[identifier]
        organization = directory.organizations[service.organization].name
        for text in texts(item["q"]):
            assert service.name not in text or service.name == service.discreet_name, identifier
            assert organization not in text or organization in item["q"]["n"], identifier


def test_a_discreet_name_that_gives_it_away_is_not_used(directory, t):
    service = replace(next(iter(directory.services.values())), kind="helpline", discreet_name="Suicide line")
    assert handover.neutral_name(service, directory.vocabulary, t) == "Phone line"


def test_a_keyword_that_gives_it_away_takes_its_channel_out(directory, t):
    service = replace(next(iter(directory.services.values())), channels=(Channel("text", "12345", keyword="QUEER"), Channel("phone", "0800 1111")))
    safe, left = handover.discreet_ways(service, directory.vocabulary, t)
    assert [way.display for way in safe] == ["0800 1111"]
    assert left >= 1


def test_ways_that_are_made_already_give_the_same_discreet_ones(directory, t):
    labelled = replace(directory.services["gb-samaritans"], channels=(Channel("phone", "0800 1111", label="For men"), Channel("text", "12345", keyword="HI")))
    for service in (labelled, *directory.services.values()):
        reach = handover.ways(service, directory, t)
        assert handover.quickest(service, directory, t) == next(iter(reach), None)
        assert handover.discreet_ways(service, directory.vocabulary, t, reach) == handover.discreet_ways(service, directory.vocabulary, t)
    safe, _ = handover.discreet_ways(labelled, directory.vocabulary, t, handover.ways(labelled, directory, t))
    assert [way.heading for way in safe] == ["Phone", "Text message"]


@pytest.mark.parametrize(
    "text",
    ["self-harm", "Self-harms", "about selfharm", "harm to self", "gay", "GAYS", "gayest", "a gay-friendly line", "raped", "suicide\u0301", "es", "s"],
)
def test_a_sensitive_word_is_found_wherever_a_word_begins(directory, text):
    read = plain(text)
    found = re.search(rf"\b(?:{'|'.join(sorted(map(re.escape, directory.vocabulary.terms), key=lambda term: (-len(term), term)))})(?:s|es)?\b", read)
    assert directory.vocabulary.found(text) == (found.group() if found else "")


def test_an_address_is_handed_over_only_when_the_whole_of_it_may_be_shown():
    assert handover.address(Place("full", street="1 High Street", locality="Leeds", postcode="LS1 1AA")) == "1 High Street, Leeds LS1 1AA"
    assert handover.address(Place("area", area="West Yorkshire")) == ""
    assert handover.address(Place("hidden")) == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_add_a_line_to_a_card_or_a_calendar(directory, t, text):
    service = replace(
        directory.services["gb-samaritans"],
        name=text,
        summary=text,
        channels=(Channel("phone", "116 123", label=text, keys="1"),),
        meetings=(Meeting(1, 19 * 60, 20 * 60, "Europe/London", text, "", text),),
    )
    card = vcard.card(service, handover.ways(service, directory, t), Dataset(directory, t, "https://example.org/"))
    event = "".join(calendar.events(service, Dataset(directory, t)))
    for made in (card, event):
        lines = made.replace("\r\n ", "").split("\r\n")
        assert not re.search(r"[\n\r\u2028\u2029\x0b\x0c\x1c-\x1e\x85]", "".join(lines))
        assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert [line.split(":")[0].split(";")[0] for line in card.replace("\r\n ", "").split("\r\n")] == [
        "BEGIN",
        "VERSION",
        "KIND",
        "UID",
        "FN",
        "ORG",
        "NOTE",
        "SOURCE",
        "REV",
        "TEL",
        "URL",
        "END",
        "",
    ]
    assert event.count("BEGIN:VEVENT") == 1


def test_a_meeting_is_a_weekly_event_in_the_time_zone_of_its_place(directory, t):
    service = replace(directory.services["gb-samaritans"], added=date(2026, 11, 23), meetings=(Meeting(1, 19 * 60, 20 * 60 + 30, "Europe/London"),))
    event = calendar.events(service, Dataset(directory, t))[0]
    assert "DTSTART;TZID=Europe/London:20261124T190000\r\n" in event
    assert "DTEND;TZID=Europe/London:20261124T203000\r\n" in event
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU\r\n" in event


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/London", ["BYMONTH=3;BYDAY=-1SU", "BYMONTH=10;BYDAY=-1SU", "TZOFFSETTO:+0100"]),
        ("America/New_York", ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU", "TZOFFSETTO:-0400"]),
        ("Asia/Kolkata", ["TZOFFSETTO:+0530"]),
        ("Pacific/Auckland", ["BYMONTH=4;BYDAY=1SU", "BYMONTH=9;BYDAY=-1SU", "TZOFFSETTO:+1300"]),
    ],
)
def test_a_calendar_carries_the_rules_of_its_time_zones(zone, expected):
    made = calendar.zone(zone)
    assert [each for each in expected if each not in made] == []
    assert made.count("RRULE") == (0 if zone == "Asia/Kolkata" else 2)


def node(script: str) -> str:
    done = subprocess.run(["node", "--input-type=module", "-e", script], cwd=SCRIPTS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_browser_finds_every_service_in_the_file_in_which_it_was_put(directory):
    ids = sorted(directory.services)
    script = f"import {{ chunkOf }} from './list/text.mjs'; console.log(JSON.stringify({json.dumps(ids)}.map((id) => chunkOf(id, 7))))"
    assert json.loads(node(script)) == [handlist.chunk_of(identifier, 7) for identifier in ids]


def test_a_link_holds_the_list_and_notes_only_when_asked():
    script = """
    import { read, write, carry } from './list.mjs';
    const notes = { 'gb-samaritans': 'Tuesday & later' };
    console.log(JSON.stringify([
      write(['gb-samaritans', 'g.active-listening']), write(['gb-samaritans'], notes), read('#' + write(['gb-samaritans'], notes)).notes,
      read('#list=a1~<b>~a1~../x~B').ids, read('#reach'),
      carry('#reach', ['a1']), carry('#r=gb', ['a1']), carry('#list=b2&as=card', ['a1']), carry('#list=b2', []),
      read(carry('#list=b2&as=card', ['a1'])).only, read(carry('#r=gb', ['a1'])).rest, read(carry('#reach', ['a1'])).at,
    ]))"""
    assert json.loads(node(script)) == [
        "list=gb-samaritans~g.active-listening",
        "list=gb-samaritans&n0=Tuesday%20%26%20later",
        {"gb-samaritans": "Tuesday & later"},
        ["a1"],
        None,
        "#list=a1&at=reach",
        "#r=gb&list=a1",
        "#list=a1&only=b2&as=card",
        "#list=b2",
        "b2",
        "r=gb",
        "reach",
    ]


def test_the_browser_knows_an_entry_by_the_address_of_its_page():
    paths = ["/x/services/gb-a/", "/services/gb-a.html", "/guides/for/listening/", "/services/", "/services/index.html", "/regions/gb/", "/services/A b/"]
    script = f"import {{ entryAt }} from './list.mjs'; console.log(JSON.stringify({json.dumps(paths)}.map(entryAt)))"
    assert json.loads(node(script)) == ["gb-a", "gb-a", "g.for/listening", "", "", "", ""]


def test_the_same_directory_gives_the_same_bytes(directory, t):
    first, second = ([asset.data for asset in handlist.chunks(Dataset(directory, t, "https://example.org/"), ())] for _ in range(2))
    assert first == second
