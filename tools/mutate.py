"""Change one thing at a time in modules that must be right, and report which changes no test notices.

Each change runs in a copy of this process (``os.fork``), which has the libraries loaded already and takes the changed
module from memory: no file is written, and whatever a change breaks ends with its process.

    python tools/mutate.py                every module below
    python tools/mutate.py escape         one of them
    python tools/mutate.py reading:40     40 of its changes, the same in every run
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
_LEAKS = (
    "it_is_found_however_it_is_written", "what_only_looks_like_it_is_left_alone", "a_leak_names_its_line_and_the_line_of_the_secret_and_not_the_text",
    "bytes_that_are_no_text_are_looked_through_too", "what_is_packed_and_broken_is_read_as_it_stands", "packs_in_packs_come_to_an_end",
    "a_text_that_is_too_short_is_refused_and_without_a_file_there_is_nothing",
)  # fmt: skip
_KEPT = (
    "a_second_run_reads_no_file_again", "a_file_that_changed_is_read_again", "a_pack_that_is_not_whole_is_ignored_and_written_anew",
    "a_pack_that_somebody_else_made_up_stops_nothing", "what_is_no_ordinary_file_is_neither_read_nor_written_to", "a_pack_that_is_larger_than_any_is_not_read",
    "what_is_kept_depends_on_all_that_reads_and_checks",
    "a_folder_where_the_pack_should_be_stops_nothing",
    "everything_kept_may_be_deleted_at_any_time", "a_day_earlier_dates_are_looked_at_again", "the_bytes_that_are_kept_are_the_same_in_every_run",
)  # fmt: skip
_PRIVATE = ("no_report_repeats_an_address_whatever_else_is_wrong_with_its_place", "lines_that_are_about_something_else_are_shown")
MODULES = {
    "escape": ("handrail.text.escape", ("tests/text/test_escape.py", "tests/hardening/test_edges.py")),
    "hours": ("handrail.model.hours", ("tests/model/test_hours.py", "tests/hardening/test_edges.py")),
    "region": ("handrail.model.region", ("tests/model/test_region.py", "tests/model/test_directory.py")),
    "leaks": ("handrail.output.leaks", tuple(f"tests/hardening/test_leaks.py::test_{name}" for name in _LEAKS)),
    "private": ("handrail.registry.private", ("tests/registry/test_private.py", *(f"tests/registry/test_golden.py::test_{name}" for name in _PRIVATE))),
    "store": ("handrail.output.store", tuple(f"tests/speed/test_cache.py::test_{name}" for name in _KEPT)),
    "cache": ("handrail.registry.cache", tuple(f"tests/speed/test_cache.py::test_{name}" for name in _KEPT)),
    "files": ("handrail.registry.files", ("tests/registry/test_files.py",)),
    "loading": ("handrail.registry.loading", ("tests/registry/test_files.py", *(f"tests/speed/test_cache.py::test_{name}" for name in _KEPT))),
    "reading": ("handrail.registry.reading", ("tests/registry/test_reading.py", "tests/registry/test_golden.py", "tests/hardening/test_edges.py")),
}
"""Each module with the tests that hold it: those that take seconds, not those of whole sites."""
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult, ast.Break: ast.Continue, ast.Continue: ast.Break,
}
PATIENCE = 8
"""How many times as long as the unchanged module the tests may take: a change that never ends was noticed."""


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    line: int
    change: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield a module's text with one change each, in the order of its lines."""
    number = 0
    while True:
        tree = ast.parse(source)
        places = list(_places(tree))
        if number == len(places):
            return
        node, kind = places[number]
        before = ast.unparse(node) if not isinstance(node, (ast.operator, ast.cmpop, ast.boolop)) else ""
        tree = _Changed(node, kind).visit(tree)
        yield Mutant(getattr(node, "lineno", 0), f"{kind}: {before[:90]}", ast.unparse(ast.fix_missing_locations(tree)))
        number += 1


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    skipped = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if (note := getattr(node, name, None)) is not None:
                skipped.update(ast.walk(note))
        for decorator in getattr(node, "decorator_list", ()):  # frozen and slots change nothing that a caller may rely on
            skipped.update(ast.walk(decorator))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        if isinstance(node, ast.JoinedStr):
            skipped.update(each for each in ast.walk(node) if isinstance(each, ast.Constant))
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Compare):
            yield from ((node, f"comparison {at}") for at in range(len(node.ops)) if type(node.ops[at]) in SWAPS)
        elif isinstance(node, ast.BoolOp):
            yield node, "and/or"
        elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in SWAPS:
            yield node, "operator"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not"
        elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
            yield node, "condition"
        elif isinstance(node, (ast.Break, ast.Continue)):
            yield node, "jump"
        elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, str)) and node.value != "":
            yield node, "constant"
        elif isinstance(node, ast.Return) and node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield node, "return"


class _Changed(ast.NodeTransformer):
    def __init__(self, target: ast.AST, kind: str) -> None:
        self.target, self.kind = target, kind

    def visit(self, node: ast.AST) -> ast.AST:
        if node is not self.target:
            return self.generic_visit(node)
        if isinstance(node, ast.Compare):
            at = int(self.kind.split()[1])
            node.ops[at] = SWAPS[type(node.ops[at])]()  # type: ignore[call-overload]
        elif isinstance(node, (ast.BoolOp, ast.BinOp, ast.AugAssign)):
            node.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
        elif isinstance(node, ast.UnaryOp):
            return node.operand
        elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        elif isinstance(node, (ast.Break, ast.Continue)):
            return SWAPS[type(node)]()
        elif isinstance(node, ast.Constant):
            value = node.value
            return ast.Constant(not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}~")
        elif isinstance(node, ast.Return):
            node.value = ast.Constant(None)
        return node


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module from a text in the place of its file."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def notices(name: str, path: Path, source: str, tests: Sequence[str], seconds: float) -> str:
    """Return how the tests took a change: ``failed``, ``never ended`` or, when nothing noticed, an empty text."""
    process = os.fork()
    if process == 0:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for each in (0, 1, 2):
            os.dup2(quiet, each)
        code = 3
        try:
            import pytest

            sys.meta_path.insert(0, _Instead(name, path, source))
            code = int(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-m", "not deep and not browser", *tests]))
        finally:
            os._exit(0 if code == 0 else 1)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return "" if status == 0 else "failed"
        time.sleep(0.02)
    os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return "never ended"


def _some(every: list[Mutant], most: int) -> list[Mutant]:
    """Return so many changes, spread over the module and the same in every run."""
    return every if len(every) <= most else [every[at] for at in sorted(random.Random(10).sample(range(len(every)), most))]


def main(chosen: Sequence[str]) -> int:
    """Print, for each module, every change that no test noticed, and the score."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "plugins"))
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    import html5lib  # noqa: F401  loaded once for all copies
    import hypothesis
    import jsonschema  # noqa: F401
    import pytest  # noqa: F401
    import yaml  # noqa: F401

    hypothesis.settings.register_profile("mutants", database=None, derandomize=True, deadline=None)
    hypothesis.settings.load_profile("mutants")
    for wanted in chosen or MODULES:
        key, _, most = wanted.partition(":")
        name, tests = MODULES[key]
        path = ROOT / "plugins" / Path(*name.split(".")).with_suffix(".py")
        source = path.read_text("utf-8")
        started = time.monotonic()
        if notices(name, path, source, tests, 600):
            print(f"{key}: the tests fail without any change")
            return 1
        seconds = 5 + PATIENCE * (time.monotonic() - started)
        count = noticed = 0
        for mutant in _some(list(mutants(source)), int(most or sys.maxsize)):
            count += 1
            if notices(name, path, mutant.source, tests, seconds):
                noticed += 1
            else:
                print(f"{path.relative_to(ROOT)}:{mutant.line}: nobody noticed {mutant.change}", flush=True)
        print(f"{key}: {noticed} of {count} changes noticed ({noticed / count:.0%})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
