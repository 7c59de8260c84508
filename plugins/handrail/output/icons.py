"""Icons of the theme's bundled sets, as a part of the style sheet: a page names an icon in a few bytes, however often it shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import yaml

_NAMES = Path(__file__).resolve().parent.parent / "theme/icons.yaml"
_SIZE = re.compile(r' (?:width|height|xmlns)="[^"]*"')


@cache
def names() -> Mapping[str, str]:
    """Return the names that templates use, each with its file below the theme's folder of icons."""
    loaded: dict[str, str] = yaml.safe_load(_NAMES.read_text("utf-8"))
    return loaded


def style() -> str:
    """Return the styles that draw the icons; empty where the theme with its icons is not installed."""
    return "".join(f"{rule}\n" for rule in _rules())


def _rules() -> Iterator[str]:
    found = find_spec("material")
    if found is None or not found.origin:
        return
    folder = Path(found.origin).parent / "templates/.icons"
    for name, path in names().items():
        file = folder / f"{path}.svg"
        if file.is_file():
            svg = _SIZE.sub("", file.read_text("utf-8").strip()).replace("<svg", "<svg xmlns='http://www.w3.org/2000/svg'", 1).replace('"', "'")
            yield f".hr-icon--{name}{{--hr-icon:url(\"data:image/svg+xml,{quote(svg, safe=_PLAIN)}\")}}"


_PLAIN = " !$&'()*+,/:;=?@[]^`{|}~-._"
"""What needs no escape inside a quoted address of a style sheet."""
