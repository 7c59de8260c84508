import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from lunr.builder import Builder
from lunr.pipeline import Pipeline as LunrPipeline

from handrail.search.index import K1, B, Document, Index, build_index
from handrail.search.pipeline import Pipeline, fold

BOOSTS = {"name": 8, "topics": 3, "body": 1}
WORDS = [
    "gay",
    "valley",
    "today",
    "pay",
    "anxiety",
    "panic",
    "listening",
    "listen",
    "listened",
    "calls",
    "crisis",
    "night",
    "line",
    "warm",
    "peer",
    "mentor",
    "mentoring",
    "support",
    "supports",
    "région",
    "Tāmaki",
    "116123",
    "the",
    "and",
    "we're",
]


def corpus(seed: int) -> list[Document]:
    """Return documents of random words; some fields are empty, some documents weigh more."""
    chance = random.Random(seed)

    def text(length: int) -> str:
        return " ".join(chance.choices(WORDS, weights=range(1, len(WORDS) + 1), k=chance.randrange(length)))

    return [Document({"name": text(4), "topics": text(6), "body": text(40)}, chance.choice([1, 1, 0.5, 2])) for _ in range(40)]


def by_lunr(documents: list[Document]) -> Any:
    """Return the index that lunr.py itself builds with the mended pipeline."""
    pipeline = Pipeline("en")

    def to_term(token: Any, _i: int, _tokens: list[Any]) -> Any:
        return token.update(lambda text, _: pipeline.term(text)) if pipeline.term(str(token)) else None

    LunrPipeline.registered_functions.pop("stemmer", None)
    LunrPipeline.register_function(to_term, "stemmer")
    builder = Builder()
    builder.pipeline.add(to_term)
    builder.search_pipeline.add(to_term)
    builder.ref("id")
    builder.b(B)
    builder.k1(K1)

    def reader(name: str) -> Callable[[dict[str, Any]], str]:
        return lambda row: fold(row[name])

    for name, boost in BOOSTS.items():
        builder.field(name, boost, reader(name))
    for number, document in enumerate(documents):
        builder.add({"id": number, **document.texts}, {"boost": document.boost})
    return builder.build().serialize()


@pytest.fixture(autouse=True)
def _stemmer_of_lunr_is_put_back() -> Any:
    before = dict(LunrPipeline.registered_functions)
    yield
    LunrPipeline.registered_functions.clear()
    LunrPipeline.registered_functions.update(before)


@pytest.mark.parametrize("seed", range(5))
def test_the_index_is_byte_for_byte_that_of_lunr_py(seed: int) -> None:
    documents = corpus(seed)
    ours: Index = build_index(documents, BOOSTS, Pipeline("en"))
    assert json.dumps(ours.lunr()) == json.dumps(by_lunr(documents))


def test_an_index_of_nothing_can_be_built() -> None:
    assert build_index([], BOOSTS, Pipeline("en")).lunr()["fieldVectors"] == []
