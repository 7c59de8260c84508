"""The examples of components are their tests."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from handrail.pages.components import components, drawn
from handrail.pages.environment import THEME
from handrail.pages.site import Renderer
from handrail.text.words import words
from tests.site.language import build_site

NAMES = [component.name for component in components()]
CASES = [(component, example) for component in components() for example in component.examples]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def make():
    return Renderer(None, words("en"))  # type: ignore[arg-type]  # components know no directory


@pytest.mark.parametrize("folder", sorted(path for path in THEME.glob("components/*") if path.is_dir()), ids=lambda path: path.name)
def test_every_component_has_a_template_a_readme_and_examples(folder: Path):
    for name in (f"{folder.name}.html", "README.md", "examples.yaml"):
        assert (folder / name).is_file(), name


@pytest.mark.parametrize(("component", "example"), CASES, ids=lambda value: value.name)
def test_an_example_is_drawn_and_nothing_hostile_comes_alive(component, example, make):
    tree = html5lib.parseFragment(drawn(component, example, make), namespaceHTMLElements=False)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img", "iframe", "object", "embed", "style", "base", "meta"}
    for element in tree.iter():
        assert not [name for name in element.attrib if str(name).lower().startswith("on")]
        assert not str(element.get("href", "")).lower().startswith(("javascript:", "data:"))


def test_there_is_a_hostile_example_of_every_component_that_takes_texts(make):
    for component in components():
        takes_texts = any(isinstance(each, (str, dict, list)) and each for example in component.examples for each in example.arguments)
        assert not takes_texts or any("hostile" in example.name for example in component.examples), component.name


def test_hostile_texts_are_shown_as_they_are_written(make):
    component = next(each for each in components() if each.name == "card")
    hostile = next(each for each in component.examples if "hostile" in each.name)
    text = "".join(html5lib.parseFragment(drawn(component, hostile, make)).itertext())
    assert HOSTILE in text


def test_the_living_pages_stand_where_an_author_asks_for_them(tmp_path):
    site = build_site(tmp_path, pages={"build/components.md": "Pages are made of these.\n"})
    assert site.page("build/components").says("Pages are made of these.")
    for name in NAMES:
        page = site.page(f"build/components/{name}")
        ids = [element.get("id") for element in page.tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), [each for each in ids if ids.count(each) > 1]


def test_a_directory_without_that_page_has_none_of_them(tmp_path):
    assert not build_site(tmp_path).has_page("build/components/card")
