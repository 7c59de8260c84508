"""Where a build goes: a folder beside the site, what of the old site is linked into it, and the files that are made while pages are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from handrail.compiler.files import Files, Made, together
from handrail.output import crew, promotion, store
from handrail.output.crew import Helper
from handrail.output.files import Asset
from handrail.output.folder import Folder, Print
from handrail.output.spare import Spare
from handrail.plugins import press
from handrail.plugins.place import Place

_VERSION = "prints 2"


class Promised(File):
    """A file that the directory writes itself: pages of authors may link to it."""

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it to whoever writes it."""


@dataclass(slots=True)
class Output:
    """Where one build goes."""

    folder: Folder
    place: Place | None
    prints: Path | None
    """Where it is kept how the files of the site are known; None while pages are served."""
    promised: tuple[str, ...] = ()
    _taken: frozenset[str] = frozenset()
    _theirs: tuple[str, ...] = ()
    """Paths of the files that MkDocs writes."""
    _helpers: tuple[Helper, ...] = ()

    @classmethod
    def of(cls, config: MkDocsConfig, registry: str, key: Iterable[str], before: Output | None, command: str) -> Output:
        """Let a build go to a folder beside the site, where there can be one; ``before`` is the build of before, while pages are served."""
        site = Path(config.site_dir)
        root = Path(config.config_file_path or ".").absolute().parent / registry
        prints = store.place(root, "site", site)
        place = Place.beside(config) if command != "dirty" else None
        # Whoever changes finished files would change those of the old site with them.
        old = site if place and site.is_dir() and not press.heard_by_others(config, "post_build") else None
        known: Mapping[str, Print] = {}
        if old:
            known = before.folder.prints if before else _prints(store.read(prints, _VERSION))
        folder = Folder(Path(config.site_dir), old, known, store.digest(repr(tuple(key)).encode()))
        return cls(folder, place, None if command == "serve" else prints)

    def begin(self, files: Files, taken: Iterable[str]) -> None:
        """Begin to make the files of the directory, in copies of this process if that pays; those that authors wrote are ``taken``."""
        if self.place:  # MkDocs has just emptied the folder
            self.folder.spare = Spare.moved(promotion.spare(Path(self.place.site)), self.folder.new, self.folder.known)
        self._taken = frozenset(taken)
        self.promised = tuple(path for path in files.promised if path not in self._taken)
        if len(files.render.directory.services) >= press.LEAST and crew.processors() > 1:
            self._helpers = tuple(Helper(partial(self._work, part), patient=number > 0) for number, part in enumerate(files.parts))
        else:
            files.made = files.make(self._put)

    def wait(self, files: Files) -> None:
        """Wait until the files are made."""
        if not self._helpers:
            return
        here = files.make_here(self._put)  # while the copies are busy
        found = [(part, helper.result()) for part, helper in zip(files.parts, self._helpers, strict=True)]
        self._helpers = ()
        for _, result in found:
            self.folder.prints |= result[2] if result else {}
        files.made = together((here, *(Made(result[0], result[1]) if result else part(self._put) for part, result in found)))

    def make_room(self, files: Iterable[str]) -> None:
        """Let nothing of the site of before be in the way of the files that MkDocs writes."""
        self._theirs = tuple(files)
        if spare := self.folder.spare:
            for path in self._theirs:
                spare.make_room(path)

    def take(self, config: MkDocsConfig) -> None:
        """Put the site into its place, and note how its files are known."""
        linked = self.folder.old is not None
        written = (*self._theirs, *(path.name for path in self.folder.new.iterdir() if path.is_file())) if linked else None  # the sitemap, headers
        pays = linked and len(self.folder.prints) >= press.LEAST
        if self.place and self.place.take(config, written, keep=pays) and self.prints:
            store.write(self.prints, _VERSION, self.folder.prints)

    def leave(self) -> None:
        """Let nothing of an unfinished build stay."""
        for helper in self._helpers:
            helper.stop()
        self._helpers = ()
        if self.place:
            self.place.leave()

    def close(self) -> None:
        """Leave nothing beside a site that was only served."""
        if self.place and not self.prints:
            promotion.remove(promotion.spare(Path(self.place.site)))

    def _put(self, asset: Asset) -> int:
        return len(asset.data) if asset.path in self._taken else self.folder.put(asset)

    def _work(self, part: Callable[[Callable[[Asset], int]], Made]) -> Iterator[Any]:
        made = part(self._put)
        yield made.sizes, made.search, self.folder.prints


def _prints(kept: Any) -> dict[str, Print]:
    """Return prints as they were kept; what is not shaped like one is left out."""
    found = kept.items() if isinstance(kept, dict) else ()
    return {path: (each[0], each[1], each[2]) for path, each in found if isinstance(each, list) and tuple(map(type, each)) == (str, int, int)}
