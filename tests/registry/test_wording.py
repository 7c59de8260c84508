"""Words of the rules of wording are found however they are written: a quick look at the words of a text must not silence a rule."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pytest

from handrail.registry import alone, wording

ROOT = Path(__file__).resolve().parents[2]
EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
WORDS = sorted(words for rule in wording.rules() for words in rule.words)
PATTERN, _ = wording._pattern()
ORGANIZATION = """\
id: here
name: Here
kind: charity
sources: [{id: site, url: https://www.example.org/, publisher: operator, dated: undated}]
website: https://www.example.org/
website_seen: [site]
services: []
description: %s
"""


def test_every_letter_that_an_expression_takes_for_another_is_the_same_in_the_quick_look() -> None:
    for found in re.finditer("[a-z]", EVERY, re.IGNORECASE):
        letter = next(each for each in "abcdefghijklmnopqrstuvwxyz" if re.fullmatch(each, found[0], re.IGNORECASE))
        assert wording._tokens(f"–{found[0]}") == [letter]


def test_what_the_rules_find_is_found_in_either_case_over_lines_and_beside_any_mark() -> None:
    for words in WORDS:
        text = words.replace("*", "ingé")
        for written in (text, text.upper(), text.replace("s", "ſ"), text.replace("k", "\u212a"), text.replace("i", "İ"), text.replace("i", "ı"),
                        text.replace(" ", "\n    "), text.replace(" ", "\u00a0 ")):
            for around in ("{}", "so {} so", "ä–{}–ä", "“{}”", "({})", "{}'s", "\u0345{}\u0345", "¿{}.", "x {}", "{} x"):
                whole = around.format(written)
                assert [hit.start for hit in wording.hits(whole)] == [hit.start() for hit in PATTERN.finditer(whole)] != [], whole


def test_the_pages_of_this_project_say_the_same_with_and_without_the_quick_look() -> None:
    for path in sorted(ROOT.joinpath("content").rglob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            assert wording._may_hit(line) or not PATTERN.search(line)


@pytest.mark.parametrize("style", ["{}", "'It''s {}'", '"So, {}"', '"{}\\u002e"', "|\n  {}", ">\n  {}", "|-\n  So\n  {}"])
def test_words_of_a_rule_are_found_in_a_file_in_every_style_of_a_text(style: str) -> None:
    for words in WORDS:
        text = style.format(words.replace("*", "s").replace(" ", "\n  "))
        found = alone.examined((ORGANIZATION % text).encode(), "here.yaml", date(2026, 11, 23)).issues
        assert [issue.code for issue in found] == ["W501"], (text, found)
