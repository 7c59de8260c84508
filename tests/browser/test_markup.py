"""The HTML of the site: valid, ordered, named."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
import yaml

from tests.browser.conftest import ROOT
from tests.browser.pages import PAGES

HERE = Path(__file__).parent
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ALLOWED = yaml.safe_load((HERE / "vnu-allowed.yaml").read_text("utf-8"))
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def files(site: Path) -> list[Path]:
    return [site / "404.html" if path.startswith("no-such") else site / path / "index.html" for path in PAGES.values()]


@functools.cache
def tree(path: Path):
    return html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)


def validity(paths: list[Path]) -> list[str]:
    if shutil.which("java") is None:
        pytest.skip("the Nu checker needs java")
    command = ["java", "-jar", str(VNU), "--format", "gnu", "--exit-zero-always", "--skip-non-html", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    messages = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return [line for line in messages if not any(re.search(each["message"], line) for each in ALLOWED)]


def test_pages_are_valid_html_but_for_what_is_written_down(site):
    assert validity(files(site)) == []


@pytest.mark.deep
def test_every_page_is_valid_html(site):
    """Only what a hostile example of a component says itself may be wrong: it is harmless, and on purpose no address."""
    assert [line for line in validity([site]) if "/build/components/" not in line or "<script>" not in line] == []


@pytest.mark.parametrize("number", range(len(PAGES)), ids=list(PAGES))
def test_headings_have_one_top_and_no_gaps(site, number):
    body = tree(files(site)[number]).find("body")
    later = {part for whole in body.iter() if whole.tag == "template" or whole.get("hidden") is not None for part in whole.iter()}
    levels = [(int(each.tag[1]), "".join(each.itertext()).strip()) for each in body.iter() if each.tag in HEADINGS and each not in later]
    in_page = [level for level in levels if level[1] != "All pages"]
    assert [level for level, _ in in_page].count(1) == 1
    assert in_page[0][0] == 1
    for (before, _), (after, text) in pairwise(in_page):
        assert after <= before + 1, text
    assert all(text for _, text in levels)


def test_every_page_has_a_title_of_its_own(site):
    titles = Counter(re.search(r"<title>(.*?)</title>", path.read_text("utf-8"), re.DOTALL)[1].strip() for path in site.rglob("*.html"))
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize("number", range(len(PAGES)), ids=list(PAGES))
def test_ids_are_given_once_and_references_lead_somewhere(site, number):
    page = tree(files(site)[number])
    ids = Counter(each.get("id") for each in page.iter() if each.get("id"))
    assert [each for each, count in ids.items() if count > 1] == []
    wanted = set()
    for each in page.iter():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"):
            wanted.update((each.get(name) or "").split())
        if (each.get("href") or "").startswith("#"):
            wanted.add(each.get("href")[1:])
    assert sorted(wanted - set(ids) - {""}) == []


def test_links_between_pages_lead_to_places_that_exist(site):
    seen: dict[Path, set[str]] = {}

    def places(path: Path) -> set[str]:
        if path not in seen:
            seen[path] = {each.get("id") for each in tree(path).iter() if each.get("id")}
        return seen[path]

    broken = []
    for path in files(site):
        if path.name == "404.html":
            continue
        for link in tree(path).iter("a"):
            target, _, fragment = (link.get("href") or "").partition("#")
            if not target or re.match(r"[a-z]+:", target) or "?" in target:
                continue
            file = (path.parent / target).resolve()
            file = file / "index.html" if target.endswith(("/", ".")) or file.is_dir() else file
            if not file.is_file() or (fragment and "=" not in fragment and file.suffix == ".html" and fragment not in places(file)):
                broken.append(f"{path.relative_to(site)}: {link.get('href')}")
    assert broken == []


def test_every_page_says_its_language(site):
    assert [path for path in files(site) if tree(path).get("lang") != "en"] == []


@pytest.mark.parametrize("number", range(len(PAGES)), ids=list(PAGES))
def test_fields_have_labels_and_pictures_have_words(site, number):
    page = tree(files(site)[number])
    labelled = {each.get("for") for each in page.iter("label")} | {field for label in page.iter("label") for field in label.iter()}
    for field in (*page.iter("input"), *page.iter("textarea"), *page.iter("select")):
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("type") == "hidden"
        assert named or field in labelled or field.get("id") in labelled, field.attrib
    assert all(image.get("alt") is not None for image in page.iter("img"))
