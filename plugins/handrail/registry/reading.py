"""YAML bytes become plain data: the one loader of every use, and it raises nothing but finds issues.

Every scalar stays the text its author wrote; the schema decides later what is a number. Anchors, aliases, merge keys,
tags, several documents and repeated keys are refused. Depth and size are counted over the parser's events, before
anything nested is built, because a deeply nested text ends the whole process inside libyaml's composer.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import yaml

from handrail.issues.issue import Issue
from handrail.registry import private
from handrail.registry.said import say
from handrail.text import characters

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # a Python without libyaml: slower, the same events
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_VALUES = 400_000

Path = tuple[str | int, ...]
"""The way to a value: keys and 0-based positions."""


class Unquoted(str):
    """A text without quotes that YAML readers other than this one take for something else than text."""

    __slots__ = ()


class Mark(NamedTuple):
    """Where something stands: 1-based line and column, and its length on that line."""

    line: int
    column: int
    length: int


@dataclass(slots=True)
class Marks:
    """The places of all values of a file, and of the keys that lead to them."""

    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def at(self, path: Path, *, key: bool = False) -> Mark:
        """Return the mark of a value (or of its key), else of the nearest thing around it."""
        first, second = (self.keys, self.values) if key else (self.values, self.keys)
        while path:
            if mark := first.get(path) or second.get(path):
                return mark
            path = path[:-1]
        return self.values.get((), Mark(1, 1, 1))


@dataclass(slots=True)
class Document:
    """A file that was read: its data, and its text for the places of issues."""

    name: str
    text: str
    data: Any
    issues: list[Issue]
    starts: dict[Path, int] = field(default_factory=dict)
    """The 1-based line on which each group of fields in a list starts: entries, channels, places."""
    front: str | None = None
    """Of a Markdown file the front matter, on the lines on which it stands; None where the whole text is YAML."""
    body: int = 0
    """Of a Markdown file the offset at which the text after the front matter begins."""
    _marks: Marks | None = None
    _lines: list[str] | None = None
    _private: frozenset[int] | None = None

    @property
    def marks(self) -> Marks:
        """The places of all values; found by a second pass when first asked for, since a good file needs none."""
        if self._marks is None:
            self._marks = Marks()
            with contextlib.suppress(yaml.YAMLError):  # of a broken file the places up to the break are known
                _Builder(self.text if self.front is None else self.front, self._marks).build()
        return self._marks

    @property
    def lines(self) -> list[str]:
        """The lines of the text, counted as the parser counts them: a lone carriage return ends one too."""
        if self._lines is None:
            self._lines = re.split("\r\n|\n|\r", self.text)
        return self._lines

    @property
    def private(self) -> frozenset[int]:
        """The 1-based numbers of lines that no report repeats; a page of text has none."""
        if self._private is None:
            self._private = private.lines(self.lines) if self.front is None else frozenset()
        return self._private

    def issue(self, code: str, path: Path, message: str, help: str = "", see: str = "", *, key: bool = False) -> Issue:
        """Return an issue at the value (or the key) of a path."""
        return place(self, self.marks.at(path, key=key), code, message, help, see)


def place(document: Document, mark: Mark, code: str, message: str, help: str = "", see: str = "") -> Issue:
    """Return an issue at a mark of a document, with the line it stands on, unless that may hold an address."""
    lines = document.lines
    excerpt = lines[mark.line - 1] if mark.line <= len(lines) else ""
    if mark.line in document.private:
        excerpt, message = "", private.without_values(message)
    return Issue(document.name, mark.line, mark.column, code, message, help, see, mark.length, excerpt)


def mark(document: Document, offset: int, length: int = 1) -> Mark:
    """Return the mark of a place in the text of a document."""
    where = _at(document.text[:offset])
    return Mark(where.line, where.column, max(1, length))


def read(raw: bytes, name: str, *, page: bool = False) -> Document:
    """Return the document of a file's bytes. With errors its data is None, and the issues say why.

    Of a page (a Markdown file) the front matter is the data; without front matter the data is an empty group.
    """
    document = Document(name, "", None, [])
    if len(raw) > MAX_BYTES:
        return refused(name, *too_large(len(raw)))
    try:
        document.text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        document.text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
        before = raw[:error.start].decode("utf-8-sig")
        document.issues.append(place(document, _at(before), "E104", f"byte {raw[error.start]:#04x} is not UTF-8 text", "save the file as UTF-8 in your editor"))
        return document
    document.issues.extend(_hidden(document))
    if document.issues:
        return document
    if page:
        found = _FRONT.match(document.text)
        document.front, document.body = ("\n" + found[1], found.end()) if found else ("", 0)
        if not found:
            document.data = {}
            if re.match(r"---[ \t]*[\r\n]", document.text):
                help = "write --- on a line of its own after the last field"
                document.issues.append(place(document, Mark(1, 1, 3), "E110", "the front matter is not closed", help))
                document.data = None
            return document
    builder = _Builder(document.text if document.front is None else document.front, None)
    try:
        document.data = builder.build()
        document.starts = builder.starts
    except yaml.YAMLError as error:
        document.issues.append(_syntax(document, error))
    except Exception as error:  # nothing an author writes may end in a traceback
        return refused(name, "E100", f"the file cannot be read ({type(error).__name__})", "compare it with a file that works, piece by piece")
    document.issues.extend(place(document, mark, code, message, help) for mark, code, message, help in builder.problems)
    if any(issue.is_error for issue in document.issues):
        document.data = None
    return document


_FRONT = re.compile(r"---[ \t]*(?:\r\n|\n|\r)(.*?(?:\r\n|\n|\r))---[ \t]*(?:\r\n|\n|\r)", re.DOTALL)
"""Front matter as MkDocs finds it."""


def refused(name: str, code: str, message: str, help: str) -> Document:
    """Return the document of a file that is not read at all, with the one issue that says why."""
    return Document(name, "", None, [Issue(name, 0, 0, code, message, help)])


def too_large(size: int) -> tuple[str, str, str]:
    """Return code, message and help for a file of too many bytes."""
    return "E105", f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read", "split it: one file an organization, named under include"


_MOST_HIDDEN = 20
"""Hidden characters that are reported one by one: a file full of them is a file of the wrong kind."""


def _hidden(document: Document) -> Iterator[Issue]:
    for offset, code in islice(characters.hidden(document.text), _MOST_HIDDEN):
        mark = _at(document.text[:offset])
        yield place(document, mark, "E404", say("hidden", code=code), say("hidden.help"))


def _at(before: str) -> Mark:
    """Return the mark of the character after a text."""
    lines = re.split("\r\n|\n|\r", before)
    return Mark(len(lines), len(lines[-1]) + 1, 1)


_SYNTAX = {
    "found character '\\t' that cannot start any token": ("a tab stands where spaces should be", "indent with spaces"),
    "mapping values are not allowed": ("a colon stands where YAML does not expect one", "put the text that holds the colon in quotes"),
    "did not find expected key": ("the indentation or the quotes are off near here", "line the fields up; close every quote"),
    "could not find expected ':'": ("a colon is missing after a field name near here", "write a field as name: value"),
    "did not find expected '-' indicator": ("the items of a list do not line up", "start every item in the same column"),
    "did not find expected node content": ("a value or a closing bracket is missing near here", "write the value, or close the bracket"),
    "did not find expected ',' or": ("a comma or a closing bracket is missing near here", "put a comma between two items, and close the bracket"),
    "found unexpected end of stream": ("a quote or bracket is never closed", "close it"),
}


def _syntax(document: Document, error: yaml.YAMLError) -> Issue:
    problem = str(getattr(error, "problem", None) or "it is not valid YAML")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    where = Mark(mark.line + 1, mark.column + 1, 1) if mark else Mark(1, 1, 1)
    if where.line <= len(document.lines) and document.lines[where.line - 1].startswith("\t", where.column - 1):
        problem = "found character '\\t' that cannot start any token"
    for start, (message, help) in _SYNTAX.items():
        if problem.startswith(start):
            return place(document, where, "E110", message, help)
    return place(document, where, "E110", f"the YAML cannot be read here: {problem}", "compare the line with the ones around it: spaces, quotes, colons")


# What YAML 1.1 readers take for something else than text, by the first character.
_RESOLVES = yaml.SafeLoader.yaml_implicit_resolvers
_LONGEST_WORD = 5
"""Letters of the longest word among them, ``false``; whatever else they are begins with a digit or a sign."""
_NULL = frozenset(("", "~", "null", "Null", "NULL"))


@lru_cache(1 << 12)
def _is_mangled(text: str) -> bool:
    return text in _NULL or any(pattern.match(text) for _, pattern in _RESOLVES.get(text[:1], ()))


class _Open:
    """A collection that is being read; ``key`` is the field whose value comes next, and ``event`` its event."""

    __slots__ = ("container", "event", "key", "path")

    def __init__(self, container: Any, path: Path) -> None:
        self.container = container
        self.path = path
        self.key: str | None = None
        self.event: Any = None


class _Builder:
    """Builds data from the parser's events; with ``marks`` it also notes where everything stands."""

    def __init__(self, text: str, marks: Marks | None) -> None:
        self.text = text
        self.marks = marks
        self.starts: dict[Path, int] = {}
        self.problems: list[tuple[Mark, str, str, str]] = []

    def build(self) -> Any:
        stack: list[_Open] = []
        root: Any = None
        documents = values = 0
        marks = self.marks
        escapes = "\\" in self.text
        next_event: Callable[[], Any] = _Parser(self.text).get_event
        while event := next_event():
            kind = type(event)
            if kind is yaml.ScalarEvent:
                value: Any = event.value
                # Most are words that are longer than any that is taken for something else.
                if event.implicit[0] and (len(value) <= _LONGEST_WORD or not value[0].isalpha()) and _is_mangled(value):
                    value = Unquoted(value)
                elif escapes and event.style == '"':
                    self._escaped(event)
            elif kind is yaml.MappingStartEvent:
                value = {}
            elif kind is yaml.SequenceStartEvent:
                value = []
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
                continue
            elif kind is yaml.AliasEvent:
                self._problem(event, "E112", f"an alias (*{event.anchor}) is not used here", "write the value out")
                value = ""
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._problem(event, "E114", "a second document starts here", "keep one document in a file: delete the line ---")
                    return None
                continue
            else:
                continue
            values += 1
            if values > MAX_VALUES:
                self._problem(event, "E122", f"the file has more than {MAX_VALUES:,} values", "split it: one file an organization")
                return None
            if kind is not yaml.AliasEvent and (event.anchor or event.tag):
                self._marked(event)
            path: Path = ()
            if not stack:
                root = value
            else:
                here = stack[-1]
                container = here.container
                if type(container) is dict and here.key is None:
                    if not isinstance(value, str):
                        self._problem(event, "E118", "a field name is a list or a group of fields", "write a field as name: value")
                        return None
                    if type(value) is Unquoted or value in container or value == "<<":
                        self._key(container, value, event)
                    here.key = sys.intern(str(value))  # a few hundred names stand in every entry
                    here.event = event
                    continue
                step = len(container) if here.key is None else here.key
                if kind is not yaml.ScalarEvent or marks is not None:
                    path = (*here.path, step)
                if here.key is None:
                    container.append(value)
                    if type(value) is dict:
                        self.starts[path] = event.start_mark.line + 1
                else:
                    container[step] = value
                    here.key = None  # whatever is read next at this depth is a field again
                if type(value) is Unquoted and value in _NULL:
                    self._nothing(here.event if type(container) is dict else event, step)
            if marks is not None:
                marks.values[path] = _mark(event)
                if stack and type(stack[-1].container) is dict:
                    marks.keys[path] = _mark(stack[-1].event)
            if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(stack) >= MAX_DEPTH:
                    self._problem(event, "E117", f"values are nested more than {MAX_DEPTH} deep", "a bracket or some indentation is too much")
                    return None
                stack.append(_Open(value, path))
        if not documents or (type(root) is Unquoted and root in _NULL):
            self.problems.append((Mark(1, 1, 1), "E121", "the file is empty", "write the entry, or delete the file"))
        return root

    def _key(self, fields: dict[str, Any], name: str, event: Any) -> None:
        if name == "<<" and event.implicit[0]:
            self._problem(event, "E116", "a merge key (<<) is not used here", "write the fields out")
        elif name in fields:
            self._problem(event, "E115", f'"{name}" stands twice in the same place', "keep one of them: otherwise one would be lost")
        elif type(name) is Unquoted:
            self._problem(event, "W123", f"{name} is read as written here, but other programs that read YAML change it", f'put it in quotes: "{name}"')

    def _nothing(self, event: Any, step: str | int) -> None:
        if isinstance(step, str):
            self._problem(event, "E119", f'"{step}" has no value', "write a value, or delete the line: what is not known is left out")
        else:
            self._problem(event, "E119", "an item of a list has no value", "write a value, or delete the hyphen")

    def _marked(self, event: Any) -> None:
        if event.anchor:
            self._problem(event, "E112", f"an anchor (&{event.anchor}) is not used here", "write the value out where it is needed")
        if event.tag:
            self._problem(event, "E113", f"a tag ({event.tag.replace('tag:yaml.org,2002:', '!!')}) is not used here", "delete it; put texts in quotes")

    def _escaped(self, event: Any) -> None:
        """Refuse characters that the file does not hold but an escape in double quotes brings in."""
        for _, code in characters.hidden(event.value):
            self._problem(event, "E404", say("hidden", code=code), "delete the escape that stands for it")

    def _problem(self, event: Any, code: str, message: str, help: str) -> None:
        if self.marks is None:
            self.problems.append((_mark(event), code, message, help))


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Mark(start.line + 1, start.column + 1, max(1, length))


def unquoted_number(text: str) -> bool:
    """Return whether a text reads as a whole or decimal number as people write it, without leading zeros."""
    return bool(re.fullmatch(r"-?(0|[1-9]\d{0,8})(\.\d{1,9})?", text, re.ASCII))
