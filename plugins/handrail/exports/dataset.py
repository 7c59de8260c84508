"""What every file of data says of itself: what it is, how fresh, under which licence, and whom to credit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from handrail.model.directory import Directory
from handrail.model.upkeep import Event
from handrail.model.values import Service
from handrail.text.words import Words
from handrail.views import urls


@dataclass(frozen=True)
class Dataset:
    """The directory as data."""

    directory: Directory
    t: Words
    base: str = ""
    """The site's own address, ending in a slash; empty when it is not known: links then start at the root of the site."""
    directory_urls: bool = True
    history: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    """What git knows of each entry, by the id of its service; empty where it knows nothing."""

    @cached_property
    def fresh(self) -> date:
        """The last day on which an entry was added, changed or checked, as the registry says; 2000-01-01 where it says nothing."""
        days = [
            day
            for service in self.directory.services.values()
            for day in (service.added, service.changed, service.verified.date if service.verified else None)
            if day
        ]
        return max(days, default=date(2000, 1, 1))

    @property
    def about(self) -> dict[str, Any]:
        """The head of every JSON file."""
        site = self.directory.site
        name, address = site.data_licence
        made = {
            "name": site.name,
            "description": site.description,
            "home": self.base,
            "updated": self.fresh.isoformat(),
            "licence": name,
            "licence_url": address,
            "attribution": self.credit,
            "corrections": site.corrections,
        }
        return {key: value for key, value in made.items() if value}

    @property
    def credit(self) -> str:
        """Whom to credit."""
        site = self.directory.site
        return self.t("data.credit", name=site.name, date=self.fresh.isoformat())

    @property
    def licence(self) -> str:
        """The licence with its address, on one line; empty where the registry names none."""
        return " · ".join(filter(None, self.directory.site.data_licence))

    @cached_property
    def notice(self) -> str:
        """Whom to credit and under which licence, on one line, for formats that hold no more than a text."""
        return ". ".join(filter(None, (self.credit, self.licence)))

    @property
    def stamp(self) -> dict[str, str]:
        """Licence and attribution as columns that are the same in every line of a table."""
        return {"licence": self.licence, "attribution": self.credit}

    def page(self, service: Service) -> str:
        """Return the address of the page of a service."""
        return urls.absolute(self.base, urls.service(service.id), self.directory_urls)

    def file(self, path: str) -> str:
        """Return the address of a file."""
        return urls.absolute(self.base, path)
