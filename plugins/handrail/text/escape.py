"""Plain text written as text into every output: one escape for each, and nothing is ever lost.

Escapes keep the text readable where the format can carry it, and make harmless what the format would act on.
"""

from __future__ import annotations

import html as _html
import json
import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def html(text: str) -> str:
    """Return text for HTML content and quoted attributes."""
    return _html.escape(text, quote=True)


def terminal(text: str) -> str:
    """Return one line for a terminal: control and direction characters are shown as escapes, never sent."""
    return _CONTROL.sub(lambda match: _visible(match.group()), text)


def _visible(character: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": " "}.get(character) or f"\\u{ord(character):04x}"


def github_data(text: str) -> str:
    """Return the message of a workflow command: ``%``, CR and LF can not start another command."""
    return terminal_keep_lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def github_property(text: str) -> str:
    """Return the value of a property of a workflow command."""
    return github_data(text).replace(":", "%3A").replace(",", "%2C")


def terminal_keep_lines(text: str) -> str:
    """Return text with control characters shown as escapes, line ends kept."""
    return _CONTROL.sub(lambda match: match.group() if match.group() in "\n\r" else _visible(match.group()), text)


def markdown_text(text: str) -> str:
    """Return one line of Markdown that shows exactly the text: every ASCII punctuation mark becomes an entity."""
    line = " ".join(terminal_keep_lines(text).split())
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: f"&#{ord(match.group())};", line)


def json_in_html(value: object) -> str:
    """Return JSON for a ``script`` data block: no ``<``, ``>``, ``&`` or line separator stands in it as itself."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def csv_cell(text: str) -> str:
    """Return a quoted CSV cell that no spreadsheet takes for a formula.

    A cell that starts (after blanks) with ``= + - @`` or a control character, on any of its lines, gets an apostrophe.
    """
    lines = text.split("\n")
    if any(re.match(r"[\s\ufeff\u00a0]*[=+\-@\t\r＝＋－＠]", line) for line in lines):
        text = "'" + "\n".join(lines)
    return '"' + text.replace('"', '""') + '"'


def vcard(text: str) -> str:
    """Return a vCard 4.0 text value (RFC 6350, 3.4)."""
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


icalendar = vcard
"""An iCalendar text value (RFC 5545, 3.3.11) escapes the same characters."""
