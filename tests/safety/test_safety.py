"""The plugin handrail/safety through whole builds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from handrail.output import guard
from tests.site.language import build_project, build_site, service, write_project

PLUGINS = ("handrail", "handrail/safety")


@pytest.fixture
def stopped(caplog):
    """Build a project that has to fail; return what was said."""

    def build_and_fail(file: Path) -> str:
        with pytest.raises(Abort):
            build_project(file)
        return caplog.text

    return build_and_fail


def policies(html: str) -> list[str]:
    return re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)


def test_every_page_and_the_lost_page_carry_one_policy_before_anything_it_binds(tmp_path):
    site = build_site(tmp_path, plugins=PLUGINS, pages={"more.md": "# More\n"})
    for address in sorted(site.addresses()):
        html = (site.folder / address).read_text("utf-8")
        assert len(policies(html)) == 1, address
        scripts = "" if address.startswith("embed/") else " script-src 'self';"  # what others show in a frame runs nothing
        assert policies(html)[0].startswith(f"default-src 'none';{scripts} style-src 'self';"), address
        before = html[:html.index("Content-Security-Policy")].lower()
        assert "<link" not in before, address
        assert "<script" not in before, address
    assert "404.html" in site.addresses()


def test_a_policy_allows_nothing_unsafe_but_the_alignment_of_table_columns(tmp_path):
    table = "# Table\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n"
    site = build_site(tmp_path, plugins=PLUGINS, pages={"table.md": table}, config="markdown_extensions:\n  - tables\n")
    assert "unsafe" not in policies(site.page("").html)[0]
    found = policies(site.page("table").html)[0]
    assert f"style-src-attr 'unsafe-hashes' '{guard.fingerprint('text-align: right;')}'" in found
    assert "unsafe-inline" not in found


def test_hosts_get_headers_that_hold_every_page(tmp_path):
    site = build_site(tmp_path, plugins=PLUGINS)
    headers = (site.folder / "_headers").read_text("utf-8")
    assert headers.startswith("/*\n  Content-Security-Policy: default-src 'none';")
    framed = "  X-Frame-Options: DENY\n"
    assert "/\n" + framed in headers
    assert "/services/*\n" + framed in headers
    assert "/embed/" not in headers
    assert "  Referrer-Policy: no-referrer\n" in headers


def test_an_image_from_elsewhere_stops_the_build_and_is_named_with_its_line(tmp_path, stopped):
    file = write_project(tmp_path, plugins=PLUGINS, pages={"shown.md": "---\ntitle: Shown\n---\n\n# Shown\n\n![](https://x.example/a.png)\n"})
    assert "shown.md:7: <img src> 'https://x.example/a.png': it would be loaded from elsewhere" in stopped(file)


def test_all_findings_come_at_once(tmp_path, stopped):
    pages = {"one.md": "# One\n\n<iframe src='https://x.example'></iframe>\n", "two.md": "# Two\n\n<p onclick='go()'>x</p>\n"}
    said = stopped(write_project(tmp_path, plugins=PLUGINS, pages=pages))
    assert "one.md:3: <iframe>" in said
    assert "two.md:3: <p onclick>" in said


def test_with_warn_the_build_goes_on_unless_it_is_strict(tmp_path, caplog):
    pages = {"one.md": "# One\n\n![](//x.example/a.png)\n"}
    site = build_project(write_project(tmp_path, plugins=("handrail", "handrail/safety:\n      warn: true"), pages=pages), strict=False)
    assert site.has_page("one")
    assert "one.md:3: <img src>" in caplog.text


def test_a_script_in_a_page_is_refused_unless_hashes_are_asked_for(tmp_path, stopped):
    pages = {"one.md": "# One\n\n<script>go()</script>\n"}
    assert "one.md:3: <script> 'go()'" in stopped(write_project(tmp_path / "a", plugins=PLUGINS, pages=pages))
    site = build_project(write_project(tmp_path / "b", plugins=("handrail", "handrail/safety:\n      inline: hash"), pages=pages))
    assert f"script-src 'self' '{guard.fingerprint('go()')}';" in policies(site.page("one").html)[0]
    assert guard.fingerprint("go()") not in policies(site.page("").html)[0]
    assert guard.fingerprint("go()") in (site.folder / "_headers").read_text("utf-8")


def test_a_style_sheet_that_loads_from_elsewhere_is_refused(tmp_path, stopped):
    file = write_project(tmp_path, plugins=PLUGINS, config="extra_css:\n  - own.css\n")
    (tmp_path / "content" / "own.css").write_text('@import url("https://x.example/fonts.css");\n')
    assert "own.css: url() 'https://x.example/fonts.css'" in stopped(file)


def test_while_serving_there_is_no_policy_but_the_guard_stays(tmp_path):
    file = write_project(tmp_path, plugins=PLUGINS)
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(file))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    assert policies(Path(config.site_dir, "index.html").read_text("utf-8")) == []
    assert not Path(config.site_dir, "_headers").exists()


def test_outbound_links_of_authors_and_entries_are_quiet(tmp_path):
    site = build_site(tmp_path, service(website="https://www.night.example.org/"), plugins=PLUGINS, pages={"one.md": "# One\n\n[out](https://x.example/)\n"})
    for address in sorted(site.addresses()):
        for link in site.page(address).tree.iter("a"):
            if guard.where(link.get("href", "")) == "elsewhere":
                assert {"noopener", "noreferrer"} <= set((link.get("rel") or "").split()), (address, link.get("href"))


def test_nothing_of_the_themes_own_scripts_is_published(tmp_path):
    site = build_site(tmp_path, plugins=PLUGINS)
    assert [name for name in site.files() if name.startswith("assets/javascripts/") or "/palette." in name] == []
    assert [name for name in site.files() if name.startswith("assets/stylesheets/main.")]


def test_another_theme_and_no_directory_are_guarded_too(tmp_path):
    file = write_project(tmp_path, plugins=("handrail/safety:\n      inline: hash",), pages={"one.md": "# One\n\n[out](https://x.example/)\n"})
    file.write_text(file.read_text().replace("name: material\n  font: false", "name: material\n  font: false\n  palette: {}"))
    site = build_project(file)
    assert "'sha256-" in policies(site.page("one").html)[0]


def test_a_foreign_name_says_its_language_wherever_it_stands(tmp_path):
    site = build_site(tmp_path, service(name="Llinell Nos", name_language="cy"), plugins=PLUGINS)
    for address in ("services/night-line", "services", "regions/av", "topics/loneliness"):
        found = [each for each in site.page(address).tree.find("body").iter() if isinstance(each.tag, str) and (each.text or "").strip() == "Llinell Nos"]
        assert found, address
        assert [each.tag for each in found if each.get("lang") != "cy"] == [], address
