"""Telephone numbers: what is dialled, exactly as a person in the country dials it.

Nothing is added and nothing is dropped but blanks, hyphens, dots and brackets. An international form is never
made up: ``tel:+44116123`` is a wrong number, and short codes and freephone numbers often work from home only.
Keys to press later and extensions stand beside a link and are never dialled into a greeting.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_WRITTEN = re.compile(r"\+?[0-9(][0-9 ().\-\u2010\u2011\u00a0]*\Z")
_BRACKETS = re.compile(r"(?:[^()]|\([^()]+\))*")
_PLAIN = re.compile(r"\+?(?:[0-9][ -]?){2,14}[0-9]")
"""Digits with at most a blank or a hyphen between them: nothing is wrong with such a number, and most are such."""


def problem(text: str) -> str:
    """Return what is wrong with a number, or an empty string."""
    return "" if _PLAIN.fullmatch(text) else _read(text)


def _read(text: str) -> str:
    if re.search(r"[^\W\d_]", text):
        return "letters do not belong in a number: write the digits here and the word under vanity, keys or keyword"
    if "/" in text or ";" in text or "," in text:
        return "two numbers in one field: give each its own channel"
    if any(character.isdigit() and character not in "0123456789" for character in text):
        return "write the number with the digits 0 to 9"
    if not _WRITTEN.match(text) or not _BRACKETS.fullmatch(text):
        return "a number has digits, spaces, hyphens and brackets only, and a plus sign at most at its start"
    if text.startswith("+") and re.search(r"\(0+\)", text):
        return 'leave "(0)" out: after a country code it is not dialled'
    count = len(digits(text))
    if count < 3:
        return "a number has three digits or more"
    if count > 18 or (text.startswith("+") and count > 15):
        return "a number does not have so many digits"
    return ""


def digits(text: str) -> str:
    """Return the digits alone."""
    return re.sub(r"[^0-9]", "", text)


def dialled(text: str) -> str:
    """Return what a telephone dials: the digits, with a plus sign where the number is written with one."""
    return ("+" if text.strip().startswith("+") else "") + digits(text)


def tel(text: str) -> str:
    """Return the ``tel:`` link of a number."""
    return f"tel:{dialled(text)}"


def sms(text: str, keyword: str = "") -> str:
    """Return the ``sms:`` link of a number, with the keyword as the message."""
    return f"sms:{dialled(text)}" + (f"?body={quote(keyword, safe='')}" if keyword else "")


_RUN = re.compile(r"\+?[0-9(][0-9 ().\-\u2010-\u2015\u00a0\u202f/]*")
_SHORT = 7
"""Digits from which a number can stand with or without its country code."""


def numbers(text: str) -> list[str]:
    """Return every run of digits of a text that may be a number, as it is written."""
    return [run.strip() for run in _RUN.findall(text) if digits(run)]


def holds(text: str, number: str) -> bool:
    """Return whether a text holds a number, in whatever notation, with or without a country code."""
    wanted = digits(number)
    if len(wanted) < _SHORT:
        return any(digits(part) == wanted for run in _RUN.findall(text) for part in (run, *re.split(r"[ \u00a0\u202f/]+", run)))
    local = _local(number)
    return any(local in digits(run) for run in _RUN.findall(text))


def without(text: str, number: str, instead: str) -> str:
    """Return a text with other words where a number stands, in whatever notation; what only looks alike stays."""
    wanted = digits(number)

    def shorter(run: re.Match[str]) -> str:
        whole = run[0].rstrip(" ().-")
        rest = run[0][len(whole):]
        if len(wanted) >= _SHORT:
            return instead + rest if _local(number) in digits(whole) else run[0]
        if digits(whole) == wanted:
            return instead + rest
        return re.sub(r"[^ \u00a0\u202f/]+", lambda part: instead if digits(part[0]) == wanted else part[0], whole) + rest

    return _RUN.sub(shorter, text)


def _local(number: str) -> str:
    """Return the digits by which a long number is known, with or without its country code."""
    wanted = digits(number)
    return wanted.lstrip("0") if not number.strip().startswith("+") else wanted[-8:]
