"""What stands in the data of others and is not read: said field by field, because what is left out in silence cannot be missed."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.imports.notes import Report
from handrail.imports.package import Object

_IDS = frozenset(
    (
        "id",
        "service_id",
        "organization_id",
        "location_id",
        "service_at_location_id",
        "phone_id",
        "contact_id",
        "program_id",
        "link_id",
        "link_entity",
        "taxonomy_term_id",
        "taxonomy_id",
    )
)
"""What ties objects together: it is used up in the nesting."""
READ: Mapping[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "service": "own_id name alternate_name description summary url email status interpretation_services application_process fees_description fees "
        "accreditations eligibility_description minimum_age maximum_age assured_date alert",
        "organization": "name alternate_name description email website legal_status",
        "identifier": "identifier identifier_scheme identifier_type",
        "phone": "number type extension description keyword",
        "schedule": "freq byday opens_at closes_at dtstart until",
        "area": "name service_area description extent extent_type",
        "at": "",
        "location": "name location_type description latitude longitude",
        "address": "address_1 address_2 city state_province postal_code country address_type",
        "accessibility": "description details",
        "language": "code name",
        "cost": "option amount amount_description",
        "url": "url label",
        "contact": "name",
        "attribute": "link_type value",
        "term": "code name taxonomy",
    }.items()
}
"""Fields that are read, by kind of object."""
BELOW: Mapping[str, str] = {
    "organization": "organization",
    "organization_identifiers": "identifier",
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "area",
    "service_at_locations": "at",
    "location": "location",
    "addresses": "address",
    "accessibility": "accessibility",
    "languages": "language",
    "cost_options": "cost",
    "additional_urls": "url",
    "contacts": "contact",
    "attributes": "attribute",
    "taxonomy_term": "term",
}
"""Kinds of the objects that stand inside others, by the field that holds them."""
OWN = "handrail"
"""Data of ours carries in attributes what HSDS has no field for; the words that repeat it for other readers are not missed."""


def note(service: Object, report: Report) -> None:
    """Note every field of a service that says something and is not read."""
    if not _is_ours(service):
        _note(service, "service", report)


def _is_ours(value: Object) -> bool:
    attributes = value.get("attributes")
    return isinstance(attributes, list) and any(isinstance(each, dict) and each.get("link_type") == OWN for each in attributes)


def _note(value: Object, kind: str, report: Report) -> None:
    for name, each in value.items():
        below = BELOW.get(name)
        if below and isinstance(each, (dict, list)):
            for inside in each if isinstance(each, list) else [each]:
                if isinstance(inside, dict):
                    _note(inside, below, report)
        elif name not in READ[kind] and name not in _IDS and each not in ("", None, [], {}):
            report.dropped(f"the field {name} of a{'n' if kind[0] in 'aeiou' else ''} {kind}: it is not read")
