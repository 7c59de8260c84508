"""Issue forms of GitHub, made from the schema: add a service, correct an entry, report a dead number. Nobody has to see YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.schemas import library

FOLDER = ".github/ISSUE_TEMPLATE/"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an issue form, and the field that its answer fills."""

    id: str
    path: tuple[str, ...]
    """The way to the field in the schema of an organization (``[]`` for items); empty for a question of its own."""
    label: str = ""
    """Words before the title of the field, or the whole label of a question of its own."""
    help: str = ""
    needed: bool = False
    kind: str = "input"
    """input, textarea or dropdown."""


_SERVICE = ("services", "[]")
_CHANNEL = (*_SERVICE, "channels", "[]")
ADD = (
    Question("organization", ("name",), "Organization: ", needed=True),
    Question("organization-kind", ("kind",), "Organization: ", needed=True, kind="dropdown"),
    Question("name", (*_SERVICE, "name"), "Service: ", needed=True),
    Question("kind", (*_SERVICE, "kind"), "Service: ", needed=True, kind="dropdown"),
    Question("summary", (*_SERVICE, "summary"), "Service: ", needed=True),
    Question("for-whom", (*_SERVICE, "for_whom"), "Service: "),
    Question("not-for", (*_SERVICE, "not_for"), "Service: ", "One on each line.", kind="textarea"),
    Question("topics", (*_SERVICE, "topics"), "Service: ", "One on each line, in your own words or as the site names them.", True, "textarea"),
    Question("regions", (*_SERVICE, "coverage", "regions"), "Service: ", "Countries, states or counties, one on each line.", True, "textarea"),
    Question("phone", (), "Telephone number", "As it is dialled at home, such as 116 123."),
    Question("text", (), "Number for text messages"),
    Question("email", (), "E-mail address", "Of the service, never a person's."),
    Question("website", (*_SERVICE, "website"), "Service: "),
    Question("hours", (*_CHANNEL, "hours", "note"), "Hours: ", "In words, such as: Monday to Friday, 9 to 5.", kind="textarea"),
    Question("cost", (*_SERVICE, "cost", "kind"), "Service: ", kind="dropdown"),
    Question("languages", (*_SERVICE, "languages"), "Service: ", "Language tags, one on each line.", kind="textarea"),
    Question("source", ("sources", "[]", "url"), "Source: ", "A page where this can be read: the service's own page is best.", True),
    Question("publisher", ("sources", "[]", "publisher"), "Source: ", needed=True, kind="dropdown"),
    Question("more", (), "Anything else", "For the volunteers who look at this. It does not become part of the entry.", kind="textarea"),
)
CORRECT = (
    Question("entry", (), "Which entry", "The address of its page on the site, or its id.", True),
    Question("wrong", (), "What is wrong", "What stands there now.", True, "textarea"),
    Question("right", (), "What is right", "What should stand there. Leave it empty when you do not know.", kind="textarea"),
    Question("source", ("sources", "[]", "url"), "Source: ", "A page where this can be read."),
    Question("publisher", ("sources", "[]", "publisher"), "Source: ", kind="dropdown"),
)
DEAD = (
    Question("entry", (), "Which entry", "The address of its page on the site, or its id.", True),
    Question("number", (), "Which number or address", "As it stands on the page.", True),
    Question("when", (), "When did you try", "Day and time, with the country you called from.", True),
    Question("happened", (), "What happened", "Such as: nobody answered, another organization answered, the number is not in use.", True, "textarea"),
)
FORMS: Mapping[str, tuple[str, str, str, tuple[Question, ...]]] = {
    "add-service": ("Add a service", "A service that is missing here", "Add: ", ADD),
    "correct-service": ("Correct an entry", "Something on a page is wrong", "Correct: ", CORRECT),
    "dead-number": ("Report a dead number", "A number or website does not answer as the page says", "Dead: ", DEAD),
}
WARNING = (
    "Everything here can be read by everyone, for ever. **Please write nothing about yourself or about anyone you help.** "
    "If you or somebody else is in danger now, do not write here: call the emergency number of your country."
)
_HEAD = "# Made from schema/ by `handrail issue --forms`. A test says when it has to be made again.\n"


def label(question: Question) -> str:
    """Return the words above a question: they are the heading of its answer in the issue."""
    return question.label + str(_field(question).get("title", "")) if question.path else question.label


def labels() -> dict[str, dict[str, str]]:
    """Return by form the words above each question."""
    return {name: {question.id: label(question) for question in questions} for name, (_, _, _, questions) in FORMS.items()}


def files() -> Iterator[tuple[str, str]]:
    """Yield path and text of every issue form, and of the file that offers the other ways."""
    for name, (title, description, prefix, questions) in FORMS.items():
        body = [{"type": "markdown", "attributes": {"value": WARNING}}, *(_element(each) for each in questions)]
        yield f"{FOLDER}{name}.yml", _HEAD + _yaml({"name": title, "description": description, "title": prefix, "body": body})
    yield f"{FOLDER}config.yml", _HEAD + _yaml({"blank_issues_enabled": True})


def _field(question: Question) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = library.resolved("organization")
    for step in question.path:
        schema = schema["items"] if step == "[]" else schema["properties"][step]
    return schema


def _element(question: Question) -> dict[str, Any]:
    field = _field(question) if question.path else {}
    help = " ".join(filter(None, (str(field.get("description", "")), question.help)))
    attributes: dict[str, Any] = {"label": label(question), **({"description": help} if help else {})}
    if question.kind == "dropdown":
        attributes["options"] = list(field["enum"])
    elif field.get("examples"):
        example = field["examples"][0]
        attributes["placeholder"] = "\n".join(example) if isinstance(example, list) else str(example)
    return {"type": question.kind, "id": question.id, "attributes": attributes, "validations": {"required": question.needed}}


def _yaml(value: Any, indent: int = 0) -> str:
    """Return plain data as YAML: keys as they are, every text in double quotes."""
    lines = []
    for key, item in value.items():
        if isinstance(item, dict):
            lines.append(f"{' ' * indent}{key}:\n{_yaml(item, indent + 2)}")
        elif isinstance(item, list):
            rows = [
                f"{' ' * indent}  - {_yaml(row, indent + 4).lstrip()}"
                if isinstance(row, dict)
                else f"{' ' * indent}  - {json.dumps(row, ensure_ascii=False)}\n"
                for row in item
            ]
            lines.append(f"{' ' * indent}{key}:\n{''.join(rows)}")
        else:
            lines.append(f"{' ' * indent}{key}: {json.dumps(item, ensure_ascii=False)}\n")
    return "".join(lines)
