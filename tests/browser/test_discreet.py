"""The discreet variant, over every service of the reference registry and every way to hand it over: nothing tells what it is about."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import expect

from handrail.model import build
from handrail.model.vocabulary import plain
from handrail.pages.site import Renderer
from handrail.registry.loading import load
from handrail.text.words import words
from handrail.views import handover
from tests.browser.conftest import ROOT

DIRECTORY = build.directory(load(ROOT / "resources.yaml"))
OPEN = [service for service in DIRECTORY.services.values() if service.is_open_to_people]


def told(text: str, services) -> list[str]:
    """Return what a text gives away: a word of the sensitive vocabulary, a name, an address on the web, the site."""
    said = f" {plain(text)} "
    found = [term for term in DIRECTORY.vocabulary.terms if f" {term} " in said]
    found += [mark for mark in ("http", "www.", DIRECTORY.site.name) if mark in text]
    for service in services:
        own = handover.neutral_name(service, DIRECTORY.vocabulary, words("en"))
        names = (service.name, *service.alternate_names, DIRECTORY.organizations[service.organization].name, service.id)
        found += [name for name in names if name in text and name not in own and not name.isdigit()]  # a number is what is handed over
    return found


def test_the_discreet_message_of_every_services_page_tells_nothing():
    on = Renderer(DIRECTORY, words("en"), base="https://handrail.example/").on("services/x.md")
    for service in OPEN:
        body = unquote(handover.hand(service, on).quiet_sms.partition("body=")[2])
        assert told(body, [service]) == [], service.id
        assert body.split("\n")[0] == handover.neutral_name(service, DIRECTORY.vocabulary, words("en"))


@pytest.mark.parametrize("number", range(-(-len(OPEN) // 30)))
def test_nothing_discreet_tells_what_a_list_is_about(visit, tmp_path, number):
    services = OPEN[30 * number:30 * (number + 1)]
    made = visit(f"my-list/#list={'~'.join(service.id for service in services)}", accept_downloads=True)
    page = made.page
    expect(page.locator(".hr-mine .hr-card")).to_have_count(len(services))
    page.click("[data-do=qr]")
    page.check("[data-discreet]")
    assert page.url == f"{made.address}my-list/"
    assert page.title() == "Contacts"
    shown = {"title": page.title(), "text message": unquote(page.get_attribute("[data-sms]", "href"))}
    mail = urlsplit(page.get_attribute("[data-email]", "href"))
    assert (mail.scheme, mail.path) == ("mailto", "")
    shown["subject"], shown["e-mail"] = parse_qs(mail.query)["subject"][0], parse_qs(mail.query)["body"][0]
    for form in ("sheet", "wallet", "card"):
        page.check(f"input[name=as][value={form}]")
        pdf = page.pdf(format="A4")
        document = pypdfium2.PdfDocument(pdf)
        shown[f"paper, {form}"] = "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
        images = [each for sheet in document for each in sheet.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        assert images == []
        assert document.get_metadata_value("Title") == "Contacts"
        document.close()
    assert shown["paper, card"].count("Before you get in touch") == len(services)
    for what in ("vcf", "ics"):
        button = page.locator(f"[data-do={what}]")
        if button.is_visible():
            with page.expect_download() as saved:
                button.click()
            shown[f"name of the {what} file"] = saved.value.suggested_filename
            lines = Path(saved.value.path()).read_text("utf-8").splitlines()
            shown[f"{what} file"] = "\n".join(line for line in lines if not line.startswith("UID:"))
    assert "vcf file" in shown
    for link in ("[data-do=link]", "[data-do=qr]", "[data-shown]", "[data-qr-box]"):
        assert page.locator(link).is_hidden(), link
    page.emulate_media(media="print")
    assert page.locator(":is(.hr-header, .hr-footer, .hr-brand, .hr-strip, .hr-leave, [data-paper-foot], .hr-head):visible").count() == 0
    for what, text in shown.items():
        assert told(text, services) == [], what


def test_the_check_finds_what_would_give_it_away():
    service = DIRECTORY.services["gb-samaritans"]
    for text in ("Call Samaritans", "suicide", "see https://x", DIRECTORY.site.name, "list=gb-samaritans"):
        assert told(text, [service]), text
    assert told("Listening line. 116 123", [service]) == []
