"""Styles, scripts and fonts of the theme as the site ships them: one style sheet, plain modules, own fonts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from handrail.output import icons
from handrail.output.files import Asset

THEME = Path(__file__).resolve().parent.parent / "theme"
FOLDER = "assets/handrail"
_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^[ \t]*//.*$\n?", re.MULTILINE)
_BLANKS = re.compile(r"^[ \t]+|[ \t]+$|^\n", re.MULTILINE)


def assets() -> Iterator[Asset]:
    """Yield the style sheet (tokens, css/, components/), the icon, modules of scripts/ and components/, fonts, and modules of others with licences."""
    yield Asset(f"{FOLDER}/css/handrail.css", style_sheet().encode())
    yield Asset(f"{FOLDER}/favicon.svg", (THEME / "favicon.svg").read_bytes())
    yield Asset(f"{FOLDER}/third-party.txt", (THEME / "third-party.txt").read_bytes())
    modules = [*THEME.glob("scripts/**/*.mjs"), *THEME.glob("scripts/**/*.js")]
    for path in sorted(path for path in modules if path.parent.name != "search" and path.name != "texts.mjs"):  # the search is shipped as one, with the index
        yield Asset(f"{FOLDER}/{path.relative_to(THEME).as_posix()}", without_comments(path.read_text("utf-8")).encode())
    for path in sorted(THEME.glob("components/*/*.mjs")):
        yield Asset(f"{FOLDER}/scripts/{path.name}", path.read_bytes())
    for path in sorted(THEME.glob("fonts/*")):
        if path.suffix in (".woff2", ".txt"):
            yield Asset(f"{FOLDER}/fonts/{path.name}", path.read_bytes())
    for path in sorted(path for path in THEME.glob("vendor/**/*") if path.is_file() and path.suffix != ".json"):
        yield Asset(f"{FOLDER}/{path.relative_to(THEME).as_posix()}", path.read_bytes())


def texts(words: Mapping[str, str]) -> Asset:
    """Return the module with the words that scripts say: those whose key begins with ``js.``."""
    said = {key: text for key, text in sorted(words.items()) if key.startswith("js.")}
    return Asset(f"{FOLDER}/scripts/texts.mjs", f"export default {json.dumps(said, ensure_ascii=False, indent=0)};\n".encode())


def style_sheet() -> str:
    """Return every style of the theme in one sheet."""
    parts = [THEME / "tokens.css", *sorted(THEME.glob("css/*.css")), *sorted(THEME.glob("components/*/*.css"))]
    return without_comments("\n".join(part.read_text("utf-8").strip() for part in parts) + "\n") + icons.style()


def without_comments(text: str) -> str:
    """Return a script or style without the comments that have lines of their own, and without indents: what is left can be compared with its source.

    Only for scripts in which no text literal runs over several lines; a test holds that ours are such.
    """
    return _BLANKS.sub("", _LINE.sub("", _BLOCK.sub("", text)))
