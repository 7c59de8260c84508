"""Our own templates: everything is escaped, and an unknown name is an error. MiniJinja renders them, in a third of Jinja's time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from minijinja import Environment

from handrail.output import icons
from handrail.text.words import Words
from handrail.views.context import MOST_CARDS

THEME = Path(__file__).resolve().parent.parent / "theme"
"""Templates, styles and scripts of this project."""


_FIXED = re.compile(r"\{\{ (?:t\('(?P<word>[\w.-]+)'(?P<values>(?:, \w+=[a-z_][\w.]*)*)\)|icon\('(?P<icon>[\w-]+)'\)) \}\}")
_VALUE = re.compile(r", (\w+)=([\w.]+)")
_PLACE = re.compile(r"\{(\w+)\}")


@cache
def templates(words: Words) -> Templates:
    """Return the templates of a language."""
    return Templates(words)


class Templates:
    """Templates of pages and components; ``t`` gives words and ``icon`` gives an icon that is never alone."""

    def __init__(self, words: Words) -> None:
        self._environment = Environment(loader=self._source, auto_escape_callback=lambda name: True, undefined_behavior="strict",
                                        trim_blocks=True, lstrip_blocks=True)
        self._environment.add_global("t", words)
        self._environment.add_global("icon", icon)
        self._environment.add_global("drawn", self._drawn)
        self._environment.add_global("language", words.language)
        self._words = words
        self._called: set[str] = set()
        self._kept: dict[tuple[int, str, tuple[Any, ...]], tuple[Any, str]] = {}

    def render(self, name: str, **values: Any) -> str:
        """Return a template as HTML; ``minijinja.TemplateError`` when it asks for what is not there."""
        # MiniJinja escapes the slash too. It is as harmless as itself, and addresses stay short and readable.
        return self._environment.render_template(name, **values).replace("&#x2f;", "/")

    def macro(self, template: str, name: str, *values: Any) -> str:
        """Return one component as HTML."""
        names = [f"a{number}" for number in range(len(values))]
        called = f"{template}:{name}:{len(values)}"
        if called not in self._called:
            self._called.add(called)
            self._environment.add_template(called, f'{{% from "{template}" import {name} %}}{{{{ {name}({", ".join(names)}) }}}}')
        return self.render(called, **dict(zip(names, values, strict=True)))

    def _source(self, name: str) -> str | None:
        """Return the text of a template."""
        paths = (THEME / folder / name for folder in ("components", "pages"))
        text = next((path.read_text("utf-8") for path in paths if path.is_file()), None)
        return text and self._fixed(text)

    def _fixed(self, text: str) -> str:
        """Return a template with its words and icons put in: once, and not whenever a page is made."""
        return _FIXED.sub(lambda found: icon(found["icon"]) if found["icon"] else self._put_in(found), text)

    def _put_in(self, found: re.Match[str]) -> str:
        """Return words as a piece of a template, their places filled by it; the call itself where a number decides which words they are."""
        values = dict(_VALUE.findall(found["values"]))
        if "count" in values and not self._words.has(found["word"]):
            return found[0]
        if not values:
            return str(escape(self._words(found["word"])))
        return _PLACE.sub(lambda place: f"{{{{ {values[place[1]]} }}}}", str(escape(self._words.texts[found["word"]])))

    def _drawn(self, values: Sequence[Any], template: str, macro: str, *more: Any) -> Markup:
        """Return values as they are drawn one by one, each once: the same card stands in the lists of its region, its topics and its kind."""
        parts = []
        for value in values:
            key = (id(value), macro, more)
            kept = self._kept.get(key)
            if kept is None or kept[0] is not value:  # while it is kept no other value can have its identity
                if len(self._kept) >= MOST_CARDS:
                    self._kept.clear()
                kept = self._kept[key] = (value, self.macro(template, macro, value, *more))
            parts.append(kept[1])
        return Markup("".join(parts))


@cache
def icon(name: str) -> Markup:
    """Return the place of an icon, which assistive technology passes over: the style sheet draws it."""
    if name not in icons.names():
        raise KeyError(name)
    return Markup(f'<span class="hr-icon hr-icon--{name}" aria-hidden="true"></span>')
