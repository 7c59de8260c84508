"""Which of our fields each format cannot carry. What is not named here travels, and tests hold that it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.schemas import library

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
)
"""Where facts were read and who checked them: no other format keeps this fact by fact."""
_WITHHELD = ("channels[].status", "channels[].why")
"""What is not published anywhere: drafts of channels, and why they wait."""
_ORGANIZATION = ("organization.sources", "organization.partner", "organization.website_seen", "organization.name_language", "organization.translations")
_HSDS = (
    *_WITHHELD,
    *_TRACE,
    "verified.how",
    "verified.by",
    "verified.what",
    "translations",
    "meetings",
    "places[].area",
    "places[].visibility",
    *_ORGANIZATION,
)
_FACTS = (
    "discreet_name",
    "for_whom",
    "not_for",
    "limits",
    "access",
    "waiting",
    "interpreters",
    "confidentiality",
    "handoff",
    "mentoring",
    "crisis",
    "use_instead",
    "ages",
    "coverage.except",
    "coverage.note",
    "name_language",
    "alternate_names",
    "summary",
    "languages",
    "added",
    "changed",
    "status_since",
    "channels[].answered_by",
    "channels[].anonymous",
    "channels[].shows_on_bill",
    "channels[].immediate",
    "channels[].keyword",
    "channels[].keys",
    "channels[].vanity",
    "channels[].sign_language",
    "channels[].region",
    "channels[].label",
    "channels[].extension",
    "channels[].languages",
    "channels[].cost",
    "places[].id",
    "places[].region",
    "organization.kind",
    "organization.regions",
    "organization.alternate_names",
)
"""Facts that HSDS carries in attributes; the profile of the UK has no value in its attributes."""
_CHANNELS = tuple(
    f"channels[].{name}"
    for name in (
        "answered_by",
        "anonymous",
        "shows_on_bill",
        "immediate",
        "note",
        "keys",
        "vanity",
        "sign_language",
        "region",
        "label",
        "extension",
        "languages",
        "cost",
    )
)
_PROSE = (
    "description",
    "not_for",
    "limits",
    "access",
    "waiting",
    "interpreters",
    "confidentiality",
    "handoff",
    "mentoring",
    "accreditations",
    "alternate_names",
    "name_language",
    "discreet_name",
    "use_instead",
    "status_note",
    "status_since",
    "coverage.except",
    "coverage.note",
    "cost.note",
    "verified.how",
    "verified.by",
    "verified.what",
    "translations",
    "meetings",
)

LOST: Mapping[str, tuple[str, ...]] = {
    "JSON 1": _WITHHELD,
    "HSDS 3.0": _HSDS,
    "Open Referral UK 3.0": (*_HSDS, *_FACTS),
    "CSV": (
        *_WITHHELD,
        *_TRACE,
        *_PROSE,
        *_CHANNELS,
        *_ORGANIZATION,
        "organization.kind",
        "organization.description",
        "organization.identifiers",
        "organization.regions",
        "organization.alternate_names",
        "organization.corrections",
        "organization.website",
        "places[].accessibility",
        "places[].access_note",
        "places[].hours",
        "places[].latitude",
        "places[].longitude",
    ),
}


def report() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each format with the fields that it can not carry."""
    return [(name, list(lost(name))) for name in LOST]


def lost(format: str) -> Iterator[tuple[str, str]]:
    """Yield each field that a format cannot carry, with its title: ``channels[].seen``, "Seen in"."""
    titles = dict(fields())
    for path in sorted(dict.fromkeys(LOST[format])):
        yield path, titles[path]


def fields() -> Iterator[tuple[str, str]]:
    """Yield every field of a service and of an organization, with its title."""
    for path, schema in library.fields("service"):
        yield path, str(schema.get("title", path))
    for path, schema in library.fields("organization"):
        if not path.startswith("services"):
            yield f"organization.{path}", str(schema.get("title", path))
