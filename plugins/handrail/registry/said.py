"""Words of messages, from the catalogue that the form in the browser reads too. Messages are English, like the files that they speak of."""

from __future__ import annotations

from handrail.text.words import words


def say(key: str, /, **values: object) -> str:
    """Return a text of the catalogue."""
    return words("en")(f"issue.{key}", **values)
