"""Files of the registry: found, kept inside the folder of the root file, and read with one clear issue each when they can not be."""

from __future__ import annotations

import os
from pathlib import Path

from handrail.issues.issue import Issue
from handrail.registry import reading
from handrail.registry.reading import Document


def document(path: Path, base: Path) -> Document:
    """Return the document of one file; whatever keeps it from being read is its issue."""
    name = _name(path, base)
    try:
        if not path.resolve().is_relative_to(base.resolve()):
            return _failed(name, "E107", "a link leads out of the folder of the registry", "put the file itself here")
        if path.is_dir():
            return _failed(name, "E102", "this is a folder, not a file", "name the files in it, such as folder/*.yaml")
        if path.stat().st_size > reading.MAX_BYTES:
            return _failed(
                name, "E105", f"the file has {path.stat().st_size:,} bytes; at most {reading.MAX_BYTES:,} are read", "split it: one file an organization, named under include")
        return reading.read(path.read_bytes(), name)
    except FileNotFoundError:
        return _failed(name, "E101", "this file is missing", "check the name, capital letters too")
    except PermissionError:
        return _failed(name, "E103", "this file may not be read", "give your user the right to read it")
    except OSError as error:
        return _failed(name, "E100", f"this file can not be read ({error.strerror or type(error).__name__})", "check the disk and the name")


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
        if not any(mark in pattern for mark in "*?["):
            found[base / pattern] = None
            continue
        matches = sorted(path for path in base.glob(pattern) if path.is_file() or path.is_symlink())
        if not matches:
            issues.append(root.issue("E108", at, f'"{pattern}" finds no file', "check the name; ** stands for any folders, * for any name"))
        found.update(dict.fromkeys(matches))
    return list(found), issues


def _failed(name: str, code: str, message: str, help: str) -> Document:
    return Document(name, "", None, [Issue(name, 0, 0, code, message, help)])


def _name(path: Path, base: Path) -> str:
    return os.path.relpath(path, base).replace(os.sep, "/")
