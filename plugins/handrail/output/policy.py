"""What browsers may do with a page: a Content-Security-Policy made from what really stands in it, and headers for hosts that take them."""

from __future__ import annotations

from collections.abc import Iterable

HEADERS = "_headers"
"""File, at the root of the site, from which several static hosts take their headers."""

FRAMED = frozenset(("embed",))
"""Folders whose pages other sites may show in a frame of theirs."""

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy(scripts: Iterable[str] = (), styles: Iterable[str] = (), attributes: Iterable[str] = ()) -> str:
    """Return the policy of a page, given the hashes of what stands in it: everything else is forbidden.

    Style attributes need ``unsafe-hashes``, which allows exactly the hashed texts and nothing more.
    ``data:`` is for the images in the theme's style sheet.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *_quoted(scripts)],
        "style-src": ["'self'", *_quoted(styles)],
        "style-src-attr": ["'unsafe-hashes'", *_quoted(attributes)] if (attributes := list(attributes)) else [],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items() if values)


def meta(text: str) -> str:
    """Return the element that carries a policy; it stands before everything that it is to bind."""
    return f'<meta http-equiv="Content-Security-Policy" content="{text}">'


def headers(text: str, folders: Iterable[str] = ()) -> str:
    """Return the file of headers: the policy of all pages together, and what a page itself cannot say (who may frame it).

    ``folders`` are those at the root of the site. Nobody may frame their pages; those of ``embed`` are made to be framed.
    """
    lines = {"Content-Security-Policy": text, **_FIXED}
    rules = ["/*\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())]
    rules += [f"/{path}\n  X-Frame-Options: DENY\n" for path in ("", *(f"{folder}/*" for folder in sorted(folders) if folder not in FRAMED))]
    return "".join(rules)


def _quoted(hashes: Iterable[str]) -> list[str]:
    return [f"'{each}'" for each in sorted(set(hashes))]
