"""Every output of a site: one page leads to it, and it says itself under which licence it stands and whom to credit."""

from __future__ import annotations

import csv
import html
import io
import json
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from handrail.compiler.site import compile
from handrail.exports import everything, handlist, llms
from handrail.exports.dataset import Dataset
from handrail.model.values import Meeting
from handrail.views import take, urls
from tests.exports.conftest import files_of
from tests.site.language import write_project

LICENCE, CREDIT = "CC0 1.0", "Handrail, as of 2026-11-23"
NOTICE = f"{CREDIT}. {LICENCE} · https://creativecommons.org/publicdomain/zero/1.0/"
OURS = ("assets/", "contribute/")
"""Files that the pages of the site themselves load, and the forms of partners."""


def outputs(site):
    return {path: data for path, data in files_of(site).items() if not path.startswith(OURS) and not path.endswith(".css")}


def head(data: bytes) -> str:
    made = json.loads(data)
    return f"{made['licence']} {made['attribution']}"


def rows(data: bytes) -> str:
    found = {(row["licence"], row["attribution"]) for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}
    assert len(found) == 1
    return " ".join(*found)


def publication(data: bytes) -> str:
    made = json.loads(data)["publication"]
    return f"{made['licence']} {made['attribution']}"


def package(data: bytes) -> str:
    made = json.loads(data)
    return f"{made['licenses'][0]['title']} {made['contributors'][0]['title']}"


def feed(data: bytes) -> str:
    made = json.loads(data)["_handrail"]
    return f"{made['licence']} {made['attribution']}"


def rights(data: bytes) -> str:
    return ElementTree.fromstring(data).findtext("{http://www.w3.org/2005/Atom}rights") or ""


def attribution(data: bytes) -> str:
    return ElementTree.fromstring(data).findtext("{http://a9.com/-/spec/opensearch/1.1/}Attribution") or ""


def unfolded(data: bytes) -> str:
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    return next(line for line in lines if line.startswith("DESCRIPTION:")).replace("\\,", ",")


def packed(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return plain(archive.read(archive.namelist()[0]))


def plain(data: bytes) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", data.decode()))


SAID: dict[str, Callable[[bytes], str]] = {
    r"data/v1/schema\.json": lambda data: json.loads(data)["$comment"],
    r"data/v1/\w+\.json": head,
    r"data/hsds/3\.0/\w+\.json": publication,
    r"data/hsds/3\.0/tables/datapackage\.json": package,
    r"data/oruk/3\.0/services\.json": publication,
    r"data/(services|gaps)\.csv": rows,
    r"data/places\.geojson": head,
    r"data/meetings\.ics": unfolded,
    r"feed\.xml": rights,
    r"feed\.json": feed,
    r"opensearch\.xml": attribution,
    r"llms\.txt": plain,
    r"embed/[\w-]+/[\w-]+\.html": plain,
    r"packs/[\w-]+\.zip": packed,
}
"""How each output says its licence and whom to credit."""


def test_every_output_says_its_licence_and_whom_to_credit(site):
    described = {f"{everything.HSDS}tables/{each['path']}" for each in json.loads(outputs(site)[f"{everything.HSDS}tables/datapackage.json"])["resources"]}
    for path, data in outputs(site).items():
        if path in described:  # the package beside the tables says it for all of them
            continue
        say = next((say for pattern, say in SAID.items() if re.fullmatch(pattern, path)), None)
        assert say, f"nothing says how {path} names its licence"
        said = say(data)
        assert LICENCE in said, path
        assert CREDIT in said, path
    for pattern in SAID:
        assert any(re.fullmatch(pattern, path) for path in outputs(site)), pattern


def test_a_meeting_and_a_card_that_are_taken_out_still_say_where_they_come_from(directory, t):
    first = next(each for each in directory.services.values() if each.is_open_to_people)
    meeting = replace(first, meetings=(Meeting(1, 19 * 60, 20 * 60, "Europe/London"),))
    data = Dataset(replace(directory, services={first.id: meeting}), t, "https://handrail.example/")
    made = [json.loads(asset.data) for asset in handlist.chunks(data, ())]
    item = next(each[first.id] for each in made if first.id in each)
    event = item["i"][0].replace("\r\n ", "")
    assert f"COMMENT:{NOTICE.replace(',', chr(92) + ',')}\r\n" in event
    assert f"URL:https://handrail.example/services/{first.id}/\r\n" in event
    card = item["v"].replace("\r\n ", "")
    assert f"\\n{NOTICE.replace(',', chr(92) + ',')}\r\n" in card
    assert f"SOURCE:https://handrail.example/services/{first.id}/\r\n" in card
    assert "REV:20261123T000000Z\r\n" in card
    for quiet in (item["q"]["v"], *item["q"]["i"]):
        assert "andrail" not in quiet


def links(body: str) -> set[str]:
    return {html.unescape(href) for href in re.findall(r'href="([^"]+)"', body)}


def reached(site, source: str) -> set[str]:
    """Return the files and pages to which a page leads, from the root of the site."""
    at = urls.destination(source, True)
    return {posixpath.normpath(posixpath.join(at, href.partition("#")[0])) for href in links(site.pages[source].make("")) if "://" not in href}


def test_the_data_page_leads_to_every_output_and_says_what_it_is(site):
    from_here = reached(site, urls.DATA)
    body = site.pages[urls.DATA].make("")
    assert LICENCE in body
    assert html.escape(CREDIT) in body
    assert "2026-11-23" in body
    lists = {source for source in site.pages if source.startswith(("regions/", "topics/"))}
    from_lists = set().union(*(reached(site, source) for source in lists))
    for path in outputs(site):
        if re.fullmatch(r"embed/[\w-]+/[\w-]+\.html", path):  # the data page names the country's, and says that lists lead to their own
            assert path in from_here | from_lists, path
        else:
            assert path in from_here, path
            if not path.startswith("packs/"):
                assert re.search(rf'{re.escape(path.removeprefix("data/hsds/3.0/"))}</a> <span class="hr-note">\w', body), f"nothing says what {path} is"
    assert "sitemap.xml" in from_here
    booklets = {urls.destination(source, True).rstrip("/") for source in site.pages if source.startswith("booklets/")}
    assert booklets <= from_here | from_lists
    assert len(booklets) > 20


def test_the_data_set_is_described_for_programs_with_its_files(site):
    block = json.loads(site.described(urls.DATA).split(">", 1)[1].removesuffix("</script>"))
    assert block["creditText"] == CREDIT
    listed = {each["contentUrl"].removeprefix("https://handrail.example/") for each in block["distribution"]}
    assert {"data/v1/services.json", "data/services.csv", "data/hsds/3.0/services.json"} <= listed <= set(outputs(site))


def test_a_large_directory_says_what_it_leaves_to_the_command_line(site, monkeypatch, tmp_path):
    root = write_project(tmp_path).parent / "resources.yaml"
    today = site.directory.services["gb-samaritans"].added
    monkeypatch.setattr(everything, "LARGE", 0)
    small = compile(root, today=today, base="https://s.example/")
    paths = set(files_of(small))
    assert not [path for path in paths if path.startswith((everything.HSDS, everything.ORUK, "packs/"))]
    assert not [source for source in small.pages if source.startswith("booklets/")]
    body = small.pages[urls.DATA].make("")
    assert "handrail export" in body
    assert "This directory is large" in body
    assert "data/hsds" not in files_of(small)[llms.PATH].decode()
    wanted = compile(root, today=today, base="https://s.example/", heavy=True)
    assert {f"{everything.HSDS}services.json", take.pack("av")} <= set(files_of(wanted))
    assert "booklets/regions/av.md" in wanted.pages
    assert "This directory is large" not in wanted.pages[urls.DATA].make("")


def test_every_output_is_the_same_bytes_when_it_is_made_again_on_another_day(site, monkeypatch):
    monkeypatch.setenv("HANDRAIL_TODAY", "2031-01-01")
    docs = site.weaver.library and next(path for path in site.read if path.name == "bibliography.yaml").parent
    written = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
    again = compile(docs.parent / "resources.yaml", today=site.data.fresh, written=written, base="https://handrail.example/", docs=docs)
    assert outputs(again) == outputs(site)


@pytest.mark.parametrize("region", ["gb", "gb-sct"])
def test_a_region_leads_to_its_booklet_its_pack_and_its_small_page(site, region):
    to = reached(site, urls.region(region))
    assert {f"booklets/regions/{region}", "packs/gb.zip", f"embed/{region}/index.html"} <= to
    assert f"embed/{region}/anxiety.html" in reached(site, urls.region_topic(region, "anxiety")) or region != "gb"
