"""Documentation cannot drift: every field, option and command stands in it."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from handrail.cli.main import build_parser
from handrail.pages.reference import KINDS
from handrail.plugins import options
from handrail.schemas import library
from handrail.text.words import words
from tests.site.language import build_site

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def fields(tmp_path_factory):
    return build_site(tmp_path_factory.mktemp("fields")).page("contribute/fields")


def test_every_kind_of_the_schema_is_documented(fields):
    assert set(library.names()) - set(KINDS) == {"text"}
    anchors = {each.get("id") for each in fields.tree.iter() if each.get("id")}
    assert set(KINDS) <= anchors


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_documented(fields, kind):
    section = next(each for each in fields.tree.iter("section") if each.get("aria-labelledby") == kind)
    named = {each.findtext("code") for each in section.iter("dt")}
    assert set(library.raw(kind)["properties"]) <= named


def test_where_a_message_leads_there_is_an_anchor(fields):
    anchors = {each.get("id") for each in fields.tree.iter() if each.get("id")}
    named = {path.split(".")[-1].removesuffix("[]") for kind in KINDS for path, _ in library.fields(kind)}
    assert named <= anchors


def test_every_option_is_documented():
    page = (ROOT / "content" / "build" / "options.md").read_text("utf-8")
    for plugin in (options.DirectoryOptions, options.GuidesOptions, options.SearchOptions, options.SafetyOptions):
        for name, _ in plugin._schema:
            assert f"`{name}`" in page, name


def test_every_command_is_documented():
    page = (ROOT / "content" / "build" / "commands.md").read_text("utf-8")
    commands = next(action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction))
    for name, parser in commands.choices.items():
        assert f"`handrail {name}" in page, name
        for action in parser._actions:
            for flag in action.option_strings:
                assert flag in ("-h", "--help") or f"`{flag}" in page, f"{name} {flag}"


@pytest.mark.parametrize(("page", "word"), [("help-now", "page.help"), ("find", "page.find")])
def test_a_main_page_is_called_the_same_wherever_an_author_leads_to_it(page, word):
    named = {name for path in (ROOT / "content").rglob("*.md")
             for name in re.findall(rf"\[([A-Z][^]]*)\]\([./]*{page}\.md\)", path.read_text("utf-8"))}
    assert named == {words("en")(word)}
