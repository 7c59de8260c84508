"""Services in lists, and crisis help by country."""

from __future__ import annotations

from handrail.model.directory import Directory
from handrail.model.values import Channel, CrisisHelp, Service
from handrail.text import phone
from handrail.text.words import Words
from handrail.views import contacts, trust, urls, wording
from handrail.views.urls import Urls
from handrail.views.values import CardView, CrisisLine, CrisisView, Link, StripView


def card(service: Service, directory: Directory, t: Words, to: Urls) -> CardView:
    """Return a service as a list shows it."""
    channels = contacts.ordered(service)
    status = "" if service.status == "active" else t(f"status.{service.status}")
    return CardView(
        id=service.id, href=to(urls.service(service.id)), name=service.name, name_language=service.name_language, kind=t(f"kind.{service.kind}"),
        organization=directory.organizations[service.organization].name, summary=service.summary, for_whom=service.for_whom,
        contact=contacts.view(channels[0], service, directory, t, {}) if channels else None,
        more_contacts=tuple(dict.fromkeys(contacts.heading(channel, t) for channel in channels[1:])),
        where=wording.where(service.coverage, directory, t), cost=t(f"cost.{service.cost.kind}" if service.cost else "cost.not-stated"),
        trust=trust.entry(service, channels[0] if channels else None, directory, t), status=service.status, status_words=status,
    )


def crisis(help: CrisisHelp, directory: Directory, t: Words, to: Urls) -> CrisisView:
    """Return the crisis help of a country: emergency, immediate lines that are open at all hours, timed ones, and those of unknown hours."""
    region = directory.regions[help.region]
    lines = [directory.services[identifier] for identifier in help.lines if identifier in directory.services]
    now, timed, unknown = (tuple(line for service in lines if (line := _line(service, region.id, part, directory, t, to))) for part in _PARTS)
    fallback = directory.services.get(directory.site.helpline_directory)
    link = Link(to(urls.service(fallback.id)), t("crisis.directory", name=fallback.name)) if fallback else None
    return CrisisView(
        region=region.name, region_id=region.id, href=to(urls.HELP_NOW, f"help-{region.id}"), emergency_name=help.emergency.name,
        emergency_display=help.emergency.value, emergency_href=phone.tel(help.emergency.value), emergency_also=help.emergency.also,
        emergency_note=help.emergency.note, now=now, timed=timed, unknown=unknown, note=help.note,
        none="" if now or timed or unknown else t("crisis.none"), directory=link,
    )


def strip(region: str | None, directory: Directory, t: Words, to: Urls) -> StripView:
    """Return the crisis strip of a page about a region, or about none."""
    help = directory.crisis_for(region) if region else None
    if help:
        return StripView(crisis(help, directory, t, to), (), to(urls.HELP_NOW))
    return StripView(None, tuple(crisis(each, directory, t, to) for each in directory.crisis.values()), to(urls.HELP_NOW))


_PARTS = ("now", "timed", "unknown")


def _line(service: Service, region: str, part: str, directory: Directory, t: Words, to: Urls) -> CrisisLine | None:
    """Return a line with those of its immediate channels that belong to one part of the list."""
    chosen = [channel for channel in contacts.ordered(service) if channel.answers_at_once and _part(channel) == part]
    if not chosen:
        return None
    views = tuple(contacts.view(channel, service, directory, t, {}) for channel in chosen)
    where = "" if service.coverage.reaches(region, directory.regions) else wording.where(service.coverage, directory, t)
    return CrisisLine(service.name, to(urls.service(service.id)), service.summary, views, where)


def _part(channel: Channel) -> str:
    if channel.hours is None:
        return "unknown"
    if channel.hours.always:
        return "timed" if channel.hours.exceptions else "now"
    return "timed" if channel.hours.weekly or channel.hours.exceptions else "unknown"
