"""How hard a text is: syllables, sentences and the grade."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.text.reading import Reading, read, syllables

COUNTED = """
1 peer time home hour friend their used closed changed named world school
1 help talk can't don't won't you're they're we'll I'm it's named judged
1 helped
2 mentor service crisis people support helped-me feeling feelings sometimes something someone careful
2 hopeless every business being quiet science create poem poet
2 little table apple places changes wanted needed ended noticed stories worries isn't
2 couldn't didn't haven't client evening Wednesday safeguard alone because
3 depression counsellor telephone hospital family suicide area idea video radio period museum
3 audience serious different created beautiful safeguarding therapist interest
4 anxiety available confidential community information emergency experience usually actually situation psychiatric psychology
4 medication diagnosis society Australia
5 organization individual association experiences
""".strip().splitlines()


@pytest.mark.parametrize(("word", "count"), [(word, int(line[0])) for line in COUNTED for word in line[2:].split()])
def test_a_common_word_has_its_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_from_what_was_counted() -> None:
    reading = read("You can call at any time. It is free.")
    assert (reading.words, reading.sentences, reading.syllables) == (9, 2, 10)
    assert reading.words_per_sentence == 4.5
    assert reading.grade == 0.0
    assert Reading(100, 5, 150).grade == round(0.39 * 20 + 11.8 * 1.5 - 15.59, 1)


@pytest.mark.parametrize(("text", "sentences"), [
    ("One. Two! Three? Four: five; six", 4), ("It costs 3.50 a call.", 1), ('He said "no." She left.', 2), ("- one\n- two\n- three", 3),
    ("Heading\n\nText", 2),
    ("one line\nthe same sentence", 1), ("", 0), ("1 2 3", 0), ("...", 0), ("Wait... what?", 2),
])  # fmt: skip
def test_sentences_end_where_readers_pause(text: str, sentences: int) -> None:
    assert read(text).sentences == sentences


def test_an_empty_text_has_no_grade_and_takes_a_minute() -> None:
    assert (read("").grade, read("").minutes, read("").words_per_sentence) == (0.0, 1, 0.0)
    assert read("word " * 1000).minutes == 5


def test_longer_words_and_sentences_are_harder() -> None:
    easy = read("You can talk to us. We will listen. Call when you like.")
    hard = read("Individuals experiencing psychological difficulties are encouraged to initiate communication with qualified representatives.")
    assert easy.grade < 3 < 12 < hard.grade


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    reading = read(text)
    assert reading.sentences <= reading.words <= reading.syllables
    assert reading.grade >= 0


@pytest.mark.parametrize("unit", ["a", ".", '."', "a.", "\n", "a-", "'", "aeiou", ". ", ".)"])
def test_a_monotonous_text_comes_to_an_end(unit: str) -> None:
    read(unit * 20_000)
