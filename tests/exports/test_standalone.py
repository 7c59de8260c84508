"""Booklets, packs and small pages: whole by themselves, safe in a frame, the same every time."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from handrail.cli.main import main
from handrail.model.values import Place, Verification
from handrail.pages import standalone
from handrail.pages.site import Renderer
from handrail.views import booklet, take

UPDATED = date(2026, 11, 23)


@pytest.fixture(scope="module")
def make(directory, t):
    first = directory.services["gb-samaritans"]
    hostile = replace(first, name="<script>alert(1)</script>", places=(Place("hidden", "refuge", "Secret House", "gb"),))
    changed = replace(directory, services={**directory.services, first.id: hostile})
    return Renderer(changed, t, base="https://example.org/", take=take.sources(changed, heavy=True, addressed=True))


def test_a_booklet_has_every_entry_in_its_contents_and_crisis_help_before_them(make):
    page = standalone.booklet(make, "gb", "", UPDATED)
    entries = re.findall(r'<article id="([^"]+)"', page)
    assert re.findall(r'<li value="\d+"><a href="#([^"]+)"', page) == entries
    assert len(entries) > 20
    assert page.index('href="tel:999"') < page.index('class="contents"')


def test_a_booklet_of_a_topic_holds_only_what_helps_with_it(make):
    page = standalone.booklet(make, "gb", "grief", UPDATED)
    for identifier in re.findall(r'<article id="entry-([^"]+)"', page):
        assert "grief" in make.directory.services[identifier].topics


@pytest.mark.parametrize("kind", ["booklet", "pack", "embed"])
def test_nothing_an_entry_says_becomes_markup_and_nothing_is_loaded_from_elsewhere(make, kind):
    if kind == "embed":
        pages = [asset.data.decode() for asset in standalone.embeds(make, UPDATED) if asset.path.endswith(".html")]
    elif kind == "pack":
        with zipfile.ZipFile(io.BytesIO(standalone.pack(make, "gb", UPDATED))) as archive:
            pages = [archive.read("gb/index.html").decode()]
    else:
        pages = [standalone.booklet(make, "gb", "", UPDATED)]
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages)
    for page in pages:
        assert "<script>alert(1)" not in page
        assert "Secret House" not in page
        assert not re.search(r'\b(?:src|srcset|data)="', page)
        assert re.findall(r'<link [^>]*href="([^"]+)"', page) == (["../embed.css"] if kind == "embed" else [])


def test_a_small_page_has_no_script_and_leads_to_the_whole_list(make):
    files = {asset.path: asset.data.decode() for asset in standalone.embeds(make, UPDATED)}
    page = files["embed/gb/anxiety.html"]
    assert "<script" not in page
    assert 'href="https://example.org/regions/gb/anxiety/"' in page
    assert '<iframe src="https://example.org/embed/gb/anxiety.html"' in html.unescape(page.replace("<iframe", ""))
    assert not [path for path in take.sources(make.directory, heavy=True, addressed=False) if path.startswith("embed/")]


def test_a_pack_is_the_same_bytes_every_time_and_anyone_may_read_its_page(make):
    first, second = (standalone.pack(make, "gb", UPDATED) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["gb/index.html"]
        assert archive.infolist()[0].external_attr >> 16 & 0o777 == 0o644


def test_the_age_of_a_pack_is_that_of_the_crisis_line_looked_at_longest_ago(make):
    lines = make.directory.crisis_for("gb").lines
    services = dict(make.directory.services)
    services[lines[0]] = replace(services[lines[0]], added=date(2025, 1, 1), changed=date(2025, 3, 1))
    services[lines[1]] = replace(services[lines[1]], added=date(2024, 1, 1), verified=Verification(date(2026, 2, 1), "call", "editor"))
    older = replace(make, directory=replace(make.directory, services=services))
    assert booklet.crisis_day(older.directory, "gb", UPDATED) == date(2025, 3, 1)
    with zipfile.ZipFile(io.BytesIO(standalone.pack(older, "gb-sct", UPDATED))) as archive:
        page = archive.read("gb-sct/index.html").decode()
    assert f'data-as-of="2025-03-01" data-limit="{make.directory.limits.crisis}"' in page


def test_a_booklet_is_on_the_site_where_it_is_not_too_long_and_has_entries_of_its_own(make, monkeypatch):
    sources = {page.source: page for page in standalone.booklets(make, UPDATED)}
    assert {"booklets/regions/gb.md", "booklets/regions/gb-sct.md", "booklets/topics/anxiety.md"} <= set(sources)
    for region in make.directory.regions:
        own = [service for service, through in make.directory.reaching(region.id) if through.id == region.id] + make.directory.inside(region.id)
        assert own or take.booklet(region.id) not in sources
    for page in sources.values():
        body = page.make("")
        entries = re.findall(r'<article id="([^"]+)"', body)
        assert 0 < len(entries) <= take.MOST
        assert re.findall(r'<li value="\d+"><a href="#([^"]+)"', body) == entries
        assert len(body) < 400_000
    monkeypatch.setattr(take, "MOST", 20)
    shorter = take.sources(make.directory, heavy=True, addressed=True)
    assert "booklets/regions/gb.md" not in shorter
    assert "booklets/regions/gb-sct.md" in shorter


def test_the_booklet_of_a_topic_has_each_service_once_and_the_emergency_number_of_every_country(make):
    page = next(page for page in standalone.booklets(make, UPDATED) if page.source == "booklets/topics/anxiety.md").make("")
    entries = re.findall(r'<article id="entry-([^"]+)"', page)
    assert sorted(entries) == sorted(service.id for service in make.directory.of_topic("anxiety") if service.is_open_to_people)
    for help in make.directory.crisis.values():
        assert f">{help.emergency.value}</a>" in page


def test_a_region_that_there_is_not_is_said_in_words(tmp_path, capsys):
    (tmp_path / "resources.yaml").write_text(
        "site: {name: S, description: D., language: en, corrections: a@example.org, leave_to: 'https://www.example.org'}\n"
        "regions: [{id: av, name: Avalon, kind: country, iso: AV}]\ntopics: [{id: grief, name: Grief, description: D., synonyms: [loss]}]\n"
        "audiences: [{id: anyone, name: Anyone, description: D., synonyms: [all]}]\n"
    )
    assert main(["pack", "nowhere", str(tmp_path / "x.zip"), "--registry", str(tmp_path / "resources.yaml"), "--docs", str(tmp_path / "none")]) == 2
    assert '"nowhere" is not one of our regions: av' in capsys.readouterr().err
    assert main(["booklet", "av", str(tmp_path / "x.html"), "--registry", str(tmp_path / "resources.yaml")]) == 0
    assert "<!doctype html>" in (tmp_path / "x.html").read_text()
    assert main(["export", str(tmp_path / "out"), str(tmp_path / "resources.yaml"), "--losses"]) == 0
    assert (tmp_path / "out/data/hsds/3.0/services.json").is_file()
