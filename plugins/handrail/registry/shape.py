"""What the schema says of a value, in plain words: types first, then every violation as an issue.

A pattern, a format's name or a schema's own keyword is never shown to a person. The words come from the schema's
titles, descriptions and examples.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema.exceptions import ValidationError

from handrail.issues.issue import Issue
from handrail.registry.reading import Document, Path, Unquoted, unquoted_number
from handrail.schemas import library

SEE = "contribute/fields/"


def typed(document: Document, data: Any, kind: str, path: Path = ()) -> Any:
    """Return the data with numbers where the schema wants numbers and plain text elsewhere.

    An unquoted text that other YAML readers would change (a number, a date, yes or no) is kept as it is written; the
    document gets a warning unless the schema gives it a meaning of its own.
    """
    return _typed(document, data, _roles(kind), path)


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
        return float(text) if "." in text else int(text)
    if roles is None or isinstance(roles, Mapping):
        document.issues.append(document.issue("W123", path, f"{text} is read as written here, but other programs that read YAML change it", f'put it in quotes: "{text}"'))
    return text


def check(document: Document, data: Any, kind: str, path: Path = ()) -> list[Issue]:
    """Return an issue for everything in the data that its schema does not allow."""
    gate = library.gate(kind)
    if gate is not None and gate.is_valid(data):
        return []
    issues: dict[tuple[Path, str, str], Issue] = {}
    for error in library.validator(kind).iter_errors(data):
        for issue in _issues(document, error, path):
            issues.setdefault((tuple(error.absolute_path), issue.code, issue.message), issue)
    misspelt = {place for place, code, _ in issues if code in ("E207", "E208")}
    return [issue for (place, code, _), issue in issues.items() if not (code in ("E205", "E206") and place in misspelt)]


def _issues(document: Document, error: ValidationError, base: Path) -> Iterator[Issue]:
    path = (*base, *error.absolute_path)
    field = _field_name(path)
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    value = error.instance
    see = SEE + "#" + _anchor(path)

    def issue(code: str, message: str, help: str = "", at: Path = path, key: bool = False) -> Issue:
        return document.issue(code, at, message, help, see, key=key)

    match error.validator:
        case "required":
            for name in error.validator_value:
                if name not in value:
                    yield issue("E201", f'"{name}" is missing{_inside(path)}', f"add it: {_purpose(schema, name)}", key=True)
        case "unevaluatedProperties" | "additionalProperties":
            known = [name for name, each in schema.get("properties", {}).items() if each is not False]
            for name in value:
                if name not in schema.get("properties", {}):
                    yield issue("E202", f'"{name}" is not a field{_inside(path)}', _nearest(name, known, "did you mean", "the fields here are"), (*path, name), True)
        case "enum" | "const":
            choices = [str(each) for each in (error.validator_value if error.validator == "enum" else [error.validator_value])]
            yield issue("E203", f"{_quoted(value)} is not one of the choices of {field}", _nearest(str(value), choices, "write it as", "choose from"))
        case "type":
            yield issue("E204", f"{field} should be {_a_kind(str(error.validator_value))}, and this is {_kind_of(value)}", _example(schema))
        case "minLength":
            yield issue("E205", f"{field} is too short", _example(schema))
        case "maxLength":
            yield issue("E206", f"{field} has {len(value)} characters; at most {error.validator_value} fit", "say it more briefly")
        case "pattern":
            yield issue("E207", f"{_quoted(value)} is not written as {field} should be", f"write {schema.get('patternDescription', 'it as in the examples')}")
        case "format":
            why = library.FORMATS[str(error.validator_value)](value)
            code = {"web-address": "E401", "phone-number": "E403", "mailbox": "E405"}.get(str(error.validator_value), "E208")
            yield issue(code, f"{_quoted(value)} can not be used as {field}", why)
        case "minimum" | "maximum":
            bound = "at least" if error.validator == "minimum" else "at most"
            yield issue("E209", f"{field} is {value}; it should be {bound} {error.validator_value}", "check the number")
        case "minItems" | "maxItems" | "maxProperties":
            few = error.validator == "minItems"
            yield issue("E210", f"{field} has too {'few' if few else 'many'} items", "add one, or delete the line" if few else f"keep at most {error.validator_value}")
        case "uniqueItems":
            twice = next((each for index, each in enumerate(value) if each in value[:index]), value[0] if value else "")
            at = len(value) - 1 - value[::-1].index(twice) if twice in value else 0
            yield issue("E211", f"{_quoted(twice)} stands twice in {field}", "delete one of them", (*path, at))
        case "dependentRequired":
            for trigger, needed in error.validator_value.items():
                for name in needed:
                    if trigger in value and name not in value:
                        yield issue("E214", f'"{trigger}" needs "{name}" beside it', f"add it: {_purpose(schema, name)}", (*path, trigger), True)
        case "anyOf":
            names = [name for each in error.validator_value for name in each.get("required", ())]
            yield issue("E215", f"{field} needs one of these: {', '.join(names)}", "add the one that is true; leave the whole group out when nothing is known", key=True)
        case "propertyNames":
            name = str(error.instance)
            yield issue("E216", f"{_quoted(name)} is not a name that can stand here", "look at the examples in the field reference")
        case None:  # a field that the schema forbids here; the library leaves its name out of the path
            path = (*base, *error.absolute_path)
            name = str(error.absolute_schema_path[-1])
            path = path if path and path[-1] == name else (*path, name)
            if "places" in path and path[-1] in ("street", "postcode", "latitude", "longitude", "locality", "area", "access_note"):
                yield issue("E213", f'"{path[-1]}" may not be written down when the address is hidden or only an area', "delete the line: this registry is public, and so is its history", path, True)
            else:
                yield issue("E212", f'"{name}" does not belong to this kind of {_parent_name(path)}', "delete the line, or change the type above", path, True)
        case other:
            yield issue("E204", f"{field} is not as it should be ({other})", _example(schema))


def _field_name(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return "the entry"
    return f'"{names[-1]}"'


def _parent_name(path: Path) -> str:
    names = [part for part in path[:-1] if isinstance(part, str)]
    return names[-1].removesuffix("s") if names else "entry"


def _inside(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return ""
    position = f" (item {path[-1] + 1})" if isinstance(path[-1], int) else ""
    return f' in "{names[-1]}"{position}'


def _anchor(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
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
    return text[:1].lower() + text[1:] + (f", such as {json.dumps(example, ensure_ascii=False)}" if isinstance(example, (str, int)) else "")


def _example(schema: Mapping[str, Any]) -> str:
    example = next(iter(schema.get("examples", ())), None)
    return f"such as {json.dumps(example, ensure_ascii=False)}" if example is not None else ""


def _nearest(word: str, choices: list[str], one: str, many: str) -> str:
    folded = {choice.casefold().replace("_", "-"): choice for choice in choices}
    close = difflib.get_close_matches(word.casefold().replace("_", "-").replace(" ", "-"), list(folded), 1, 0.6)
    if close:
        return f'{one} "{folded[close[0]]}"'
    shown = ", ".join(choices[:30]) + (" …" if len(choices) > 30 else "")
    return f"{many}: {shown}"


def _a_kind(kind: str) -> str:
    return {"string": "a text", "integer": "a whole number", "number": "a number", "array": "a list, each item after a hyphen",
            "object": "a group of fields", "boolean": "yes or no"}.get(kind, kind)


def _kind_of(value: Any) -> str:
    if isinstance(value, str):
        return f"the text {_quoted(value)}"
    return {dict: "a group of fields", list: "a list", int: f"the number {value}", float: f"the number {value}"}.get(type(value), str(value))
