"""``build``: a directory and its guides become the files of the search."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from handrail.model.directory import Directory
from handrail.search.chunks import CARDS, column, cut_cards, cut_postings, cut_vocabulary, marked, shared_texts, written
from handrail.search.entries import BOOSTS, COLUMNS, TOKENS, Entry, entries, token
from handrail.search.index import Document, Index, build_index
from handrail.search.pipeline import Pipeline
from handrail.search.records import GuideRecord
from handrail.search.regions import NAMES, Regions
from handrail.search.scripts import lunr_js, one_module
from handrail.text.words import Words
from handrail.views import urls
from handrail.views.urls import Urls

FOLDER = "assets/handrail/search"
SCRIPT = "assets/handrail/scripts/search/all.mjs"


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """The files of the search, and what the find page carries itself."""

    files: tuple[tuple[str, bytes], ...]
    """Paths from the root of the site, with contents."""
    config: str
    """JSON for the find page: the mark of the build and the words of crisis."""
    count: int
    """Services that can be found."""


def build(directory: Directory, guides: Iterable[GuideRecord], words: Words, *, directory_urls: bool = True) -> SearchFiles:
    """Return the search of a directory. Addresses are from the root of the site."""
    to = Urls.of(urls.HOME, directory_urls)
    pipeline = Pipeline(directory.site.language)
    guides = list(guides)
    found: list[Entry] = []

    def documents() -> Iterator[Document]:
        for document, entry in entries(directory, guides, words, to):
            found.append(entry)
            yield document

    index = build_index(documents(), BOOSTS, pipeline)
    services = sum(1 for entry in found if "t" not in entry.card)
    shared = shared_texts(entry.card for entry in found)
    content = _content(found, shared)
    regions = Regions(directory.regions)
    content["regions.json"] = regions.shape([entry.stated.get("region", ()) for entry in found])
    at_once = regions.at_once()
    finder = regions.finder().files if len(at_once) < len(regions) else ()
    content |= {f"n{number}.json": each for number, each in enumerate(regions.names() if finder else ())}
    content |= {f"r{number}.json": each for number, each in enumerate(finder)}
    postings, vocabulary = cut_postings(index), cut_vocabulary(_frequencies(index, pipeline))
    content |= {f"p{number}.json": each for number, each in enumerate(postings.files)}
    content |= {f"v{number}.json": each for number, each in enumerate(vocabulary.files)}
    content["crisis.json"] = {"crisis": asdict(directory.crisis_words)}
    manifest = {
        "fields": list(BOOSTS), "count": index.count, "services": services,
        "organizations": sum(1 for entry in found if entry.card.get("t") == 1), "p": postings.first, "v": vocabulary.first, "cards": CARDS, "shared": shared,
        "accents": int(pipeline.keeps_accents), "apart": int(pipeline.parts_at_apostrophes),
        "due": [[number, entry.until] for number, entry in enumerate(found) if entry.until],
        "phrases": _phrases(directory, pipeline), "r": at_once, "names": NAMES, "f": regions.finder().first if finder else [],
        "help": to(urls.HELP_NOW), "find": to(urls.FIND),
    }
    bare = {name: written(each) for name, each in (*content.items(), ("manifest.json", manifest))}
    mark = hashlib.sha256(b"".join(bare.values())).hexdigest()[:10]
    files = [(f"{FOLDER}/{name}", marked(each, mark)) for name, each in sorted(bare.items())]
    files += [(f"{FOLDER}/lunr.js", lunr_js(pipeline.language)), (SCRIPT, one_module())]
    helped = [[regions.number[region], region] for region in directory.crisis]
    config = json.dumps({"h": mark, "crisis": asdict(directory.crisis_words), "helped": helped}, ensure_ascii=False, separators=(",", ":"))
    return SearchFiles(tuple(files), config.replace("<", "\\u003c"), services)


def _content(found: list[Entry], shared: list[str]) -> dict[str, Mapping[str, Any]]:
    content: dict[str, Mapping[str, Any]] = {f"f-{name}.json": column(entry.stated.get(name, ()) for entry in found) for name in COLUMNS}
    content |= {f"c{number}.json": each for number, each in enumerate(cut_cards([entry.card for entry in found], shared))}
    return content


def _frequencies(index: Index, pipeline: Pipeline) -> Counter[str]:
    """Return the words of all texts, each with how often its term is found."""
    frequency: Counter[str] = Counter()
    for word, term in pipeline.words():
        if word.startswith(TOKENS):
            continue
        if held := index.held.get(term):
            frequency[word] = held
    return frequency


def _phrases(directory: Directory, pipeline: Pipeline) -> list[list[str]]:
    """Return what people say for a topic or an audience: the term by which its entries are found, then the phrases as terms."""
    said = [(token("hrtopic", each.id), (each.name, *each.synonyms)) for each in directory.topics.values()]
    said += [(token("hrwho", each.id), (each.name, *each.synonyms)) for each in directory.audiences.values()]
    return [[pipeline.stem(word), *dict.fromkeys(filter(None, (_phrase(text, pipeline) for text in texts)))] for word, texts in said]


def _phrase(text: str, pipeline: Pipeline) -> str:
    """Return a phrase as terms without stop words; as it is written where the small words carry the meaning ("end it all")."""
    words, terms = pipeline.split(text), pipeline.terms(text)
    return " ".join(terms) if len(terms) > 1 or len(words) == 1 else '"' + " ".join(words)
