"""Pages that the directory makes, whose frame is rendered once for many.

A record's page is the theme's frame around a small body. The frame of all pages of one depth, section and strip is the
same but for a few places. It is rendered once, by MkDocs' own environment, for a page whose title, description, address
and body are marks; cut at the marks; and each page is joined from the pieces and its own values. No text that an author
wrote is ever searched for marks.

The first page of each frame is a page of MkDocs with all its events. The others are too where another plugin wants to see
them, and one whose context it changed is rendered whole. Where nobody does, MkDocs knows their files only.
"""

from __future__ import annotations

import copy
import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from handrail.output.store import digest
from handrail.pages.page import Page
from handrail.views import urls

TEMPLATE = "handrail-page.html"
WHOLE = "handrail-whole.html"
FULL = "main.html"
MARKS = {name: f"handrail:{name}:mark" for name in ("title", "description", "canonical", "body")}


class MadePage(MkDocsPage):
    """A page without Markdown: its body comes from the compiler."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig, *, framed: bool) -> None:
        super().__init__(None, file, config)
        self._made = {"title": html.escape(made.title), "description": html.escape(made.description), **({"template": TEMPLATE} if framed else {})}
        self.made = made
        self.frame: object = None
        """By which its frame is known: pages with the same have the same frame."""
        self.joined: Joined | None = None
        """How the page was put together, when it was."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Take title and description, escaped already, from the compiler."""
        self.markdown = ""
        self.meta = dict(self._made)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the content empty: there is no Markdown."""
        self.content = ""
        self.toc = TableOfContents([])


class MadeFile(File):
    """The file of a page that is written without MkDocs: authors may link to it, and the sitemap names it."""

    @classmethod
    def of(cls, made: Page, site_dir: str, directory_urls: bool, base: str) -> MadeFile:
        """Return the file of a page; ``base`` is the address of the site, or empty."""
        file = cls(made.source, None, site_dir, directory_urls, inclusion=InclusionLevel.NOT_IN_NAV)
        file.generated_by = "handrail"
        address = urls.destination(made.source, directory_urls)
        file.dest_uri = f"{address}index.html" if not address or address.endswith("/") else address
        file.page = MadeLeaf(made, file, base)  # type: ignore[assignment]
        return file

    @property
    def src_path(self) -> str:
        """Its source path, of which there is no file."""
        return self.src_uri

    @src_path.setter
    def src_path(self, value: str) -> None:  # MkDocs reads it as a path of the system, which takes a second for ten thousand entries
        self.src_uri = value

    def is_documentation_page(self) -> bool:
        """Return False: MkDocs builds what is one."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it to whoever writes it."""


class MadeLeaf:
    """A page that is written without MkDocs: what its frame and the sitemap need to know of it."""

    __slots__ = ("base", "file", "frame", "made", "update_date")
    is_link = False
    parent = None
    present_anchor_ids = None
    """Nothing: MkDocs does not judge links to places in it."""

    def __init__(self, made: Page, file: File, base: str) -> None:
        self.made = made
        self.file = file
        self.base = base
        self.frame: object = None
        """By which its frame is known."""
        self.update_date = ""

    @property
    def canonical_url(self) -> str | None:
        """Its address, as MkDocs gives it to its own pages."""
        return self.base + self.file.url if self.base else None

    abs_url = None

    @property
    def meta(self) -> dict[str, str]:
        """Title and description, escaped."""
        return {"title": html.escape(self.made.title), "description": html.escape(self.made.description)}


@dataclass(frozen=True, slots=True)
class Frame:
    """Pieces of a frame; ``order`` names the value that stands between one piece and the next."""

    pieces: tuple[str, ...]
    order: tuple[str, ...]
    key: str
    """A hash of it."""

    @classmethod
    def cut(cls, marked: str) -> Frame:
        """Return the frame of a page that holds marks in the place of values."""
        pieces: list[str] = []
        order: list[str] = []
        while found := min(((at, name) for name, mark in MARKS.items() if (at := marked.find(mark)) >= 0), default=None):
            at, name = found
            pieces.append(marked[:at])
            order.append(name)
            marked = marked[at + len(MARKS[name]):]
        return cls((*pieces, marked), tuple(order), digest("\0".join((*pieces, marked, *order)).encode()))

    @property
    def marked(self) -> str:
        """The page with marks in the place of values."""
        return self.around(MARKS)

    def around(self, values: Mapping[str, str]) -> str:
        """Return the page of some values."""
        parts = [self.pieces[0]]
        for name, piece in zip(self.order, self.pieces[1:], strict=True):
            parts.append(values[name])
            parts.append(piece)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Joined:
    """A page that was put together from a frame and values."""

    frame: Frame
    values: Mapping[str, str]
    safe: str | None
    """The body made safe, where that could be told from the body alone."""

    @property
    def text(self) -> str:
        """The whole page."""
        return self.frame.around(self.values)


def join(frame: Frame, page: MadePage | MadeLeaf, body: str, safe: str | None) -> Joined:
    """Return a page in its frame."""
    meta = page.meta
    values = {"title": meta["title"], "description": meta["description"], "canonical": page.canonical_url or "", "body": body}
    return Joined(frame, values, safe)


def frame_of(environment: Environment, context: Mapping[str, Any], page: MkDocsPage) -> Frame:
    """Return the frame of a page, as MkDocs' own environment renders it."""
    model = copy.copy(page)
    model.meta = {**page.meta, "title": MARKS["title"], "description": MARKS["description"]}
    model.canonical_url = MARKS["canonical"] if page.canonical_url else None
    return Frame.cut(environment.get_template(FULL).render({**context, "page": model, "hr": {**context["hr"], "body": MARKS["body"]}}))
