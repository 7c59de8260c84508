"""What was confirmed with the service, when and how, in words; and what is said once that is too long ago.

How long ago it was is told by the reader's browser: a page says the same whatever the day of its build.
"""

from __future__ import annotations

from handrail.model.directory import Directory
from handrail.model.freshness import contact_limit, newest, states_hours
from handrail.model.values import Channel, Service, Verification
from handrail.text.words import Words
from handrail.views import wording
from handrail.views.values import TrustView

_NOUNS = {"phone": "number", "text": "number", "textphone": "number", "relay": "number", "in-person": "address", "email": "address", "post": "address"}
_CALLED = frozenset(("phone", "textphone", "relay"))


def entry(service: Service, first: Channel | None, directory: Directory, t: Words) -> TrustView:
    """Return how an entry stands: its first contact decides, since that is what a reader would use."""
    if first:
        return channel(first, service, directory, t)
    return _view([(t("what.contacts"), service.verified)], contact_limit(service, directory.limits), _old(service, directory, t, call=False), t)


def channel(value: Channel, service: Service, directory: Directory, t: Words) -> TrustView:
    """Return how one way to reach a service stands: its number or address, and its hours where it states them."""
    checks = (value.verified, service.verified)
    parts = [(t(f"what.{_NOUNS.get(value.type, 'link')}"), newest(("contacts",), *checks))]
    if states_hours(value):
        parts.append((t("what.hours"), newest(("hours",), *checks)))
    return _view(parts, contact_limit(service, directory.limits), _old(service, directory, t, call=value.type in _CALLED), t)


def group(name: str, own: Verification | None, service: Service, directory: Directory, t: Words) -> TrustView | None:
    """Return how a group of facts stands; None where it stands as the whole entry does."""
    everything = [service.verified, own, service.access.verified, service.confidentiality.verified, *(each.verified for each in service.channels),
                  *(each.verified for each in service.places), *(each.verified for each in (service.cost, service.mentoring) if each)]
    check = newest((name,), own, service.verified)
    if not any(everything) or (check and check is service.verified and not check.what):
        return None
    limit = directory.limits.other
    if check is None:
        return TrustView(False, t("trust.part-none", what=t(f"what.{name}")), "", limit)
    return TrustView(True, _part(t(f"what.{name}"), check, t), check.date.isoformat(), limit, t("trust.old", count=limit))


def _view(parts: list[tuple[str, Verification | None]], limit: int, old: str, t: Words) -> TrustView:
    checks = [check for _, check in parts if check]
    if not checks:
        return TrustView(False, t("trust.none"), "", limit)
    oldest = min(check.date for check in checks)
    same = len(checks) == len(parts) and len({(check.date, check.how) for check in checks}) == 1
    if same and (len(parts) > 1 or not checks[0].what):
        words = t("trust.by", date=wording.day(oldest, t), how=t(f"how.{checks[0].how}"))
    else:
        said = [_part(what, check, t) if check else t("trust.part-none", what=what) for what, check in parts]
        words = "; ".join([said[0], *(part[:1].lower() + part[1:] for part in said[1:])])
    return TrustView(parts[0][1] is not None, words, oldest.isoformat(), limit, old)


def _part(what: str, check: Verification, t: Words) -> str:
    return t("trust.part", what=what, date=wording.day(check.date, t), how=t(f"how.{check.how}"))


def _old(service: Service, directory: Directory, t: Words, *, call: bool) -> str:
    """Return what is said of a check that is too long ago: of a crisis line never more than that another number helps too."""
    limit = contact_limit(service, directory.limits)
    if not service.crisis:
        return t("trust.old", count=limit)
    helps = {help.region: help for region in service.coverage.regions if (help := directory.crisis_for(region))}
    several = len(helps) > 1
    numbers = [t("trust.emergency", number=help.emergency.value, region=directory.regions[help.region].name) if several else help.emergency.value
               for help in helps.values()]
    emergency = t("trust.or", numbers=" / ".join(numbers)) if numbers else t("trust.emergency-unknown")
    return t("trust.old-call" if call else "trust.old-try", count=limit, emergency=emergency)
