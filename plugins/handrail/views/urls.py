"""Addresses: the only place that writes a link to one of our own pages or files.

A page is named by its source path, such as ``services/night-line.md``, whether an author wrote it or it is made.
All links are relative, so a site works under any folder and from a disk.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from handrail.model.values import Repository, Written
from handrail.text.web import mailto

HOME = "index.md"
HELP_NOW = "help-now.md"
FIND = "find.md"
ALL = "services/index.md"
ORGANIZATIONS = "organizations/index.md"
REGIONS = "regions/index.md"
TOPICS = "topics/index.md"
GUIDES = "guides/index.md"
WORKSHEETS = "worksheets/index.md"
WHICH_MODEL = "which-model.md"
PRIVACY = "about/privacy.md"
CHANGE = "contribute/change.md"
MY_LIST = "my-list.md"
DATA = "data/index.md"
API = "data/api.md"
LIST_CHUNKS = "assets/handrail/list/"
QR = "assets/handrail/vendor/lean-qr.js"
"""A copy of the package lean-qr, where it is installed."""


def service(identifier: str) -> str:
    """Return the page of a service."""
    return f"services/{identifier}.md"


def organization(identifier: str) -> str:
    """Return the page of an organization."""
    return f"organizations/{identifier}.md"


def region(identifier: str) -> str:
    """Return the page of a region."""
    return f"regions/{identifier}.md"


def topic(identifier: str) -> str:
    """Return the page of a topic."""
    return f"topics/{identifier}.md"


def region_topic(region_id: str, topic_id: str) -> str:
    """Return the page of a topic in a region."""
    return f"regions/{region_id}/{topic_id}.md"


def kind(identifier: str) -> str:
    """Return the page of a kind of service."""
    return f"kinds/{identifier}.md"


def audience(identifier: str) -> str:
    """Return the page of an audience."""
    return f"audiences/{identifier}.md"


def part(index: str, name: str) -> str:
    """Return a part of a list from A to Z whose first page is ``index``. No id has two hyphens in a row, so it is nobody else's address."""
    return f"{posixpath.dirname(index)}/a--z/{name}.md"


def guide(identifier: str) -> str:
    """Return the page of a guide."""
    return f"guides/{identifier}.md"


def worksheet(slug: str) -> str:
    """Return the page of a worksheet."""
    return f"worksheets/{slug}.md"


@dataclass(frozen=True, slots=True)
class Urls:
    """Links from one page to others: up to the root of the site and down from there.

    Pages of one depth write the same links, so what holds links can be rendered once for all of them.
    """

    up: str
    """From the page to the root of the site: ``../../``, or empty at the root."""
    directory_urls: bool = True
    """Whether pages are folders (``services/night-line/``) or files (``services/night-line.html``)."""

    @classmethod
    def of(cls, page: str, directory_urls: bool = True, root: str = "") -> Urls:
        """Return the links of a page, named by its source path.

        ``root`` is for ``404.html``, which is shown at any depth: the path at which the site stands, ending in a slash.
        """
        return cls(root or "../" * destination(page, directory_urls).count("/"), directory_urls)

    def __call__(self, target: str, fragment: str = "") -> str:
        """Return the link to a page (named by its source path) or to a file (any other path)."""
        link = (self.up + _path(target, self.directory_urls)) or "./"
        return f"{link}#{fragment}" if fragment else link


@lru_cache(maxsize=100_000)
def destination(source: str, directory_urls: bool) -> str:
    """Return the address of a page below the root of the site, as MkDocs forms it."""
    stem = source.removesuffix(".md")
    folder, name = posixpath.split(stem)
    if name in ("index", "README"):
        if directory_urls:
            return f"{folder}/" if folder else ""
        return posixpath.join(folder, "index.html")
    return f"{stem}/" if directory_urls else f"{stem}.html"


@lru_cache(maxsize=100_000)
def _path(target: str, directory_urls: bool) -> str:
    return quote(destination(target, directory_urls) if target.endswith(".md") else target)


def absolute(base: str, target: str, directory_urls: bool = True) -> str:
    """Return the full address of a page (named by its source path) or of a file; from the root of the site where the base is not known."""
    return base + _path(target, directory_urls)


def edit(repository: Repository | None, written: Written) -> str:
    """Return the address at which an entry's own file is edited, at its line where the host allows it; empty without a repository."""
    if repository is None:
        return ""
    path = quote(written.file)
    if repository.kind == "gitlab":
        return f"{repository.url}/-/edit/{quote(repository.branch)}/{path}"
    if repository.kind == "forgejo":
        return f"{repository.url}/_edit/{quote(repository.branch)}/{path}"
    return f"{repository.url}/edit/{quote(repository.branch)}/{path}"


def view_line(repository: Repository | None, written: Written) -> str:
    """Return the address that shows an entry's own line; empty without a repository."""
    if repository is None:
        return ""
    path, branch = quote(written.file), quote(repository.branch)
    middle = {"gitlab": f"-/blob/{branch}", "forgejo": f"src/branch/{branch}"}.get(repository.kind, f"blob/{branch}")
    return f"{repository.url}/{middle}/{path}#L{written.line}"


def suggest(repository: Repository | None, organization: str, service: str, written: Written, to: Urls) -> str:
    """Return where a change of an entry is proposed: the form, opened with it; for an entry of the root file its line in the repository."""
    if "/" in written.file:
        return to(CHANGE, f"org={organization}" + (f"&service={service}" if service else ""))
    return view_line(repository, written)


def report(corrections: str, organization: str, identifier: str, name: str) -> str:
    """Return the ``mailto:`` link that reports a mistake in an entry to the directory, with a copy to the organization's own address.

    Nothing of the reader's is in it.
    """
    body = f"About: {name} ({identifier})\n\nWhat is wrong:\n\nHow do you know:\n"
    return mailto(corrections, f"Correction: {identifier}", body, "" if organization == corrections else organization)
