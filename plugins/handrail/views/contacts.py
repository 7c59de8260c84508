"""Channels as a page shows them: what to press, what is said beside it, and where it was read."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.model.directory import Directory
from handrail.model.values import Channel, Service
from handrail.text import phone, web
from handrail.text.words import Words
from handrail.views import hours, trust, wording
from handrail.views.values import ContactView

NUMBERS = frozenset(("phone", "text", "textphone", "relay"))
ORDER = ("phone", "text", "chat", "textphone", "relay", "sign-language-video", "video", "in-person", "email", "app", "web", "post")
"""Kinds of channel in the order in which a person in a hurry would try them."""
_PLACES = {kind: place for place, kind in enumerate(ORDER)}


def ordered(service: Service) -> list[Channel]:
    """Return the channels, those on which somebody answers at once first; within a kind as the entry has them."""
    if len(service.channels) < 2:
        return list(service.channels)
    return sorted(service.channels, key=lambda channel: (not channel.answers_at_once, _PLACES[channel.type]))


def view(channel: Channel, service: Service, directory: Directory, t: Words, numbers: Mapping[str, int]) -> ContactView:
    """Return one channel; ``numbers`` gives each source its number in the page's list."""
    display, href = display_and_link(channel)
    return ContactView(
        type=channel.type, heading=heading(channel, t), display=display, href=href, action=_action(channel, display, t),
        then=" · ".join(_then(channel, t)), vanity=channel.vanity, hours=hours.view(channel.hours, t, can_ask=channel.answers_at_once),
        facts=tuple(_facts(channel, t)), note=channel.note, external=href.startswith("http"),
        trust=trust.channel(channel, service, directory, t),
        sources=tuple(numbers[source] for source in channel.seen if source in numbers),
    )


def heading(channel: Channel, t: Words) -> str:
    """Return what a channel is called."""
    return channel.label or t(f"channel.{channel.type}")


def display_and_link(channel: Channel) -> tuple[str, str]:
    """Return what is read and printed, and the link; the link is empty for what cannot be opened."""
    value = channel.value
    if channel.type == "text":
        return value, phone.sms(value, channel.keyword)
    if channel.type in NUMBERS:
        return value, phone.tel(value)
    if channel.type == "email":
        return value, web.mailto(value)
    if channel.type in ("chat", "web", "app") or value.startswith(("https://", "http://")):
        return web.host(value) if not web.problem(value) else value, value if not web.problem(value) else ""
    if channel.type in ("sign-language-video", "video") and not phone.problem(value):
        return value, phone.tel(value)
    return value, ""


def _action(channel: Channel, display: str, t: Words) -> str:
    if channel.type == "text" and channel.keyword:
        return t("action.text-keyword", keyword=channel.keyword, value=display)
    if channel.type == "sign-language-video" and not phone.problem(channel.value):
        return t("action.sign-language-number", value=display)
    return t(f"action.{channel.type}", value=display)


def _then(channel: Channel, t: Words) -> list[str]:
    words = []
    if channel.extension:
        words.append(t("then.extension", extension=channel.extension))
    if channel.keys:
        words.append(t("then.keys", keys=channel.keys))
    return words


def _facts(channel: Channel, t: Words) -> list[tuple[str, str]]:
    facts = []
    if channel.cost:
        words = t(f"channel-cost.{channel.cost.kind}")
        facts.append((t("fact.cost"), f"{words}. {channel.cost.note}" if channel.cost.note else words))
    if channel.sign_language:
        facts.append((t("fact.sign-language"), wording.language_name(channel.sign_language, t.language)))
    if channel.languages:
        facts.append((t("fact.languages"), wording.languages(channel.languages, t)))
    if channel.answered_by:
        facts.append((t("fact.answered-by"), channel.answered_by))
    if channel.anonymous is not None:
        facts.append((t("fact.anonymous"), wording.stated(channel.anonymous, t)))
    if channel.shows_on_bill is not None:
        facts.append((t("fact.shows-on-bill"), wording.stated(channel.shows_on_bill, t)))
    return facts
