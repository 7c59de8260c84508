"""A site is built beside the one that readers get, and takes its place in one step when it is whole.

On Linux the two folders are exchanged by one call of the system (``renameat2`` on ext4, XFS, Btrfs, tmpfs, overlayfs), so
whoever looks, and a run that is killed at any moment, finds the old site or the new one. Elsewhere the old folder is
renamed away and the new one into its place: a run killed between the two leaves no site, and the next one puts the old
back. Where the folder cannot be renamed (it is a mount, or holds hidden files such as ``.git`` that are not ours) files
are exchanged one by one: each is old or new, never half, the pages last.

A file whose bytes did not change keeps its time of change, so that what uploads by time uploads only what changed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import filecmp
import os
import shutil
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def beside(site: Path) -> Path:
    """Return the folder in which a site is built, and mend what a run that was killed may have left; the folder may exist."""
    site = Path(os.path.realpath(site))
    new, old = site.with_name(f".{site.name}.new"), _old(site)
    if not site.exists() and old.is_dir():  # killed between two renames
        old.rename(site)
    for left in (new, old):
        remove(left)
    return new


def can_stand(new: Path) -> bool:
    """Return whether the folder can be made: where it cannot, the site is built in its place."""
    try:
        new.mkdir(parents=True)
    except OSError:
        return False
    return True


def promote(new: Path, site: Path) -> None:
    """Put a whole site into the place of the old one, which is gone then."""
    site = Path(os.path.realpath(site))
    if not site.exists():
        new.rename(site)
        return
    _keep_times(new, site)
    if any(each.name.startswith(".") and not os.path.lexists(new / each.name) for each in site.iterdir()) or not _exchanged(new, site):
        _one_by_one(new, site)
    remove(new)
    remove(_old(site))


def remove(folder: Path) -> None:
    """Remove a folder; of a link, the link."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _old(site: Path) -> Path:
    return site.with_name(f".{site.name}.old")


def _keep_times(new: Path, site: Path) -> None:
    for mine in new.rglob("*"):
        theirs = site / mine.relative_to(new)
        with contextlib.suppress(OSError):
            if not mine.is_dir() and filecmp.cmp(mine, theirs, shallow=False):
                facts = theirs.stat()
                os.utime(mine, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    filecmp.clear_cache()


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
