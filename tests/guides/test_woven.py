"""What directives and front matter become: numbers from the registry, safe HTML, and pages that a reader can leave and trust."""

from __future__ import annotations

import markdown
import pytest
from mkdocs.exceptions import Abort

from handrail.pages.weaving import Weaving, Woven
from tests.site.language import build_project, build_site, service, write_project

GUIDES = ("handrail", "handrail/guides")
HOSTILE = "</title><script>alert(1)</script>\"'&amp; {{ 7*7 }} <b>x</b>"
BIBLIOGRAPHY = """\
sources:
  - id: smith-2020
    title: A <i>trial</i>
    by: Smith & Sons
    year: 2020
    url: https://www.example.org/smith
    seen: abstract
    note: Only the summary was seen.
  - id: jones-2021
    title: A review
    by: Jones A
    seen: page
"""
FRONT = """\
---
title: Listening
audience: [mentor]
purpose: Teach listening.
answer: Ask, then listen.
topics: [loneliness]
kinds: [warm-line]
crisis: no
unknown: [How long it takes.]
sources: [smith-2020, jones-2021]
reading_grade: 8
written: 2026-11-23
---
"""
TEXT = "\nSay it [@jones-2021]. Or not [@smith-2020; @jones-2021].\n"


def project(folder, text=TEXT, front=FRONT, **more):
    pages = {"guides/listening.md": front + text, "bibliography.yaml": BIBLIOGRAPHY, **more.pop("pages", {})}
    return build_site(folder, *more.pop("services", (service(),)), pages=pages, plugins=GUIDES, **more)


def test_sources_are_numbered_as_the_text_cites_them(tmp_path):
    page = project(tmp_path).page("guides/listening")
    assert [link for link in page.links() if link.startswith("#source-")] == ["#source-1", "#source-2", "#source-1"]
    assert page.says("Jones A. A review Seen: the page")
    assert page.says("Seen: the abstract. Only the summary was seen.")
    assert page.html.index('id="source-1"') < page.html.index("A review") < page.html.index('id="source-2"')


def test_a_guide_says_who_it_is_for_and_that_nobody_reviewed_it(tmp_path):
    page = project(tmp_path).page("guides/listening")
    assert page.says("For: Mentors")
    assert page.says("1 minute to read")
    assert page.says("Not yet reviewed by a clinician or by people with lived experience.")
    assert page.says("What we do not know How long it takes.")


def test_a_review_that_a_person_made_is_told_as_it_was(tmp_path):
    front = FRONT.replace("written:", "reviewed:\n  - {date: 2026-11-23, by: clinician, what: Wording.}\nwritten:")
    page = project(tmp_path, front=front).page("guides/listening")
    assert page.says("Reviewed by a clinician, 23 November 2026. Wording.")
    assert page.says("Not yet reviewed by people with lived experience.")


def test_numbers_in_a_guide_come_from_the_registry(tmp_path):
    page = project(tmp_path, TEXT + "\n::: services kind=warm-line\n\nOr [[night-line]] itself.\n").page("guides/listening")
    assert page.has_link("tel:08001111")
    assert page.has_link("../../services/night-line/")


def test_a_list_without_services_says_so(tmp_path):
    page = project(tmp_path, TEXT + "\n::: services kind=clinic\n").page("guides/listening")
    assert page.says("We list no such service yet.")


def test_a_list_names_the_countries_that_have_none(tmp_path):
    other = service(id="other-line", name="Other Line", kind="helpline", coverage={"regions": ["ly"]})
    page = project(tmp_path, TEXT + "\n::: services kind=helpline\n", services=(service(), other)).page("guides/listening")
    assert page.says("We list none yet for: Avalon.")


def test_a_service_shows_the_guides_that_help_with_it(tmp_path):
    assert project(tmp_path).page("services/night-line").has_link("../../guides/listening/")


def test_the_lists_of_guides_and_topics_lead_to_a_guide(tmp_path):
    site = project(tmp_path)
    assert site.page("guides").has_link("../guides/listening/")
    assert site.page("topics/loneliness").has_link("../../guides/listening/")


def test_a_note_can_be_skipped_to_its_end(tmp_path):
    page = project(tmp_path, TEXT + "\n::: note hard & sharp things\n\nInside.\n\n:::\n\nOutside.\n").page("guides/listening")
    assert page.says("This part is about hard & sharp things.")
    target = next(link for link in page.links() if link.startswith("#after-part-"))
    assert page.html.count(f'id="{target[1:]}"') == 1
    assert page.html.index("Inside.") < page.html.index(f'id="{target[1:]}"') < page.html.index("Outside.")


def test_code_is_left_as_it_is(tmp_path):
    page = project(tmp_path, TEXT + "\n`[@jones-2021]` and\n\n```\n::: crisis\n```\n").page("guides/listening")
    assert page.says("[@jones-2021] and ::: crisis")


def test_hostile_front_matter_is_shown_and_never_acts(tmp_path):
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    front = FRONT.replace("title: Listening", f"title: {quoted}").replace("answer: Ask, then listen.", f"answer: {quoted}")
    front = front.replace("purpose: Teach listening.", f"purpose: {quoted}").replace("[How long it takes.]", f"[{quoted}]")
    front = front.replace("written:", f"content_note: {quoted}\nwritten:")
    site = project(tmp_path, front=front)
    for address in ("guides/listening", "guides", "services/night-line"):
        page = site.page(address)
        assert "<script>alert" not in page.html
        assert "<b>x</b>" not in page.html
        acting = [each for each in page.tree.iter("script") if not str(each.get("type")).endswith("json")]
        assert not [each.text for each in acting if "alert(1)" in (each.text or "")]
    page = site.page("guides/listening")
    assert page.says(HOSTILE)
    assert page.title().startswith(HOSTILE)


def test_a_hostile_source_is_text(tmp_path):
    page = project(tmp_path).page("guides/listening")
    assert page.says("Smith & Sons. A <i>trial</i> (2020)")


def test_a_mistake_in_a_guide_stops_the_build_and_keeps_the_old_site(tmp_path):
    site = project(tmp_path)
    before = site.files()
    pages = {"guides/listening.md": FRONT + TEXT + "\n::: worksheet W9\n", "bibliography.yaml": BIBLIOGRAPHY}
    config = write_project(tmp_path, service(), plugins=GUIDES, pages=pages)
    with pytest.raises(Abort):
        build_project(config)
    assert site.files() == before


def test_without_the_plugin_pages_are_plain_markdown(tmp_path):
    page = build_site(tmp_path, pages={"hello.md": "# Hello\n\n::: crisis\n"}).page("hello")
    assert page.says("::: crisis")


def test_a_page_that_cites_ends_with_its_sources(tmp_path):
    site = project(tmp_path, pages={"about.md": "# About\n\nSo they say [@smith-2020].\n"})
    page = site.page("about")
    assert page.says("Where this comes from")
    assert page.has_link("#source-1")


WOVEN = Woven(
    block=lambda block, number: f"<div>{block.name}</div>", service=lambda each: f"<a>{each}</a>", sources=lambda keys: f"<sup>{keys}</sup>", plain=True)


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "Hi <b onmouseover=x>there</b>", "[x](javascript:alert(1))", "[x](java&#115;cript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,hi)", "![x](https://evil.example/x.png)", "<https://evil.example>", "[x]: javascript:alert(1)\n\n[x]", "[x](<javascript:alert(1)>)",
    "<!-- x -->", "<svg/onload=alert(1)>", "[a\n]( \x01javascript:alert(1))", "&lt;script&gt;", "**<img src=x onerror=alert(1)>**", "\x02wzxhzdk:0\x03",
])
def test_nothing_an_author_writes_becomes_markup_of_its_own(text):
    weaving = Weaving()
    weaving.woven = WOVEN
    html = markdown.markdown(text, extensions=["tables", weaving])
    for bad in ("<script", "<b ", "<img", "<svg", "<!--", "href=\"java", "href=\"data", "href=\"&#", "href=\"J"):
        assert bad.lower() not in html.lower(), html


def test_directives_beside_other_text_keep_it():
    weaving = Weaving()
    weaving.woven = WOVEN
    html = markdown.markdown("Before\n::: crisis\nAfter [@a; @b] and [[line]].\n\n- one\n- two\n::: evidence", extensions=["tables", weaving])
    assert html.replace("\n", "") == (
        "<p>Before</p><div>crisis</div><p>After<sup>['a', 'b']</sup> and <a>line</a>.</p><ul><li>one</li><li>two</li></ul><div>evidence</div>")


def test_an_authors_text_is_never_taken_for_a_mark():
    weaving = Weaving()
    weaving.woven = WOVEN
    html = markdown.markdown("wzxhzdk:0 \x02wzxhzdk:0\x03 [@a]", extensions=[weaving])
    assert html.count("<sup>") == 1


def test_the_health_page_gives_the_reading_level_of_guides(tmp_path):
    assert project(tmp_path).page("about/health").says("Reading level of guides School year 0 (median), 0 at most, over 1")
