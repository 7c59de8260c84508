"""Pages for taking services along and for those who use the data."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.output.assets import FOLDER, THEME
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.views import handover, urls


def pages(make: Renderer, chunks: int) -> Iterator[Page]:
    """Yield the list page."""
    t = make.t

    def my_list(content: str) -> str:
        return make.render("my-list.html", mine=handover.my_list(make.on(urls.MY_LIST), chunks, qr=(THEME / "vendor" / "lean-qr.js").is_file()))

    yield Page(urls.MY_LIST, t("mylist.title"), t("mylist.description"), my_list, section=urls.FIND, scripts=(f"{FOLDER}/scripts/list/page.mjs",))
