"""Characters that must not stand in a text, because a reader cannot see what they do.

Direction marks can turn a number around on the screen; invisible characters make two names look alike;
letters of two scripts in one word imitate a known name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff\U0001d173-\U0001d17a\U0001bca0-\U0001bca3]"
    "|(?<=[0-9A-Za-z])[\u200c\u200d](?=[0-9A-Za-z])"
)
"""Controls, direction marks, invisible and unassigned characters. Joiners are among them only between Latin letters: other scripts need them."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What of these an ASCII text can hold: most files are such texts."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_LATIN = re.compile("[\u0370-\u052f\u1c80-\u1c8f\u1d00-\u1d7f\u1f00-\u1fff\ua640-\ua69f\uab30-\uab6f\U00010140-\U0001018f]")
"""Where Greek and Cyrillic letters stand: a text without any mixes nothing, and most hold dashes and quotation marks only."""


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the code, such as ``U+202E``, of every character that may not stand in a text."""
    for match in (_CONTROL if text.isascii() else _SUSPECT).finditer(text):
        yield match.start(), f"U+{ord(match.group()):04X}"


def mixed_scripts(text: str) -> list[str]:
    """Return the words that hold letters of more than one of the Latin, Greek and Cyrillic scripts."""
    if text.isascii() or not _NOT_LATIN.search(text):
        return []
    return [word for word in _WORD.findall(text) if not word.isascii() and len(_scripts(word)) > 1]


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(letter, "").split(" ", 1)[0] for letter in word)
    return {name for name in names if name in ("LATIN", "GREEK", "CYRILLIC")}


def fold(text: str) -> str:
    """Return the text as names are compared: without accents, apostrophes, case and doubled blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub("['’‘`´]", "", plain).casefold().split())
