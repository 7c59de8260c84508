import json
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from handrail.search.pipeline import STOP_WORDS, Pipeline, fold

ROOT = Path(__file__).resolve().parent.parent.parent
STEMS = [
    "anx",
    "depress",
    "gay",
    "valley",
    "today",
    "pay",
    "try",
    "lay",
    "cry",
    "listen",
    "counsel",
    "mentor",
    "y",
    "ye",
    "yo",
    "by",
    "sky",
    "yell",
    "troll",
    "fuzz",
    "bless",
    "agree",
    "hop",
    "hopp",
    "conflat",
    "tropic",
    "sens",
    "relat",
]
ENDINGS = (
    "",
    "s",
    "es",
    "ies",
    "sses",
    "ed",
    "eed",
    "ing",
    "y",
    "ly",
    "at",
    "ated",
    "bling",
    "izing",
    "ational",
    "tional",
    "enci",
    "izer",
    "bli",
    "alli",
    "entli",
    "eli",
    "ousli",
    "ization",
    "ator",
    "alism",
    "iveness",
    "fulness",
    "ousness",
    "aliti",
    "iviti",
    "biliti",
    "logi",
    "icate",
    "ative",
    "alize",
    "ical",
    "ful",
    "ness",
    "al",
    "ance",
    "ence",
    "er",
    "ic",
    "able",
    "ible",
    "ant",
    "ement",
    "ment",
    "ent",
    "sion",
    "tion",
    "ou",
    "ism",
    "ate",
    "iti",
    "ous",
    "ive",
    "ize",
    "e",
    "ll",
    "lle",
)


def words() -> list[str]:
    """Return the words of English, of the registry and of the guides, made variants, numbers and words with signs."""
    english = json.loads((ROOT / "node_modules/an-array-of-english-words/index.json").read_text("utf-8"))
    # Every sixth is enough to be sure and keeps the test under two seconds.
    found = set(english[::6])
    for path in [ROOT / "resources.yaml", *ROOT.glob("content/**/*.yaml"), *ROOT.glob("content/**/*.md")]:
        found.update(path.read_text("utf-8").split())
    found.update(stem + ending for stem, ending in product(STEMS, ENDINGS))
    found.update(
        (
            "it's",
            "don’t",
            "Tāmaki",
            "Éire",
            "whānau",
            "naïve",
            "self-harm",
            "116123",
            "24/7",
            "LGBTQ+",
            "_x_",
            "x--y",
            "(call",
            "now!)",
            "ﬁnd",
            "ＡＢＣ",
            "İzmir",
        )
    )
    return sorted(each for word in found for each in fold(word).split())


def test_a_word_becomes_the_same_term_in_python_and_in_lunr_js(node: Any, lunr_js: Path) -> None:
    every = sorted(set(words()))
    assert len(every) > 40_000
    ascii_only = [word for word in every if word.isascii()]
    theirs = node("lunr_words.cjs", lunr_js, text="\n".join(ascii_only))
    stem = Pipeline("en").stem
    assert [(word, stem(word), term) for word, term in zip(ascii_only, theirs["terms"]) if stem(word) != term] == []
    assert {word for word, stops in zip(ascii_only, theirs["stops"]) if stops} == STOP_WORDS & set(ascii_only)


def test_the_stop_words_are_those_of_lunr_js(node: Any, lunr_js: Path) -> None:
    assert all(node("lunr_words.cjs", lunr_js, text="\n".join(sorted(STOP_WORDS)))["stops"])


def test_a_text_folds_the_same_in_python_and_in_the_browser(node: Any) -> None:
    texts = [
        *(path.read_text("utf-8") for path in ROOT.glob("content/**/*.md")),
        *yaml.safe_load((Path(__file__).parent / "fold_cases.yaml").read_text("utf-8")),
    ]
    assert node("fold.mjs", text=json.dumps(texts)) == [fold(text) for text in texts]


def test_words_that_lunr_py_loses_are_kept() -> None:
    assert Pipeline("en").terms("Gay? A valley today: pay!") == ["gay", "valley", "today", "pay"]


def test_an_apostrophe_and_an_accent_make_no_difference() -> None:
    assert fold("Can’t  stop  Tāmaki Éire ʻohana") == fold("cant stop tamaki eire ohana") == "cant stop tamaki eire ohana"


def test_a_language_without_a_stemmer_is_matched_word_by_word() -> None:
    assert Pipeline("cy").terms("Mae plant yn wylo") == ["mae", "plant", "yn", "wylo"]
