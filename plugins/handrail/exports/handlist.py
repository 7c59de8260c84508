"""What the list page needs of each service, in a few dozen files: a host that watches sees a number, not a name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial

from handrail.exports import calendar, vcard
from handrail.exports.dataset import Dataset
from handrail.model.directory import Directory
from handrail.model.values import Service
from handrail.output.files import Asset
from handrail.views import handover, urls
from handrail.views.context import GuideLink

IN_A_CHUNK = 24
"""Services in one file, on average."""


def chunk_count(directory: Directory) -> int:
    """Return into how many files the services are spread."""
    return max(1, len(directory.services) // IN_A_CHUNK)


def chunk_of(identifier: str, count: int) -> int:
    """Return the file in which a service is found; the browser computes the same (FNV-1a over ASCII)."""
    value = 2166136261
    for byte in identifier.encode("ascii"):
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value % count


def chunks(data: Dataset, guides: Sequence[GuideLink]) -> Iterator[Asset]:
    """Yield the files, and one for the guides."""
    directory = data.directory
    count = chunk_count(directory)
    groups: list[list[Service]] = [[] for _ in range(count)]
    for service in directory.services.values():
        if service.is_open_to_people:
            groups[chunk_of(service.id, count)].append(service)

    def chunk(group: list[Service]) -> bytes:
        return _json({service.id: _item(service, data) for service in group})

    for number, group in enumerate(groups):
        yield Asset(f"{urls.LIST_CHUNKS}{number}.json", partial(chunk, group), f"{directory.print_of(group)} {[each.id for each in group]} {data.fresh}")
    to = data.directory_urls
    pages = {
        guide.source.removesuffix(".md").removeprefix("guides/"): {"n": guide.title, "u": urls.destination(guide.source, to), "l": guide.answer}
        for guide in guides
    }
    yield Asset(f"{urls.LIST_CHUNKS}guides.json", _json(pages))


def _item(service: Service, data: Dataset) -> dict[str, object]:
    """Return the item of the list page, with its ready vCard (``v``) and events (``i``, their zones ``z``), openly and in ``q`` discreetly."""
    directory, t, vocabulary = data.directory, data.t, data.directory.vocabulary
    reach = handover.ways(service, directory, t)
    safe = handover.discreet_ways(service, vocabulary, t, reach)
    made = handover.item(service, reach, safe, directory, t, data.directory_urls)
    made["v"] = vcard.card(service, reach, data)
    quiet = made["q"]
    assert isinstance(quiet, dict)
    quiet["v"] = vcard.discreet_card(service, safe[0], vocabulary, t)
    if service.meetings:
        made["i"] = calendar.events(service, data)
        made["z"] = [calendar.zone(name) for name in calendar.zones(service)]
        quiet["i"] = calendar.discreet_events(service, data.fresh, vocabulary, t)
    return made


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=False).encode()
