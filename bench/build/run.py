"""Measures whole builds: Handrail beside plain MkDocs with Material, Hugo, Eleventy and Zensical, on the same entries in the same run.

    python bench/build/run.py                       1,000 and 10,000 entries, three runs
    python bench/build/run.py --sizes 100 --runs 1  a quick look
    python bench/build/run.py --only-ours --sizes 50000   Handrail alone: how the cost grows
    python bench/build/run.py --write               put table and plot into content/build/

Contenders take turns, so that a busy minute hits all of them; figures are medians. Only ratios within one run say something.
A contender whose program is not installed is left out. Hugo and Eleventy are followed by Pagefind: the others make an index too.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import generate
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "content/build"
RESULTS = "## Results"
NAV_UP_TO = 1000
"""Entries up to which MkDocs is measured with every entry in its navigation: the cost grows with the square."""


@dataclass
class Contender:
    """One way to build."""

    name: str
    folder: Path
    commands: list[list[str]]
    site: str = "site"
    clean: tuple[str, ...] = ("site",)
    """What is moved aside before each run."""
    edit: Path | None = None
    """A file that is changed a little before each run."""
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: int = 0
    """Bytes of the largest process."""

    def run(self) -> None:
        """Build once and note what it took."""
        # Not removed: for minutes after many files were, ext4 takes several times as long to make new ones, and whoever makes most pays most.
        aside = self.folder.with_name(f"{self.folder.name}-{len(self.wall)}-before")
        for name in self.clean:
            if (self.folder / name).exists():
                aside.mkdir(exist_ok=True)
                (self.folder / name).rename(aside / name)
        if self.edit:
            self.edit.write_text(self.edit.read_text("utf-8").replace("summary: ", "summary: Again ", 1), "utf-8")
        wall = cpu = 0.0
        for command in self.commands:
            start = time.monotonic()
            process = subprocess.Popen(command, cwd=self.folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            assert process.stderr is not None
            said = process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            if status:
                raise SystemExit(f"{self.name} failed: {command}\n{said.decode('utf-8', 'replace')[-2000:]}")
            wall += time.monotonic() - start
            cpu += used.ru_utime + used.ru_stime
            self.peak = max(self.peak, used.ru_maxrss * 1024)
        self.wall.append(wall)
        self.cpu.append(cpu)

    @property
    def files(self) -> list[int]:
        """Sizes of the files of the site."""
        return [path.stat().st_size for path in (self.folder / self.site).rglob("*") if path.is_file()]


ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONPATH": str(ROOT / "plugins"),
               "HANDRAIL_TODAY": "2026-11-23"}
PYTHON = sys.executable
MKDOCS = [PYTHON, "-m", "mkdocs", "build", "-q"]


def program(name: str) -> str | None:
    """Return the path of a program: of this environment, of node_modules, or of the machine."""
    for folder in (Path(PYTHON).parent, ROOT / "node_modules/.bin"):
        if (folder / name).exists():
            return str(folder / name)
    return shutil.which(name)


def contenders(count: int, work: Path, *, others: bool = True) -> Iterator[Contender]:
    """Yield every contender that is installed, with its source written."""
    registry = work / "handrail"
    generate.synthetic(count, registry)
    first = next(registry.glob("content/organizations/0/*.yaml"))
    yield Contender("Handrail", registry, [MKDOCS], clean=("site", ".site.spare", ".cache"))
    yield Contender("Handrail, one entry edited", registry, [MKDOCS], clean=(), edit=first)
    yield Contender("Handrail, edited once more", registry, [MKDOCS], clean=(), edit=first)
    if not others:
        return
    services = list(_services(registry))
    yield Contender("MkDocs + Material, search, no nav", _mkdocs(services, work / "mkdocs", nav=False), [MKDOCS])
    if count <= NAV_UP_TO:
        yield Contender("MkDocs + Material, search, nav", _mkdocs(services, work / "mkdocs-nav", nav=True), [MKDOCS])
    pagefind = program("pagefind")
    if pagefind and (hugo := program("hugo")):
        yield Contender("Hugo + Pagefind", _hugo(services, work / "hugo"), [[hugo, "--quiet", "-d", "site"], [pagefind, "--silent", "--site", "site"]])
    if pagefind and (eleventy := program("eleventy")):
        yield Contender("Eleventy + Pagefind", _eleventy(services, work / "eleventy"),
                        [[eleventy, "--quiet", "--output=site"], [pagefind, "--silent", "--site", "site"]])
    if zensical := program("zensical"):
        yield Contender("Zensical", _mkdocs(services, work / "zensical", nav=False), [[zensical, "build"]])


def checks(count: int, work: Path) -> Iterator[Contender]:
    """Yield the check, cold and warm, and a plain parse of the same files."""
    registry = work / "check"
    generate.synthetic(count, registry)
    check = [PYTHON, "-m", "handrail.cli.main", "check", "--format", "json"]
    yield Contender("handrail check, nothing kept", registry, [check], clean=(".cache",))
    yield Contender("handrail check, second time", registry, [check], clean=())
    parse = "import pathlib,yaml\nfor p in pathlib.Path().rglob('*.yaml'): yaml.load(p.read_bytes(), Loader=yaml.CSafeLoader)"
    yield Contender("plain parse of the same files", registry, [[PYTHON, "-c", parse]], clean=())


def _services(registry: Path) -> Iterator[dict[str, object]]:
    for path in sorted(registry.glob("content/organizations/**/*.yaml")):
        yield from yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)["services"]


def _markdown(service: dict[str, object], *, layout: str = "") -> str:
    front = {"title": service["name"], **({"layout": layout} if layout else {})}
    rows = "".join(f"- **{key}:** {json.dumps(value, ensure_ascii=False)}\n" for key, value in service.items() if key not in ("id", "name", "description"))
    return f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n# {service['name']}\n\n{service['description']}\n\n{rows}"


def _pages(services: list[dict[str, object]], folder: Path, layout: str = "") -> None:
    folder.mkdir(parents=True)
    for service in services:
        (folder / f"{service['id']}.md").write_text(_markdown(service, layout=layout), "utf-8")


def _mkdocs(services: list[dict[str, object]], folder: Path, *, nav: bool) -> Path:
    _pages(services, folder / "docs/services")
    (folder / "docs/index.md").write_text("# Bench\n", "utf-8")
    listed = "" if nav else "nav:\n  - index.md\nnot_in_nav: |\n  /services/\n"
    config = f"site_name: Bench\nsite_url: https://bench.example/\ntheme:\n  name: material\n  font: false\nplugins: [search]\n{listed}"
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    return folder


def _hugo(services: list[dict[str, object]], folder: Path) -> Path:
    _pages(services, folder / "content/services")
    (folder / "layouts/_default").mkdir(parents=True)
    page = LAYOUT.replace("TITLE", "{{ .Title }}").replace("CONTENT", "{{ .Content }}")
    (folder / "layouts/_default/single.html").write_text(page, "utf-8")
    (folder / "layouts/_default/list.html").write_text(page.replace("{{ .Content }}", "<p>{{ len .Pages }}</p>"), "utf-8")
    (folder / "config.toml").write_text('baseURL = "https://bench.example/"\ntitle = "Bench"\ndisableKinds = ["RSS", "taxonomy", "term"]\n', "utf-8")
    return folder


def _eleventy(services: list[dict[str, object]], folder: Path) -> Path:
    _pages(services, folder / "services", layout="page.njk")
    (folder / "_includes").mkdir()
    (folder / "_includes/page.njk").write_text(LAYOUT.replace("TITLE", "{{ title }}").replace("CONTENT", "{{ content | safe }}"), "utf-8")
    return folder


LAYOUT = ("<!doctype html><html lang=en><head><meta charset=utf-8><title>TITLE</title></head><body><header><nav>"
          + "".join(f"<a href=/{name}/>{name}</a> " for name in ("find", "regions", "topics", "guides", "about"))
          + "</nav></header><main data-pagefind-body>CONTENT</main></body></html>\n")


def measured(size: int, runs: int, *, others: bool = True) -> tuple[list[Contender], list[Contender]]:
    """Return contenders and checks of one size after their runs."""
    with tempfile.TemporaryDirectory() as work:
        builds, parses = list(contenders(size, Path(work), others=others)), list(checks(size, Path(work)))
        for turn in range(runs):
            for each in (*builds, *parses):
                print(f"{size:,} entries, run {turn + 1} of {runs}: {each.name}", file=sys.stderr)
                each.run()
        for each in builds:
            each.sizes = each.files  # type: ignore[attr-defined]
        return builds, parses


def table(size: int, builds: list[Contender], parses: list[Contender]) -> str:
    """Return the results of one size as Markdown."""
    base, plain = statistics.median(builds[0].wall), statistics.median(parses[-1].cpu)
    work = statistics.median(builds[0].cpu)
    lines = [f"### {size:,} entries", "", "| build | seconds | beside Handrail | processor seconds | beside Handrail | largest process | files | bytes |",
             "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for each in builds:
        sizes: list[int] = each.sizes  # type: ignore[attr-defined]
        wall, cpu = statistics.median(each.wall), statistics.median(each.cpu)
        lines.append(f"| {each.name} | {wall:.1f} | {wall / base:.2f} | {cpu:.1f} | {cpu / work:.2f} | {each.peak / 1e6:.0f} MB | {len(sizes):,} "
                     f"| {sum(sizes) / 1e6:.0f} MB |")
    lines += ["", "| check | processor seconds | beside a plain parse | largest process |", "|---|--:|--:|--:|"]
    for each in parses:
        cpu = statistics.median(each.cpu)
        lines.append(f"| {each.name} | {cpu:.1f} | {cpu / plain:.2f} | {each.peak / 1e6:.0f} MB |")
    return "\n".join(lines) + "\n"


def plot(size: int, builds: list[Contender]) -> str:
    """Return the processor seconds of one size as a picture."""
    most = max(statistics.median(each.cpu) for each in builds)
    height = 30 * len(builds) + 40
    title = f"Processor seconds to build {size:,} entries"
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 {height}" role="img" aria-label="{title}" font-family="sans-serif" font-size="14">',
             f'<rect width="700" height="{height}" fill="#fff"/><text x="10" y="22" font-weight="bold">{title}</text>']
    for number, each in enumerate(builds):
        cpu, y, fill = statistics.median(each.cpu), 34 + 30 * number, "#1f6f6b" if each.name.startswith("Handrail") else "#9aa5b1"
        parts.append(f'<text x="10" y="{y + 16}">{html.escape(each.name)}</text>'
                     f'<rect x="270" y="{y}" width="{max(2, round(360 * cpu / most))}" height="22" fill="{fill}"/>'
                     f'<text x="{276 + max(2, round(360 * cpu / most))}" y="{y + 16}">{cpu:.1f}</text>')
    return "".join((*parts, "</svg>\n"))


def main() -> None:
    """Measure and print; with --write, write too."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000", help="numbers of entries (default: %(default)s)")
    parser.add_argument("--runs", default=3, type=int, help="runs of each (default: %(default)s)")
    parser.add_argument("--only-ours", action="store_true", help="Handrail alone")
    parser.add_argument("--write", action="store_true", help="write table and plot into content/build/")
    options = parser.parse_args()
    tables = []
    for size in map(int, options.sizes.split(",")):
        builds, parses = measured(size, options.runs, others=not options.only_ours)
        tables.append(table(size, builds, parses))
        print(tables[-1], flush=True)
    if options.write:
        path = DOCS / "speed.md"
        before, _, _ = path.read_text("utf-8").partition(RESULTS)
        runs = f"Medians of {options.runs} runs, contenders by turns, {len(os.sched_getaffinity(0))} processors, Python {sys.version.split()[0]}." \
            if options.runs > 1 else f"One run, contenders one after the other, {len(os.sched_getaffinity(0))} processors, Python {sys.version.split()[0]}."
        picture = f"![Processor seconds to build {size:,} entries; the table below has the figures.](speed.svg)"
        path.write_text(f"{before}{RESULTS}\n\n{runs}\n\n{picture}\n\n" + "\n".join(tables), "utf-8")
        (DOCS / "speed.svg").write_text(plot(size, builds), "utf-8")


if __name__ == "__main__":
    main()
