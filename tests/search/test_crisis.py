import json
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).resolve().parent
PHRASES = json.loads((HERE / "crisis_phrases.json").read_text("utf-8"))
NEEDLESS = 6
"""So many of the harmless phrases may show the card; more would wear it out."""


@pytest.fixture(scope="module")
def words() -> list[list[str]]:
    """Return the words of the reference registry."""
    data = yaml.safe_load((HERE.parent.parent / "resources.yaml").read_text("utf-8"))["crisis_words"]
    return [list(map(str, data["self"])), list(map(str, data["other"]))]


def test_no_phrase_of_crisis_is_missed(node: Any, words: list[list[str]]) -> None:
    assert len(PHRASES["must"]) >= 60
    phrases = PHRASES["must"] + PHRASES["fresh"]
    answers = node("crisis.mjs", text=json.dumps([words, phrases]))
    assert [phrase for phrase, answer in zip(phrases, answers) if answer is None] == []


def test_worry_about_somebody_else_is_told_apart(node: Any, words: list[list[str]]) -> None:
    answers = node("crisis.mjs", text=json.dumps([words, PHRASES["other"]]))
    assert [phrase for phrase, answer in zip(PHRASES["other"], answers) if answer != {"other": True}] == []


def test_few_harmless_phrases_show_the_card(node: Any, words: list[list[str]]) -> None:
    assert len(PHRASES["harmless"]) >= 40
    answers = node("crisis.mjs", text=json.dumps([words, PHRASES["harmless"]]))
    assert len([phrase for phrase, answer in zip(PHRASES["harmless"], answers) if answer]) <= NEEDLESS


def test_a_letter_of_each_phrase_may_be_missing_or_swapped(node: Any, words: list[list[str]]) -> None:
    """Of the longer phrases of the registry with one slip in the longest word, all are known."""
    slips = []
    for phrase in words[0]:
        longest = max(phrase.replace("-", " ").split(), key=len)
        if len(longest) > 6 and "'" not in longest:
            slips += [phrase.replace(longest, longest[:3] + longest[4:]), phrase.replace(longest, longest[:2] + longest[3] + longest[2] + longest[4:])]
    answers = node("crisis.mjs", text=json.dumps([words, slips]))
    assert [phrase for phrase, answer in zip(slips, answers) if answer is None] == []
