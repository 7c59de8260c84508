import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench/search"))

import corpora  # noqa: E402

HERE = Path(__file__).resolve().parent
PHRASES = json.loads((HERE / "crisis_phrases.json").read_text("utf-8"))
LISTS = {name: yaml.safe_load((HERE / f"crisis_{name}.yaml").read_text("utf-8")) for name in ("held_out", "later", "third", "fourth", "fifth")}
"""Each was scored once before anything was mended with it; content/build/search.md has those scores."""
NEEDLESS = 0.06
"""So large a part of the harmless phrases may show the card; more would wear it out."""


@pytest.fixture(scope="module")
def words() -> dict[str, Any]:
    """Return the words of the reference registry."""
    return asdict(corpora.reference()[0].crisis_words)


def said(about: str = "") -> list[str]:
    """Return the phrases of all lists, or those about oneself or another."""
    groups = [group for each in LISTS.values() for group in each["crisis"] if about in ("", group["about"])]
    return [phrase for group in groups for phrase in group["phrases"]]


def harmless() -> list[str]:
    return [*PHRASES["harmless"], *(phrase for each in LISTS.values() for phrase in each["harmless"])]


def test_the_lists_are_long_and_hold_nothing_twice() -> None:
    assert len(LISTS["held_out"]["harmless"]) >= 60
    assert sum(len(group["phrases"]) for group in LISTS["held_out"]["crisis"]) >= 120
    everything = [phrase.casefold() for phrase in said()]
    assert len(set(everything)) == len(everything)
    assert not set(everything) & set(map(str.casefold, harmless()))


def test_no_phrase_of_crisis_is_missed(node: Any, words: dict[str, Any]) -> None:
    phrases = PHRASES["must"] + PHRASES["fresh"] + said()
    answers = node("crisis.mjs", text=json.dumps([words, phrases]))
    assert [phrase for phrase, answer in zip(phrases, answers) if answer is None] == []


def test_worry_about_somebody_else_is_told_apart(node: Any, words: dict[str, Any]) -> None:
    phrases = PHRASES["other"] + said("other")
    answers = node("crisis.mjs", text=json.dumps([words, phrases]))
    assert [phrase for phrase, answer in zip(phrases, answers) if answer != {"other": True}] == []


def test_who_speaks_of_oneself_is_seldom_offered_guides_for_others(node: Any, words: dict[str, Any]) -> None:
    phrases = PHRASES["must"] + said("self")
    answers = node("crisis.mjs", text=json.dumps([words, phrases]))
    assert len([phrase for phrase, answer in zip(phrases, answers) if answer == {"other": True}]) <= len(phrases) * 0.04


def test_few_harmless_phrases_show_the_card(node: Any, words: dict[str, Any]) -> None:
    answers = node("crisis.mjs", text=json.dumps([words, harmless()]))
    shown = [phrase for phrase, answer in zip(harmless(), answers) if answer]
    assert len(shown) <= len(answers) * NEEDLESS, shown


def test_a_letter_of_each_phrase_may_be_missing_or_swapped(node: Any, words: dict[str, Any]) -> None:
    """Of the longer phrases of the registry with one slip in the longest word, all are known."""
    slips = []
    for phrase in words["self"]:
        longest = max(phrase.replace("-", " ").split(), key=len)
        if len(longest) > 6 and "'" not in longest and "{" not in phrase:
            slips += [phrase.replace(longest, longest[:3] + longest[4:]), phrase.replace(longest, longest[:2] + longest[3] + longest[2] + longest[4:])]
    answers = node("crisis.mjs", text=json.dumps([words, slips]))
    assert len(slips) > 60
    assert [phrase for phrase, answer in zip(slips, answers) if answer is None] == []


def test_every_group_that_a_phrase_names_is_there_and_every_group_is_named(words: dict[str, Any]) -> None:
    named = {name for phrase in (*words["self"], *words["other"]) for name in re.findall(r"\{(\w+)\}", phrase)}
    assert named == set(words["alike"])


def test_a_registry_may_have_phrases_only_or_nothing(node: Any) -> None:
    asked = ["ich will sterben", "ich will nicht mehr leben", "mein Freund will sterben", "Hilfe"]
    german = {"self": ["will sterben", "nicht mehr leben"], "other": ["mein freund"]}
    assert node("crisis.mjs", text=json.dumps([german, asked])) == [{"other": False}, {"other": False}, {"other": True}, None]
    assert node("crisis.mjs", text=json.dumps([{"self": [], "other": []}, asked])) == [None] * 4


def test_the_script_knows_no_language() -> None:
    text = (ROOT / "plugins/handrail/theme/scripts/search/crisis.mjs").read_text("utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))
    for word in ("myself", "die", "want", "mum"):
        assert f'"{word}"' not in code
