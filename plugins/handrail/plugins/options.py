"""The options of the plugins, each explained under itself."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as opt


class DirectoryOptions(base.Config):
    """Options of the plugin ``handrail``; the others read them from there."""

    enabled = opt.Type(bool, default=True)
    """Whether anything is done at all."""
    registry = opt.Type(str, default="resources.yaml")
    """The root file of the registry, from the folder of mkdocs.yml."""
    warnings = opt.Type(bool, default=False)
    """Whether warnings of the registry are warnings of the build, and so stop ``--strict``."""
    history = opt.Type(bool, default=True)
    """Whether pages say when an entry was added, changed and checked, as git knows it; without git they say nothing."""
    heavy = opt.Choice(("auto", "always", "never"), default="auto")
    """Whether HSDS, booklets and offline packs stand beside the pages; ``auto`` is for up to 2,000 services. The commands make them in any case."""


class GuidesOptions(base.Config):
    """Options of the plugin ``handrail/guides``."""

    enabled = opt.Type(bool, default=True)
    """Whether guides are checked and woven."""
    guides = opt.Type(str, default="guides")
    """Folder of the guides, from ``docs_dir``."""
    worksheets = opt.Type(str, default="worksheets")
    """Folder of the worksheets, from ``docs_dir``."""
    bibliography = opt.Type(str, default="bibliography.yaml")
    """File of the sources that guides cite, from ``docs_dir``."""
    evidence = opt.Type(str, default="evidence.yaml")
    """File of the studies that the research guide shows, from ``docs_dir``."""


class SearchOptions(base.Config):
    """Options of the plugin ``handrail/search``."""

    enabled = opt.Type(bool, default=True)
    """Whether there is a find page and a search."""


class SafetyOptions(base.Config):
    """Options of the plugin ``handrail/safety``."""

    enabled = opt.Type(bool, default=True)
    """Whether pages are made safe."""
    warn = opt.Type(bool, default=False)
    """Whether a page that would load something from elsewhere is a warning instead of an error."""
    csp = opt.Type(bool, default=True)
    """Whether pages get a Content-Security-Policy (never under ``mkdocs serve``)."""
    inline = opt.Choice(("refuse", "hash"), default="refuse")
    """Whether a script or style written into a page is refused, or allowed by its hash. A hash would bless what nobody meant to write,
    and the pages of handrail need none; other themes may."""
