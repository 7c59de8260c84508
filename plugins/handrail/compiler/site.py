"""``compile``: a registry becomes a site of pages, files and notices. Plain Python; no engine is known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handrail.exports import everything, handlist
from handrail.issues.issue import Issue, RegistryError
from handrail.model import build
from handrail.model.directory import Directory
from handrail.output.assets import assets
from handrail.output.files import Asset
from handrail.pages import handover, privacy, reference
from handrail.pages.page import Page
from handrail.pages.site import Renderer, pages
from handrail.registry.check import checked
from handrail.registry.registry import Registry
from handrail.text.escape import json_in_html
from handrail.text.words import Words, words
from handrail.views import front


@dataclass(frozen=True)
class Site:
    """Everything that an engine has to put together."""

    registry: Registry
    directory: Directory
    render: Renderer
    words: Words
    pages: Mapping[str, Page]
    """By source path."""
    assets: Sequence[Asset]
    notices: Sequence[Issue] = field(default_factory=tuple)
    """Warnings of the registry; errors never come this far."""

    @property
    def scripts(self) -> list[str]:
        """Paths of the modules that every page loads."""
        return [asset.path for asset in self.assets if asset.path.endswith(".mjs") and asset.path.count("/") == 3]

    @property
    def script_words(self) -> str:
        """The words that scripts need, as JSON for a data block."""
        return json_in_html({key: text for key, text in sorted(self.words.texts.items()) if key.startswith("js.")})

    def lost(self, root: str) -> str:
        """Return the body of the page for an address that leads nowhere; its links start at ``root``."""
        return self.render.render("not-found.html", lost=front.lost(self.render.on("404.md", root)))


def compile(root: Path, *, today: date, directory_urls: bool = True, written: Sequence[str] = (), base: str = "") -> Site:
    """Return the site of a registry; ``RegistryError`` carries every issue when one of them is an error.

    ``written`` names the source paths of the pages that authors wrote; ``base`` is the site's own address, ending in a slash, where it is known.
    """
    registry = checked(root, today)
    if any(issue.is_error for issue in registry.issues):
        raise RegistryError(registry.issues)
    directory = build.directory(registry)
    language = words(directory.site.language)
    landing = {reader: f"for/{reader}s.md" for reader in ("mentee", "mentor", "coordinator", "partner") if f"for/{reader}s.md" in set(written)}
    render = Renderer(directory, language, directory_urls, landing=landing, written=frozenset(written), base=base)
    every = (*pages(render), *privacy.pages(render), reference.page(render), *handover.pages(render, handlist.chunk_count(directory)))
    made = {page.source: page for page in every}
    return Site(registry, directory, render, language, made, (*assets(), *everything.files(directory, language, render.guides, base, directory_urls)), tuple(registry.issues))
