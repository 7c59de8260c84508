"""Our own Jinja environment: everything is escaped, and an unknown name is an error."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

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
def _icons() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load((THEME / "icons.yaml").read_text("utf-8"))
    return loaded


@cache
def _icon_folder() -> Path | None:
    found = find_spec("material")
    return Path(found.origin).parent / "templates" / ".icons" if found and found.origin else None


@cache
def icon(name: str) -> Markup:
    """Return the icon of a name as inline SVG that assistive technology passes over; nothing where the theme is not installed."""
    folder = _icon_folder()
    path = folder / f"{_icons()[name]}.svg" if folder else None
    if path is None or not path.is_file():
        return Markup("")
    svg = path.read_text("utf-8").replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return Markup(f'<span class="hr-icon" aria-hidden="true">{svg}</span>')
