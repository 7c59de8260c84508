"""However a site is built, its bytes are the same; and a build that does not end well changes nothing."""

from __future__ import annotations

import gzip
import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin

from handrail.output import crew, guard, store
from handrail.plugins import press
from handrail.plugins.output import Output
from handrail.plugins.safety import SafetyPlugin
from handrail.views import alphabet
from tests.site.language import SOURCE, BuiltSite, build_project, build_site, service, write_project

PLUGINS = ("handrail", "handrail/guides", "handrail/search", "handrail/safety")
SERVICES = [service(id=f"line-{number}", name=f"Line {number} <b>&amp;", coverage={"regions": ["av-n" if number % 2 else "av"]},
                    description="[a link](https://www.example.org) and **more**, or 0800 7777") for number in range(150)]

ORGANIZATION: dict[str, Any] = {"id": "second", "name": "Second Trust", "kind": "charity", "sources": [SOURCE],
                                "services": [service(id="second-line", name="Second Line", coverage={"regions": ["av-n"]}, crisis="yes"),
                                             service(id="quiet-line", name="Quiet Line", channels=[{"type": "phone", "value": "0800 7777", "seen": ["site"]}])]}
CRISIS = {"region": "av", "lines": ["second-line"],
          "emergency": {"value": "113", "name": "Guards", "sources": [{**SOURCE, "publisher": "public-authority"}]}}


def project(folder: Path, **options: Any) -> Path:
    return write_project(folder, *SERVICES, **{"plugins": PLUGINS, **options})


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Build in one process, every page read as a whole."""
    with monkeypatch.context() as patch:
        patch.setattr(SafetyPlugin, "_joined", lambda *_: None)
        return build_project(project(tmp_path / "plain")).files()


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be shared with copies of this process, however little it is."""
    monkeypatch.setattr(press, "LEAST", 1)
    monkeypatch.setattr(crew, "processors", lambda: 3)


@pytest.mark.usefixtures("shared")
def test_copies_of_the_process_and_frames_change_no_byte(plain: dict[str, bytes], tmp_path: Path) -> None:
    assert build_project(project(tmp_path / "split")).files() == plain


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("where", [(press.Press, "_write"), (Output, "_put")])
def test_a_copy_that_dies_changes_no_byte(where: tuple[type, str], plain: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, calls = os.getpid(), itertools.count()
    whole = getattr(*where)

    def dying(self: Any, what: Any) -> Any:
        if os.getpid() != here and next(calls) == 40:
            os._exit(1)
        return whole(self, what)

    monkeypatch.setattr(*where, dying)
    assert build_project(project(tmp_path / "dying")).files() == plain


@pytest.mark.usefixtures("shared")
def test_a_page_that_can_not_be_made_is_told_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handrail.views.service.view", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build_project(project(tmp_path))
    assert not (tmp_path / "site").exists()


def plain_yaml(data: Any) -> str:
    """Return YAML with everything written out: the registry takes no aliases."""
    return yaml.dump(json.loads(json.dumps(data)), sort_keys=False)


def changed(at: int = 0, **fields: Any) -> Callable[[Path], None]:
    """Return an edit of a service of the second organization."""
    def edit(file: Path) -> None:
        path = file.parent / "content/organizations/second.yaml"
        data = yaml.safe_load(path.read_text("utf-8"))
        data["services"][at] |= fields
        path.write_text(plain_yaml(data), "utf-8")
    return edit


def root(old: str, new: str, name: str = "resources.yaml") -> Callable[[Path], None]:
    def edit(file: Path) -> None:
        path = file.parent / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    return edit


def other(name: str, text: str) -> Callable[[Path], None]:
    def edit(file: Path) -> None:
        path = file.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return edit


def guide(title: str) -> str:
    return (f"---\ntitle: {title}\naudience: [mentor]\npurpose: Show it.\nanswer: An answer about {title}.\ntopics: [loneliness]\nkinds: [warm-line]\n"
            "crisis: no\nunknown:\n  - We do not know.\nsources: [smith-2020]\nreading_grade: 9\nwritten: 2026-11-01\n---\nSomebody said so [@smith-2020].\n")


BOOKS = """\
sources:
  - id: smith-2020
    title: A trial of company
    by: Smith J
    year: 2020
    url: https://www.example.org/smith
    seen: abstract
    note: Only the summary was seen.
"""
EDITS: dict[str, Callable[[Path], None]] = {
    "nothing": lambda file: None,
    "a name": changed(name="Another Name"),
    "a number": changed(channels=[{"type": "phone", "value": "0800 3333", "seen": ["site"]}]),
    "where it is": changed(coverage={"regions": ["av-s"]}),
    "what it is about": changed(topics=["grief", "loneliness"]),
    "it has closed": changed(1, status="closed", status_note="It has ended.", use_instead=["line-3"]),
    "it is suspended, and its number stands in words of other files": changed(1, status="suspended", status_note="Nobody answers.", use_instead=["line-3"]),
    "it has the name of another": changed(1, name="Line 1 <b>&amp;"),
    "it is a draft": changed(1, status="draft", status_note="Not seen yet."),
    "its day": changed(changed="2026-11-02"),
    "a word of the root file": root("Feeling alone.", "Being alone."),
    "the name of a region": root("North Avalon", "Upper Avalon"),
    "a new page": other("content/more.md", "# More\n"),
    "a guide": other("content/guides/first.md", guide("Second")),
    "an organization more": other("content/organizations/third.yaml", plain_yaml({**ORGANIZATION, "id": "third", "name": "Third", "services": [
        {**ORGANIZATION["services"][0], "id": "third-line", "name": "Third Line", "coverage": {"regions": ["av-n"]}}]})),
    "the name of the organization": other("content/organizations/second.yaml", plain_yaml({**ORGANIZATION, "name": "Renamed"})),
    "an option of MkDocs": root("site_name: Small", "site_name: Little", "mkdocs.yml"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_a_site_is_what_it_would_be_from_nothing(edit: str, tmp_path: Path) -> None:
    files = []
    for folder in (tmp_path / "again", tmp_path / "new"):
        file = write_project(folder, *SERVICES[:8], plugins=PLUGINS, registry={"include": ["content/organizations/*.yaml"], "crisis": [CRISIS]}, pages={
            "organizations/second.yaml": plain_yaml(ORGANIZATION),
            "guides/first.md": guide("First"), "bibliography.yaml": BOOKS})
        if folder.name == "again":
            build_project(file, strict=False)
        EDITS[edit](file)
        files.append(build_project(file, strict=False).files())
    assert files[0].keys() == files[1].keys()
    assert [name for name in files[0] if files[0][name] != files[1][name]] == []


def test_after_an_edit_only_what_changed_is_written(tmp_path: Path) -> None:
    file = project(tmp_path, registry={"include": ["content/organizations/*.yaml"]}, pages={"organizations/second.yaml": plain_yaml(ORGANIZATION)})
    before = {path: path.stat().st_ino for path in build_project(file).folder.rglob("*.html")}
    changed(name="Another Name", coverage={"regions": ["av-s"]})(file)
    after = {path: path.stat().st_ino for path in build_project(file).folder.rglob("*.html")}
    written = {path.relative_to(tmp_path / "site").parts[0] for path in after if after[path] != before.get(path)}
    kept = [path for path in after if after[path] == before.get(path)]
    assert tmp_path / "site/services/line-1/index.html" in kept
    assert tmp_path / "site/services/second-line/index.html" not in kept
    assert len(kept) > 150
    assert {"services", "regions"} <= written


@pytest.mark.parametrize("edit", ["a name", "where it is", "it has closed"])
def test_after_an_edit_the_parts_of_a_long_list_are_what_they_would_be_from_nothing(edit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "ROOM", 1500)
    named = [service(id=f"line-{number}", name=f"{'ABQS'[number % 4]}{'aeiou'[number % 5]} Line {number}") for number in range(100)]
    files, kept = [], set[str]()
    for folder in (tmp_path / "again", tmp_path / "new"):
        file = write_project(folder, *named, plugins=PLUGINS, registry={"include": ["content/organizations/*.yaml"]}, pages={
            "organizations/second.yaml": plain_yaml(ORGANIZATION)})
        before = {path: path.stat().st_ino for path in build_project(file, strict=False).folder.rglob("a--z/*/index.html")} if folder.name == "again" else {}
        EDITS[edit](file)
        site = build_project(file, strict=False)
        files.append(site.files())
        kept |= {path.parent.name for path, inode in before.items() if path.is_file() and path.stat().st_ino == inode}
    assert files[0].keys() == files[1].keys()
    assert [name for name in files[0] if files[0][name] != files[1][name]] == []
    assert {"b", "b-bh", "b-bp"} <= kept


def test_a_file_that_somebody_touched_is_made_again(tmp_path: Path) -> None:
    file = project(tmp_path)
    first = build_project(file).files()
    (tmp_path / "site/services/line-1/index.html").write_text("not ours", "utf-8")
    assert build_project(file).files() == first


PRINTS = {"a list": [1], "no print": {"services/line-1/index.html": 1}, "half a print": {"services/line-1/index.html": ["x", 1]}, "a way out": {
    "../../outside.html": ["x", 7, 1], "services/line-1/index.html": ["x", "7", None]}}


@pytest.mark.parametrize("how", PRINTS)
def test_what_somebody_else_noted_about_the_old_site_is_not_believed(how: str, tmp_path: Path) -> None:
    file = write_project(tmp_path, *SERVICES[:3], plugins=PLUGINS)
    (tmp_path / "outside.html").write_bytes(b"outside")
    first = build_project(file).files()
    (path,) = (tmp_path / store.FOLDER).glob("site-*.json")
    version = path.read_bytes().partition(b"\n")[0].decode().rpartition(" ")[0]
    store.write(path, version, PRINTS[how])
    assert build_project(file).files() == first


class Rewriting(BasePlugin):
    """Somebody else's plugin: writes into the finished files, and fails then."""

    def on_post_build(self, **_: Any) -> None:
        for path in Path(self.site).parent.glob(".site.new/services/*/index.html"):
            with path.open("r+b") as page:
                page.write(b"rewritten")
        raise PluginError("no more")

    site = ""


def test_nobody_can_change_the_old_site_by_way_of_the_new_one(tmp_path: Path) -> None:
    file = project(tmp_path)
    before = build_project(file).files()
    rewriting = Rewriting()
    rewriting.site = str(tmp_path / "site")
    with pytest.raises((PluginError, Abort)):
        with_plugin(file, rewriting)
    assert BuiltSite(tmp_path / "site").files() == before


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
    signing = Signing()
    signing.bad = bad
    return with_plugin(file, signing)


def with_plugin(file: Path, plugin: BasePlugin) -> BuiltSite:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(file), strict=True)
    config.plugins["another"] = plugin
    build(config)
    return BuiltSite(Path(config.site_dir))


def test_events_of_other_plugins_work_on_pages_that_are_put_together(tmp_path: Path) -> None:
    site = with_signing(project(tmp_path))
    for address in ("services/line-1", "services/line-2", "services/line-3", "regions/av"):
        assert "<!-- signed -->" in site.page(address).html, address
    assert site.page("services/line-2").title().startswith("Named by another")


class Listening(BasePlugin):
    """Somebody else's plugin that looks at every page and changes nothing."""

    def on_post_page(self, output: str, **_: Any) -> str:
        return output


def test_pages_that_mkdocs_does_not_write_are_those_that_it_would_write(tmp_path: Path) -> None:
    alone = build_project(project(tmp_path / "alone")).files()
    watched = with_plugin(project(tmp_path / "watched"), Listening()).files()
    assert alone == watched
    assert alone["sitemap.xml"].count(b"/services/line-") == len(SERVICES)


def test_authors_link_to_pages_that_mkdocs_does_not_write_and_name_them_in_the_menu(tmp_path: Path) -> None:
    pages = {"links.md": "# Links\n\n[a line](services/line-77.md), [its place](services/line-78.md#contacts) and [a region](regions/av-n.md).\n"}
    menu = "nav:\n  - links.md\n  - Find: find.md\n  - A line: services/line-79.md\n"
    site = build_project(project(tmp_path, pages=pages, config=menu), strict=True)
    links = site.page("links").links()
    assert {"../services/line-77/", "../services/line-78/#contacts", "../regions/av-n/", "../services/line-79/"} <= set(links)
    assert site.page("services/line-77").title().startswith("Line 77")


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
