"""Pages that nobody else has a say in are put together and written here, in this process or in copies of it.

MkDocs knows their files, so that authors can link to them, and lists them in its sitemap. One that did not change is linked
from the site of before. Where another plugin listens to an event of pages, or looks at what MkDocs knows of all pages,
nothing of this is done, and MkDocs writes them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from handrail.output import crew
from handrail.output.crew import Helper
from handrail.output.folder import Folder
from handrail.plugins.made import MadeLeaf
from handrail.plugins.safety import SafetyPlugin

LEAST = 2000
"""Pages from which copies of the process pay: below, one costs more than it saves."""
BLOCK = 64
"""Pages that one copy makes in a row: lists of one region show the same cards."""
EVENTS = (
    "nav", "pre_page", "page_read_source", "page_markdown", "page_content", "env", "pre_template", "template_context", "post_template", "page_context",
    "post_page",
)
"""Events with which a plugin sees pages, one by one or all."""


def heard_by_others(config: MkDocsConfig, *events: str) -> bool:
    """Return whether anybody but the plugins of this package listens to one of the events."""
    ours = tuple(plugin for name, plugin in config.plugins.items() if name.partition("/")[0] == "handrail")
    return any(not isinstance(owner := getattr(method, "__self__", None), BasePlugin) or owner not in ours
               for event in events for method in config.plugins.events[event])


class Press:
    """Puts pages together and writes them."""

    def __init__(self, folder: Folder, make: Callable[[MadeLeaf], str], key: Callable[[MadeLeaf], str], safety: SafetyPlugin | None) -> None:
        """``make`` returns a whole page, ``key`` a hash of what it is made from; what a copy finds out about its safety is carried over to ``safety``."""
        self._folder = folder
        self._make = make
        self._key = key
        self._safety = safety
        self._pages: list[MadeLeaf] = []
        self._helpers: list[Helper] = []

    def start(self, pages: Sequence[MadeLeaf]) -> None:
        """Begin with the pages, in copies of this process if that pays."""
        self._pages = list(pages)
        count = crew.processors() if len(pages) >= LEAST else 1
        if count > 1:
            self._helpers = [Helper(partial(self._work, share), patient=True) for share in self._shares(count)]

    def finish(self, step: Callable[[], None]) -> None:
        """Wait until every page is there; what a copy could not make is made here, where its error is told like any other."""
        for page in () if self._helpers else self._pages:
            self._write(page)
            step()
        shares = self._shares(len(self._helpers)) if self._helpers else []
        open_ = [(share, helper.messages()) for share, helper in zip(shares, self._helpers, strict=True)]
        self._helpers = []
        while open_:
            for each in list(open_):
                share, messages = each
                try:
                    message = next(messages)
                except (EOFError, StopIteration) as ended:
                    open_.remove(each)
                    if isinstance(ended, EOFError):
                        for page in share:
                            self._write(page)
                    continue
                if isinstance(message, int):
                    for _ in range(message):
                        step()
                else:
                    prints, state = message
                    self._folder.prints.update(prints)
                    if self._safety:
                        self._safety.merge(state)

    def stop(self) -> None:
        """End the copies; what they wrote is left to whoever throws the folder away."""
        for helper in self._helpers:
            helper.stop()
        self._helpers = []

    def _shares(self, count: int) -> list[list[MadeLeaf]]:
        blocks = [self._pages[start:start + BLOCK] for start in range(0, len(self._pages), BLOCK)]
        return [[page for block in blocks[number::count] for page in block] for number in range(count)]

    def _work(self, share: Sequence[MadeLeaf]) -> Iterator[Any]:
        for start in range(0, len(share), BLOCK):
            block = share[start:start + BLOCK]
            for page in block:
                self._write(page)
            yield len(block)
        yield self._folder.prints, self._safety.state() if self._safety else None

    def _write(self, page: MadeLeaf) -> None:
        key = self._key(page)
        if not (key and self._folder.keep(page.file.dest_uri, key)):
            self._folder.write(page.file.dest_uri, self._make(page).encode("utf-8", "xmlcharrefreplace"), key)

