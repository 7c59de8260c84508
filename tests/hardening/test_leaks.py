"""An address that must stay hidden is found in every byte, however it is written, and stops the build without being repeated."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import logging
import zipfile
from urllib.parse import quote, quote_plus

import pytest
from mkdocs.exceptions import Abort

from handrail.cli.main import main
from handrail.issues.reporter import FORMATS
from handrail.output import crew, leaks
from handrail.plugins import press
from handrail.registry import hidden as private
from tests.hardening.hostile import FOUR
from tests.site.language import BuiltSite, build_project, service, write_project

STREET = "12 Röse Street"
FILE = f"# kept private\n\n{STREET}\nAV7 3QX  # the postcode\n51.507351\n"


@pytest.fixture
def hidden(tmp_path):
    path = tmp_path / leaks.NAME
    path.write_text(FILE, "utf-8")
    return leaks.secrets(path)


def packed(files: dict[str, str | bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return whole.getvalue()


def nested(times: int) -> bytes:
    data = STREET.encode()
    for _ in range(times):
        data = packed({"a": data})
    return data


WRITTEN: dict[str, str | bytes] = {
    "as it is": STREET,
    "in other letters": STREET.upper(),
    "over lines": "12\n  Röse\n  Street",
    "with marks": "12, Röse-Street",
    "in two pieces": "12 R<b>öse</b> Street",
    "between tags": "<li>12</li><li>Röse Street</li>",
    "taken apart": "12 Ro\u0308se Street",
    "entities": "12&nbsp;R&ouml;se&#32;Street",
    "all entities": "".join(f"&#{ord(each)};" for each in STREET),
    "percent": quote(STREET),
    "plus": quote_plus(STREET),
    "JSON": json.dumps(STREET),
    "JSON in an attribute": html.escape(json.dumps(STREET)),
    "a link in JSON": json.dumps({"q": quote(STREET)}),
    "script": "12\\x20R\\xf6se\\x20Street",
    "a folded line": "DESCRIPTION:12 Rö\r\n se Street",
    "a card": "ADR:12 Röse\\, Street",
    "a new line": "12 Röse\\nStreet",
    "base64": base64.b64encode(f"at {STREET}.".encode()).decode(),
    "base64 one letter longer": base64.b64encode(f"at {STREET}..".encode()).decode().rstrip("="),
    "base64 two letters longer": base64.b64encode(f"at {STREET}...".encode()).decode().rstrip("="),
    "base64 behind some that is no text": "//////////// " + base64.b64encode(f"at {STREET}.".encode()).decode(),
    "percent behind some that is no text": f"%ff {quote(STREET)}",
    "base64 for addresses": base64.urlsafe_b64encode(f"?>?>{STREET}".encode()).decode().rstrip("="),
    "base64 with a dash": base64.urlsafe_b64encode(f">>>{STREET}".encode()).decode(),
    "a card in capitals": "12\\NRöse\\NStreet",
    "a quoted line": "12 Rö=\nse Street",
    "a postcode": "in av7\u00a03qx.",
    "a postcode in one": "AV73QX",
    "UTF-16": STREET.encode("utf-16"),
    "gzip": gzip.compress(STREET.encode()),
    "a pack": packed({"av/index.html": f"<p>{html.escape(STREET)}</p>"}),
    "the name of a packed file": packed({"12-röse-street.txt": ""}),
    "a packed pack": packed({"a.zip": packed({"b.txt": quote(STREET)})}),
    "a pack in a pack in a pack": nested(3),
    "a word processor's file": packed({"word/document.xml": "<w:t>12 Rö</w:t><w:t>se Street</w:t>"}),
    "a degree": '"latitude":51.507351',
    "a shorter degree": "51.507",
    "a longer degree": "51.50735199",
}


@pytest.mark.parametrize("way", WRITTEN)
def test_it_is_found_however_it_is_written(hidden, way):
    written = WRITTEN[way]
    assert [leak.file for leak in leaks.in_bytes("a.html", written.encode() if isinstance(written, str) else written, hidden)] == ["a.html"]


LOOKS_LIKE_IT = (
    "112 Röse Street", "12 Röse Streets", "12 Rose Street",
    "XAV7 3QX", "51.506", "151.507", "12 Röse", "", "%%%", "\\u12", "====", "&#x110000;",
)


@pytest.mark.parametrize("text", LOOKS_LIKE_IT)
def test_what_only_looks_like_it_is_left_alone(hidden, text):
    assert list(leaks.in_bytes("a.html", text.encode(), hidden)) == []


def test_a_leak_names_its_line_and_the_line_of_the_secret_and_not_the_text(hidden):
    data = f"one\ntwo\n{STREET}\nAV7 3QX\n".encode()
    assert list(leaks.in_bytes("a.txt", data, hidden)) == [leaks.Leak("a.txt", 3, 3), leaks.Leak("a.txt", 4, 4)]
    assert list(leaks.in_bytes("a.gz", gzip.compress(data), hidden)) == [leaks.Leak("a.gz", 3, 3), leaks.Leak("a.gz", 4, 4)]
    assert list(leaks.in_bytes("a.txt", quote(STREET).encode(), hidden)) == [leaks.Leak("a.txt", 0, 3)]


def test_bytes_that_are_no_text_are_looked_through_too(hidden):
    assert [leak.secret for leak in leaks.in_bytes("a.woff2", b"\xff\x00" + STREET.encode() + b"\xfe", hidden)] == [3]


def test_a_text_that_is_too_short_is_refused_and_without_a_file_there_is_nothing(tmp_path):
    (tmp_path / "few").write_text("12 A\n")
    with pytest.raises(leaks.UnusableSecretError) as few:
        leaks.secrets(tmp_path / "few")
    assert few.value.line == 1
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(leaks.UnusableSecretError, match="not UTF-8") as none:
        leaks.secrets(tmp_path / "bytes")
    assert none.value.line == 0
    (tmp_path / "enough").write_text("123 AB\n")
    assert [secret.line for secret in leaks.secrets(tmp_path / "enough")] == [1]
    assert leaks.secrets(tmp_path / "none") == []


BROKEN = {"half a gzip": gzip.compress(b"x" * 500)[:20], "no gzip": b"\x1f\x8bno", "half a zip": packed({"a": "x" * 500})[:60], "no zip": b"PK\x03\x04no"}


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_packed_and_broken_is_read_as_it_stands(hidden, how):
    assert list(leaks.in_bytes("a.zip", BROKEN[how], hidden)) == []
    assert [leak.secret for leak in leaks.in_bytes("a.zip", BROKEN[how] + f"\n{STREET}\n".encode(), hidden)] == [3]


def test_packs_in_packs_come_to_an_end(hidden):
    """A zip may hold itself; this one would be opened for ever."""
    assert list(leaks.in_bytes("a.zip", nested(4), hidden)) == []


@pytest.mark.parametrize("where", ["note", "guide"])
def test_a_source_that_holds_it_stops_the_build_before_anything_is_written(tmp_path, capfd, where):
    entry = service(handoff={"before": [f"Ring at {STREET}."], "seen": ["site"]}) if where == "note" else service()
    pages = {"guides/way.md": f"# The way\n\nTo {quote(STREET)}\n"} if where == "guide" else {}
    file = write_project(tmp_path, entry, pages=pages, plugins=("handrail", "handrail/safety"))
    (tmp_path / leaks.NAME).write_text(FILE, "utf-8")
    with pytest.raises(Abort):
        build_project(file)
    told = capfd.readouterr().err
    assert not (tmp_path / "site").exists() or not list((tmp_path / "site").rglob("*.html"))
    assert ("content/guides/way.md" if where == "guide" else "resources.yaml:") in told
    assert "Röse" not in told
    assert not [path for path in tmp_path.glob(".cache/**/*") if path.is_file()], "what must stay hidden is not kept between runs"


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_check_names_the_place_in_every_format_and_no_issue_repeats_the_address(tmp_path, capsys, form):
    """A warning of the same line would show it, and so would a message that quotes a wrong value."""
    entry = service(handoff={"before": [f"Ring at {STREET}. It is guaranteed to cure you."], "seen": ["site"]}, kind=STREET)
    write_project(tmp_path, entry)
    (tmp_path / leaks.NAME).write_text(FILE, "utf-8")
    assert main(["check", str(tmp_path / "resources.yaml"), "--format", form]) == 1
    told = capsys.readouterr()
    assert not any(word in (told.out + told.err).casefold() for word in ("röse", "r\\u00f6se"))
    assert "E213" in told.out
    assert "E203" in told.out
    if form == "json":
        text = (tmp_path / "resources.yaml").read_text("utf-8").splitlines()
        places = {issue["line"] for issue in json.loads(told.out) if issue["code"] == "E213"}
        assert places
        assert all("Röse" in text[line - 1] for line in places)
        assert {issue["message"].split('"')[1] for issue in json.loads(told.out) if issue["code"] == "E213"} == {"kind"}, "the field is named"


@pytest.mark.parametrize(("content", "code"), [(b"12 A\n", "E205"), (b"\xff\xfe\xff", "E205")])
def test_a_file_of_addresses_that_cannot_be_used_is_an_issue_and_nothing_is_made(tmp_path, capsys, content, code):
    write_project(tmp_path)
    (tmp_path / leaks.NAME).write_bytes(content)
    assert main(["check", str(tmp_path / "resources.yaml")]) == 1
    assert f"error[{code}]" in capsys.readouterr().out


def test_a_file_of_addresses_that_may_not_be_read_stops_everything_and_a_page_that_may_not_is_left_to_others(tmp_path, monkeypatch):
    """Root may read all, so the system's own answer is put in its place."""
    def refuse(self, *_, **__):
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / leaks.NAME).write_text(FILE, "utf-8")
    (tmp_path / "page.md").write_text(STREET, "utf-8")
    found, _ = private.secrets(tmp_path)
    assert [issue.line for issue in private.issues([tmp_path / "page.md"], tmp_path, found)] == [1]
    monkeypatch.setattr(leaks.Path, "read_bytes", refuse)
    monkeypatch.setattr(leaks.Path, "read_text", refuse)
    assert list(private.issues([tmp_path / "page.md"], tmp_path, found)) == []
    assert [(issue.code, issue.message) for issue in private.secrets(tmp_path)[1]] == [("E100", "this file cannot be read (Permission denied)")]


@pytest.mark.parametrize("command", [["export", "out"], ["pack", "av", "out.zip"], ["booklet", "av", "out.html"]])
def test_a_command_that_writes_files_for_others_writes_none_that_holds_it(tmp_path, monkeypatch, capsys, command):
    write_project(tmp_path, service(handoff={"before": [f"Ring at {STREET}."], "seen": ["site"]}))
    (tmp_path / leaks.NAME).write_text(FILE, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(command) == 1
    assert not list(tmp_path.glob("out*"))
    told = capsys.readouterr()
    assert "E213" in told.err
    assert "Röse" not in told.err + told.out


@pytest.mark.parametrize("command", [["export", "out"], ["pack", "av", "out.zip"], ["booklet", "av", "out.html"], ["booklet", "av", "out.pdf"]])
def test_two_fields_that_make_an_address_when_they_stand_together_are_not_written(tmp_path, monkeypatch, capsys, command):
    first, second = ("name", "summary") if command[0] == "export" else ("description", "for_whom")
    write_project(tmp_path, service(**{first: "Line 12 R\u00f6se", second: "Street workers."}))
    monkeypatch.chdir(tmp_path)
    assert main(["export", "before"]) == 0
    (tmp_path / leaks.NAME).write_text(FILE, "utf-8")
    assert main(["check"]) == 0, "no field alone holds it"
    assert main(command) != 0
    assert not list(tmp_path.glob("out*"))
    told = capsys.readouterr()
    assert "holds what line 3 of hidden-addresses.txt says" in told.err
    assert "R\u00f6se" not in told.err


ADDS = '''
def on_post_build(config):
    from pathlib import Path
    Path(config.site_dir, "map.json").write_text('{"at": "12 R\\\\u00f6se Street"}')
'''


def test_a_file_of_the_site_that_holds_it_is_removed_and_named(tmp_path, caplog):
    (tmp_path / "hook.py").write_text(ADDS)
    file = write_project(tmp_path, plugins=("handrail", "handrail/safety"), config="hooks:\n  - hook.py\n")
    (tmp_path / leaks.NAME).write_text(FILE, "utf-8")
    with pytest.raises(Abort), caplog.at_level(logging.ERROR):
        build_project(file)
    assert "map.json" in caplog.text
    assert not (tmp_path / "site/map.json").exists()
    assert not [path for path in (tmp_path / "site").rglob("*") if path.is_file() and "Röse".encode() in path.read_bytes()]


@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.parametrize("before", [False, True])
def test_a_page_is_looked_through_whoever_wrote_it_and_though_it_is_linked_from_the_old_site(tmp_path, monkeypatch, caplog, copies, before):
    """No source holds these words side by side: they meet in the title of the page."""
    monkeypatch.setattr(press, "LEAST", 1)
    monkeypatch.setattr(crew, "processors", lambda: copies)
    file = write_project(tmp_path, *(service(id=f"line-{number}", name=f"Line {number}") for number in range(1, 9)), plugins=FOUR)
    old = build_project(file).files() if before else {}
    (tmp_path / leaks.NAME).write_text("Line 7 - Small\n", "utf-8")
    with pytest.raises(Abort), caplog.at_level(logging.ERROR):
        build_project(file)
    assert "services/line-7/index.html" in caplog.text
    assert not [path for path in tmp_path.rglob("*.html") if not before and path.parts[-2] == "line-7"]
    assert not before or BuiltSite(tmp_path / "site").files() == old
    assert not list(tmp_path.glob(".site*"))


def test_a_registry_with_a_hidden_place_and_nothing_that_leaks_builds(tmp_path):
    file = write_project(tmp_path, service(places=[{"visibility": "hidden", "id": "refuge", "seen": ["site"]}]), plugins=("handrail", "handrail/safety"))
    (tmp_path / leaks.NAME).write_text(FILE, "utf-8")
    assert build_project(file).page("services/night-line").title()


def test_git_never_sees_the_file():
    root = leaks.Path(__file__).resolve().parents[2]
    for ignored in (root / ".gitignore", root / "plugins/handrail/new/gitignore"):
        assert leaks.NAME in ignored.read_text("utf-8").split()
