"""Guides and worksheets as people use them: on a phone, on paper, without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Visitor

SHEETS = sorted(path.stem for path in (ROOT / "content" / "worksheets").glob("*.md"))
FILL = """() => {
  for (const box of document.querySelectorAll("[data-hr-sheet] textarea")) {
    const words = box.closest("td") ? "Yes, today" : "Words that fill the line";
    box.value = Array.from({length: box.rows}, () => words).join("\\n");
  }
  for (const box of document.querySelectorAll("[data-hr-sheet] input")) box.checked = true;
}"""


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("name", SHEETS)
def test_a_worksheet_prints_on_one_page_blank_and_filled(visit: Visitor, name: str, size: str) -> None:
    page = visit(f"worksheets/{name}/").page
    assert pages(page.pdf(format=size)) == 1
    page.evaluate(FILL)
    assert pages(page.pdf(format=size)) == 1


def test_more_than_fits_a_line_is_printed_whole(visit: Visitor) -> None:
    page = visit("worksheets/smart-goal/").page
    box = page.locator("[data-hr-sheet] textarea").first
    box.fill("A long answer that goes on and on. " * 12)
    page.emulate_media(media="print")
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1")


def test_a_worksheet_is_saved_as_text(visit: Visitor, tmp_path: Path) -> None:
    page = visit("worksheets/mentoring-agreement/").page
    page.get_by_label("Mentee (first name only)").fill("Sam")
    page.get_by_label("Video").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text").click()
    download.value.save_as(tmp_path / "sheet.txt")
    text = (tmp_path / "sheet.txt").read_text("utf-8")
    assert download.value.suggested_filename == "mentoring-agreement.txt"
    assert "Mentoring agreement" in text
    assert "Mentee (first name only)\nSam" in text.replace("\r\n", "\n")
    assert "[x] Video" in text
    assert "[ ] Text" in text


def test_clear_asks_once_and_empties_everything(visit: Visitor) -> None:
    page = visit("worksheets/boundaries-sheet/").page
    page.evaluate(FILL)
    clear = page.get_by_role("button", name="Clear")
    clear.click()
    assert page.evaluate("() => [...document.querySelectorAll('[data-hr-sheet] input')].some(box => box.checked)")
    clear.click()
    assert not page.evaluate("() => [...document.querySelectorAll('[data-hr-sheet] input')].some(box => box.checked)")
    assert page.evaluate("() => [...document.querySelectorAll('[data-hr-sheet] textarea')].every(box => box.value === '')")


def test_a_filled_sheet_can_be_printed_blank_and_keeps_what_was_typed(visit: Visitor) -> None:
    page = visit("worksheets/mentoring-agreement/").page
    page.get_by_label("Mentee (first name only)").fill("Sam")
    page.evaluate("""() => { window.print = () => {
      window.seen = [...document.querySelectorAll('[data-hr-sheet] textarea')].map(box => box.value).join('');
      dispatchEvent(new Event('afterprint'));
    }; }""")
    page.get_by_role("button", name="Print it blank").click()
    assert page.evaluate("() => window.seen") == ""
    assert page.get_by_label("Mentee (first name only)").input_value() == "Sam"


def test_what_was_typed_does_not_come_back(visit: Visitor) -> None:
    page = visit("worksheets/mentoring-agreement/").page
    page.get_by_label("Mentee (first name only)").fill("Sam")
    page.goto(page.url.replace("mentoring-agreement", "session-log"))
    page.go_back()
    assert page.get_by_label("Mentee (first name only)").input_value() == ""


def test_every_field_of_a_worksheet_has_a_name(visit: Visitor) -> None:
    for name in SHEETS:
        page = visit(f"worksheets/{name}/").page
        for box in page.locator("[data-hr-sheet] textarea, [data-hr-sheet] input").all():
            assert box.evaluate("box => (box.labels.length ? box.labels[0].textContent : box.getAttribute('aria-label') || '').trim()") != ""


def test_a_choice_of_country_filters_every_list_in_place_and_is_kept_nowhere(visit: Visitor) -> None:
    made = visit("which-model/")
    page = made.page
    before = page.url
    page.locator("[data-hr-fit] select").first.select_option("gb")
    shown = page.locator("[data-hr-fit] details:visible")
    lists = page.evaluate("() => [...document.querySelectorAll('[data-hr-fit]')].filter(each => each.querySelector('details[data-region=gb]')).length")
    assert lists > 1
    assert shown.evaluate_all("all => all.filter(each => each.dataset.region === 'gb' && each.open).length") == lists
    assert page.url == before
    page.locator("[data-hr-fit] select").first.select_option("")
    assert shown.evaluate_all("all => all.some(each => each.open)") is False


def test_crisis_help_opens_for_the_country_and_is_never_hidden(visit: Visitor) -> None:
    page = visit("guides/hard-conversations-and-crisis/").page
    page.locator("[data-hr-fit] select").first.select_option("gb")
    first = page.locator(".hr-danger").first
    assert first.locator("details:visible").count() == first.locator("details").count()
    assert first.locator("details[open]").evaluate_all("all => all.map(each => each.dataset.region)") == ["gb"]


def test_without_scripts_services_and_crisis_help_open_in_place(visit: Visitor) -> None:
    page = visit("guides/hard-conversations-and-crisis/", scripts=False).page
    assert page.locator(".hr-fit__choose:visible").count() == 0
    block = page.locator(".hr-danger").first
    block.locator("summary").first.click()
    assert block.locator("a[href^='tel:']:visible").count() > 0
    fit = page.locator(".hr-fit details").first
    fit.locator("summary").click()
    assert fit.locator(".hr-fit__name:visible").count() > 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_picture_of_the_evidence_fits_and_its_words_keep_their_size(visit: Visitor, width: int, dark: bool) -> None:
    page = visit("guides/what-research-shows/", width=width, dark=dark).page
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    outside = page.evaluate("""() => {
      const frame = document.querySelector(".hr-evidence__figure").getBoundingClientRect();
      const boxes = [...document.querySelectorAll(".hr-forest text")].map((each) => [each.textContent, each.getBoundingClientRect()]);
      return boxes.filter(([, box]) => box.width && (box.left < frame.left - 1 || box.right > frame.right + 1)).map(([text]) => text);
    }""")
    assert outside == []
    assert page.evaluate("() => getComputedStyle(document.querySelector('.hr-forest__label')).fontSize") == "15px"


def test_a_sensitive_part_can_be_skipped_with_the_keyboard(visit: Visitor) -> None:
    page = visit("guides/noticing-signs/").page
    skip = page.locator(".hr-part a[href^='#after-part-']").first
    skip.focus()
    page.keyboard.press("Enter")
    target = skip.get_attribute("href")
    assert page.evaluate("id => document.activeElement === document.querySelector(id) || location.hash === id", target)
