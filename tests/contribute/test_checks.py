"""What the form finds beyond the shape of a file is what ``handrail check`` finds, with the same codes and the same words."""

from __future__ import annotations

import copy
import random
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.model.build import directory as build_directory
from handrail.registry import alike, shape, wording
from handrail.registry.check import checked
from handrail.registry.reading import read
from handrail.registry.registry import Registry
from handrail.registry.writing import organization_file
from handrail.text import characters
from handrail.text.words import words
from handrail.views import contribute
from tests.contribute.conftest import NIGHT_FILE, small_registry
from tests.registry.test_golden import CASES, build

TODAY = date(2026, 11, 23)
NOT_THERE = ("W321",)
"""Codes of the whole registry, which no single file decides."""
RULES = [{"words": rule.words, "reason": rule.reason, "instead": rule.instead} for rule in wording.rules()]

Told = set[tuple[str, str, str]]


def told(registry: Registry) -> Told:
    return {(issue.code, issue.message, issue.help) for issue in registry.issues if issue.code not in NOT_THERE}


def case(before: Registry, path: Path, data: Any, *, new: bool = False) -> dict[str, Any]:
    """Return what the form knows when somebody changes a file, or writes a new one."""
    name = path.relative_to(before.base).as_posix()
    old = next((entry.data for entry in before.organizations if entry.document.name == name), None)
    return {"data": data, "source": None if new else {"file": name, "data": old}, "known": contribute.known(before, build_directory(before)), "wording": RULES}


def from_browser(form: Any, cases: list[dict[str, Any]]) -> list[Told]:
    found = form("check", cases=cases, today=TODAY.isoformat())
    return [{(each["code"], each["message"], each["help"]) for each in issues} for issues in found]


def typed(path: Path) -> Any:
    document = read(path.read_bytes(), path.name)
    if document.data is None:
        return None
    data = shape.typed(document, document.data, "organization")
    clean = isinstance(data, dict) and not shape.check(document, data, "organization") and not document.issues
    return data if clean else None


def test_every_golden_case_of_one_file_is_judged_alike(form, tmp_path):
    base = checked(build({}, tmp_path / "base"), TODAY)
    assert base.issues == []
    cases, expected, names = [], [], []
    for name, written in CASES.items():
        touched = {change["in"] for change in written.get("change", ())} | set(written.get("write", {}))
        if set(written) & {"bytes", "size", "folder", "pipe", "link", "delete"} or len(touched) != 1 or "resources.yaml" in touched:
            continue
        root = build(written, tmp_path / name)
        path = root.parent / touched.pop()
        data = typed(path)
        if data is None:
            continue  # shapes have their own test
        cases.append(case(base, base.base / path.relative_to(root.parent), data, new=not (base.base / path.relative_to(root.parent)).exists()))
        expected.append(told(checked(root, TODAY)))
        names.append(name)
    assert len(names) > 20
    codes = {code for each in expected for code, _, _ in each}
    assert codes >= {"E301", "E302", "E305", "E306", "E308", "E311", "E312", "E313", "E314", "E316", "W318"}
    for name, python, browser in zip(names, expected, from_browser(form, cases), strict=True):
        assert browser == python, name


WRITTEN = sorted((Path(__file__).parent / "checks").glob("*.yaml"))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_written_case_is_judged_alike_and_as_it_says(form, path, tmp_path):
    written = yaml.safe_load(path.read_text("utf-8"))
    root = registry_of(tmp_path / "base", written)
    base = checked(root, TODAY)
    assert not [issue for issue in base.issues if issue.is_error], base.issues
    file = root.parent / written.get("file", "content/organizations/av/night.yaml")
    text = written["write"] if "write" in written else file.read_text("utf-8")
    for change in written.get("change", ()):
        assert text.count(change["from"]) == 1, change
        text = text.replace(change["from"], change["to"])
    is_new = not file.exists()
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    data = typed(file)
    assert data is not None
    python = told(checked(root, TODAY)) - told(base)
    assert {code for code, _, _ in python} == set(written["codes"])
    assert from_browser(form, [case(base, file, data, new=is_new)])[0] - told(base) == python


def registry_of(folder: Path, written: dict[str, Any]) -> Path:
    """Write the small registry, with what a case adds to its root file and beside it; return the root file."""
    root = small_registry(folder).parent / "resources.yaml"
    data = {**yaml.safe_load(root.read_text("utf-8")), **{key: value for key, value in written.get("root", {}).items() if key != "site"}}
    data["site"].update(written.get("root", {}).get("site", {}))
    root.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "utf-8")
    for name, text in written.get("beside", {}).items():
        path = root.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def changed(data: Any, chance: random.Random) -> Any:
    """Return an organization with a few changes that keep its shape and may break a rule."""
    data = copy.deepcopy(data)
    service = data["services"][0]
    hours = {"weekly": [{"days": ["mon", "sun"], "opens": "22:00", "closes": "06:00"}], "time_zone": "Europe/London"}
    times = ["00:00", "02:30", "09:00", "17:30", "22:00", "24:00"]
    changes = [
        lambda: service.update(topics=[chance.choice(["grief", "greif", "lonelyness", "xyz"])]),
        lambda: service["coverage"].update(regions=[chance.choice(["av", "av-n", "North Avalon", "nowhere"])]),
        lambda: service["coverage"].update({"except": [chance.choice(["av-s", "ly", "av"])]}),
        lambda: service.update(status=chance.choice(["closed", "suspended"]), status_note="It ended.", use_instead=[chance.choice(["night-line", "nobody"])]),
        lambda: service.update(audiences=[chance.choice(["students", "student", "Students"])]),
        lambda: service.update(added=chance.choice(["2026-11-23", "2026-11-24", "2027-01-01"])),
        lambda: service["channels"][0].update(seen=[chance.choice(["site", "web", "sight"])]),
        lambda: service["channels"][0].update(hours={**hours, "always": "yes"}),
        lambda: service["channels"][0].update(hours={**hours, "weekly": [
            {"days": ["mon"], "opens": chance.choice(times[:-1]), "closes": chance.choice(times)},
            {"days": [chance.choice(["mon", "tue", "sun"])], "opens": chance.choice(times[:-1]), "closes": chance.choice(times)},
        ]}),
        lambda: service["channels"][0].update(hours={"unknown": "yes", "exceptions": [
            {"date": chance.choice(["2026-12-24", "2026-12-25"]), "until": chance.choice(["2026-12-24", "2026-12-26"]), "closed": "yes"},
            {"date": "2026-12-25", "opens": chance.choice(times[:-1]), "closes": chance.choice(times)},
        ]}),
        lambda: service.update(channels=[{"type": "web", "value": chance.choice(["http://night.example.org", "https://night.example.org"]), "seen": ["site"]}]),
        lambda: service.update(ages={"min": chance.choice([12, 30]), "max": chance.choice([18, 25])}),
        lambda: service.update(summary=chance.choice(["They committed suicide.", "A nіght line.", "You will be cured, guaranteed.", "Fine."])),
        lambda: service.update(id=chance.choice(["night-line-2", "con", "dawn-line"])),
        lambda: data.update(id=chance.choice(["night", "nights", "dawn"])),
        lambda: data["services"].append(copy.deepcopy(service)),
        lambda: data["sources"].append({
            "id": chance.choice(["site", "more"]), "url": "https://m.example.org", "publisher": "news", "dated": chance.choice(["2026", "2027"]),
        }),
    ]  # fmt: skip
    for change in chance.sample(changes, chance.randint(1, 4)):
        change()
    return data


@pytest.mark.parametrize("seed", range(2))
def test_files_with_rules_broken_at_random_are_judged_alike(form, seed, tmp_path):
    chance = random.Random(seed)
    other = NIGHT_FILE.replace("id: night\n", "id: dawn\n").replace("night-line", "dawn-line")
    root = registry_of(tmp_path / "base", {"beside": {"content/organizations/av/dawn.yaml": other}})
    base = checked(root, TODAY)
    assert [issue for issue in base.issues if issue.is_error] == []
    file = root.parent / "content/organizations/av/night.yaml"
    cases, expected = [], []
    for _ in range(60):
        data = changed(typed(base.base / "content/organizations/av/night.yaml"), chance)
        file.write_text(organization_file(data, "content/organizations/av/night.yaml", ""), "utf-8")
        if typed(file) == data:
            cases.append(case(base, file, data))
            expected.append(told(checked(root, TODAY)))
        file.write_text(NIGHT_FILE, "utf-8")
    assert len(cases) > 40
    assert len({code for each in expected for code, _, _ in each}) > 12
    for number, (python, browser) in enumerate(zip(expected, from_browser(form, cases), strict=True)):
        assert browser == python, f"{seed}:{number} {cases[number]['data']}"


def test_every_entry_of_the_registry_is_judged_alike(form):
    registry = checked(Path(__file__).resolve().parents[2] / "resources.yaml", TODAY)
    cases = [case(registry, registry.base / each.document.name, each.data) for each in registry.organizations if not each.path]
    files = {each["source"]["file"]: set() for each in cases}
    for issue in registry.issues:
        if issue.file in files and issue.code != "E319":
            files[issue.file].add((issue.code, issue.message, issue.help))
    for name, python, browser in zip(files, files.values(), from_browser(form, cases), strict=True):
        assert browser == python, name


def test_words_of_several_scripts_are_the_same_here_and_there(form):
    letters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    texts = [letter + other for letter in letters if not letter.isascii() for other in "aαа"] + ["Amаzon", "a1а", "x_y", "naïve", "K\u212aa"]
    found = form("scripts", texts=texts)
    assert [text for text, told in zip(texts, found, strict=True) if told != characters.mixed_scripts(text)] == []


def test_names_are_compared_alike_here_and_there(form):
    texts = ["Crème  Brûlée", "O'Neil’s", "STRASSE", "Straße", "İstanbul", "Ünïcode", "  a\tb ", "ﬁne", "Ⅷ", "Ωmega", "", "x" * 200]
    assert form("folds", texts=texts) == [characters.fold(text) for text in texts]


def pairs() -> list[dict[str, Any]]:
    """Services that share something with the night line of the small registry, or only seem to."""
    base = {"id": "new-line", "name": "Something Else", "coverage": {"regions": ["av"]}, "channels": []}
    number = {"type": "phone", "seen": ["site"]}
    hours = {"time_zone": "Europe/London", "weekly": [{"days": ["mon"], "opens": "09:00", "closes": "10:00"}]}
    return [
        base,
        {**base, "name": "Night-Line"},
        {**base, "name": "Nicht Line", "alternate_names": ["The night line"]},
        {**base, "channels": [{**number, "value": "0800 1111"}]},
        {**base, "channels": [{**number, "value": "+99 800 1111"}]},
        {**base, "channels": [{**number, "value": "(0)800-1111"}]},
        {**base, "channels": [{**number, "value": "0800 1111", "hours": hours}]},
        {**base, "channels": [{**number, "value": "0800 1111", "hours": {"always": "yes", "note": "All day."}}]},
        {**base, "channels": [{**number, "value": "0800 1112"}]},
        {**base, "channels": [{**number, "value": "1234"}], "coverage": {"regions": ["av-n", "ly"]}},
        {**base, "channels": [{**number, "value": "1234"}], "coverage": {"regions": ["ly"]}},
        {**base, "website": "https://www.night.example.org/help"},
        {**base, "website": "https://platform.example.org/new"},
        {**base, "channels": [{**number, "value": "letters"}, {"type": "web", "value": "https://x.example.org", "seen": ["site"]}]},
    ]


def test_the_same_number_website_or_name_is_found_alike(form, tmp_path):
    calling = {"regions": [
        {"id": "av", "name": "Avalon", "kind": "country", "iso": "AV", "calling_code": "99", "trunk_prefix": "0"},
        {"id": "av-n", "name": "North Avalon", "kind": "county", "parent": "av"}, {"id": "av-s", "name": "South Avalon", "kind": "county", "parent": "av"},
        {"id": "ly", "name": "Lyonesse", "kind": "country", "iso": "LY"},
    ]}  # fmt: skip
    beside = {
        f"content/organizations/av/{name}.yaml": NIGHT_FILE.replace("id: night\n", f"id: {name}\n").replace("night-line", f"{name}-line").replace("Night", name)
        .replace("0800 1111", value).replace("kind: charity\n", f"kind: charity\nwebsite: {website}\nwebsite_seen: [site]\n")
        for name, value, website in (
            ("short", "1234", "https://night.example.org"), ("one", "0800 5555", "https://platform.example.org/one"),
            ("two", "0800 6666", "https://platform.example.org/two"), ("three", "0800 7777", "https://platform.example.org/three"),
        )
    }  # fmt: skip
    registry = checked(registry_of(tmp_path, {"root": calling, "beside": beside}), TODAY)
    assert [issue for issue in registry.issues if issue.is_error] == []
    everything = alike.of_registry(registry)
    organization = {"id": "newcomer", "name": "Newcomer"}
    services = pairs()
    expected = []
    for service in services:
        facts = alike.facts(_entry(service, organization), alike.countries(registry))
        expected.append({(each.other, each.key, each.value) for each in alike.clashes(facts, everything)})
    known = contribute.known(registry, build_directory(registry))
    told = form("clashes", cases=[{"service": each, "organization": organization, "known": known} for each in services])
    assert [{(each["other"], each["key"], each["value"]) for each in found} for found in told] == expected
    assert {key for found in expected for _, key, _ in found} == {"number", "number.hours", "site", "name"}
    assert sum(not found for found in expected) >= 4
    assert all(words("en").has(f"clash.{key}") for found in expected for _, key, _ in found)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("", "", 0),
        ("\n", "\r\n", 0),
        ("services:\n", "services:\n\n  # one\n", 2),
        ("  - id: night-line\n", "  - \"id\" : night-line\n", 0),
        ("  - id: night-line\n", "  - name: Night Line\n    'id': night-line\n", 1),
    ],
)
def test_an_entry_is_known_by_the_line_of_its_id(tmp_path, old, new, line):
    text = (NIGHT_FILE.replace("    name: Night Line\n", "") if "name" in new else NIGHT_FILE).replace(old, new)
    registry = checked(registry_of(tmp_path, {"beside": {"content/organizations/av/odd.yaml": text.replace("night", "odd")}}), TODAY)
    known = contribute.known(registry, build_directory(registry))
    place = NIGHT_FILE.split("\n").index("  - id: night-line") + 1
    assert next(each["line"] for each in known["services"] if each["id"] == "odd-line") == place + line
    assert known["organizations"]["odd"] == ["content/organizations/av/odd.yaml", 2]


def test_a_change_is_asked_about_what_it_brings_and_not_about_what_was_there(form, tmp_path):
    other = NIGHT_FILE.replace("id: night\n", "id: dawn\n").replace("night-line", "dawn-line").replace("name: Night", "name: Dawn")
    other = other.replace("0800 1111", "0800 2222")
    copy_ = other.replace("dawn", "copy").replace("Dawn", "Copy").replace("0800 2222", "0800 1111").replace("at night.", "and commit suicide.")
    copy_ = copy_.replace("    coverage:", "    crisis: yes\n    coverage:")
    files = {"content/organizations/av/dawn.yaml": other, "content/organizations/av/copy.yaml": copy_}
    registry = checked(registry_of(tmp_path, {"beside": files}), TODAY)
    assert [issue for issue in registry.issues if issue.is_error] == []
    path = registry.base / "content/organizations/av/copy.yaml"
    same, number, words_ = (typed(path) for _ in range(3))
    same["description"] = "A charity."
    number["services"][0]["channels"][0]["value"] = "0800 2222"
    words_["services"][0]["name"] = "Dawn Line"
    cases = [case(registry, path, data) for data in (typed(path), same, number, words_)]
    nothing, nothing_either, clash, name = form("notes", cases=cases, wording=RULES)
    assert nothing == nothing_either == []
    assert clash == ["Dawn Line (dawn) has the same number 0800 2222. Is it there already?", words("en")("form.note.crisis")]
    assert name == ["Dawn Line (dawn) has nearly the same name. Is it there already?", words("en")("form.note.crisis")]
    new = {**cases[0], "source": None, "data": {**typed(path), "id": "newer"}}
    found = form("notes", cases=[new], wording=RULES)[0]
    assert len(found) >= 3
    assert any(each.startswith('"commit suicide"') for each in found)


def _entry(service: dict[str, Any], organization: dict[str, Any]) -> Any:
    from handrail.registry.reading import Document
    from handrail.registry.registry import Entry

    document = Document("new.yaml", "", None, [])
    return Entry(service, document, ("services", 0), Entry(organization, document, ()))
