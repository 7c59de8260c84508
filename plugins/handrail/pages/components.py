"""The living page of components: each with its README and its examples, rendered by the very templates of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import markdown
import yaml
from markupsafe import Markup

from handrail.pages.environment import THEME
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.views.values import Link

INDEX = "build/components.md"
"""An author's page that asks for the components; without it a directory has no such pages."""


@dataclass(frozen=True, slots=True)
class Example:
    """A component with some values."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """One folder of ``theme/components``."""

    name: str
    readme: str
    macro: str
    examples: tuple[Example, ...]


@cache
def components() -> tuple[Component, ...]:
    """Return every component that has examples, by name."""
    found = []
    for path in sorted(THEME.glob("components/*/examples.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        examples = tuple(Example(each["name"], tuple(each["arguments"])) for each in data["examples"])
        found.append(Component(path.parent.name, (path.parent / "README.md").read_text("utf-8"), data["macro"], examples))
    return tuple(found)


def pages(make: Renderer) -> Iterator[Page]:
    """Yield a page for each component, and the page that lists them."""
    if INDEX not in make.written:
        return
    for component in components():
        yield _page(component, make)

    def index(content: str) -> str:
        on = make.on(INDEX)
        links = [Link(on.to(_source(component)), _title(component), make.t("components.examples", count=len(component.examples))) for component in components()]
        return make.render("components.html", crumbs=on.crumbs(), content=Markup(content), links=links, title="", examples=())

    yield Page(INDEX, make.t("components.title"), make.t("components.lead"), index)


def drawn(component: Component, example: Example, make: Renderer) -> str:
    """Return one example as HTML."""
    return make.macro(f"{component.name}/{component.name}.html", component.macro, *example.arguments)


def _page(component: Component, make: Renderer) -> Page:
    source = _source(component)

    def body(content: str) -> str:
        readme = component.readme.split("\n", 1)[1] if component.readme.startswith("# ") else component.readme
        examples = [(example.name, Markup(drawn(component, example, make))) for example in component.examples]
        return make.render("components.html", crumbs=make.on(source).crumbs((INDEX, make.t("components.title"))), title=_title(component), links=(),
                           content=Markup(markdown.markdown(readme, extensions=["tables"])), examples=examples)

    return Page(source, make.t("components.one", name=_title(component)), make.t("components.lead"), body)


def _source(component: Component) -> str:
    return f"build/components/{component.name}.md"


def _title(component: Component) -> str:
    return component.name.replace("-", " ").capitalize()

