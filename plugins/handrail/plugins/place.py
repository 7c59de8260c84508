"""A build goes to a folder beside ``site_dir`` and takes its place when it is whole: a build that fails changes nothing.

MkDocs empties ``site_dir`` after ``on_config``; until then nothing was touched. With ``--strict``, warnings are counted by a
handler of MkDocs' own logger and looked at after the last event: a site with warnings is not put into place either.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import CountHandler

from handrail.output import promotion


@dataclass(slots=True)
class Place:
    """Where the site is built, and where it belongs."""

    site: str
    new: Path

    @classmethod
    def beside(cls, config: MkDocsConfig) -> Place | None:
        """Let the build go to a folder beside the site; None where there can be none, and the site is built in its place."""
        new = promotion.beside(Path(config.site_dir))
        if not promotion.can_stand(new):
            return None
        place = cls(config.site_dir, new)
        config.site_dir = str(new)
        return place

    def take(self, config: MkDocsConfig) -> bool:
        """Put the site into its place, unless warnings are to stop this build; return whether it was."""
        config.site_dir = self.site
        if _warnings():
            return False
        promotion.promote(self.new, Path(self.site))
        return True

    def leave(self) -> None:
        """Let nothing of an unfinished build stay."""
        promotion.remove(self.new)


def _warnings() -> int:
    counters = [each for each in logging.getLogger("mkdocs").handlers if isinstance(each, CountHandler)]
    return sum(count for counter in counters for _, count in counter.get_counts())
