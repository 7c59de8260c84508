"""The pages with the form for partners, and the files that their script reads: the schema, and the text of each organization's file."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.output.assets import FOLDER, THEME
from handrail.output.files import Asset
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.registry import copies, withdrawn
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


def files(make: Renderer, registry: Registry, known: bytes) -> Iterator[Asset]:
    """Yield what the form reads; ``known`` is what it asks about the rest of the registry.

    A file's text is the author's, byte for byte: a change is offered as a patch of it. Of a file that holds what the site does not publish,
    such as a draft, it is a copy without that; where none can be made for certain, the form asks for the reader's own.
    """
    form = contribute.form("add", PAGES["add"], make.on(PAGES["add"]), make.written, ready=is_ready())  # the fields are the same on both pages
    own = contribute.own_files(make.directory)
    gone = withdrawn.contacts(registry)
    parts: dict[str, copies.PublicCopy | None] = {}
    for entry in registry.organizations:
        if entry.id not in own or entry.path:
            continue
        file = entry.document.name
        name = f"{contribute.SOURCES}{entry.id}.txt"
        if copies.is_whole(entry, gone):
            yield Asset(name, (registry.base / file).read_bytes, make.directory.prints.get(file, ""))
        elif copy := parts.setdefault(entry.id, copies.public_copy(entry, (registry.base / file).read_bytes(), gone)):
            yield Asset(name, copy.text.encode())
    yield Asset(contribute.LISTS, contribute.lists(make.directory, make.t, make.render("form-fields.html", form=form), parts))
    yield Asset(contribute.RULES, contribute.rules(make.t))
    yield Asset(contribute.KNOWN, known)
    if choices := contribute.listed(make.directory):
        yield Asset(contribute.CHOICES, choices)
