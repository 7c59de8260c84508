"""One table for people with a spreadsheet: a service a line; nothing in it can act as a formula.

Licence and attribution are the last two columns of every line: a comment above the table would end up in the data, a file beside it is
left behind, and a line that is copied into another table keeps its columns.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from handrail.exports.dataset import Dataset
from handrail.model.values import Service
from handrail.output.files import Asset
from handrail.text.escape import csv_cell
from handrail.views import handover, wording

_PLAIN = re.compile(r"(?:[0-9A-Za-z][^\"\n\r]*)?\Z")
"""A cell that needs nothing but its quotes: most are such."""
_STARTS = frozenset(("", *string.ascii_letters, *string.digits))
PATH = "data/services.csv"
COLUMNS = (
    "id",
    "name",
    "organization",
    "kind",
    "status",
    "summary",
    "for_whom",
    "ages",
    "topics",
    "audiences",
    "regions",
    "phone",
    "phone_hours",
    "text",
    "keyword",
    "text_hours",
    "email",
    "chat",
    "website",
    "address",
    "cost",
    "languages",
    "crisis",
    "confirmed",
    "added",
    "changed",
    "page",
)
"""Those of the entry; the two of the licence follow."""


def file(data: Dataset) -> Asset:
    """Return the table, with a byte order mark: without it a common spreadsheet takes UTF-8 for something else."""
    same = _line(list(data.stamp.values()))
    lines = [f"{_line(_row(service, data))},{same}" for service in data.directory.services.values()]
    return Asset(PATH, ("\ufeff" + "\r\n".join([",".join((*COLUMNS, *data.stamp)), *lines, ""])).encode())


def _line(cells: Sequence[str]) -> str:
    # Whether every cell is plain is seen at once in most lines.
    line = '","'.join(cells)
    if _STARTS.issuperset([text[:1] for text in cells]) and line.count('"') == 2 * len(cells) - 2 and "\n" not in line and "\r" not in line:
        return f'"{line}"'
    return ",".join([f'"{text}"' if _PLAIN.match(text) else csv_cell(text) for text in cells])


def _row(service: Service, data: Dataset) -> list[str]:
    """Return the cells of a service, but for the last two."""
    directory, t = data.directory, data.t
    reach = handover.ways(service, directory, t) if service.is_open_to_people else []
    first = {way.type: way for way in reversed(reach)}
    channels = {channel.type: channel for channel in reversed(service.channels)}

    def value(kind: str) -> str:
        return first[kind].display if kind in first else ""

    return [
        service.id,
        service.name,
        directory.organizations[service.organization].name,
        service.kind,
        service.status,
        service.summary,
        service.for_whom,
        wording.ages(service.ages, t),
        "; ".join(service.topics),
        "; ".join(service.audiences),
        "; ".join(service.coverage.regions),
        value("phone"),
        first["phone"].hours if "phone" in first else "",
        value("text"),
        channels["text"].keyword if "text" in first else "",
        first["text"].hours if "text" in first else "",
        value("email"),
        first["chat"].href if "chat" in first else "",
        service.website if service.is_open_to_people else "",
        "; ".join(filter(None, map(handover.address, service.places))) if service.is_open_to_people else "",
        service.cost.kind if service.cost else "",
        "; ".join(service.languages),
        "yes" if service.crisis else "",
        service.verified.date.isoformat() if service.verified else "",
        service.added.isoformat() if service.added else "",
        service.changed.isoformat() if service.changed else "",
        data.page(service),
    ]
