"""A round of checks: whom to call, what to ask, and the answers written back into the registry's files.

Crisis lines are never called for this: somebody in danger may be waiting behind the call. They are checked on their own
website, by writing to their office, or by what they tell us.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from handrail.issues.issue import HandrailError
from handrail.model.directory import Directory
from handrail.model.freshness import contact_limit, newest, states_hours
from handrail.model.values import Channel, Service
from handrail.registry.editing import YamlText
from handrail.registry.registry import Registry
from handrail.review.freshness import published_channels
from handrail.text import dates, phone

HEADER = ("service", "contact", "name", "organization", "kind", "call", "ask", "last checked", "result", "hours", "how", "date", "note")
"""Columns; a person fills in result, hours, how, date and note."""
SHOWN = ("service", "name", "call", "contact", "ask", "last checked")
"""Columns of a round that is read and not filled in."""
RESULTS = ("right", "wrong", "no answer", "")
HOW = ("call", "message", "live-website", "service-confirmed", "visit")
CALLED = frozenset(("phone", "textphone", "relay"))
_URGENT = frozenset(("crisis-line", "text-line"))


@dataclass(frozen=True, slots=True)
class Question:
    """One contact to check."""

    service: Service
    channel: Channel
    position: int
    """Among the channels of the entry in its file."""
    organization: str
    crisis: bool
    checked: date | None

    @property
    def contact(self) -> str:
        """How a sheet names the contact: its kind and its number or address."""
        return f"{self.channel.type} {self.channel.value}".strip()

    @property
    def call(self) -> str:
        """What to call; empty for crisis lines, and for what cannot be called."""
        return "" if self.crisis or self.channel.type not in CALLED else self.channel.value

    @property
    def ask(self) -> str:
        """What to ask, in plain words."""
        if self.crisis:
            return "Do not call or text this line. Look at its own website, or write to its office: is this still right, with these hours?"
        name, hours = self.service.name, ' When do you answer?' if self.channel.hours is not None else " At what hours do you answer?"
        if self.channel.type in CALLED:
            return f"Say that you keep a directory and need no help yourself. Is this the right number for {name}?{hours} Who may call?"
        if self.channel.type in ("chat", "web", "app", "video"):
            return f"Open it. Does it lead to {name}?{hours if self.channel.type == 'chat' else ''}"
        return f"Write. Is this the right way to reach {name}?{hours}"


def questions(
    registry: Registry, directory: Directory, *, today: date, organization: str = "", crisis: bool = False, everything: bool = False,
) -> list[Question]:
    """Return the contacts that are due, those that were never or longest ago checked first; crisis lines only when asked for."""
    entries = {entry.id: entry for entry in registry.services}
    listed = {line for help in directory.crisis.values() for line in help.lines}
    found = []
    for service in directory.services.values():
        urgent = service.crisis or service.kind in _URGENT or service.id in listed
        if not service.is_open_to_people or (organization and service.organization != organization) or urgent != crisis:
            continue
        for position, channel in zip(published_channels(entries[service.id]), service.channels, strict=True):
            check = newest(("contacts",), channel.verified, service.verified)
            if everything or check is None or (today - check.date).days > contact_limit(service, directory.limits):
                name = directory.organizations[service.organization].name
                found.append(Question(service, channel, position, name, urgent, check.date if check else None))
    return sorted(found, key=_order)


def _order(each: Question) -> tuple[date, bool, str, str, int]:
    return each.checked or date.min, each.channel.type not in CALLED, each.organization.casefold(), each.service.id, each.position


def row(question: Question) -> tuple[str, ...]:
    """Return the line of a sheet, with its last columns empty."""
    service = question.service
    return (service.id, question.contact, service.name, question.organization, service.kind, question.call, question.ask,
            question.checked.isoformat() if question.checked else "never", "", "", "", "", "")


@dataclass(slots=True)
class Answer:
    """What a person found out about one contact."""

    service: str
    contact: str
    result: str
    hours: str = ""
    how: str = ""
    date: str = ""
    note: str = ""
    line: int = 0
    """Of the sheet."""


@dataclass(slots=True)
class Applied:
    """What the answers of a sheet led to."""

    files: dict[str, bytes] = field(default_factory=dict)
    """Changed files: name and bytes."""
    confirmed: list[str] = field(default_factory=list)
    mend: list[str] = field(default_factory=list)
    """What was wrong and needs a person."""
    refused: list[str] = field(default_factory=list)
    """Lines of the sheet that could not be used, and why."""


def read(text: str) -> Iterator[Answer]:
    """Yield the answers of a filled-in sheet; columns may stand in any order, and others may stand between them."""
    text = text.lstrip("\ufeff")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, delimiter=_between(text))
    try:
        names = [name.strip().casefold() for name in reader.fieldnames or ()]
        missing = {"service", "contact", "result"}.difference(names)
        if missing:
            raise HandrailError(f"the sheet has no column {', '.join(sorted(missing))}")
        reader.fieldnames = names
        for line in reader:
            cells = {name: (value or "").strip().removeprefix("'") for name, value in line.items() if isinstance(name, str) and isinstance(value, str | None)}
            if any(cells.get(name) for name in ("result", "hours", "how", "date")):
                yield Answer(cells.get("service", ""), cells.get("contact", ""), cells.get("result", "").casefold(), cells.get("hours", "").casefold(),
                             cells.get("how", "").casefold(), cells.get("date", ""), cells.get("note", ""), reader.line_num)
    except csv.Error as error:
        raise HandrailError(f"the sheet cannot be read near line {max(1, reader.line_num)}: {error}") from None


def _between(text: str) -> str:
    """Return what stands between the cells: spreadsheets of many countries write semicolons where we wrote commas."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def apply(answers: Iterable[Answer], asked: Sequence[Question], registry: Registry, *, by: str, today: date) -> Applied:
    """Return the registry's files with every contact that was found right marked as checked; nothing is written to disk."""
    done = Applied()
    texts: dict[str, YamlText] = {}
    entries = {entry.id: entry for entry in registry.services}
    known = {(question.service.id, _key(question.contact)): question for question in asked}
    for answer in answers:
        question = known.get((answer.service, _key(answer.contact)))
        problem = _problem(answer, question, today)
        if problem or question is None:
            done.refused.append(f"line {answer.line}: {answer.service} {answer.contact}: {problem}")
            continue
        label = f"{answer.service} ({question.contact})"
        if answer.result != "right":
            done.mend.append(f"{label}: {answer.result}{'; ' + answer.note if answer.note else ''}")
            continue
        what = ["contacts", "hours"] if answer.hours == "right" and states_hours(question.channel) else ["contacts"]
        if answer.hours == "wrong":
            done.mend.append(f"{label}: the hours are wrong{'; ' + answer.note if answer.note else ''}")
        entry = entries[answer.service]
        name = entry.document.name
        if name not in texts:
            texts[name] = YamlText((registry.base / name).read_bytes(), name)
        check = {"date": answer.date or today.isoformat(), "how": answer.how, "by": by, "what": what}
        texts[name].put((*entry.path, "channels", question.position), {"verified": check}, after=("seen",))
        if label not in done.confirmed:  # two lines about one contact are one check, and the last one counts
            done.confirmed.append(label)
    done.files = {name: text.raw for name, text in texts.items()}
    return done


def _problem(answer: Answer, question: Question | None, today: date) -> str:
    if question is None:
        return "this contact is not in the registry as the sheet has it"
    if answer.result not in RESULTS or not answer.result:
        return 'the result is "right", "wrong" or "no answer"'
    if answer.hours not in ("right", "wrong", "unknown", ""):
        return 'hours are "right", "wrong" or left empty'
    if answer.result != "right":
        return ""
    if answer.how not in HOW:
        return f"how it was checked is one of: {', '.join(HOW)}"
    if question.crisis and answer.how in ("call", "visit"):
        return "a crisis line is never called for a check; look at its website or write to its office"
    if answer.date and dates.problem(answer.date):
        return dates.problem(answer.date)
    if answer.date and answer.date > today.isoformat():
        return "the date lies in the future"
    return ""


def _key(contact: str) -> str:
    """Return what stays the same when a spreadsheet changes blanks and apostrophes in a contact."""
    kind, _, value = contact.partition(" ")
    return f"{kind} {phone.dialled(value) if not phone.problem(value) else value.strip()}"
