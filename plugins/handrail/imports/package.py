"""HSDS packages as services with everything nested in them: JSON (a page, a list or one object), a folder of either, tables of 3.0, tables of 1.x."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from handrail.imports.notes import Report
from handrail.issues.issue import HandrailError

Object = dict[str, Any]
Row = dict[str, str]

LARGEST = 400_000_000
"""Bytes that are read from one file at most."""
DAYS = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}


USED = frozenset(
    (
        "organizations",
        "organization_identifiers",
        "services",
        "phones",
        "schedules",
        "service_areas",
        "service_at_location",
        "locations",
        "addresses",
        "accessibility",
        "languages",
        "cost_options",
        "urls",
        "attributes",
        "taxonomy_terms",
        "taxonomies",
    )
)
"""Tables of HSDS 3 that are read."""
USED_OLDER: Mapping[str, str] = {
    "organizations": "id name alternate_name description website",
    "locations": "id organization_id name latitude longitude virtual accessibility website email languages",
    "addresses": "id location_id address_1 address_2 city state_province postal_code country",
    "phones": "id location_id service_id number number_type extension department",
    "services": "id location_id name alternate_name description website email status eligibility audience fees application_process interpretation_services "
    "languages service_areas keywords taxonomy_ids",
    "regular_schedules": "id location_id service_id weekday opens_at closes_at",
    "taxonomy": "id taxonomy_id name",
}
"""Columns of the tables of HSDS 1 that are read."""


def services(path: Path, report: Report | None = None) -> list[Object]:
    """Return the services of a package; ``HandrailError`` says in plain words why there are none. Tables and columns that are not read are noted."""
    if path.is_dir():
        tables = {file.stem: file for file in sorted(path.rglob("*.csv"))}
        if "services" in tables:
            rows = {name: _rows(file) for name, file in tables.items()}
            is_older = "organization_id" not in (rows["services"] or [{}])[0]
            if report:
                _unread(rows, report, is_older=is_older)
            return list(_older(rows) if is_older else _tables(rows))
        files = [file for file in sorted(path.rglob("*.json")) if file.name != "datapackage.json"]
        found = [service for file in files for service in _json(file)]
    else:
        found = _json(path)
    if not found:
        raise HandrailError(f"{path} holds no HSDS services: neither a JSON file with services nor a services.csv")
    return found


def _unread(rows: dict[str, list[Row]], report: Report, *, is_older: bool) -> None:
    """Note tables that are not read, and of older ones the columns: those of new ones are looked at where they arrive."""
    for table, lines in rows.items():
        report.entry = table
        if lines and table not in (USED_OLDER if is_older else USED):
            report.dropped(f"the table {table}, with {len(lines)} lines: it is not read")
        elif is_older and lines:
            for column in lines[0]:
                count = sum(bool(line.get(column)) for line in lines)
                if count and column not in USED_OLDER[table].split():
                    report.dropped(f"the column {column} of {table}, with {count} values: it is not read")


def _read(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise HandrailError(f"{path} is too large to be read")
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise HandrailError(f"{path} is not UTF-8 text: save it again as UTF-8") from None


def _json(path: Path) -> list[Object]:
    if not path.is_file():
        raise HandrailError(f"{path} is not there")
    try:
        data = json.loads(_read(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise HandrailError(f"{path} is not JSON: {error}") from None
    if isinstance(data, dict) and isinstance(data.get("contents"), list):
        data = data["contents"]
    listed = data if isinstance(data, list) else [data]
    return [each for each in listed if isinstance(each, dict) and "name" in each and ("status" in each or "organization" in each or "organization_id" in each)]


def _rows(path: Path) -> list[Row]:
    """Return the rows of a table; the apostrophe that keeps a spreadsheet from calculating is taken off again."""
    text = _read(path)
    return [{(key or "").strip(): _cell(value) for key, value in row.items()} for row in csv.DictReader(text.splitlines(keepends=True))]


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _by(rows: list[Row], column: str) -> dict[str, list[Object]]:
    groups: dict[str, list[Object]] = {}
    for row in rows:
        if row.get(column):
            groups.setdefault(row[column], []).append({key: value for key, value in row.items() if value})
    return groups


def _tables(rows: dict[str, list[Row]]) -> Iterator[Object]:
    """Yield the services of the tables of HSDS 3.0, nested as in JSON."""

    def of(table: str, column: str) -> Callable[[str], list[Object]]:
        groups = _by(rows.get(table, []), column)
        return lambda key: groups.get(key, [])

    organizations: dict[str, Object] = {row["id"]: {key: value for key, value in row.items() if value} for row in rows.get("organizations", [])}
    locations = {row["id"]: {key: value for key, value in row.items() if value} for row in rows.get("locations", [])}
    terms = {row["id"]: {key: value for key, value in row.items() if value} for row in rows.get("taxonomy_terms", [])}
    attributes = _by(rows.get("attributes", []), "link_id")
    spoken, identifiers = of("languages", "phone_id"), of("organization_identifiers", "organization_id")

    def facts(identifier: str) -> list[Object]:
        return [
            {**each, "taxonomy_term": terms[each["taxonomy_term_id"]]} if each.get("taxonomy_term_id") in terms else each
            for each in attributes.get(identifier, [])
        ]

    def with_facts(values: list[Object]) -> list[Object]:
        return [{**each, "attributes": facts(each["id"])} if each.get("id") else each for each in values]

    for identifier, made in organizations.items():
        made.update(organization_identifiers=identifiers(identifier), attributes=facts(identifier))
    at, phones, urls = of("service_at_location", "service_id"), of("phones", "service_id"), of("urls", "service_id")
    names = ("schedules", "service_areas", "languages", "cost_options")
    below = {name: of(name, "service_id") for name in names}
    here = {name: of(name, "location_id") for name in ("addresses", "accessibility", "schedules", "phones")}
    for row in rows["services"]:
        service: Object = {key: value for key, value in row.items() if value}
        service["organization"] = organizations.get(row.get("organization_id", ""), {})
        service["attributes"] = facts(row.get("id", ""))
        service["phones"] = [{**each, "languages": spoken(each.get("id", ""))} for each in with_facts(phones(row.get("id", "")))]
        service["additional_urls"] = with_facts(urls(row.get("id", "")))
        service.update({name: with_facts(find(row.get("id", ""))) for name, find in below.items()})
        service["service_at_locations"] = [
            {
                "location": {
                    **locations[each["location_id"]],
                    **{name: with_facts(find(each["location_id"])) for name, find in here.items()},
                    "attributes": facts(each["location_id"]),
                }
            }
            for each in at(row.get("id", ""))
            if each.get("location_id") in locations
        ]
        yield service


def _older(rows: dict[str, list[Row]]) -> Iterator[Object]:
    """Yield the services of tables of HSDS 1.x (Ohana), in which a service stands at one location and lists are texts with commas."""
    organizations = {row["id"]: row for row in rows.get("organizations", [])}
    locations = {row["id"]: row for row in rows.get("locations", [])}
    terms = {row["taxonomy_id"]: row for row in rows.get("taxonomy", []) if row.get("taxonomy_id")}
    phones, addresses = _by(rows.get("phones", []), "location_id"), _by(rows.get("addresses", []), "location_id")
    own_phones, times, own_times = (
        _by(rows.get("phones", []), "service_id"),
        _by(rows.get("regular_schedules", []), "location_id"),
        _by(rows.get("regular_schedules", []), "service_id"),
    )
    for row in rows["services"]:
        location = locations.get(row.get("location_id", ""), {})
        organization = organizations.get(location.get("organization_id", ""), {})
        where = location.get("id", "")
        hours = [
            {
                "freq": "WEEKLY",
                "byday": DAYS.get(each.get("weekday", "")[:3].casefold(), ""),
                "opens_at": each.get("opens_at", ""),
                "closes_at": each.get("closes_at", ""),
            }
            for each in own_times.get(row["id"]) or times.get(where, [])
        ]
        made_phones = [
            {
                "number": each["number"],
                "type": {"hotline": "voice", "tty": "textphone", "sms": "text"}.get(each.get("number_type", "voice"), each.get("number_type", "voice")),
                "extension": each.get("extension", ""),
                "description": each.get("department", ""),
            }
            for each in (*own_phones.get(row["id"], []), *phones.get(where, []))
            if each.get("number")
        ]
        names = [term["name"] for code in _listed(row.get("taxonomy_ids", "")) if (term := terms.get(code))] + _listed(row.get("keywords", ""))
        place: Object = {
            "location_type": "virtual" if location.get("virtual") == "true" else "physical",
            "name": location.get("name", ""),
            "latitude": location.get("latitude", ""),
            "longitude": location.get("longitude", ""),
            "addresses": addresses.get(where, []),
            "accessibility": [{"description": each} for each in _listed(location.get("accessibility", ""))],
        }
        yield {
            "id": f"1.x-{row['id']}",
            "name": row.get("name") or location.get("name", ""),
            "alternate_name": row.get("alternate_name", ""),
            "description": row.get("description", ""),
            "url": row.get("website") or location.get("website", ""),
            "email": row.get("email") or location.get("email", ""),
            "status": row.get("status", ""),
            "eligibility_description": row.get("eligibility") or row.get("audience", ""),
            "fees_description": row.get("fees", ""),
            "application_process": row.get("application_process", ""),
            "interpretation_services": row.get("interpretation_services", ""),
            "phones": made_phones,
            "schedules": hours,
            "languages": [{"name": each} for each in _listed(row.get("languages") or location.get("languages", ""))],
            "service_areas": [{"name": each} for each in _listed(row.get("service_areas", ""))],
            "attributes": [{"taxonomy_term": {"name": each}} for each in names],
            "organization": {
                "name": organization.get("name", ""),
                "description": organization.get("description", ""),
                "website": organization.get("website", ""),
                "alternate_name": organization.get("alternate_name", ""),
            },
            "service_at_locations": [{"location": place}] if location else [],
        }


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]
