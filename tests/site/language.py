"""A tiny language for tests of the whole: build a small directory, then ask its pages.

``build_site(tmp_path, services=[...]).page("services/night-line").has_link("tel:988")``
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

SOURCE = {"id": "site", "url": "https://www.night.example.org/contact", "publisher": "operator", "dated": "undated"}
NIGHT_LINE = {
    "id": "night-line", "name": "Night Line", "kind": "warm-line", "summary": "Somebody to talk to at night.", "for_whom": "Anyone in Avalon.",
    "topics": ["loneliness"], "coverage": {"regions": ["av"]}, "seen": ["site"],
    "channels": [{"type": "phone", "value": "0800 1111", "seen": ["site"], "hours": {"always": "yes"}}],
}
REGISTRY = {
    "site": {"name": "Small", "description": "A small directory.", "language": "en", "corrections": "mend@example.org", "leave_to": "https://www.example.org"},
    "regions": [
        {"id": "av", "name": "Avalon", "kind": "country", "iso": "AV"},
        {"id": "av-n", "name": "North Avalon", "kind": "county", "parent": "av"},
        {"id": "av-s", "name": "South Avalon", "kind": "county", "parent": "av"},
        {"id": "ly", "name": "Lyonesse", "kind": "country", "iso": "LY"},
    ],
    "topics": [
        {"id": "loneliness", "name": "Loneliness", "description": "Feeling alone.", "synonyms": ["nobody to talk to"]},
        {"id": "grief", "name": "Grief", "description": "When somebody died.", "synonyms": ["lost my mum"]},
    ],
    "audiences": [{"id": "students", "name": "Students", "description": "People who study."}],
}


class _Plain(yaml.SafeDumper):
    """Writes everything out: the registry takes no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def service(**changes: object) -> dict[str, object]:
    """Return the night line with some fields changed; None takes a field out."""
    return {key: value for key, value in {**NIGHT_LINE, **changes}.items() if value is not None}


@dataclass
class BuiltPage:
    """One finished page."""

    html: str

    @property
    def tree(self) -> Element:
        return html5lib.parse(self.html, namespaceHTMLElements=False)

    def links(self) -> list[str]:
        return [link.get("href", "") for link in self.tree.iter("a")]

    def has_link(self, href: str) -> bool:
        return href in self.links()

    def text(self) -> str:
        body = self.tree.find("body")
        assert body is not None
        return " ".join(" ".join(_text(body)).split())

    def says(self, words: str) -> bool:
        return words in self.text()

    def headings(self) -> list[tuple[int, str]]:
        """Return levels and texts of the headings of the page itself, without menus."""
        article = self.tree.find(".//article")
        inside = (self.tree if article is None else article).iter()
        return [(int(each.tag[1]), " ".join("".join(each.itertext()).split())) for each in inside if each.tag in ("h1", "h2", "h3", "h4")]

    def title(self) -> str:
        return (self.tree.findtext("head/title") or "").strip()


def _text(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style", "template"):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _text(child)
        if child.tail:
            yield child.tail


@dataclass
class BuiltSite:
    """A finished site."""

    folder: Path

    def page(self, address: str) -> BuiltPage:
        path = self.folder / address
        for candidate in (path / "index.html", path.with_name(path.name + ".html"), path):
            if candidate.is_file():
                return BuiltPage(candidate.read_text("utf-8"))
        raise AssertionError(f"there is no page {address}; there are {sorted(self.addresses())[:40]}")

    def has_page(self, address: str) -> bool:
        return any((self.folder / name).is_file() for name in (f"{address}/index.html", f"{address}.html", address))

    def addresses(self) -> set[str]:
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html")}

    def files(self) -> dict[str, bytes]:
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()}


def write_project(folder: Path, *services: dict[str, object], registry: dict[str, object] | None = None, pages: dict[str, str] | None = None,
                  config: str = "", plugins: tuple[str, ...] = ("handrail",), raw: str | None = None) -> Path:
    """Write a project of one organization with these services (the night line, when none is given); return its mkdocs.yml."""
    content = folder / "content"
    content.mkdir(parents=True, exist_ok=True)
    organization = {"id": "night", "name": "Night Trust", "kind": "charity", "sources": [SOURCE], "services": list(services or (NIGHT_LINE,))}
    data = {**REGISTRY, "organizations": [organization], **(registry or {})}
    (folder / "resources.yaml").write_text(raw if raw is not None else yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True), "utf-8")
    for name, text in {"index.md": "# Start\n", **(pages or {})}.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    listed = "\n".join(f"  - {plugin}" for plugin in plugins)
    base = f"site_name: Small\nsite_url: https://small.example/\ndocs_dir: content\ntheme:\n  name: material\n  font: false\nplugins:\n{listed}\n"
    (folder / "mkdocs.yml").write_text(base + textwrap.dedent(config), "utf-8")
    return folder / "mkdocs.yml"


def build_project(config_file: Path, *, strict: bool = True, **options: object) -> BuiltSite:
    """Build a project; return its site."""
    config = load_config(str(config_file), strict=strict, **options)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return BuiltSite(Path(config.site_dir))


def build_site(folder: Path, *services: dict[str, object], **project: object) -> BuiltSite:
    """Write and build a project of these services."""
    return build_project(write_project(folder, *services, **project))  # type: ignore[arg-type]
