"""Data of other directories: what is read, what is said of the rest, and that it is never published by itself."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
import yaml

from handrail.cli.main import main
from handrail.imports import package, spreadsheet, writing
from handrail.imports.convert import Converter, Origin, slug
from handrail.imports.notes import Report
from handrail.issues.issue import HandrailError
from handrail.registry.check import checked
from handrail.registry.loading import load

ORIGIN = Origin("https://data.example.org/set")
FOREIGN = {
    "id": "fb0bd713-ccbe-593c-af1b-3c62f3a2cfa6",
    "name": "Harbour Support Group",
    "status": "active",
    "description": "Peers meet. They listen and share.",
    "url": "www.harbour.example.org",
    "email": "hello@harbour.example.org",
    "fees_description": "Free",
    "eligibility_description": "Adults",
    "minimum_age": 18,
    "organization": {"id": "86871248-2404-5e6b-8c4c-6c2dba90b872", "name": "Harbour", "description": "Harbour"},
    "phones": [{"id": "1", "number": "01632 960 983 ext 4", "type": "voice"}, {"number": "ask at the door"}, {"number": "01632 960 984", "type": "fax"}],
    "contacts": [{"name": "Ann Example", "email": "ann@example.org"}],
    "service_areas": [{"name": "North Avalon"}],
    "languages": [{"name": "Welsh"}, {"name": "Klingon of old"}],
    "attributes": [{"taxonomy_term": {"name": "Loneliness"}}, {"taxonomy_term": {"name": "Plumbing"}}],
    "service_at_locations": [
        {
            "location": {
                "location_type": "physical",
                "latitude": 53.123456789,
                "addresses": [
                    {"address_1": "1 Quay", "city": "Port", "state_province": "AV-N", "postal_code": "01234", "country": "AV", "address_type": "physical"}
                ],
                "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00Z", "closes_at": "23:59"}],
            }
        }
    ],
}


def read(services, small, origin=ORIGIN):
    report = Report()
    return list(Converter(small, origin, report).organizations(services)), report


def test_a_foreign_service_becomes_a_draft_with_its_source(small):
    [organization], report = read([FOREIGN], small)
    [service] = organization["services"]
    assert service["status"] == "draft"
    assert organization["sources"][0]["url"] == "https://data.example.org/set"
    assert organization["sources"][0]["publisher"] == "dataset"
    assert service["coverage"] == {"regions": ["av-n"]}
    assert service["topics"] == ["loneliness"]
    assert service["kind"] == "support-group"
    assert service["channels"][0] == {"type": "phone", "value": "01632 960 983", "extension": "4", "seen": ["data"]}
    assert service["website"] == "https://www.harbour.example.org"
    assert service["cost"]["kind"] == "free"
    assert service["languages"] == ["cy"]
    assert service["places"][0]["hours"] == {"time_zone": "Europe/London", "weekly": [{"days": ["mon", "tue"], "opens": "09:00", "closes": "24:00"}]}
    assert service["places"][0]["latitude"] == 53.123457
    counts = report.counts()
    assert counts["person"] >= 2
    assert counts["guessed"] >= 3
    assert counts["dropped"] >= 4


def test_the_name_of_a_person_is_not_kept(small):
    [organization], report = read([FOREIGN], small)
    assert "Ann" not in writing.text(organization)
    assert "ann@" not in writing.text(organization)
    assert any("name of a person" in note.text for note in report.notes)


def test_the_report_says_each_thing_once_with_how_often(small):
    _, report = read([FOREIGN, {**FOREIGN, "name": "Second"}], small)
    assert "2 x a number that cannot be dialled" in report.text()


def test_what_was_written_is_read_by_the_registry_without_an_error(small, registry_file, tmp_path):
    [organization], _ = read([FOREIGN], small)
    root = tmp_path / "resources.yaml"
    root.write_text(registry_file.read_text("utf-8") + "include: [orgs/*.yaml]\n", "utf-8")
    assert writing.write(organization, tmp_path / "orgs")
    registry = load(root)
    assert [issue.message for issue in registry.issues if issue.is_error] == []
    assert [entry.id for entry in registry.services] == ["av-n-harbour-support-group"]


def test_what_was_written_names_its_schema_so_that_editors_help(small, tmp_path):
    [organization], _ = read([FOREIGN], small)
    schema = tmp_path / "schema/organization.json"
    schema.parent.mkdir()
    schema.write_text("{}")
    path = writing.write(organization, tmp_path / "content/organizations/av", schema)
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../../../schema/organization.json\nid: ")
    assert yaml.safe_load(path.read_text("utf-8")) == organization


def test_a_file_that_is_there_is_never_written_over(small, tmp_path):
    [organization], _ = read([FOREIGN], small)
    (tmp_path / "harbour.yaml").write_text("mine")
    assert writing.write(organization, tmp_path) is None
    assert (tmp_path / "harbour.yaml").read_text() == "mine"


def test_two_letters_are_a_state_only_in_their_country(small):
    ambiguous = {
        **FOREIGN,
        "service_areas": [],
        "service_at_locations": [
            {
                "location": {
                    "location_type": "physical",
                    "addresses": [
                        {"address_1": "1 Quay", "city": "Port", "state_province": "NL", "postal_code": "1", "country": "AV", "address_type": "physical"}
                    ],
                }
            }
        ],
    }
    [organization], _ = read([ambiguous], small)
    assert organization["services"][0]["coverage"]["regions"] == ["av"]
    assert organization["services"][0]["places"][0]["region"] == "av"


def test_every_field_that_says_something_and_is_not_read_is_named(small):
    unknown = {
        **FOREIGN,
        "wait_time": "Two weeks",
        "licenses": "",
        "funding": [{"source": "A grant"}],
        "phones": [{"number": "01632 960 983", "colour": "red"}],
        "organization": {**FOREIGN["organization"], "year_incorporated": 1999},
    }
    _, report = read([unknown], small)
    dropped = {note.text for note in report.notes if note.kind == "dropped"}
    assert "the field wait_time of a service: it is not read" in dropped
    assert "the field funding of a service: it is not read" in dropped
    assert "the field colour of a phone: it is not read" in dropped
    assert "the field year_incorporated of an organization: it is not read" in dropped
    assert "the field email of a contact: it is not read" in dropped
    assert not [text for text in dropped if "licenses" in text]


def test_our_own_data_is_read_whole(small):
    ours = {**FOREIGN, "last_modified": "2026-01-01", "attributes": [{"link_type": "handrail", "value": '{"id": ["harbour"]}'}]}
    _, report = read([ours], small)
    assert not [note.text for note in report.notes if "it is not read" in note.text]


@pytest.mark.skipif("HSDS_SAMPLES" not in os.environ, reason="HSDS_SAMPLES names no folder with packages of others")
def test_every_table_and_column_of_a_real_package_is_read_or_named(small):
    report = Report()
    package.services(Path(os.environ["HSDS_SAMPLES"]) / "hsds-1.x-ohana", report)
    said = " ".join(note.text for note in report.notes)
    for table in ("contacts", "holiday_schedules", "mail_addresses", "programs"):
        assert f"the table {table}" in said
    assert "the column required_documents of services" in said


HOSTILE = [
    {"name": "x" * 5000, "status": "active"},
    {"name": "A\u202eB\u200b", "status": "active"},
    {"name": "<script>", "status": "active", "description": "a\nb: c\n- d"},
    {"name": "yes", "status": "active"},
    {"name": "x", "status": "active", "phones": "none", "schedules": [{"byday": None}], "attributes": [{"link_type": "handrail", "value": "[1"}]},
    {"name": "x", "status": "active", "minimum_age": "old", "url": "javascript:alert(1)", "email": "not one"},
    {"name": "", "status": "active"},
    {"name": "x", "status": "active", "attributes": [{"link_type": "handrail", "value": '{"id": [7], "kind": ["rocket"], "access.id": ["maybe"]}'}]},
]


@pytest.mark.parametrize("service", HOSTILE)
def test_odd_data_is_read_without_a_traceback_and_what_is_wrong_is_said(small, service):
    [organization], report = read([service], small)
    assert yaml.safe_load(writing.text(organization)) == organization
    assert report.notes


@pytest.mark.parametrize("content", ["", "{", "[]", '{"contents": []}', '"text"', "[" * 5000])
def test_a_file_that_holds_no_services_is_said_in_words(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(HandrailError):
        package.services(path)


def test_older_tables_are_read(small, tmp_path):
    tables = {
        "organizations": "id,name,description\n1,Harbour,A charity.\n",
        "locations": 'id,organization_id,name,latitude,longitude,virtual,accessibility\n1,1,Quay,53.1,-1.2,false,"ramp, elevator"\n',
        "addresses": "id,location_id,address_1,city,state_province,postal_code,country\n1,1,1 Quay,Port,AV-N,01234,AV\n",
        "phones": "id,location_id,service_id,number,number_type\n1,1,,01632 960 983,voice\n",
        "services": "id,location_id,name,description,status,service_areas,keywords,languages\n"
        '1,1,Peer support,We listen.,active,Avalon,Grief,"Welsh, English"\n',
        "regular_schedules": "id,location_id,service_id,weekday,opens_at,closes_at\n1,1,,Monday,09:00,17:00\n",
    }
    for name, content in tables.items():
        (tmp_path / f"{name}.csv").write_text(content)
    [organization], _ = read(package.services(tmp_path), small)
    [service] = organization["services"]
    assert (service["coverage"]["regions"], service["topics"], service["languages"]) == (["av"], ["grief"], ["cy", "en"])
    assert service["places"][0]["accessibility"] == ["step-free", "lift"]
    assert service["places"][0]["hours"]["weekly"] == [{"days": ["mon"], "opens": "09:00", "closes": "17:00"}]


SHEET = "Angebot;Träger;Telefon;Gebiet;Themen\nNachtlinie;Verein Nacht;01632 960 983;North Avalon;Grief, Loneliness\n'=Büro;Verein Nacht;;Avalon;\n"
MAPPING = "columns: {name: Angebot, organization: Träger, phone: Telefon, regions: Gebiet, topics: Themen}\nfixed: {kind: helpline}\nsplit: ','\n"


def test_a_spreadsheet_is_read_by_its_mapping(small, tmp_path):
    (tmp_path / "a.csv").write_text(SHEET, "utf-8-sig")
    (tmp_path / "map.yaml").write_text(MAPPING, "utf-8")
    [organization], _ = read(spreadsheet.services(tmp_path / "a.csv", tmp_path / "map.yaml"), small)
    first, second = organization["services"]
    assert (first["name"], first["kind"], first["topics"], first["coverage"]["regions"]) == ("Nachtlinie", "helpline", ["grief", "loneliness"], ["av-n"])
    assert first["channels"] == [{"type": "phone", "value": "01632 960 983", "seen": ["data"]}]
    assert second["name"] == "=Büro"


@pytest.mark.parametrize("mapping", ["columns: {nonsense: Angebot}\n", "columns: {name: Nowhere}\n", "- list\n"])
def test_a_mapping_that_does_not_fit_is_said_in_words(tmp_path, mapping):
    (tmp_path / "a.csv").write_text(SHEET, "utf-8")
    (tmp_path / "map.yaml").write_text(mapping, "utf-8")
    with pytest.raises(HandrailError):
        spreadsheet.services(tmp_path / "a.csv", tmp_path / "map.yaml")


def test_the_command_writes_files_and_a_report(registry_file, tmp_path, capsys):
    data = tmp_path / "data.json"
    data.write_text(json.dumps({"contents": [FOREIGN]}))
    arguments = [
        "import",
        "hsds",
        str(data),
        str(tmp_path / "out"),
        "--source",
        "https://data.example.org",
        "--registry",
        str(registry_file),
        "--report",
        str(tmp_path / "report.json"),
    ]
    assert main(arguments) == 0
    assert "needs a person" in capsys.readouterr().out
    assert (tmp_path / "out/harbour.yaml").is_file()
    assert {note["kind"] for note in json.loads((tmp_path / "report.json").read_text())} == {"person", "guessed", "dropped"}
    assert main([*arguments, "--publish"]) == 2


def test_a_slug_is_an_id():
    assert slug("Ärzte & Co. – São Paulo!") == "arzte-co-sao-paulo"


@pytest.mark.skipif("HSDS_SAMPLES" not in os.environ, reason="HSDS_SAMPLES names no folder with packages of others")
def test_real_packages_become_registries_without_an_error_of_their_own(tmp_path):
    root = Path(__file__).resolve().parents[2] / "resources.yaml"
    for folder in (Path(os.environ["HSDS_SAMPLES"]) / "hsds-3.0-facilities", Path(os.environ["HSDS_SAMPLES"]) / "hsds-1.x-ohana"):
        data = yaml.load(root.read_text("utf-8"), yaml.BaseLoader)
        kept = {key: data[key] for key in ("regions", "topics", "audiences")}
        site = {key: value for key, value in data["site"].items() if key != "helpline_directory"}
        place = tmp_path / folder.name
        place.mkdir()
        (place / "resources.yaml").write_text(yaml.safe_dump({"site": site, **kept, "include": ["orgs/*.yaml"]}, sort_keys=False, allow_unicode=True), "utf-8")
        assert main(["import", "hsds", str(folder), str(place / "orgs"), "--source", "https://data.example.org", "--registry", str(root)]) == 0
        found = checked(place / "resources.yaml", date(2026, 11, 23))
        assert [issue.message for issue in found.issues if issue.is_error] == []
