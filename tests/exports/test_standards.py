"""Open data and the referral standards: valid, safe to open, the same every time, and without anything hidden."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from handrail.exports import everything, feeds, geojson, hsds, jsonapi, jsonld, losses, tables
from handrail.exports.dataset import Dataset
from handrail.model.values import Channel, Meeting, Place
from handrail.schemas import library
from handrail.views.context import GuideLink
from handrail.views.data import GROUPS
from tests.exports import vocabulary

CONTRACT = yaml.safe_load((Path(__file__).parent / "contract.yaml").read_text("utf-8"))
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
SECRET = Place("hidden", "refuge", "Secret House", "gb")


@pytest.fixture(scope="module")
def data(directory, t):
    first, *rest = directory.services.values()
    full = Place("full", "main", "Main office", "us-ma", "1 High Street", "Leeds", "01053", latitude=42.5, longitude=-72.5, accessibility=("step-free",))
    partial = Place("full", "half", "Half office", "us-ma", "", "Leedsville", "")
    area = Place("area", "about", "Vague House", "us-ma", area="Somewhere wide")
    meetings = (Meeting(1, 19 * 60, None, "Europe/London", "Circle", "main", "Bring a cup."), Meeting(2, 19 * 60, 20 * 60, "local"))
    changed = replace(first, meetings=meetings, places=(full, partial, area, SECRET), name='=HYPERLINK("x")', summary="+1\n-2", status="active")
    return Dataset(replace(directory, services={first.id: changed, **{service.id: service for service in rest}}), t, "https://example.org/")


@pytest.fixture(scope="module")
def files(data):
    return {asset.path: asset.data for asset in everything.files(data)}


def official(name: str, folder: Path) -> Draft202012Validator:
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json") if path.name != "openapi.json"}
    registry = Registry().with_resources((file, DRAFT202012.create_resource(schema)) for file, schema in schemas.items())
    return Draft202012Validator(schemas[name], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def complaints(kind: str, value: dict[str, object]) -> Iterator[str]:
    """Check an object and all below it against what we wrote down of HSDS ourselves."""
    rule = CONTRACT[kind]
    yield from (f"{kind}: {name} is missing" for name in ["id", *rule.get("required", [])] if name not in value)
    if not UUID.match(str(value.get("id"))):
        yield f"{kind}: {value.get('id')} is not a UUID"
    for name, each in value.items():
        kinds = rule["fields"].get(name)
        if kinds is None:
            yield f"{kind}: {name} is not a field of HSDS"
        elif isinstance(kinds, list):
            if each not in kinds:
                yield f"{kind}: {name} is {each!r}"
        elif kinds in ("text", "number"):
            if not isinstance(each, str if kinds == "text" else (int, float)):
                yield f"{kind}: {name} should be {kinds}"
        else:
            for below in each if isinstance(each, list) else [each]:
                yield from complaints(kinds, below)


def test_every_service_keeps_our_written_contract_of_hsds(files):
    page = json.loads(files["data/hsds/3.0/services.json"])
    assert page["total_items"] == len(page["contents"]) > 100
    assert [line for each in page["contents"] for line in complaints("service", each)] == []
    for each in json.loads(files["data/hsds/3.0/organizations.json"])["contents"]:
        assert list(complaints("organization", each)) == []


@pytest.mark.skipif("HSDS_SCHEMAS" not in os.environ, reason="HSDS_SCHEMAS names no folder with the official schemas")
@pytest.mark.parametrize(("path", "schema"), [("data/hsds/3.0/services.json", "service.json"), ("data/hsds/3.0/organizations.json", "organization.json")])
def test_everything_is_valid_under_the_official_schemas(files, path, schema):
    folder = Path(os.environ["HSDS_SCHEMAS"])
    judge = official(schema, folder if (folder / schema).is_file() else folder / "schema")
    assert [error.message for each in json.loads(files[path])["contents"] for error in judge.iter_errors(each)] == []


@pytest.mark.skipif("ORUK_SCHEMAS" not in os.environ, reason="ORUK_SCHEMAS names no folder with the schemas of the profile")
def test_the_profile_of_the_uk_is_valid_under_its_schemas(files):
    folder = Path(os.environ["ORUK_SCHEMAS"])
    judge = official("service.json", folder if (folder / "service.json").is_file() else folder / "schema")
    assert [error.message for each in json.loads(files["data/oruk/3.0/services.json"])["contents"] for error in judge.iter_errors(each)] == []


def test_ids_are_unique_and_stay_when_something_else_changes(data):
    def ids(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (each for key, each in value.items() if key == "id")
            for key, each in value.items():
                if key not in ("taxonomy_term", "organization"):
                    yield from ids(each)
        elif isinstance(value, list):
            for each in value:
                yield from ids(each)

    made = [identifier for service in hsds.Services(data.directory, data.t) for identifier in ids(service)]
    assert len(made) == len(set(made))
    fewer = replace(data.directory, services=dict(list(data.directory.services.items())[::2]))
    assert {identifier for service in hsds.Services(fewer, data.t) for identifier in ids(service)} < set(made)


def test_a_hidden_place_leaves_nothing_in_any_file(files):
    for path, content in files.items():
        assert b"Secret House" not in content, path
        assert b"refuge" not in content or b'"refuge"' not in content, path


def test_only_whole_addresses_are_exported_and_only_full_places_have_a_point(files, data):
    service = json.loads(files["data/hsds/3.0/services.json"])["contents"][0]
    assert [len(each["location"].get("addresses", [])) for each in service["service_at_locations"]] == [1, 0]
    assert b"Somewhere wide" not in files["data/hsds/3.0/services.json"]
    features = [each for each in json.loads(files[geojson.PATH])["features"] if each["properties"]["service"] == next(iter(data.directory.services))]
    assert [each["geometry"]["coordinates"] for each in features] == [[-72.5, 42.5]]


def test_what_is_closed_exports_no_contact(data):
    service = replace(
        next(iter(data.directory.services.values())), status="closed", channels=(Channel("phone", "0800 666 777"),), website="https://gone.example.org"
    )
    made = hsds.Services(data.directory, data.t).service(service)
    assert made["status"] == "defunct"
    assert "0800 666 777" not in json.dumps(made)
    assert "gone.example.org" not in json.dumps(made)
    assert "gone.example.org" not in json.dumps(jsonld.service(service, data, "x"))


def test_no_cell_of_the_spreadsheet_can_be_a_formula(files):
    for path, content in files.items():
        if not path.endswith(".csv"):
            continue
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            for value in row:
                for line in value.splitlines():
                    number = re.fullmatch(r"\+[0-9 ().\-]+|-?[0-9.]+", line)
                    assert not line.lstrip().startswith(("=", "+", "-", "@")) or number, (path, line)


def test_the_tables_have_the_columns_that_their_description_names(files):
    package = json.loads(files[f"{tables.FOLDER}datapackage.json"])
    for resource in package["resources"]:
        rows = list(csv.reader(io.StringIO(files[tables.FOLDER + resource["path"]].decode())))
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        needed = [number for number, field in enumerate(resource["schema"]["fields"]) if field.get("constraints", {}).get("required")]
        assert [row for row in rows[1:] if len(row) != len(rows[0]) or not all(row[number] for number in needed)] == [], resource["name"]
        assert len({row[0] for row in rows[1:]}) == len(rows) - 1, resource["name"]


def test_tables_point_only_to_rows_that_are_there(files):
    rows = {name: list(csv.DictReader(io.StringIO(files[f"{tables.FOLDER}{name}.csv"].decode()))) for name in tables.COLUMNS}
    ids = {name: {row["id"] for row in each} for name, each in rows.items()}
    links = {
        "organization_id": "organizations",
        "service_id": "services",
        "location_id": "locations",
        "phone_id": "phones",
        "taxonomy_term_id": "taxonomy_terms",
        "taxonomy_id": "taxonomies",
    }
    for name, each in rows.items():
        for row in each:
            for column, target in links.items():
                assert not row.get(column) or row[column] in ids[target], (name, column)


def test_our_json_is_valid_under_the_schema_that_is_shipped_with_it(files):
    schema = json.loads(files["data/v1/schema.json"])
    judge = Draft202012Validator(schema, format_checker=library.checker())
    assert [f"{list(error.path)}: {error.message}" for error in judge.iter_errors(json.loads(files["data/v1/services.json"]))][:5] == []


def test_every_json_file_says_its_licence_and_whom_to_credit(files):
    for path in ("data/v1/services.json", "data/places.geojson"):
        made = json.loads(files[path])
        assert made["licence"] == "CC0 1.0"
        assert made["attribution"].startswith("Handrail, as of 20")


def test_the_feeds_are_in_order_and_well_formed(files):
    atom = ElementTree.fromstring(files["feed.xml"])
    names = {"a": "http://www.w3.org/2005/Atom"}
    days = [each.text for each in atom.findall("a:entry/a:updated", names)]
    assert days == sorted(days, reverse=True)
    assert days
    assert atom.find("a:id", names) is not None
    feed = json.loads(files["feed.json"])
    assert len(feed["items"]) == len(days)
    assert all(item["url"].startswith("https://example.org/services/") for item in feed["items"])
    ElementTree.fromstring(files["opensearch.xml"])


def test_the_feeds_tell_what_was_added_changed_and_closed_on_the_days_of_the_registry(data):
    ids = list(data.directory.services)[:4]
    services = dict(data.directory.services)
    services[ids[0]] = replace(services[ids[0]], added=date(2027, 1, 1), changed=None)
    services[ids[1]] = replace(services[ids[1]], added=date(2026, 1, 1), changed=date(2027, 1, 2))
    services[ids[2]] = replace(services[ids[2]], added=date(2026, 1, 1), changed=date(2026, 5, 5), status="closed", status_since=date(2027, 1, 3), channels=())
    services[ids[3]] = replace(services[ids[3]], added=date(2026, 1, 1), changed=date(2026, 1, 1))
    newer = replace(data, directory=replace(data.directory, services=services))
    made = json.loads(next(asset.data for asset in feeds.files(newer) if asset.path == feeds.JSON))
    told = [(item["tags"][0], item["date_published"][:10], item["url"].split("/")[-2]) for item in made["items"]][:3]
    assert told == [("closed", "2027-01-03", ids[2]), ("changed", "2027-01-02", ids[1]), ("added", "2027-01-01", ids[0])]
    assert ("changed", ids[3]) not in [(item["tags"][0], item["url"].split("/")[-2]) for item in made["items"]]


def test_the_same_directory_gives_the_same_bytes_on_every_day(data, files, monkeypatch):
    monkeypatch.setenv("HANDRAIL_TODAY", "2031-01-01")
    assert {asset.path: asset.data for asset in everything.files(data)} == files


def test_the_loss_report_names_fields_that_there_are(t):
    known = {path for path, _ in losses.fields()}
    for name, lost in losses.LOST.items():
        assert [path for path in lost if path not in known] == [], name
        assert list(losses.lost(name))
        assert all(t.has(key) for key in losses.PARTLY[name])
    assert [each.format for each in losses.report()] == list(losses.LOST)


def described(data: Dataset) -> Iterator[dict[str, object]]:
    page = "https://example.org/x/"
    for service in data.directory.services.values():
        yield jsonld.service(service, data, page)
    for organization in data.directory.organizations.values():
        yield jsonld.organization(organization, page)
    yield jsonld.guide(GuideLink("guides/x.md", "Listening", "Listen.", ("mentor",), ("grief",)), data.directory, page)
    yield jsonld.dataset(data, [path for paths in GROUPS.values() for path in paths])


def test_json_ld_is_what_the_vocabulary_of_schema_org_allows(data):
    made = list(described(data))
    assert len(made) > 150
    assert [line for each in made for line in vocabulary.problems(each)] == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"@type": "Serwice"}, "is no type"),
        ({"@type": "Service", "telephone": "1"}, "has no telephone"),
        ({"@type": "Article", "about": "Grief"}, "'Grief' is no"),
        ({"@type": "Service", "provider": {"@type": "Place", "name": "x"}}, "does not stand there"),
        ({"@type": "PeopleAudience", "suggestedMinAge": True}, "True is no"),
        ({"@type": "OpeningHoursSpecification", "dayOfWeek": ["Mon"]}, "'Mon' is no"),
    ],
)
def test_the_check_of_the_vocabulary_finds_what_is_wrong(value, problem):
    assert any(problem in line for line in vocabulary.problems(value))


def test_every_entry_organization_and_guide_has_its_block_and_no_other_page_of_an_entry(data):
    guide = GuideLink("guides/x.md", "Listening", "Listen.", ("mentor",), ("grief",))
    kinds = {"services/gb-samaritans.md": "Service", "organizations/samaritans.md": "NGO", "guides/x.md": "Article", "data/index.md": "Dataset"}
    for source, kind in kinds.items():
        block = jsonld.of_page(source, data, {guide.source: guide}, files=["data/services.csv"])
        assert json.loads(block.split(">", 1)[1].removesuffix("</script>"))["@type"] == kind
    assert jsonld.of_page("regions/gb.md", data, {}) == ""


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "\u2028", "]]>", "&amp;"])
def test_nothing_in_an_entry_can_end_the_block_that_it_stands_in(data, text):
    service = replace(next(iter(data.directory.services.values())), name=text)
    block = jsonld.block(jsonld.service(service, data, "https://example.org/x/"))
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&\u2028]", inside)
    assert json.loads(inside)["name"] == text


def test_json_ld_of_a_line_names_its_number_and_its_hours(data):
    made = jsonld.service(data.directory.services["gb-samaritans"], data, "https://example.org/x/")
    phone = next(each["servicePhone"] for each in made["availableChannel"] if "servicePhone" in each)
    assert phone["telephone"] == "116 123"
    assert phone["hoursAvailable"] == [{"@type": "OpeningHoursSpecification", "dayOfWeek": list(jsonld.DAYS), "opens": "00:00", "closes": "23:59"}]
    assert made["provider"]["@type"] == "NGO"


def test_the_schema_of_our_json_is_a_schema():
    Draft202012Validator.check_schema(jsonapi.schema())


def test_a_day_is_the_last_one_on_which_something_happened(data):
    assert data.fresh >= date(2026, 11, 23)
