"""What a reader finds: each promise once, through the whole."""

from __future__ import annotations

import json

import pytest
import yaml
from mkdocs.exceptions import Abort

from handrail.views import alphabet
from tests.site.language import NIGHT_LINE, REGISTRY, SOURCE, build_project, build_site, service, write_project


def test_a_service_has_a_page_with_its_number(tmp_path):
    page = build_site(tmp_path).page("services/night-line")
    assert page.has_link("tel:08001111")
    assert page.title() == "Night Line - Small"
    assert page.says("24 hours a day, every day")
    assert page.says("Not yet confirmed with the service")


def test_an_entry_answers_in_the_order_of_a_mentors_questions(tmp_path):
    page = build_site(tmp_path).page("services/night-line")
    wanted = ["Who it is for", "How to reach them", "Where", "What it costs and what you need", "Before you get in touch, and what happens next",
              "Who runs it", "Where this comes from"]
    found = [text for level, text in page.headings() if level == 2 and text in wanted]
    assert found == wanted


def test_what_an_entry_does_not_state_is_not_stated(tmp_path):
    page = build_site(tmp_path).page("services/night-line")
    assert page.says("Cost Not stated")
    assert page.says("Identity papers needed Not stated")
    assert not page.says("Free")


def test_keys_to_press_stand_beside_the_link_and_are_never_dialled(tmp_path):
    channel = {"type": "phone", "value": "988", "keys": "1", "seen": ["site"]}
    page = build_site(tmp_path, service(channels=[channel])).page("services/night-line")
    assert page.has_link("tel:988")
    assert page.says("then press 1")
    assert not [link for link in page.links() if link.startswith("tel:") and link != "tel:988"]


def test_a_text_line_carries_its_keyword(tmp_path):
    channel = {"type": "text", "value": "85258", "keyword": "SHOUT", "seen": ["site"]}
    page = build_site(tmp_path, service(channels=[channel])).page("services/night-line")
    assert page.has_link("sms:85258?body=SHOUT")
    assert page.says("Text SHOUT to 85258")


def test_an_unseen_channel_is_withheld_even_where_the_entry_is_published(tmp_path):
    channels = [*NIGHT_LINE["channels"], {"type": "phone", "value": "0800 999 888", "status": "draft", "why": "unseen"}]
    site = build_site(tmp_path, service(channels=channels))
    assert not [name for name, data in site.files().items() if b"0800 999 888" in data or b"0800999888" in data]


def test_a_draft_is_not_published(tmp_path):
    site = build_site(tmp_path, service(), service(id="other-line", name="Other Line", status="draft"))
    assert not site.has_page("services/other-line")
    assert not [name for name, data in site.files().items() if b"Other Line" in data]


def test_no_file_of_a_site_holds_a_contact_that_is_not_published(tmp_path):
    """The files of organizations hold drafts, and their sources may tell the number: neither is published, whatever a file is called."""
    file = write_project(tmp_path, registry={"include": ["content/organizations/*.yaml"]}, plugins=("handrail", "handrail/guides", "handrail/search"),
                         pages={"find.md": "# Find\n"})
    draft = {"type": "text", "value": "60777", "status": "draft", "why": "Seen in a list only.", "seen": ["site"]}
    late = {"status": "draft", "status_note": "Not seen yet.", "channels": [{**draft, "type": "phone", "value": "0800 555 444"}]}
    for name, services in {
        "whole": [service(id="whole-line", name="Whole Line")],
        "half": [service(id="half-line", name="Half Line", channels=[{"type": "phone", "value": "0800 2222", "seen": ["site"]}, draft])],
        "none": [service(id="none-line", name="None Line", **late)],
    }.items():
        sources = [{**SOURCE, **({"note": "Gives 0800 555 444."} if name == "none" else {})}]
        text = yaml.safe_dump({"id": name, "name": name.title(), "kind": "charity", "sources": sources, "services": services}, sort_keys=False)
        (tmp_path / "content" / "organizations").mkdir(exist_ok=True)
        (tmp_path / "content" / "organizations" / f"{name}.yaml").write_text(text, "utf-8")
    site = build_project(file)
    held = {name for name, data in site.files().items() for number in (b"60777", b"0800 555 444", b"0800555444") if number in data}
    assert held == set()
    assert [name for name in site.files() if name.startswith("assets/handrail/source/")] == [f"assets/handrail/source/{name}.txt" for name in ("half", "whole")]
    assert {each["id"] for each in json.loads(site.files()["data/v1/organizations.json"])["organizations"]} == {"night", "whole", "half"}


@pytest.mark.parametrize(("kind", "address"), [
    ("github", "https://host.example/a/b/blob/main/content/organizations/own.yaml#L{}"),
    ("gitlab", "https://host.example/a/b/-/blob/main/content/organizations/own.yaml#L{}"),
    ("forgejo", "https://host.example/a/b/src/branch/main/content/organizations/own.yaml#L{}"),
])
def test_an_entry_leads_to_its_own_line_in_its_own_file(tmp_path, kind, address):
    repository = {"url": "https://host.example/a/b", "branch": "main", "kind": kind}
    file = write_project(tmp_path, registry={"include": ["content/organizations/*.yaml"], "site": {**REGISTRY["site"], "repository": repository}})
    text = yaml.safe_dump({"id": "own", "name": "Own Trust", "kind": "charity", "sources": [SOURCE], "services": [
        service(id="first-line", kind="helpline"), json.loads(json.dumps(service(id="second-line", name="Second")))]}, sort_keys=False)
    (tmp_path / "content" / "organizations").mkdir()
    (tmp_path / "content" / "organizations" / "own.yaml").write_text(text, "utf-8")
    line = text.splitlines().index("- id: second-line") + 1
    site = build_project(file)
    assert site.page("services/second-line").has_link(address.format(line))
    assert site.page("organizations/own").has_link(address.format(1))


def test_a_closed_service_keeps_its_page_and_says_where_to_turn(tmp_path):
    gone = service(id="old-line", name="Old Line", status="closed", status_note="It has ended.", use_instead=["night-line"],
                   channels=[{"type": "phone", "value": "0800 777 666", "seen": ["site"]}])
    site = build_site(tmp_path, service(), gone)
    page = site.page("services/old-line")
    assert page.says("It has ended.")
    assert page.has_link("../../services/night-line/")
    assert not [name for name, data in site.files().items() if b"0800 777 666" in data or b"0800777666" in data]


def test_a_region_shows_everything_that_reaches_it_from_above(tmp_path):
    local = service(id="north-line", name="North Line", coverage={"regions": ["av-n"]})
    site = build_site(tmp_path, service(), local)
    north = site.page("regions/av-n")
    assert [text for level, text in north.headings() if level == 2][:2] == ["In North Avalon", "Also for people in North Avalon: Avalon"]
    assert north.has_link("../../services/night-line/")
    assert north.has_link("../../services/north-line/")
    assert not site.page("regions/av-s").has_link("../../services/north-line/")


def test_an_exception_keeps_a_service_out_of_a_region(tmp_path):
    site = build_site(tmp_path, service(coverage={"regions": ["av"], "except": ["av-s"]}))
    assert site.page("regions/av-n").has_link("../../services/night-line/")
    assert not site.page("regions/av-s").has_link("../../services/night-line/")
    assert site.page("services/night-line").says("not South Avalon")


def test_a_region_topic_page_exists_where_a_service_names_the_region_or_one_below(tmp_path):
    local = service(id="north-line", name="North Line", coverage={"regions": ["av-n"]}, topics=["grief"])
    site = build_site(tmp_path, service(), local)
    assert site.has_page("regions/av-n/grief")
    assert site.has_page("regions/av/grief")
    assert not site.has_page("regions/av-n/loneliness")
    assert site.page("regions/av-n").has_link("../../regions/av/loneliness/")


def test_a_topic_in_a_region_names_wider_services_and_the_way_to_all_of_them(tmp_path):
    wide = [service(id=f"wide-{number}", name=f"Wide {number}") for number in range(10)]
    near = service(id="north-line", name="North Line", coverage={"regions": ["av-n"]})
    few, many = (build_site(tmp_path / str(count), near, *wide[:count]).page("regions/av-n/loneliness") for count in (3, 10))
    assert all(few.has_link(f"../../../services/wide-{number}/") for number in range(3))
    assert not few.has_link("../../../regions/av/loneliness/")
    assert sum("services/wide-" in link for link in many.links()) == 8
    assert many.has_link("../../../regions/av/loneliness/")
    assert many.says("All 10 for Avalon")


def test_a_long_list_goes_on_with_plain_links(tmp_path):
    many = [service(id=f"line-{number}", name=f"Line {number}") for number in range(60)]
    page = build_site(tmp_path, *many).page("regions/av")
    assert all(page.has_link(f"../../services/line-{number}/") for number in range(60))


def test_lists_from_a_to_z_lead_to_every_service(tmp_path):
    site = build_site(tmp_path, service(), service(id="zebra", name="Zebra", alternate_names=["Écho Line"]))
    page = site.page("services")
    assert page.has_link("../services/zebra/")
    assert page.says("Écho Line")
    assert ("E" in [text for _, text in page.headings()])


def test_without_a_search_the_find_page_leads_to_the_parts_of_a_long_list(tmp_path, monkeypatch):
    monkeypatch.setattr(alphabet, "ROOM", 500)
    many = [service(id=f"line-{number}", name=f"{'ABC'[number % 3]} Line {number}") for number in range(12)]
    site = build_project(write_project(tmp_path, *many), use_directory_urls=False)
    for address, up in (("find", ""), ("services/index.html", "../")):
        assert site.page(address).has_link(f"{up}services/a--z/b.html")
    part = site.page("services/a--z/b")
    assert part.has_link("../../services/line-1.html")
    assert part.has_link("../../services/index.html")


def test_where_letters_are_too_many_for_a_row_neighbours_stand_on_one_page_each_under_its_own_heading(tmp_path, monkeypatch):
    monkeypatch.setattr(alphabet, "ROOM", 500)
    monkeypatch.setattr(alphabet, "MOST_LETTERS", 3)
    page = build_site(tmp_path, *(service(id=f"line-{letter}", name=f"{letter} Line") for letter in "abcdefgh")).page("services/a--z/a")
    assert page.title() == "All services from A to Z: A – C - Small"
    assert page.headings() == [(1, "All services from A to Z: A – C"), (2, "A"), (2, "B"), (2, "C")]


EMERGENCY = {"value": "113", "name": "Guards", "sources": [{**SOURCE, "publisher": "public-authority"}]}
CRISIS = {"crisis": [{"region": "av", "emergency": EMERGENCY, "lines": ["night-line", "day-line"]}]}
OFFICE_HOURS = {"time_zone": "Europe/London", "weekly": [{"days": ["mon", "tue"], "opens": "09:00", "closes": "17:00"}]}
DAY_LINE = service(id="day-line", name="Day Line", crisis="yes", channels=[
    {"type": "phone", "value": "0800 2222", "seen": ["site"], "hours": OFFICE_HOURS},
    {"type": "email", "value": "day@night.example.org", "seen": ["site"], "hours": {"always": "yes"}},
])


def test_crisis_help_shows_emergency_first_then_lines_at_all_hours_then_timed_ones(tmp_path):
    site = build_site(tmp_path, service(crisis="yes"), DAY_LINE, registry=CRISIS)
    words = site.page("help-now").text()
    assert words.index("113") < words.index("0800 1111") < words.index("0800 2222")
    assert words.index("Talk to someone now") < words.index("At certain hours")
    assert "Monday and Tuesday" in words


def test_a_line_whose_hours_nobody_knows_stands_last_and_under_words_of_its_own(tmp_path):
    channels = [{"type": "phone", "value": "0800 3333", "seen": ["site"], "hours": {"unknown": "yes"}},
                {"type": "phone", "value": "0800 4444", "label": "In Welsh", "keys": "2", "seen": ["site"]}]
    unknown = service(id="some-line", name="Some Line", crisis="yes", channels=channels)
    registry = {"crisis": [{**CRISIS["crisis"][0], "lines": ["some-line", "day-line"]}]}
    words = build_site(tmp_path, unknown, DAY_LINE, registry=registry).page("help-now").text()
    assert words.index("At certain hours") < words.index("0800 2222") < words.index("Hours not known") < words.index("0800 3333") < words.index("In Welsh")
    assert words.index("In Welsh") < words.index("0800 4444")


def test_a_line_for_a_part_of_the_country_says_which(tmp_path):
    north = service(id="north-line", name="North Line", crisis="yes", coverage={"regions": ["av-n"]}, channels=[
        {"type": "phone", "value": "0800 5555", "seen": ["site"], "hours": {"always": "yes"}}])
    registry = {"crisis": [{**CRISIS["crisis"][0], "lines": ["night-line", "north-line"]}]}
    site = build_site(tmp_path, service(crisis="yes"), north, registry=registry)
    assert site.page("help-now").text().count("For North Avalon only") == 1
    strip = site.page("regions/ly")
    assert strip.says("North Line (North Avalon)")
    assert not strip.says("Night Line (")


def test_post_and_email_are_never_crisis_channels(tmp_path):
    site = build_site(tmp_path, service(crisis="yes"), DAY_LINE, registry=CRISIS)
    assert "mailto:day@night.example.org" not in site.page("help-now").links()


def test_a_country_without_a_line_says_so_and_shows_the_emergency_number(tmp_path):
    registry = {"crisis": [{**CRISIS["crisis"][0], "lines": []}]}
    page = build_site(tmp_path, registry=registry).page("help-now")
    assert page.says("We know of no crisis line here")
    assert page.has_link("tel:113")


def test_a_page_about_a_place_shows_that_places_crisis_help(tmp_path):
    site = build_site(tmp_path, service(crisis="yes"), DAY_LINE, registry=CRISIS)
    assert site.page("regions/av-n").says("Crisis help, Avalon")
    assert site.page("services/night-line").says("Crisis help, Avalon")
    assert site.page("").says("Crisis help: choose your country")


def test_included_files_are_not_published(tmp_path):
    file = write_project(tmp_path)
    (tmp_path / "content" / "notes.yaml").write_text("a: b\n")
    assert not [name for name in build_project(file).files() if name.endswith((".yaml", ".yml"))]


def test_titles_and_descriptions_are_escaped_wherever_the_theme_shows_them(tmp_path):
    hostile = '</title><script>alert(1)</script>"><img src=x onerror=alert(2)>'
    site = build_site(tmp_path, service(name=hostile, summary=hostile, for_whom=hostile))
    for name, data in site.files().items():
        if name.endswith(".html"):
            assert b"<script>alert" not in data, name
            assert b"<img src=x" not in data, name
    assert site.page("services/night-line").title().startswith(hostile)


def test_a_missing_main_plugin_is_said_plainly(tmp_path, caplog):
    file = write_project(tmp_path, plugins=("handrail/search",))
    with pytest.raises(Abort):
        build_project(file)
    assert "add `handrail` to plugins" in caplog.text


def test_breadcrumbs_and_the_active_tab_work_without_records_in_the_navigation(tmp_path):
    nav = "nav:\n  - Start: index.md\n  - Find:\n    - find.md\n"
    page = build_site(tmp_path, pages={"find.md": "# Find\n"}, config=nav).page("services/night-line")
    current = [link.get("href") for link in page.tree.iter("a") if link.get("aria-current")]
    assert current == ["../../find/"] * len(current)
    assert current
    assert not [link for link in page.links() if link.endswith("services/night-line/")]


def test_an_anchor_that_an_author_names_stays_an_anchor_in_the_list_of_headings(tmp_path):
    text = "# Page\n\n## One {: id='a\"><b title=' }\n\nText.\n\n## Two\n\nText.\n\n## Three\n\nText.\n"
    file = write_project(tmp_path, pages={"page.md": text}, config="markdown_extensions:\n  - attr_list\n  - toc\n")
    links = [link for link in build_project(file, strict=False).page("page").links() if link.startswith("#a")]
    assert links == ['#a"><b title=']
