"""The public copy of a file: what is not published is not in it, and a change of it fits the file."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest

from handrail.registry import copies, withdrawn
from handrail.registry.loading import load
from tests.contribute.changes import applies, changed, mark, plain
from tests.contribute.conftest import NIGHT_FILE, small_registry
from tests.contribute.test_files import data_of

ROOT = Path(__file__).resolve().parents[2]

END = "    seen: [site]\n"
NIGHT = NIGHT_FILE.removesuffix(END)
DRAFTS = NIGHT + """\
      # an old list has another one
      - type: text
        value: "0800 999 888"
        status: draft
        why: Read in a list only.
    seen: [site]

  # by day
  - id: day-line
    # nobody has called it
    name: Day Line
    kind: helpline
    status: draft
    status_note: >-
      It waits for a page.

      0800 777 666
    summary: Somebody to talk to by day.
    topics: [grief]
    coverage: {regions: [av]}
    channels:
      - {type: phone, value: "0800 777 666", seen: [site]}
    seen: [site]
  # the last
  - id: late-line
    name: Late Line
    kind: warm-line
    summary: Late.
    for_whom: Anyone.
    topics: [grief]
    coverage: {regions: [av], seen: [site]}
    channels:
      - {type: phone, value: "0800 3333", immediate: yes, seen: [site]}
    seen: [site]
"""
WITHOUT = NIGHT + """\
      # an old list has another one
      - type: text
    seen: [site]

  # by day
  - id: day-line
  # the last
""" + DRAFTS.split("  # the last\n")[1]


def made(tmp_path, text):
    config = small_registry(tmp_path)
    file = config.parent / "content/organizations/av/night.yaml"
    file.write_bytes(text.encode())
    registry = load(config.parent / "resources.yaml")
    [night] = [each for each in registry.organizations if each.id == "night"]
    return night, file.read_bytes(), withdrawn.contacts(registry)


def test_of_what_is_not_published_the_copy_keeps_the_first_line(tmp_path):
    night, raw, gone = made(tmp_path, DRAFTS)
    assert not copies.is_whole(night, gone)
    found = copies.public_copy(night, raw, gone)
    assert found is not None
    assert found.text == WITHOUT
    assert found.held == ((0, 1), (1,))
    lines, kept = DRAFTS.splitlines(), WITHOUT.splitlines()
    again = list(kept)
    for after, count in reversed(found.cuts):
        at = lines.index(kept[after - 1])
        again[after:after] = lines[at + 1:at + 1 + count]
    assert again == lines


def test_a_file_without_drafts_is_whole(tmp_path):
    night, raw, gone = made(tmp_path, NIGHT_FILE)
    assert copies.is_whole(night, gone)
    found = copies.public_copy(night, raw, gone)
    assert found == copies.PublicCopy(NIGHT_FILE)


@pytest.mark.parametrize(
    "text",
    [
        DRAFTS.replace("# as it writes itself", "# not 0800-999-888"),
        DRAFTS.replace("read_as: stored-copy", "read_as: stored-copy\n    note: Gives 0800999888."),
        DRAFTS.replace("      - type: text\n        value", "      - value").replace("\n        why", "\n        type: text\n        why"),
        DRAFTS.replace("  - id: day-line\n", "  - id: day-line  # 0800 777 666\n"),
        DRAFTS.replace("  - id: day-line\n    # nobody has called it\n    name", "  - name").replace("Day Line", "Day Line\n    id: day-line"),
        DRAFTS.split("  # the last")[0].rstrip("\n"),
    ],
    ids=["in a comment", "in a source", "a number first", "behind the id", "a name first", "no end of the last line"],
)
def test_without_certainty_there_is_none(tmp_path, text):
    night, raw, gone = made(tmp_path, text)
    assert not copies.is_whole(night, gone)
    assert copies.public_copy(night, raw, gone) is None


def test_a_number_that_another_channel_of_the_file_has_is_no_secret(tmp_path):
    night, raw, gone = made(tmp_path, DRAFTS.replace("0800 777 666", "0800 3333"))
    assert copies.public_copy(night, raw, gone) is not None


@pytest.mark.parametrize("seed", range(2))
def test_a_change_of_the_copy_fits_the_file_and_what_is_not_shown_stays(form, seed, tmp_path):
    registry = load(ROOT / "resources.yaml")
    chance = random.Random(seed)
    parts = [(found, raw) for each in registry.organizations
             if not copies.is_whole(each, ()) and (found := copies.public_copy(each, raw := (ROOT / each.document.name).read_bytes(), ()))]
    night, raw, gone = made(tmp_path / "small", DRAFTS)
    parts += [(copies.public_copy(night, raw, gone), raw)] * 30
    windows = raw.replace(b"\n", b"\r\n")
    night, raw, gone = made(tmp_path / "windows", windows.decode())
    parts += [(copies.public_copy(night, windows, gone), windows)] * 10
    cases, wanted = [], []
    for found, raw in parts:
        assert found is not None
        now = changed(data_of(found.text.encode()), chance)
        whole, full = copy.deepcopy(now), data_of(raw)
        if all(_put_back(whole, full, path) for path in found.held):  # the form cannot change what it does not show
            cases.append({"source": found.text, "now": now, "cuts": found.cuts, "file": raw.decode()})
            wanted.append(plain(whole))
    refused = 0
    for number, (case, want, told) in enumerate(zip(cases, wanted, form("patch", cases=copy.deepcopy(cases)), strict=True)):
        if "unread" in told:
            assert told["unread"].startswith("Unread: "), told
            refused += 1
            continue
        assert data_of(told["whole"].encode()) == want, number
        assert "\u2063" not in told["patch"] + told["whole"]
        if told["patch"]:
            applies(tmp_path / str(number), case["file"], told["patch"], told["whole"])
    assert len(cases) > 50
    assert refused <= 5


def _put_back(whole, full, path):
    """Put a part that is not shown back into data; return whether its place in them is as it was."""
    around = whole
    for name, place in zip(("services", "channels"), path, strict=False):
        full = full[name][place]
        items = around.get(name, ())
        at = next((at for at, each in enumerate(items) if isinstance(each, dict) and each.get("$origin") == place), None)
        if at is None:
            return False
        around = items[at]
    shown = plain(around)
    items[at] = full
    return shown == dict([next(iter(full.items()))])


def test_a_change_is_put_into_no_other_file(form, tmp_path):
    night, raw, gone = made(tmp_path, DRAFTS)
    cuts = copies.public_copy(night, raw, gone).cuts
    now = data_of(WITHOUT.encode()) | {"name": "Nights"}
    mark(now)
    files = [DRAFTS, DRAFTS + "# more\n", DRAFTS.replace("grief", "loss").replace("loneliness", "loss")]
    same, longer, other = form("patch", cases=[{"source": WITHOUT, "now": now, "cuts": cuts, "file": file} for file in files])
    assert same["whole"] == DRAFTS.replace("name: Night Trust", "name: Nights")
    assert (longer["whole"], other["whole"]) == (None, None)
