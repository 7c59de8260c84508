"""What was added, changed, closed or checked, as Atom (RFC 4287) and JSON Feed 1.1; dates are the registry's own, and those that git knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handrail.exports.dataset import Dataset
from handrail.exports.identity import uuid
from handrail.model.values import Service
from handrail.output.files import Asset
from handrail.text import escape

ATOM = "feed.xml"
JSON = "feed.json"
LONGEST = 50
"""Entries in a feed; the newest."""


@dataclass(frozen=True, slots=True, order=True)
class News:
    """Something that happened to an entry on a day."""

    day: date
    what: str
    """added, changed, verified or closed."""
    id: str


def news(data: Dataset) -> list[News]:
    """Return what happened, the newest first."""
    found = []
    for service in data.directory.services.values():
        gone = not service.is_open_to_people
        if service.added:
            found.append(News(service.added, "added", service.id))
        if gone and service.status_since:
            found.append(News(service.status_since, "closed", service.id))
        elif service.changed and service.changed != service.added:
            found.append(News(service.changed, "changed", service.id))
        if not gone:
            stated = {"added"} if service.added else set()
            found += [News(event.day, event.kind, service.id) for event in data.history.get(service.id, ()) if event.kind not in stated]
    return sorted(set(found), key=lambda each: (-each.day.toordinal(), each.what, each.id))[:LONGEST]


def files(data: Dataset) -> Iterator[Asset]:
    """Yield both feeds."""
    listed = [(each, data.directory.services[each.id]) for each in news(data)]
    yield Asset(ATOM, _atom(listed, data).encode())
    yield Asset(JSON, _json(listed, data).encode())


def _title(each: News, service: Service, data: Dataset) -> str:
    return data.t(f"feed.{each.what}", name=service.name)


def _atom(listed: list[tuple[News, Service]], data: Dataset) -> str:
    site = data.directory.site
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape.html(site.language)}">',
        f"<title>{_xml(site.name)}</title>",
        f"<subtitle>{_xml(site.description)}</subtitle>",
        f"<id>urn:uuid:{uuid('feed', site.name)}</id>",
        f"<updated>{max([data.fresh, *(each.day for each, _ in listed)]).isoformat()}T00:00:00Z</updated>",
        f"<author><name>{_xml(site.name)}</name></author>",
        f"<rights>{_xml(data.notice)}</rights>",
    ]
    if data.base:
        lines += [f'<link rel="self" href="{_xml(data.file(ATOM))}"/>', f'<link href="{_xml(data.base)}"/>']
    for each, service in listed:
        lines += [
            "<entry>",
            f"<title>{_xml(_title(each, service, data))}</title>",
            f"<id>urn:uuid:{uuid('news', each.id, each.what, each.day.isoformat())}</id>",
            f"<updated>{each.day.isoformat()}T00:00:00Z</updated>",
            f'<link href="{_xml(data.page(service))}"/>',
            f"<summary>{_xml(service.summary)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _xml(text: str) -> str:
    """Return text for XML, which cannot hold control characters even as entities."""
    return escape.html(escape.terminal(text))


def _json(listed: list[tuple[News, Service]], data: Dataset) -> str:
    site = data.directory.site
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "description": site.description,
        "language": site.language,
        "items": [
            {
                "id": uuid("news", each.id, each.what, each.day.isoformat()),
                "url": data.page(service),
                "title": _title(each, service, data),
                "content_text": service.summary,
                "date_published": f"{each.day.isoformat()}T00:00:00Z",
                "tags": [each.what],
            }
            for each, service in listed
        ],
        "authors": [{"name": site.name, **({"url": data.base} if data.base else {})}],
        "_handrail": {key: value for key, value in data.about.items() if key in ("licence", "licence_url", "attribution", "updated")},
    }
    if data.base:
        made = {**made, "home_page_url": data.base, "feed_url": data.file(JSON)}
    return json.dumps(made, ensure_ascii=False, indent=1)
