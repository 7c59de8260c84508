"""The loss report of each format names exactly what is lost: every field is changed once, and what arrives on the other side is compared."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.exports import csv as table
from handrail.exports import everything, hsds, jsonapi, jsonld, losses, oruk
from handrail.exports.dataset import Dataset
from handrail.imports import package
from handrail.imports.convert import Converter, Origin
from handrail.imports.notes import Report
from handrail.model import build
from handrail.model.region import Region, RegionTree
from handrail.model.values import Audience
from handrail.registry.reading import read
from handrail.registry.registry import Entry
from handrail.schemas import library
from handrail.text.words import words

FULL = yaml.load((Path(__file__).parent / "full.yaml").read_text("utf-8"), yaml.BaseLoader)
OTHER = yaml.safe_load((Path(__file__).parent / "full.yaml").read_text("utf-8"))["other"]
T = words("en")
ORIGIN = Origin("https://example.org/data", publisher="operator", publish=True)
TAKEN_BACK_BY_NOBODY = {"verified.date"}
"""What HSDS carries and no import takes: nothing stands under verified that nobody did."""
FIELDS = [path for path, _ in losses.fields()]
LEAVES = [path for path in FIELDS if not any(each.startswith((f"{path}.", f"{path}[]")) for each in FIELDS)]
"""Fields that hold no others."""


@pytest.fixture(scope="module")
def base(small):
    """The small directory with all that the full service names."""
    regions = RegionTree([*small.regions, Region("av-s", "South Avalon", "county", parent="av", iso="AV-S", time_zone="Europe/London")])
    audiences = {**small.audiences, "parents": Audience("parents", "Parents", "People with children.", ("mothers",))}
    return build.Directory(small.site, small.limits, regions, small.topics, audiences, {}, {}, {})


def made(base: Any, organization: dict[str, Any], service: dict[str, Any]) -> Dataset:
    document = read(b"{}", "x.yaml")
    owner = Entry(typed(organization, "organization"), document, ())
    value = build._service(Entry(typed(service, "service"), document, ("services", 0), owner))
    owners = {owner.data["id"]: build._organization(owner)}
    return Dataset(replace(base, organizations=owners, services={value.id: value}), T)


def typed(data: dict[str, Any], kind: str) -> Any:
    """Return data with numbers where the schema has them, as reading does."""
    numbers = {path for path, schema in library.fields(kind) if schema.get("type") in ("integer", "number")}

    def walk(value: Any, path: str) -> Any:
        if isinstance(value, dict):
            return {key: walk(each, f"{path}.{key}" if path else key) for key, each in value.items()}
        if isinstance(value, list):
            return [walk(each, f"{path}[]") for each in value]
        return float(value) if path in numbers and "." in str(value) else int(value) if path in numbers else value

    return walk(copy.deepcopy(data), "")


def holders(data: dict[str, Any], path: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each group in which the field of a path is stated, and the field's own name."""
    head, _, rest = path.partition(".")
    name = head.removesuffix("[]")
    if name not in data:
        return
    if not rest:
        yield data, name
        return
    for each in data[name] if head.endswith("[]") else [data[name]]:
        yield from holders(each, rest)


def turned(turn: int) -> dict[str, Any]:
    """Return the full service with the hours of its channels handed on: some formats have room for those of some channels only."""
    service = copy.deepcopy(FULL["service"])
    with_hours = [channel for channel in service["channels"] if "hours" in channel]
    hours = [channel["hours"] for channel in with_hours]
    for index, channel in enumerate(with_hours):
        channel["hours"] = hours[(index + turn) % len(hours)]
    return service


def lost_by(arrive: Callable[[Dataset], Any], base: Any) -> set[str]:
    """Return the fields whose change never arrives."""
    left = set(LEAVES)
    for turn in range(3):
        usual = arrive(made(base, FULL["organization"], turned(turn)))
        left = {path for path in left if arrive(made(base, *changed(path, turned(turn)))) == usual}
    return left


def named(format: str) -> set[str]:
    """Return the fields that the loss report names, each with all that it holds."""
    return {path for path in LEAVES if any(path == each or path.startswith((f"{each}.", f"{each}[]")) for each in losses.LOST[format])}


def changed(path: str, full: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return organization and service with one field changed wherever it is stated."""
    organization, service = copy.deepcopy(FULL["organization"]), copy.deepcopy(full)
    kind, inside = (organization, path.removeprefix("organization.")) if path.startswith("organization.") else (service, path)
    found = list(holders(kind, inside))
    assert found, f"{path} is not stated in full.yaml"
    for holder, name in found:
        value = other(path, holder[name])
        if name == "closed":
            del holder[name]
            holder.update(opens="09:00", closes="10:00")
        elif value is None:
            del holder[name]
        else:
            holder[name] = value
    return organization, service


def other(path: str, value: Any) -> Any:
    if path in OTHER:
        return OTHER[path]
    name = path.rsplit(".", 1)[-1]
    if name in ("always", "unknown"):
        return None
    if name in ("seen", "website_seen"):
        return ["leaflet"]
    if name == "what":
        return ["hours", "cost"]
    if name == "days":
        return ["fri", "sat"]
    if name in ("languages",):
        return ["cy"]
    if value in ("yes", "no"):
        return "no" if value == "yes" else "yes"
    if isinstance(value, list):
        return [f"{value[0]} More.", *value[1:]]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    if re.fullmatch(r"\d\d:\d\d", value):
        return f"{value[:3]}30" if value[3:] != "30" else f"{value[:3]}45"
    if re.fullmatch(r"-?[\d.]+", value):
        return str(float(value) + 1) if "." in value else str(int(value) + 1)
    return {"how": "live-website", "by": "operator", "day": "thu", "time_zone": "America/New_York"}.get(name) or f"{value} More"


def services_json(data: Dataset) -> Any:
    files = {asset.path: json.loads(asset.data) for asset in jsonapi.files(data)}
    return files[f"{jsonapi.FOLDER}services.json"]["services"], files[f"{jsonapi.FOLDER}organizations.json"]["organizations"]


def hsds_back(data: Dataset) -> Any:
    found = json.loads(json.dumps(list(hsds.Services(data.directory, T))))
    return list(Converter(data.directory, ORIGIN, Report()).organizations(found))


def hsds_tables_back(data: Dataset, folder: Path) -> Any:
    for asset in everything.referral(data):
        if "/tables/" in asset.path:
            (folder / asset.path.rsplit("/", 1)[1]).write_bytes(asset.data)
    return list(Converter(data.directory, ORIGIN, Report()).organizations(package.services(folder)))


def oruk_services(data: Dataset) -> Any:
    return [oruk.service(each) for each in hsds.Services(data.directory, T)]


def csv_rows(data: Dataset) -> Any:
    rows = list(csv.DictReader(io.StringIO(table.file(data).data.decode("utf-8-sig"))))
    return [{key: value for key, value in row.items() if key != "attribution"} for row in rows]


def json_ld(data: Dataset) -> Any:
    services = [jsonld.service(each, data, data.page(each)) for each in data.directory.services.values()]
    for each in services:
        each["subjectOf"].pop("creditText", None)
    return services, [jsonld.organization(each, f"https://example.org/organizations/{each.id}/") for each in data.directory.organizations.values()]


FORMATS: dict[str, Callable[[Dataset], Any]] = {
    "JSON 1": services_json,
    "HSDS 3.0": hsds_back,
    "Open Referral UK 3.0": oruk_services,
    "CSV": csv_rows,
    "schema.org": json_ld,
}
"""What arrives in each format; for HSDS what comes back from it."""


def test_every_field_of_the_schema_is_stated_once_in_the_full_service():
    assert [path for path in LEAVES if not any(True for _ in holders(
        FULL["organization"] if path.startswith("organization.") else FULL["service"], path.removeprefix("organization.")))] == []
    for kind in ("organization", "service"):
        data = typed(FULL[kind], kind)
        if kind == "organization":
            data["services"] = [typed(FULL["service"], "service")]
        assert [error.message for error in library.validator(kind).iter_errors(data)] == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_loss_report_names_each_field_that_a_format_loses_and_no_other(name, base):
    lost = lost_by(FORMATS[name], base) - (TAKEN_BACK_BY_NOBODY if name.startswith("HSDS") else set())
    assert sorted(lost - named(name)) == [], "lost in silence"
    assert sorted(named(name) - lost) == [], "named, but not lost"


def test_the_tables_of_hsds_lose_no_more_than_its_json(base, tmp_path):
    assert lost_by(lambda data: hsds_tables_back(data, tmp_path), base) - TAKEN_BACK_BY_NOBODY <= named("HSDS 3.0")


def test_the_day_of_a_check_is_exported_and_its_import_is_refused_in_words(base):
    data = made(base, FULL["organization"], FULL["service"])
    [service] = hsds.Services(data.directory, T)
    assert service["assured_date"] == "2026-02-01"
    report = Report()
    list(Converter(data.directory, ORIGIN, report).organizations([json.loads(json.dumps(service))]))
    assert any("only a check of your own" in note.text for note in report.notes)


def test_every_format_of_the_report_is_measured():
    assert set(FORMATS) == set(losses.LOST)
