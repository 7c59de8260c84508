"""Scripts as they are shipped: comments and indents left out, every line of code kept as it is written."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^[ \t]*//.*$\n?", re.MULTILINE)
_BLANKS = re.compile(r"^[ \t]+|[ \t]+$|^\n", re.MULTILINE)


def without_comments(script: str) -> str:
    """Return a script without the comments that have lines of their own, and without indents.

    Only for scripts in which no text literal runs over several lines; a test compares what lunr.js answers before and after.
    """
    return _BLANKS.sub("", _LINE.sub("", _BLOCK.sub("", script)))
