"""Words that may hurt or promise too much, found in any text: a matter of data, with a reason and a suggestion for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handrail.issues.issue import Issue
from handrail.registry.reading import Path as Way
from handrail.registry.registry import Entry, Registry

FILE = Path(__file__).resolve().with_name("wording.yaml")

PROSE = frozenset(("summary", "description", "for_whom", "not_for", "note", "status_note", "limits", "before", "they_ask", "next", "no_answer", "records",
                   "interpreters", "partner_note", "text", "answered_by", "access_note"))
"""Fields of the registry that hold sentences of ours; names and titles are others' words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One group of words."""

    words: tuple[str, ...]
    reason: str
    instead: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a rule in a text."""

    start: int
    end: int
    text: str
    rule: Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule."""
    loaded = yaml.safe_load(FILE.read_text("utf-8"))
    return tuple(Rule(tuple(each["words"]), each["reason"], each["instead"]) for each in loaded)


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, Rule]]:
    of = {f"r{number}": rule for number, rule in enumerate(rules())}
    groups = (f"(?P<{name}>{'|'.join(map(_words, sorted(rule.words, key=len, reverse=True)))})" for name, rule in of.items())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])", re.IGNORECASE), of


_TOKEN = re.compile(r"\w+")
_FOLDED = {code: chr(code).lower() if _TOKEN.match(chr(code)) else " " for code in range(128)}
_ALIKE = {0x130: "i", 0x131: "i"}
"""Letters that an expression takes for an ``i`` in either case, and that fold to something else."""


def _tokens(text: str) -> list[str]:
    """Return the words of a text without case: texts that an expression takes for equal in either case have equal words."""
    if text.isascii():  # most texts are, and a table is faster than an expression
        return text.translate(_FOLDED).split()
    return [token.translate(_ALIKE).casefold() for token in _TOKEN.findall(text)]


def _may_hit(text: str) -> bool:
    """Return whether a text holds the words of some rule in their order, whatever stands between them: a text without holds no hit."""
    tokens = _tokens(text)
    whole = f" {' '.join(tokens)} "
    by_word, telling, others = _telling()
    return any(phrase in whole for phrase in others) or any(phrase in whole for token in telling.intersection(tokens) for phrase in by_word[token])


@cache
def _telling() -> tuple[Mapping[str, list[str]], frozenset[str], list[str]]:
    """Return what rules look for among words with a blank before and behind each: by one of its whole words, these words, and what has none."""
    by_word: dict[str, list[str]] = {}
    others = []
    for words in (words for rule in rules() for words in rule.words):
        sure, star, _ = words.partition("*")  # of the word at which any ending may stand, the beginning
        tokens = _tokens(sure)
        phrase = f" {' '.join(tokens)}" + ("" if star else " ")
        if whole := tokens[:-1] if star else tokens:
            by_word.setdefault(max(whole, key=len), []).append(phrase)
        else:
            others.append(phrase)
    return by_word, frozenset(by_word), others


def _words(words: str) -> str:
    parts = (re.escape(part.removesuffix("*")) + (r"\w*" if part.endswith("*") else "") for part in words.split())
    return r"\s+".join(parts)


def hits(text: str) -> Iterator[Hit]:
    """Yield every place where a rule speaks."""
    if not _may_hit(text):
        return
    pattern, of = _pattern()
    for match in pattern.finditer(text):
        name = match.lastgroup or ""
        yield Hit(match.start(), match.end(), " ".join(match[0].split()), of[name])


class Exceptions:
    """The written exceptions of one file: each covers one place, and one that covers none is reported by whoever asks."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._open = list(enumerate(texts))

    def cover(self, text: str, start: int, end: int) -> bool:
        """Return whether an exception that is still open covers a part of a text; it is used up then."""
        for each in self._open:
            for match in re.finditer(_words(each[1]), text, re.IGNORECASE):
                if match.start() <= start and end <= match.end():
                    self._open.remove(each)
                    return True
        return False

    @property
    def unused(self) -> list[tuple[int, str]]:
        """The exceptions that covered nothing, with their positions."""
        return self._open


def message(hit: Hit) -> tuple[str, str]:
    """Return the message and the help for a hit."""
    return f'"{hit.text}": {hit.rule.reason.rstrip(".")}', f"write instead: {hit.rule.instead}"


def organization(entry: Entry) -> Iterator[Issue]:
    """Yield a warning for every such word in the texts of an organization and its services."""
    if entry.is_spelled_out and not _may_hit(entry.document.text):  # the whole file at once: most hold none
        return
    for each in (entry, *entry.services):
        yield from _warnings(each, ("services", "sources"))


def root(registry: Registry) -> Iterator[Issue]:
    """Yield the same for the other texts of the root file."""
    yield from _warnings(Entry(registry.data, registry.root, ()), ("regions", "topics", "audiences", "crisis", "organizations"))
    for entry in (*registry.regions, *registry.topics, *registry.audiences, *registry.crisis):
        yield from _warnings(entry, ("services", "sources"))


def _warnings(entry: Entry, without: Iterable[str]) -> Iterator[Issue]:
    for way, text in sentences(entry.data, (), without):
        for hit in hits(text):
            said, help = message(hit)
            yield entry.issue("W501", way, said, help)


def sentences(value: Any, way: Way, without: Iterable[str] = ()) -> Iterator[tuple[Way, str]]:
    """Yield every text of ours inside an entry, with the way to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in without:
                yield from sentences(item, (*way, key), without)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from sentences(item, (*way, index), without)
    elif isinstance(value, str) and any(part in PROSE for part in way):
        yield way, value
