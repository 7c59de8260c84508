"""Stable UUIDs: the same entry has the same one in every export and every year."""

from __future__ import annotations

from hashlib import sha1

from handrail.text import web

NAMESPACE = bytes.fromhex("6f1c9d1e8a5b5f0e9a3c4d2b7e8f9a10")
"""Ours, chosen once; changing it would change every id that others keep."""


def uuid(*path: str | int) -> str:
    """Return the UUID (version 5) of a thing: its kind, its id, and the way to a part of it."""
    name = "/".join(map(str, path))
    text = sha1(NAMESPACE + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(text[16], 16) % 4]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


def web_or_nothing(address: str) -> str:
    """Return a web address that is safe to hand on, or an empty string."""
    return "" if not address or web.problem(address) else address
