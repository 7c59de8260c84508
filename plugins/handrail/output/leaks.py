"""Addresses that must not be published, looked for in every byte of what is published.

The registry refuses the address of a hidden place, so nothing in it can say what must not leak. But a note, a guide, a translation or an
import can carry it. Whoever knows such addresses may keep them beside the registry, in a file that git ignores: one text a line, such as a
street with its number, a postcode, or a latitude. Then a build that would publish one of them stops.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import gzip
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_plus

NAME = "hidden-addresses.txt"
"""The file, in the folder of the registry."""
_MOST = 1 << 28
"""Bytes that are read of one part of a packed file."""
_DEEPEST = 3
"""How often something may be packed in something."""
_LEAST = 5
"""Letters and digits that a text needs: shorter ones stand everywhere."""
_NUMBER = re.compile(r"-?\d{1,3}\.\d{3,}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([/,;nN])")
_PACKED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_FOLD = re.compile(r"\r?\n[ \t]|=\r?\n")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that must not be published."""

    line: int
    """1-based line of the file that holds it; reports name this and never the text."""
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret in a file."""

    file: str
    line: int
    """1-based line; 0 when the secret is encoded or runs over lines."""
    secret: int
    """Line of the secret."""


class UnusableSecretError(ValueError):
    """A line of the file is too short to be looked for, or the file is no text."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line
        """1-based; 0 when it is the whole file."""


def secrets(path: Path) -> list[Secret]:
    """Return what a file says must not be published; nothing when there is no such file."""
    if not path.is_file():
        return []
    found = []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UnusableSecretError("this file is not UTF-8 text") from None
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        if sum(map(str.isalnum, text)) < _LEAST:
            raise UnusableSecretError(f"at least {_LEAST} letters and digits are needed, or every page would hold it", number)
        found.append(Secret(number, _pattern(text)))
    return found


def in_files(files: Iterable[tuple[str, bytes]], hidden: list[Secret]) -> Iterator[Leak]:
    """Yield every secret in every file."""
    for name, data in files if hidden else ():
        yield from in_bytes(name, data, hidden)


def in_bytes(name: str, data: bytes, hidden: list[Secret]) -> Iterator[Leak]:
    """Yield the secrets in a file, as they are written or encoded: HTML, percent, JSON, base64, folded lines, between tags, UTF-16, gzip, zip."""
    lines: dict[int, int] = {}
    for text in _texts(data):
        readings = list(dict.fromkeys(_plain(each) for each in _readings(text)))
        for secret in hidden:
            if secret.line not in lines and any(secret.pattern.search(each) for each in readings):
                lines[secret.line] = next((number for number, each in enumerate(text.splitlines(), 1) if secret.pattern.search(_plain(each))), 0)
    for secret in hidden:
        if secret.line in lines:
            yield Leak(name, lines[secret.line], secret.line)


def told(leak: Leak) -> str:
    """Return where a leak is, without what leaks."""
    return f"{leak.file}{f':{leak.line}' if leak.line else ''}: holds what line {leak.secret} of {NAME} says"


def _texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """Yield a file as text, and what is packed in it: names and contents of a zip, which packs, word processors and spreadsheets write."""
    yield data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "ignore")
    if depth < _DEEPEST:
        for part in _parts(data):
            yield from _texts(part, depth + 1)


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield what is packed in a file, each part up to a size; nothing of what is not whole."""
    with contextlib.suppress(OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        if data[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                yield file.read(_MOST)
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield "\n".join(archive.namelist()).encode("utf-8", "replace")
                for name in archive.namelist():
                    with archive.open(name) as file:
                        yield file.read(_MOST)


def _readings(text: str) -> Iterator[str]:
    yield text
    decoded = text
    for _ in range(3):  # an address in JSON in an attribute is encoded twice, in a link in it three times
        decoded = unquote_plus(html.unescape(_ESCAPE.sub(_character, _FOLD.sub("", decoded))), errors="ignore")
        yield decoded
    yield _TAG.sub("", text)
    yield html.unescape(_TAG.sub(" ", text))
    yield " ".join(_unpacked(text))


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else {"n": " ", "N": " "}.get(match[3], match[3])


def _unpacked(text: str) -> Iterator[str]:
    for match in _PACKED.finditer(text):
        run = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        try:
            yield base64.b64decode(run + "=" * (-len(run) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue


def _plain(text: str) -> str:
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _pattern(text: str) -> re.Pattern[str]:
    """Return what finds a text with any blanks and marks between its words; a degree is found from its third decimal on."""
    if _NUMBER.fullmatch(text):
        return re.compile(rf"(?<![\d.]){re.escape(text[: text.index('.') + 4])}\d*")
    words = re.findall(r"[^\W_]+", _plain(text))
    return re.compile(r"(?<![^\W_])" + r"[\W_]*".join(map(re.escape, words)) + r"(?![^\W_])")
