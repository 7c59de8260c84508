"""HSDS as tables: one CSV file an object, and the ``datapackage.json`` that describes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handrail.exports.dataset import Dataset
from handrail.exports.hsds import Object, Services
from handrail.exports.identity import uuid
from handrail.output.files import Asset
from handrail.text.escape import csv_cell

FOLDER = "data/hsds/3.0/tables/"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "alternate_name", "description", "email", "website"),
    "organization_identifiers": ("id", "organization_id", "identifier_scheme", "identifier_type", "identifier"),
    "services": (
        "id",
        "organization_id",
        "name",
        "alternate_name",
        "description",
        "url",
        "email",
        "status",
        "interpretation_services",
        "application_process",
        "fees_description",
        "accreditations",
        "eligibility_description",
        "minimum_age",
        "maximum_age",
        "assured_date",
        "alert",
        "last_modified",
    ),
    "phones": ("id", "service_id", "number", "extension", "type", "description"),
    "schedules": (
        "id",
        "service_id",
        "location_id",
        "freq",
        "byday",
        "opens_at",
        "closes_at",
        "dtstart",
        "until",
        "valid_from",
        "valid_to",
        "description",
        "notes",
    ),
    "service_areas": ("id", "service_id", "name", "description", "extent", "extent_type"),
    "service_at_location": ("id", "service_id", "location_id"),
    "locations": ("id", "location_type", "name", "description", "latitude", "longitude"),
    "addresses": ("id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "accessibility": ("id", "location_id", "description", "details"),
    "languages": ("id", "service_id", "phone_id", "name", "code"),
    "cost_options": ("id", "service_id", "option", "amount", "amount_description"),
    "urls": ("id", "service_id", "label", "url"),
    "attributes": ("id", "link_id", "link_entity", "link_type", "taxonomy_term_id", "value"),
    "taxonomy_terms": ("id", "code", "name", "description", "taxonomy", "taxonomy_id"),
    "taxonomies": ("id", "name", "description"),
}
NUMBERS = frozenset(("extension", "minimum_age", "maximum_age", "latitude", "longitude", "amount"))
REQUIRED = {
    "phones": ("number",),
    "services": ("name", "status", "organization_id"),
    "organizations": ("name", "description"),
    "service_at_location": ("service_id", "location_id"),
    "locations": ("location_type",),
    "cost_options": ("service_id",),
    "attributes": ("link_id", "link_entity"),
    "addresses": ("address_1", "city", "country", "address_type"),
    "taxonomy_terms": ("name", "description"),
    "taxonomies": ("name", "description"),
}
_PLAIN = re.compile(r"[0-9A-Za-z(][^\"\n\r]*\Z|\+[0-9 ().\-]+\Z")
"""Texts that need no look: they start with a letter or digit and have one line, or are a number in international form."""


def cell(value: object) -> str:
    """Return a value for a table that programs read: a number in international form stays as it is, because it can do nothing but be a number."""
    if isinstance(value, str):
        return f'"{value}"' if _PLAIN.match(value) else csv_cell(value)
    return "" if value is None else str(value)


def files(services: Services, made: Iterable[Object], data: Dataset) -> Iterator[Asset]:
    """Yield the tables, and what describes them."""
    rows: dict[str, list[str]] = {name: [] for name in COLUMNS}

    def add(table: str, values: Mapping[str, Any]) -> None:
        rows[table].append(",".join(cell(values.get(column)) for column in COLUMNS[table]))

    for organization in services.organizations.values():
        add("organizations", organization)
        for each in organization.get("organization_identifiers", ()):
            add("organization_identifiers", {**each, "organization_id": organization["id"]})
        _attributes("organization", organization, add)
    for service in made:
        _service(service, add)
    for term in services.terms():
        add("taxonomy_terms", {**term, "taxonomy_id": uuid("taxonomy", term["taxonomy"])})
    for name in dict.fromkeys(term["taxonomy"] for term in services.terms()):
        add("taxonomies", {"id": uuid("taxonomy", name), "name": name, "description": f"{name} of {data.directory.site.name}"})
    for table, lines in rows.items():
        yield Asset(f"{FOLDER}{table}.csv", "\r\n".join([",".join(COLUMNS[table]), *lines, ""]).encode())
    yield Asset(f"{FOLDER}datapackage.json", json.dumps(package(data), ensure_ascii=False, indent=1).encode())


def _service(service: Object, add: Any) -> None:
    key = {"service_id": service["id"]}
    add("services", service)
    for phone in service.get("phones", ()):
        add("phones", {**phone, **key})
        for language in phone.get("languages", ()):
            add("languages", {**language, "phone_id": phone["id"]})
        _attributes("phone", phone, add)
    for table, name in (
        ("schedules", "schedules"),
        ("service_areas", "service_areas"),
        ("languages", "languages"),
        ("cost_options", "cost_options"),
        ("urls", "additional_urls"),
    ):
        for each in service.get(name, ()):
            add(table, {**each, **key})
            _attributes(name.removesuffix("s"), each, add)
    for at in service.get("service_at_locations", ()):
        location = at["location"]
        here = {"location_id": location["id"]}
        add("service_at_location", {**at, **key, **here})
        add("locations", location)
        _attributes("location", location, add)
        for table, name in (("addresses", "addresses"), ("accessibility", "accessibility"), ("schedules", "schedules")):
            for each in location.get(name, ()):
                add(table, {**each, **here})
                _attributes(name.removesuffix("s"), each, add)
    _attributes("service", service, add)


def _attributes(kind: str, value: Object, add: Any) -> None:
    for each in value.get("attributes", ()):
        term = each.get("taxonomy_term")
        add("attributes", {**each, "link_id": value["id"], "link_entity": kind, "taxonomy_term_id": term["id"] if term else None})


def package(data: Dataset) -> dict[str, Any]:
    """Return the description of the tables (Frictionless Tabular Data Package)."""
    site = data.directory.site
    licence, address = site.data_licence
    made: dict[str, Any] = {
        "name": "handrail-hsds",
        "title": site.name,
        "description": site.description,
        "profile": "tabular-data-package",
        "version": "3.0",
        "created": f"{data.fresh.isoformat()}T00:00:00Z",
        "contributors": [{"title": data.credit}],
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"primaryKey": "id", "fields": [_field(name, column) for column in columns]},
            }
            for name, columns in COLUMNS.items()
        ],
    }
    if licence:
        made["licenses"] = [{"title": licence, "path": address}]
    return made


def _field(table: str, column: str) -> dict[str, Any]:
    made: dict[str, Any] = {"name": column, "type": "number" if column in NUMBERS else "string"}
    if column == "id":
        made["constraints"] = {"required": True, "unique": True}
    elif column in REQUIRED.get(table, ()):
        made["constraints"] = {"required": True}
    return made
