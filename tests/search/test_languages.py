"""Content in other languages: the stems of Python are those of the browser, and words are found with and without their accents."""

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from snowballstemmer.among import Among

from handrail.search import snowball
from handrail.search.pipeline import Pipeline, fold, plain
from handrail.search.scripts import EXPORT, lunr_js, lunr_source, without_comments
from handrail.text.words import words
from tests.search.test_engine import asked, corpus, generated

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench/search"))

import corpora  # noqa: E402
import relevance  # noqa: E402

COUNT = 700


def made_words(language: str) -> list[str]:
    """Return words of letters, beginnings and endings that the stemmer itself knows, so that its rules are met often."""
    chance = random.Random(language)
    made = snowball._class(language)
    tables = [getattr(made, name) for name in dir(made) if name.startswith("a_")]
    ends = sorted({each.s for table in tables for each in table if isinstance(each, Among) and each.s})
    groups = [getattr(made, name) for name in dir(made) if name.startswith("g_")]
    letters = sorted({letter for text in (*ends, *groups) for letter in text})
    found = []
    for _ in range(COUNT):
        word = "".join(chance.choices(letters, k=chance.randrange(7))) + "".join(chance.choices(ends, k=chance.choice((0, 1, 1, 2, 2, 3))))
        found.append((chance.choice(ends) if chance.random() < 0.15 else "") + word)
    return [word for word in (plain(each).replace(" ", "") for each in found) if word]


def test_stems_are_the_same_on_both_sides_in_every_language(node: Any, tmp_path: Path) -> None:
    given = {language: made_words(language) for language in sorted(snowball.LANGUAGES)}
    scripts = {language: [lunr_js(language).decode(), each] for language, each in given.items()}
    answers = node("languages.cjs", tmp_path, text=json.dumps(scripts))
    for language, each in given.items():
        pipeline = Pipeline(language)
        ours = [pipeline.stem(word) for word in each]
        assert len(each) > COUNT * 0.9
        assert sum(stem != word for stem, word in zip(ours, each)) > COUNT * 0.2, language
        assert [(word, a, b) for word, a, b in zip(each, ours, answers[language]) if a != b] == [], language


def test_every_language_that_snowball_has_is_known_but_english_which_has_lunrs_own() -> None:
    folder = Path(sys.modules[snowball._class("es").__module__].__file__ or "").parent
    had = {path.name.removesuffix("_stemmer.py") for path in folder.glob("*_stemmer.py")}
    assert had - set(snowball.LANGUAGES.values()) == {"english", "porter", "dutch_porter"}


def test_a_site_ships_the_stemmer_of_its_language_only() -> None:
    spanish, welsh, english = (lunr_js(language).decode() for language in ("es", "cy", "en"))
    assert "SpanishStemmer" in spanish
    assert "BSD-3-Clause" in spanish
    assert "extends Stemmer" not in welsh + english
    assert ("ational" in english, "ational" in spanish + welsh) == (True, False)
    assert "BSD" not in english


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_the_cut_index_of_another_language_answers_like_the_whole_of_lunr_js(language: str, node: Any, tmp_path: Path) -> None:
    """lunr.js with the same stemmer put in is the judge."""
    before, after = lunr_source().rsplit(EXPORT, 1)
    judge = tmp_path / "judge.js"
    judge.write_text(f"{before}{without_comments(snowball.script(language))}{EXPORT}{after}", "utf-8")
    known = [word for word in made_words(language) if word.isalpha()]
    answer = asked(corpus(4, known), generated(5, known, 150), tmp_path, node, judge, language=language)
    assert answer["different"] == []
    assert answer["found"] > 90


def spanish() -> Any:
    """Return what the search of a Spanish site with four services finds."""
    directory, _ = corpora.reference()
    model = replace(directory.services["gb-samaritans"], summary="", for_whom="", alternate_names=(), topics=(), audiences=(), description="")
    texts = {"one": "Habitación tranquila", "two": "Línea de atención", "three": "Grupos de duelo", "four": "Apoyo a jóvenes"}
    services = {key: replace(model, id=key, name=name) for key, name in texts.items()}
    files = relevance.build(replace(directory, site=replace(directory.site, language="es"), services=services), [], words("en"))
    return lambda *queries: [found[:1] for found in relevance.ours(files, [{"query": query, "region": ""} for query in queries])]


def test_words_are_found_with_and_without_accents_and_in_another_form() -> None:
    ask = spanish()
    assert ask("habitación", "habitacion", "habitaciones", "HABITACIÓN", "abitacion") == [["one"]] * 5
    assert ask("linea", "línea", "atencion") == [["two"]] * 3
    assert ask("grupo", "duelos", "joven", "jovenes") == [["three"], ["three"], ["four"], ["four"]]


def test_an_elided_article_is_a_word_of_its_own() -> None:
    assert Pipeline("fr").terms("l’anxiété") == ["l", *Pipeline("fr").terms("anxiété")]
    assert Pipeline("en").terms("don't") == ["dont"]


def test_plain_words_fold_to_the_same_as_the_text() -> None:
    for text in ("Ça va, déjà l'été", "Größe ŁÓDŹ", "मानसिक स्वास्थ्य", "Ёлка"):
        assert fold(plain(text)) == fold(text)
