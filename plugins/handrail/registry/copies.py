"""The text of an organization's file as anybody may read it: without drafts, old contacts and services that ended.

A partner changes an entry from its public copy. So the copy keeps the lines of the file as they are, and each part that is left out keeps
its first line: ``- id: day-line``, ``- type: phone``. A change of the copy can then be put into the file, which knows the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.registry import withdrawn
from handrail.registry.reading import Path, read
from handrail.registry.registry import Entry


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """A text that may be read by anybody."""

    text: str
    cuts: tuple[tuple[int, int], ...] = ()
    """After so many lines of the copy, so many lines of the file are left out."""
    held: tuple[tuple[int, ...], ...] = ()
    """What is not whole: the position of a service, or of a service and of one of its channels."""


def is_whole(organization: Entry, gone: Sequence[str]) -> bool:
    """Return whether the site publishes all that the file of an organization holds; ``gone`` are contacts that nobody may see any more."""
    return not any(_held(organization)) and not _holds(organization.document.text, gone)


def public_copy(organization: Entry, raw: bytes, gone: Sequence[str]) -> PublicCopy | None:
    """Return the public copy of the file of an organization, ``raw`` being its bytes; None when none can be made for certain.

    That is so when a part that is left out has no first line that may stay, and when what it holds stands elsewhere in the file.
    """
    original = read(raw, organization.document.name)
    lines = [f"{line}\n" for line in raw.decode("utf-8", "replace").split("\n")]
    if len(lines) != len(original.lines):
        return None
    held = tuple(_held(organization))
    kept: list[str] = []
    cuts = []
    done = 0
    for path in held:
        first = original.starts.get(_path(path), 0) - 1
        if first < done or not _FIRST[len(path)].fullmatch(lines[first]):
            return None
        end = _end(lines, first)
        kept += lines[done:first + 1]
        if end == len(lines):  # its last line has no end, so nothing can be put behind it
            return None
        if end > first + 1:
            cuts.append((len(kept), end - first - 1))
        done = end
    copy = PublicCopy("".join([*kept, *lines[done:]])[:-1], tuple(cuts), held)
    is_as_meant = read(copy.text.encode(), original.name).data == _without(original.data, held)
    return copy if is_as_meant and not _holds(copy.text, [*gone, *_unpublished(organization, held)]) else None


_FIRST = {1: re.compile(r"""\ *- +id: +["']?[a-z0-9-]+["']?\r?\n"""), 2: re.compile(r"\ *- +type: +[a-z-]+\r?\n")}
"""The line of a service, and that of a channel, which says no more than that there is one."""


def _held(organization: Entry) -> Iterator[tuple[int, ...]]:
    for at, service in enumerate(organization.data.get("services", ())):
        if service.get("status", "active") not in withdrawn.OPEN:
            yield (at,)
        else:
            yield from ((at, place) for place, channel in enumerate(service.get("channels", ())) if channel.get("status", "published") != "published")


def _path(held: tuple[int, ...]) -> Path:
    return tuple(step for pair in zip(("services", "channels"), held, strict=False) for step in pair)


def _end(lines: Sequence[str], first: int) -> int:
    """Return the line behind an item of a list: the first that is not indented deeper than its hyphen; blank lines at its end are not its own."""
    depth = lines[first].index("-")
    end = last = first + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip(" ")) > depth):
        end += 1
        last = end if lines[end - 1].strip() else last
    return last


def _without(data: Mapping[str, Any], held: Sequence[tuple[int, ...]]) -> dict[str, Any]:
    services = [dict(service) for service in data["services"]]
    for at, *channel in held:
        if channel:
            services[at]["channels"] = [_first(each) if place == channel[0] else each for place, each in enumerate(services[at]["channels"])]
        else:
            services[at] = _first(services[at])
    return {**data, "services": services}


def _first(item: Mapping[str, Any]) -> dict[str, Any]:
    return dict([next(iter(item.items()))])


def _unpublished(organization: Entry, held: Sequence[tuple[int, ...]]) -> Iterator[str]:
    """Yield the numbers and mailboxes of what is left out that nothing else in the file has as its own."""
    every = {entry.path[-1]: entry for entry in organization.services}
    shown = "\n".join(each for at, entry in every.items() if (at,) not in held for each in withdrawn.contacts_of(entry, published=True))
    for at, *_ in held:
        yield from (each for each in withdrawn.contacts_of(every[at]) if not withdrawn.stands(shown, each))


def _holds(text: str, contacts: Sequence[str]) -> bool:
    return any(withdrawn.stands(text, contact) for contact in contacts)
