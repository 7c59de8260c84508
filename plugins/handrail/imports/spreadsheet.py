"""A spreadsheet as services: a mapping says which column is what, and what holds for every row."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import yaml

from handrail.imports.package import Object, _cell
from handrail.issues.issue import HandrailError

FIELDS = (
    "name",
    "organization",
    "organization_website",
    "kind",
    "summary",
    "description",
    "for_whom",
    "topics",
    "audiences",
    "regions",
    "phone",
    "text",
    "keyword",
    "email",
    "chat",
    "website",
    "street",
    "locality",
    "postcode",
    "state",
    "country",
    "cost",
    "languages",
    "min_age",
    "max_age",
    "id",
)
"""What a column can be."""


def services(path: Path, mapping: Path | None) -> list[Object]:
    """Return the rows of a spreadsheet as HSDS services; without a mapping the columns are named as ours are."""
    columns, fixed, split = _mapping(mapping)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise HandrailError(f"{path} cannot be read as UTF-8 text: save it as CSV (UTF-8)") from None
    dialect = csv.Sniffer().sniff(text[:4000], ",;\t") if text.strip() else csv.excel
    rows = list(csv.DictReader(text.splitlines(keepends=True), dialect=dialect))
    missing = [title for title in columns.values() if rows and title not in rows[0]]
    if missing:
        raise HandrailError(f"{path} has no column {', '.join(repr(title) for title in missing)}; it has {', '.join(map(repr, rows[0]))}")
    if not columns:
        columns = {name: name for name in FIELDS if rows and name in rows[0]}
    return [_service({**{name: _cell(row.get(title)).strip() for name, title in columns.items()}, **fixed}, split) for row in rows]


def _mapping(path: Path | None) -> tuple[dict[str, str], dict[str, str], str]:
    if path is None:
        return {}, {}, ";"
    data: Any = yaml.safe_load(path.read_text("utf-8"))
    columns, fixed = (data.get("columns", {}), data.get("fixed", {})) if isinstance(data, dict) else (None, None)
    if not isinstance(columns, dict) or not isinstance(fixed, dict) or set(columns) - set(FIELDS) or set(fixed) - set(FIELDS):
        unknown = sorted({*columns, *fixed} - set(FIELDS)) if isinstance(columns, dict) and isinstance(fixed, dict) else []
        raise HandrailError(
            f"{path} needs columns: and fixed:, each with some of {', '.join(FIELDS)}" + (f"; it has {', '.join(map(str, unknown))}" if unknown else "")
        )
    return {str(key): str(value) for key, value in columns.items()}, {str(key): str(value) for key, value in fixed.items()}, str(data.get("split", ";"))


def _service(row: dict[str, str], split: str) -> Object:
    def get(name: str) -> str:
        return row.get(name, "")

    def many(name: str) -> list[str]:
        return [each.strip() for each in get(name).split(split) if each.strip()]

    phones = [
        {"number": number, "type": kind, "keyword": get("keyword") if kind == "text" else ""}
        for name, kind in (("phone", "voice"), ("text", "text"))
        for number in many(name)
        if re.search(r"\d", number)
    ]
    address = {"address_1": get("street"), "city": get("locality"), "postal_code": get("postcode"), "state_province": get("state"), "country": get("country")}
    return {
        "id": get("id"),
        "own_id": get("id"),
        "name": get("name"),
        "description": get("description") or get("summary"),
        "summary": get("summary"),
        "url": get("website"),
        "email": get("email"),
        "status": "active",
        "eligibility_description": get("for_whom"),
        "fees_description": get("cost"),
        "minimum_age": get("min_age"),
        "maximum_age": get("max_age"),
        "phones": phones,
        "additional_urls": [{"label": "chat", "url": get("chat")}] if get("chat") else [],
        "languages": [{"code": each} if len(each) < 4 else {"name": each} for each in many("languages")],
        "service_areas": [{"name": each, "extent": each} for each in many("regions")],
        "attributes": [{"taxonomy_term": {"name": each, "code": each}} for each in (*many("topics"), *many("audiences"), *many("kind"))],
        "organization": {"name": get("organization") or get("name"), "website": get("organization_website")},
        "service_at_locations": [{"location": {"location_type": "physical", "addresses": [address]}}] if address["city"] else [],
    }
