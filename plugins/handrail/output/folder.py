"""The folder in which a site is made, beside the one that readers get: what did not change is linked from there, not written again."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handrail.output.files import Asset
from handrail.output.promotion import remove
from handrail.output.spare import Spare
from handrail.output.store import digest

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL

Print = tuple[str, int, int]
"""How a file is known: the key of what it was made from (empty when that is not known), its bytes, and its time of change in nanoseconds."""


@dataclass(slots=True)
class Folder:
    """Where files of the site go. Paths are from its root, with slashes."""

    new: Path
    old: Path | None = None
    """The site of before; None when there is none, or its files cannot be linked to."""
    known: Mapping[str, Print] = field(default_factory=dict)
    """How the files of the old site are known that were put here."""
    salt: str = ""
    """A hash of what every file with a key is made from."""
    spare: Spare | None = None
    """What lies in the new folder already."""
    prints: dict[str, Print] = field(default_factory=dict)
    """How the files of the new site are known."""
    _ready: set[str] = field(default_factory=set)

    def put(self, asset: Asset) -> int:
        """Let a file be there, made only if it has to be; return its bytes."""
        key = self.key(asset.key) if asset.key else ""
        return self.prints[asset.path][1] if key and self.keep(asset.path, key) else self.write(asset.path, asset.data, key)

    def key(self, *parts: str) -> str:
        """Return the key of a file that is made from these and from what every file is made from."""
        return digest("\0".join((self.salt, *parts)).encode())

    def keep(self, path: str, key: str) -> bool:
        """Let the file of the old site be that of the new one when it was made from the same key and nobody touched it since; return whether it is."""
        known = self.known.get(path)
        if known is None or known[0] != key or self.old is None:
            return False
        try:
            facts = os.lstat(f"{self.old}/{path}")
            if not stat.S_ISREG(facts.st_mode) or (facts.st_size, facts.st_mtime_ns) != (known[1], known[2]):
                return False
            self._link(path, facts)
        except OSError:
            return False
        self.prints[path] = known
        return True

    def write(self, path: str, data: bytes, key: str = "") -> int:
        """Write a file, or link the old one when it holds the same; return its bytes."""
        if self._same(path, data):
            facts = os.lstat(f"{self.new}/{path}")
        else:
            handle = self._opened(self._place(path))
            try:
                left = memoryview(data)
                while left:  # a disk that fills takes a part, and says so only when it is asked again
                    left = left[os.write(handle, left):]
                os.ftruncate(handle, len(data))
                facts = os.fstat(handle)
            finally:
                os.close(handle)
        self.prints[path] = (key, facts.st_size, facts.st_mtime_ns)
        return len(data)

    def sweep(self) -> None:
        """Remove what lies in the new folder from before and was not put here again."""
        if self.spare:
            self.spare.sweep(self.prints.keys())

    def _link(self, path: str, old: os.stat_result) -> None:
        """Give a file of the old site the same name in the new one; it may have it already."""
        if self.spare and path in self.spare.files:
            if os.path.samestat(os.lstat(f"{self.new}/{path}"), old):
                return
            os.unlink(f"{self.new}/{path}")  # noqa: PTH108
        os.link(f"{self.old}/{path}", self._place(path))

    def _opened(self, path: str) -> int:
        """Open a file to be written from its start.

        One that is there may be another name of a file of the old site, whose bytes nobody changes; one that has no other name is our own.
        To write over it costs less than to remove it: where thousands were just removed, ext4 takes long to make a new one. It is not
        emptied first, because ext4 waits for the disk when a file that was emptied is closed.
        """
        try:
            return os.open(path, _NEW, 0o666)
        except FileExistsError:
            facts = os.lstat(path)
            if stat.S_ISREG(facts.st_mode) and facts.st_nlink == 1:
                return os.open(path, os.O_WRONLY)
            remove(Path(path))
            return os.open(path, _NEW, 0o666)

    def _same(self, path: str, data: bytes) -> bool:
        if self.old is None:
            return False
        old = f"{self.old}/{path}"
        try:
            facts = os.lstat(old)
            if not stat.S_ISREG(facts.st_mode) or facts.st_size != len(data) or Path(old).read_bytes() != data:
                return False
            self._link(path, facts)
        except OSError:
            return False
        return True

    def _place(self, path: str) -> str:
        """Return the path of a new file, whose folder is there then."""
        folder = path.rpartition("/")[0]
        if folder not in self._ready and not (self.spare and folder in self.spare.folders):
            try:
                os.mkdir(f"{self.new}/{folder}")  # noqa: PTH102  # one call of the system; the folder around it is there nearly always
            except OSError:
                if self.spare:
                    self.spare.clear(folder)
                Path(self.new, folder).mkdir(parents=True, exist_ok=True)
            self._ready.add(folder)
        return f"{self.new}/{path}"
