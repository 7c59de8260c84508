"""The marks by which a guide places services, crisis help, worksheets and sources in its text, each with its place.

Blocks stand on a line of their own::

    ::: crisis
    ::: evidence
    ::: worksheet W1
    ::: service night-line
    ::: services kind=peer-mentoring model=one-to-one
    ::: note suicide
    (a part of the text that can be skipped)
    :::

Inline there are ``[[night-line]]`` for a service and ``[@key]`` or ``[@one; @two]`` for sources. Code is left as it is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from handrail.schemas import library
from handrail.text import web

CITATION = r"[ \u00a0]?\[@([^\[\]]{0,400})\]"
"""Sources, with the blank before them: it goes, so that no number starts a line."""
REFERENCE = r"\[\[([^\[\]\n]{0,80})\]\]"
"""A service in running text."""

NAMES = ("crisis", "evidence", "note", "service", "services", "worksheet")
KEYS = ("kind", "topic", "audience", "model")

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??(?P=fence)[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_LINE = re.compile(r"^(?P<indent>[ \t]*):::(?P<rest>[^\n]*)$", re.MULTILINE)
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|!\[")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|^ {0,3}\[[^\]\n@]+\]:[ \t]*<?(\S+)", re.MULTILINE)
_WORKSHEET = re.compile(r"W[0-9]{1,2}\Z")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """A directive on a line of its own."""

    name: str
    """One of ``NAMES``, or ``end`` for the end of a note."""
    subject: str = ""
    """What the note is about, or the id of the worksheet or service."""
    wanted: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For lists of services: keys with their values."""
    offset: int = 0
    length: int = 0

    def values(self, key: str) -> tuple[str, ...]:
        """Return the values of a key; empty when it is not given."""
        return dict(self.wanted).get(key, ())


@dataclass(frozen=True, slots=True)
class Point:
    """An id or an address in the text."""

    text: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be understood, where, and the remedy."""

    offset: int
    length: int
    code: str
    message: str
    help: str


@dataclass(slots=True)
class Scan:
    """Everything that was found in a text; offsets are from its start."""

    text: str
    masked: str
    """The text with code blanked out, character by character."""
    blocks: list[Block] = field(default_factory=list)
    citations: list[Point] = field(default_factory=list)
    services: list[Point] = field(default_factory=list)
    links: list[Point] = field(default_factory=list)
    markup: list[Point] = field(default_factory=list)
    """Where HTML or an image begins."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys of the sources, each once, in the order in which they are cited."""
        return tuple(dict.fromkeys(point.text for point in self.citations))


def scan(text: str) -> Scan:
    """Return every directive of a text, and a problem for each that is not understood."""
    masked = _CODE.sub(_blank, _FENCE.sub(_blank, text))
    found = Scan(text, masked)
    _blocks(found)
    for match in re.finditer(CITATION, masked):
        for key, offset in _keys(match):
            if _ID.match(key):
                found.citations.append(Point(key, offset, len(key) + 1))
            else:
                message = f'"{key[:40]}" is not the key of a source' if key else "the key of a source is missing"
                found.problems.append(Problem(offset, max(1, len(key)), "E330", message, "write [@key], or [@one; @two] for several"))
    for match in re.finditer(REFERENCE, masked):
        found.services.append(Point(match[1].strip(), match.start(1), max(1, len(match[1]))))
    for match in _LINK.finditer(masked):
        part = match.lastindex or 0
        found.links.append(Point(match[part], match.start(part), max(1, len(match[part]))))
    found.markup = [Point(match[0], match.start(), len(match[0])) for match in _MARKUP.finditer(masked)]
    return found


def keys(text: str) -> list[str]:
    """Return the keys of a citation from what stands between ``[@`` and ``]``."""
    return [part.strip().removeprefix("@") for part in text.split(";")]


def _keys(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    offset = match.start(1) - 1
    for part in ("@" + match[1]).split(";"):
        key = part.strip()
        yield key.removeprefix("@"), offset + len(part) - len(part.lstrip())
        offset += len(part) + 1


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n\r]", " ", match.group())


def _blocks(found: Scan) -> None:
    opened: Block | None = None
    for match in _LINE.finditer(found.masked):
        here = match.start() + len(match["indent"]), len(match[0].strip())

        def wrong(message: str, help: str, here: tuple[int, int] = here) -> None:
            found.problems.append(Problem(*here, "E330", message, help))

        if match["indent"]:
            wrong("a directive is indented", "start it at the beginning of a line of its own")
            continue
        made = _block(match["rest"].strip(), *here)
        if isinstance(made, Problem):
            found.problems.append(made)
            continue
        if made.name == "end":
            if opened is None:
                wrong("nothing is open that ::: could end", "delete the line, or open a part with ::: note SUBJECT")
                continue
            opened = None
        elif made.name == "note":
            if opened is not None:
                wrong("a note stands inside another note", "end the first one with ::: before this line")
                continue
            opened = made
        found.blocks.append(made)
    if opened is not None:
        found.problems.append(Problem(opened.offset, opened.length, "E330", "this note has no end", "write ::: on a line of its own where the note ends"))


_NEEDS = {
    "note": "what the part is about, such as ::: note suicide", "worksheet": "its id, such as ::: worksheet W1",
    "service": "its id, such as ::: service findahelpline", "services": "what to list, such as ::: services kind=warm-line",
}


def _block(rest: str, offset: int, length: int) -> Block | Problem:
    def problem(message: str, help: str, part: str = "") -> Problem:
        at = rest.find(part) if part else -1
        place = (offset + length - len(rest) + at, len(part)) if at >= 0 else (offset, length)
        return Problem(*place, "E330", message, help)

    name, _, tail = rest.partition(" ")
    tail = " ".join(tail.split())
    if not name:
        return Block("end", offset=offset, length=length)
    if name not in NAMES:
        return problem(f'there is no directive "{name[:40]}"', _nearest(name, NAMES, "the directives are"), name)
    if name in ("crisis", "evidence"):
        return problem(f'nothing stands behind "{name}"', f"write ::: {name}", tail) if tail else Block(name, offset=offset, length=length)
    if not tail:
        return problem(f'"{name}" needs more', f"write {_NEEDS[name]}")
    if name == "worksheet" and not _WORKSHEET.match(tail):
        return problem(f'"{tail[:40]}" is not the id of a worksheet', "write W and a number, such as W1", tail)
    if name == "service" and not _ID.match(tail):
        return problem(f'"{tail[:40]}" is not the id of a service', "write the id as its entry has it", tail)
    if name != "services":
        return Block(name, tail, offset=offset, length=length)
    pairs: dict[str, tuple[str, ...]] = {}
    for part in tail.split(" "):
        key, _, value = part.partition("=")
        if key not in KEYS or not value:
            return problem(f'"{part[:40]}" is not understood', f"write {', '.join(f'{each}=…' for each in KEYS)}, with commas between several values", part)
        if key in pairs:
            return problem(f'"{key}" stands twice', "write several values with commas, such as topic=anxiety,depression", part)
        pairs[key] = tuple(value.split(","))
        for each in pairs[key]:
            known = choices(key)
            if not _ID.match(each) or (known and each not in known):
                return problem(f'"{each[:40]}" is not a {key}', _nearest(each, known, "choose from") if known else "write its id", each or part)
    return Block(name, wanted=tuple(pairs.items()), offset=offset, length=length)


def _nearest(word: str, known: Sequence[str], all: str) -> str:
    close = difflib.get_close_matches(word.lower(), known, 1, 0.6)
    return f'write it as "{close[0]}"' if close else f"{all}: {', '.join(known)}"


@cache
def choices(key: str) -> tuple[str, ...]:
    """Return the words that may stand for a key; empty for keys whose values are ids of the registry."""
    if key in ("kind", "model"):
        return tuple(library.field_at("guide", (f"{key}s", 0))["enum"])
    return ()


def link_problem(address: str) -> str:
    """Return what is wrong with the address of a link in a guide, or an empty string."""
    address = re.sub(r"[\x00-\x20]", "", unescape(address))  # browsers pass over blanks inside a scheme
    if re.match(r"[^/?#]*:|[\\/]", address) is None:
        return ""
    return web.problem(address)


_HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+", re.MULTILINE)


def prose(found: Scan, *, tables: bool = False) -> str:
    """Return the running text as it is read aloud: without directives, sources, headings, tables and marks; items of lists stand apart."""
    text = _LINE.sub("", found.masked)
    text = re.sub(CITATION, "", text)
    text = re.sub(REFERENCE, " the service ", text)
    text = re.sub(r"!?\[([^\[\]]*)\]\([^)]*\)", r"\1", text)
    if not tables:
        text = _TABLE.sub("", _HEADING.sub("", text))
    text = _ITEM.sub("\n\n", text)
    return re.sub(r"[*_`>|\\]|^#+[ \t]", "", text, flags=re.MULTILINE)


def visible(found: Scan) -> str:
    """Return the text with everything blanked out that no reader sees as words, offsets kept: directives, keys, ids, addresses."""
    text = _LINE.sub(lambda match: match[0] if re.match(r"::: *note ", match[0]) else _blank(match), found.masked)
    text = re.sub(CITATION, _blank, text)
    text = re.sub(REFERENCE, _blank, text)
    return _LINK.sub(lambda match: "]" + _blank(match)[1:], text)
