"""The comparison as Markdown for a pull request. Every text of an entry stands in it as text, whatever it holds.

Punctuation becomes entities, so nothing of it is Markdown or a command of a workflow; and it stands inside ``code``, where
hosts make no mention of a person, no link to an issue and no picture of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handrail.issues.issue import Issue
from handrail.model.directory import Directory
from handrail.registry import published
from handrail.review import freshness
from handrail.review.kit import compare
from handrail.review.kit.compare import Change, State
from handrail.text.escape import markdown_text
from handrail.text.words import words
from handrail.views import cards
from handrail.views.urls import Urls

LONGEST = 60_000
"""Characters that a comment can hold, with room to spare."""
_CELL = 400
_MANY = 40


def markdown(before: State, after: State, today: date) -> str:
    """Return the whole report; it says so when something was left out for its length."""
    found = compare.changes(before, after)
    parts = ["## What this changes\n\n", *_summary(found)]
    parts += _crisis(before, after)
    parts += _lost(before, after)
    parts += _issues(compare.new_issues(before, after))
    parts += _clashes(found, after)
    parts += _readers(found, before, after)
    parts += _due(found, after, today)
    for change in found[:_MANY]:
        parts += _change(change, before, after)
    if len(found) > _MANY:
        parts.append(f"\n{len(found) - _MANY} more entries changed; they are not shown here.\n")
    return _cut("".join(parts))


def value(text: str) -> str:
    """Return a text of an entry for Markdown: it stands there as it is and does nothing."""
    text = text if len(text) <= _CELL else text[:_CELL - 1] + "…"
    return f"<code>{markdown_text(text)}</code>" if text.strip() else ""


def _summary(found: Sequence[Change]) -> Iterator[str]:
    if not found:
        yield "No service and no organization differs.\n"
        return
    for change in found[:_MANY]:
        verb = f"changes in {len(change.fields)} {_plural(len(change.fields), 'field')}"
        verb = "is new" if change.before is None else "is taken out" if change.after is None else verb
        yield f"- {change.kind.capitalize()} {value(change.name)} ({value(change.id)}) {verb}.\n"


def _crisis(before: State, after: State) -> Iterator[str]:
    changed = compare.crisis_changes(before, after)
    if not changed:
        yield "\nCrisis help stays as it is.\n"
        return
    yield "\n### ⚠ Crisis help changes: a second person has to look at this\n\n"
    yield "Compare each line with its source, and with `crisis-golden.yaml` in this change.\n\n"
    for each in changed:
        yield f"- {value(each.region)}: {'now' if each.added else 'no longer'} {value(each.text)}\n"


def _lost(before: State, after: State) -> Iterator[str]:
    lost = published.lost(before.registry, after.registry)
    if lost:
        yield "\n### ⚠ Addresses that stand on paper would lead nowhere\n\n"
        yield "These services were published. Keep each with `status: closed` and `use_instead`, or name its new id under `moved`.\n\n"
        yield "".join(f"- {value(each)}\n" for each in lost[:_MANY * 2])


def _issues(found: Sequence[Issue]) -> Iterator[str]:
    if not found:
        yield "\nNo new issues.\n"
        return
    yield f"\n### New issues: {len(found)}\n\n| Where | What | What helps |\n|---|---|---|\n"
    for issue in found[:_MANY * 2]:
        place = f"{issue.file}:{issue.line}" if issue.line else issue.file
        yield f"| {value(place)} | {'Error' if issue.is_error else 'Warning'} {issue.code}: {value(issue.message)} | {value(issue.help)} |\n"
    if len(found) > _MANY * 2:
        yield f"\n{len(found) - _MANY * 2} more; `handrail check` lists all.\n"


def _clashes(found: list[Change], after: State) -> Iterator[str]:
    clashes = compare.clashes(found, after)
    if clashes:
        yield "\n### Is it there already?\n\n"
        for each in clashes[:_MANY]:
            yield f"- {value(each.other)} {_plain(each.why)}, beside {value(each.change)}.\n"


def _plain(why: str) -> str:
    """Return our own words with the value at their end as a value."""
    for start in ("has the same number ", "has the same website "):
        if why.startswith(start):
            rest, comma, more = why.removeprefix(start).partition(", and other hours")
            return f"{start}{value(rest)}{comma}{more}"
    return why


def _readers(found: list[Change], before: State, after: State) -> Iterator[str]:
    regions = compare.readers(found, before, after)
    if regions:
        yield "\n### What readers see\n\n"
        for each in regions[:_MANY]:
            came = f" New: {', '.join(map(value, each.came[:10]))}." if each.came else ""
            went = f" No longer: {', '.join(map(value, each.went[:10]))}." if each.went else ""
            yield f"- {value(each.region)}: {each.after} {_plural(each.after, 'service')} ({each.before} before).{came}{went}\n"


def _due(found: list[Change], after: State, today: date) -> Iterator[str]:
    if after.directory is None:
        return
    ids = {change.id for change in found if change.kind == "service"}
    due = [each for each in freshness.due(after.registry, after.directory, today) if each.service in ids]
    if due:
        yield "\n### Not checked lately\n\n"
        for each in due[:_MANY]:
            when = f"last checked on {each.checked.isoformat()}" if each.checked else "nobody has checked it yet"
            yield f"- {value(each.service)}: {value(f'{each.group} {each.contact}'.strip())}: {when}.\n"


def _change(change: Change, before: State, after: State) -> Iterator[str]:
    yield f"\n### {value(change.name)}\n\n"
    place = change.after or change.before
    assert place is not None
    yield f"{value(place.document.name)}\n"
    if change.kind == "service":
        for label, state in (("Before", before), ("After", after)):
            lines = list(_card(change.id, state.directory))
            if lines:
                yield f"\n**{label}**\n\n" + "".join(f"> {line}<br>\n" for line in lines)
    if change.fields and change.before is not None and change.after is not None:
        yield "\n| Field | Before | After |\n|---|---|---|\n"
        for field in change.fields:
            yield f"| {value(field.title)} | {value(field.before) or '*not stated*'} | {value(field.after) or '*taken out*'} |\n"
    elif change.after is not None:
        yield "\n| Field | Stated |\n|---|---|\n"
        for field in change.fields:
            yield f"| {value(field.title)} | {value(field.after)} |\n"


def _card(identifier: str, directory: Directory | None) -> Iterator[str]:
    """Yield the card of a service as lists show it, line by line."""
    service = directory.services.get(identifier) if directory else None
    if directory is None or service is None:
        return
    card = cards.card(service, directory, words(directory.site.language), Urls.of("index.md"))
    yield f"**{value(card.name)}** {value(f'{card.kind} · {card.organization}')}"
    for text in (card.status_words, card.summary, card.for_whom):
        if text:
            yield value(text)
    if card.contact:
        yield value(f"{card.contact.heading}: {card.contact.display}")
    if card.more_contacts:
        yield value("Also: " + ", ".join(card.more_contacts))
    yield value(f"{card.where} · {card.cost}")


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else noun + "s"


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[:text.rindex("\n", 0, LONGEST) + 1] + "\nThe rest is left out: the report would be too long for a comment.\n"
