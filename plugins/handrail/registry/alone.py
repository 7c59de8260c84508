"""What one organization's file says by itself: its data, and every issue that no other file can bring about or mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handrail.issues.issue import Issue
from handrail.registry import links, policy, shape, wording
from handrail.registry.reading import Document, read
from handrail.registry.registry import Entry


@dataclass(frozen=True, slots=True)
class Alone:
    """A file that was read."""

    document: Document
    entry: Entry | None
    """None when it cannot be used."""
    issues: tuple[Issue, ...]

    @property
    def failed(self) -> bool:
        """True when one of the issues is an error."""
        return any(issue.is_error for issue in self.issues)


def examined(raw: bytes, name: str, today: date | None) -> Alone:
    """Return a file by itself; without a day only its shape is looked at."""
    document = read(raw, name)
    if document.data is None:
        return Alone(document, None, tuple(document.issues))
    if not isinstance(document.data, dict):
        wrong = document.issue("E204", (), "an organization should be a group of fields", "start with id: and name:")
        return Alone(document, None, (*document.issues, wrong))
    data = shape.typed(document, document.data, "organization")
    issues = [*shape.check(document, data, "organization"), *document.issues]
    if any(issue.is_error for issue in issues):
        return Alone(document, None, tuple(issues))
    entry = Entry(data, document, ())
    return Alone(document, entry, (*issues, *(own(entry, today) if today else ())))


def own(entry: Entry, today: date) -> Iterator[Issue]:
    """Yield every issue inside an organization whose shape is right."""
    yield from links.own(entry)
    yield from policy.organization(entry, today)
    yield from wording.organization(entry)
