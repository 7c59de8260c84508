"""The comparison as Markdown for a pull request. Every text of an entry stands in it as text, whatever it holds.

Punctuation becomes entities, so nothing of it is Markdown or a command of a workflow; and it stands inside ``code``, where
hosts make no mention of a person, no link to an issue and no picture of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from handrail.issues.issue import Issue
from handrail.model.directory import Directory
from handrail.registry import published
from handrail.registry.alike import Clash
from handrail.registry.registry import Entry
from handrail.review import freshness
from handrail.review.kit import compare, contacts
from handrail.review.kit.compare import Change, Field, State
from handrail.text.escape import markdown_text
from handrail.text.words import words
from handrail.views import cards
from handrail.views.urls import Urls

LONGEST = 60_000
"""Characters that a comment can hold, with room to spare."""
_CELL = 1_500
_MANY = 40
_FEW = 8


def markdown(before: State, after: State, today: date) -> str:
    """Return the whole report; it says so when something was left out for its length."""
    found = compare.changes(before, after)
    parts = ["## What this changes\n\n", *_summary(found)]
    parts += _crisis(found, before, after)
    parts += _lost(before, after)
    parts += _contacts(found, after)
    parts += _issues(compare.new_issues(before, after))
    parts += _clashes(found, before, after)
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
        verb = "is new" if change.before is None else "is taken out" if change.after is None else ""
        if not verb and change.fields:
            verb = f"changes in {len(change.fields)} {_plural(len(change.fields), 'field')}"
        yield f"- {change.kind.capitalize()} {value(change.name)} ({value(change.id)}) {verb or 'stays as it is'}.{_moved(change)}\n"
    if len(found) > _MANY:
        yield f"- {len(found) - _MANY} more.\n"


def _moved(change: Change) -> str:
    old, new = change.files
    return f" It moves from {value(old)} to {value(new)}: `CODEOWNERS` may ask somebody else about it." if old else ""


def _crisis(found: Sequence[Change], before: State, after: State) -> Iterator[str]:
    changed = compare.crisis_changes(before, after)
    unlisted = compare.unlisted_crisis(list(found), after)
    if not changed and not unlisted:
        yield "\nCrisis help stays as it is.\n"
        return
    yield "\n### ⚠ Crisis help changes: a second person has to look at this\n\n"
    if changed:
        yield "Compare each line with its source, and with `crisis-golden.yaml` in this change.\n\n"
    for each in changed:
        yield f"- {value(each.region)}: {'now' if each.added else 'no longer'} {value(each.text)}\n"
    for change in unlisted:
        yield f"- {value(change.id)} says that people in crisis may turn to it, and stands in no list of crisis help. Does its source say so?\n"


def _contacts(found: Sequence[Change], after: State) -> Iterator[str]:
    changed = contacts.contacts([change for change in found if change.before], after.registry)
    new = contacts.contacts([change for change in found if not change.before], after.registry)
    if not changed and not new:
        return
    yield "\n### Contacts: compare each with its page\n\n"
    for each in [*changed, *new][:_MANY]:
        if each.before and each.after:
            yield f"- {value(each.service)}: {value(each.before)} becomes **{value(each.after)}**\n"
        else:
            yield f"- {value(each.service)}: {'new' if each.after else 'no longer'} **{value(each.after or each.before)}**\n"
        if each.same_sources:
            yield "  - ⚠ Its pages are the same as before. Do they say this now?\n"
        if each.checked:
            yield f"  - ⚠ The check of {value(each.checked)} was of what stood there before: take it out, or check again.\n"
        if each.elsewhere:
            shown = ", ".join(map(value, each.elsewhere[:_FEW]))
            more = f" and {len(each.elsewhere) - _FEW} more" if len(each.elsewhere) > _FEW else ""
            yield f"  - {value(each.gone)} still stands in {shown}{more}.\n"
        for source in each.sources[:_FEW]:
            yield f"  - {_source(source)}\n"
    if len(changed) + len(new) > _MANY:
        yield f"- {len(changed) + len(new) - _MANY} more.\n"


def _source(source: Mapping[str, Any]) -> str:
    """Return a page in which something was seen: what it is called, whose it is, how it was read, its date and its address."""
    about = [*(str(source.get(name, "")).replace("-", " ") for name in ("publisher", "read_as")), str(source.get("dated", ""))]
    return f"seen in {value(str(source.get('title', source.get('id', ''))))}, {value(', '.join(filter(None, about)))}: {value(str(source.get('url', '')))}"


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


def _clashes(found: list[Change], before: State, after: State) -> Iterator[str]:
    clashes = compare.clashes(found, after)
    renamed = compare.renamed(found, before, after)
    if not clashes and not renamed:
        return
    entries = {entry.id: entry for entry in reversed(after.registry.services)}
    yield "\n### Is it there already?\n\n"
    for each in renamed[:_MANY]:
        yield f"- {value(each.id)} is taken out, and {_who(entries[each.other])} {_why(each)}. Was it renamed? Then `moved` in the root file names both.\n"
    for each in clashes[:_MANY]:
        yield f"- {_who(entries[each.other])} {_why(each)}, beside {value(each.id)}.\n"
    if len(clashes) > _MANY:
        yield f"- {len(clashes) - _MANY} more.\n"


def _why(clash: Clash) -> str:
    return words("en")(f"clash.{clash.key}", value="\0").replace("\0", value(clash.value))


def _who(entry: Entry) -> str:
    """Return the name and the id of a service, with its organization and where it helps."""
    organization = entry.organization.data.get("name", "") if entry.organization else ""
    regions = ", ".join(map(str, entry.data.get("coverage", {}).get("regions", ())))
    return f"{value(str(entry.data.get('name', '')))} ({value(entry.id)}, {value(str(organization))}, {value(regions)})"


def _readers(found: list[Change], before: State, after: State) -> Iterator[str]:
    if after.directory is None or before.directory is None:
        yield "\nWhat readers will see can be told once the errors are mended.\n"
        return
    regions = compare.readers(found, before, after)
    if regions:
        yield "\n### What readers see\n\n"
        for each in regions[:_MANY]:
            told = (("New", each.came), ("No longer", each.went), ("Changed", each.changed))
            more = "".join(f" {word}: {', '.join(map(value, names[:10]))}{' …' if len(names) > 10 else ''}." for word, names in told if names)
            yield f"- {value(each.region)}: {each.after} {_plural(each.after, 'service')} ({each.before} before).{more}\n"


def _due(found: list[Change], after: State, today: date) -> Iterator[str]:
    """Yield what nobody checked lately: one line an entry and day, for most entries nothing was ever checked."""
    if after.directory is None:
        return
    ids = {change.id for change in found if change.kind == "service"}
    due: dict[tuple[str, str], list[str]] = {}
    for each in freshness.due(after.registry, after.directory, today):
        if each.service in ids:
            when = f"last checked on {each.checked.isoformat()}" if each.checked else "nobody has checked it yet"
            due.setdefault((each.service, when), []).append(f"{each.group} {each.contact}".strip())
    if due:
        yield "\n### Not checked lately\n\n"
        for (service, when), groups in list(due.items())[:_MANY]:
            yield f"- {value(service)}: {value(', '.join(groups))}: {when}.\n"


def _change(change: Change, before: State, after: State) -> Iterator[str]:
    yield f"\n### {value(change.name)}\n\n"
    yield f"{change.kind.capitalize()} in {value(change.entry.document.name)}\n"
    if change.kind == "service":
        for label, state in (("Before", before), ("After", after)):
            lines = list(_card(change.id, state.directory))
            if lines:
                yield f"\n**{label}**\n\n" + "".join(f"> {line}<br>\n" for line in lines)
    if not change.fields:
        return
    if change.before is not None and change.after is not None:
        yield "\n| Field | Before | After |\n|---|---|---|\n"
        for field in change.fields:
            old, new = _around(field)
            yield f"| {value(field.title)} | {value(old) or '*not stated*'} | {value(new) or '*taken out*'} |\n"
    else:
        count = len(change.fields)
        yield f"\n<details><summary>All that it {'states' if change.after else 'stated'}: {count} {_plural(count, 'field')}</summary>\n\n"
        yield "| Field | Stated |\n|---|---|\n"
        for field in change.fields:
            yield f"| {value(field.title)} | {value(field.after or field.before)} |\n"
        yield "\n</details>\n"


def _around(field: Field) -> list[str]:
    """Return both texts of a field, long ones from a little before the first letter that differs: a cell would cut the difference off."""
    old, new = field.before, field.after
    if max(len(old), len(new)) <= _CELL:
        return [old, new]
    same = next((at for at, (one, other) in enumerate(zip(old, new)) if one != other), min(len(old), len(new)))
    start = max(0, same - 100)
    return [f"…{text[start:]}" if start else text for text in (old, new)]


def _card(identifier: str, directory: Directory | None) -> Iterator[str]:
    """Yield the card of a service as lists show it, line by line."""
    service = directory.services.get(identifier) if directory else None
    if directory is None or service is None:
        return
    card = cards.card(service, directory, words(directory.site.language), Urls.of("index.md"))
    yield f"**{value(card.name)}** {value(f'{card.kind} · {card.organization}')}"
    for text in (card.status_words, service.status_note, card.summary, card.for_whom):
        if text:
            yield value(text)
    ways = [directory.services[name].name for name in service.use_instead if name in directory.services]
    if ways:
        yield value(f"Turn instead to: {', '.join(ways)}")
    if card.contact:
        yield value(f"{card.contact.heading}: {card.contact.display} ({card.contact.hours.summary})")
    if card.more_contacts:
        yield value("Also: " + ", ".join(card.more_contacts))
    yield value(f"{card.where} · {card.cost}")


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else noun + "s"


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[:text.rindex("\n", 0, LONGEST) + 1] + "\nThe rest is left out: the report would be too long for a comment.\n"
