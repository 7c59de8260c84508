"""An id that was ever published closes or moves; it does not vanish."""

from __future__ import annotations

from datetime import date

from handrail.registry import published
from handrail.registry.check import checked
from tests.site.language import build_project, service, write_project

DAY = date(2026, 11, 23)


def issues(folder):
    return [(issue.code, issue.file, issue.line) for issue in checked(folder / "resources.yaml", DAY).issues]


def test_a_published_id_that_vanished_is_an_error(tmp_path):
    write_project(tmp_path, service())
    (tmp_path / published.NAME).write_text("# Ids.\nnight-line\nold-line  # 2024\n")
    assert issues(tmp_path) == [("E320", "published-ids.txt", 3)]


def test_a_draft_of_something_published_is_one_too(tmp_path):
    write_project(tmp_path, service(), service(id="old-line", name="Old Line", status="draft"))
    (tmp_path / published.NAME).write_text("night-line\nold-line\n")
    assert issues(tmp_path) == [("E320", "published-ids.txt", 2)]


def test_closed_moved_and_suspended_ids_are_none(tmp_path):
    ended = {"status_note": "It has ended.", "use_instead": ["night-line"]}
    gone = [service(id=f"{status}-line", name=status, status=status, **ended) for status in ("closed", "suspended")]
    write_project(tmp_path, service(), *gone, registry={"moved": {"old-line": "night-line"}})
    (tmp_path / published.NAME).write_text("night-line\nold-line\nclosed-line\nsuspended-line\n")
    assert issues(tmp_path) == []


def test_new_ids_are_added_and_the_rest_stays(tmp_path):
    write_project(tmp_path, service(), service(id="a-line", name="A"))
    (tmp_path / published.NAME).write_text("# Our ids.\nnight-line\n")
    registry = checked(tmp_path / "resources.yaml", DAY)
    assert published.missing(registry) == ["a-line"]
    published.add(registry, ["a-line"])
    assert (tmp_path / published.NAME).read_text() == "# Our ids.\na-line\nnight-line\n"
    assert published.missing(registry) == []


def test_a_list_that_can_not_be_read_is_an_issue_and_not_no_list(tmp_path):
    write_project(tmp_path, service())
    (tmp_path / published.NAME).mkdir()
    assert issues(tmp_path) == [("E102", "published-ids.txt", 0)]
    (tmp_path / published.NAME).rmdir()
    (tmp_path / published.NAME).symlink_to("/etc/hostname")
    assert issues(tmp_path) == [("E107", "published-ids.txt", 0)]


def test_what_was_promised_is_not_forgotten_with_the_list(tmp_path):
    write_project(tmp_path / "one", service(), service(id="a-line", name="A"), service(id="b-line", name="B"))
    (tmp_path / "one" / published.NAME).write_text("a-line\nnight-line\nolder-line\n")
    write_project(tmp_path / "two", service(), registry={"moved": {"b-line": "night-line"}})
    before, after = (checked(tmp_path / name / "resources.yaml", DAY) for name in ("one", "two"))
    assert published.lost(before, after) == ["a-line", "older-line"]
    assert published.lost(after, before) == []


def test_the_reference_registry_keeps_its_list(root):
    registry = checked(root / "resources.yaml", DAY)
    assert [issue for issue in registry.issues if issue.code == "E320"] == []
    assert (root / published.NAME).is_file()


def test_an_address_that_moved_leads_to_the_new_one(tmp_path):
    file = write_project(tmp_path, service(), registry={"moved": {"old-line": "night-line"}}, plugins=("handrail", "handrail/safety"))
    page = build_project(file).page("services/old-line")
    assert page.has_link("../../services/night-line/")
    assert page.says("This entry has moved")
    refresh = [each.get("content") for each in page.tree.iter("meta") if each.get("http-equiv") == "refresh"]
    canonical = [each.get("href") for each in page.tree.iter("link") if each.get("rel") == "canonical"]
    assert (refresh, canonical) == (["0; url=../../services/night-line/"], ["https://small.example/services/night-line/"])


def test_no_other_page_sends_readers_away(tmp_path):
    site = build_project(write_project(tmp_path, service(), registry={"moved": {"old-line": "night-line"}}))
    sending = {address for address in site.addresses() if 'http-equiv="refresh"' in (site.folder / address).read_text("utf-8")}
    assert sending == {"services/old-line/index.html"}
