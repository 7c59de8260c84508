"""The pages with the form for partners, and the files that their script reads: the schema, and the text of each organization's file."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.output.assets import FOLDER, THEME
from handrail.output.files import Asset
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.registry import withdrawn
from handrail.registry.registry import Registry
from handrail.views import contribute

PAGES = {"add": "contribute/add.md", "change": "contribute/change.md"}


def is_ready() -> bool:
    """Return whether the module that checks by schema is installed; without it the form would let mistakes through in silence."""
    return (THEME / "vendor" / "json-schema" / "index.js").is_file()


def pages(make: Renderer) -> Iterator[Page]:
    """Yield the two pages: add a service, change a service."""
    for mode, source in PAGES.items():
        yield _page(mode, source, make)


def _page(mode: str, source: str, make: Renderer) -> Page:
    t = make.t

    def body(content: str) -> str:
        return make.render("form.html", form=contribute.form(mode, source, make.on(source), make.written, ready=is_ready()))

    scripts = (f"{FOLDER}/scripts/form/page.mjs",) if is_ready() else ()
    return Page(source, t(f"contribute.{mode}"), t(f"contribute.{mode}.lead"), body, section="contribute/index.md", scripts=scripts)


def files(make: Renderer, base: Path, known: bytes) -> Iterator[Asset]:
    """Yield what the form reads; ``known`` is what it asks about the rest of the registry.

    A file's text is the author's, byte for byte, from ``base``, the folder of the registry: a change is a patch of it.
    """
    form = contribute.form("add", PAGES["add"], make.on(PAGES["add"]), make.written, ready=is_ready())  # the fields are the same on both pages
    yield Asset(contribute.LISTS, contribute.lists(make.directory, make.t, make.render("form-fields.html", form=form)))
    yield Asset(contribute.RULES, contribute.rules(make.t))
    yield Asset(contribute.KNOWN, known)
    for identifier, file in contribute.own_files(make.directory).items():
        yield Asset(f"{contribute.SOURCES}{identifier}.txt", (base / file).read_bytes, make.directory.prints.get(file, ""))
