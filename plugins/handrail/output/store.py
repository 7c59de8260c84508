"""What is kept from one run to the next: JSON of one version, whole or ignored.

A store is written in one step under another name, so two runs at once do no harm, and it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A link is not followed, and a pipe is not waited for."""
_MOST = 1 << 30
"""Bytes of the largest store that is read."""

VARIABLE = "HANDRAIL_CACHE"
FOLDER = Path(".cache", "handrail")
"""Where stores are kept, from the folder of the registry's root file, unless the variable names a folder."""


def place(beside: Path, kind: str, about: Path) -> Path:
    """Return the file of a store about a path; ``beside`` is the registry's root file."""
    folder = Path(os.environ.get(VARIABLE) or beside.absolute().parent / FOLDER)
    return folder / f"{kind}-{digest(os.fsencode(about.absolute()))[:16]}.json"


def read(path: Path, version: str) -> Any:
    """Return what a store holds; None when it is missing, of another version, or not as it was written, or is no ordinary file of its own."""
    try:
        with open(os.open(path, _READ), "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode) or facts.st_size > _MOST:
                return None
            head, _, body = file.read().partition(b"\n")
    except OSError:
        return None
    if head.decode("ascii", "replace") != f"{version} {digest(body)}":
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def write(path: Path, version: str, content: Any) -> None:
    """Keep something; a folder that cannot be written to is no reason to fail."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(f"{version} {digest(body)}\n".encode() + body)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink()
            raise


def digest(raw: bytes) -> str:
    """Return a hash by which contents are known."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()
