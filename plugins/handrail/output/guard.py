"""What a finished page would load, and from where: it is read as browsers read it, tag by tag.

A page is cut at every ``<`` and each different tag is understood once, whatever the number of pages: most tags of a site
repeat. Where that cut could differ from what a browser sees (a ``>`` in a value, a comment with markup in it), the page
goes through ``html.parser`` as a whole.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]

SAFE_REL = ("noopener", "noreferrer")

QUIET_LINKS = frozenset((
    "alternate", "author", "bookmark", "canonical", "external", "help", "license", "me", "next", "nofollow", "noopener", "noreferrer", "prev", "tag",
))
"""Values of ``rel`` with which a browser loads nothing."""

TEXT_ALIGN = frozenset(("text-align: left;", "text-align: center;", "text-align: right;"))
"""The only style attributes that pass: Markdown tables have no other way to align a column."""

_LOADS = frozenset((
    "action", "archive", "background", "classid", "code", "codebase", "data", "dynsrc", "formaction", "icon", "imagesrcset",
    "lowsrc", "manifest", "ping", "poster", "src", "srcset",
))
_LISTS = frozenset(("srcset", "imagesrcset"))
_FRAMES = frozenset(("iframe", "frame", "frameset", "object", "embed", "applet", "portal", "fencedframe"))
_RAW = ("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext")
_COMMENT = re.compile(r"!--(?!-?>).*?-->", re.DOTALL)
_AMBIGUOUS = re.compile(rf"--!>|<!--?-?>|<!\[|</(?:{'|'.join(_RAW)})[\s/]|<plaintext", re.IGNORECASE)
"""Markup of which browsers and ``html.parser`` do not take the end to be in the same place."""
_EXECUTED = re.compile(r"(?:(?:text|application)/(?:x-)?(?:java|ecma|j|live)script[\d.]*|module|importmap|speculationrules)\Z")
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):")
_CSS = re.compile(
    r"""/\*.*?(?:\*/|\Z)|@namespace\b[^;]*;?|url\(\s*(?P<bare>[^"'()\s][^)]*)\)|"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'""",
    re.DOTALL | re.IGNORECASE,
)


_ELEMENTS = "(?:p|div|span|li|ul|ol|dl|dt|dd|h[1-6]|section|header|nav|bdi|strong|em|button|small|br|details|summary|time)"
_QUIET = r'(?: (?:class|id|lang|role|type|value|rel|hidden|aria-[a-z]+|data-[a-z-]+)(?:="[^"<>]*")?)*'
_HERE = r' href="(?:(?:tel|sms|mailto):[^"<>\\]*|(?:\.\./)*(?:[\w%~.-]+/)*[\w%~.-]*(?:#[^"<>]*)?)"'
_AWAY = r' href="https?://[^"<>\s\\]*" rel="(?:nofollow )?noopener noreferrer"'
_DATA = r'script type="application/ld\+json">[^<]*</script'
_ODD = re.compile(f"<(?!/[a-z]+[1-6]?>|a{_QUIET}(?:(?:{_HERE}|{_AWAY}){_QUIET})?>|{_ELEMENTS}{_QUIET}>|{_DATA}>)", re.ASCII)
"""A tag that is not one of those of which nearly all pages are made. Looking for one is six times faster than reading every tag."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that may not stand in a page."""

    line: int
    """1-based line of the finished page or style sheet."""
    element: str
    """The tag and attribute, such as ``<img src>``."""
    value: str
    problem: str


@dataclass(slots=True)
class Scan:
    """What was found in one page."""

    findings: list[Finding] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    """Texts of inline scripts that a browser would run."""
    styles: list[str] = field(default_factory=list)
    aligned: set[str] = field(default_factory=set)
    """Style attributes that align columns of tables."""
    links: list[tuple[int, int, str]] = field(default_factory=list)
    """Start, end and better text of each tag that leads out of the site without saying ``noopener noreferrer``."""
    head: int = 0
    """Where a policy goes: behind the declaration of the character set, else behind ``<head>``."""


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    problems: tuple[tuple[str, str, str], ...] = ()
    better: str = ""
    inline: str = ""
    style: str = ""
    charset: bool = False
    whole: bool = True
    """Whether the text is the whole tag; otherwise it was cut inside a value."""

    @property
    def is_plain(self) -> bool:
        return self.whole and self.name not in _RAW and self.name != "head" and not (self.problems or self.better or self.inline or self.style or self.charset)


_known: dict[str, _Tag | None] = {}


def scan(page: str) -> Scan:
    """Return what a page would load from elsewhere or run, and which of its links should be made safer."""
    found = Scan()
    tags = _cut(page)
    if tags is None:
        parser = _Whole(page)
        tags = parser.tags()
        unclear = [(match.start(), match[0]) for match in _AMBIGUOUS.finditer(page)]
        for start, text in sorted([*unclear, *parser.unclear()]):
            found.findings.append(Finding(page.count("\n", 0, start) + 1, text, "", "browsers read this in several ways: write it plainly"))
    for start, text, content in tags:
        tag = _tag(text) or _Tag("")
        if tag.name == "head" and not found.head:
            found.head = start + len(text) + 2
        if tag.charset:
            found.head = start + len(text) + 2
        if tag.better:
            found.links.append((start, start + len(text) + 2, tag.better))
        if tag.style:
            found.aligned.add(tag.style)
        if tag.inline == "script":
            found.scripts.append(content)
        elif tag.inline == "style":
            found.styles.append(content)
            tag = _Tag(tag.name, (*tag.problems, *(("", value, "a style would load it") for value in style_loads(content))))
        for attribute, value, problem in tag.problems:
            element = f"<{tag.name} {attribute}>" if attribute else f"<{tag.name}>"
            found.findings.append(Finding(page.count("\n", 0, start) + 1, element, value, problem))
    return found


def part(body: str) -> str | None:
    """Return a piece of a page with its links made safer, when nothing else in it matters and it means the same wherever text may stand.

    None when only the whole page can tell: something to report, a script or style, or markup that does not end where the piece does.
    """
    return body if is_plain(body) else read_part(body)


def is_plain(body: str) -> bool:
    """Return whether a piece holds nothing but the tags of which most pages are made, all of them harmless and none to be changed."""
    return _ODD.search(body) is None


def read_part(body: str) -> str | None:
    """Return what ``part`` returns, by reading every tag."""
    tags = _cut(body)
    if tags is None:
        return None
    better = []
    for start, text, _ in tags:
        tag = _tag(text) or _Tag("")
        if tag.problems or tag.inline or tag.style or tag.charset or tag.name == "head":
            return None
        if tag.better:
            better.append((start, start + len(text) + 2, tag.better))
    return spliced(body, better)


def takes_parts(page: str, mark: str) -> bool:
    """Return whether a mark stands, once, where text and elements may stand: any piece that ``part`` returned can take its place."""
    return page.count(mark) == 1 and _cut(page.replace(mark, "<b></b>")) is not None


def style_loads(css: str) -> list[str]:
    """Return every address in a style sheet that is not one of this site's files."""
    found = []
    for match in _CSS.finditer(css):
        value = match["bare"] or match["double"] or match["single"] or ""
        if where(value) in ("elsewhere", "script") and (match["bare"] or value.strip().startswith(("http:", "https:", "//"))):
            found.append(value)
    return found


def where(address: str) -> str:
    """Return where an address leads, read as browsers read it: ``here``, ``elsewhere``, ``data``, ``script`` or ``app`` (phone, text, mail)."""
    clean = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/").lower()
    scheme = _SCHEME.match(clean)
    if scheme:
        return {"data": "data", "javascript": "script", "vbscript": "script", "mailto": "app", "tel": "app", "sms": "app"}.get(scheme[1], "elsewhere")
    return "elsewhere" if clean.startswith("//") else "here"


def fingerprint(text: str) -> str:
    """Return the hash of an inline script or style as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def spliced(page: str, better: list[tuple[int, int, str]]) -> str:
    """Return the page with some of its tags exchanged; every other byte stays."""
    parts: list[str] = []
    end = 0
    for start, stop, text in better:
        parts += (page[end:start], text)
        end = stop
    return "".join((*parts, page[end:]))


def _cut(page: str) -> list[tuple[int, str, str]] | None:
    """Return the tags that matter (offset, text between the brackets, content where it is raw); None where only a parser can tell."""
    chunks = page.split("<")
    found = []
    offset = len(chunks[0])
    inside = ""
    for number, chunk in enumerate(chunks[1:], 1):
        start, offset = offset, offset + len(chunk) + 1
        first = chunk[:1]
        if inside:
            if not chunk[:len(inside) + 2].lower().startswith(f"/{inside}>"):
                return None
            inside = ""
        elif first == "/":
            if ">" not in chunk:
                return None
        elif "a" <= first <= "z" or "A" <= first <= "Z":
            text, closed, content = chunk.partition(">")
            if not closed:
                return None
            tag = _known.get(text, ...)
            if tag is ...:
                tag = _tag(text)
            if tag is not None:
                if not tag.whole or (tag.name in _RAW and number + 1 == len(chunks)):
                    return None
                inside = tag.name if tag.name in _RAW else ""
                found.append((start, text, content))
        elif first == "!":
            if not (_COMMENT.match(chunk) or chunk[:9].lower() == "!doctype "):
                return None
        elif first == "?":
            return None
    return found


def _tag(text: str) -> _Tag | None:
    """Return what a tag means, None when nothing of it matters; each text is understood once."""
    if text not in _known:
        if len(_known) > 200_000:
            _known.clear()
        tag = _understood(text)
        _known[text] = None if tag.is_plain else tag
    return _known[text]


def _understood(text: str) -> _Tag:
    parser = _OneTag()
    parser.feed(f"<{text}>")
    if parser.read != f"<{text}>":
        return _Tag("", whole=False)
    name, attributes = parser.name, parser.attributes
    problems = list(_problems(name, attributes))
    inline = ""
    if name == "script" and "src" not in attributes and (not attributes.get("type", "").strip() or _EXECUTED.match(attributes["type"].strip().lower())):
        inline = "script"
    elif name == "style":
        inline = "style"
    style = attributes.get("style", "")
    if style and style not in TEXT_ALIGN:
        problems.append(("style", style, "a style attribute: the policy blocks it, use a class"))
        style = ""
    charset = name == "meta" and ("charset" in attributes or attributes.get("http-equiv", "").lower() == "content-type")
    return _Tag(name, tuple(problems), _better(name, attributes, text), inline, style, charset)


def _problems(name: str, attributes: Attributes) -> Iterator[tuple[str, str, str]]:
    """Yield attribute, value and problem of everything in a tag that may not be."""
    if name in _FRAMES:
        yield "", attributes.get("src", attributes.get("data", "")), "frames and plug-ins are not part of this site"
    if name == "base":
        yield "", attributes.get("href", ""), "it would turn every link of the page"
    if name == "meta":
        yield from _meta(attributes)
    for key, value in attributes.items():
        if key.startswith("on"):
            yield key, value, "a script in an attribute: the policy blocks it"
        elif key == "srcdoc":
            yield key, value, "a page inside the page"
        elif key == "referrerpolicy" and value.lower() not in ("", "no-referrer"):
            yield key, value, "it would tell others which page was read"
        elif key == "http-equiv":
            continue
        else:
            yield from _address(name, key, value, attributes)


def _address(name: str, key: str, value: str, attributes: Attributes) -> Iterator[tuple[str, str, str]]:
    if key in ("href", "xlink:href"):
        goes = where(value)
        if goes == "script":
            yield key, value, "a link that runs a script"
        elif name in ("a", "area"):
            if goes == "data":
                yield key, value, "a link to a page that stands in the link itself"
        elif name == "link":
            rel = attributes.get("rel", "").lower().split()
            if goes != "here" and not (rel and QUIET_LINKS.issuperset(rel)):
                yield key, value, "it would be loaded from elsewhere"
        elif name != "base" and goes != "here":
            yield key, value, "it would be loaded from elsewhere"
    elif key in _LOADS and not (key == "data" and name != "object") and not (key in ("code", "icon") and name != "applet"):
        for address in _addresses(value) if key in _LISTS else (value,):
            goes = where(address)
            if goes == "here" and key != "ping":
                continue
            if goes == "data" and name in ("img", "source", "input") and key in ("src", "srcset"):
                continue
            yield key, address, "what is typed would be sent elsewhere" if key in ("action", "formaction") else "it would be loaded from elsewhere"


def _meta(attributes: Attributes) -> Iterator[tuple[str, str, str]]:
    kind, content = attributes.get("http-equiv", "").strip().lower(), attributes.get("content", "")
    if kind == "content-security-policy":
        yield "http-equiv", content, "a policy of its own: leave it to handrail/safety, which knows the page"
    elif kind == "refresh":
        _, _, target = content.partition("=")
        if where(target.strip(" '\"")) != "here":
            yield "http-equiv", content, "it would take the reader elsewhere"
    elif kind == "set-cookie":
        yield "http-equiv", content, "a cookie"
    if attributes.get("name", "").strip().lower() == "referrer" and content.strip().lower() != "no-referrer":
        yield "name", content, "it would tell others which page was read"


def _addresses(value: str) -> Iterator[str]:
    """Yield the addresses of a ``srcset``; data addresses may hold commas, so blanks part the candidates."""
    for candidate in re.split(r",\s+|\s+", value.strip()):
        part = candidate.strip(",")
        if part and not re.fullmatch(r"[\d.]+[wxh]", part):
            yield from (part,) if part.lower().startswith("data:") else part.split(",")


def _better(name: str, attributes: Attributes, text: str) -> str:
    """Return the tag with ``noopener noreferrer`` when it leads out of the site without them, else nothing."""
    if name not in ("a", "area", "form") or where(attributes.get("href", attributes.get("xlink:href", ""))) != "elsewhere":
        return ""
    rel = attributes.get("rel", "").split()
    missing = [word for word in SAFE_REL if word not in (each.lower() for each in rel)]
    if not missing:
        return ""
    if "rel" not in attributes:
        return f'<{text[:len(name)]} rel="{" ".join(missing)}"{text[len(name):]}>'
    changed = {**attributes, "rel": " ".join((*rel, *missing))}
    return f"<{name}" + "".join(f' {key}="{html.escape(value)}"' for key, value in changed.items()) + ">"


class _OneTag(HTMLParser):
    name = ""
    read: str | None = None

    def __init__(self) -> None:
        super().__init__()
        self.attributes: Attributes = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.name, self.read = tag, self.get_starttag_text()
        for key, value in attrs:  # of an attribute that stands twice, browsers take the first
            self.attributes.setdefault(key, value or "")


class _Whole(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page
        self._starts = [0, *(match.end() for match in re.finditer("\n", page))]
        self._found: list[tuple[int, str, list[str]]] = []
        self._foreign = 0
        self._odd: list[int] = []
        self.feed(page)
        self.close()

    def tags(self) -> list[tuple[int, str, str]]:
        """Return every start tag as ``_cut`` does, harmless ones too."""
        return [(start, text, "".join(content)) for start, text, content in self._found]

    def unclear(self) -> Iterator[tuple[int, str]]:
        """Yield titles, styles and the like that stand inside drawings and formulas, where browsers read their content as elements."""
        for number in self._odd:
            start, text, _ = self._found[number]
            content = self._page[start + len(text) + 2:]
            if not content.lower().startswith(f"</{text.split()[0].lower()}", max(content.find("<"), 0)):
                yield start, f"<{text}>"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        text = self.get_starttag_text() or ""
        self._found.append((self._starts[line - 1] + column, text[1:-1], []))
        if tag in ("svg", "math"):
            self._foreign += 1
        if tag in _RAW:
            if self._foreign:
                self._odd.append(len(self._found) - 1)
            self.set_cdata_mode(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("svg", "math") and self._foreign:
            self._foreign -= 1

    def handle_data(self, data: str) -> None:
        if self._found and self.cdata_elem:
            self._found[-1][2].append(data)
