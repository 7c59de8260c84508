"""The page that lists everything others may take, and the page that explains the fields of the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handrail.schemas import library
from handrail.views import urls
from handrail.views.context import Context
from handrail.views.values import ApiView, DataFile, DataView, Link

GROUPS: Mapping[str, tuple[str, ...]] = {
    "all": ("data/v1/services.json", "data/v1/organizations.json", "data/v1/regions.json", "data/v1/topics.json", "data/v1/crisis.json", "data/v1/schema.json"),
    "standards": ("data/hsds/3.0/services.json", "data/hsds/3.0/organizations.json", "data/hsds/3.0/tables/datapackage.json", "data/oruk/3.0/services.json"),
    "tables": ("data/services.csv", "data/places.geojson", "data/meetings.ics", "data/gaps.csv"),
    "news": ("feed.xml", "feed.json"),
    "machines": ("llms.txt", "opensearch.xml"),
}
"""Which files stand under which heading; one that the site does not have is left out."""


def data(on: Context, sizes: Mapping[str, int], losses: Iterable[tuple[str, Sequence[tuple[str, str]]]], updated: str) -> DataView:
    """Return the page of everything; ``sizes`` gives the bytes of each file by its path."""
    t, site = on.t, on.directory.site
    licence, address = site.data_licence
    groups = tuple(
        (t(f"data.{group}"), t(f"data.{group}-lead"), tuple(_file(path, sizes[path], on) for path in paths if path in sizes)) for group, paths in GROUPS.items()
    )
    missing = [path for path in GROUPS["standards"] if path not in sizes]
    embeds = tuple(
        Link(on.to(f"embed/{region.id}/index.html"), region.name) for region in on.directory.regions.countries() if f"embed/{region.id}/index.html" in sizes
    )
    return DataView(
        crumbs=on.crumbs(),
        title=t("data.title"),
        lead=t("data.lead"),
        fresh=t("data.fresh", date=updated),
        licence=Link(address, licence),
        credit=t("data.credit", name=site.name, date=updated),
        groups=groups,
        losses=tuple((name, tuple(f"{path} ({title})" for path, title in lost)) for name, lost in losses),
        api=Link(on.to(urls.API), t("api.title")),
        embeds=embeds,
        command=t("data.large") if missing else "",
    )


def _file(path: str, size: int, on: Context) -> DataFile:
    words = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} KB"
    return DataFile(on.to(path), path, on.t(f"file.{path}"), words)


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
