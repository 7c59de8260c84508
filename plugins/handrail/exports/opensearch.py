"""OpenSearch description: browsers can offer the site's own search. What is typed goes into the fragment, which no host sees."""

from __future__ import annotations

from handrail.exports.dataset import Dataset
from handrail.output.files import Asset
from handrail.text import escape
from handrail.views import urls

PATH = "opensearch.xml"


def file(data: Dataset) -> Asset:
    """Return the description; its names are cut to what the format allows."""
    site = data.directory.site
    find = urls.absolute(data.base, urls.FIND, data.directory_urls)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape.html(escape.terminal(site.name[:16]))}</ShortName>",
        f"<Description>{escape.html(escape.terminal(site.description[:1024]))}</Description>",
        f'<Url type="text/html" template="{escape.html(find)}#q={{searchTerms}}"/>',
        f"<Attribution>{escape.html(escape.terminal(data.notice[:256]))}</Attribution>",
        "<SyndicationRight>open</SyndicationRight>",
        f"<Language>{escape.html(site.language)}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "</OpenSearchDescription>",
        "",
    ]
    return Asset(PATH, "\n".join(lines).encode())
