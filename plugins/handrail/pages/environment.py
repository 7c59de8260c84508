"""Our own Jinja environment: everything is escaped, and an unknown name is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from handrail.output import icons
from handrail.text.words import Words
from handrail.views.context import MOST_CARDS
from handrail.views.values import CardView

THEME = Path(__file__).resolve().parent.parent / "theme"
"""Templates, styles and scripts of this project."""


@cache
def environment(language: str, words: Words) -> Environment:
    """Return the environment of a language; ``t`` gives words and ``icon`` gives an icon that is never alone."""
    made = Environment(
        loader=FileSystemLoader([THEME / "components", THEME / "pages"]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )
    made.globals.update(t=words, icon=icon, language=language, drawn=_Drawn(made))
    return made


class _Drawn:
    """Draws cards, each once: the same card stands in the lists of its region, its topics and its kind."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._cards: dict[tuple[int, int], tuple[CardView, Markup]] = {}

    def __call__(self, card: CardView, level: int) -> Markup:
        key = (id(card), level)
        kept = self._cards.get(key)
        if kept is not None and kept[0] is card:  # while it is kept no other card can have its identity
            return kept[1]
        if len(self._cards) >= MOST_CARDS:
            self._cards.clear()
        module: Any = self._environment.get_template("card/card.html").module
        html: Markup = module.card(card, level)
        self._cards[key] = (card, html)
        return html


@cache
def icon(name: str) -> Markup:
    """Return the place of an icon, which assistive technology passes over: the style sheet draws it."""
    if name not in icons.names():
        raise KeyError(name)
    return Markup(f'<span class="hr-icon hr-icon--{name}" aria-hidden="true"></span>')
