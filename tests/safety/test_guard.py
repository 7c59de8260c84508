"""What the guard says of pages: cases, the quick way against the slow one, and an HTML parser as judge."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.output import guard

CASES = yaml.safe_load((Path(__file__).parent / "loads.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["page"][:60])
def test_a_page_that_loads_from_elsewhere_is_found_out_by_element_and_attribute(case):
    assert [each.element for each in guard.scan(case["page"]).findings] == case["finds"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["page"][:60])
def test_the_quick_way_and_the_parser_see_the_same_tags(case):
    quick = guard._cut(case["page"])
    if quick is not None:
        slow = [each for each in guard._Whole(case["page"]).tags() if guard._tag(each[1]) is not None]
        assert [each[:2] for each in quick] == [each[:2] for each in slow]


def test_a_finding_names_the_line():
    finding = guard.scan("<p>one</p>\n<p>two</p>\n<p>three <img src='https://x.example/a.png'></p>").findings[0]
    assert (finding.line, finding.value) == (3, "https://x.example/a.png")


@pytest.mark.parametrize(("before", "after"), [
    ('<a href="https://x.example">x</a>', '<a rel="noopener noreferrer" href="https://x.example">x</a>'),
    ('<a class="b" href="//x.example" rel="nofollow">x</a>', '<a class="b" href="//x.example" rel="nofollow noopener noreferrer">x</a>'),
    ('<A HREF=https://x.example>x</A>', '<A rel="noopener noreferrer" HREF=https://x.example>x</A>'),
    ('<a rel="noreferrer noopener" href="https://x.example">x</a>', '<a rel="noreferrer noopener" href="https://x.example">x</a>'),
    ('<a href="own/">x</a><a href="tel:988">y</a>', '<a href="own/">x</a><a href="tel:988">y</a>'),
    ('<a href="https://x.example/?a=1&amp;b=2" title="&quot;&lt;" rel="me">x</a>',
     '<a href="https://x.example/?a=1&amp;b=2" title="&quot;&lt;" rel="me noopener noreferrer">x</a>'),
])
def test_links_out_of_the_site_say_noopener_noreferrer_and_nothing_else_changes(before, after):
    page = f"<!-- <a href='https://x.example'> --><p>å</p>{before}<p>end</p>"
    assert guard.spliced(page, guard.scan(page).links) == page.replace(before, after)


def test_scripts_that_run_are_told_from_data():
    run = '<script>one()</script><script type="module">two()</script><style>b{}</style>'
    scan = guard.scan(run + '<script type="application/ld+json">{}</script><script src="a.js"></script>')
    assert (scan.scripts, scan.styles) == (["one()", "two()"], ["b{}"])


PIECES = st.sampled_from([
    "<", ">", "/", "!", "--", "'", '"', "=", " ", "\n", "a", "<p>", "</p>", "<!--", "-->", "--!>", "<!-->", "<title>", "</title>",
    "<textarea>", "</textarea>", "</textarea x>", "<style>", "</style>", "<script>", "</script>", "</script >", "<svg>", "</svg>", "<![CDATA[", "]]>",
    "<?x", "</", "<a title='", '<a title="', "<xmp>", "</xmp>", "<noscript>", "<img src=//evil.example>", "<img alt=x src='https://evil.example/1'>",
    '<img src="//evil.example/2">', "<img/src=//evil.example/3>", "<IMG\nSRC=//evil.example/4 >",
])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_no_image_that_a_browser_would_load_escapes_the_guard(page):
    whole = f"<!doctype html><html><head></head><body>{page}</body></html>"
    seen = {image.get("src", "") for image in html5lib.parse(whole, namespaceHTMLElements=False).iter("img")}
    loads = {source for source in seen if guard.where(source) == "elsewhere"}
    findings = guard.scan(whole).findings
    ambiguous = any(not each.value for each in findings)
    assert ambiguous or loads <= {each.value for each in findings}


PIECES = [
    '<a', '<p', '<div', '<img', '<script', '</script>', '</a>', '<svg', '<b>', '<!--', '-->', '>', ' ', '"', "'", '=', 'text', '&amp;', '<', '/',
    ' href="../x/"', ' href="//x.example"', ' href="https://x.example"', ' href="https://x.example" rel="noopener noreferrer"',
    ' href="javascript:x"', ' href="java\tscript:x"', ' href="tel:1"', ' href="sms:1?body=a&amp;b"', ' href="#a"', ' href="\\\\x.example"',
    ' href="a:b"', ' class="x"', ' id="a b"', ' onclick="x"', ' style="color:red"', ' style="text-align:center"', ' hidden', ' data-hours="{}"',
    ' aria-label="a > b"', ' src="x.png"', ' lang="cy"', ' type="application/ld+json"', '<script type="application/ld+json">{}</script>', '\n',
    ' rel="x"', ' ping="x"', ' target="_blank"', ' srcdoc="x"',
]


@settings(max_examples=2000)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_the_quickest_way_calls_plain_is_left_alone_by_the_one_that_reads_every_tag(piece):
    if guard.is_plain(piece):
        assert guard.read_part(piece) == piece


@pytest.mark.parametrize("piece", [
    '<p href="tel:1">x</p>',
    '<a href="//x.example">x</a>', '<a href="https://x.example">x</a>', '<a href="javascript:x">x</a>', '<p onclick="x">', '<p style="a:b">', "<img src=x>",
    '<a href="x" href="//y.example">x</a>', "<a href=x>x</a>", '<a href="\\\\x.example">', '<a ping="//x.example" href="x">x</a>', "<svg><a href='x'>",
    '<script type="application/ld+json"><!--</script>', "<script>x</script>", "<style>x</style>", "<p", "a < b", '<meta http-equiv="refresh">', "<base href=x>",
])
def test_a_piece_with_anything_else_in_it_is_read_tag_by_tag(piece):
    assert not guard.is_plain(piece)
