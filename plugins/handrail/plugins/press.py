"""Pages that nobody else has a say in are put together and written here, in this process or in copies of it.

They stay pages of MkDocs: it knows their files, walks past each with all its events, and lists them in its sitemap. What it
would write for them goes nowhere, because they are written already, and one that did not change is linked from the site of
before. Where another plugin listens to an event of pages, nothing of this is done, and MkDocs writes them all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from handrail.output import crew
from handrail.output.crew import Helper
from handrail.output.folder import Folder
from handrail.plugins.made import MadePage
from handrail.plugins.safety import SafetyPlugin

LEAST = 2000
"""Pages from which copies of the process pay: below, one costs more than it saves."""
BLOCK = 64
"""Pages that one copy makes in a row: lists of one region show the same cards."""
NOWHERE = os.devnull

EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")


def heard_by_others(config: MkDocsConfig, *events: str) -> bool:
    """Return whether anybody but the plugins of this package listens to one of the events."""
    ours = tuple(plugin for name, plugin in config.plugins.items() if name.partition("/")[0] == "handrail")
    return any(not isinstance(owner := getattr(method, "__self__", None), BasePlugin) or owner not in ours
               for event in events for method in config.plugins.events[event])


class Press:
    """Puts pages together and writes them."""

    def __init__(self, folder: Folder, make: Callable[[MadePage], str], key: Callable[[MadePage], str], safety: SafetyPlugin | None) -> None:
        """``make`` returns a whole page, ``key`` a hash of what it is made from; what a copy finds out about its safety is carried over to ``safety``."""
        self._folder = folder
        self._make = make
        self._key = key
        self._safety = safety
        self._pages: list[MadePage] = []
        self._helpers: list[Helper] = []

    def start(self, pages: Sequence[MadePage]) -> None:
        """Begin with the pages, in copies of this process if that pays."""
        self._pages = list(pages)
        count = crew.processors() if len(pages) >= LEAST else 1
        if count > 1:
            self._helpers = [Helper(partial(self._work, share)) for share in self._shares(count)]

    @property
    def is_shared(self) -> bool:
        """Whether copies of this process are at work."""
        return bool(self._helpers)

    def take(self, page: MadePage) -> None:
        """Let a page be written, unless a copy of this process does it; what MkDocs writes for it goes nowhere."""
        if not self._helpers:
            self._write(page)
        page.file.abs_dest_path = NOWHERE

    def finish(self, step: Callable[[], None]) -> None:
        """Wait until every page is there; what a copy could not make is made here, where its error is told like any other."""
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
        for page in self._pages:  # whoever looks at the finished site finds its files
            vars(page.file).pop("abs_dest_path", None)

    def stop(self) -> None:
        """End the copies; what they wrote is left to whoever throws the folder away."""
        for helper in self._helpers:
            helper.stop()
        self._helpers = []

    def _shares(self, count: int) -> list[list[MadePage]]:
        blocks = [self._pages[start:start + BLOCK] for start in range(0, len(self._pages), BLOCK)]
        return [[page for block in blocks[number::count] for page in block] for number in range(count)]

    def _work(self, share: Sequence[MadePage]) -> Iterator[Any]:
        for start in range(0, len(share), BLOCK):
            block = share[start:start + BLOCK]
            for page in block:
                self._write(page)
            yield len(block)
        yield self._folder.prints, self._safety.state() if self._safety else None

    def _write(self, page: MadePage) -> None:
        key = self._key(page)
        if not (key and self._folder.keep(page.file.dest_uri, key)):
            self._folder.write(page.file.dest_uri, self._make(page).encode("utf-8", "xmlcharrefreplace"), key)

