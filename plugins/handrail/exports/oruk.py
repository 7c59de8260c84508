"""The Open Referral UK profile: HSDS 3.0 without the fields that the profile takes out, and with its own words for some.

Telephones stand at a contact here: the profile has none at the service. Readers of HSDS that look at contacts find them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.exports.hsds import Object
from handrail.exports.identity import uuid

KEPT = (
    "id",
    "organization_id",
    "name",
    "description",
    "url",
    "email",
    "status",
    "accreditations",
    "minimum_age",
    "maximum_age",
    "assured_date",
    "alert",
    "last_modified",
)
"""Fields of a service that the profile keeps as they are."""


def service(made: Object) -> Object:
    """Return a service in the profile, from one in HSDS."""
    kept: Object = {name: made[name] for name in KEPT if name in made}
    further: dict[str, Any] = {
        "fees": made.get("fees_description"),
        "schedules": list(_schedules(made)),
        "service_areas": [
            {"id": each["id"], "service_area": each["name"], "name": each["name"], "extent": each["extent"], "extent_type": each["extent_type"]}
            for each in made.get("service_areas", ())
        ],
        "service_at_locations": [{"id": each["id"], "location": _location(each["location"])} for each in made.get("service_at_locations", ())],
        "organization": _organization(made["organization"]),
        "cost_options": made.get("cost_options"),
        "contacts": [_contact(made)] if made.get("phones") else [],
        "attributes": [
            {"id": each["id"], "link_type": each["link_type"], "taxonomy_term": each["taxonomy_term"]} for each in made["attributes"] if "taxonomy_term" in each
        ],
    }
    kept.update((name, each) for name, each in further.items() if each)
    return kept


def _organization(value: Object) -> Object:
    return {name: value[name] for name in ("id", "name", "description", "email", "website", "organization_identifiers") if name in value}


def _location(value: Object) -> Object:
    kept: Object = {name: value[name] for name in ("id", "location_type", "name", "description", "latitude", "longitude", "addresses") if name in value}
    if "accessibility" in value:
        kept["accessibility"] = [{"id": each["id"], "accessibility": each["description"]} for each in value["accessibility"]]
    return kept


def _schedules(made: Object) -> Iterator[Object]:
    """Yield the hours of the service, and those of its places, for which the profile has room at the service only."""
    yield from (_without(each, "attributes") for each in made.get("schedules", ()))
    for at in made.get("service_at_locations", ()):
        for each in at["location"].get("schedules", ()):
            yield {**_without(each, "attributes"), "service_at_location_id": at["id"]}


def _contact(made: Object) -> Object:
    phones = [{name: each[name] for name in ("id", "number", "description") if name in each} for each in made["phones"]]
    return {"id": uuid("contact", made["id"]), "name": made["name"], "phones": phones}


def _without(value: Object, name: str) -> Object:
    return {key: each for key, each in value.items() if key != name}
