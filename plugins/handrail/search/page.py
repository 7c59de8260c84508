"""What the find page shows: a form that a script wakes, and a list that needs none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup as Html

from handrail.search.build import SearchFiles
from handrail.search.records import GuideRecord
from handrail.views import cards, urls, wording
from handrail.views.context import NOTHING, Context
from handrail.views.values import CrisisView, Crumb, Link

MOST_LISTED = 200
"""Up to so many services stand on the page itself; above, it leads to regions, topics and the list from A to Z."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter; its count is filled in by the script."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its choices."""

    id: str
    legend: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FindView:
    """The find page."""

    crumbs: tuple[Crumb, ...]
    filters: tuple[Filter, ...]
    crisis: tuple[CrisisView, ...]
    help_href: str
    guides: tuple[Link, ...]
    """Guides for those who worry about somebody else."""
    services: tuple[Link, ...]
    """All services, while they are few; otherwise nothing."""
    regions: tuple[Link, ...]
    topics: tuple[Link, ...]
    all_href: str
    count: int
    config: Html
    """JSON for the script."""
    body: Html


def find(on: Context, files: SearchFiles, guides: Iterable[GuideRecord] = (), body: Html = NOTHING) -> FindView:
    """Return the find page. ``body`` is what an author wrote on it."""
    directory, t = on.directory, on.t
    services = [service for service in directory.services.values() if service.is_open_to_people]
    listed = sorted(services, key=lambda each: (each.name.casefold(), each.id)) if len(services) <= MOST_LISTED else []
    top = [region for region in directory.regions if not region.parent or not directory.regions[region.parent].parent]
    return FindView(
        crumbs=on.crumbs(), filters=_filters(on, [service.kind for service in services]),
        crisis=tuple(cards.crisis(each, directory, t, on.to) for each in directory.crisis.values()), help_href=on.to(urls.HELP_NOW),
        guides=tuple(Link(on.to.up + guide.url, guide.title) for guide in guides if guide.on_crisis),
        services=tuple(on.service_link(service, f"{t(f'kind.{service.kind}')}, {wording.where(service.coverage, directory, t)}") for service in listed),
        regions=tuple(on.region_link(region.id) for region in top), topics=tuple(on.topic_link(topic) for topic in directory.topics),
        all_href=on.to(urls.ALL), count=files.count, config=Html(files.config), body=body,
    )


def _filters(on: Context, kinds: Sequence[str]) -> tuple[Filter, ...]:
    directory, t = on.directory, on.t
    used = list(directory.services.values())
    spoken = [(*service.languages, *(each for channel in service.channels for each in channel.languages)) for service in used]
    channels = sorted({channel.type for service in used for channel in service.channels}, key=CHANNELS.index)
    languages = sorted({language for each in spoken for language in each})
    costs = sorted({service.cost.kind for service in used if service.cost})
    models = sorted({model for service in used if service.mentoring for model in service.mentoring.models})
    found = [
        Filter("open", t("find.open"), (Choice("yes", t("find.open_now")),)),
        Filter("channel", t("find.channel"), tuple(Choice(each, t(f"channel.{each}")) for each in channels)),
        Filter("topic", t("find.topic"), tuple(Choice(each.id, each.name) for each in directory.topics.values())),
        Filter("audience", t("find.audience"), tuple(Choice(each.id, each.name) for each in directory.audiences.values())),
        Filter("kind", t("find.kind"), (*(Choice(each, t(f"kind.{each}")) for each in sorted(set(kinds))),
                                        Choice("organization", t("find.organization")), Choice("guide", t("find.guide")))),
        Filter("cost", t("find.cost"), tuple(Choice(each, t(f"cost.{each}")) for each in costs)),
        Filter("language", t("find.language"), tuple(Choice(each, wording.language_name(each, t.language)) for each in languages)),
        Filter("model", t("find.model"), tuple(Choice(each, t(f"model.{each}")) for each in models)),
        Filter("referral", t("find.needs"), (Choice("yes", t("find.no_referral")),)),
        Filter("id", t("find.needs"), (Choice("yes", t("find.no_id")),)),
        Filter("insurance", t("find.needs"), (Choice("yes", t("find.no_insurance")),)),
        Filter("verified", t("find.verified"), (Choice("yes", t("find.verified_year")),)),
    ]
    return tuple(each for each in found if each.choices)


CHANNELS = ("phone", "text", "chat", "in-person", "email", "web", "app", "video", "sign-language-video", "textphone", "relay", "post")
"""Kinds of channel in the order of the filter."""
