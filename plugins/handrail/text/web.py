"""Web and e-mail addresses, read the way browsers read them (WHATWG URL) and refused where they could mislead."""

from __future__ import annotations

import re
from functools import lru_cache

import ada_url

from handrail.text import characters

_MAILBOX = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._+\-]{0,62}[A-Za-z0-9])?@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}\Z")


_LONGEST = 500
_PLAIN = re.compile(r"https://(?P<host>(?:[a-z](?:[a-z0-9]|-(?!-)){0,30}\.)+[a-z]{2,12})(?:/[A-Za-z0-9._~/=&?#-]*)?")
"""An address of letters that every reader reads alike; most are such."""
_INSIDE = (".localhost", ".local", ".internal")


@lru_cache(1 << 15)
def problem(text: str) -> str:
    """Return what is wrong with a web address, or an empty string. ``http:`` passes here: the policy warns about it."""
    plain = _PLAIN.fullmatch(text)
    if plain and len(text) <= _LONGEST and not plain["host"].endswith(_INSIDE):
        return ""
    return _read(text)


def _read(text: str) -> str:
    if len(text) > _LONGEST:
        return "the address is too long"
    if re.search(r"[\s\x00-\x20\x7f-\xa0\\<>\"`{}|^]", text) or next(characters.hidden(text), None):
        return "spaces, backslashes and other special characters do not belong in a web address"
    start = re.match(r"https?://([^/?#]+)", text)
    if not start:
        return "a web address starts with https://"
    written = start[1]
    try:
        url = ada_url.URL(text)
    except ValueError:
        return "browsers cannot read this address"
    if url.username or url.password or "@" in written:
        return "a name or password does not belong in a web address"
    if ":" in written and not written.startswith("["):
        return "a port does not belong in a web address"
    host: str = url.hostname
    if "." not in host or host.endswith((".", *_INSIDE)) or re.fullmatch(r"[\d.]+", host) or host.startswith("[") or ".." in host:
        return "the name of the website is not one of the public internet"
    if not _same_labels(written.split("."), host.split(".")):
        return "browsers would open another website than the one that is written"
    return ""


def _same_labels(written: list[str], read: list[str]) -> bool:
    """Return whether each part of a host is read as written, or as Punycode where it is not ASCII."""
    return len(written) == len(read) and all(
        label.lower() == found if label.isascii() else found.startswith("xn--") for label, found in zip(written, read, strict=True)
    )


def is_encrypted(text: str) -> bool:
    """Return whether the address is https."""
    return text.startswith("https://")


@lru_cache(1 << 15)
def host(text: str) -> str:
    """Return the host of a valid address as people read it, without ``www.``; in Punycode where it is not ASCII."""
    plain = _PLAIN.fullmatch(text)
    read: str = plain["host"] if plain else ada_url.URL(text).hostname
    return read.removeprefix("www.")


def mailbox_problem(text: str) -> str:
    """Return what is wrong with an e-mail address, or an empty string."""
    if len(text) > 254 or not _MAILBOX.match(text) or ".." in text:
        return "an e-mail address looks like help@example.org"
    return ""


_KEPT = re.compile(r"[A-Za-z0-9_.~-]")
_PERCENT = [chr(byte) if _KEPT.match(chr(byte)) else f"%{byte:02X}" for byte in range(256)]
_OF_ADDRESS = [chr(byte) if chr(byte) in "@+" else text for byte, text in enumerate(_PERCENT)]


@lru_cache(64)
def percent(text: str) -> str:
    """Return a text as a part of an address: everything but letters, digits and ``_.-~`` percent-encoded, as ``urllib.parse.quote`` does it slowly."""
    return "".join(map(_PERCENT.__getitem__, text.encode()))


def mailto(address: str, subject: str = "", body: str = "", copy: str = "") -> str:
    """Return a ``mailto:`` link; subject, body and the address that gets a copy are percent-encoded."""
    query = "&".join([f"{key}={percent(value)}" for key, value in (("cc", copy), ("subject", subject), ("body", body)) if value])
    return f"mailto:{''.join(map(_OF_ADDRESS.__getitem__, address.encode()))}" + (f"?{query}" if query else "")
