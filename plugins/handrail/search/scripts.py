"""Scripts as they are shipped: one module for the search, and of lunr.js what a query needs; comments and indents left out.

Every line of code is kept as it is written, so that the shipped files can be read and compared with their sources.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from handrail.output.assets import without_comments
from handrail.search import snowball

THEME_SCRIPTS = Path(__file__).resolve().parent.parent / "theme/scripts/search"
EXPORT = "  ;(function (root, factory) {\n"
"""Where lunr.js gives itself away; what belongs to it stands before."""
NO_STEMMER = 'lunr.stemmer = (token) => token;\nlunr.Pipeline.registerFunction(lunr.stemmer, "stemmer");\n'
LICENCE = "/* From lunr 2.3.9, http://lunrjs.com, Copyright (C) 2020 Oliver Nightingale, MIT */\n"

ENTRIES = {"find": "[data-hr-find]", "header": "[data-hr-search]"}
"""Modules that begin to work where a page has what they wake."""

NOT_FOR_QUERIES = frozenset(("Vector", "trimmer", "TokenSet", "Index"))
"""Parts of lunr.js that answer from a whole index; the part that builds one stands before ``lunr.Query`` in its section."""

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.mjs";$', re.MULTILINE)
_OUTSIDE = re.compile(r'^import \w+ from "\.\./\w+\.mjs";$\n?', re.MULTILINE)
"""What is no part of the search, such as the words of the site's language: the one module imports it too."""
_DYNAMIC = re.compile(r'\bimport\("\./(\w+)\.mjs"\)')
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_SECTION = re.compile(r"^/\*!\n \* lunr\.([\w.]+)", re.MULTILINE)


@cache
def lunr_source() -> str:
    """Return lunr.js as a site generator carries it; nothing of a generator is run."""
    for name in ("mkdocs", "properdocs"):
        found = find_spec(name)
        path = Path(found.origin).parent / "contrib/search/templates/search/lunr.js" if found and found.origin else None
        if path and path.is_file():
            return path.read_text("utf-8")
    raise FileNotFoundError("lunr.js: neither mkdocs nor properdocs is installed")


def lunr_js(language: str = "en") -> bytes:
    """Return of lunr.js, the parser of queries, the pipeline, and the stemmer of a language; stop words are known for English."""
    pieces = _SECTION.split(lunr_source())
    sections = [(name, f"/*!\n * lunr.{name}{text}") for name, text in zip(pieces[1::2], pieces[2::2]) if name not in NOT_FOR_QUERIES]
    kept = [text[text.index("lunr.Query = function") :] if name == "Builder" else text for name, text in sections]
    licence, script = LICENCE, "".join((pieces[0], *kept))
    if language != "en":
        english = ("stemmer", "stopWordFilter")
        script = "".join((pieces[0], *(text for (name, _), text in zip(sections, kept) if name not in english)))
        own = NO_STEMMER
        if language in snowball.LANGUAGES:
            licence, own = licence + snowball.licence(), snowball.script(language)
        before, after = script.rsplit(EXPORT, 1)
        script = f"{before}lunr.stopWordFilter = (token) => token;\n{own}{EXPORT}{after}"
    return (licence + without_comments(script)).encode()


def one_module() -> bytes:
    """Return the modules of the search as one, each in a scope of its own, in the order in which they need each other."""
    done: dict[str, str] = {}
    outside: dict[str, None] = {}

    def add(name: str) -> None:
        if name in done:
            return
        text = (THEME_SCRIPTS / f"{name}.mjs").read_text("utf-8")
        for needed in [match[2] for match in _IMPORT.finditer(text)] + _DYNAMIC.findall(text):
            add(needed)
        outside.update(dict.fromkeys(_OUTSIDE.findall(text)))
        exported = [match[1] for match in _EXPORT.finditer(text)]
        text = _IMPORT.sub(r"const \1 = in_\2;", _OUTSIDE.sub("", text))
        text = _DYNAMIC.sub(r"Promise.resolve(in_\1)", _EXPORT.sub("", text))
        done[name] = f"const in_{name} = (() => {{\n{text}return {{ {', '.join(exported)} }};\n}})();\n"

    for entry in ENTRIES:
        add(entry)
    for entry, selector in ENTRIES.items():
        woken = done[entry].replace("(() => {", "() => {", 1).removesuffix(")();\n") + ";\n"
        done[entry] = woken + f"if (document.querySelector({selector!r})) in_{entry}();\n"
    return without_comments("".join((*outside, *done.values()))).encode()
