"""Contacts that a change touches: what stood there, what stands there, and the pages on which a reviewer can read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handrail.registry import withdrawn
from handrail.registry.registry import Entry, Registry
from handrail.review import places
from handrail.review.kit.compare import Change, hours_in_words, pairs


@dataclass(frozen=True, slots=True)
class Contact:
    """One channel, before and after; empty where it does not stand."""

    service: str
    before: str
    after: str
    gone: str
    """The number or address that the channel no longer has."""
    sources: tuple[Mapping[str, Any], ...]
    """The pages in which it was seen, as the entry names them now."""
    same_sources: bool
    """Whether it changed while its pages, and their dates, did not."""
    checked: str
    """The day of a check that was made before the change and still stands in the entry."""
    elsewhere: tuple[str, ...] = ()
    """File and line of every place where what is gone still stands."""


def contacts(changes: Sequence[Change], registry: Registry) -> list[Contact]:
    """Return every channel of the changed services whose number, address, keys, hours or status came, went or differ."""
    found = [(change, contact) for change in changes if change.kind == "service" for contact in _of(change)]
    gone = sorted({contact.gone for _, contact in found if contact.gone})
    standing: dict[str, list[tuple[str, int]]] = {value: [] for value in gone}
    for name, number, line in places.lines(registry, gone):
        for value in gone:
            if withdrawn.stands(line, value):
                standing[value].append((name, number))
    result = []
    for change, contact in found:
        is_own = places.own(change.after) if change.after else lambda name, number: False
        elsewhere = [f"{name}:{number}" for name, number in standing.get(contact.gone, ()) if _is_shown(change.after) or not is_own(name, number)]
        result.append(replace(contact, elsewhere=tuple(elsewhere)))
    return result


def _is_shown(entry: Entry | None) -> bool:
    """Return whether the contacts of an entry stand on its page."""
    return entry is not None and entry.data.get("status", "active") in ("active", "paused")


def _of(change: Change) -> Iterator[Contact]:
    before, after = change.before, change.after
    old, new = (entry.data.get("channels", []) if entry else [] for entry in (before, after))
    is_hidden = _is_shown(before) and after is not None and not _is_shown(after)
    for _, one, other in pairs(old, new):
        said = _said(one), "" if is_hidden else _said(other)
        if said[0] != said[1]:
            gone = str(one.get("value", "")) if one and (is_hidden or one.get("value") != (other or {}).get("value")) else ""
            was, now = _sources(before, one), () if is_hidden else _sources(after, other)
            changed = one is not None and other is not None and not is_hidden
            is_number = one is not None and one.get("type") not in ("web", "app", "chat")
            checked = _checked(change, one, other) if one is not None and other is not None and changed else ""
            yield Contact(change.id, *said, gone if is_number else "", now, changed and was == now, checked)


def _said(channel: Mapping[str, Any] | None) -> str:
    """Return what somebody would do with a channel, in one line."""
    if channel is None:
        return ""
    what = f"{channel.get('type', '')} {channel.get('value', '')}".strip()
    details = (f"{name} {channel[name]}" for name in ("keyword", "keys", "extension") if channel.get(name))
    status = str(channel.get("status", "published"))
    parts = (what, *details, hours_in_words(channel.get("hours", {})), "" if status == "published" else status)
    return ", ".join(part for part in parts if part)


def _sources(entry: Entry | None, channel: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], ...]:
    if entry is None or channel is None or entry.organization is None:
        return ()
    named = [*channel.get("seen", ()), *channel.get("hours", {}).get("seen", ())]
    sources = {source.get("id"): source for source in entry.organization.data.get("sources", ())}
    return tuple(sources[name] for name in dict.fromkeys(named) if name in sources)


def _checked(change: Change, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return the day of the check that the entry claimed before and claims still, though what was checked is another now."""
    whole = [entry.data if entry else {} for entry in (change.before, change.after)]
    for one, other in ((before, after), (before.get("hours", {}), after.get("hours", {})), (whole[0], whole[1])):
        old, new = one.get("verified"), other.get("verified")
        if new and old == new and (one is not whole[0] or not new.get("what") or {"contacts", "hours"} & set(new["what"])):
            return str(new.get("date", ""))
    return ""
