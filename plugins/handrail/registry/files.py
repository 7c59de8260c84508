"""Files of the registry: found, kept inside the folder of the root file, and read with one clear issue each when they cannot be."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from handrail.issues.issue import Issue
from handrail.registry.reading import MAX_BYTES, Document, read, refused, too_large


def document(path: Path, base: Path, *, page: bool = False) -> Document:
    """Return the document of one file; whatever keeps it from being read is its issue. Of a page the front matter is the data."""
    raw = contents(path, base)
    return raw if isinstance(raw, Document) else read(raw, name(path, base), page=page)


def contents(path: Path, base: Path, folders: dict[str, bool] | None = None) -> bytes | Document:
    """Return the bytes of one file, or a document whose issue says what keeps it from being read.

    Whoever reads many files at once hands over ``folders``: whether a folder lies inside the base is found out once.
    """
    called = name(path, base)
    try:
        if not _is_inside(path, base, {} if folders is None else folders):
            return refused(called, "E107", "a link leads out of the folder of the registry", "put the file itself here")
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            return refused(called, "E102", "this is a folder, not a file", "name the files in it, such as folder/*.yaml")
        if not stat.S_ISREG(facts.st_mode):  # a pipe would be waited for, a device never ends
            return refused(called, "E100", "this is not an ordinary file", "put the file itself here")
        if facts.st_size > MAX_BYTES:
            return refused(called, *too_large(facts.st_size))
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return refused(called, "E101", "this file is missing", "check the name, capital letters too")
    except PermissionError:
        return refused(called, "E103", "this file may not be read", "give your user the right to read it")
    except OSError as error:
        return refused(called, "E100", f"this file cannot be read ({error.strerror or type(error).__name__})", "check the disk and the name")


def _is_inside(path: Path, base: Path, folders: dict[str, bool]) -> bool:
    folder = path if path == base or path.is_symlink() else path.parent
    if (known := folders.get(str(folder))) is None:
        known = folders[str(folder)] = Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(base))
    return known


def included(root: Document, patterns: list[str], base: Path) -> tuple[list[Path], list[Issue]]:
    """Return the files that the include patterns name, sorted, each once, and an issue for each pattern that goes wrong."""
    found: dict[Path, None] = {}
    issues = []
    for index, pattern in enumerate(patterns):
        at = ("include", index)
        parts = pattern.replace("\\", "/").split("/")
        if pattern.startswith(("/", "~")) or ":" in parts[0] or ".." in parts:
            issues.append(root.issue("E106", at, f'"{pattern}" leaves the folder of the registry', "name files inside it"))
            continue
        try:
            matches = _matches(pattern, base)
        except (ValueError, OSError):
            issues.append(root.issue("E108", at, f'"{pattern}" is not a pattern', "** stands alone between slashes, * for any name"))
            continue
        shut = list(closed(_start(parts, base), base, _depth(parts))) if _has_marks(pattern) else []
        issues += shut
        if not matches and not shut:
            issues.append(root.issue("E108", at, f'"{pattern}" finds no file', "check the name; ** stands for any folders, * for any name"))
        if "**" in parts:
            issues += [issue for issue in stray_links(_start(parts, base), base) if issue.file not in {each.file for each in issues}]
        found.update(dict.fromkeys(matches))
    found.pop(base / root.name, None)
    return list(found), issues


def stray_links(folder: Path, base: Path) -> Iterator[Issue]:
    """Yield an issue for every link below a folder that leads to another folder, out of the base, or to something hidden in it.

    A link to a folder is followed by some programs and not by others: what it holds would be lost in silence, or published unread.
    Where one leads, a site could carry what nobody meant to publish. Folders whose names begin with a dot are left alone, as everywhere.
    """
    inside = os.path.realpath(base)
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted((*folders, *names)):
            path = Path(place, each)
            if not _is_link(path):
                continue
            target = Path(os.path.realpath(path))
            if not target.is_relative_to(inside):
                yield Issue(name(path, base), 0, 0, "E107", "a link leads out of the folder of the registry", "put the file itself here")
            elif any(part.startswith(".") for part in target.relative_to(inside).parts):
                yield Issue(name(path, base), 0, 0, "E107", "a link leads to something hidden", "put the file itself here")
            elif each in folders:
                yield Issue(name(path, base), 0, 0, "E107", "a link to a folder is not followed", "put the folder itself here")


def closed(folder: Path, base: Path, depth: int | None = None) -> Iterator[Issue]:
    """Yield an issue for every folder, at most so many steps down, whose files nobody can see: they would be left out in silence."""
    errors: list[OSError] = []
    for place, folders, _ in os.walk(folder, onerror=errors.append):
        steps = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(each for each in folders if not each.startswith(".")) if depth is None or steps < depth else []
    for error in errors:
        if isinstance(error, PermissionError):
            yield Issue(name(Path(error.filename), base), 0, 0, "E103", "this folder may not be read", "give your user the right to read it")


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in "*?[")


def _depth(parts: list[str]) -> int | None:
    """Return how many folders below its first one a pattern looks into; None for all of them."""
    return None if "**" in parts else len(parts) - 1 - next(index for index, part in enumerate(parts) if _has_marks(part))


def _start(parts: list[str], base: Path) -> Path:
    """Return the folder in which a pattern begins to look: all that stands before its first mark."""
    sure = next(index for index, part in enumerate(parts) if _has_marks(part))
    return base.joinpath(*parts[:sure])


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except PermissionError:  # the folder may be listed and not entered: whoever opens the file will say so
        return False


def _matches(pattern: str, base: Path) -> list[Path]:
    if _has_marks(pattern):
        return sorted(path for path in base.glob(pattern) if path.suffix in (".yaml", ".yml") or _is_link(path) or path.is_file())
    path = base / pattern
    return [path] if os.path.lexists(path) else []


def name(path: Path, base: Path) -> str:
    """Return the path from the base, with what is not text in it made visible."""
    return os.fsencode(os.path.relpath(path, base).replace(os.sep, "/")).decode("utf-8", "backslashreplace")
