"""How a site is built: the same bytes each time, any shape of address, and the last good site is never lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from mkdocs.exceptions import Abort

from tests.site.language import BuiltPage, BuiltSite, build_project, build_site, service, write_project

LOCAL = service(id="north-line", name="North Line", coverage={"regions": ["av-n"]}, topics=["grief"])


def broken_links(site: BuiltSite) -> list[str]:
    """Return the links between pages that lead nowhere, as a file browser would follow them."""
    broken = []
    for address in sorted(site.addresses() - {"404.html"}):
        for link in BuiltPage((site.folder / address).read_text("utf-8")).links():
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = site.folder / normpath(join(dirname(address), unquote(parts.path)))
            if not (target.is_file() or (target / "index.html").is_file()):
                broken.append(f"{address}: {link}")
    return broken


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_link_leads_somewhere(tmp_path, directory_urls):
    file = write_project(tmp_path, service(), LOCAL)
    site = build_project(file, use_directory_urls=directory_urls)
    assert site.has_page("services/night-line.html") is not directory_urls
    assert broken_links(site) == []


def test_no_link_starts_at_the_root_so_that_a_site_works_under_any_folder(tmp_path):
    site = build_site(tmp_path, service(), LOCAL)
    for address in site.addresses() - {"404.html"}:
        page = BuiltPage((site.folder / address).read_text("utf-8"))
        assert [link for link in page.links() if link.startswith("/")] == [], address


def test_the_page_for_lost_addresses_links_from_the_root_of_the_host(tmp_path):
    site = build_project(write_project(tmp_path), site_url="https://host.example/sub/folder/")
    page = BuiltPage((site.folder / "404.html").read_text("utf-8"))
    assert page.has_link("/sub/folder/help-now/")
    assert page.has_link("/sub/folder/find/")


def test_the_sitemap_gives_the_day_on_which_an_entry_changed_and_browsers_find_the_search(tmp_path):
    built = build_site(tmp_path, service(added="2026-01-05", changed="2026-02-06"), service(id="day-line", name="Day Line", added="2026-03-07"))
    days = dict(re.findall(r"<loc>https://small.example/([^<]*)</loc>\s*<lastmod>([^<]*)</lastmod>", (built.folder / "sitemap.xml").read_text("utf-8")))
    assert days["services/night-line/"] == "2026-02-06"
    assert days["services/day-line/"] == days["regions/av/"] == days["data/"] == "2026-03-07"
    found = '<link rel="search" type="application/opensearchdescription+xml" title="Small" href="../../opensearch.xml">'
    assert found in built.page("services/night-line").html
    template = re.search(r'template="([^"]+)"', (built.folder / "opensearch.xml").read_text("utf-8"))[1]
    assert template == "https://small.example/find/#q={searchTerms}"


def test_two_builds_are_equal_byte_for_byte(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    first = build_site(tmp_path / "one", service(), LOCAL).files()
    second = build_site(tmp_path / "two", service(), LOCAL).files()
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_bad_registry_leaves_the_last_good_site_untouched(tmp_path, capsys):
    good = build_site(tmp_path).files()
    text = (tmp_path / "resources.yaml").read_text("utf-8")
    (tmp_path / "resources.yaml").write_text(text.replace("0800 1111", "0800 call me"), "utf-8")
    with pytest.raises(Abort):
        build_project(tmp_path / "mkdocs.yml")
    assert BuiltSite(tmp_path / "site").files() == good
    told = capsys.readouterr().err
    assert "error[E403]" in told
    assert "resources.yaml:" in told


@pytest.mark.parametrize("plugins", [("handrail",), ("handrail", "handrail/guides")])
def test_a_link_out_of_the_pages_is_refused_and_never_published(tmp_path, capsys, plugins):
    config = write_project(tmp_path / "own", service(), plugins=plugins)
    site = build_project(config)
    before = site.files()
    (tmp_path / "secret.txt").write_text("not for the public")
    (tmp_path / "own" / "content" / "note.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "own" / "content" / "more").symlink_to(tmp_path)
    with pytest.raises(Abort):
        build_project(config)
    told = capsys.readouterr().err
    assert told.count("error[E107]: a link leads out of the folder of the registry") == 2
    assert "content/note.txt" in told
    assert "content/more" in told
    assert site.files() == before


def test_the_authors_files_are_never_written(tmp_path):
    file = write_project(tmp_path, service(), pages={"help-now.md": "More words.\n"})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    build_project(file)
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "site" not in path.relative_to(tmp_path).parts[:1]}
    assert before == {path: data for path, data in after.items() if ".cache" not in path.parts}


def test_an_authors_page_is_wrapped_and_not_lost(tmp_path):
    site = build_site(tmp_path, pages={"index.md": "# Start\n\nA word from us.\n", "about.md": "# About\n\nWho we are.\n"})
    assert site.page("").says("A word from us.")
    assert site.page("about").says("Who we are.")


def test_properdocs_builds_the_same_site_but_for_the_generator(tmp_path):
    file = write_project(tmp_path, service(), LOCAL)
    sites = {}
    for engine in ("mkdocs", "properdocs"):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
        command = [sys.executable, "-m", engine, "build", "--strict", "--quiet", "-f", str(file), "-d", str(tmp_path / engine)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        sites[engine] = {name: _without_generator(name, data) for name, data in BuiltSite(Path(tmp_path / engine)).files().items() if not name.endswith(".gz")}
    assert sites["mkdocs"].keys() == sites["properdocs"].keys()
    assert [name for name in sites["mkdocs"] if sites["mkdocs"][name] != sites["properdocs"][name]] == []


def _without_generator(name: str, data: bytes) -> bytes:
    return re.sub(rb'<meta name="generator"[^>]*>', b"", data) if name.endswith(".html") else data


def test_a_theme_that_is_not_ours_still_gets_pages(tmp_path):
    file = write_project(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(file.read_text().replace("  name: material\n  font: false\n", "  name: mkdocs\n"))
    assert build_project(file, strict=False).page("services/night-line").has_link("tel:08001111")


HOOK = '''
def on_page_context(context, page, config, nav):
    if page.file.src_uri.endswith("night-line.md"):
        context["config"] = {**config, "copyright": "changed by a hook"}
    return context

def on_post_page(output, page, config):
    return output.replace("</body>", "<p>seen by a hook</p></body>")
'''


def test_pages_put_together_from_pieces_equal_pages_rendered_whole(tmp_path, monkeypatch):
    spliced = build_site(tmp_path / "spliced", service(), LOCAL).files()
    monkeypatch.setattr("handrail.plugins.directory.WHOLE", "main.html")
    whole = build_site(tmp_path / "whole", service(), LOCAL).files()
    assert spliced.keys() == whole.keys()
    assert [name for name in spliced if spliced[name] != whole[name]] == []


def test_other_plugins_see_made_pages_and_may_change_them(tmp_path):
    (tmp_path / "hook.py").write_text(HOOK)
    site = build_site(tmp_path, service(), LOCAL, config="hooks:\n  - hook.py\n")
    pages = [address for address in site.addresses() - {"404.html"} if not address.startswith("embed/")]
    assert all("seen by a hook" in (site.folder / address).read_text("utf-8") for address in pages)
    assert site.page("services/night-line").says("changed by a hook")
    assert not site.page("services/north-line").says("changed by a hook")
