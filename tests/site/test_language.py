"""A language is a file: with a second one a whole site is built in it, and no word of the first is left in the interface."""

from __future__ import annotations

import json
import re

import html5lib

from handrail.text import words
from tests.site.language import REGISTRY, build_site, service

FROM_THE_SCHEMA = ("contribute/add/", "contribute/change/", "contribute/fields/", "data/api/")
"""Pages that show titles and descriptions of the schema, which are written in one language only."""
MARK = "\u00a4"
"""Stands around every text of the second language: what stands outside is not from its file."""


def marked(tmp_path, monkeypatch):
    """Make a second language of the first, each text marked."""
    english = json.loads((words._FOLDER / "en.json").read_text("utf-8"))
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "en.json").write_text(json.dumps(english), "utf-8")
    (folder / "cy.json").write_text(json.dumps({key: f"{MARK}{text}{MARK}" for key, text in english.items()}), "utf-8")
    monkeypatch.setattr(words, "_FOLDER", folder)
    words.words.cache_clear()
    return english


def said(tree):
    """Yield every text that a reader sees or hears."""
    for element in tree.iter():
        if element.tag in ("script", "style"):
            continue
        yield from (text for text in (element.text, *(child.tail for child in element)) if text)
        yield from (element.get(name, "") for name in ("aria-label", "placeholder", "alt", "title"))


def test_a_whole_site_is_built_in_a_second_language(tmp_path, monkeypatch):
    english = marked(tmp_path, monkeypatch)
    try:
        site = build_site(
            tmp_path / "site", service(mentoring={"models": ["one-to-one"], "seen": ["site"]}), service(id="gone", name="Gone", status="closed",
            status_note="Ended.", use_instead=["night-line"]), registry={"site": {**REGISTRY["site"], "language": "cy"}},
            plugins=("handrail", "handrail/guides", "handrail/search", "handrail/safety"), pages={"find.md": "# Find\n"},
        )
    finally:
        monkeypatch.undo()
        words.words.cache_clear()
    sentences = {text for text in english.values() if "{" not in text and len(text) > 16 and " " in text}
    assert len(sentences) > 200
    seen = 0
    for address in sorted(site.addresses()):
        tree = html5lib.parse((site.folder / address).read_text("utf-8"), namespaceHTMLElements=False)
        assert tree.get("lang") == "cy", address
        for text in said(tree) if not address.startswith(FROM_THE_SCHEMA) else ():
            seen += text.count(MARK)
            outside = re.sub(f"{MARK}[^{MARK}]*{MARK}", "", " ".join(text.split()))
            assert not [each for each in sentences if each in outside], (address, text)
    assert seen > 2000
    assert site.page("services/night-line").says("\u00a4How to reach them\u00a4")
