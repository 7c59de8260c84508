"""What the schema says of a value, in plain words: types first, then every violation as an issue.

A pattern, a format's name or a schema's own keyword is never shown to a person. The words come from the schema's
titles, descriptions and examples, and from the catalogue of words that the form in the browser reads too.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from handrail.issues.issue import Issue
from handrail.registry.reading import Document, Path, Unquoted, unquoted_number
from handrail.registry.said import say
from handrail.schemas import library

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

SEE = "contribute/fields/"


def typed(document: Document, data: Any, kind: str, path: Path = ()) -> Any:
    """Return the data with numbers where the schema wants numbers and plain text elsewhere.

    An unquoted text that other YAML readers would change (a number, a date, yes or no) is kept as it is written; the
    document gets a warning unless the schema gives it a meaning of its own.
    """
    return _typed(document, data, _roles(kind), path)


def fields_of(kind: str) -> frozenset[str]:
    """Return the names of the fields of a kind."""
    return frozenset(library.resolved(kind)["properties"])


_Roles = Mapping[str, Any] | str | None
"""What to do with a value: a tree of roles by key (``[]`` for items), ``number``, ``choice`` or None for text."""


@cache
def _roles(kind: str) -> _Roles:
    return _roles_of(library.resolved(kind))


def _roles_of(schema: Mapping[str, Any]) -> _Roles:
    if schema.get("type") in ("integer", "number"):
        return "number"
    if "enum" in schema or schema.get("format") == "date":
        return "choice"
    tree = {key: role for key, value in schema.get("properties", {}).items() if isinstance(value, Mapping) and (role := _roles_of(value))}
    if isinstance(items := schema.get("items"), Mapping) and (role := _roles_of(items)):
        tree["[]"] = role
    return tree or None


def _typed(document: Document, value: Any, roles: _Roles, path: Path) -> Any:
    kind = type(value)
    if kind is str:
        return value
    if kind is dict:
        tree = roles if isinstance(roles, Mapping) else {}
        return {key: item if type(item) is str else _typed(document, item, tree.get(key), (*path, key)) for key, item in value.items()}
    if kind is list:
        role = roles.get("[]") if isinstance(roles, Mapping) else None
        return [item if type(item) is str else _typed(document, item, role, (*path, index)) for index, item in enumerate(value)]
    if kind is not Unquoted:
        return value
    text = str(value)
    if roles == "number" and unquoted_number(text):
        number = float(text)
        return int(number) if number.is_integer() else number
    if roles is None or isinstance(roles, Mapping):
        message = f"{text} is read as written here, but other programs that read YAML change it"
        document.issues.append(document.issue("W123", path, message, f'put it in quotes: "{text}"'))
    return text


def check(document: Document, data: Any, kind: str, path: Path = ()) -> list[Issue]:
    """Return an issue for everything in the data that its schema does not allow."""
    gate = library.gate(kind)
    if gate is not None and gate.is_valid(data):
        return []
    found: dict[tuple[Path, str, str], Issue] = {}
    for error in library.validator(kind).iter_errors(data):
        for place, issue in _Finder(document, data, kind, path, error).issues():
            found.setdefault((place, issue.code, issue.message), issue)
    codes: dict[Path, set[str]] = {}
    for place, code, _ in found:
        codes.setdefault(place, set()).add(code)
    kept = [issue for (place, code, _), issue in found.items() if not _MORE_TELLING.get(code, _NOTHING) & codes[place]]
    return _without_addresses(document, kept)


_NOTHING: frozenset[str] = frozenset()
_MISWRITTEN = frozenset(("E207", "E208", "E213", "E401", "E403", "E405"))
_MORE_TELLING = {"E203": frozenset(("E204", "E213")), "E204": frozenset(("E213",)), "E205": _MISWRITTEN, "E206": _MISWRITTEN,
                 "E207": frozenset(("E213",)), "E209": frozenset(("E213",))}
"""Codes that go without saying when one of the others stands at the same place."""


def _without_addresses(document: Document, issues: list[Issue]) -> list[Issue]:
    """Return the issues with nothing left in them of an address that may not be written down: reports are public too."""
    secret = {issue.line for issue in issues if issue.code == "E213"}
    if not secret:
        return issues
    document.issues[:] = [issue for issue in document.issues if issue.line not in secret]
    return [replace(issue, excerpt="") if issue.line in secret else issue for issue in issues]


_NEVER_WRITTEN = frozenset(("street", "postcode", "latitude", "longitude", "locality", "area", "access_note"))
"""Fields of a place that its visibility may forbid."""


class _Finder:
    """One violation in words."""

    def __init__(self, document: Document, data: Any, kind: str, base: Path, error: ValidationError) -> None:
        self.document = document
        self.data = data
        self.kind = kind
        self.base = base
        self.error = error
        self.inside: Path = tuple(error.absolute_path)
        self.value: Any = error.instance
        self.rule: Any = error.validator_value
        self.schema = library.field_at(kind, self.inside)

    def issues(self) -> Iterator[tuple[Path, Issue]]:
        """Yield each issue with the path that it speaks of, from the top of the schema's data."""
        if "propertyNames" in self.error.absolute_schema_path:
            yield self._name()
            return
        yield from getattr(self, f"_{self.error.validator or 'forbidden'}", self._other)()

    def _issue(self, code: str, message: str, help: str = "", more: Path = (), key: bool = False) -> tuple[Path, Issue]:
        at = (*self.inside, *more)
        about = self.inside if code == "E202" else at  # an unknown field stands nowhere in the documentation
        return at, self.document.issue(code, (*self.base, *at), message, help, SEE + "#" + _anchor(about), key=key)

    @property
    def _field(self) -> str:
        names = _names(self.inside)
        if not names:
            return say("entry")
        return say("item-of" if isinstance(self.inside[-1], int) else "name", name=names[-1])

    def _required(self) -> Iterator[tuple[Path, Issue]]:
        for name in self.rule:
            if name not in self.value:
                yield self._issue("E201", say("missing", name=name, inside=_inside(self.inside)), self._add(name), key=True)

    def _add(self, name: str) -> str:
        return say("missing.help", purpose=_purpose(self.schema, name))

    def _unevaluatedProperties(self) -> Iterator[tuple[Path, Issue]]:
        fields = self.schema.get("properties", {})
        for name in self.value:
            if name not in fields:
                help = _nearest(name, list(fields), "no-field")
                yield self._issue("E202", say("no-field", value=_quoted(name), inside=_inside(self.inside)), help, (name,), True)

    def _enum(self) -> Iterator[tuple[Path, Issue]]:
        choices = [str(each) for each in self.rule]
        help = _nearest(str(self.value), choices, "choice")
        yield self._issue("E203", say("choice", value=_quoted(self.value), field=self._field), help)

    def _type(self) -> Iterator[tuple[Path, Issue]]:
        quoted = self.rule in ("integer", "number") and isinstance(self.value, str) and unquoted_number(self.value)
        help = say("type.quotes") if quoted else _example(self.schema)
        yield self._issue("E204", say("type", field=self._field, wanted=say(f"a.{self.rule}"), given=_kind_of(self.value)), help)

    def _minLength(self) -> Iterator[tuple[Path, Issue]]:
        yield self._issue("E205", say("short", field=self._field), _example(self.schema))

    def _maxLength(self) -> Iterator[tuple[Path, Issue]]:
        yield self._issue("E206", say("long", field=self._field, count=len(self.value), most=self.rule), say("long.help"))

    def _pattern(self) -> Iterator[tuple[Path, Issue]]:
        help = say("pattern.help", how=self.schema.get("patternDescription") or say("pattern.examples"))
        yield self._issue("E207", say("pattern", value=_quoted(self.value), field=self._field), help)

    def _format(self) -> Iterator[tuple[Path, Issue]]:
        code = {"web-address": "E401", "phone-number": "E403", "mailbox": "E405"}.get(self.rule, "E208")
        yield self._issue(code, say("format", value=_quoted(self.value), field=self._field), library.FORMATS[self.rule](self.value))

    def _minimum(self) -> Iterator[tuple[Path, Issue]]:
        yield self._issue("E209", say("least", field=self._field, value=self.value, limit=self.rule), say("number.help"))

    def _maximum(self) -> Iterator[tuple[Path, Issue]]:
        yield self._issue("E209", say("most", field=self._field, value=self.value, limit=self.rule), say("number.help"))

    def _minItems(self) -> Iterator[tuple[Path, Issue]]:
        yield self._issue("E210", say("few", field=self._field), say("few.help"))

    def _maxItems(self) -> Iterator[tuple[Path, Issue]]:
        yield self._issue("E210", say("many", field=self._field), say("many.help", most=self.rule))

    _maxProperties = _maxItems

    def _uniqueItems(self) -> Iterator[tuple[Path, Issue]]:
        seen: set[str] = set()
        for index, item in enumerate(self.value):
            same = json.dumps(item, sort_keys=True)
            if same in seen:
                shown = _quoted(item) if isinstance(item, str) else say("twice.item")
                yield self._issue("E211", say("twice", value=shown, field=self._field), say("twice.help"), (index,))
            seen.add(same)

    def _dependentRequired(self) -> Iterator[tuple[Path, Issue]]:
        for trigger, needed in self.rule.items():
            for name in needed:
                if trigger in self.value and name not in self.value:
                    yield self._issue("E214", say("beside", trigger=trigger, name=name), self._add(name), (trigger,), True)

    def _anyOf(self) -> Iterator[tuple[Path, Issue]]:
        names = ", ".join(name for each in self.rule for name in each.get("required", ()))
        yield self._issue("E215", say("one-of", field=self._field, names=names), say("one-of.help"), key=True)

    def _name(self) -> tuple[Path, Issue]:
        """Return the issue of a key: the violated keyword stands under ``propertyNames``, and the path stops above the key."""
        help = say("choice.many", words=", ".join(self.rule)) if self.error.validator == "enum" else say("key.help")
        return self._issue("E216", say("key", value=_quoted(self.value), field=self._field), help, (str(self.value),), True)

    def _forbidden(self) -> Iterator[tuple[Path, Issue]]:
        """Yield an issue for each field that stands under a false schema: the library tells where, and not which."""
        fields: Any = library.resolved(self.kind)
        for part in self.error.absolute_schema_path:
            fields = fields[part]
        values: Any = self.data
        for step in self.inside:
            values = values[step]
        for name in [name for name, allowed in fields.items() if allowed is False and name in values]:
            if "places" in self.inside and name in _NEVER_WRITTEN:
                yield self._issue("E213", say("secret", name=name), say("secret.help"), (name,), True)
            else:
                message = say("foreign", name=name, parent=_parent_name((*self.inside, name)))
                yield self._issue("E212", message, say("foreign.help"), (name,), True)

    def _other(self) -> Iterator[tuple[Path, Issue]]:
        yield self._issue("E204", say("other", field=self._field, rule=self.error.validator), _example(self.schema))


def _names(path: Path) -> list[str]:
    return [part for part in path if isinstance(part, str)]


def _parent_name(path: Path) -> str:
    names = _names(path[:-1])
    return names[-1].removesuffix("s") if names else say("foreign.entry")


def _inside(path: Path) -> str:
    names = _names(path)
    if not names:
        return ""
    return say("inside.item", name=names[-1], number=path[-1] + 1) if isinstance(path[-1], int) else say("inside", name=names[-1])


def _anchor(path: Path) -> str:
    names = _names(path)
    return names[-1] if names else ""


def _quoted(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f'"{text if len(text) <= 60 else text[:57] + "…"}"'


def _purpose(schema: Mapping[str, Any], name: str) -> str:
    field = schema.get("properties", {}).get(name)
    if not isinstance(field, Mapping):
        return name
    text = str(field.get("description", name)).split(". ")[0].rstrip(".")
    example = next(iter(field.get("examples", ())), None)
    purpose = text[:1].lower() + text[1:]
    return say("purpose", purpose=purpose, example=json.dumps(example, ensure_ascii=False)) if isinstance(example, (str, int)) else purpose


def _example(schema: Mapping[str, Any]) -> str:
    example = next(iter(schema.get("examples", ())), None)
    return say("such-as", example=json.dumps(example, ensure_ascii=False)) if example is not None else ""


def _nearest(word: str, choices: list[str], key: str) -> str:
    folded = {choice.casefold().replace("_", "-"): choice for choice in choices}
    close = difflib.get_close_matches(word.casefold().replace("_", "-").replace(" ", "-"), list(folded), 1, 0.6)
    if close:
        return say(f"{key}.one", word=folded[close[0]])
    shown = ", ".join(choices[:30]) + (" …" if len(choices) > 30 else "")
    return say(f"{key}.many", words=shown)


def _kind_of(value: Any) -> str:
    if isinstance(value, str):
        return say("is.text", value=_quoted(value))
    if isinstance(value, (int, float)):
        return say("is.number", value=value)
    return say("is.group" if isinstance(value, dict) else "is.list")
