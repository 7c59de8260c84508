"""The words of the interface: one flat file a language, read here and in the browser alike.

A key leads to a text with named places: ``"Call {number}"``. Plural forms are keys with a CLDR category behind a dot:
``results.one``, ``results.other``; ``t("results", count=3)`` picks by the language's rule.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale

_FOLDER = Path(__file__).resolve().parent.parent / "words"


class Words:
    """The words of one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts
        self._plural = Locale.parse(language, sep="-").plural_form

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of a key with its places filled; an unknown key or place is a ``KeyError``."""
        text = self.texts.get(key)
        if text is None:
            count = values.get("count")
            if not isinstance(count, int):
                raise KeyError(key)
            text = self.texts.get(f"{key}.{self._plural(count)}") or self.texts[f"{key}.other"]
        return text.format(**values) if "{" in text else text

    def has(self, key: str) -> bool:
        """Return whether there is a text for the key."""
        return key in self.texts


@cache
def words(language: str) -> Words:
    """Return the words of a language, or of its base language, or English where there is no file."""
    for name in (language, language.split("-")[0], "en"):
        path = _FOLDER / f"{name}.json"
        if path.is_file():
            return Words(name, json.loads(path.read_text("utf-8")))
    raise FileNotFoundError(_FOLDER / "en.json")


def languages() -> tuple[str, ...]:
    """Return the languages that have a file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))
