"""Plain text written as text into every output: one escape for each, and nothing is ever lost.

Escapes keep the text readable where the format can carry it, and make harmless what the format would act on.
"""

from __future__ import annotations

import html as _html
import json
import re

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, direction marks, invisible characters, and the halves of pairs that no encoding can write."""
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Everything that some reader takes for the end of a line."""


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_FORMULA = re.compile(r"(^|[\n\r])(?=(?:[^\S\n\r]|\ufeff)*[=+\-@＝＋－＠])")


def html(text: str) -> str:
    """Return text for HTML content and quoted attributes."""
    return _html.escape(text, quote=True)


def terminal(text: str) -> str:
    """Return one line for a terminal: control and direction characters are shown as escapes, never sent."""
    return _CONTROL.sub(lambda match: _visible(match.group()), text)


def _visible(character: str) -> str:
    code = ord(character)
    return {"\n": "\\n", "\r": "\\r", "\t": " "}.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def github_data(text: str) -> str:
    """Return the message of a workflow command: ``%``, CR and LF cannot start another command."""
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
    text = _JSON.encode(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def csv_cell(text: str) -> str:
    """Return a quoted CSV cell that no spreadsheet takes for a formula.

    Every line that starts (after blanks) with ``= + - @`` gets an apostrophe: some programs take the lines of a cell for rows.
    """
    text = _FORMULA.sub(r"\1'", text)
    return '"' + text.replace('"', '""') + '"'


def vcard(text: str) -> str:
    """Return a vCard 4.0 text value (RFC 6350, 3.4): no line of it can become a property of its own."""
    for character in "\\,;":
        text = text.replace(character, f"\\{character}")
    return _LINE_ENDS.sub(r"\\n", text)


icalendar = vcard
"""An iCalendar text value (RFC 5545, 3.3.11) escapes the same characters."""
