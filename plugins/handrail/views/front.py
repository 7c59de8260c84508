"""The start page, the get-help-now page, and the page for an address that leads nowhere."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup as Html

from handrail.model.directory import PEER_FIRST
from handrail.views import cards, urls
from handrail.views.context import NOTHING, Context
from handrail.views.values import HelpView, HomeView, Link, LostView

READERS = ("mentee", "mentor", "coordinator", "partner")


def home(on: Context, landing: dict[str, str], guides: str, body: Html = NOTHING) -> HomeView:
    """Return the start page; ``landing`` names the page of each kind of reader that there is, ``guides`` the list of guides or nothing."""
    t, directory = on.t, on.directory
    kinds = Counter(service.kind for service in directory.services.values() if service.is_open_to_people)
    topics = [topic for topic in directory.topics if directory.of_topic(topic)]
    return HomeView(
        title=t("home.title"), lead=directory.site.description, help=Link(on.to(urls.HELP_NOW), t("page.help"), t("home.help_note")),
        find=Link(on.to(urls.FIND), t("page.find"), t("home.find_note")),
        guides=Link(on.to(guides), t("page.guides"), t("home.guides_note")) if guides else None,
        regions=tuple(on.region_link(region.id) for region in directory.regions.countries()), topics=tuple(on.topic_link(topic) for topic in topics),
        kinds=tuple(Link(on.to(urls.kind(kind)), t(f"kind-plural.{kind}"), t("count.services", count=kinds[kind])) for kind in PEER_FIRST if kinds[kind]),
        readers=tuple(Link(on.to(landing[reader]), t(f"home.reader.{reader}")) for reader in READERS if reader in landing), body=body,
    )


def help_now(on: Context, body: Html = NOTHING) -> HelpView:
    """Return the get-help-now page."""
    t, directory = on.t, on.directory
    countries = tuple(cards.crisis(help, directory, t, on.to) for help in directory.crisis.values())
    fallback = directory.services.get(directory.site.helpline_directory)
    link = Link(fallback.website or on.to(urls.service(fallback.id)), fallback.name) if fallback else None
    return HelpView(t("help.title"), t("help.lead"), countries, link, (), (), body, t("help.leave"))


def lost(on: Context) -> LostView:
    """Return the page for an address that leads nowhere."""
    t = on.t
    return LostView(Link(on.to(urls.HOME), t("page.home")), Link(on.to(urls.FIND), t("page.find")), Link(on.to(urls.HELP_NOW), t("page.help")))
