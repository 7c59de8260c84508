"""Which of our fields each format cannot carry. What is not named here travels: a test changes every field and looks what arrives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handrail.schemas import library

_WITHHELD = ("channels[].why",)
"""Why a channel waits: drafts are published nowhere."""
_TRACE = (
    "seen",
    "website_seen",
    "coverage.seen",
    "channels[].seen",
    "channels[].verified",
    "channels[].hours.seen",
    "channels[].hours.verified",
    "places[].seen",
    "places[].verified",
    "places[].hours.seen",
    "places[].hours.verified",
    "meetings[].seen",
    "access.seen",
    "access.verified",
    "waiting.seen",
    "cost.seen",
    "cost.verified",
    "confidentiality.seen",
    "confidentiality.verified",
    "handoff.seen",
    "mentoring.seen",
    "mentoring.verified",
    "organization.website_seen",
    "organization.sources",
)
"""Where facts were read and who checked them: no other format keeps this fact by fact."""
_OURS = (
    "verified.how",
    "verified.by",
    "verified.what",
    "translations",
    "places[].area",
    "organization.partner",
    "organization.name_language",
    "organization.translations",
)
"""What no other format has a place for."""
_HSDS = (*_WITHHELD, *_TRACE, *_OURS)
_FACTS = (
    "name_language",
    "discreet_name",
    "not_for",
    "limits",
    "access",
    "waiting",
    "interpreters",
    "confidentiality",
    "handoff",
    "mentoring",
    "use_instead",
    "status_since",
    "coverage.except",
    "coverage.note",
    "channels[].answered_by",
    "channels[].anonymous",
    "channels[].shows_on_bill",
    "channels[].vanity",
    "channels[].sign_language",
    "channels[].region",
    "channels[].extension",
    "channels[].cost",
    "places[].id",
    "organization.kind",
    "organization.regions",
)
"""Facts that HSDS carries in attributes, and the others, whose attributes have no value or that have none, cannot."""
_TABLE = (
    "alternate_names",
    "description",
    "accreditations",
    "cost.note",
    "status_note",
    "meetings",
    "channels[].label",
    "channels[].keys",
    "channels[].languages",
    "channels[].note",
    "channels[].status",
    "channels[].hours.exceptions",
    "channels[].hours.note",
    "channels[].hours.unknown",
    "places[].name",
    "places[].region",
    "places[].latitude",
    "places[].longitude",
    "places[].accessibility",
    "places[].access_note",
    "places[].hours",
    "organization.id",
    "organization.alternate_names",
    "organization.description",
    "organization.website",
    "organization.corrections",
    "organization.identifiers",
)
"""For what a table with a service a line has no room."""
_SEARCHED = (
    "summary",
    "crisis",
    "ages.note",
    "topics",
    "audiences",
    "languages",
    "cost",
    "status",
    "status_note",
    "accreditations",
    "added",
    "verified",
    "meetings",
    "channels[].keyword",
    "channels[].keys",
    "channels[].note",
    "channels[].hours.time_zone",
    "channels[].hours.unknown",
    "channels[].hours.note",
    "channels[].hours.exceptions[].note",
    "places[].accessibility",
    "places[].access_note",
    "places[].hours.time_zone",
    "places[].hours.unknown",
    "places[].hours.note",
    "places[].hours.exceptions[].note",
    "organization.corrections",
)
"""What search engines are not told."""

LOST: Mapping[str, tuple[str, ...]] = {
    "JSON 1": _WITHHELD,
    "HSDS 3.0": _HSDS,
    "Open Referral UK 3.0": (
        *_HSDS,
        *_FACTS,
        "summary",
        "crisis",
        "ages.note",
        "for_whom",
        "languages",
        "added",
        "alternate_names",
        "channels[].immediate",
        "channels[].languages",
        "meetings[].place",
        "organization.alternate_names",
    ),
    "CSV": (*_HSDS, *_FACTS, *_TABLE),
    "schema.org": (*_HSDS, *_FACTS, *_SEARCHED),
}
PARTLY: Mapping[str, tuple[str, ...]] = {
    "JSON 1": ("loss.closed", "loss.drafts", "loss.hidden"),
    "HSDS 3.0": ("loss.closed", "loss.drafts", "loss.address"),
    "Open Referral UK 3.0": ("loss.closed", "loss.drafts", "loss.address"),
    "CSV": ("loss.closed", "loss.drafts", "loss.area", "loss.first"),
    "schema.org": ("loss.closed", "loss.drafts", "loss.area"),
}
"""What a format leaves out of some entries only: keys of words."""


@dataclass(frozen=True, slots=True)
class Losses:
    """What one format cannot carry."""

    format: str
    fields: tuple[tuple[str, str], ...]
    """Path and title of each field."""
    partly: tuple[str, ...]
    """Keys of words about what is left out of some entries."""


def report() -> list[Losses]:
    """Return what each format cannot carry."""
    return [Losses(name, tuple(lost(name)), PARTLY[name]) for name in LOST]


def lost(format: str) -> Iterator[tuple[str, str]]:
    """Yield each field that a format cannot carry, with its title: ``channels[].seen``, "Seen in"; one that belongs to another is not named again."""
    titles = dict(fields())
    paths = sorted(dict.fromkeys(LOST[format]))
    for path in paths:
        if not any(path.startswith((f"{other}.", f"{other}[]")) for other in paths):
            yield path, titles[path]


def fields() -> Iterator[tuple[str, str]]:
    """Yield every field of a service and of an organization, with its title."""
    for path, schema in library.fields("service"):
        yield path, str(schema.get("title", path))
    for path, schema in library.fields("organization"):
        if not path.startswith("services"):
            yield f"organization.{path}", str(schema.get("title", path))
