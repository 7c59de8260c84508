"""The privacy page: a check that readers run themselves, what leaving does, and then what the author wrote about this site and its host."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from markupsafe import Markup

from handrail.output.assets import FOLDER
from handrail.pages.page import Page
from handrail.pages.site import Renderer
from handrail.views import urls


def pages(make: Renderer) -> Iterator[Page]:
    """Yield the privacy page; every page's way out links to what it says about leaving."""
    t, site = make.t, make.directory.site

    def body(content: str) -> str:
        return make.render("privacy.html", leave_to=urlsplit(site.leave_to).hostname, body=Markup(content))

    yield Page(urls.PRIVACY, t("privacy.title"), t("privacy.lead"), body, scripts=(f"{FOLDER}/scripts/privacy/page.mjs",))
