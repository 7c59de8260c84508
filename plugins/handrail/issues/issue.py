"""A problem that somebody can mend: where it is, what is wrong and how to put it right.

``Issue`` is a fact, and this module finds none and prints none: floors above find them, ``reporter`` words them.

The exception tree::

    HandrailError            anything this project raises on purpose
    └── RegistryError        the registry has issues; carries all of them
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One problem in one place. Issues sort by file, line and column."""

    file: str
    """Path from the folder of the registry's root file, with forward slashes."""
    line: int
    """1-based; 0 when the problem is the file itself."""
    column: int
    """1-based; 0 when the problem is the line or the file."""
    code: str
    """Stable: a letter (E error, W warning) and three digits."""
    message: str
    """What is wrong, in one plain sentence without a full stop."""
    help: str = ""
    """How to put it right."""
    see: str = ""
    """Page of the documentation, from the root of the built site."""
    length: int = 1
    """Characters to underline."""
    excerpt: str = field(default="", compare=False)
    """The line of the file, for the frame around the problem."""

    @property
    def is_error(self) -> bool:
        """True when the site may not be built with it."""
        return self.code.startswith("E")


class HandrailError(Exception):
    """Anything this project raises on purpose."""


class RegistryError(HandrailError):
    """The registry has issues; nothing was built."""

    def __init__(self, issues: list[Issue]) -> None:
        self.issues = sorted(issues)
        errors = sum(issue.is_error for issue in issues)
        super().__init__(f"{errors} {'error' if errors == 1 else 'errors'} in the registry")
