"""A build goes to a folder beside ``site_dir`` and takes its place when it is whole: a build that fails changes nothing.

MkDocs empties ``site_dir`` after ``on_config``; until then nothing was touched. With ``--strict``, warnings are counted by a
handler of MkDocs' own logger and looked at after the last event: a site with warnings is not put into place either.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from handrail.output import promotion
from handrail.output.promotion import Hold


@dataclass(slots=True)
class Place:
    """Where the site is built, and where it belongs."""

    site: str
    hold: Hold

    @classmethod
    def beside(cls, config: MkDocsConfig) -> Place | None:
        """Let the build go to a folder beside the site; None where there can be none, and the site is built in its place."""
        try:
            hold = promotion.begin(Path(config.site_dir))
        except promotion.BusyError:
            raise PluginError(f"another build is at work on {config.site_dir}; nothing was changed. Wait for its end, or build into another folder") from None
        if hold is None:
            return None
        place = cls(config.site_dir, hold)
        config.site_dir = str(hold.folder)
        return place

    def take(self, config: MkDocsConfig, written: Iterable[str] | None, *, keep: bool) -> bool:
        """Put the site into its place, unless warnings are to stop this build; return whether it was. For the rest see ``promotion.promote``."""
        config.site_dir = self.site
        if _warnings():
            return False
        self.hold.also(Path(self.site))
        promotion.promote(self.hold.folder, Path(self.site), written=written, keep=keep)
        self.hold.release()
        return True

    def leave(self) -> None:
        """Let nothing of an unfinished build stay."""
        if not self.hold.is_over:
            promotion.remove(self.hold.folder)
            self.hold.release()


def _warnings() -> int:
    counters = [each for each in logging.getLogger("mkdocs").handlers if isinstance(each, CountHandler)]
    return sum(count for counter in counters for _, count in counter.get_counts())
