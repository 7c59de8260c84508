"""The pages of guides, worksheets and their readers, and what directives become on any page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from handrail.model.guide import Guide, Library, Worksheet, wanted
from handrail.output.assets import FOLDER
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.pages.weaving import Woven
from handrail.registry.directives import Block
from handrail.views import guides, urls
from handrail.views.context import GuideLink
from handrail.views.guides import Finder

FIT = f"{FOLDER}/scripts/guides/fit.mjs"
WORKSHEET = f"{FOLDER}/scripts/guides/worksheet.mjs"


def links(library: Library) -> tuple[GuideLink, ...]:
    """Return the guides as other pages name them."""
    return tuple(GuideLink(each.source, each.title, each.answer, each.readers, each.topics, each.kinds, each.models) for each in library.guides.values())


@dataclass
class Weaver:
    """Makes pages of the library, and HTML of the directives on any page."""

    make: Renderer
    library: Library
    finder: Finder = field(init=False)

    def __post_init__(self) -> None:
        self.finder = Finder(self.make.directory)
        self._own = {guide.source for guide in self.library.guides.values()} | {sheet.source for sheet in self.library.worksheets.values()}

    def woven(self, source: str) -> Woven:
        """Return what the directives of a page become."""
        numbers = self.numbers(source)
        return Woven(
            block=lambda block, number: self._block(block, number, source),
            service=lambda identifier: self._service(identifier, source),
            sources=lambda keys: self.make.macro("citation/citation.html", "citation", [numbers[key] for key in keys if key in numbers]),
            plain=source in self._own,
        )

    def numbers(self, source: str) -> dict[str, int]:
        """Return the number of each source on a page."""
        return {key: number for number, key in enumerate(self.library.cited.get(source, ()), 1)}

    def sources(self, source: str) -> str:
        """Return the list of the sources that a page cites, for pages that have no list of their own; empty without any."""
        keys = self.library.cited.get(source, ())
        if not keys or source in self._own:
            return ""
        return self.make.macro("references/references.html", "references_section", guides.references(keys, self.library, self.make.t))

    def _block(self, block: Block, number: int, source: str) -> str:
        make, on = self.make, self.make.on(source)
        if block.name == "crisis":
            return make.macro("crisis-block/crisis-block.html", "crisis_block", guides.crisis_block(on))
        if block.name == "note":
            return make.macro("part/part.html", "part_start", block.subject, number)
        if block.name == "end":
            return make.macro("part/part.html", "part_end", number)
        if block.name == "worksheet":
            sheet = self.library.worksheets[block.subject]
            return make.macro("worksheet-box/worksheet-box.html", "worksheet_box", on.to(sheet.source), sheet.title, sheet.purpose)
        if block.name == "service":
            return make.macro("card/card.html", "card", on.card(make.directory.services[block.subject]))
        if block.name == "evidence":
            return make.macro("forest-plot/forest-plot.html", "evidence", guides.evidence(self.library, self.numbers(source), make.t))
        view = guides.fit(f"fit-{number}", wanted(block), self.finder, on)
        return make.macro("fit/fit.html", "fit", view)

    def _service(self, identifier: str, source: str) -> str:
        service = self.make.directory.services.get(identifier)
        return self.make.macro("citation/citation.html", "service", self.make.on(source).service_link(service)) if service else ""

    def pages(self) -> Iterator[Page]:
        """Yield the pages of guides and worksheets, their lists, and the pages for their readers."""
        t, library = self.make.t, self.library
        for guide in library.guides.values():
            yield self._guide(guide)
        for sheet in library.worksheets.values():
            yield self._worksheet(sheet)
        if library.guides and urls.GUIDES not in library.pages:
            yield Page(urls.GUIDES, t("guides.title"), t("guides.lead"), self._guides_index, section=urls.GUIDES)
        if library.worksheets and urls.WORKSHEETS not in library.pages:
            yield Page(urls.WORKSHEETS, t("page.worksheets"), t("worksheets.lead"), self._worksheets_index, section=urls.GUIDES)
        for source in (*library.landing.values(), *([urls.WHICH_MODEL] if urls.WHICH_MODEL in library.pages else [])):
            yield self._reader_page(source)

    def _guides_index(self, content: str) -> str:
        return self.make.render("guide-index.html", index=guides.guides_index(self.library, self.make.on(urls.GUIDES)))

    def _worksheets_index(self, content: str) -> str:
        return self.make.render("guide-index.html", index=guides.worksheets_index(self.library, self.make.on(urls.WORKSHEETS)))

    def _guide(self, value: Guide) -> Page:
        def body(content: str) -> str:
            return self.make.render("guide.html", guide=guides.guide(value, self.library, self.finder, self.make.on(value.source), Markup(content)))

        return Page(value.source, value.title, value.answer, body, section=urls.GUIDES, written=value.place, scripts=(FIT,))

    def _worksheet(self, value: Worksheet) -> Page:
        def body(content: str) -> str:
            return self.make.render("worksheet.html", sheet=guides.worksheet(value, self.library, self.make.on(value.source), Markup(content)))

        return Page(value.source, value.title, value.purpose, body, section=urls.GUIDES, written=value.place, scripts=(WORKSHEET,))

    def _reader_page(self, source: str) -> Page:
        title = self.library.pages[source] or self.make.t("page.guides")
        lead = self.library.descriptions.get(source, "")

        def body(content: str) -> str:
            view = guides.reader_page(source, title, lead, self.library, self.make.on(source), Markup(content))
            return self.make.render("guide-reader.html", page=view)

        return Page(source, title, lead, body, section=source, scripts=(FIT,))
