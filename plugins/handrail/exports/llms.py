"""``llms.txt``: what programs that read for people should know first. Crisis help stands before everything else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handrail.exports.dataset import Dataset
from handrail.output.files import Asset
from handrail.text.escape import terminal
from handrail.views import urls
from handrail.views.context import GuideLink

PATH = "llms.txt"
_MARKUP = re.compile(r"[\\`*<\[\]]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|^(?:[#>+=~|-]|\d+[.)])")


def file(data: Dataset, guides: Sequence[GuideLink], *, with_hsds: bool = True) -> Asset:
    """Return the file: Markdown, as its convention asks."""
    site, t, directory = data.directory.site, data.t, data.directory

    def link(name: str, target: str, words: str = "") -> str:
        return f"- [{_text(name)}]({urls.absolute(data.base, target, data.directory_urls)})" + (f": {_text(words)}" if words else "")

    lines = [f"# {_text(site.name)}", "", f"> {_text(site.description)}", "", t("llms.rules"), "", f"## {t('page.help')}", ""]
    lines += [f"- {_text(directory.regions[each.region].name)}: {_text(each.emergency.value)}" for each in directory.crisis.values()]
    lines += [
        link(t("page.help"), urls.HELP_NOW),
        "",
        f"## {t('page.find')}",
        "",
        link(t("page.find"), urls.FIND),
        link(t("list.services"), urls.ALL),
        link(t("list.regions"), urls.REGIONS),
        link(t("list.topics"), urls.TOPICS),
        "",
    ]
    if guides:
        lines += [f"## {t('page.guides')}", "", *(link(guide.title, guide.source, guide.answer) for guide in guides), ""]
    lines += [
        f"## {t('data.title')}",
        "",
        link(t("data.title"), urls.DATA),
        link("JSON", "data/v1/services.json"),
        *([link("HSDS 3.0", "data/hsds/3.0/services.json")] if with_hsds else []),
        link("CSV", "data/services.csv"),
        "",
        _text(data.notice),
        "",
    ]
    return Asset(PATH, "\n".join(lines).encode())


def _text(text: str) -> str:
    """Return one line of Markdown that stays readable as it is: only what could become markup gets a backslash."""
    return _MARKUP.sub(lambda match: f"{match.group()[:-1]}\\{match.group()[-1]}", " ".join(terminal(text).split()))
