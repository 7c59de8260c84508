"""Entries as search engines read them: schema.org terms as JSON-LD, one block a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.model.directory import Directory
from handrail.model.hours import DAY, Hours
from handrail.model.region import Region
from handrail.model.values import Channel, Organization, Place, Service
from handrail.text import markdown, web
from handrail.text.escape import json_in_html
from handrail.text.words import Words
from handrail.views import contacts, urls
from handrail.views.context import GuideLink
from handrail.views.hours import clock

Data = dict[str, Any]

CONTEXT = "https://schema.org"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KINDS = {
    "charity": "NGO",
    "peer-run": "NGO",
    "network": "NGO",
    "public-body": "GovernmentOrganization",
    "health-service": "MedicalOrganization",
    "university": "CollegeOrUniversity",
    "company": "Organization",
    "other": "Organization",
}
AREAS = {"country": "Country", "state": "State", "province": "State", "territory": "State", "city": "City"}


def block(data: Data) -> str:
    """Return the data block of a page; browsers do not run it."""
    return f'<script type="application/ld+json">{json_in_html({"@context": CONTEXT, **data})}</script>'


def service(value: Service, directory: Directory, t: Words, page: str) -> Data:
    """Return a service with its channels, hours and places."""
    usable = value.is_open_to_people
    return _stated(
        {
            "@type": "Service",
            "@id": page,
            "url": page,
            "name": value.name,
            "alternateName": list(value.alternate_names),
            "description": markdown.plain(value.description) if value.description else value.summary,
            "serviceType": t(f"kind.{value.kind}"),
            "provider": _organization(directory.organizations[value.organization]),
            "areaServed": [_area(directory.regions[region]) for region in value.coverage.regions],
            "audience": _audience(value),
            "sameAs": value.website if usable else "",
            "availableChannel": [*_channels(value), *_places(value, directory)] if usable else [],
        }
    )


def organization(value: Organization, page: str) -> Data:
    """Return an organization."""
    return _stated(
        {
            **_organization(value),
            "@id": page,
            "description": markdown.plain(value.description) if value.description else "",
            "alternateName": list(value.alternate_names),
            "identifier": [{"@type": "PropertyValue", "propertyID": scheme, "value": number} for scheme, number in value.identifiers],
        }
    )


def guide(value: GuideLink, directory: Directory, page: str) -> Data:
    """Return a guide. Nobody is named as a medical reviewer: only a person's real review may say so."""
    return _stated(
        {
            "@type": "Article",
            "@id": page,
            "url": page,
            "headline": value.title[:110],
            "description": value.answer,
            "inLanguage": directory.site.language,
            "about": [directory.topics[topic].name for topic in value.topics if topic in directory.topics],
            "isAccessibleForFree": True,
            "publisher": {"@type": "Organization", "name": directory.site.name},
            "author": {"@type": "Organization", "name": directory.site.name},
        }
    )


def _organization(value: Organization) -> Data:
    return _stated({"@type": KINDS[value.kind], "name": value.name, "url": value.website})


def _area(region: Region) -> Data:
    return _stated({"@type": AREAS.get(region.kind, "AdministrativeArea"), "name": region.name, "identifier": region.iso})


def _audience(value: Service) -> Data:
    ages = value.ages
    people = _stated({"suggestedMinAge": ages.min if ages else None, "suggestedMaxAge": ages.max if ages else None, "audienceType": value.for_whom})
    return {"@type": "PeopleAudience", **people} if people else {}


def _channels(value: Service) -> list[Data]:
    return [made for channel in contacts.ordered(value) if (made := _channel(channel))]


def _places(value: Service, directory: Directory) -> list[Data]:
    return [{"@type": "ServiceChannel", "serviceLocation": made} for place in value.places if (made := _place(place, directory))]


def _channel(channel: Channel) -> Data:
    """Return one way to reach a service; nothing for one that has no number and no address."""
    display, href = contacts.display_and_link(channel)
    point: Mapping[str, Any] = {
        "contactType": channel.label or channel.type,
        "telephone": display if href.startswith(("tel:", "sms:")) else "",
        "email": channel.value if channel.type == "email" else "",
        "availableLanguage": list(channel.languages),
        "hoursAvailable": _hours(channel.hours),
    }
    if point["telephone"] or point["email"]:
        phone = _stated({"@type": "ContactPoint", **point})
        name = "serviceSmsNumber" if channel.type == "text" else "servicePhone"
        return _stated({"@type": "ServiceChannel", "name": channel.label, name: phone, "availableLanguage": list(channel.languages)})
    if href.startswith("http") and not web.problem(href):
        return _stated({"@type": "ServiceChannel", "name": channel.label or channel.type, "serviceUrl": href, "availableLanguage": list(channel.languages)})
    return {}


def _hours(hours: Hours | None) -> list[Data]:
    """Return opening hours; none where they are not known. All day is 00:00 to 23:59, as schema.org has it."""
    if hours is None:
        return []
    spans: dict[tuple[int, int], list[str]] = {(0, DAY): list(DAYS)} if hours.always else {}
    for opening in hours.weekly:
        spans.setdefault((opening.opens, opening.closes), []).append(DAYS[opening.day])
    made: list[Data] = [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": clock(opens), "closes": _closing(closes)} for (opens, closes), days in spans.items()
    ]
    for exception in hours.exceptions:
        for opens, closes in exception.openings or ((0, 0),):
            made.append(
                {
                    "@type": "OpeningHoursSpecification",
                    "validFrom": exception.first.isoformat(),
                    "validThrough": exception.last.isoformat(),
                    "opens": clock(opens),
                    "closes": _closing(closes),
                }
            )
    return made


def _closing(minutes: int) -> str:
    return "23:59" if minutes == DAY else clock(minutes)


def _place(place: Place, directory: Directory) -> Data:
    """Return a place whose whole address may be shown; nothing of any other."""
    if place.visibility != "full":
        return {}
    country = directory.regions.country(place.region) if place.region in directory.regions else None
    address = _stated(
        {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "addressLocality": place.locality,
            "postalCode": place.postcode,
            "addressRegion": directory.regions[place.region].name if country and country.id != place.region else "",
            "addressCountry": country.iso if country else "",
        }
    )
    geo = (
        {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
        if place.latitude is not None and place.longitude is not None
        else {}
    )
    return _stated({"@type": "Place", "name": place.name, "address": address, "geo": geo, "openingHoursSpecification": _hours(place.hours)})


def _stated(data: Mapping[str, Any]) -> Data:
    return {key: value for key, value in data.items() if value not in ("", None, [], {}, ())}


def of_page(source: str, directory: Directory, t: Words, guides: Mapping[str, GuideLink], base: str, directory_urls: bool) -> str:
    """Return the block of a page, by its source path; empty for pages about nothing that schema.org knows."""
    page = urls.absolute(base, source, directory_urls)
    folder, _, name = source.removesuffix(".md").partition("/")
    if folder == "services" and name in directory.services:
        return block(service(directory.services[name], directory, t, page))
    if folder == "organizations" and name in directory.organizations:
        return block(organization(directory.organizations[name], page))
    if source in guides:
        return block(guide(guides[source], directory, page))
    return ""
