"""The plugin ``handrail/safety``: last in every event, so that it sees pages as readers get them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from handrail.output import guard, leaks, policy
from handrail.output.guard import Finding
from handrail.output.leaks import Leak, Secret
from handrail.plugins.made import MARKS, Frame, Joined, MadePage
from handrail.plugins.options import SafetyOptions

log = get_plugin_logger("handrail/safety")

LAST = -100
_ENDS = re.compile("[<>\"'`]")
"""What could end the place of a value in a frame."""
SHOWN = 50
"""Findings that are written out; the others are counted."""


class SafetyPlugin(BasePlugin[SafetyOptions]):
    """Gives every page a policy, makes its outbound links quiet, and refuses what would be loaded from elsewhere."""

    serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Know whether pages are served: the reload script of ``mkdocs serve`` changes with every build, so no policy fits it."""
        self.serving = command == "serve"

    @event_priority(LAST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Start anew."""
        self._places: dict[str, list[Finding]] = {}
        self._hashes: tuple[set[str], set[str], set[str]] = (set(), set(), set())
        self._styles: list[tuple[str, str]] = []
        self._frames: dict[int, tuple[Frame, Frame | None]] = {}
        self._hidden = _hidden(config)
        return config

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Note the style sheets: they are read once they are written."""
        if self.config.enabled:
            self._styles = [(file.src_uri, file.abs_dest_path) for file in files.css_files()]
        return files

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Make a page safe, or note why it is not."""
        if not self.config.enabled:
            return output
        joined = page.joined if isinstance(page, MadePage) else None
        if joined and joined.text == output:
            return self.sealed(joined, page.file.src_uri)
        written = page.file.content_string if page.file.generated_by is None else ""
        return self._safe(output, page.file.src_uri, written)

    def sealed(self, page: Joined, name: str) -> str:
        """Return a page that was put together, made safe; why it is not is noted."""
        if not self.config.enabled:
            return page.text
        safe = self._joined(page)
        return self._safe(page.text, name, "") if safe is None else safe

    def state(self) -> Any:
        """Return what was noted, for the process that this one is a copy of."""
        places = {name: [(each.line, each.element, each.value, each.problem) for each in found] for name, found in self._places.items()}
        return places, [sorted(each) for each in self._hashes]

    def merge(self, state: Any) -> None:
        """Note what a copy of this process noted."""
        places, hashes = state
        self._places |= {name: [Finding(*each) for each in found] for name, found in places.items()}
        for kept, found in zip(self._hashes, hashes, strict=True):
            kept.update(found)

    @property
    def key(self) -> str:
        """What the bytes of a safe page depend on beside the page."""
        return repr((dict(self.config), self.serving))

    @event_priority(LAST)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Do the same for ``404.html`` and other whole pages, which no page event passes."""
        return self._safe(output_content, template_name, "") if self.config.enabled and template_name.endswith(".html") else output_content

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the headers; stop when a page or a style sheet is not safe."""
        if not self.config.enabled:
            return
        self._refuse_leaks(Path(config.site_dir))
        for name, path in self._styles:
            for address in guard.style_loads(Path(path).read_text("utf-8", "replace")):
                self._places.setdefault(name, []).append(Finding(0, "url()", address, "it would be loaded from elsewhere"))
        headers = Path(config.site_dir, policy.HEADERS)
        if self.config.csp and not self.serving and not headers.exists():
            folders = (path.name for path in Path(config.site_dir).iterdir() if path.is_dir())
            headers.write_text(policy.headers(policy.policy(*self._hashes), folders), "utf-8")
        if self._places:
            message = _told(self._places)
            if not self.config.warn:
                raise PluginError(message)
            log.warning("%s", message)

    def _refuse_leaks(self, site: Path) -> None:
        """Stop when a file of the site holds an address that must stay hidden; such files are removed, so that nobody publishes them."""
        if not self._hidden:
            return
        files = ((path.relative_to(site).as_posix(), path.read_bytes()) for path in sorted(site.rglob("*")) if path.is_file())
        if found := list(leaks.in_files(files, self._hidden)):
            for leak in found:
                (site / leak.file).unlink(missing_ok=True)
            raise PluginError(_leaked(found))

    def _joined(self, page: Joined) -> str | None:
        """Return the safe page of a frame that was made safe once and a body that was made safe alone; None when it has to be read as a whole.

        It means the same as the whole: the body stands where any element may stand, and the other values hold no character
        that could end the value or the text in which they stand.
        """
        if page.safe is None or any(_ENDS.search(value) for name, value in page.values.items() if name != "body"):
            return None
        key = id(page.frame)
        if key not in self._frames:
            marked = page.frame.marked
            scan = guard.scan(marked)
            fits = guard.takes_parts(marked, MARKS["body"]) and not scan.findings and not (self.config.inline == "refuse" and (scan.scripts or scan.styles))
            self._frames[key] = (page.frame, Frame.cut(self._safe(marked, "", "")) if fits else None)
        frame = self._frames[key][1]
        return frame.around({**page.values, "body": page.safe}) if frame else None

    def _safe(self, output: str, name: str, written: str) -> str:
        scan = guard.scan(output)
        findings = list(scan.findings)
        hashes = ([guard.fingerprint(text) for text in scan.scripts], [guard.fingerprint(text) for text in scan.styles],
                  [guard.fingerprint(text) for text in scan.aligned])
        if self.config.inline == "refuse":
            findings += [Finding(output.count("\n", 0, output.find(text)) + 1, "<script>", text.strip()[:60], "a script in the page: put it into a file")
                         for text in scan.scripts]
            findings += [Finding(output.count("\n", 0, output.find(text)) + 1, "<style>", text.strip()[:60], "a style in the page: put it into a file")
                         for text in scan.styles]
        if findings:
            self._places[name] = [_at_its_source(each, written) for each in findings]
        better = list(scan.links)
        if self.config.csp and not self.serving:
            for kept, found in zip(self._hashes, hashes, strict=True):
                kept.update(found)
            better = sorted([*better, (scan.head, scan.head, "\n  " + policy.meta(policy.policy(*hashes)))])
        return guard.spliced(output, better)


def _hidden(config: MkDocsConfig) -> list[Secret]:
    """Return the addresses that must not be published; that no source holds one was checked with the registry."""
    plugin = config.plugins.get("handrail")
    if not isinstance(plugin, BasePlugin) or not config.config_file_path:
        return []
    root = Path(config.config_file_path).parent / plugin.config["registry"]
    return leaks.secrets(root.parent / leaks.NAME)


def _leaked(found: list[Leak]) -> str:
    return "\n  ".join(["addresses that must stay hidden would be published; nothing is told of them here:", *map(leaks.told, found[:SHOWN])])


def _at_its_source(finding: Finding, written: str) -> Finding:
    """Return the finding with the line of the author's file, where the value stands in one."""
    for number, line in enumerate(written.splitlines(), 1):
        if finding.value and finding.value in line:
            return Finding(number, finding.element, finding.value, finding.problem)
    return Finding(finding.line, finding.element, finding.value, f"{finding.problem} (line of the finished page)") if finding.line else finding


def _told(places: dict[str, list[Finding]]) -> str:
    lines = [f"{name}{f':{each.line}' if each.line else ''}: {each.element} {each.value[:120]!r}: {each.problem}"
             for name, findings in sorted(places.items()) for each in findings]
    more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return "\n  ".join(["pages must not load anything from elsewhere or run what stands in them:", *lines[:SHOWN], *more])
