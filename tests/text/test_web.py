"""Addresses are read as browsers read them, and refused where they could mislead."""

from __future__ import annotations

import ada_url
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.text import web

GOOD = ["https://www.example.org", "https://example.org/", "http://example.org/path", "https://example.org/a/b?c=d&e=f#g", "https://example.org?q=1",
    "https://example.org#part", "https://EXAMPLE.org/Path", "https://bücher.example", "https://xn--bcher-kva.example/", "https://example.org/?q=it's",
    "https://example.org/caf%C3%A9", "https://example.org/café", "https://sub.sub.sub.example.co.uk/", "https://例え.テスト/", "https://example.org/(a)",
    "https://example.org/a@b", "https://example.org/a:b"]


@pytest.mark.parametrize("address", GOOD)
def test_an_ordinary_address_is_fine(address: str) -> None:
    assert web.problem(address) == ""


@pytest.mark.parametrize(("address", "why"), [
    ("javascript:alert(1)", "starts with https"), ("JavaScript://example.org/%0aalert(1)", "starts with https"), ("data:text/html,x", "starts with https"),
    ("vbscript:x", "starts with https"), ("file:///etc/passwd", "starts with https"), ("ftp://example.org", "starts with https"), ("mailto:a@example.org",
    "starts with https"),
    ("//example.org", "starts with https"), ("/path", "starts with https"), ("example.org", "starts with https"), ("www.example.org", "starts with https"),
    ("HTTPS://example.org", "starts with https"), ("https:example.org", "starts with https"), ("https:/example.org", "starts with https"), ("https://",
    "starts with https"),
    ("https:///example.org", "starts with https"), ("https://?x", "starts with https"), ("https://#x", "starts with https"), ("", "starts with https"),
    (" https://example.org", "special"), ("https://example.org ", "special"), ("https://exam ple.org", "special"), ("https://example.org/a b", "special"),
    ("https://example.org\n", "special"), ("https://example.org/\tx", "special"), ("https://example.org\\@evil.example", "special"),
    ("https:\\\\example.org", "special"),
    ('https://example.org/"onclick=', "special"), ("https://example.org/<script>", "special"), ("https://example.org/`", "special"),
    ("https://example.org/\x00", "special"),
    ("https://example.org/\u202egpj", "special"), ("https://example.org/\u200b", "special"), ("https://example.org/\u3000x", "special"),
    ("https://example.org/\u2028", "special"),
    ("https://exa\u00admple.org", "special"), ("https://example.org/{x}", "special"), ("https://example.org/a|b", "special"),
    ("https://user@example.org", "name or password"), ("https://user:pass@example.org", "name or password"), ("https://www.example.org@evil.example",
    "name or password"),
    ("https://@example.org", "name or password"), ("https://:@example.org", "name or password"),
    ("https://example.org:8443", "port"), ("https://example.org:443/", "port"), ("https://example.org:", "port"), ("http://example.org:80", "port"),
    ("https://localhost", "public internet"), ("https://printer.local", "public internet"), ("https://db.internal/", "public internet"),
    ("https://a.localhost", "public internet"),
    ("https://example.org.", "public internet"), ("https://127.0.0.1", "public internet"), ("https://0x7f.1", "public internet"), ("https://2130706433",
    "public internet"),
    ("https://[::1]/", "public internet"), ("https://a..b", "public internet"),
    ("https://exa%6dple.org", "another website"), ("https://ｅxample.org", "another website"), ("https://example。org", "another website"),
    ("https://exaⓜple.org", "another website"),
    ("https://exa%ple.org", "browsers cannot read"), ("https://999.999.999.999", "browsers cannot read"),
    ("https://example.org/" + "a" * 500, "too long"),
])  # fmt: skip
def test_a_tricky_address_is_refused_with_the_reason(address: str, why: str) -> None:
    assert why in web.problem(address)


@given(st.text(max_size=60).map(lambda tail: "https://" + tail) | st.text(max_size=40))
def test_an_address_without_a_problem_can_stand_in_an_attribute(address: str) -> None:
    if not web.problem(address):
        assert address.startswith(("https://", "http://"))
        assert not set(address) & set("\"<> \n\t\\`")
        assert web.host(address)


def test_the_host_is_shown_as_people_read_it() -> None:
    assert web.host("https://www.example.org/path") == "example.org"
    assert web.host("https://EXAMPLE.org") == "example.org"
    assert web.host("https://bücher.example") == "xn--bcher-kva.example"


def test_encryption_is_told_from_the_start_of_the_address() -> None:
    assert web.is_encrypted("https://example.org")
    assert not web.is_encrypted("http://example.org/https://")


@pytest.mark.parametrize("address", ["help@example.org", "a@b.co", "first.last+tag@sub.example.co.uk", "a_b-c@example.org", "HELP@EXAMPLE.ORG"])
def test_an_ordinary_mailbox_is_fine(address: str) -> None:
    assert web.mailbox_problem(address) == ""


@pytest.mark.parametrize("address", [
    "", "help", "help@", "@example.org", "help@localhost", "help@@example.org", "a b@example.org", "help@example..org", "he..lp@example.org",
    ".help@example.org",
    "help.@example.org", "help@-example.org", "help@example-.org", "help@example.o", "help@example.123", "help@example.org\n",
    "help@example.org,b@example.org",
    "<help@example.org>", "Help <help@example.org>", "help@example.org?bcc=a@example.org", "help%40@example.org", "hëlp@example.org", "help@exämple.org",
    '"a b"@example.org', "help@[127.0.0.1]", "mailto:help@example.org", "help@example.org;x", "a" * 65 + "@example.org", "a@" + "b" * 64 + ".org",
    "a@" + "b." * 130 + "org",
])  # fmt: skip
def test_a_broken_mailbox_is_refused(address: str) -> None:
    assert web.mailbox_problem(address)


def test_a_mail_link_holds_subject_and_body_as_text() -> None:
    assert web.mailto("help@example.org") == "mailto:help@example.org"
    assert web.mailto("a+b@example.org", "A & B?", "x\r\nbcc: y#") == "mailto:a+b@example.org?subject=A%20%26%20B%3F&body=x%0D%0Abcc%3A%20y%23"
    assert web.mailto("help@example.org", body="b") == "mailto:help@example.org?body=b"


@settings(max_examples=3000)
@given(st.lists(st.sampled_from([*"az09-./:@?#&=%_~\\ '\"A", "xn--", "--", "www.", ".local", ".internal", "example", ".org", "https://", "http://", "..",
                                 "//"]), max_size=9).map(lambda parts: "https://" + "".join(parts)))
def test_an_address_of_plain_letters_is_judged_as_the_one_that_is_read(address: str) -> None:
    assert web.problem(address) == web._read(address)
    if not web.problem(address):
        assert web.host(address) == ada_url.URL(address).hostname.removeprefix("www.")
