"""Every file that others, and our own list page, take from the site."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from handrail.exports import calendar, csv, feeds, geojson, handlist, hsds, jsonapi, llms, opensearch, oruk, tables
from handrail.exports.dataset import Dataset
from handrail.model.directory import Directory
from handrail.output.files import Asset
from handrail.text.words import Words
from handrail.views.context import GuideLink

LARGE = 2000
"""Services above which HSDS, the profile of the UK, booklets and packs are left to the command line unless the site asks for them: HSDS alone is
three quarters of all bytes, and 10,000 services take it 3 seconds of each build."""
HSDS = "data/hsds/3.0/"
ORUK = "data/oruk/3.0/"


def files(data: Dataset, guides: Sequence[GuideLink] = (), *, referral_too: bool = True) -> Iterator[Asset]:
    """Yield every file; the same directory and history give the same bytes on every day."""
    yield from handlist.chunks(data, guides)
    yield from open_data(data, referral_too=referral_too)
    yield from feeds.files(data)
    if data.base:
        yield opensearch.file(data)
    yield llms.file(data, guides, with_hsds=referral_too)


def is_large(directory: Directory) -> bool:
    """Return whether the referral standards are left to ``handrail export``."""
    return len(directory.services) > LARGE


def open_data(data: Dataset, *, referral_too: bool = True) -> Iterator[Asset]:
    """Yield the files of data/."""
    yield from jsonapi.files(data)
    yield csv.file(data)
    yield geojson.file(data)
    if referral_too:
        yield from referral(data)
    yield from meetings(data)


def updated(directory: Directory, t: Words) -> date:
    """Return the day of the last change."""
    return Dataset(directory, t).fresh


def referral(data: Dataset) -> Iterator[Asset]:
    """Yield HSDS as JSON and as tables, and the profile of the UK, all from services that are made once."""
    services = hsds.Services(data.directory, data.t)
    made = list(services)
    yield _page(f"{HSDS}services.json", made, data)
    yield _page(f"{HSDS}organizations.json", list(services.organizations.values()), data)
    yield from tables.files(services, made, data)
    yield _page(f"{ORUK}services.json", [oruk.service(each) for each in made], data)


def meetings(data: Dataset) -> Iterator[Asset]:
    """Yield all meetings as one calendar. There is no address book of everything: nobody wants thousands of contacts in a phone."""
    meeting = [service for service in data.directory.services.values() if service.is_open_to_people and service.meetings]
    events = [event for service in meeting for event in calendar.events(service, data)]
    yield Asset("data/meetings.ics", calendar.calendar(events, [name for service in meeting for name in calendar.zones(service)], data))


def _page(path: str, contents: list[hsds.Object], data: Dataset) -> Asset:
    """Return objects in the envelope of an HSDS list, all on one page, with the licence beside it."""
    envelope = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "publication": data.about,
        "contents": contents,
    }
    return Asset(path, json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode())
