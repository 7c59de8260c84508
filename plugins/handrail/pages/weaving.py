"""Directives become HTML while Markdown is read: an extension of Python-Markdown, in which no finished HTML is ever searched.

Blocks are found by the same scanner that checked them, before anything else reads the text; what they become goes into
Markdown's own stash, whose marks no author can write. Sources and services inside sentences are inline patterns like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from handrail.registry import directives
from handrail.registry.directives import Block


@dataclass(frozen=True, slots=True)
class Woven:
    """What the directives of one page become."""

    block: Callable[[Block, int], str]
    """HTML of a block; the number counts the blocks of the page."""
    service: Callable[[str], str]
    """HTML of a service inside a sentence."""
    sources: Callable[[list[str]], str]
    """HTML of the numbers that lead to sources."""
    plain: bool
    """Whether HTML and images of the author stay the characters they are, and links lead to pages only."""


class Weaving(Extension):
    """Weaves the page that is named last; without one it changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.woven: Woven | None = None

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the patterns of the page."""
        woven = self.woven
        if woven is None:
            return
        if woven.plain:
            md.preprocessors.deregister("html_block")
            for name in ("html", "image_link", "image_reference", "short_image_ref", "autolink", "automail"):
                md.inlinePatterns.deregister(name)
            md.treeprocessors.register(_Links(md), "handrail_links", 1)
        # After blanks and line ends are made equal (30), before code, HTML and lists are looked for.
        md.preprocessors.register(_Blocks(md, woven), "handrail_blocks", 29)
        # After code (190) and escapes (180), before links (170 and below), whose brackets are alike.
        md.inlinePatterns.register(_Inline(directives.CITATION, md, lambda text: woven.sources(directives.keys(text))), "handrail_sources", 176)
        md.inlinePatterns.register(_Inline(directives.REFERENCE, md, woven.service), "handrail_service", 175)


class _Blocks(Preprocessor):
    def __init__(self, md: Markdown, woven: Woven) -> None:
        super().__init__(md)
        self.woven = woven

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        parts: list[str] = []
        end = note = 0
        for number, block in enumerate(directives.scan(text).blocks, 1):
            note = number if block.name == "note" else note
            number = note if block.name == "end" else number
            parts += [text[end:block.offset], "\n\n", self.md.htmlStash.store(self.woven.block(block, number)), "\n\n"]
            end = block.offset + block.length
        return "".join([*parts, text[end:]]).split("\n")


class _Inline(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, make: Callable[[str], str]) -> None:
        super().__init__(pattern, md)
        self.make = make

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        return self.md.htmlStash.store(self.make(m.group(1).strip())), m.start(0), m.end(0)


class _Links(Treeprocessor):
    def run(self, root: Any) -> None:
        for link in root.iter("a"):
            if directives.link_problem(str(link.get("href", ""))):
                link.attrib.pop("href", None)
            elif str(link.get("href", "")).startswith("https:"):
                link.set("rel", "noopener noreferrer")
