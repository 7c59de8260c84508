"""A site is built beside the one that readers get, and takes its place in one step when it is whole.

On Linux the two folders are exchanged by one call of the system (``renameat2`` on ext4, XFS, Btrfs, tmpfs, overlayfs), so
whoever looks, and a run that is killed at any moment, finds the old site or the new one. Elsewhere the old folder is
renamed away and the new one into its place: a run killed between the two leaves no site, and the next one puts the old
back. Where the folder cannot be renamed (it is a mount, or holds hidden files such as ``.git`` that are not ours) files
are exchanged one by one: each is old or new, never half, the pages last.

Whoever builds holds the new folder (``flock``) until the site is in place or given up: a second build into the same place is
refused, where two that write into one folder would make half a site of both. The system lets go of it however a process ends.

A file whose bytes did not change keeps its time of change, so that what uploads by time uploads only what changed.
A large site that was replaced may be kept as a spare, to be the folder of the next one (``handrail.output.spare``).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import filecmp
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class BusyError(Exception):
    """Another process builds this site."""


def beside(site: Path) -> Path:
    """Return the folder in which a site is built."""
    site = Path(os.path.realpath(site))
    return site.with_name(f".{site.name}.new")


def spare(site: Path) -> Path:
    """Return the folder in which a site that was replaced is kept."""
    site = Path(os.path.realpath(site))
    return site.with_name(f".{site.name}.spare")


def begin(site: Path) -> Hold | None:
    """Hold the folder in which a site is built, empty, and mend what a run that was killed may have left.

    None where there can be no such folder, and the site is built in its place; ``BusyError`` while somebody else builds it.
    """
    new, site = beside(site), Path(os.path.realpath(site))
    if new.is_symlink():
        new.unlink()
    hold = Hold.of(new)
    if hold:
        if not site.exists() and _old(site).is_dir():  # killed between two renames
            _old(site).rename(site)
        remove(_old(site))
        for left in new.iterdir():
            remove(left)
    return hold


class Hold:
    """A folder that this process alone writes into, as long as it holds it."""

    def __init__(self, folder: Path, handles: list[int]) -> None:
        self.folder = folder
        self._handles = handles
        self.is_over = False

    @classmethod
    def of(cls, folder: Path) -> Hold | None:
        """Make a folder and hold it; None where it cannot be made."""
        while True:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                handles = _held(folder)
                if not handles or os.path.samestat(os.fstat(handles[0]), folder.stat()):
                    return cls(folder, handles)
            except FileNotFoundError:  # whoever held it a moment ago has just put it into its place
                continue
            except OSError:
                return None
            os.close(handles[0])

    def also(self, folder: Path) -> None:
        """Hold another folder: the one that comes to lie where this one was."""
        with contextlib.suppress(OSError):
            self._handles += _held(folder)

    def release(self) -> None:
        """Hold nothing any more: what lies there from now on is somebody else's."""
        self.is_over = True
        while self._handles:
            os.close(self._handles.pop())


def _held(folder: Path) -> list[int]:
    """Return a handle by which this process holds a folder; none on systems that cannot."""
    if fcntl is None:
        return []
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if error.errno in (errno.EAGAIN, errno.EACCES):
            raise BusyError from None
        return []  # a disk over a network that knows nothing of it
    return [handle]


def promote(new: Path, site: Path, *, written: Iterable[str] | None = None, keep: bool = False) -> None:
    """Put a whole site into the place of the old one, which is gone then, or kept as a spare.

    Only files that are ``written`` anew are compared with those of before: paths from the root of the site, with slashes; None for all.
    """
    site = Path(os.path.realpath(site))
    remove(spare(site))
    if not site.exists():
        new.rename(site)
        return
    for path in files(new)[0] if written is None else written:
        _keep_time(new / path, site / path)
    filecmp.clear_cache()
    if any(each.name.startswith(".") and not os.path.lexists(new / each.name) for each in site.iterdir()) or not _exchanged(new, site):
        _one_by_one(new, site)
        keep = False
    old = new if new.exists() else _old(site)
    if keep:
        old.rename(spare(site))
    remove(new)
    remove(_old(site))


def files(folder: Path) -> tuple[list[str], set[str]]:
    """Return the paths of every file and of every folder below a folder, from there, with slashes."""
    found: list[str] = []
    folders: set[str] = set()
    ways = [""]
    while ways:
        way = ways.pop()
        with os.scandir(f"{folder}/{way}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.add(way + entry.name)
                    ways.append(f"{way}{entry.name}/")
                else:
                    found.append(way + entry.name)
    return found, folders


def remove(folder: Path) -> None:
    """Remove a folder or a file; of a link, the link."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _old(site: Path) -> Path:
    return site.with_name(f".{site.name}.old")


def _keep_time(mine: Path, theirs: Path) -> None:
    """Give a file with the same bytes as before the time of before; one that has a second name is linked from there."""
    with contextlib.suppress(OSError):
        if (facts := mine.lstat()).st_nlink == 1 and facts.st_size == (before := theirs.lstat()).st_size and filecmp.cmp(mine, theirs, shallow=False):
            os.utime(mine, ns=(before.st_atime_ns, before.st_mtime_ns))


def _exchanged(new: Path, site: Path) -> bool:
    """Exchange two folders; return whether it could be done."""
    with contextlib.suppress(OSError, AttributeError):
        system = ctypes.CDLL(None, use_errno=True)
        if system.renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(site), _RENAME_EXCHANGE) == 0:
            return True
        if ctypes.get_errno() in (errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM):
            return False
    try:
        site.rename(_old(site))
    except OSError:
        return False
    try:
        new.rename(site)
    except OSError:
        _old(site).rename(site)
        return False
    return True


def _one_by_one(new: Path, site: Path) -> None:
    """Exchange file by file: what pages need first, then pages, then away with what is no longer there."""
    files = sorted((path for path in new.rglob("*") if not path.is_dir()), key=lambda path: (path.suffix == ".html", path))
    kept = {path.relative_to(new) for path in files}
    for path in files:
        target = site / path.relative_to(new)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        for above in reversed(target.relative_to(site).parents):
            if (site / above).is_file():
                (site / above).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for path in sorted(site.rglob("*"), reverse=True):
        way = path.relative_to(site)
        if way.parts[0].startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            with contextlib.suppress(OSError):
                path.rmdir()
        elif way not in kept:
            path.unlink()
