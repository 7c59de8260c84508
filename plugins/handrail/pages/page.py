"""A page of the site: where it is, what it is called, and how its body is made when its turn comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from handrail.model.values import Written


@dataclass(frozen=True, slots=True)
class Page:
    """One page. Nothing of it is rendered before it is asked for, so that ten thousand need little memory."""

    source: str
    """Path that names the page, such as ``services/night-line.md``; an author's file of this path is its content."""
    title: str
    """Plain text, not escaped."""
    description: str
    make: Callable[[str], str]
    """Return the body as HTML, given the HTML of what the author wrote (empty for pages that are wholly made)."""
    region: str = ""
    """Id of the region the page is about, for the crisis strip; empty for pages about none."""
    section: str = ""
    """Source path of the page in the navigation whose tab is lit."""
    written: Written | None = None
    """Where the entry is written."""
    scripts: tuple[str, ...] = ()
    """Names of further scripts of ours that this page needs."""
    key: Callable[[], str] | None = None
    """Returns a hash of what its body is made from, beside what every page is made from; None when it is made again whenever something changed."""
    is_late: bool = False
    """Whether it needs to know of the files of the site, and so is made after them."""
    changed: date | None = None
    """The last day on which something that it shows changed, as far as the registry says."""
    refresh: str = ""
    """Source path of the page at which a reader arrives instead, for an address that moved."""
