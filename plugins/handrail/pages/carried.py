"""Guides for a pack: the whole text of each, in one document with entries and other guides, readable without the site."""

from __future__ import annotations

import posixpath
from typing import Any

from markdown import Markdown
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from handrail.model.guide import Guide, Library, wanted
from handrail.pages.site import Renderer
from handrail.pages.weaving import Weaving, Woven
from handrail.registry import directives
from handrail.registry.directives import Block
from handrail.views import booklet, guides, urls
from handrail.views.guides import ReferenceView

MOST = 8
"""Services of one list in a guide; they are named, and stand in the pack."""


class Carrier:
    """Makes the guides of packs; one that names no service is the same for every region and made once."""

    def __init__(self, make: Renderer, library: Library) -> None:
        self.make = make
        self.library = library
        self._made: dict[tuple[str, bool], str] = {}

    def guides(self, region: str) -> list[tuple[str, str, Markup]]:
        """Return id, title and HTML of every guide, for the pack of a region."""
        inside = {service.id for _, members in booklet.services(self.make.on(urls.HOME), region) for service in members}
        helped = self.make.directory.crisis_for(region) is not None
        return [(_anchor(guide), guide.title, Markup(self._guide(guide, inside, helped))) for guide in self.library.guides.values()]

    def _guide(self, guide: Guide, inside: set[str], helped: bool) -> str:
        found = directives.scan(guide.body)
        if found.services or any(block.name in ("service", "services") for block in found.blocks):
            return self._whole(guide, inside, helped)
        key = (guide.id, helped)
        if key not in self._made:
            self._made[key] = self._whole(guide, inside, helped)
        return self._made[key]

    def _whole(self, guide: Guide, inside: set[str], helped: bool) -> str:
        t, library = self.make.t, self.library
        head = [Markup("<p><strong>{}</strong></p>").format(guide.answer)]
        if guide.content_note:
            head.append(Markup('<p class="note">{}: {}</p>').format(t("note.label"), guide.content_note))
        unreviewed = guides.unreviewed(guide, t)
        if unreviewed:
            head.append(Markup('<p class="kind">{}</p>').format(unreviewed))
        sources = Markup("").join(Markup("<li>{}</li>").format(_reference(each)) for each in guides.references(guide.cited, library, t))
        unknown = Markup("").join(map(Markup("<li>{}</li>").format, guide.unknown))
        foot = [Markup("<h3>{}</h3><ul>{}</ul>").format(t("guide.unknown"), unknown)] if unknown else []
        foot += [Markup("<h3>{}</h3><ol>{}</ol>").format(t("guide.sources"), sources)] if sources else []
        return "".join((*head, self._body(guide, inside, helped), *foot))

    def _body(self, guide: Guide, inside: set[str], helped: bool) -> str:
        weaving = Weaving()
        numbers = {key: number for number, key in enumerate(guide.cited, 1)}
        weaving.woven = Woven(
            block=lambda block, number: self._block(block, inside, helped),
            service=lambda identifier: self._service(identifier, inside),
            sources=lambda keys: "".join(f" [{numbers[key]}]" for key in keys if key in numbers),
            plain=True,
        )
        markdown = Markdown(extensions=[TableExtension(), weaving])
        # After the weaving's own look at links (1).
        markdown.treeprocessors.register(_Alone(markdown, self, guide), "handrail_alone", 0)
        return str(markdown.convert(guide.body))

    def _block(self, block: Block, inside: set[str], helped: bool) -> str:
        t = self.make.t
        if block.name == "crisis":
            return "" if not helped else Markup('<p><a href="#help">{}</a></p>').format(t("page.help"))
        if block.name == "note":
            return Markup('<p class="note">{}: {}</p>').format(t("note.label"), t("note.subject", subject=block.subject))
        if block.name == "worksheet":
            sheet = self.library.worksheets[block.subject]
            return Markup("<p>{}: {}. {}</p>").format(t("guide.worksheets"), sheet.title, self._address(sheet.source))
        if block.name == "service":
            return Markup("<p>{}</p>").format(Markup(self._service(block.subject, inside)))
        if block.name == "evidence":
            return Markup('<p class="kind">{}</p>').format(t("pack.picture"))
        if block.name == "end":
            return ""
        fitting = [service for service in self.make.directory.services.values() if service.id in inside and wanted(block).fits(service)][:MOST]
        items = Markup("").join(Markup("<li>{}</li>").format(Markup(self._service(each.id, inside))) for each in fitting)
        return Markup("<ul>{}</ul>").format(items) if items else ""

    def _service(self, identifier: str, inside: set[str]) -> str:
        service = self.make.directory.services.get(identifier)
        if service is None:
            return ""
        return Markup('<a href="#entry-{}">{}</a>').format(identifier, service.name) if identifier in inside else str(Markup("{}").format(service.name))

    def _address(self, source: str) -> str:
        return urls.absolute(self.make.base, source, self.make.directory_urls) if self.make.base else ""

    def link(self, guide: Guide, href: str) -> str:
        """Return where a link of a guide leads in the pack: to the guide itself where it is there, else to the site where its address is known."""
        path, _, fragment = href.partition("#")
        if not path.endswith(".md"):
            return href if href.startswith("https:") else ""
        source = posixpath.normpath(posixpath.join(posixpath.dirname(guide.source), path))
        there = next((each for each in self.library.guides.values() if each.source == source), None)
        if there:
            return f"#{_anchor(there)}"
        address = self._address(source)
        return f"{address}#{fragment}" if address and fragment else address


class _Alone(Treeprocessor):
    """Puts headings below the guide's own, makes an empty head of a table a cell, and leads links to what is there."""

    def __init__(self, md: Markdown, carrier: Carrier, guide: Guide) -> None:
        super().__init__(md)
        self.carrier = carrier
        self.guide = guide

    def run(self, root: Any) -> None:
        for element in root.iter():
            if element.tag in ("h2", "h3", "h4", "h5"):
                element.tag = f"h{int(element.tag[1]) + 1}"
            elif element.tag == "th" and not (element.text or "").strip() and not len(element):
                element.tag = "td"
            elif element.tag == "a":
                href = self.carrier.link(self.guide, element.get("href", ""))
                if href:
                    element.set("href", href)
                else:
                    element.attrib.pop("href", None)


def _reference(value: ReferenceView) -> str:
    return " ".join(filter(None, (f"{value.by}." if value.by else "", value.title, f"({value.year})" if value.year else "", value.href)))


def _anchor(guide: Guide) -> str:
    return f"guide-{guide.id}"
