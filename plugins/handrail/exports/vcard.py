"""Contacts for an address book: vCard 4.0 (RFC 6350), one card a service."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from handrail.exports.dataset import Dataset
from handrail.exports.identity import uuid
from handrail.model.values import Service
from handrail.model.vocabulary import Vocabulary
from handrail.text import escape
from handrail.text.words import Words
from handrail.views import handover
from handrail.views.handover import Way

HEAD = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\n"
END = "END:VCARD\r\n"
_PLAIN = re.compile(r"[^\\,;\x00-\x1f\x7f-\x9f\u2028\u2029]*")
TYPES = {"phone": "voice", "text": "text", "textphone": "textphone", "relay": "textphone", "video": "video", "sign-language-video": "video"}


def card(service: Service, reach: list[Way], data: Dataset) -> str:
    """Return the card of a service; its note ends with whom to credit, and it names the page it was taken from and the day of its facts."""
    organization = data.directory.organizations[service.organization].name
    day = max(filter(None, (service.added, service.changed, service.verified.date if service.verified else None)), default=data.fresh)
    lines = [f"FN:{_text(service.name)}", f"ORG:{_text(organization)}", f"NOTE:{_text(service.summary)}\\n{_text(data.notice)}"]
    lines += [f"SOURCE:{_uri(data.page(service))}"] if data.base else []
    lines.append(f"REV:{day.isoformat().replace('-', '')}T000000Z")
    lines += [f"ADR;LABEL={_parameter(line)}:;;;;;;" for place in service.places if (line := handover.address(place))]
    return _card(service, lines, reach)


def discreet_card(service: Service, safe: list[Way], vocabulary: Vocabulary, t: Words) -> str:
    """Return the card of a service without anything that tells what it is about; its UID is another one, so that the two never merge."""
    return _card(service, [f"FN:{_text(handover.neutral_name(service, vocabulary, t))}"], safe, "discreet")


def book(cards: Iterable[str]) -> bytes:
    """Return many cards as one file."""
    return "".join(cards).encode()


def _card(service: Service, head: list[str], reach: list[Way], *form: str) -> str:
    lines = [f"UID:urn:uuid:{uuid('vcard', service.id, *form)}", *head]
    for way in reach:
        note = f";X-ABLABEL={_parameter('. '.join(filter(None, (way.heading, way.then, way.hours))))}"
        if way.type in TYPES and way.display and not way.href.startswith("http"):
            lines.append(f"TEL;TYPE={TYPES[way.type]}{note}:{_text(way.display)}")
        elif way.type == "email":
            lines.append(f"EMAIL:{escape.vcard(way.display)}")
        elif way.href.startswith("https://") or way.href.startswith("http://"):
            lines.append(f"URL:{_uri(way.href)}")
    return f"{HEAD}{''.join(map(folded, lines))}{END}"


@lru_cache(256)
def _text(text: str) -> str:
    """Return a text value; most hold nothing that has to be escaped, and some stand on the next cards too."""
    return text if _PLAIN.fullmatch(text) else escape.vcard(text)


@lru_cache(1024)
def _parameter(text: str) -> str:
    """Return a quoted parameter value: RFC 6868 writes the three characters that it cannot hold."""
    plain = escape.terminal(" ".join(text.split()))
    return '"' + plain.replace("^", "^^").replace('"', "^'") + '"'


def _uri(address: str) -> str:
    """Return an address as a URI value, in which a comma would start another value for some readers."""
    return address.replace(",", "%2C").replace(";", "%3B")


def folded(line: str) -> str:
    """Return a content line cut so that no piece is longer than 75 octets, with its CRLF; no character is cut in two."""
    if len(line) < 75 and line.isascii():
        return line + "\r\n"
    if line.isascii():
        return "\r\n ".join([line[:74], *(line[at : at + 73] for at in range(74, len(line), 73))]) + "\r\n"
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode("utf-8", "replace"))
        if size + width > 74:
            pieces.append(piece)
            piece, size = "", 1
        piece += character
        size += width
    return "\r\n ".join([*pieces, piece]) + "\r\n"
