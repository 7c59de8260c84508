"""Contacts that must not be used any more, and the words of the registry without them.

A suspended service loses its contacts in ``model.build``. But its number may stand in the words of other entries, or in the note
of a source: whoever suspends a service wants it gone from there too, and at once, before somebody finds the time to write those
words anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from handrail.registry.registry import Entry, Registry
from handrail.text import phone

OPEN = ("active", "paused")
"""The statuses of a service that people may turn to."""
NAMES = frozenset(("id", "name", "alternate_names", "discreet_name", "value", "url", "website", "vanity", "keys", "keyword", "corrections"))
"""Fields that name something or are a contact themselves; a contact of a service that people may turn to is never changed."""


def contacts(registry: Registry) -> list[str]:
    """Return the numbers and mailboxes of suspended services that no service which is open, and no emergency service, has too."""
    gone = {contact for entry in registry.services if entry.data.get("status") == "suspended" for contact in contacts_of(entry)}
    if not gone:
        return []
    kept = {phone.dialled(each) for entry in registry.services if entry.data.get("status", "active") in OPEN for each in contacts_of(entry, published=True)}
    for crisis in registry.crisis:
        emergency = crisis.data["emergency"]
        kept |= {phone.dialled(each) for each in (emergency["value"], *emergency.get("also", ()))}
    return sorted(each for each in gone if "@" in each or phone.dialled(each) not in kept)


def contacts_of(entry: Entry, *, published: bool = False) -> Iterator[str]:
    """Yield the numbers and mailboxes of a service, its old ones and its drafts too."""
    for channel in entry.data.get("channels", ()):
        value = channel.get("value", "")
        if ("@" in value or (value and not phone.problem(value))) and not (published and channel.get("status", "published") != "published"):
            yield value


def shared(registry: Registry, entry: Entry) -> list[str]:
    """Return the ids of other open services that have a number or mailbox of an entry as their own contact."""
    own = {_key(each) for each in contacts_of(entry)}
    return sorted(other.id for other in registry.services if other is not entry and other.data.get("status", "active") in OPEN
                  and own & {_key(each) for each in contacts_of(other, published=True)})


def stands(text: str, contact: str) -> bool:
    """Return whether a contact stands in a text, a number in whatever notation."""
    return contact.casefold() in text.casefold() if phone.problem(contact) else phone.holds(text, contact)


def without(value: Any, gone: Sequence[str], instead: str, key: str = "") -> Any:
    """Return the data of an entry with every contact that is gone replaced in its words."""
    if isinstance(value, dict):
        return {name: without(each, gone, instead, name) for name, each in value.items()}
    if isinstance(value, list):
        return [without(each, gone, instead, key) for each in value]
    if isinstance(value, str) and key not in NAMES:
        for contact in gone:
            if stands(value, contact):
                value = re.sub(re.escape(contact), instead, value, flags=re.IGNORECASE) if phone.problem(contact) else phone.without(value, contact, instead)
    return value


def _key(contact: str) -> str:
    return contact.casefold() if "@" in contact else phone.dialled(contact)
