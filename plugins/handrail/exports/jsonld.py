"""Entries as search engines read them: schema.org terms as JSON-LD, one block a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from handrail.exports.dataset import Dataset
from handrail.model.directory import Directory
from handrail.model.hours import DAY, Hours
from handrail.model.region import Region
from handrail.model.values import Channel, Organization, Place, Service
from handrail.text import markdown, web
from handrail.text.escape import json_in_html
from handrail.views import contacts, urls
from handrail.views.context import GuideLink
from handrail.views.data import GROUPS, TYPES
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


def service(value: Service, data: Dataset, page: str) -> Data:
    """Return a service with its channels, hours and places. A service has no licence; the page about it has, and says whom to credit."""
    directory, usable = data.directory, value.is_open_to_people
    licence = directory.site.data_licence
    days = (value.added, value.changed, value.verified.date if value.verified else None)
    about = {
        "@type": "WebPage",
        "url": page,
        "license": licence[1] or licence[0],
        "creditText": directory.site.name,
        "dateModified": max(map(str, filter(None, days)), default=""),
    }
    return _stated(
        {
            "@type": "Service",
            "@id": page,
            "url": page,
            "name": value.name,
            "alternateName": list(value.alternate_names),
            "description": markdown.plain(value.description) if value.description else value.summary,
            "serviceType": data.t(f"kind.{value.kind}"),
            "provider": _organization(directory.organizations[value.organization]),
            "areaServed": [_area(directory.regions[region]) for region in value.coverage.regions],
            "audience": _audience(value),
            "sameAs": value.website if usable else "",
            "subjectOf": _stated(about),
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
            "about": [{"@type": "Thing", "name": directory.topics[topic].name} for topic in value.topics if topic in directory.topics],
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
    telephone = display if href.startswith(("tel:", "sms:")) else ""
    email = channel.value if channel.type == "email" else ""
    if telephone or email:
        point = _stated(
            {
                "@type": "ContactPoint",
                "contactType": channel.label or channel.type,
                "telephone": telephone,
                "email": email,
                "availableLanguage": list(channel.languages),
                "hoursAvailable": _hours(channel.hours),
            }
        )
        name = "serviceSmsNumber" if channel.type == "text" else "servicePhone"
        return _stated({"@type": "ServiceChannel", "name": channel.label, name: point, "availableLanguage": list(channel.languages)})
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
    """Return what is stated; nought and no are."""
    return {key: value for key, value in data.items() if value or value == 0}


def dataset(data: Dataset, files: Iterable[str]) -> Data:
    """Return the data page as the data set that it offers, with its files."""
    site, known = data.directory.site, set(files)
    listed = [path for paths in GROUPS.values() for path in paths if path in known and path.startswith("data/")]
    return _stated(
        {
            "@type": "Dataset",
            "@id": data.file(urls.destination(urls.DATA, data.directory_urls)),
            "url": data.file(urls.destination(urls.DATA, data.directory_urls)),
            "name": site.name,
            "description": site.description,
            "license": site.data_licence[1] or site.data_licence[0],
            "creditText": data.credit,
            "dateModified": data.fresh.isoformat(),
            "isAccessibleForFree": True,
            "inLanguage": site.language,
            "creator": {"@type": "Organization", "name": site.name},
            "distribution": [
                {"@type": "DataDownload", "name": path, "contentUrl": data.file(path), "encodingFormat": TYPES[PurePosixPath(path).suffix]} for path in listed
            ],
        }
    )


def of_page(source: str, data: Dataset, guides: Mapping[str, GuideLink], files: Iterable[str] = ()) -> str:
    """Return the block of a page, by its source path; empty for pages about nothing that schema.org knows."""
    directory = data.directory
    folder, _, name = source.removesuffix(".md").partition("/")
    if folder == "services" and name in directory.services:
        return block(service(directory.services[name], data, _address(source, data)))
    if folder == "organizations" and name in directory.organizations:
        return block(organization(directory.organizations[name], _address(source, data)))
    if source in guides:
        return block(guide(guides[source], directory, _address(source, data)))
    if source == urls.DATA and data.base:
        return block(dataset(data, files))
    return ""


def _address(source: str, data: Dataset) -> str:
    return urls.absolute(data.base, source, data.directory_urls)
