"""A suspended number leaves every byte of the site; the entry's page says where to turn."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import re
import zipfile
import zlib
from datetime import date
from urllib.parse import unquote

import pytest
import yaml

from handrail.issues.issue import HandrailError
from handrail.registry import withdrawn
from handrail.registry.check import checked
from handrail.review.suspend import suspend
from handrail.text import phone
from tests.site.language import REGISTRY, SOURCE, build_project, service, write_project

DAY = date(2026, 11, 23)
OLD = service(
    id="old-line", name="Old Line", crisis="yes", kind="crisis-line", summary="Call 0800 777 666 at any time.",
    alternate_names=["Line 0800-777-666", "The Old One"],
    description="Dial **0800 777 666** and wait.", for_whom="Anyone who can dial 0800777666.", website="https://old.example.org/777",
    handoff={"before": ["Have 0800.777.666 at hand."], "no_answer": "Call (0800) 777 666 again.", "seen": ["site"]}, access={"note": "Only 0800 777 666."},
    channels=[
        {"type": "phone", "value": "0800 777 666", "vanity": "0800-OLD-LINE", "seen": ["site"], "hours": {"always": "yes"}, "note": "Not 0800 777 667."},
        {"type": "text", "value": "60770", "keyword": "OLDWORD", "seen": ["site"]}, {"type": "email", "value": "old@old.example.org", "seen": ["site"]},
    ])
CRISIS = {"region": "av", "emergency": {"value": "113", "name": "Guards", "sources": [{**SOURCE, "publisher": "public-authority"}]},
          "lines": ["old-line", "night-line"]}
GONE = service(id="gone-line", name="Gone Line", status="closed", status_note="It has ended.", use_instead=["old-line"])
NOTATIONS = re.compile(r"0?\D{0,3}8\D{0,2}0\D{0,2}0\D{0,3}7\D{0,2}7\D{0,2}7\D{0,3}6\D{0,2}6\D{0,2}6(?!\d)")
WORDS = ("60770", "OLDWORD", "old@old.example.org", "0800-OLD-LINE", "old.example.org/777")


def project(folder, **registry):
    night = service(crisis="yes")
    plugins = ("handrail", "handrail/guides", "handrail/search", "handrail/safety")
    return write_project(folder, night, OLD, GONE, registry={"crisis": [CRISIS], **registry}, plugins=plugins, pages={"find.md": "# Find\n"})


def suspended(folder, **options):
    root = folder / "resources.yaml"
    return suspend(checked(root, DAY), options.pop("id", "old-line"), options.pop("reason", "Nobody answers."), options.pop("instead", ["night-line"]), DAY)


def texts(data: bytes):
    """Yield everything that a file holds as text, whatever it is packed in."""
    yield data.decode("utf-8", "replace")
    yield data.decode("utf-16-le", "replace")
    for unpack in (gzip.decompress, bz2.decompress, zlib.decompress):
        try:
            yield from texts(unpack(data))
        except (OSError, ValueError, zlib.error, EOFError):
            continue
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from texts(archive.read(name))


def holders(folder, words=WORDS, pattern=NOTATIONS):
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            for text in texts(path.read_bytes()):
                plain = unquote(text).replace("&nbsp;", " ")
                if any(word in plain for word in words) or pattern.search(plain):
                    found.add(path.relative_to(folder).as_posix())
    return found


def test_the_number_is_everywhere_before_and_nowhere_after(tmp_path):
    file = project(tmp_path)
    before = holders(build_project(file).folder)
    assert {"services/old-line/index.html", "regions/av/index.html", "help-now/index.html"} <= before
    suspended(tmp_path)
    site = build_project(file)
    assert holders(site.folder) == set()
    page = site.page("services/old-line")
    assert page.says("Taken out for now since 23 November 2026")
    assert page.says("Nobody answers.")
    assert page.has_link("../../services/night-line/")
    assert page.has_link("tel:113"), "crisis help of its country stays"
    assert site.page("services/gone-line").has_link("../../services/night-line/")
    assert not site.page("services/gone-line").has_link("../../services/old-line/")


def test_no_cache_keeps_it(tmp_path, monkeypatch):
    cache = tmp_path / ".cache" / "handrail"
    cache.mkdir(parents=True)
    (cache / "abc.json").write_text('{"value": "0800 777 666"}')
    monkeypatch.delenv("HANDRAIL_CACHE", raising=False)
    project(tmp_path)
    suspended(tmp_path)
    assert holders(cache) == set()


def test_only_what_is_meant_is_written(tmp_path):
    project(tmp_path)
    root = tmp_path / "resources.yaml"
    before = yaml.safe_load(root.read_text("utf-8"))
    done = suspended(tmp_path)
    after = yaml.safe_load(root.read_text("utf-8"))
    entry = next(each for each in after["organizations"][0]["services"] if each["id"] == "old-line")
    assert {key: entry.pop(key) for key in ("status", "status_note", "status_since", "use_instead")} == {
        "status": "suspended", "status_note": "Nobody answers.", "status_since": "2026-11-23", "use_instead": ["night-line"]}
    assert after["crisis"][0]["lines"] == ["night-line"]
    next(each for each in after["organizations"][0]["services"] if each["id"] == "gone-line")["use_instead"] = ["old-line"]
    after["crisis"][0]["lines"] = ["old-line", "night-line"]
    assert after == before
    assert done.files == ["resources.yaml"]
    assert len(done.also) == 2


def test_words_of_other_entries_and_of_sources_lose_the_number_at_once(tmp_path):
    other = service(id="other-line", name="Other Line", description="Not for a crisis. Then call **0800-777-666**, or 113.",
                    not_for=["A crisis: +44 800 777 666."], access={"note": "Or write to OLD@old.example.org."})
    note = {**SOURCE, "note": "Gives 0800 777 666."}
    night = service(crisis="yes")
    organization = {"id": "night", "name": "Night Trust", "kind": "charity", "sources": [note], "services": [night, OLD, GONE, other]}
    file = project(tmp_path, organizations=[organization], alerts=[
        {"id": "one", "text": "Call 0800 777 666 instead.", "from": "2026-11-01", "until": "2026-12-01", "regions": ["av"]}])
    done = suspended(tmp_path)
    assert len(done.remains) == 5
    site = build_project(file)
    assert holders(site.folder) == set()
    page = site.page("services/other-line")
    assert page.says("Then call (contact withdrawn)")
    assert page.says("A crisis: (contact withdrawn).")
    assert page.says("Or write to (contact withdrawn).")


def test_another_service_with_the_same_number_keeps_it_and_is_named(tmp_path):
    file = project(tmp_path, organizations=[{"id": "night", "name": "Night Trust", "kind": "charity", "sources": [SOURCE], "services": [
        service(crisis="yes"), OLD, GONE, service(id="twin-line", name="Twin", channels=[{"type": "phone", "value": "0800-777-666", "seen": ["site"]}])]}])
    done = suspended(tmp_path)
    assert done.shared == ["twin-line"]
    assert build_project(file).page("services/twin-line").has_link("tel:0800777666")


def test_a_file_that_holds_an_old_number_is_no_part_of_the_site(tmp_path):
    file = project(tmp_path, include=["content/organizations/*.yaml"])
    (tmp_path / "content" / "organizations").mkdir()
    for name, words in (("plain", "We answer."), ("kind", "Call 0800 777 666 too.")):
        text = yaml.safe_dump({"id": name, "name": name, "kind": "charity", "sources": [SOURCE], "services": [
            service(id=f"{name}-line", name=name, summary=words)]}, sort_keys=False)
        (tmp_path / "content" / "organizations" / f"{name}.yaml").write_text(text, "utf-8")
    suspended(tmp_path)
    site = build_project(file)
    assert holders(site.folder) == set()
    assert sorted(path.name for path in (site.folder / "assets/handrail/source").iterdir()) == ["plain.txt"]
    assert json.loads((site.folder / "assets/handrail/form/form.json").read_text("utf-8"))["parts"] == {"kind": None}


def test_ids_and_addresses_are_not_taken_for_the_number(tmp_path):
    short = service(id="us-988-line", name="Line", channels=[{"type": "phone", "value": "988", "seen": ["site"]}], crisis="yes")
    organization = {"id": "night", "name": "Night Trust", "kind": "charity", "sources": [SOURCE], "services": [service(crisis="yes"), short]}
    project(tmp_path, organizations=[organization], crisis=[{**CRISIS, "lines": ["night-line", "us-988-line"]}])
    (tmp_path / "content" / "guide.md").write_text("# Guide\n\nSee [@988-expect] and https://988.example.org/988/ or [[us-988-line]].\n\nOr call 988.\n")
    assert suspended(tmp_path, id="us-988-line").remains == ["content/guide.md:5"]


def test_without_a_name_the_crisis_lines_of_the_country_stand_there(tmp_path):
    file = project(tmp_path)
    suspended(tmp_path, instead=[])
    assert build_project(file).page("services/old-line").has_link("../../services/night-line/")


def test_words_elsewhere_that_hold_the_number_are_named(tmp_path):
    project(tmp_path)
    (tmp_path / "content" / "guide.md").write_text("# Guide\n\nOr dial 0800-777-666.\n")
    assert suspended(tmp_path).remains == ["content/guide.md:3"]


REFUSED = {
    "an unknown id": ({"id": "nobody"}, "not one of our services"),
    "the number in the reason": ({"reason": "Do not dial 0800777666 any more."}, "leave the number out"),
    "no reason": ({"reason": " "}, "the reason is a sentence"),
    "an unknown way on": ({"instead": ["nobody"]}, "not one of our services"),
    "itself as the way on": ({"instead": ["old-line"]}, "cannot turn to"),
    "a closed way on": ({"instead": ["gone-line"]}, "cannot turn to"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_suspension_that_would_not_help_is_refused_and_nothing_changes(tmp_path, name):
    options, why = REFUSED[name]
    project(tmp_path)
    before = (tmp_path / "resources.yaml").read_bytes()
    with pytest.raises(HandrailError, match=why):
        suspended(tmp_path, **options)
    assert (tmp_path / "resources.yaml").read_bytes() == before


def test_a_change_that_would_break_the_registry_is_put_back(tmp_path):
    project(tmp_path, site={**REGISTRY["site"], "helpline_directory": "old-line"})
    before = (tmp_path / "resources.yaml").read_bytes()
    with pytest.raises(HandrailError, match="helpline_directory"):
        suspended(tmp_path)
    assert (tmp_path / "resources.yaml").read_bytes() == before


HOLDS = json.loads("""[
    ["Call 0800 777 666 now", "0800 777 666", true], ["Call 0800-777-666", "0800777666", true], ["(0800) 777 666", "0800 777 666", true],
    ["+44 800 777 666", "0800 777 666", true], ["0800 777 666", "+44 800 777 666", true], ["0800 777 667", "0800 777 666", false],
    ["call 988 now", "988", true], ["1988", "988", false], ["988 or 911", "911", true], ["116 123", "116 123", true], ["116123", "116 123", true],
    ["116 1234", "116 123", false], ["no number", "988", false], ["9-8-8", "988", true]]""")


@pytest.mark.parametrize(("text", "number", "held"), HOLDS)
def test_a_number_is_found_in_whatever_notation(text, number, held):
    assert phone.holds(text, number) is held


def words_of(value, key=""):
    """Yield every text of an entry that is words, and no contact, name or address."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from words_of(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from words_of(each, key)
    elif isinstance(value, str) and key not in withdrawn.NAMES:
        yield value


def test_no_entry_of_the_reference_registry_tells_the_number_of_another_in_its_words(root):
    registry = checked(root / "resources.yaml", DAY)
    numbers = {channel["value"] for entry in registry.published for channel in entry.data.get("channels", ())
               if channel.get("status", "published") == "published" and not phone.problem(channel.get("value", "")) and len(phone.digits(channel["value"])) > 4}
    assert len(numbers) > 50
    told = {(entry.id, number) for entry in (*registry.published, *registry.organizations)
            for text in words_of({name: value for name, value in entry.data.items() if name != "services"}) for number in numbers if phone.holds(text, number)
            if number not in {channel.get("value") for channel in entry.data.get("channels", ())}}
    assert told == set()
