"""The small safe Markdown of descriptions: paragraphs, **bold**, *italics*, lists, [links](https://…). Nothing else.

HTML, images, headings, code, entities and escapes stay the characters they are.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markupsafe import Markup

from handrail.text import web


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["emphasis", "link", "list"])
    parser.validateLink = lambda url: not web.problem(url)  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.core.ruler.push("links", _links)
    return parser


def _links(state: StateCore) -> None:
    """Give links to other sites their ``rel``, and take away links to nowhere: ``[x]()``, which no one is asked about."""
    for token in state.tokens:
        kept = []
        leads = True
        for child in token.children or ():
            if child.type == "link_open":
                leads = bool(child.attrs["href"])
                child.attrs = {"rel": "noopener noreferrer", **child.attrs}
            if leads or not child.type.startswith("link_"):
                kept.append(child)
        if token.children:
            token.children = kept


_SENTENCES = re.compile(r"(?=[A-Za-z])[^\n\r\t\x00*_\[\]\\`]*(?<!\s)")
"""A text of one line that holds no mark: all that the parser does to it is known."""


def render(text: str) -> Markup:
    """Return safe HTML. Links to other sites get ``rel="noopener noreferrer"``."""
    if _SENTENCES.fullmatch(text):
        return Markup(f"<p>{escapeHtml(text)}</p>\n")
    return Markup(_parser().render(text))


@lru_cache(1024)
def plain(text: str) -> str:
    """Return the text as it reads without marks, on one line."""
    if _SENTENCES.fullmatch(text):
        return " ".join(text.split())
    parts: list[str] = []
    for token in _parser().parse(text):
        if token.children:
            parts.append("".join(child.content if child.type == "text" else " " if child.type.endswith("break") else "" for child in token.children))
    return " ".join(" ".join(parts).split())
