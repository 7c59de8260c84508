"""Icons: that of the site in the tab of the browser, and those of the theme in the style sheet."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from handrail.output.assets import style_sheet
from handrail.output.icons import names
from handrail.pages.environment import icon
from tests.site.language import build_project, build_site, write_project

OURS = "assets/handrail/favicon.svg"


def _icons(site, address):
    return [link.get("href") for link in site.page(address).tree.iter("link") if link.get("rel") == "icon"]


def test_every_page_has_the_mark_of_the_directory_as_its_icon(tmp_path):
    site = build_site(tmp_path)
    assert site.files()[OURS].startswith(b"<svg ")
    for address in sorted(each for each in site.addresses() if not each.startswith(("404", "embed/"))):  # embedded pages have no frame
        (icon,) = _icons(site, address)
        assert posixpath.normpath(posixpath.join(posixpath.dirname(address), icon)) == OURS, address
    assert _icons(site, "404.html") == [f"/{OURS}"]


def test_the_icon_of_the_theme_is_not_published(tmp_path):
    assert [name for name in build_site(tmp_path).files() if name.startswith("assets/images/")] == []


def test_an_authors_own_icon_takes_its_place(tmp_path):
    file = write_project(tmp_path)
    (tmp_path / "content/mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    file.write_text(file.read_text().replace("  font: false", "  font: false\n  favicon: mark.svg"))
    site = build_project(file)
    assert _icons(site, "services/night-line") == ["../../mark.svg"]
    assert _icons(site, "404.html") == ["/mark.svg"]


def test_the_style_sheet_draws_every_icon_that_a_template_may_name():
    sheet = style_sheet()
    for name in names():
        drawn = re.search(rf'\.hr-icon--{name}\{{--hr-icon:url\("data:image/svg\+xml,([^"]+)"\)\}}', sheet)
        assert drawn, name
        assert ElementTree.fromstring(unquote(drawn[1])).tag == "{http://www.w3.org/2000/svg}svg", name


def test_a_name_that_stands_for_no_icon_is_a_mistake():
    with pytest.raises(KeyError):
        icon("no-such-icon")
