"""A module imports only from lower floors; only the top floor knows the site generator. Both are held by reading the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "plugins" / "handrail"

FLOORS = {
    "issues": 1, "schemas": 1, "text": 1, "output": 1,
    "registry": 2,
    "model": 3,
    "views": 4,
    "pages": 5, "search": 5, "exports": 5, "review": 5, "imports": 5,
    "compiler": 6,
    "plugins": 7, "cli": 7,
}  # fmt: skip

BESIDE = {("issues", "text"), ("schemas", "text"), ("output", "text"), ("cli", "plugins")}
"""Arrows between folders of one floor that are allowed, each in one direction only."""

DATA = {"theme", "words", "new", "schema"}
"""Folders that hold no code of the package."""

GENERATORS = {"mkdocs", "material", "properdocs", "zensical"}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] not in DATA)


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def folder(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0] if len(parts) > 1 else ""


def own(path: Path) -> set[str]:
    """Return the folders of this package that a file imports from."""
    found = {name.split(".")[1] for name in imports(path) if name.startswith("handrail.")}
    return {name for name in found if (ROOT / name).is_dir()}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_from_lower_floors_only(path: Path) -> None:
    here = folder(path)
    for there in own(path) - {here}:
        assert FLOORS[there] < FLOORS[here] or (here, there) in BESIDE, f"{here} imports {there}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_top_floor_imports_the_site_generator(path: Path) -> None:
    known = {name.split(".")[0] for name in imports(path)} & GENERATORS
    assert not known or folder(path) == "plugins"


def test_every_folder_with_code_stands_on_a_floor() -> None:
    assert {folder(path) for path in modules()} - {""} <= set(FLOORS)


def test_siblings_point_one_way_at_most() -> None:
    assert not {(there, here) for here, there in BESIDE} & BESIDE
    assert all(FLOORS[here] == FLOORS[there] for here, there in BESIDE)
    assert not any(FLOORS[here] == 5 for here, _ in BESIDE)


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {".".join(("handrail", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path for path in modules()}
    arrows = {name: {each for each in imports(path) if each in names and each != name} for name, path in names.items()}
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " > ".join((*way, name))
        if name not in done:
            for each in sorted(arrows[name]):
                walk(each, (*way, name))
            done.add(name)

    for name in names:
        walk(name, ())


def test_packages_hold_no_code_in_their_first_file() -> None:
    for path in ROOT.rglob("__init__.py"):
        body = [node for node in ast.parse(path.read_text("utf-8")).body if not isinstance(node, ast.Expr)]
        assert not [node for node in body if isinstance(node, (ast.ClassDef, ast.FunctionDef))], path


def test_lower_floors_print_nothing_and_ask_no_clock() -> None:
    """Printing belongs to the command line; the day comes from one place."""
    for path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        if FLOORS.get(folder(path), 7) < 7:
            assert "print" not in calls, path
        if path.name != "dates.py":
            assert not calls & {"date.today", "datetime.now", "datetime.today", "datetime.utcnow"}, path
