"""What is dialled is what a person in the country dials: a table of numbers and their links."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.text import phone

with (Path(__file__).parent / "links.csv").open(encoding="utf-8", newline="") as file:
    LINKS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", LINKS, ids=lambda row: row["number"] + row["keyword"])
def test_a_number_has_exactly_these_links(row: dict[str, str]) -> None:
    assert phone.problem(row["number"]) == ""
    assert phone.tel(row["number"]) == row["tel"]
    assert phone.sms(row["number"], row["keyword"]) == row["sms"]


@pytest.mark.parametrize("row", LINKS, ids=lambda row: row["number"] + row["keyword"])
def test_a_link_never_dials_a_key_a_pause_or_an_extension(row: dict[str, str]) -> None:
    assert re.fullmatch(r"tel:\+?[0-9]+", phone.tel(row["number"]))
    assert re.fullmatch(r"sms:\+?[0-9]+(\?body=[A-Za-z0-9%._~\-]+)?", phone.sms(row["number"], row["keyword"]))


def test_no_country_code_is_made_up_for_short_codes() -> None:
    assert all("+" not in row["tel"] for row in LINKS if not row["number"].startswith("+"))


@pytest.mark.parametrize(("number", "why"), [
    ("0800 LISTEN", "letters"), ("988 press 1", "letters"), ("988 ext 4", "letters"), ("988x4", "letters"), ("９８８a", "letters"),
    ("988, 1", "two numbers"), ("988/989", "two numbers"), ("988;ext=4", "letters"), ("988;4", "two numbers"),
    ("９８８", "0 to 9"), ("٩٨٨", "0 to 9"), ("98८", "0 to 9"),
    ("988#", "digits, spaces"), ("*31#988", "digits, spaces"), ("988–989", "digits, spaces"), ("++44 20", "digits, spaces"), ("44+20 7946", "digits, spaces"),
    ("(020 7946", "digits, spaces"), ("020) 7946", "digits, spaces"), (")020( 7946", "digits, spaces"), ("((020)) 7946", "digits, spaces"), ("() 0207",
    "digits, spaces"),
    ("-988", "digits, spaces"), (" 988", "digits, spaces"), ("988\n", "digits, spaces"), ("988\n1", "digits, spaces"), ("", "digits, spaces"), ("+",
    "digits, spaces"),
    ("+44 (0)20 7946 0000", '"(0)"'), ("+44(0) 1234 567890", '"(0)"'), ("12", "three digits"), ("(1)", "three digits"), ("+ 1", "digits, spaces"),
    ("1234567890123456789", "so many"), ("+1234567890123456", "so many"),
])  # fmt: skip
def test_what_can_not_be_dialled_is_refused_with_the_reason(number: str, why: str) -> None:
    assert why in phone.problem(number)


@given(st.text(alphabet="0123456789+-(). abc#*,;/\u00a0\n", max_size=30))
def test_a_number_without_a_problem_loses_and_gains_nothing(number: str) -> None:
    if not phone.problem(number):
        assert phone.tel(number) == "tel:" + re.sub(r"[^0-9+]", "", number)


@given(st.text(max_size=30))
def test_a_keyword_stays_one_message(keyword: str) -> None:
    link = phone.sms("85258", keyword)
    assert link.count("?") <= 1
    assert "&" not in link
    assert unquote(link.partition("?body=")[2], errors="surrogatepass") == keyword


WITHOUT = {
    ("Call 13 11 14, or 000.", "13 11 14"): "Call X, or 000.", ("Call 131114 now.", "13 11 14"): "Call X now.", ("13 11 14 000", "13 11 14"): "13 11 14 000",
    ("Text 988 (or 988-1).", "988"): "Text X (or 988-1).", ("In 1988 and 9880", "988"): "In 1988 and 9880", ("Call (0800) 777-666.", "0800 777 666"): "Call X.",
    ("Call +44 800 777 666 today", "0800 777 666"): "Call X today", ("0800 777 667", "0800 777 666"): "0800 777 667", ("Room 12, 988", "988"): "Room 12, X",
    ("room 5 988", "988"): "room 5 X",
}


@pytest.mark.parametrize(("text", "number"), WITHOUT)
def test_a_number_is_taken_out_of_words_and_nothing_else(text: str, number: str) -> None:
    assert phone.without(text, number, "X") == WITHOUT[text, number]


@given(st.text(alphabet="0123456789 -+().\u2010\u0663", max_size=24))
def test_the_quick_look_lets_nothing_through_that_the_whole_look_stops(number: str) -> None:
    assert phone.problem(number) == phone._read(number)
