"""Writes registries of any size for measuring: the same number and seed give the same bytes.

    python bench/build/generate.py 10000 FOLDER            made entries
    python bench/build/generate.py facilities FOLDER       the real facilities, where HANDRAIL_DATA names the folder that holds them

Made entries copy the shape of a national directory: a few words make up most of a text (Zipf), most services cover one
county and a few the whole country, most organizations run one service and a few run many.
"""

from __future__ import annotations

import csv
import os
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Data = dict[str, Any]

SYLLABLES = 3000
KINDS = ("helpline", "peer-support", "peer-mentoring", "support-group", "counselling", "warm-line", "advocacy", "clinic", "information")
COSTS = ("free", "donation", "sliding-scale", "paid")
LANGUAGES = ("en", "es", "fr", "zh", "ar", "vi")
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
SITE = {
            "name": "Bench", "description": "A registry for measuring.", "language": "en", "corrections": "corrections@example.org", "leave_to": "https://www.example.org"}
SEEN = ["site"]


class Made:
    """Everything that is drawn by lot for one registry."""

    def __init__(self, count: int, seed: int) -> None:
        self.count = count
        self.chance = random.Random(f"{seed}:{count}")
        self._words = [
            "".join(self.chance.choice("bcdfglmnprst") + self.chance.choice("aeiou") for _ in range(self.chance.randint(1, 4))) for _ in range(SYLLABLES)]
        total, self._ranks = 0.0, []
        for rank in range(SYLLABLES):
            total += 1 / (rank + 3)
            self._ranks.append(total)

    def words(self, count: int) -> str:
        """Return words, frequent ones often."""
        return " ".join(self.chance.choices(self._words, cum_weights=self._ranks, k=count)).capitalize()

    def text(self, count: int) -> str:
        """Return sentences of about twelve words."""
        return " ".join(self.words(min(12, count - start)) + "." for start in range(0, count, 12))

    def regions(self) -> Iterator[Data]:
        """Yield a country, its states and their counties: about one county for forty entries, so that each has a list to show."""
        yield {"id": "xx", "name": "Exland", "kind": "country", "iso": "XX", "calling_code": "44", "trunk_prefix": "0", "time_zone": "Europe/London"}
        self.counties = []
        states = max(3, min(50, self.count // 100))
        for state in range(states):
            yield {"id": f"xx-{state}", "name": f"{self.words(1)} State {state}", "kind": "state", "parent": "xx"}
            for county in range(max(1, self.count // 40 // states)):
                self.counties.append(f"xx-{state}-{county}")
                yield {"id": self.counties[-1], "name": f"{self.words(1)} County {state}.{county}", "kind": "county", "parent": f"xx-{state}"}

    def organizations(self) -> Iterator[Data]:
        """Yield organizations with their services."""
        left, number, made = self.count, 0, 0
        while left:
            services = min(left, 1 + int(self.chance.paretovariate(1.1)) if self.chance.random() < 0.5 else 1, 60)
            yield {
                "id": f"org-{number}", "name": f"{self.words(3)} {number}", "kind": self.chance.choice(("charity", "health-service", "peer-run")),
                "description": self.text(20), "website": f"https://www.example.org/o{number}", "website_seen": SEEN,
                "sources": [{"id": "site", "url": f"https://www.example.org/o{number}/contact", "publisher": "operator", "dated": "undated"}],
                "services": [self.service(made + index) for index in range(services)],
            }
            left, number, made = left - services, number + 1, made + services

    def service(self, number: int) -> Data:
        """Return one service."""
        chance = self.chance
        where = chance.random()
        region = chance.choice(self.counties) if where < 0.85 else chance.choice(self.counties).rsplit("-", 1)[0] if where < 0.98 else "xx"
        made: Data = {
            "id": f"service-{number}", "name": f"{self.words(3)} {number}", "kind": chance.choice(KINDS), "summary": self.text(12), "for_whom": self.text(8),
            "description": self.text(60), "topics": self._some("topic", 25, 3), "audiences": self._some("audience", 20, 2),
            "coverage": {"regions": [region], "seen": SEEN}, "channels": list(self.channels(number)),
            "languages": ["en", *chance.sample(LANGUAGES[1:], chance.choice((0, 0, 0, 1, 2)))], "seen": SEEN,
        }
        if chance.random() < 0.7:
            made["cost"] = {"kind": chance.choice(COSTS), "seen": SEEN}
        if chance.random() < 0.5:
            made["access"] = {"referral": chance.choice(("yes", "no", "no")), "id": "no", "seen": SEEN}
        if chance.random() < 0.3:
            made["handoff"] = {"they_ask": [self.text(8), self.text(6)], "next": [self.text(12)], "seen": SEEN}
        if chance.random() < 0.4:
            made["ages"] = {"min": chance.choice((12, 16, 18)), "max": chance.choice((25, 64, 110))}
        return made

    def channels(self, number: int) -> Iterator[Data]:
        """Yield a phone line with hours, and often more ways to get in touch."""
        yield {"type": "phone", "value": f"0800 {self.chance.randrange(100000, 1000000)}", "hours": self.hours(), "cost": {"kind": "free"},
               "languages": ["en"], "seen": SEEN}
        if self.chance.random() < 0.6:
            yield {"type": "web", "value": f"https://www.example.org/s{number}", "seen": SEEN}
        if self.chance.random() < 0.4:
            yield {"type": "email", "value": f"help{number}@example.org", "seen": SEEN}

    def hours(self) -> Data:
        """Return hours: always, unknown, or by the week."""
        lot = self.chance.random()
        if lot < 0.15:
            return {"always": "yes"}
        if lot < 0.35:
            return {"unknown": "yes"}
        first, last = self.chance.choice((("09:00", "17:00"), ("08:30", "18:00"), ("17:00", "22:00")))
        days = [*WEEKDAYS, *(["sat"] if self.chance.random() < 0.3 else [])]
        return {"time_zone": "Europe/London", "weekly": [{"days": days, "opens": first, "closes": last}]}

    def root(self) -> Data:
        """Return the root file."""
        return {
            "site": SITE, "regions": list(self.regions()),
            "topics": [{"id": f"topic-{n}", "name": self.words(2), "description": self.text(10), "synonyms": [self.words(2) for _ in range(6)]}
                       for n in range(25)],
            "audiences": [{"id": f"audience-{n}", "name": self.words(2), "description": self.text(8)} for n in range(20)],
            "include": ["content/organizations/**/*.yaml"],
        }

    def _some(self, name: str, of: int, count: int) -> list[str]:
        """Return a few ids, the first ones more often."""
        chosen: dict[str, None] = {}
        while len(chosen) < count:
            chosen[f"{name}-{int(of * self.chance.random() ** 1.7)}"] = None
        return list(chosen)


def synthetic(count: int, folder: Path, seed: int = 7) -> None:
    """Write a registry of made entries."""
    made = Made(count, seed)
    write(made.root(), made.organizations(), folder)


def facilities(table: Path, folder: Path) -> None:
    """Write the real facilities of a table as a registry. It is years old: for measuring, never for publishing."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    regions: dict[str, Data] = {"us": {"id": "us", "name": "United States", "kind": "country", "iso": "US", "calling_code": "1", "trunk_prefix": "1"}}
    organizations: dict[str, Data] = {}
    for number, row in enumerate(rows):
        state = row["region_iso"].lower()
        regions.setdefault(state, {"id": state, "name": row["state_name"], "kind": "state", "parent": "us", "iso": row["region_iso"]})
        region = f"{state}-{_slug(row['county'])}" if row["county"] else state
        regions.setdefault(region, {"id": region, "name": row["county"], "kind": "county", "parent": state})
        name = _slug(row["organization"])
        organization = organizations.setdefault(name, {
            "id": name, "name": row["organization"], "kind": "health-service", "services": [],
            "sources": [{"id": "site", "url": "https://www.example.org/facilities", "title": row["source"], "publisher": "public-authority", "dated": "2020"}]})
        channel: Data = {"type": "phone", "value": row["phone"].split(" x")[0], "seen": SEEN}
        if row["phone_ext"].isdigit():
            channel["extension"] = row["phone_ext"]
        organization["services"].append({
            "id": f"{_slug(row['id'])[:52].strip('-')}-{number}", "kind": "clinic",
            "name": ", ".join(filter(None, (row["organization"], row["program"])))[:120],
            "summary": f"A mental health facility in {row['city']}, {row['state_name']}.", "topics": ["mental-health"], "coverage": {"regions": [region]},
            "channels": [channel], "seen": SEEN,
            "places": [{"visibility": "full", "street": row["street1"][:160] or row["city"], "locality": row["city"], "postcode": row["zip5"],
                        "region": region}]})
    root = {"site": SITE, "regions": list(regions.values()), "include": ["content/organizations/**/*.yaml"],
            "topics": [{"id": "mental-health", "name": "Mental health", "description": "Treatment of mental illness.", "synonyms": ["therapy"]}]}
    write(root, iter(organizations.values()), folder)


def write(root: Data, organizations: Iterator[Data], folder: Path) -> None:
    """Write a registry and what MkDocs needs to build it: one file an organization, two hundred in a folder."""
    _dump(root, folder / "resources.yaml")
    for number, organization in enumerate(organizations):
        _dump(organization, folder / f"content/organizations/{number // 200}/{organization['id']}.yaml")
    (folder / "content").mkdir(exist_ok=True)
    (folder / "content/index.md").write_text("# Bench\n", "utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS, "utf-8")


MKDOCS = """\
site_name: Bench
site_url: https://bench.example/
docs_dir: content
theme:
  name: material
  font: false
plugins:
  - handrail
  - handrail/guides
  - handrail/search
  - handrail/safety
"""


def _dump(data: Data, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(data, file, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes lists out wherever they stand: our registries have no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that nothing is an alias."""
        return True


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")


def main() -> None:
    """Write the registry that the command line names."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "facilities":
        facilities(Path(os.environ["HANDRAIL_DATA"], "samhsa-facilities/facilities.csv"), folder)
    else:
        synthetic(int(what), folder)


if __name__ == "__main__":
    main()
