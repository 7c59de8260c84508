"""Long lists are cut so that every name is found where the part says it is, and so that cuts stay where they are."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.text.characters import fold
from handrail.views import alphabet
from handrail.views.alphabet import Alphabet, Entry

TEXTS = st.one_of(
    st.text("aAbBéz -.1", min_size=1, max_size=6),  # few characters: many names begin alike, or are the same
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8),
    st.sampled_from(("Ångström", "ışık", "Işık", "ǅ", "ŉ", "'", "𐐀", "가나", "日本", "Йод", "עזרה", "ᏣᎳᎩ", "ß")),
)
LISTS = st.lists(TEXTS, min_size=1, max_size=80)
SIZES = st.tuples(st.sampled_from((100, 250, 1000)), st.sampled_from((2, 5, 100)))


def entries(texts: list[str]) -> list[Entry]:
    return [Entry(text, f"services/service-{number}.md", "Peer support") for number, text in enumerate(texts)]


@given(LISTS, SIZES)
def test_every_entry_stands_in_one_part_in_the_order_of_the_whole_list(texts: list[str], sizes: tuple[int, int]) -> None:
    with patch.multiple(alphabet, ROOM=sizes[0], MOST_LETTERS=sizes[1]):
        listed = Alphabet(entries(texts))
        parted = [entry for part in listed.parts for entry in part.entries]
    letters = [entry for _, each in listed.by_letter() for entry in each]
    assert parted == letters == list(listed.entries)
    assert sorted(parted) == sorted(entries(texts))


@given(LISTS)
def test_letters_and_names_stand_in_the_order_of_what_is_compared(texts: list[str]) -> None:
    for (one, these), (other, _) in pairwise([*Alphabet(entries(texts)).by_letter(), ("\U0010ffff", ())]):
        assert one < other
        assert [fold(each.text) for each in these] == sorted(fold(each.text) for each in these)


@given(LISTS, SIZES)
def test_no_part_is_longer_than_a_page_and_no_two_neighbours_of_a_letter_would_fit_on_one(texts: list[str], sizes: tuple[int, int]) -> None:
    with patch.multiple(alphabet, ROOM=sizes[0], MOST_LETTERS=sizes[1]):
        letters = Alphabet(entries(texts)).letters
    rows = [[(sum(entry.weight for entry in part.entries), part) for part in letter.parts] for letter in letters]
    assert [part for row in rows for weight, part in row if weight > sizes[0] and len(part.entries) > 1] == []
    numbered = re.compile(r"\(\d+\)$")
    for row in rows:
        for (one, before), (other, after) in pairwise(row):
            assert one + other > sizes[0] or numbered.search(before.span.first) or numbered.search(after.span.first)


@given(LISTS, SIZES)
def test_parts_differ_in_their_words_and_in_their_addresses(texts: list[str], sizes: tuple[int, int]) -> None:
    with patch.multiple(alphabet, ROOM=sizes[0], MOST_LETTERS=sizes[1]):
        parts = Alphabet(entries(texts)).parts
    names = [part.name for part in parts]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*[a-z0-9]|[a-z]", name) or len(name) > 60] == []
    spans = [part.span for part in parts]
    assert len(set(spans)) == len(spans)
    assert all(span.first and span.first == span.first.rstrip() and span.last == span.last.rstrip() and span.first != span.last for span in spans)


@given(LISTS, SIZES)
def test_a_part_says_what_its_first_and_its_last_name_begin_with(texts: list[str], sizes: tuple[int, int]) -> None:
    with patch.multiple(alphabet, ROOM=sizes[0], MOST_LETTERS=sizes[1]):
        letters = Alphabet(entries(texts)).letters
    for letter in letters:
        for part in letter.parts if len(letter.parts) > 1 else ():
            first, last = fold(part.entries[0].text), fold(part.entries[-1].text)
            if "(" not in part.span.first and "…" not in part.span.first:
                assert first.startswith(fold(part.span.first))
                assert last.startswith(fold(part.span.last or part.span.first))


def made(count: int, seed: int = 3) -> list[Entry]:
    chance = random.Random(seed)
    words = ["".join(chance.choices("abcdefghilmnoprstuw", k=chance.randint(3, 9))) for _ in range(400)]
    return entries([" ".join(chance.choices(words, k=3)).capitalize() for _ in range(count)])


def touched(before: Alphabet, after: Alphabet) -> int:
    old = {part.name: part.entries for part in before.parts}
    return sum(old.get(part.name) != part.entries for part in after.parts)


@pytest.mark.parametrize("number", range(20))
def test_a_name_more_changes_few_parts_and_no_others_address(number: int) -> None:
    first = made(6000)
    more = Entry(random.Random(number).choice("ABCMSTW") + made(20, seed=number)[number].text, "services/new.md")
    assert touched(Alphabet(first), Alphabet([*first, more])) <= 3


def test_it_makes_no_difference_in_which_order_different_names_come() -> None:
    first = list({fold(each.text): each for each in made(3000)}.values())
    other = first[:]
    random.Random(1).shuffle(other)
    assert Alphabet(first).letters == Alphabet(other).letters


def labels(texts: list[str]) -> Iterator[str]:
    for part in Alphabet(entries(texts)).parts:
        yield " – ".join(filter(None, part.span))


def test_a_letter_is_cut_between_beginnings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "ROOM", 800)
    texts = [f"C{second}{third}" for second in "aehiou" for third in "nrt"]
    assert list(labels(["Alone", *texts])) == ["A", "Ca – Ce", "Ch – Ci", "Co – Cu"]


def test_many_of_one_name_are_numbered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "ROOM", 600)
    parts = Alphabet(entries(["Samaritans"] * 10 + ["Sanctuary"] * 2)).parts
    assert [part.span.first for part in parts] == ["Samaritans (1)", "Samaritans (2)", "San"]
    assert [part.name for part in parts] == ["s", "s.2", "s-san"]


def test_the_parts_of_one_name_are_told_from_those_of_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "ROOM", 600)
    found = list(labels(["Help"] * 4 + ["Help Line"] * 4 + ["Help-Line"] * 4 + ["Helpers"] * 4))
    assert found == ["Help", "Help l", "Help-", "Helpe"]


def test_in_a_script_of_many_characters_neighbours_stand_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "ROOM", 1200)
    letters = Alphabet(entries([chr(0x4E00 + 7 * number) + "助" for number in range(150)] + ["Alpha", "1 Help"])).letters
    assert len(letters) < 40
    assert letters[0].parts[0].name == "0-9"
    assert tuple(letters[0].span) == ("0-9", "A")


@pytest.mark.parametrize("text", ["x" * 120, "日" * 120, "ab" * 60])
def test_names_that_differ_in_their_last_character_only_are_cut_there(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "ROOM", 4000)
    parts = Alphabet(entries([text[:119] + chr(ord("a") + number) for number in range(26)])).parts
    assert sum(len(part.entries) for part in parts) == 26
    assert max(len(part.name) for part in parts) < 60
