"""A hostile text in every field of every kind, through a whole build: each file stays what it is, and shows the text as it was written.

What a file may hold is not listed here. The same registry is built once with a harmless text, and whatever elements, attributes, keys, columns
or lines the hostile build has must be among those of the harmless one.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from markdown_it import MarkdownIt

from handrail.output.assets import assets
from tests.hardening import hostile
from tests.site.language import BuiltPage, BuiltSite

COUNTED = hostile.PLAIN.replace("So", "As")
"""Stands only on the pages of the second of each kind, so that what a page shows of its own fields can be counted."""


@pytest.fixture(autouse=True, scope="module")
def _day():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1780272000")
        yield


@pytest.fixture(scope="module")
def harmless(tmp_path_factory) -> BuiltSite:
    return hostile.site(tmp_path_factory.mktemp("harmless"), [hostile.PLAIN, COUNTED, "Harmless"])


def split(folder: Path, texts: list[str]) -> tuple[list[str], list[str]]:
    """Return the texts that the check takes in every field, and those that it refuses."""
    good: list[str] = []
    bad: list[str] = []
    for text in texts:
        (bad if hostile.issues(folder, [hostile.PLAIN, text]) else good).append(text)
    return good, bad


def test_every_field_that_takes_free_text_waits_for_one():
    waits = {_bare(path) for kind, value in hostile.EVERY.items() for path in _waiting(value, "" if kind in ("shared", "organization") else f"{kind}s")}
    free = {_bare(path) for kind in ("organization", "registry") for path, schema in hostile.leaves(hostile.library.resolved(kind))
            if not {"enum", "pattern", "format", "const"} & schema.keys() and not path.startswith("organizations")}
    chosen = {"channels.value", "site.name", "repository.branch", "include", "coverage_rules.regions_of_kind"}
    """A number or an address has a shape of its own; the others name a branch, files and a kind of place."""
    missing = {path for path in free if path.removeprefix("crisiss") not in waits and not any(path.endswith(each) for each in chosen)}
    assert missing == set()


def test_hostile_texts_of_our_own_stay_texts(tmp_path, harmless):
    good, bad = split(tmp_path / "each", list(hostile.OURS))
    assert len(bad) <= 3, bad
    holds(hostile.site(tmp_path / "site", [hostile.PLAIN, *good]), harmless, good)


@pytest.mark.deep
@pytest.mark.parametrize("part", range(8))
def test_the_big_list_of_naughty_strings_stays_text(tmp_path, harmless, part):
    good, bad = split(tmp_path / "each", hostile.texts()[part::8])
    print(f"{len(good)} texts in every field, {len(bad)} refused")
    assert len(good) > len(bad)
    holds(hostile.site(tmp_path / "site", [hostile.PLAIN, *good]), harmless, good)


def holds(site: BuiltSite, harmless: BuiltSite, texts: list[str]) -> None:
    """Hold every file of a site against the same files made of a harmless text."""
    made, theme = site.files(), {asset.path: asset.data for asset in assets()}
    wrong = []
    for name, data in made.items():
        kind = name.rpartition(".")[2]
        found = SHAPES[kind](data) - allowed(harmless, kind) if kind in SHAPES else set()
        if kind not in SHAPES and kind not in ("css", "mjs", "js", "woff2", "png", "svg", "html"):
            found = {"a kind of file that nobody reads here"} if name not in ("_headers", "robots.txt") else found
        if kind in ("css", "mjs", "js", "woff2") and theme.get(name, data) != data:
            found = {"a text of the registry changed it"}
        wrong += [(name, each) for each in sorted(found, key=str)[:3]]
    assert wrong == []
    shown = {field: _article(harmless.page(page)).count(COUNTED) for field, page in PAGES.items()}
    for number, text in enumerate(texts, 1):
        seen = _seen(text)
        for field, page in PAGES.items():
            count = _article(site.page(page.replace("1", str(number)))).count(seen)
            assert count >= shown[field] > 1, (field, text, count, shown[field])
    known = set(_values(json.loads(made["data/v1/services.json"])))
    rows = set(chain.from_iterable(csv.reader(io.StringIO(made["data/services.csv"].decode("utf-8-sig")))))
    for text in texts:
        assert text in known, text
        assert text in rows or f"'{text}" in rows, text


PAGES = {kind: f"{kind}s/{kind}1" for kind in ("service", "organization", "topic", "region", "audience")}


def _article(page: BuiltPage) -> str:
    """Return what a page says itself: the strip around it lists crisis help of more regions."""
    article = page.tree.find(".//article")
    return BuiltPage(html5lib.serialize(article)).text() if article is not None else ""


def _seen(text: str) -> str:
    return " ".join(text.split())


def elements(data: bytes) -> set[tuple[str, frozenset[str]]]:
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(data)
    return {(str(each.tag), frozenset(each.keys())) for each in tree.iter()} | {("->", frozenset((where,))) for each in tree.iter() for where in _hosts(each)}


def _hosts(element: Any) -> Iterator[str]:
    """Yield what an element would load; a link that somebody may follow is free to stand in a description."""
    if element.tag == "a":
        return
    for name in ("href", "src", "action"):
        value = element.get(name, "")
        if re.match(r"[a-z]+:|//", value):
            yield re.sub(r"\d+", "0", value.split("?")[0].split("#")[0])


def keys(data: bytes) -> set[str]:
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.update(re.sub(r"\d+", "0", key) for key in value)
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(json.loads(data))
    return found


def tags(data: bytes) -> set[tuple[str, frozenset[str]]]:
    return {(each.tag, frozenset(each.keys())) for each in ElementTree.fromstring(data).iter()}


def cells(data: bytes) -> set[str]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    found = {"rows of several lengths"} if len({len(row) for row in rows}) > 1 else set()
    formulas = {f"a formula: {cell}" for row in rows for cell in row for line in re.split("[\r\n]", cell) if re.match(r"[\s\ufeff]*[=+@＝＋＠]|\s*-\D", line)}
    return found | formulas


def properties(data: bytes) -> set[str]:
    lines = re.sub(rb"\r\n[ \t]", b"", data).decode().split("\r\n")
    return {re.split("[:;]", line)[0] for line in lines}


def tokens(data: bytes) -> set[str]:
    return {each.type for token in MarkdownIt().parse(data.decode()) for each in (token, *(token.children or ()))}


def packed(data: bytes) -> set[tuple[str, frozenset[str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return set().union(*(elements(archive.read(name)) for name in archive.namelist()))


SHAPES: dict[str, Any] = {
    "html": elements, "json": keys, "geojson": keys, "xml": tags,
    "gz": lambda data: tags(gzip.decompress(data)), "csv": cells, "ics": properties, "txt": tokens, "zip": packed,
}  # fmt: skip


@cache
def _known(folder: Path, kind: str) -> frozenset[Any]:
    return frozenset(chain.from_iterable(SHAPES[kind](path.read_bytes()) for path in folder.rglob(f"*.{kind}")))


def allowed(site: BuiltSite, kind: str) -> frozenset[Any]:
    return _known(site.folder, kind)


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _values(each)


def _waiting(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _waiting(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for each in value:
            yield from _waiting(each, f"{path}[]")
    elif isinstance(value, str) and "@@" in value:
        yield path


def _bare(path: str) -> str:
    return path.replace("[]", "").replace("crisiss", "crisis")
