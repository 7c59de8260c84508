"""Words of the interface: named places, and plural forms by the language's own rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handrail.text import words
from handrail.text.words import Words

ENGLISH = {"call": "Call {number}", "plain": "No place", "results.one": "{count} result", "results.other": "{count} results", "free": "{price} {{sic}}"}
WELSH = {f"days.{form}": f"{form} {{count}}" for form in ("zero", "one", "two", "few", "many", "other")}


def test_a_text_is_filled_by_name() -> None:
    t = Words("en", ENGLISH)
    assert t("call", number="116 123") == "Call 116 123"
    assert t("plain") == "No place"


def test_what_fills_a_place_is_text_and_not_a_pattern() -> None:
    assert Words("en", ENGLISH)("call", number="{number} {0} %s {{") == "Call {number} {0} %s {{"


@pytest.mark.parametrize(("count", "text"), [(0, "0 results"), (1, "1 result"), (2, "2 results"), (1000, "1000 results")])
def test_english_has_two_forms(count: int, text: str) -> None:
    assert Words("en", ENGLISH)("results", count=count) == text


@pytest.mark.parametrize(("count", "form"), [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (6, "many"), (4, "other")])
def test_welsh_has_six_forms(count: int, form: str) -> None:
    assert Words("cy", WELSH)("days", count=count) == f"{form} {count}"


def test_a_form_that_a_language_lacks_is_the_other_one() -> None:
    assert Words("cy", {"days.other": "{count} o ddyddiau"})("days", count=2) == "2 o ddyddiau"


@pytest.mark.parametrize(("key", "values"), [("unknown", {}), ("call", {}), ("results", {}), ("unknown", {"count": 2}), ("results", {"count": "2"})])
def test_an_unknown_key_or_place_is_a_key_error(key: str, values: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        Words("en", ENGLISH)(key, **values)


def test_whether_there_is_a_text_can_be_asked() -> None:
    assert Words("en", ENGLISH).has("call")
    assert not Words("en", ENGLISH).has("results")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for language, texts in {"en": ENGLISH, "cy": WELSH, "pt-BR": {"plain": "Sem lugar"}}.items():
        (tmp_path / f"{language}.json").write_text(json.dumps(texts), "utf-8")
    monkeypatch.setattr(words, "_FOLDER", tmp_path)
    words.words.cache_clear()
    yield tmp_path
    words.words.cache_clear()


@pytest.mark.usefixtures("folder")
def test_a_language_falls_back_to_its_base_and_then_to_english() -> None:
    assert words.words("cy").language == "cy"
    assert words.words("cy-GB").language == "cy"
    assert words.words("pt-BR").language == "pt-BR"
    assert words.words("fr").language == "en"
    assert words.languages() == ("cy", "en", "pt-BR")


def test_without_english_there_are_no_words(folder: Path) -> None:
    (folder / "en.json").unlink()
    with pytest.raises(FileNotFoundError):
        words.words("fr")
