"""Our own JSON, version 1: the registry's fields as they are, what is published of them, and a JSON Schema made from the registry's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handrail.exports import entry
from handrail.exports.dataset import Dataset
from handrail.model.region import Region
from handrail.output.files import Asset
from handrail.schemas import library

FOLDER = "data/v1/"
VERSION = 1


def files(data: Dataset) -> Iterator[Asset]:
    """Yield the files of this version."""
    directory = data.directory
    services = ({**entry.service(service), "organization": service.organization, "page": data.page(service)} for service in directory.services.values())
    yield _file("services.json", data, services=services)
    known = (each for each in directory.organizations.values() if directory.of_organization(each.id))
    yield _file("organizations.json", data, organizations=(entry.organization(each) for each in known))
    yield _file("regions.json", data, regions=(_region(each) for each in directory.regions))
    yield _file("topics.json", data, topics=map(_term, directory.topics.values()), audiences=map(_term, directory.audiences.values()))
    yield _file(
        "crisis.json",
        data,
        crisis=(
            {
                "region": each.region,
                "emergency": {"value": each.emergency.value, "name": each.emergency.name, "also": list(each.emergency.also), "note": each.emergency.note},
                "lines": list(each.lines),
                "note": each.note,
            }
            for each in directory.crisis.values()
        ),
    )
    yield Asset(f"{FOLDER}schema.json", json.dumps({**schema(), "$comment": data.notice}, ensure_ascii=False, indent=1).encode())


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``services.json``."""
    service = dict(library.resolved("service"))
    service.pop("$schema", None)
    service.pop("$id", None)
    further = {
        "organization": {"title": "Organization", "description": "Id of the organization that runs it.", "type": "string"},
        "page": {"title": "Page", "description": "Address of its page on the site.", "type": "string"},
    }
    place = dict(service["properties"]["places"]["items"])
    service["properties"] = {**service["properties"], **further, "places": {**service["properties"]["places"], "items": place}}
    service["required"] = [*service["required"], "organization", "page"]
    texts = {name: {"type": "string"} for name in ("name", "description", "home", "updated", "licence", "licence_url", "attribution", "corrections")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Services, version 1",
        "type": "object",
        "required": ["version", "updated", "services"],
        "properties": {"version": {"const": VERSION}, **texts, "services": {"type": "array", "items": service}},
    }


def _file(name: str, data: Dataset, **lists: Iterable[Mapping[str, Any]]) -> Asset:
    """Return a file of some lists, whose items need not be in the memory at once."""
    head = _json({"version": VERSION, **data.about}).removesuffix(b"}")
    parts = (b',"%s":[%s]' % (key.encode(), b",".join(map(_json, items))) for key, items in lists.items())
    return Asset(FOLDER + name, b"".join((head, *parts, b"}")))


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> bytes:
    return _encoder.encode(value).encode()


def _region(value: Region) -> dict[str, Any]:
    names = ("id", "name", "kind", "parent", "iso", "calling_code", "time_zone", "note")
    made = {name: getattr(value, name) for name in names if getattr(value, name)}
    return {**made, "alternate_names": list(value.alternate_names)} if value.alternate_names else made


def _term(value: Any) -> dict[str, Any]:
    made = {name: getattr(value, name) for name in ("id", "name", "description") if getattr(value, name)}
    return {**made, "synonyms": list(value.synonyms)} if value.synonyms else made
