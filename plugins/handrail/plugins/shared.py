"""How the plugins share one compiled site: the only state, and it lives as long as one build."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from handrail.compiler.site import Site, compile
from handrail.issues import reporter
from handrail.issues.issue import RegistryError
from handrail.plugins.options import DirectoryOptions, GuidesOptions, SearchOptions
from handrail.registry import cache
from handrail.registry.guides import Names
from handrail.text import dates

log = get_plugin_logger("handrail")


def site_of(config: MkDocsConfig) -> Site:
    """Return the compiled site of this build; the first call compiles it.

    ``PluginError`` when the plugin ``handrail`` is missing or the registry has errors: nothing is written then, and the
    last good site stays.
    """
    plugin = config.plugins.get("handrail")
    if plugin is None or not isinstance(plugin.config, DirectoryOptions):
        raise PluginError("add `handrail` to plugins in mkdocs.yml: the other handrail plugins need it")
    kept: Site | None = getattr(plugin, "site", None)
    if kept is None:
        kept = _compile(config, plugin.config)
        plugin.site = kept
    return kept


def _guides(config: MkDocsConfig, docs: Path) -> dict[str, Any]:
    """Return where the guides stand, as the plugin ``handrail/guides`` says; nothing without it."""
    plugin = config.plugins.get("handrail/guides")
    if plugin is None or not isinstance(plugin.config, GuidesOptions) or not plugin.config.enabled:
        return {}
    options = plugin.config
    return {"docs": docs, "names": Names(options.guides, options.worksheets, options.bibliography, options.evidence)}


def _has_search(config: MkDocsConfig) -> bool:
    """Return whether the plugin ``handrail/search`` stands in mkdocs.yml, switched on."""
    plugin = config.plugins.get("handrail/search")
    return plugin is not None and isinstance(plugin.config, SearchOptions) and plugin.config.enabled


def _compile(config: MkDocsConfig, options: DirectoryOptions) -> Site:
    folder = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    docs = Path(config.docs_dir)
    written = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
    root = folder / options.registry
    gc.unfreeze()
    try:
        with cache.quiet_collector():
            site = compile(root, today=dates.today(), directory_urls=config.use_directory_urls, written=written,
                           base=config.site_url or "", with_history=options.history, with_search=_has_search(config),
                           kept=cache.pack(root, lasting=True), published=docs, heavy={"always": True, "never": False}.get(options.heavy),
                           **_guides(config, docs))
            gc.freeze()  # the directory lives as long as the build: the collector need not look through it, now or again
    except RegistryError as error:
        sys.stderr.write(reporter.human(error.issues) + "\n")
        raise PluginError(f"{error}; nothing was built") from None
    if site.notices:
        text = reporter.human(site.notices)
        (log.warning if options.warnings else log.info)("the registry has warnings:\n%s", text)
    return site
