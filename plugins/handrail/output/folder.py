"""The folder in which a site is made, beside the one that readers get: what did not change is linked from there, not written again."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handrail.output.files import Asset
from handrail.output.store import digest

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL

Print = tuple[str, int, int]
"""How a file is known: the key of what it was made from, its bytes, and its time of change in nanoseconds."""


@dataclass(slots=True)
class Folder:
    """Where files of the site go. Paths are from its root, with slashes."""

    new: Path
    old: Path | None = None
    """The site of before; None when there is none, or its files cannot be linked to."""
    known: Mapping[str, Print] = field(default_factory=dict)
    """How the files of the old site are known that were made from a key."""
    salt: str = ""
    """A hash of what every file with a key is made from."""
    prints: dict[str, Print] = field(default_factory=dict)
    """The same of the new site; only files with a key."""
    _ready: set[str] = field(default_factory=set)

    def put(self, asset: Asset) -> int:
        """Let a file be there, made only if it has to be; return its bytes."""
        key = self.key(asset.key) if asset.key else ""
        return self.prints[asset.path][1] if key and self.keep(asset.path, key) else self.write(asset.path, asset.data, key)

    def key(self, *parts: str) -> str:
        """Return the key of a file that is made from these and from what every file is made from."""
        return digest("\0".join((self.salt, *parts)).encode())

    def keep(self, path: str, key: str) -> bool:
        """Link a file of the old site when it was made from the same key and nobody touched it since; return whether it was."""
        known = self.known.get(path)
        if known is None or known[0] != key or self.old is None:
            return False
        old = f"{self.old}/{path}"
        try:
            facts = os.lstat(old)
            if not stat.S_ISREG(facts.st_mode) or (facts.st_size, facts.st_mtime_ns) != (known[1], known[2]):
                return False
            os.link(old, self._place(path))
        except OSError:
            return False
        self.prints[path] = known
        return True

    def write(self, path: str, data: bytes, key: str = "") -> int:
        """Write a file, or link the old one when it holds the same; return its bytes."""
        if self._same(path, data):
            facts = os.lstat(f"{self.new}/{path}") if key else None
        else:
            handle = self._opened(self._place(path))
            try:
                left = memoryview(data)
                while left:  # a disk that fills takes a part, and says so only when it is asked again
                    left = left[os.write(handle, left):]
                facts = os.fstat(handle) if key else None
            finally:
                os.close(handle)
        if facts:
            self.prints[path] = (key, facts.st_size, facts.st_mtime_ns)
        return len(data)

    def _opened(self, path: str) -> int:
        """Open a file that is new: one that is there may be linked to the old site, whose bytes nobody changes."""
        try:
            return os.open(path, _NEW, 0o666)
        except FileExistsError:
            Path(path).unlink()
            return os.open(path, _NEW, 0o666)

    def _same(self, path: str, data: bytes) -> bool:
        if self.old is None:
            return False
        old = f"{self.old}/{path}"
        try:
            facts = os.lstat(old)
            if not stat.S_ISREG(facts.st_mode) or facts.st_size != len(data) or Path(old).read_bytes() != data:
                return False
            os.link(old, self._place(path))
        except OSError:
            return False
        return True

    def _place(self, path: str) -> str:
        """Return the path of a new file, whose folder is there then."""
        folder = path.rpartition("/")[0]
        if folder not in self._ready:
            try:
                os.mkdir(f"{self.new}/{folder}")  # noqa: PTH102  # one call of the system; the folder around it is there nearly always
            except OSError:
                Path(self.new, folder).mkdir(parents=True, exist_ok=True)
            self._ready.add(folder)
        return f"{self.new}/{path}"
