"""What can be taken along of a region or a topic: booklets, packs and small pages, and the rules which of them exist."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.directory import Directory

MOST = 120
"""Services in a booklet on the site: some 40 sheets of paper and 200 KB. The command line makes longer ones."""
MOST_PACKED = 400
"""Services in a pack that a build makes."""


def booklet(region: str) -> str:
    """Return the page of the booklet of a region."""
    return f"booklets/regions/{region}.md"


def topic_booklet(topic: str) -> str:
    """Return the page of the booklet of a topic."""
    return f"booklets/topics/{topic}.md"


def pack(region: str) -> str:
    """Return the file of the pack of a region."""
    return f"packs/{region}.zip"


def embed(region: str, topic: str = "") -> str:
    """Return the file of a small page."""
    return f"embed/{region}/{topic or 'index'}.html"


def sources(directory: Directory, *, heavy: bool, addressed: bool) -> frozenset[str]:
    """Return the page or file of everything that exists. ``heavy`` is false for a directory too large for booklets and packs beside its
    pages; ``addressed`` is true when the site's own address is known: a frame elsewhere could otherwise lead nowhere.
    """
    return frozenset((*(_heavy(directory) if heavy else ()), *(_embeds(directory) if addressed else ())))


def _heavy(directory: Directory) -> Iterator[str]:
    for region in directory.regions:
        whole = sum(service.is_open_to_people for service, _ in directory.reaching(region.id))
        own = sum(through.id == region.id and service.is_open_to_people for service, through in directory.reaching(region.id))
        below = sum(service.is_open_to_people for service in directory.inside(region.id))
        if own + below and whole + below <= MOST:
            yield booklet(region.id)
        if region.is_country and 0 < whole + below <= MOST_PACKED:
            yield pack(region.id)
    for topic in directory.topics:
        if 0 < sum(service.is_open_to_people for service in directory.of_topic(topic)) <= MOST:
            yield topic_booklet(topic)


def _embeds(directory: Directory) -> Iterator[str]:
    for region in directory.regions:
        if any(service.is_open_to_people for service, _ in directory.reaching(region.id)) or any(
            service.is_open_to_people for service in directory.inside(region.id)
        ):
            yield embed(region.id)
            yield from (embed(region.id, topic) for topic in directory.topics if directory.has_own_page(region.id, topic))
