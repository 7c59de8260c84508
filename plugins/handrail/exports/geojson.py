"""Places on a map: only those whose whole address may be shown and whose coordinates an entry gives (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from handrail.exports.dataset import Dataset
from handrail.exports.identity import uuid
from handrail.output.files import Asset
from handrail.views import handover

PATH = "data/places.geojson"


def file(data: Dataset) -> Asset:
    """Return the places."""
    made = {"type": "FeatureCollection", **data.about, "features": list(_features(data))}
    return Asset(PATH, json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode())


def _features(data: Dataset) -> Iterator[dict[str, Any]]:
    for service in data.directory.services.values():
        if not service.is_open_to_people:
            continue
        for number, place in enumerate(service.places):
            if place.visibility == "full" and place.latitude is not None and place.longitude is not None:
                facts = {
                    "service": service.id,
                    "name": service.name,
                    "place": place.name,
                    "kind": service.kind,
                    "address": handover.address(place),
                    "page": data.page(service),
                }
                yield {
                    "type": "Feature",
                    "id": uuid("location", f"{service.id}/{number}"),
                    "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
                    "properties": {key: value for key, value in facts.items() if value},
                }
