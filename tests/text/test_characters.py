"""Characters that a reader cannot see, and words that imitate others."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.text import characters

BAD = "\x00 \x07 \x08 \x0b \x0c \x1b \x7f \x80 \x85 \x9f \xad \u034f \u061c \u180e \u200b \u200e \u200f \u2028 \u2029 \u202a \u202e \u2060 \u2064 \u2066 \u2069 \u206f \u3164 \ufeff \uffa0 \ufff9 \ufffc \ufffd \uffff \U000e0001 \U000e007f \U0001d173"  # noqa: E501


@pytest.mark.parametrize("character", BAD.split(" "), ids=lambda each: f"U+{ord(each):04X}")
def test_a_character_that_hides_is_found_with_its_place(character: str) -> None:
    found = list(characters.hidden(f"ab{character}c"))
    assert [offset for offset, _ in found] == [2]
    assert found[0][1]


@pytest.mark.parametrize("text", [
    "Plain text.", "tab\tand\nlines\r\n", "café naïve ŵ Ÿ", "“quotes” – dashes…", "মানসিক স্বাস্থ্য", "मानसिक स्वास्थ्य", "می‌خواهم", "क्‍ष",
    "👩‍👩‍👧 ❤️ 🏴", "中文 日本語 한국어", "עברית العربية",
    "non\u00a0breaking", "e\u0301",
])  # fmt: skip
def test_ordinary_writing_of_any_script_is_fine(text: str) -> None:
    assert list(characters.hidden(text)) == []


def test_a_joiner_is_refused_between_latin_letters_only() -> None:
    assert list(characters.hidden("ama\u200dzon")) == [(3, "U+200D")]
    assert list(characters.hidden("98\u200c8")) == [(2, "U+200C")]
    assert list(characters.hidden("\u0645\u06cc\u200c\u062e")) == []


@given(st.characters(categories=("Cc", "Cs")))
def test_no_control_passes_but_tab_and_line_ends(character: str) -> None:
    assert bool(list(characters.hidden(f"\u0100{character}\u0100"))) == (character not in "\t\n\r")


@pytest.mark.parametrize(("text", "words"), [
    ("pаypal", ["pаypal"]), ("Ηelp now", ["Ηelp"]), ("help Москва now", []), ("Ελλάδα", []), ("naïve", []), ("Straße", []), ("µg per day", []),
    ("αβγ abc", []),
    ("Mоm and dаd", ["Mоm", "dаd"]), ("中abc", []), ("a1а", []),
])  # fmt: skip
def test_a_word_of_two_scripts_is_found(text: str, words: list[str]) -> None:
    assert characters.mixed_scripts(text) == words


def test_every_letter_of_another_script_is_found_in_a_latin_word() -> None:
    for letter in map(chr, range(sys.maxunicode + 1)):
        if letter.isalpha() and unicodedata.name(letter, "").startswith(("GREEK ", "CYRILLIC ")):
            assert characters.mixed_scripts(f"a{letter}") == [f"a{letter}"]


@pytest.mark.parametrize(("text", "folded"), [
    ("Ngā  Mihi", "nga mihi"), ("CAN'T cope", "cant cope"), ("can’t", "cant"), ("Straße", "strasse"), ("ﬁne", "fine"), (" a\n b ", "a b"), ("Ｗｉｄｅ", "wide"),
])  # fmt: skip
def test_names_are_compared_without_accents_case_and_blanks(text: str, folded: str) -> None:
    assert characters.fold(text) == folded


@given(st.text())
def test_two_ways_to_write_an_accent_fold_to_one(text: str) -> None:
    assert characters.fold(unicodedata.normalize("NFC", text)) == characters.fold(unicodedata.normalize("NFD", text))
