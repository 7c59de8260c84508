"""Stable UUIDs: the same entry has the same one in every export and every year."""

from __future__ import annotations

from hashlib import sha1

from handrail.text import web

NAMESPACE = bytes.fromhex("6f1c9d1e8a5b5f0e9a3c4d2b7e8f9a10")
"""Ours, chosen once; changing it would change every id that others keep."""


def uuid(*path: str | int) -> str:
    """Return the UUID (version 5) of a thing: its kind, its id, and the way to a part of it."""
    name = "/".join(map(str, path))
    digest = bytearray(sha1(NAMESPACE + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def web_or_nothing(address: str) -> str:
    """Return a web address that is safe to hand on, or an empty string."""
    return "" if not address or web.problem(address) else address
