"""The guides of this directory: all there, all true to their rules."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from handrail.model import build, guide
from handrail.registry import directives, guides, wording
from handrail.registry.loading import load

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)
PLAN = yaml.safe_load((HERE / "plan.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def shelf():
    return guides.load(ROOT / "content", ROOT)


@pytest.fixture(scope="module")
def registry():
    return load(ROOT / "resources.yaml")


@pytest.fixture(scope="module")
def issues(shelf, registry):
    return [*shelf.issues, *guides.check(shelf, registry, TODAY)]


def test_every_guide_and_worksheet_of_the_plan_is_there(shelf):
    assert {leaf.id for leaf in shelf.guides} == set(PLAN["guides"])
    assert {leaf.id for leaf in shelf.worksheets} == {f"W{number}" for number in range(1, 16)}


def test_every_section_of_the_plan_is_covered_by_a_guide(shelf):
    covered = {section for leaf in shelf.guides for section in leaf.data["seed"]}
    assert covered == set(PLAN["sections"])


def test_nothing_is_wrong_with_what_is_written(issues):
    assert issues == []


def test_each_guide_is_read_below_the_ceiling_of_its_readers(shelf):
    for leaf in shelf.guides:
        ceiling = min(PLAN["ceilings"][reader] for reader in leaf.data["audience"][:1])
        assert leaf.data["reading_grade"] <= ceiling, leaf.id
        measured = guides.measure(leaf)
        assert measured.grade <= leaf.data["reading_grade"], leaf.id
        assert measured.words_per_sentence <= guides.LONG, leaf.id
    pages = {leaf.source: leaf for leaf in shelf.pages}
    assert guides.measure(pages["help-now.md"]).grade <= 5


def test_each_guide_says_what_is_not_known_and_names_its_sources(shelf):
    for leaf in shelf.guides:
        assert leaf.data["unknown"], leaf.id
        assert leaf.data["sources"], leaf.id
        assert set(leaf.found.cited) == set(leaf.data["sources"]), leaf.id


def test_a_guide_with_a_note_before_hard_matters_has_crisis_help(shelf):
    for leaf in shelf.guides:
        hard = {"suicide", "self-harm", "abuse", "crisis"}.intersection(leaf.data["topics"])
        if hard or any(block.name == "note" for block in leaf.found.blocks):
            assert leaf.data["crisis"] == "yes", leaf.id
            assert leaf.data.get("content_note"), leaf.id


def test_nobody_has_reviewed_a_guide_who_did_not(shelf):
    assert [leaf.id for leaf in shelf.guides if leaf.data.get("reviewed")] == []


def test_every_source_was_seen_and_is_used(shelf):
    used = {key for leaf in shelf.leaves for key in (*leaf.found.cited, *leaf.data.get("sources", ()))} | {study.data["source"] for study in shelf.studies}
    assert {source.id for source in shelf.sources} == used
    assert not [source.id for source in shelf.sources if source.data["seen"] == "not-seen"]


def test_no_guide_shows_a_page_that_is_not_a_link(shelf):
    for leaf in (*shelf.guides, *shelf.worksheets):
        assert leaf.found.markup == []
        assert not [link for link in leaf.found.links if directives.link_problem(link.text)]


def test_forms_that_may_not_be_copied_are_named_and_never_embedded(shelf):
    words = " ".join(" ".join(text for _, text in guides.texts(leaf)) + leaf.found.text for leaf in shelf.worksheets).lower()
    for phrase in PLAN["never_embed"]:
        assert phrase.lower() not in words


def test_registry_and_interface_have_no_words_that_hurt_or_promise(registry):
    assert [issue for issue in registry.issues if issue.code == "W501"] == []
    words = json.loads((ROOT / "plugins/handrail/words/en.json").read_text("utf-8"))
    assert {key: hit.text for key, text in words.items() for hit in wording.hits(text)} == {}


def test_steps_without_a_service_are_known_gaps(shelf, registry):
    for issue in guide.unserved(shelf, build.directory(registry)):
        assert issue.code == "W333"
        assert not issue.is_error


def test_each_rule_of_wording_has_a_reason_and_a_way_out():
    for rule in wording.rules():
        assert rule.reason.endswith(".")
        assert rule.instead
        for words in rule.words:
            text = f"They say {words.replace('*', 's')} here."
            assert [hit.rule for hit in wording.hits(text)] == [rule], words


@pytest.mark.parametrize("text", ["He was secure.", "An accurate procedure", "addiction services", "a proverb", "insanely", "cure-all"])
def test_words_inside_other_words_are_left_alone(text):
    assert list(wording.hits(text)) == []
