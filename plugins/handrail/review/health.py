"""How the directory stands: counts for whoever looks after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from handrail.model import freshness
from handrail.model.directory import Directory
from handrail.model.upkeep import Gaps, Health, LinkSummary
from handrail.model.values import Service
from handrail.text import reading

SHORTEST = 30
"""Words below which the grade of a text means little."""


def health(directory: Directory, gaps: Gaps, *, guides: Iterable[float] = (), pages: int = 0, files: int = 0, links: LinkSummary | None = None) -> Health:
    """Return the counts of a directory; ``guides`` are the reading grades of its guides."""
    services = [service for service in directory.services.values() if service.is_open_to_people]
    contacts = [standing for service in services for standing in freshness.contacts(service, directory.limits)]
    due = Counter(standing.until.isoformat()[:7] for standing in contacts if standing.until)
    whole = [draft for draft in directory.drafts if not draft.channel]
    grades = Counter(round(grade) for service in services if (grade := _grade(service)) is not None)
    tree = directory.regions

    def named(regions: tuple[str, ...]) -> set[str]:
        return {country.id for region in regions if (country := tree.country(region))}

    own = Counter(country for service in services for country in named(service.coverage.regions))
    topics = [gaps.topics[country.id, topic] for country in tree.countries() for topic in directory.topics]
    waiting = Counter(country for draft in whole for country in named(draft.coverage.regions))
    return Health(
        kinds=_ordered(Counter(service.kind for service in services)), statuses=_ordered(Counter(service.status for service in directory.services.values())),
        countries={country.id: (own[country.id], waiting[country.id]) for country in tree.countries()}, drafts=len(whole),
        held=len(directory.drafts) - len(whole), due=dict(sorted(due.items())), confirmed=sum(standing.confirmed is not None for standing in contacts),
        never=sum(standing.confirmed is None for standing in contacts), grades=dict(sorted(grades.items())), pages=pages, files=files,
        links=links or LinkSummary(), guides=dict(sorted(Counter(map(round, guides)).items())), missing=sum(not (cell.whole or cell.parts) for cell in topics),
        looked=len(topics), unmet=sum(not result.services for result in gaps.rules),
    )


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _grade(service: Service) -> float | None:
    found = reading.read(" ".join(filter(None, (service.summary, service.for_whom, service.description))))
    return found.grade if found.words >= SHORTEST else None
