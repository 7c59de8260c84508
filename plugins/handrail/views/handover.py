"""What is handed over: a service as a few lines for paper, a message or an address book, openly or discreetly.

The discreet form is made of neutral parts only: the entry's discreet name (or a neutral word for its kind), numbers, hours,
town and street. Free texts, names, web addresses and labels are left out, because any of them can give a subject away; what
then still holds a word of the sensitive vocabulary is left out too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.model.directory import Directory
from handrail.model.hours import Hours
from handrail.model.values import Channel, Meeting, Place, Service
from handrail.model.vocabulary import Vocabulary
from handrail.text import web
from handrail.text.words import Words
from handrail.views import contacts, hours, urls, wording
from handrail.views.context import Context
from handrail.views.values import HandView, Link, MyListView

SPOKEN = ("phone", "text", "textphone", "relay")
"""Kinds of channel whose number gives nothing away."""
COMPARED = ("for", "reach", "hours", "cost", "languages", "anonymous", "referral", "id", "insurance", "appointment", "waiting", "where", "checked")
"""What is compared side by side, in this order."""


@dataclass(slots=True)
class Way:
    """One way to reach a service, in words that need no page around them."""

    type: str
    heading: str
    display: str
    href: str
    then: str
    """Keyword, keys or extension: what to do besides dialling."""
    hours: str
    cost: str

    @property
    def line(self) -> str:
        """All of it on one line."""
        return ". ".join(filter(None, (f"{self.heading}: {self.display}" if self.display else self.heading, self.then, self.hours, self.cost)))


def ways(service: Service, directory: Directory, t: Words) -> list[Way]:
    """Return the ways to reach a service, the quickest first, and its website last."""
    found = [_way(channel, contacts.heading(channel, t), t) for channel in contacts.ordered(service)]
    if service.website and not any(way.href.rstrip("/") == service.website.rstrip("/") for way in found):
        found.append(Way("web", t("channel.web"), web.host(service.website), service.website, "", "", ""))
    return found


def quickest(service: Service, directory: Directory, t: Words) -> Way | None:
    """Return the first of the ways to reach a service; None where there is none."""
    if not service.channels:
        return next(iter(ways(service, directory, t)), None)
    first = contacts.ordered(service)[0]
    return _way(first, contacts.heading(first, t), t)


def discreet_ways(service: Service, vocabulary: Vocabulary, t: Words, reach: Sequence[Way] = ()) -> tuple[list[Way], int]:
    """Return the numbers that may stand on anything discreet, and how many ways were left out.

    ``reach`` are its ways where they were made already: of a channel without a label they are the same.
    """
    found = [reach[place] if reach and not channel.label else _way(channel, t(f"channel.{channel.type}"), t)
             for place, channel in enumerate(contacts.ordered(service)) if channel.type in SPOKEN]
    safe = [way for way in found if not vocabulary.found(way.line)]
    return safe, len(service.channels) + bool(service.website) - len(safe)


def _way(channel: Channel, heading: str, t: Words) -> Way:
    display, href = contacts.display_and_link(channel)
    then = []
    if channel.type == "text" and channel.keyword:
        then.append(t("hand.keyword", keyword=channel.keyword))
    if channel.extension:
        then.append(t("then.extension", extension=channel.extension))
    if channel.keys:
        then.append(t("then.keys", keys=channel.keys))
    when = _when(channel.hours, t, channel.answers_at_once) if channel.hours else ""
    cost = t(f"channel-cost.{channel.cost.kind}") if channel.cost else ""
    return Way(channel.type, heading, display, href, ", ".join(then), when, cost)


def _when(known: Hours, t: Words, can_ask: bool) -> str:
    """Return hours on one line."""
    view = hours.view(known, t, can_ask=can_ask)
    return f"{view.summary} ({view.zone})" if view.zone else view.summary


def neutral_name(service: Service, vocabulary: Vocabulary, t: Words) -> str:
    """Return the discreet name, or a neutral word for the kind where there is none that is safe."""
    name = service.discreet_name
    return name if name and not vocabulary.found(name) else t(f"discreet.{service.kind}")


def address(place: Place) -> str:
    """Return the whole address of a place that may be shown in full; otherwise an empty string."""
    if place.visibility != "full":
        return ""
    return ", ".join(filter(None, (place.street, " ".join(filter(None, (place.locality, place.postcode))))))


def meeting_time(meeting: Meeting, t: Words) -> str:
    """Return "Tuesday, 19:00 to 20:30"."""
    times = hours.clock(meeting.starts) if meeting.ends is None else t("hours.span", opens=hours.clock(meeting.starts), closes=hours.clock(meeting.ends))
    return t("hours.day", days=t(f"day.{meeting.day}"), times=times)


def emergency(service: Service, directory: Directory) -> list[tuple[str, str]]:
    """Return the emergency numbers of the countries of a service, with the country's name; none for services of the whole world."""
    numbers = {}
    for region in service.coverage.regions:
        help = directory.crisis_for(region)
        if help:
            numbers[directory.regions[help.region].name] = help.emergency.value
    return list(numbers.items()) if len(numbers) < 4 else []


def message(service: Service, reach: Sequence[Way], address_of_page: str) -> str:
    """Return a service as a plain text for a message, its page at the end where the site's address is known."""
    lines = [service.name, *(way.line for way in reach if way.type != "web" or not address_of_page)]
    return "\n".join(filter(None, (*lines, address_of_page)))


def discreet_message(service: Service, safe: Sequence[Way], vocabulary: Vocabulary, t: Words) -> str:
    """Return the same without anything that tells what it is about."""
    return "\n".join([neutral_name(service, vocabulary, t), *(way.line for way in safe)])


def hand(service: Service, on: Context) -> HandView:
    """Return the links that hand a service over; all of them work without scripts but the list's."""
    t = on.t
    page = urls.absolute(on.base, urls.service(service.id), on.to.directory_urls) if on.base else ""
    reach = ways(service, on.directory, t)
    safe, _ = discreet_ways(service, on.directory.vocabulary, t, reach)
    text = message(service, reach, page)
    quiet = discreet_message(service, safe, on.directory.vocabulary, t)
    mine = on.to(urls.MY_LIST, f"list={service.id}")
    return HandView(
        service.id,
        sms=f"sms:?&body={web.percent(text)}",
        email=web.mailto("", service.name, text),
        quiet_sms=f"sms:?&body={web.percent(quiet)}",
        card=on.to(urls.MY_LIST, f"list={service.id}&as=card"),
        list=mine,
    )


def item(service: Service, reach: list[Way], safe: tuple[list[Way], int], directory: Directory, t: Words, directory_urls: bool) -> dict[str, object]:
    """Return a service as the list page needs it: short keys, because thousands of these are shipped.

    ``n`` name, ``g`` language of it, ``k`` kind, ``o`` organization, ``u`` page from the root of the site, ``l`` what it is for,
    ``w`` ways (heading, value, link, what to do, hours, cost), ``a`` addresses, ``m`` meetings, ``e`` emergency numbers, ``c`` what is
    compared (empty means not stated), ``h`` the hand-over (before, they ask, next, nobody answers), ``q`` the discreet form: ``n``, ``w``,
    ``a``, ``m`` and ``x``, the number of ways left out.
    """
    places = list(filter(None, map(address, service.places)))
    made: dict[str, object] = {
        "n": service.name,
        "k": t(f"kind.{service.kind}"),
        "u": urls.destination(urls.service(service.id), directory_urls),
        "l": service.for_whom or service.summary,
        "w": [_row(way) for way in reach],
        "c": compared(service, reach, directory, t),
        "q": quiet(service, safe, directory.vocabulary, t, places),
    }
    organization = directory.organizations[service.organization].name
    own = service.handoff
    further: Mapping[str, object] = {
        "g": service.name_language,
        "o": organization if organization != service.name else "",
        "a": places,
        "m": [" ".join(filter(None, (meeting.name, meeting_time(meeting, t)))) for meeting in service.meetings],
        "e": emergency(service, directory),
        "h": [own.before, own.they_ask, own.next, own.no_answer] if own else None,
    }
    made.update((key, value) for key, value in further.items() if value)
    return made


def quiet(service: Service, safe: tuple[list[Way], int], vocabulary: Vocabulary, t: Words, places: list[str]) -> dict[str, object]:
    """Return the discreet form of an item."""
    spoken, left = safe
    made: dict[str, object] = {"n": neutral_name(service, vocabulary, t), "w": [_row(way) for way in spoken]}
    further = {"a": [place for place in places if not vocabulary.found(place)], "m": [meeting_time(meeting, t) for meeting in service.meetings], "x": left}
    made.update((key, value) for key, value in further.items() if value)
    return made


def compared(service: Service, reach: list[Way], directory: Directory, t: Words) -> list[str]:
    """Return what is compared, in the order of ``COMPARED``; what is not stated is empty."""
    first = reach[0] if reach else None
    access = service.access
    answers = [
        "" if value is None else wording.stated(value, t)
        for value in (service.confidentiality.anonymous, access.referral, access.id, access.insurance, access.appointment)
    ]
    return [
        service.for_whom or service.summary,
        f"{first.heading}: {first.display}" if first else "",
        first.hours if first else "",
        t(f"cost.{service.cost.kind}") if service.cost else "",
        wording.languages(service.languages, t),
        *answers,
        t(f"waiting.{service.waiting.state}") if service.waiting else "",
        wording.where(service.coverage, directory, t),
        wording.trust(service.verified, directory.limits.contacts, t).words,
    ]


def _row(way: Way) -> list[str]:
    row = [way.heading, way.display, way.href, way.then, way.hours, way.cost]
    while row and not row[-1]:
        row.pop()
    return row


def my_list(on: Context, chunks: int, *, qr: bool) -> MyListView:
    """Return the list page: everything on it is filled in by the browser from what the link holds."""
    t = on.t
    return MyListView(
        crumbs=on.crumbs((urls.FIND, t("page.find"))),
        title=t("mylist.title"),
        lead=t("mylist.lead"),
        root=on.to(urls.HOME),
        chunks=on.to(urls.LIST_CHUNKS),
        count=chunks,
        find=Link(on.to(urls.FIND), t("page.find")),
        labels=tuple(t(f"compare.{name}") for name in COMPARED),
        checklist=(
            tuple(t(f"checklist.before.{n}") for n in (1, 2, 3)),
            tuple(t(f"checklist.ask.{n}") for n in (1, 2)),
            tuple(t(f"checklist.next.{n}") for n in (1, 2)),
            t("checklist.no-answer"),
        ),
        say=tuple(t(f"hand.say.{n}") for n in (1, 2)),
        qr=on.to(urls.QR) if qr else "",
        help=Link(on.to(urls.HELP_NOW), t("page.help")),
    )
