"""A report that a number does not answer becomes what a maintainer needs: every place it stands in, what it is for, and the steps to take.

The words of the report are shown as they are and go nowhere else: no reason on a page and no command is made of them.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from handrail.registry import withdrawn
from handrail.registry.registry import Entry, Registry
from handrail.review import places
from handrail.review.suspend import ways_on

REASON = "It could not be reached when we last tried."
"""The reason that the ready command carries: it says no more than what was found."""
_MANY = 40


def lines(given: Mapping[str, str], entry: Entry, registry: Registry) -> Iterator[str]:
    """Yield the report, line by line, as plain text."""
    contact = " ".join(given["number"].split())
    owner = entry.organization or entry
    yield f"{entry.data.get('name', '')} ({entry.id}), {owner.data.get('name', '')}"
    yield f"  written in {entry.document.name}:{entry.document.marks.at((*entry.path, 'id')).line}"
    crisis = [str(each.data["region"]) for each in registry.crisis if entry.id in each.data.get("lines", ())]
    if crisis:
        yield f"  CRISIS LINE of {', '.join(crisis)}: look at this before anything else"
    yield f"  reported: {contact}"
    yield f"  tried: {_line(given['when'])}"
    yield f"  what happened: {_line(given['happened'])}"
    values = [str(each["value"]) for each in entry.data.get("channels", ()) if "value" in each]
    own = [value for value in values if withdrawn.stands(contact, value)]
    yield ""
    website = str(entry.data.get("website", ""))
    if not own and not (website and withdrawn.stands(contact, website)):
        yield "This is no contact of the entry as it stands now: it may have been mended, or the report means another entry."
    found = list(places.lines(registry, own or [contact])) if len(contact) >= 3 else []
    yield f"It stands in {len(found)} {'line' if len(found) == 1 else 'lines'}:"
    yield from (f"  {name}:{number}: {line.strip()}" for name, number, line in found[:_MANY])
    if len(found) > _MANY:
        yield f"  and {len(found) - _MANY} more"
    others = sorted({each.id for each in registry.services if each is not entry for channel in each.data.get("channels", ()) if channel.get("value") in own})
    if others:
        yield f"Other entries with it: {', '.join(others)}"
    yield from _steps(entry, bool(crisis or entry.data.get("crisis") == "yes"), bool(ways_on(registry, entry)))


def _steps(entry: Entry, crisis: bool, has_way_on: bool) -> Iterator[str]:
    owner = (entry.organization or entry).id
    yield ""
    yield "What to do:"
    if crisis:
        yield "  1. Do not call a crisis line to check it. Look at its own website, or write to its office:"
        yield f"     handrail verify sheet --crisis --all --organization {shlex.quote(owner)}"
    else:
        yield "  1. Check it with the service, once at another time of day:"
        yield f"     handrail verify sheet --all --organization {shlex.quote(owner)}"
    yield "  2. It has another number: change the entry, and name the page that says so."
    yield "  3. It does not answer, or somebody else does: take it out at once. The page of the entry then says where to turn."
    yield f"     handrail suspend {shlex.quote(entry.id)} --reason {shlex.quote(REASON)}"
    if not has_way_on:
        yield "     (add --use-instead and the id of a service that people can turn to)"
    yield "  4. It answers as the page says: write down the check with handrail verify apply, and answer in the issue."


def _line(text: str) -> str:
    return " ".join(text.split())
