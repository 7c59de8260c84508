"""Every file that others, and our own list page, take from the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handrail.exports import handlist
from handrail.model.directory import Directory
from handrail.output.files import Asset
from handrail.text.words import Words
from handrail.views.context import GuideLink


def files(directory: Directory, t: Words, guides: Sequence[GuideLink] = (), base: str = "", directory_urls: bool = True) -> Iterator[Asset]:
    """Yield every file; the same directory gives the same bytes on every day."""
    since = fresh(directory)
    yield from handlist.chunks(directory, guides, t, directory.vocabulary, since, directory_urls)


def fresh(directory: Directory) -> date:
    """Return the last day on which an entry was added, changed or checked, as the registry says; 2000-01-01 where it says nothing."""
    days = [day for service in directory.services.values()
            for day in (service.added, service.changed, service.verified.date if service.verified else None) if day]
    return max(days, default=date(2000, 1, 1))
