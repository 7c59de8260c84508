"""What is measured: the reference registry, a seeded synthetic one, and the real facilities of HANDRAIL_DATA."""

from __future__ import annotations

import csv
import random
import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from handrail.model import build as model  # noqa: E402
from handrail.model.directory import Directory  # noqa: E402
from handrail.model.hours import Hours, Opening  # noqa: E402
from handrail.model.region import Coverage, Region, RegionTree  # noqa: E402
from handrail.model.values import (  # noqa: E402
    Access,
    Ages,
    Channel,
    Cost,
    Limits,
    Organization,
    Place,
    Service,
    SiteFacts,
    Written,
)
from handrail.registry.check import checked  # noqa: E402
from handrail.search.records import GuideRecord  # noqa: E402
from handrail.text import dates  # noqa: E402

_MARKS = re.compile(r"^:::.*$|\[@[^\]]*\]|\[\[[^\]]*\]\]|[#*_>|`]|\]\([^)]*\)|\[", re.MULTILINE)
NOWHERE = Written("bench.yaml", 1)


def reference() -> tuple[Directory, list[GuideRecord]]:
    """Return the registry and the guides of this repository."""
    return model.directory(checked(ROOT / "resources.yaml", dates.today())), guides(ROOT / "content/guides")


def guides(folder: Path) -> list[GuideRecord]:
    """Return the guides of a folder."""
    found = []
    for path in sorted(folder.glob("*.md")):
        _, front, text = path.read_text("utf-8").split("---\n", 2)
        data = yaml.safe_load(front)
        plain = _MARKS.sub(" ", text)
        found.append(
            GuideRecord(
                path.stem,
                f"guides/{path.stem}/",
                data["title"],
                data.get("answer", ""),
                plain,
                tuple(data.get("audience", ())),
                tuple(data.get("topics", ())),
                path.stem in ("hard-conversations-and-crisis", "making-a-referral"),
            )
        )
    return found


def synthetic(count: int, seed: int = 7) -> Directory:
    """Return a registry of made entries: 50 states of 20 counties, words by rank as in real texts, topics and facts of the real registry."""
    chance = random.Random(seed)
    real, texts = reference()
    words = _words(texts)
    ranks = [1 / (rank + 8) for rank in range(len(words))]
    regions = [Region("world", "Worldwide", "world"), Region("us", "United States", "country", parent="world", iso="US")]
    places: list[str] = []
    names = iter(_made_names(chance))
    for state in range(50):
        regions.append(Region(f"us-{state}", next(names), "state", parent="us"))
        for county in range(20):
            regions.append(Region(f"us-{state}-{county}", f"{next(names)} County", "county", parent=f"us-{state}"))
            places.append(regions[-1].id)
    kinds = sorted({service.kind for service in real.services.values()})
    topics, audiences = list(real.topics), list(real.audiences)
    organizations = {
        f"org-{number}": Organization(f"org-{number}", f"{next(names)} {chance.choice(('Trust', 'Association', 'Network', 'Centre'))}", "charity", (), NOWHERE)
        for number in range(count // 4)
    }
    schedules = [
        Hours(always=True),
        Hours(unknown=True),
        *(
            Hours(zone="America/New_York", weekly=tuple(Opening(day, start * 60, end * 60) for day in range(days)))
            for start in (7, 8, 9, 10)
            for end in (16, 17, 20, 22)
            for days in (5, 7)
        ),
    ]
    services = {}
    for number in range(count):
        place = chance.choice(places)
        topic_ids = tuple(chance.sample(topics, 3))
        kind = chance.choice(kinds)
        about = real.topics[topic_ids[0]].name
        name = f"{next(names)} {about} {chance.choice(('Line', 'Group', 'Centre', 'Project', 'Service'))}"
        description = " ".join(chance.choices(words, ranks, k=60))
        digits = f"{chance.randrange(200, 999)}-{chance.randrange(200, 999)}-{chance.randrange(10_000):04}"
        hours = chance.choice(schedules)
        channels = [Channel("phone", digits, hours=hours)]
        if chance.random() < 0.4:
            channels.append(
                Channel(
                    chance.choice(("text", "chat", "email", "web")),
                    digits if chance.random() < 0.5 else "https://example.org/help",
                    hours=chance.choice((None, hours)),
                )
            )
        services[f"s-{number:05}"] = Service(
            f"s-{number:05}",
            name,
            kind,
            f"{about} for people in this county: {description[:60].rsplit(' ', 1)[0]}.",
            chance.choice(list(organizations)),
            Coverage((place,)),
            topic_ids,
            NOWHERE,
            description=description,
            for_whom=f"{real.audiences[audiences[number % len(audiences)]].name} in {place}.",
            audiences=tuple(chance.sample(audiences, chance.randrange(1, 3))),
            ages=chance.choice((None, None, Ages(18), Ages(13, 25), Ages(16, 24))),
            channels=tuple(channels),
            places=(Place("full", locality=chance.choice(regions[2:]).name),),
            access=Access(*(chance.choice((None, None, True, False)) for _ in range(3))),
            cost=chance.choice((None, Cost("free"), Cost("free"), Cost("sliding-scale"))),
            languages=tuple(chance.choice((("en",), ("en", "es"), ()))),
            crisis=kind == "crisis-line",
        )
    return Directory(real.site, real.limits, RegionTree(regions), real.topics, real.audiences, organizations, services, {}, crisis_words=real.crisis_words)


def facilities(path: Path) -> Directory:
    """Return the real facilities of a CSV file as a directory."""
    real, _ = reference()
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    regions = {"world": Region("world", "Worldwide", "world"), "us": Region("us", "United States", "country", parent="world", iso="US")}
    organizations: dict[str, Organization] = {}
    services = {}
    for row in rows:
        state = row["region_iso"].lower()
        county = f"{state}-{re.sub(r'[^a-z0-9]+', '-', row['county'].lower()).strip('-')}"
        regions.setdefault(state, Region(state, row["state_name"], "state", parent="us"))
        regions.setdefault(county, Region(county, row["county"], "county", parent=state))
        key = re.sub(r"[^a-z0-9]+", "-", row["organization"].lower()).strip("-") or "none"
        organizations.setdefault(key, Organization(key, row["organization"], "other", (), NOWHERE))
        services[row["id"]] = Service(
            row["id"],
            row["program"] or row["organization"],
            "clinic",
            f"Mental health treatment in {row['city']}, {row['state_name']}.",
            key,
            Coverage((county,)),
            ("mental-health",),
            NOWHERE,
            alternate_names=(row["organization"],) if row["program"] else (),
            channels=(Channel("phone", row["phone"]),),
            places=(Place("full", street=row["street1"], locality=row["city"], postcode=row["zip5"]),),
        )
    return Directory(
        SiteFacts("Facilities", "", "en", "", ""), Limits(), RegionTree(regions.values()), real.topics, real.audiences, organizations, services, {}
    )


def _words(texts: list[GuideRecord]) -> list[str]:
    """Return words by how often the guides use them, then English words for the long tail."""
    import json
    from collections import Counter

    counts = Counter(word for guide in texts for word in re.findall(r"[A-Za-z']+", guide.text))
    tail = json.loads((ROOT / "node_modules/an-array-of-english-words/index.json").read_text("utf-8"))[::18]
    random.Random(1).shuffle(tail)
    return [word for word, _ in counts.most_common()] + tail


def _made_names(chance: random.Random) -> list[str]:
    starts = [
        "Al",
        "Bel",
        "Cor",
        "Dun",
        "El",
        "Fair",
        "Glen",
        "Har",
        "In",
        "Jas",
        "Kil",
        "Lan",
        "Mar",
        "Nor",
        "Oak",
        "Pen",
        "Quin",
        "Ros",
        "Stan",
        "Tor",
        "Ul",
        "Ver",
        "Wes",
        "Yar",
        "Zen",
    ]
    middles = ["a", "ber", "co", "de", "en", "fi", "gan", "he", "il", "jo", "ka", "li", "mon", "na", "o", "pa", "ri", "sa", "ton", "u", "va", "wen"]
    ends = [
        "burgh",
        "bury",
        "by",
        "dale",
        "field",
        "ford",
        "ham",
        "ley",
        "mere",
        "mouth",
        "port",
        "side",
        "stead",
        "ton",
        "view",
        "ville",
        "wick",
        "wood",
        "worth",
    ]
    made = [start + middle + end for start in starts for middle in middles for end in ends]
    chance.shuffle(made)
    return made * 4
