import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from handrail.search.chunks import cut_postings
from handrail.search.index import Document, build_index
from handrail.search.pipeline import Pipeline

FIELDS = {"name": 8, "topics": 3, "body": 1}
ROOT = Path(__file__).resolve().parent.parent.parent


def vocabulary() -> list[str]:
    """Return words as they stand in the guides, the most frequent ones too."""
    words = " ".join(path.read_text("utf-8") for path in sorted((ROOT / "content/guides").glob("*.md"))[:6]).split()
    return [*dict.fromkeys(words)][:1500]


def generated(seed: int, words: list[str], count: int) -> list[str]:
    """Return queries in lunr's syntax: plain, prefix, wildcard, fuzzy, required, excluded, by field, boosted, and mixed."""
    chance = random.Random(seed)
    plain = [word for word in (word.strip("*_.,:;()[]'\"?!").lower() for word in words) if word.isalnum() and len(word) > 2]

    def clause() -> str:
        word = chance.choice(plain)
        shape = chance.randrange(9)
        if shape == 1:
            word = word[: chance.randrange(1, len(word))] + "*"
        elif shape == 2:
            cut = chance.randrange(len(word))
            word = word[:cut] + "*" + word[cut + 1 :]
        elif shape == 3:
            word = "*" + word[-3:]
        elif shape == 4:
            letter = chance.randrange(len(word))
            word = f"{word[:letter]}{chance.choice('aeiou')}{word[letter + 1 :]}~{chance.choice((1, 1, 2))}"
        if chance.random() < 0.25:
            word = f"{chance.choice(list(FIELDS))}:{word}"
        if chance.random() < 0.25:
            word += f"^{chance.choice((2, 5, 10))}"
        return chance.choice(("", "", "", "+", "-")) + word

    return [" ".join(clause() for _ in range(chance.choice((1, 1, 2, 2, 3, 5)))) for _ in range(count)]


def asked(documents: list[Document], queries: list[str], folder: Path, node: Any, lunr_js: Path, spoil: bool = False, language: str = "en") -> Any:
    """Return what the comparison finds; with ``spoil`` one chunk carries a wrong weight."""
    index = build_index(documents, FIELDS, Pipeline(language))
    cut = cut_postings(index)
    assert len(cut.files) > 3
    chunks = [dict(each) for each in cut.files]
    if spoil:
        pairs = [pair for chunk in chunks for pair in zip(chunk["t"].split(), chunk["p"].split())]
        term, text = next((term, text) for term, text in pairs if text.startswith("%$$") and Pipeline("en").stem(term) == term and len(term) > 4)
        chunk = next(chunk for chunk in chunks if term in chunk["t"].split())
        chunk["p"] = chunk["p"].replace(text, text[:4] + ("a" if text[4] == "b" else "b") + text[5:])
        queries = [term]
    path = folder / "engine.json"
    path.write_text(
        json.dumps({"index": index.lunr(), "fields": index.fields, "count": index.count, "first": cut.first, "chunks": chunks, "queries": queries}), "utf-8"
    )
    return node("engine.mjs", lunr_js, path)


def corpus(seed: int, words: Sequence[str] = ()) -> list[Document]:
    chance = random.Random(seed)
    words = words or vocabulary()
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    lengths = {"name": 5, "topics": 10, "body": 60}
    return [
        Document({name: " ".join(chance.choices(words, weights, k=chance.randrange(length))) for name, length in lengths.items()}, chance.choice((1, 1, 0.6)))
        for _ in range(600)
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_cut_index_answers_and_scores_like_the_whole_index_of_lunr_js(seed: int, node: Any, lunr_js: Path, tmp_path: Path) -> None:
    answer = asked(corpus(seed), generated(seed, vocabulary(), 250), tmp_path, node, lunr_js)
    assert answer["different"] == []
    assert answer["results"] == 250
    assert answer["found"] > 150


def test_one_wrong_weight_is_noticed(node: Any, lunr_js: Path, tmp_path: Path) -> None:
    assert len(asked(corpus(3), [], tmp_path, node, lunr_js, spoil=True)["different"]) == 1


def test_a_plain_query_loads_only_the_chunks_of_its_terms(node: Any, lunr_js: Path, tmp_path: Path) -> None:
    documents = [Document({"name": f"word{number} shared", "topics": "", "body": ""}) for number in range(3000)]
    answer = asked(documents, ["word7", "word7 shared", "word7"], tmp_path, node, lunr_js)
    assert answer["different"] == []
    assert answer["requests"] == [1, 1, 0]
