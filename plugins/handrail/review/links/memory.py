"""What is remembered between runs: how each address answered last, since when, and how often it failed in a row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from handrail.issues.issue import HandrailError
from handrail.model.upkeep import LinkSummary

NAME = "link-results.json"
"""Beside the root file of the registry."""
STATES = ("ok", "moved", "dead", "unsure", "not-checked")


@dataclass(frozen=True, slots=True)
class Result:
    """How one address answered."""

    state: str
    """``ok``; ``moved`` for good; ``dead``; ``unsure`` (it may be back, or keeps robots out); ``not-checked`` (robots.txt asks so)."""
    why: str = ""
    to: str = ""
    """Where it moved."""
    failures: int = 0
    """Runs in a row without a good answer."""
    good: str = ""
    """The last day on which it answered; empty when it never did."""
    checked: str = ""


def load(path: Path) -> dict[str, Result]:
    """Return the results of earlier runs; none when there is no file."""
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text("utf-8"))
        return {address: Result(**{key: value for key, value in each.items() if key in Result.__slots__}) for address, each in data["links"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise HandrailError(f"{path.name} is not a file of link results; delete it to start afresh") from None


def save(path: Path, results: Mapping[str, Result], today: date) -> None:
    """Write the results, sorted, so that a change shows as the lines that changed."""
    links = {address: {key: value for key, value in asdict(result).items() if value} for address, result in sorted(results.items())}
    data = {"checked": today.isoformat(), "links": links}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def summary(path: Path) -> LinkSummary:
    """Return the counts of the last run; nothing when there was none or its file cannot be read."""
    try:
        results = load(path)
    except HandrailError:
        return LinkSummary()
    days = [date.fromisoformat(result.checked) for result in results.values() if result.checked]
    counts = Counter(result.state for result in results.values())
    return LinkSummary(max(days, default=None), {state: counts[state] for state in STATES if counts[state]})
