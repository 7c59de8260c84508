"""The page that lists everything others may take, and the page that explains the fields of the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from handrail.schemas import library
from handrail.views import take, urls
from handrail.views.context import Context
from handrail.views.values import ApiView, DataFile, DataView, Link


class Lost(Protocol):
    """What one format cannot carry."""

    @property
    def format(self) -> str:
        """Its name."""

    @property
    def fields(self) -> Sequence[tuple[str, str]]:
        """Path and title of each field."""

    @property
    def partly(self) -> Sequence[str]:
        """Keys of words about what is left out of some entries."""


GROUPS: Mapping[str, tuple[str, ...]] = {
    "all": ("data/v1/services.json", "data/v1/organizations.json", "data/v1/regions.json", "data/v1/topics.json", "data/v1/crisis.json", "data/v1/schema.json"),
    "standards": ("data/hsds/3.0/services.json", "data/hsds/3.0/organizations.json", "data/hsds/3.0/tables/datapackage.json", "data/oruk/3.0/services.json"),
    "tables": ("data/services.csv", "data/places.geojson", "data/meetings.ics", "data/gaps.csv"),
    "news": ("feed.xml", "feed.json"),
    "machines": ("llms.txt", "opensearch.xml", "sitemap.xml"),
}
"""Which files stand under which heading; one that the site does not have is left out."""
TABLES = "data/hsds/3.0/tables/"
TYPES = {".json": "application/json", ".csv": "text/csv", ".geojson": "application/geo+json", ".ics": "text/calendar", ".xml": "application/atom+xml"}
SITEMAP = "sitemap.xml"
"""Written by the engine, of the pages as they are."""


def data(on: Context, sizes: Mapping[str, int], losses: Iterable[Lost], updated: str) -> DataView:
    """Return the page of everything; ``sizes`` gives the bytes of each file by its path."""
    t, site = on.t, on.directory.site
    licence, address = site.data_licence
    groups = tuple((t(f"data.{group}"), t(f"data.{group}-lead"), tuple(_files(group, sizes, on))) for group in GROUPS)
    missing = [path for path in GROUPS["standards"] if path not in sizes]
    along = tuple(_along(region.id, region.name, on) for region in on.directory.regions.countries())
    return DataView(
        crumbs=on.crumbs(),
        title=t("data.title"),
        lead=t("data.lead"),
        fresh=t("data.fresh", date=updated),
        licence=Link(address, licence),
        credit=t("data.credit", name=site.name, date=updated),
        groups=groups,
        losses=tuple((each.format, tuple(f"{path} ({title})" for path, title in each.fields), tuple(map(t, each.partly))) for each in losses),
        api=Link(on.to(urls.API), t("api.title")),
        take=tuple(links for links in along if len(links) > 1),
        command=t("data.large") if missing else "",
    )


def _files(group: str, sizes: Mapping[str, int], on: Context) -> Iterator[DataFile]:
    for path in GROUPS[group]:
        if path in sizes:
            yield DataFile(on.to(path), path, on.t(f"file.{path}"), _size(sizes[path]))
        elif path == SITEMAP and on.base:
            yield DataFile(on.to(path), path, on.t(f"file.{path}"), "")
    if group == "standards":
        for path in sorted(sizes):
            if path.startswith(TABLES) and path.endswith(".csv"):
                name = path.removeprefix(TABLES)
                yield DataFile(on.to(path), f"tables/{name}", on.t("file.table", name=name.removesuffix(".csv").replace("_", " ")), _size(sizes[path]))


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} KB"


def _along(region: str, name: str, on: Context) -> tuple[Link, ...]:
    """Return the page of a country, and what can be taken along of it."""
    paths = ((take.booklet(region), "data.booklet"), (take.pack(region), "data.pack"), (take.embed(region), "data.embed"))
    return (Link(on.to(urls.region(region)), name), *(Link(on.to(path), on.t(words)) for path, words in paths if path in on.take))


def api(on: Context) -> ApiView:
    """Return the page that explains the fields of the JSON, made from the schema that checks the registry."""
    rows = [
        (path, _kind(schema), str(schema.get("description", "")))
        for path, schema in library.fields("service")
        if not path.startswith(("channels[].status", "channels[].why")) and schema.get("description")
    ]
    files = tuple(Link(on.to(path), path) for path in GROUPS["all"])
    t = on.t
    return ApiView(on.crumbs((urls.DATA, t("data.title"))), t("api.title"), t("api.lead"), files[-1], files[:-1], tuple(rows))


def _kind(schema: Mapping[str, object]) -> str:
    choices = schema.get("enum")
    return " | ".join(map(str, choices)) if isinstance(choices, list) else str(schema.get("type", ""))
