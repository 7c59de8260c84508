"""Crisis help against its golden file, so that two people look at every change of it.

The golden file holds, country by country and line by line, the emergency number and each published channel of each crisis
line. It is written by ``handrail crisis-golden --write`` only; where it stands, whatever differs from it is an error. A
registry without the file does without the second look.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from handrail.issues.issue import Issue
from handrail.registry import files
from handrail.registry.reading import Path
from handrail.registry.registry import Entry, Registry

FILE = "crisis-golden.yaml"
"""The golden file, beside the root file of the registry."""

_HEAD = """\
# Crisis help, line by line, as it was when this file was last written. Nobody edits it by hand: whoever changes crisis help
# runs `handrail crisis-golden --write`, and a second person compares what changed here with the sources before it is merged.
"""
_HELP = f"is it meant? then run `handrail crisis-golden --write` and let a second person compare {FILE} with the sources"
_SEE = "build/commands/#handrail-crisis-golden"


class Line(NamedTuple):
    """One line of the golden file, and where the registry says it."""

    text: str
    entry: Entry
    path: Path


def lines(registry: Registry) -> dict[str, list[Line]]:
    """Return what stands under crisis help now, by country, in the order of the registry."""
    services = {service.id: service for service in registry.services}
    return {crisis.data["region"]: list(_country(crisis, services)) for crisis in registry.crisis}


def written(registry: Registry) -> str:
    """Return the golden file as it should be."""
    parts = [_HEAD]
    for country, found in lines(registry).items():
        parts.append(f"{country}:\n" + "".join(f"  - {json.dumps(line.text, ensure_ascii=False)}\n" for line in found))
    return "".join(parts)


def check(registry: Registry) -> Iterator[Issue]:
    """Yield an issue for every line that stands in one of the two only."""
    if not os.path.lexists(registry.base / FILE):
        return
    document = files.document(registry.base / FILE, registry.base)
    yield from document.issues
    golden = document.data
    if not isinstance(golden, dict) or not all(isinstance(each, list) for each in golden.values()):
        if not document.issues:
            yield document.issue("E319", (), "this is not a golden file of crisis help", _HELP, _SEE)
        return
    now = lines(registry)
    for country, found in now.items():
        known = golden.get(country, [])
        for line in found:
            if line.text not in known:
                yield line.entry.issue("E319", line.path, f'crisis help of "{country}" has changed: {line.text}', _HELP, _SEE)
        texts = [line.text for line in found]
        if sorted(texts) == sorted(known) and texts != known:
            first = next(line for line, before in zip(found, known) if line.text != before)
            yield first.entry.issue("E319", first.path, f'crisis help of "{country}" stands in another order', _HELP, _SEE)
    for country, known in golden.items():
        texts = [line.text for line in now.get(country, ())]
        for index, text in enumerate(known):
            if text not in texts:
                yield document.issue("E319", (country, index), f'crisis help of "{country}" no longer has: {text}', _HELP, _SEE)


def _country(crisis: Entry, services: dict[str, Entry]) -> Iterator[Line]:
    emergency = crisis.data["emergency"]
    also = f", also {', '.join(emergency['also'])}" if emergency.get("also") else ""
    yield Line(f"emergency {emergency['value']}{also}: {emergency['name']}", crisis, ("emergency", "value"))
    for index, identifier in enumerate(crisis.data.get("lines", ())):
        service = services.get(identifier)
        if service is None:
            continue
        status = service.data.get("status", "active")
        if status != "active":
            yield Line(f"{identifier} ({status})", crisis, ("lines", index))
        for number, channel in enumerate(service.data.get("channels", ())):
            if channel.get("status", "published") == "published":
                yield Line(f"{identifier} {_channel(channel)}", service, ("channels", number, "value" if "value" in channel else "type"))


def _channel(channel: dict[str, Any]) -> str:
    words = [channel["type"], channel.get("value", "")]
    details = [f"{name} {channel[name]}" for name in ("keyword", "keys") if channel.get(name)]
    return ", ".join([" ".join(word for word in words if word), *details, _hours(channel.get("hours"))])


def _hours(hours: dict[str, Any] | None) -> str:
    if not hours:
        return "hours not stated"
    if hours.get("always") == "yes":
        said = "always"
    elif "weekly" in hours:
        said = "; ".join(f"{' '.join(span['days'])} {span['opens']}-{span['closes']}" for span in hours["weekly"]) + f" {hours.get('time_zone', '')}".rstrip()
    else:
        said = "hours unknown"
    exceptions = "".join(f"; except {json.dumps(each, sort_keys=True, ensure_ascii=False)}" for each in hours.get("exceptions", ()))
    return said + exceptions
