"""Pages for taking services along and for those who use the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from handrail.output.assets import FOLDER, THEME
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.views import data, handover, urls


def pages(
    make: Renderer, chunks: int, sizes: Callable[[], Mapping[str, int]], losses: Sequence[data.Lost], updated: str
) -> Iterator[Page]:
    """Yield the list page, the page of all data, and the page about the fields of the JSON."""
    t = make.t

    def my_list(content: str) -> str:
        return make.render("my-list.html", mine=handover.my_list(make.on(urls.MY_LIST), chunks, qr=(THEME / "vendor" / "lean-qr.js").is_file()))

    yield Page(urls.MY_LIST, t("mylist.title"), t("mylist.description"), my_list, section=urls.FIND, scripts=(f"{FOLDER}/scripts/list/page.mjs",))

    def everything(content: str) -> str:
        return make.render("data.html", data=data.data(make.on(urls.DATA), sizes(), losses, updated))

    def api(content: str) -> str:
        return make.render("api.html", api=data.api(make.on(urls.API)))

    yield Page(urls.DATA, t("data.title"), t("data.lead"), everything, is_late=True)
    yield Page(urls.API, t("api.title"), t("api.lead"), api)
