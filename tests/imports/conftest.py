"""A small directory into which others are read."""

from __future__ import annotations

import pytest
import yaml

from handrail.model import build
from handrail.registry.loading import load

REGISTRY = {
    "site": {"name": "Small", "description": "A small directory.", "language": "en", "corrections": "mend@example.org", "leave_to": "https://www.example.org"},
    "regions": [
        {"id": "av", "name": "Avalon", "kind": "country", "iso": "AV", "time_zone": "Europe/London"},
        {"id": "av-n", "name": "North Avalon", "kind": "county", "parent": "av", "iso": "AV-N", "time_zone": "Europe/London"},
        {"id": "no", "name": "Norland", "kind": "country", "iso": "NL"},
    ],
    "topics": [
        {"id": "loneliness", "name": "Loneliness", "description": "Feeling alone.", "synonyms": ["nobody to talk to"]},
        {"id": "grief", "name": "Grief", "description": "When somebody died.", "synonyms": ["somebody died"]},
        {"id": "mental-health", "name": "Mental health", "description": "Anything.", "synonyms": ["anything"]},
    ],
    "audiences": [{"id": "students", "name": "Students", "description": "People who study.", "synonyms": ["study"]}],
}


@pytest.fixture(scope="session")
def registry_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("registry") / "resources.yaml"
    path.write_text(yaml.safe_dump(REGISTRY, sort_keys=False), "utf-8")
    return path


@pytest.fixture(scope="session")
def small(registry_file):
    return build.directory(load(registry_file))
