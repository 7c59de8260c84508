"""What an import guessed, what needs a person, and what it had to drop; nothing is changed in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from handrail.text.escape import terminal

KINDS = {"person": "needs a person", "guessed": "guessed", "dropped": "dropped"}


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One thing that somebody should know about an imported entry."""

    kind: str
    """``person``, ``guessed`` or ``dropped``."""
    entry: str
    """Id of the entry, or a file."""
    text: str


@dataclass(slots=True)
class Report:
    """All notes of an import."""

    notes: list[Note] = field(default_factory=list)
    entry: str = ""
    """The entry that is being read."""

    def person(self, text: str) -> None:
        """Note what only a person can decide."""
        self.notes.append(Note("person", self.entry, text))

    def guessed(self, text: str) -> None:
        """Note what was concluded, not read."""
        self.notes.append(Note("guessed", self.entry, text))

    def dropped(self, text: str) -> None:
        """Note what could not be kept."""
        self.notes.append(Note("dropped", self.entry, text))

    def text(self, most: int = 20) -> str:
        """Return the report for people: every kind with its commonest notes first, and the entries of each."""
        lines = []
        for kind, words in KINDS.items():
            groups: dict[str, list[str]] = {}
            for note in self.notes:
                if note.kind == kind:
                    groups.setdefault(note.text, []).append(note.entry)
            lines.append(f"{words}: {sum(map(len, groups.values()))}")
            for text, entries in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:most]:
                shown = ", ".join(dict.fromkeys(entries[:3])) + (" …" if len(entries) > 3 else "")
                lines.append(f"  {len(entries)} x {terminal(text)}  ({terminal(shown)})")
            if len(groups) > most:
                lines.append(f"  and {len(groups) - most} more kinds; see the file of the report")
        return "\n".join([*lines, ""])

    def counts(self) -> dict[str, int]:
        """Return how many notes there are of each kind."""
        found = Counter(note.kind for note in self.notes)
        return {kind: found[kind] for kind in KINDS}
