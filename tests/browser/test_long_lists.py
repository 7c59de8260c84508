"""A directory whose lists from A to Z are too long for one page: light pages, every name behind a link, letters as the way there."""

from __future__ import annotations

import functools
import gzip
import http.server
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit, _Handler, opening
from tests.browser.looks import CUT, FAINT, PLAIN, SMALL, SPACED, WIDE, axe
from tests.browser.test_markup import validity
from tests.site.language import REGISTRY, SOURCE, BuiltSite, build_project, service, write_project

PLUGINS = ("handrail", "handrail/guides", "handrail/search", "handrail/safety")
SCRIPTS = {"ru": "абвгдежзиклмнопрстуф", "ar": "ابتثجحخدذرزسشصضطظعغف", "hi": "कखगघचछजझटठ", "zh": "".join(map(chr, range(0x4E00, 0x5200, 90)))}
MOST_RAW, MOST_PACKED = 150_000, 20_000
LETTER, PART, ORGANIZATIONS = "services/a--z/416/", "services/a--z/c-cp/", "organizations/"


def names(count: int) -> Iterator[dict[str, Any]]:
    """Yield names as a directory has them, and as none has them: in other scripts, of the greatest length, one name for many, and one beginning for many."""
    chance = random.Random(5)
    words = ["".join(chance.choices("bcdfghlmnprst", k=1) + chance.choices("aeiou", k=1) + chance.choices("lnrst", k=1)) for _ in range(120)]
    for number in range(count):
        kind = number % 10
        if kind < 4:
            yield {"name": f"C{' '.join(chance.choices(words, k=3))} {number}"}
        elif kind < 6:
            other = f"{chance.choice(words).capitalize()} Line {number}"
            yield {"name": f"{' '.join(chance.choices(words, k=3)).capitalize()} {number}", "alternate_names": [other]}
        elif kind == 6:
            yield {"name": f"Mental health association of {chance.choice(words)} and {chance.choice(words)} {number}"}
        elif kind == 7:
            yield {"name": "Samaritans"}
        elif kind == 8:
            yield {"name": f"{number} {'long words ' * 20}"[:110] + chance.choice(words)}
        else:
            language = chance.choice(list(SCRIPTS))
            yield {"name": " ".join("".join(chance.choices(SCRIPTS[language], k=6)) for _ in range(14)), "name_language": language}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    entries = [service(id=f"line-{number}", coverage={"regions": [("av", "av-n", "av-s")[number % 3]]}, **name) for number, name in enumerate(names(1500))]
    trusts = [{"id": f"trust-{number}", "name": f"{chr(65 + number % 26)}{'aeiou'[number % 5]} Trust {number}", "kind": "charity", "sources": [SOURCE],
               "services": entries[3 * number:3 * number + 3]} for number in range(500)]
    counties = [{"id": f"av-{number}", "name": f"{'BCDGS'[number % 5]}{'aeio'[number % 4]} County {number}", "kind": "county", "parent": "av"}
                for number in range(400)]
    file = write_project(tmp_path_factory.mktemp("large"), registry={"organizations": trusts, "regions": [*REGISTRY["regions"], *counties]}, plugins=PLUGINS)
    return build_project(file, strict=False)


@pytest.fixture(scope="module")
def at(large: BuiltSite) -> Iterator[str]:
    """The address at which it is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(large.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def show(chromium: Browser, at: str) -> Iterator[Callable[..., Visit]]:
    opened: list[Visit] = []

    def open_page(path: str, **options: Any) -> Visit:
        opened.append(opening(chromium, at, path, **options))
        return opened[-1]

    yield open_page
    for made in opened:
        try:
            made.check()
        finally:
            made.context.close()


def parts(large: BuiltSite, folder: str) -> list[Path]:
    return sorted((large.folder / folder / "a--z").glob("*/index.html"))


def listed(large: BuiltSite, address: str) -> list[tuple[str, str]]:
    """Return address and text of every name on a page."""
    tree = large.page(address).tree
    return [(link.get("href", ""), "".join(link.itertext())) for each in tree.iter("ul") if each.get("class") == "hr-links" for link in each.iter("a")]


def test_no_page_is_heavy(large: BuiltSite) -> None:
    sizes = {name: (len(data), len(gzip.compress(data))) for name, data in large.files().items() if name.endswith(".html")}
    assert {name: size for name, size in sizes.items() if size[0] > MOST_RAW or size[1] > MOST_PACKED} == {}


@pytest.mark.parametrize("folder", ["services", "organizations", "regions"])
def test_every_name_stands_on_one_part_and_every_link_leads_somewhere(folder: str, large: BuiltSite) -> None:
    found = [each for path in parts(large, folder) for each in listed(large, path.parent.relative_to(large.folder).as_posix())]
    own = [path for path in (large.folder / folder).iterdir() if path.is_dir() and path.name != "a--z"]
    assert {re.sub(r"^(\.\./)+", "", href) for href, _ in found} == {f"{folder}/{path.name}/" for path in own}
    assert max(Counter(found).values()) == 1
    for page in (large.folder / folder / "index.html", *parts(large, folder)):
        for href in large.page(page.parent.relative_to(large.folder).as_posix()).links():
            target = unquote(urldefrag(href)[0])
            if target and not re.match("[a-z]+:", target):
                there = page.parent / target
                assert (there / "index.html" if there.is_dir() else there).is_file(), (page, href)


def test_the_list_leads_to_every_part_and_says_how_many_names_it_holds(large: BuiltSite) -> None:
    ways = {href: text for link in large.page("services").tree.iter("a") if "a--z" in (href := link.get("href", "")) for text in ["".join(link.itertext())]}
    assert {href.removeprefix("../services/a--z/").rstrip("/") for href in ways} == {path.parent.name for path in parts(large, "services")}
    for href, text in ways.items():
        assert text.endswith(f" {len(listed(large, href.removeprefix('../')))}"), text
    assert sum(int(text.rsplit(" ", 1)[1]) for text in ways.values()) == 1500 + 300
    assert len(set(ways.values())) == len(ways)


def test_one_page_leads_to_the_next_through_the_whole_list(large: BuiltSite) -> None:
    at, seen = "services/a--z/0-9/", []
    while at:
        seen.append(at)
        turn = {link.get("rel"): link.get("href", "").removeprefix("../../../") for link in large.page(at).tree.iter("a") if link.get("rel")}
        assert turn.get("prev", "") == (seen[-2] if len(seen) > 1 else "")
        at = turn.get("next", "")
    assert len(seen) == len(parts(large, "services"))


def test_a_part_says_where_it_stands(large: BuiltSite) -> None:
    page = large.page(PART)
    assert page.title() == "All services from A to Z: Cp – Cu - Small"
    assert page.headings()[0] == (1, "All services from A to Z: Cp – Cu")
    assert page.has_link("../../../services/")
    current = [(link.get("aria-current"), "".join(link.itertext())) for link in page.tree.iter("a") if link.get("aria-current")]
    assert current == [("true", "C"), ("page", "Cp – Cu")]
    labels = [each.get("aria-label") for each in page.tree.findall(".//article//nav")]
    assert labels == ["Where you are", "Letters", "Parts of C", "The parts before and after"]


def test_names_keep_their_language_and_their_direction(large: BuiltSite) -> None:
    found = {each.get("lang") for path in parts(large, "services") for each in large.page(path.parent.relative_to(large.folder).as_posix()).tree.iter("bdi")}
    assert found >= set(SCRIPTS)


def test_a_name_that_many_bear_is_told_apart_by_numbers(large: BuiltSite) -> None:
    titles = Counter(large.page(path.parent.relative_to(large.folder).as_posix()).title() for path in parts(large, "services"))
    assert max(titles.values()) == 1


def test_they_are_in_the_sitemap(large: BuiltSite) -> None:
    assert large.files()["sitemap.xml"].count(b"/services/a--z/") == len(parts(large, "services"))


def test_they_are_valid_html(large: BuiltSite) -> None:
    assert validity([large.folder / each / "index.html" for each in ("services", "organizations", "regions", PART, LETTER)]) == []


@pytest.mark.parametrize("path", ["services/", PART, LETTER, ORGANIZATIONS])
@pytest.mark.parametrize(("width", "dark"), [(320, True), (360, False), (1280, False)])
def test_axe_finds_nothing_and_everything_fits(show: Callable[..., Visit], path: str, width: int, dark: bool) -> None:
    page = show(path, width=width, dark=dark).page
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(PLAIN) == []
    assert page.evaluate(WIDE) == []
    page.evaluate(SPACED)
    assert page.evaluate(CUT) == []
    assert page.evaluate(WIDE) == []


def test_without_scripts_a_name_is_two_links_away(show: Callable[..., Visit]) -> None:
    page = show("services/", width=360, scripts=False).page
    page.locator('main nav[aria-label="Letters"] a').first.click()
    page.locator("main .hr-links a").first.click()
    assert re.search(r"/services/line-\d+/$", page.url)


@pytest.mark.parametrize("path", ["services/", PART])
def test_on_paper_names_stand_and_the_ways_between_parts_do_not(show: Callable[..., Visit], path: str) -> None:
    page = show(path, dark=True, reduced_motion="reduce").page
    page.emulate_media(media="print")
    assert page.evaluate(FAINT) == []
    assert page.locator(".hr-letters, .hr-turn").evaluate_all("(all) => all.filter((each) => each.checkVisibility())") == []
