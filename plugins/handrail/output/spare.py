"""The site of two builds ago is the folder in which the next one is made: most of its files are those of the site of one build ago.

To make ten thousand folders and to remove as many takes a disk longer than to write what an edit changed. So a large site that
was replaced is kept beside the new one, as ``.site.spare``. Its files are other names of those that readers get, but for what
changed since, so it takes little space. It may be deleted at any time.

Nobody writes into a file of it: what is still the same stays, everything else is removed before another file takes its place.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from handrail.output import promotion


@dataclass(slots=True)
class Spare:
    """What lies in the folder of a new site before anything is made. Paths are from its root, with slashes."""

    folder: Path
    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    _left: set[str] = field(default_factory=set)
    """Folders from which a file was removed."""

    @classmethod
    def moved(cls, spare: Path, new: Path, known: Collection[str]) -> Spare:
        """Move a spare site into an empty folder; of its files only those that are ``known`` as our own stay."""
        found = cls(new)
        if known and spare.is_dir() and not spare.is_symlink():
            for each in spare.iterdir():
                each.rename(new / each.name)
            paths, found.folders = promotion.files(new)
            names = set(paths)
            found.files = {path for path in known if path in names}
            for path in names - found.files:
                found._remove(path)
        promotion.remove(spare)
        return found

    def make_room(self, path: str) -> None:
        """Let nothing be in the way of a file that somebody else writes."""
        if path in self.folders:
            promotion.remove(self.folder / path)
            self.folders = {each for each in self.folders if each != path and not each.startswith(f"{path}/")}
            self.files = {each for each in self.files if not each.startswith(f"{path}/")}
        self.clear(path)

    def clear(self, path: str) -> None:
        """Let no file be where a path, or a folder on the way to it, is to be."""
        while path:
            if path in self.files:
                self._remove(path)
                self.files.discard(path)
            path = path.rpartition("/")[0]

    def sweep(self, kept: Collection[str]) -> None:
        """Remove what is no part of the new site."""
        for path in self.files.difference(kept):
            self._remove(path)
        for folder in self._left:
            with contextlib.suppress(OSError):  # until a folder holds something
                while folder:
                    (self.folder / folder).rmdir()
                    folder = folder.rpartition("/")[0]
        self.files, self.folders, self._left = set(), set(), set()

    def _remove(self, path: str) -> None:
        promotion.remove(self.folder / path)
        self._left.add(path.rpartition("/")[0])
