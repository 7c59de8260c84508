"""What is due for a check: every contact and group of facts whose confirmation is older than its limit, or that never had one.

The only place that compares the registry with a day; it does so for reports, and no build or test fails by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.issues.issue import Issue
from handrail.model.directory import Directory
from handrail.model.freshness import standings
from handrail.model.values import Service
from handrail.registry.reading import Path
from handrail.registry.registry import Entry, Registry

HEADER = ("organization", "service", "what", "contact", "last checked", "due since", "crisis line", "where")


@dataclass(frozen=True, slots=True)
class Due:
    """One group of facts that is due."""

    organization: str
    """Name."""
    service: str
    """Id."""
    group: str
    contact: str
    """The number or address; empty for facts of the whole entry."""
    checked: date | None
    since: date | None
    """The first day on which the last check no longer counts; None when there never was one."""
    crisis: bool
    entry: Entry
    path: Path
    """The way to it inside the entry."""

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.entry.document.name}:{self.entry.document.marks.at((*self.entry.path, *self.path)).line}"


def due(registry: Registry, directory: Directory, today: date, within: int = 0, organization: str = "") -> list[Due]:
    """Return what is due on a day (or within some days after it), by organization, crisis lines and what is longest due first."""
    entries = {entry.id: entry for entry in registry.services}
    found = []
    for service in directory.services.values():
        if not service.is_open_to_people or (organization and service.organization != organization):
            continue
        positions = published_channels(entries[service.id])
        for standing in standings(service, directory.limits):
            since = standing.until + timedelta(days=1) if standing.until else None
            if since and since > today + timedelta(days=within):
                continue
            path: Path = () if standing.channel is None else ("channels", positions[standing.channel])
            contact = "" if standing.channel is None else service.channels[standing.channel].value
            found.append(Due(directory.organizations[service.organization].name, service.id, standing.group, contact, standing.confirmed, since,
                             service.crisis, entries[service.id], path))
    return sorted(found, key=lambda each: (each.organization.casefold(), not each.crisis, each.since or date.min, each.service))


def published_channels(entry: Entry) -> list[int]:
    """Return the positions, in the file, of the channels that are published."""
    return [index for index, channel in enumerate(entry.data.get("channels", ())) if channel.get("status", "published") == "published"]


def row(each: Due) -> tuple[str, ...]:
    """Return one line of the report."""
    return (each.organization, each.service, each.group, each.contact, each.checked.isoformat() if each.checked else "never",
            each.since.isoformat() if each.since else "", "yes" if each.crisis else "", each.place)


def by_organization(found: Sequence[Due]) -> dict[str, list[Due]]:
    """Return what is due, grouped by the name of the organization."""
    groups: dict[str, list[Due]] = {}
    for each in found:
        groups.setdefault(each.organization, []).append(each)
    return groups


def issues(found: Sequence[Due]) -> Iterator[Issue]:
    """Yield a warning for each check that is too long ago; what nobody ever checked is in the report only."""
    for each in found:
        if each.checked:
            message = f'"{each.service}": {each.group} last checked {each.checked.isoformat()}'
            yield each.entry.issue("W503", each.path, message, "check it with the service: handrail verify sheet", "contribute/upkeep/")


def over(directory: Directory, today: date) -> list[str]:
    """Return the ids of alerts whose last day is over: they show nowhere and can be deleted."""
    return [alert.id for alert in directory.alerts if alert.last < today]


def is_confirmed(service: Service) -> bool:
    """Return whether anybody ever checked anything of an entry with the service."""
    return bool(service.verified or any(channel.verified for channel in service.channels))
