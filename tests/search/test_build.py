import gzip
import json
import re
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench/search"))

import corpora  # noqa: E402

from handrail.model.directory import Directory  # noqa: E402
from handrail.model.values import CrisisWords, Place  # noqa: E402
from handrail.search.build import FOLDER, build  # noqa: E402
from handrail.search.records import GuideRecord  # noqa: E402
from handrail.text.words import words  # noqa: E402


@pytest.fixture(scope="module")
def reference() -> tuple[Directory, list[GuideRecord]]:
    return corpora.reference()


def contents(files: Any) -> dict[str, Any]:
    return {path.removeprefix(f"{FOLDER}/"): json.loads(content) for path, content in files.files if path.endswith(".json")}


def test_the_same_registry_gives_the_same_bytes_and_another_gives_another_mark(reference: Any) -> None:
    directory, guides = reference
    first, second = (build(directory, guides, words("en")) for _ in range(2))
    assert first == second
    changed = replace(directory.services["gb-samaritans"], summary="Somebody listens.")
    other = build(replace(directory, services={**directory.services, "gb-samaritans": changed}), guides, words("en"))
    assert contents(other)["manifest.json"]["h"] != contents(first)["manifest.json"]["h"]
    assert {each["h"] for each in contents(first).values()} == {contents(first)["manifest.json"]["h"]}


def test_names_of_files_carry_no_words_of_the_registry(reference: Any) -> None:
    names = [Path(path).name for path, _ in build(*reference, words("en")).files]
    numbered = [name for name in names if re.fullmatch(r"[pvcnr]\d+\.json", name)]
    assert len(names) - len(numbered) < 25
    assert all(re.fullmatch(r"f-[a-z]+\.json|(manifest|regions|crisis)\.json|lunr\.js|all\.mjs", name) for name in names if name not in numbered)


def test_a_kept_back_address_and_a_suspended_service_are_in_no_file(reference: Any) -> None:
    directory, _ = reference
    hidden = replace(directory.services["gb-samaritans"], places=(Place("area", street="Zanzibarstreet 9", locality="Qwertytown", postcode="ZZ99 9ZZ"),))
    suspended = replace(directory.services["gb-childline"], status="suspended", name="Xylophonia")
    files = build(replace(directory, services={**directory.services, "gb-samaritans": hidden, "gb-childline": suspended}), [], words("en"))
    everything = b"".join(content for _, content in files.files).lower()
    for text in (b"zanzibar", b"qwertytown", b"zz99", b"xylophonia"):
        assert text not in everything


def test_what_the_page_carries_cannot_end_its_script_element(reference: Any) -> None:
    directory, _ = reference
    config = build(replace(directory, crisis_words=CrisisWords(("</script><b>",))), [], words("en")).config
    assert "<" not in config
    assert json.loads(config)["crisis"]["self"] == ["</script><b>"]


def test_files_stay_small(reference: Any) -> None:
    """At 2,000 made entries no file that a plain query loads is above 12 KB as hosts send it."""
    files = build(corpora.synthetic(2000), [], words("en"))
    sizes = {Path(path).name: len(gzip.compress(content, 6)) for path, content in files.files}
    assert max(size for name, size in sizes.items() if re.match(r"[pvcnr]\d", name)) < 12_000
    assert sizes["manifest.json"] < 7_000
    assert sizes["lunr.js"] + sizes["all.mjs"] < 28_000


def test_the_judged_queries_find_what_they_should(reference: Any) -> None:
    import relevance

    directory, guides = reference
    published = {each.id for each in directory.services.values()} | {f"guide:{each.id}" for each in guides}
    lists = [json.loads((ROOT / f"tests/search/{name}.json").read_text("utf-8")) for name in ("judged", *relevance.LATER)]
    judged = [each for each in chain.from_iterable(lists) if published & set(each["accept"])]
    answers = relevance.ours(build(directory, guides, words("en")), judged)
    ranks = [relevance.rank(each, found) for each, found in zip(judged, answers)]
    assert len(judged) >= 170
    assert sum(rank <= 3 for rank in ranks) / len(ranks) >= 0.95
