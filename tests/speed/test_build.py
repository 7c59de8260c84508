"""However a site is built, its bytes are the same; and a build that does not end well changes nothing."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin

from handrail.output import guard
from handrail.plugins import ahead
from handrail.plugins.safety import SafetyPlugin
from tests.site.language import BuiltSite, build_project, build_site, service, write_project

PLUGINS = ("handrail", "handrail/guides", "handrail/search", "handrail/safety")
SERVICES = [service(id=f"line-{number}", name=f"Line {number} <b>&amp;", coverage={"regions": ["av-n" if number % 2 else "av"]},
                    description="[a link](https://www.example.org) and **more**") for number in range(150)]


def project(folder: Path, **options: Any) -> Path:
    return write_project(folder, *SERVICES, **{"plugins": PLUGINS, **options})


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Build in one process, every page read as a whole."""
    with monkeypatch.context() as patch:
        patch.setattr(SafetyPlugin, "_joined", lambda *_: None)
        return build_project(project(tmp_path / "plain")).files()


def test_workers_and_frames_change_no_byte(plain: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LEAST", 1)
    monkeypatch.setattr(ahead, "_workers", lambda: 3)
    assert build_project(project(tmp_path / "split")).files() == plain


def test_a_worker_that_dies_changes_no_byte(plain: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LEAST", 1)
    monkeypatch.setattr(ahead, "_workers", lambda: 2)
    here, dumps = os.getpid(), ahead.marshal.dumps

    def dying(parts: Any) -> bytes:
        if os.getpid() != here and "Line 77" in parts[0]:
            os._exit(1)
        return dumps(parts)

    monkeypatch.setattr(ahead.marshal, "dumps", dying)
    assert build_project(project(tmp_path / "dying")).files() == plain


def test_a_second_build_keeps_bytes_and_times(tmp_path: Path) -> None:
    file = project(tmp_path)
    first = build_project(file)
    before = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*") if path.is_file()}
    bytes_before = first.files()
    second = build_project(file)
    assert second.files() == bytes_before
    assert {path: path.stat().st_mtime_ns for path in second.folder.rglob("*") if path.is_file()} == before


class Signing(BasePlugin):
    """Somebody else's plugin: changes one page in each of the ways a plugin can."""

    def on_page_content(self, html: str, *, page: Any, **_: Any) -> str:
        return "<p>Content of another.</p>" if page.file.src_uri == "services/line-1.md" else html

    def on_page_context(self, context: Any, *, page: Any, **_: Any) -> Any:
        if page.file.src_uri == "services/line-2.md":
            page.meta["title"] = "Named by another"
        return context

    def on_post_page(self, output: str, *, page: Any, **_: Any) -> str:
        load = '<img src="https://elsewhere.example/x.png">' if page.file.src_uri == self.bad else "<!-- signed -->"
        return output.replace("</body>", f"{load}</body>")

    bad = ""


def with_signing(file: Path, bad: str = "") -> BuiltSite:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(file), strict=True)
    other = Signing()
    other.bad = bad
    config.plugins["signing"] = other
    build(config)
    return BuiltSite(Path(config.site_dir))


def test_events_of_other_plugins_work_on_pages_that_are_put_together(tmp_path: Path) -> None:
    site = with_signing(project(tmp_path))
    for address in ("services/line-1", "services/line-2", "services/line-3", "regions/av"):
        assert "<!-- signed -->" in site.page(address).html, address
    assert site.page("services/line-2").title().startswith("Named by another")


def test_what_another_plugin_loads_from_elsewhere_is_found_on_such_a_page(tmp_path: Path) -> None:
    with pytest.raises((PluginError, Abort)):
        with_signing(project(tmp_path), bad="services/line-3.md")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("how", ["an error in the registry", "a page that loads from elsewhere", "a warning under --strict"])
def test_a_build_that_fails_leaves_the_last_good_site(how: str, tmp_path: Path) -> None:
    file = project(tmp_path)
    before = build_project(file).files()
    if how == "an error in the registry":
        text = (tmp_path / "resources.yaml").read_text("utf-8")
        (tmp_path / "resources.yaml").write_text(text.replace("warm-line", "no-such-kind", 1), "utf-8")
    else:
        bad = '<img src="https://elsewhere.example/x.png">' if how.startswith("a page") else "[nowhere](nowhere.md)"
        (tmp_path / "content/index.md").write_text(f"# Start\n\n{bad}\n", "utf-8")
    with pytest.raises((PluginError, Abort)):
        build_project(file)
    assert BuiltSite(tmp_path / "site").files() == before
    assert not list(tmp_path.glob(".site*"))


PIECES = {
    "<p>x</p>": True, "text only": True, '<a href="https://x.example">x</a>': True, "": True,
    "<p>": True, "<script>1</script>": False, "<title>": False, "<!-- x": False, "<p title='<'>": False, "<b": False, "<textarea>": False,
    '<img src="https://x.example/y.png">': False, "<style>p{}</style>": False, "<head>": False, "a < b": True,
}


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_is_told_alone_only_when_it_means_the_same_in_a_page(piece: str) -> None:
    alone = guard.part(piece)
    assert (alone is not None) is PIECES[piece]
    if alone is not None:
        page = f'<html><head><meta charset="utf-8"></head><body>{piece}<p>after</p></body></html>'
        scan = guard.scan(page)
        assert not scan.findings
        assert guard.spliced(page, scan.links) == page.replace(piece, alone) if piece else True


@pytest.mark.parametrize(("page", "takes"), [
    ("<body>MARK</body>", True), ("<p>a MARK b</p>", True), ("<title>MARK</title>", False), ('<p title="MARK">', False), ("<!-- MARK -->", False),
    ("<style>MARK</style>", False), ("<p>MARK MARK</p>", False), ("<p>", False), ("<script>MARK</script>", False)])
def test_a_frame_takes_a_piece_only_where_elements_may_stand(page: str, takes: bool) -> None:
    assert guard.takes_parts(page, "MARK") is takes


def test_nothing_is_said_while_it_builds_when_nobody_watches(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    build_project(project(tmp_path))
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")


def test_pages_stay_light(tmp_path: Path) -> None:
    site = build_project(project(tmp_path))
    packed = {name: len(gzip.compress(data)) for name, data in site.files().items()}
    everywhere = sum(size for name, size in packed.items() if name.startswith(("assets/handrail/css/", "assets/stylesheets/main.")))
    scripts = sum(size for name, size in packed.items() if name.startswith("assets/handrail/scripts/") and name.count("/") == 3)
    pages = {name: size for name, size in packed.items() if name.endswith("index.html")}
    assert {name: size for name, size in pages.items() if size > 20_000} == {}
    assert everywhere + scripts + max(pages.values()) <= 90_000
    assert {name for name, data in site.files().items() if name.startswith("regions/") and len(data) > 150_000} == set()


def test_a_page_of_a_large_region_stays_below_150_kilobytes_and_names_the_way_to_the_rest(tmp_path: Path) -> None:
    many = [service(id=f"line-{number}", name=f"Line {number}", coverage={"regions": [("av", "av-n", "av-s")[number % 3]]})
            for number in range(480)]
    site = build_site(tmp_path, *many)
    sizes = {name: len(data) for name, data in site.files().items() if name.startswith("regions/") and name.endswith(".html")}
    assert {name: size for name, size in sizes.items() if size > 150_000} == {}
    assert site.page("regions/av").has_link("../../services/")
