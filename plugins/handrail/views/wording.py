"""Dates, times, lists, languages, ages and places in words of the interface's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from handrail.model.directory import Directory
from handrail.model.region import Coverage
from handrail.model.values import Ages, Source, Stated, Verification
from handrail.text.words import Words
from handrail.views.values import TrustView


def day(value: date, t: Words) -> str:
    """Return "12 March 2026"."""
    return t("date.day", day=value.day, month=t(f"month.{value.month}"), year=value.year)


def dated(source: Source, t: Words) -> str:
    """Return how old a page says it is: "page dated November 2024", "undated page"."""
    if source.dated == "undated":
        return t("date.undated")
    parts = [int(part) for part in source.dated.split("-")]
    if len(parts) == 1:
        words = str(parts[0])
    elif len(parts) == 2:
        words = t("date.month", month=t(f"month.{parts[1]}"), year=parts[0])
    else:
        words = day(date(*parts), t)
    return t("date.dated", date=words)


def listed(items: Sequence[str], t: Words) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return t("list.and", a=", ".join(items[:-1]), b=items[-1])


@cache
def language_name(tag: str, interface: str) -> str:
    """Return the name of a language in the interface's language; the tag itself where it has none."""
    try:
        locale = Locale.parse(interface, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    # Some languages are named under the code of the one that stands for them: cmn under zh.
    codes = (tag.replace("-", "_"), tag.split("-")[0], get_global("language_aliases").get(tag, tag))
    return next((name for code in codes if (name := locale.languages.get(code))), tag)


def languages(tags: Sequence[str], t: Words) -> str:
    """Return the names of languages as a list in words."""
    return listed([language_name(tag, t.language) for tag in tags], t)


def stated(value: Stated, t: Words) -> str:
    """Return "Yes", "No" or "Not stated"."""
    return t("answer.not-stated" if value is None else "answer.yes" if value else "answer.no")


def ages(value: Ages | None, t: Words) -> str:
    """Return "16 to 25", "18 and over", "Up to 18"; empty when nothing is stated."""
    if value is None:
        return ""
    if value.min is not None and value.max is not None:
        words = t("ages.between", min=value.min, max=value.max)
    elif value.min is not None:
        words = t("ages.from", min=value.min)
    elif value.max is not None:
        words = t("ages.to", max=value.max)
    else:
        return value.note
    return f"{words}. {value.note}" if value.note else words


def where(coverage: Coverage, directory: Directory, t: Words) -> str:
    """Return the regions of a coverage in words: "Scotland", "United States (not Texas)"."""
    names = [directory.regions[region].name for region in coverage.regions]
    words = listed(names, t) if len(names) <= 4 else t("where.more", first=", ".join(names[:3]), count=len(names) - 3)
    if coverage.excepted:
        return t("where.except", regions=words, excepted=listed([directory.regions[region].name for region in coverage.excepted], t))
    return words


def trust(verification: Verification | None, limit: int, t: Words) -> TrustView:
    """Return when facts were confirmed with the service, in words."""
    if verification is None:
        return TrustView(False, t("trust.none"), "", limit)
    how, when = t(f"how.{verification.how}"), day(verification.date, t)
    if verification.what:
        words = t("trust.part", what=listed([t(f"what.{what}") for what in verification.what], t), date=when, how=how)
    else:
        words = t("trust.by", date=when, how=how)
    return TrustView(True, words, verification.date.isoformat(), limit)
