"""Changes are written into an author's YAML file, and every other byte of it stays as it was.

Values are placed by the marks of the parser, not by writing the file anew: comments, order, quotes, line ends and blank
lines are the author's. After each change the text is read again and compared with what was meant; when they differ
(a shape that nobody foresaw) the change is refused and the file stays as it is.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from handrail.issues.issue import HandrailError
from handrail.registry.reading import Path, read

try:
    from yaml import CSafeLoader as _Loader
except ImportError:
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*(?: [A-Za-z0-9._/-]+)*\Z")
"""Texts that mean the same to every reader of YAML without quotes."""
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))

Value = str | Sequence[str] | Mapping[str, Any]


class EditError(HandrailError):
    """A change could not be placed; the file is as it was."""


class YamlText:
    """The text of a file of the registry, changed in place."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self._mark = "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""
        self.text = raw.decode("utf-8-sig")
        self._end = "\r\n" if "\r\n" in self.text else "\n"
        document = read(raw, name)
        if document.data is None:
            raise EditError(f"{name} cannot be changed before its mistakes are mended")
        self.data: Any = document.data

    @property
    def raw(self) -> bytes:
        """The bytes of the file with all changes."""
        return (self._mark + self.text).encode("utf-8")

    def replace(self, text: str) -> None:
        """Take a whole text that somebody else has changed; it has to be one that the registry reads."""
        document = read((self._mark + text).encode("utf-8"), self.name)
        if document.data is None:
            raise EditError(f"{self.name} could not be read any more")
        self.text, self.data = text, document.data

    def put(self, path: Path, fields: Mapping[str, Value], after: Sequence[str] = ()) -> None:
        """Set fields of the group at a path; new ones follow the first of ``after`` that there is, else the last field.

        A field that is a group itself is changed field by field, so that comments inside it stay.
        """
        for key, value in fields.items():
            node = self._node((*path, key))
            if isinstance(value, Mapping) and isinstance(node, yaml.MappingNode) and node.value:
                for old in [name for name in self._get((*path, key)) if name not in value]:
                    self.remove((*path, key), old)
                self.put((*path, key), value)
            elif node is not None:
                self._replace((*path, key), node, value)
            else:
                self._insert(path, key, value, after)
            after = (key, *after)

    def remove(self, path: Path, key: str) -> None:
        """Take a field out of a group that has others."""
        meant = copy.deepcopy(self.data)
        del _at(meant, path)[key]
        group = self._node(path)
        assert isinstance(group, yaml.MappingNode)
        position = next(index for index, (name, _) in enumerate(group.value) if name.value == key)
        spans = [(name.start_mark.index, self._end_of(value)) for name, value in group.value]
        self._apply(self._without(spans, position, flow=group.flow_style), meant)

    def remove_item(self, path: Path, item: str) -> None:
        """Take a text out of a list; an emptied list is written ``[]``."""
        meant = copy.deepcopy(self.data)
        items = _at(meant, path)
        position = items.index(item)
        items.pop(position)
        group = self._node(path)
        assert isinstance(group, yaml.SequenceNode)
        if not items:
            start, end = group.start_mark.index, self._end_of(group)
            text = self.text[:start] + "[]" + self.text[group.end_mark.index if group.flow_style else end:]
            if not group.flow_style:
                key_end = self.text.rstrip().rfind(":", 0, start)
                text = self.text[:key_end + 1] + " []" + self.text[end:]
            self._apply(text, meant)
            return
        spans = [(self._dash(node) if not group.flow_style else node.start_mark.index, self._end_of(node)) for node in group.value]
        self._apply(self._without(spans, position, flow=group.flow_style), meant)

    def _without(self, spans: Sequence[tuple[int, int]], position: int, *, flow: bool) -> str:
        """Return the text without one of the spans: to the next one inside brackets, its whole lines otherwise."""
        start, end = spans[position]
        if flow:
            if position + 1 < len(spans):
                return self.text[:start] + self.text[spans[position + 1][0]:]
            return self.text[:spans[position - 1][1]] + self.text[end:]
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip():  # the first field of a list item stands behind its hyphen
            return self.text[:start] + self.text[spans[position + 1][0]:]
        return self.text[:line] + self.text[self._line_end(end, past=True):]

    def _dash(self, node: yaml.Node) -> int:
        return self.text.rindex("-", 0, node.start_mark.index)

    def _replace(self, path: Path, node: yaml.Node, value: Value) -> None:
        meant = copy.deepcopy(self.data)
        _at(meant, path[:-1])[path[-1]] = _plain(value)
        start, end = node.start_mark.index, self._end_of(node)
        written = flow(value)
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            group = self._node(path[:-1])
            assert isinstance(group, yaml.MappingNode)
            key = next(name for name, _ in group.value if name.value == path[-1])
            start, written = self.text.index(":", key.end_mark.index) + 1, " " + written
        self._apply(self.text[:start] + written + self.text[end:], meant)

    def _insert(self, path: Path, key: str, value: Value, after: Sequence[str]) -> None:
        meant = copy.deepcopy(self.data)
        _at(meant, path)[key] = _plain(value)
        group = self._node(path)
        assert isinstance(group, yaml.MappingNode)
        written = f"{key}: {flow(value)}"
        if not group.value:
            inner = group.start_mark.index + 1
            self._apply(self.text[:inner] + written + self.text[inner:], meant)
            return
        names = [name.value for name, _ in group.value]
        position = next((names.index(name) for name in after if name in names), len(names) - 1)
        end = self._end_of(group.value[position][1])
        if group.flow_style:
            self._apply(f"{self.text[:end]}, {written}{self.text[end:]}", meant)
            return
        indent = " " * group.value[0][0].start_mark.column
        line = self._line_end(end)
        self._apply(f"{self.text[:line]}{self._end}{indent}{written}{self.text[line:]}", meant)

    def _apply(self, text: str, meant: Any) -> None:
        document = read((self._mark + text).encode("utf-8"), self.name)
        if document.data != meant:
            raise EditError(f"{self.name} is written in a way that cannot be changed from here; please change it by hand")
        self.text, self.data = text, document.data

    def _line_end(self, index: int, *, past: bool = False) -> int:
        """Return the end of the line that holds an index, before its line end (or past it)."""
        found = self.text.find("\n", index)
        if found < 0:
            return len(self.text)
        if past:
            return found + 1
        return found - 1 if self.text[found - 1:found] == "\r" else found

    def _end_of(self, node: yaml.Node) -> int:
        """Return where a value ends: a block's end mark lies behind comments and blank lines that are not its own."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end_of(last[1] if isinstance(last, tuple) else last)
        end: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return len(self.text[:end].rstrip())
        return end

    def _node(self, path: Path) -> yaml.Node | None:
        node = yaml.compose(self.text, Loader=_Loader)
        for part in path:
            if isinstance(node, yaml.MappingNode):
                node = next((value for name, value in node.value if name.value == part), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part]
            else:
                return None
        return node

    def _get(self, path: Path) -> Any:
        return _at(self.data, path)


def flow(value: Value) -> str:
    """Return a value as one line of YAML that the registry reads back as it was."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(flow(item) for item in value) + "]"


def scalar(text: str) -> str:
    """Return a text as a YAML scalar: as it is where no reader would take it for anything else, otherwise in double quotes."""
    if _PLAIN.match(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def _plain(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value]


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data
