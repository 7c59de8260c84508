"""How long a confirmation counts. Everything here is a fact of the registry: which day it is plays no part.

A reader's browser, a search and a report bring their own day and compare it with ``until``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.model.values import Channel, Limits, Service, Verification


@dataclass(frozen=True, slots=True)
class Standing:
    """How one group of an entry's facts stands."""

    group: str
    """contacts, hours, cost, access, coverage, places, mentoring, confidentiality or waiting."""
    channel: int | None
    """Position among the published channels; None for facts of the whole entry."""
    confirmed: date | None
    """The day of the last check with the service; None when nobody ever did."""
    limit: int
    """Days for which a check counts."""

    @property
    def until(self) -> date | None:
        """The last day on which the check counts."""
        return self.confirmed + timedelta(days=self.limit) if self.confirmed else None


@dataclass(frozen=True, slots=True)
class Freshness:
    """What a list needs to know of an entry to put what is confirmed before what is not."""

    until: date | None
    """The last day on which its contacts count as confirmed; None when nobody ever confirmed them."""
    sinks: bool
    """Whether it stands lower in lists after that day. False for crisis lines: they never do."""


def freshness(service: Service, limits: Limits) -> Freshness:
    """Return how an entry stands; its best confirmed contact counts."""
    limit = contact_limit(service, limits)
    days = [check.date for channel in service.channels if (check := newest(("contacts",), channel.verified, service.verified))]
    if not days and service.verified and _covers(service.verified, "contacts"):
        days = [service.verified.date]
    return Freshness(max(days) + timedelta(days=limit) if days else None, not service.crisis)


def contact_limit(service: Service, limits: Limits) -> int:
    """Return the days for which a check of the contacts of a service counts."""
    return limits.crisis if service.crisis else limits.contacts


def newest(groups: tuple[str, ...], *checks: Verification | None) -> Verification | None:
    """Return the newest of some checks that covers one of the groups; the first of several of one day."""
    fitting = [check for check in checks if check and any(_covers(check, group) for group in groups)]
    return max(fitting, key=lambda check: check.date) if fitting else None


def contacts(service: Service, limits: Limits) -> Iterator[Standing]:
    """Yield how each contact stands."""
    limit = contact_limit(service, limits)
    for position, channel in enumerate(service.channels):
        yield _standing("contacts", position, limit, channel.verified, service.verified)


def standings(service: Service, limits: Limits) -> Iterator[Standing]:
    """Yield how every group of facts that the entry states stands."""
    for position, (channel, contact) in enumerate(zip(service.channels, contacts(service, limits), strict=True)):
        yield contact
        if states_hours(channel):
            yield _standing("hours", position, contact.limit, channel.verified, service.verified)
    whole = service.verified
    if service.cost:
        yield _standing("cost", None, limits.other, service.cost.verified, whole)
    if any(value is not None for value in (service.access.referral, service.access.id, service.access.insurance, service.access.appointment)):
        yield _standing("access", None, limits.other, service.access.verified, whole)
    yield _standing("coverage", None, limits.other, whole)
    for place in service.places:
        yield _standing("places", None, limits.other, place.verified, whole)
    if service.mentoring:
        yield _standing("mentoring", None, limits.other, service.mentoring.verified, whole)
    if service.waiting:
        yield Standing("waiting", None, service.waiting.as_of, limits.contacts)


def states_hours(channel: Channel) -> bool:
    """Return whether a channel states hours that can be right or wrong."""
    return channel.hours is not None and channel.hours.is_known


def _standing(group: str, channel: int | None, limit: int, *checks: Verification | None) -> Standing:
    check = newest((group,), *checks)
    return Standing(group, channel, check.date if check else None, limit)


def _covers(check: Verification, group: str) -> bool:
    return not check.what or group in check.what
