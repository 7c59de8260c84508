"""Files that are made of the whole directory: the search, open data, what the form and the list page read, small pages for others.

They are many and need no other page, so whoever puts the site together may let them be made in a process of their own.
Three pages need to know of them: the find page, the page of all data and the health page are made after them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from handrail.compiler import finding
from handrail.exports import everything
from handrail.exports.dataset import Dataset
from handrail.model.guide import Guide, Library
from handrail.output.files import Asset
from handrail.pages import contribute, standalone
from handrail.pages.carried import Carrier
from handrail.pages.site import Renderer
from handrail.registry.registry import Registry
from handrail.search.build import SearchFiles
from handrail.views.data import GROUPS
from handrail.views.upkeep import TABLE


@dataclass(frozen=True, slots=True)
class Made:
    """What pages need to know of the files."""

    sizes: dict[str, int]
    """Bytes of each file, by its path."""
    search: tuple[str, int] | None
    """What the find page carries, and how many services can be found; None without a search."""


def together(parts: Iterable[Made]) -> Made:
    """Return what is known of the files of several parts."""
    sizes: dict[str, int] = {}
    search = None
    for part in parts:
        sizes |= part.sizes
        search = search or part.search
    return Made(sizes, search)


@dataclass(slots=True)
class Files:
    """The files of one site."""

    render: Renderer
    registry: Registry
    library: Library
    gaps: Callable[[], str]
    """Returns the table of gaps as CSV. What it counts stands in pages too, and is counted once."""
    known: Callable[[], bytes]
    """Returns what the form asks about the registry."""
    with_search: bool
    data: Dataset
    heavy: bool
    """Whether HSDS, booklets and packs stand beside the pages."""
    _made: Made | None = field(default=None)

    @property
    def guides(self) -> Sequence[Guide]:
        """The guides, which can be searched for too."""
        return tuple(self.library.guides.values())

    @property
    def made(self) -> Made:
        """What is known of the files: a ``RuntimeError`` before they are made."""
        if self._made is None:
            raise RuntimeError("a page asks for files that are not made yet")
        return self._made

    @made.setter
    def made(self, made: Made) -> None:
        self._made = made

    def make(self, put: Callable[[Asset], int]) -> Made:
        """Hand over each file, of which ``put`` tells the bytes; return what is known of them all then."""
        return together(part(put) for part in (*self.parts, self.make_here))

    @property
    def parts(self) -> tuple[Callable[[Callable[[Asset], int]], Made], ...]:
        """What makes most of the files, in parts that need nothing of each other, the longest first: copies of the process may do it."""
        others = (self._make_data, self._make_small)
        return (self._make_search, *others) if self.with_search else others

    def make_here(self, put: Callable[[Asset], int]) -> Made:
        """Make what the process that makes the late pages needs anyway."""
        return Made({TABLE: put(Asset(TABLE, self.gaps().encode()))}, None)

    def _make_search(self, put: Callable[[Asset], int]) -> Made:
        built = finding.build_search(self.render, self.guides)
        return Made({path: put(Asset(path, data)) for path, data in built.files}, (built.config, built.count))

    def _make_data(self, put: Callable[[Asset], int]) -> Made:
        return _made(everything.files(self.data, self.render.guides, referral_too=self.heavy), put)

    def _make_small(self, put: Callable[[Asset], int]) -> Made:
        return _made(chain(
            contribute.files(self.render, self.registry, self.known()),
            standalone.embeds(self.render, self.data.fresh),
            standalone.packs(self.render, self.data.fresh, Carrier(self.render, self.library).guides),
        ), put)

    @property
    def promised(self) -> tuple[str, ...]:
        """Paths of the files that pages of authors may link to."""
        left_out = {*(() if self.render.base else ("opensearch.xml",)), *(() if self.heavy else GROUPS["standards"])}
        return tuple(path for paths in GROUPS.values() for path in paths if path not in left_out)

    @property
    def search(self) -> SearchFiles:
        """The search as the find page needs to know it."""
        config, count = self.made.search or ("", 0)
        return SearchFiles((), config, count)


def _made(files: Iterable[Asset], put: Callable[[Asset], int]) -> Made:
    return Made({file.path: put(file) for file in files}, None)
