"""``handrail new``: a small directory of one's own, which builds as it is; ``handrail new service`` asks for an entry of the directory here."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from handrail.cli import new_service
from handrail.exports import issue_forms
from handrail.issues.issue import HandrailError
from handrail.registry.editing import scalar
from handrail.schemas import library
from handrail.text import characters, web

PLACES = {"gitignore": ".gitignore", "github/check.yml": ".github/workflows/check.yml", "github/publish.yml": ".github/workflows/publish.yml",
          "github/weekly.yml": ".github/workflows/weekly.yml", "github/CODEOWNERS": ".github/CODEOWNERS", "pre-commit.yaml": ".pre-commit-config.yaml"}
"""Files whose names begin with a dot where they are put, but not where they are kept."""

ACTIONS = {
    "checkout": "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    "python": "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0",
    "artifact": "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
    "pages": "actions/upload-pages-artifact@56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1",
    "deploy": "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
}
"""Actions of the workflows, pinned to what their tag was."""


HOSTS = ("github", "gitlab", "forgejo")
_TELLING = {"gitlab": "gitlab", "codeberg": "forgejo", "forgejo": "forgejo", "gitea": "forgejo"}
"""Words in the name of a host that tell which software runs there; Gitea's pages are those of Forgejo."""


def add(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("new", help="start a directory of your own", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder to make; it must not hold anything yet. The word service asks for a service instead")
    parser.add_argument("--name", help="name of the directory (default: from the folder)")
    parser.add_argument("--region", default="My region", help="name of the first region (default: %(default)s)")
    parser.add_argument("--corrections", default="corrections@example.org", help="role address for mistakes that readers find (default: %(default)s)")
    parser.add_argument("--repository", default="", help="web address of its repository; the form then offers a pull request there")
    parser.add_argument("--host", choices=HOSTS, help="what software hosts the repository (default: by its address)")
    parser.add_argument("--registry", default="resources.yaml", type=Path, help="with service: root file of the registry (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the folder; nothing is ever written over."""
    folder: Path = options.folder
    if str(folder) == "service":
        return new_service.run(options.registry)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise HandrailError(f"{folder} is not empty; name a folder that does not exist yet")
    if problem := web.mailbox_problem(options.corrections):
        raise HandrailError(f"--corrections: {problem}")
    name, region = (" ".join(text.split()) for text in (options.name or folder.resolve().name.replace("-", " ").capitalize(), options.region))
    if found := next(characters.hidden(name + region), None):
        raise HandrailError(f"an invisible or direction-changing character stands in --name or --region: {found[1]}")
    values = {
        "name": name, "name_yaml": json.dumps(name, ensure_ascii=False), "corrections": options.corrections, "region": _id(region),
        "region_name_yaml": json.dumps(region, ensure_ascii=False), "repository": _repository(options), **ACTIONS, "open": "{", "close": "}",
    }
    slots = re.compile("{(" + "|".join(values) + ")}")
    template = files("handrail") / "new"
    for path in _tree(template):
        text = (template / path).read_text("utf-8")
        text = slots.sub(lambda found: values[found[1]], text)
        target = folder / PLACES.get(path, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for path, text in issue_forms.files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    shutil.copytree(library.folder(), folder / "schema")
    sys.stdout.write(f"{name} stands in {folder}.\nNext: cd {folder}, then mkdocs serve.\n")
    return 0


def _tree(folder: Any, before: str = "") -> list[str]:
    found: list[str] = []
    for each in sorted(folder.iterdir(), key=lambda each: str(each.name)):
        found += _tree(each, f"{before}{each.name}/") if each.is_dir() else [before + each.name]
    return found


def _repository(options: argparse.Namespace) -> str:
    """Return the lines of the root file that name the repository; as a comment to fill in when none is given."""
    address = str(options.repository).rstrip("/").removesuffix(".git")
    if not address:
        kind = options.host or "github"
        lines = ("repository:", "  url: https://github.com/your-organization/your-directory", "  branch: main", f"  kind: {kind}  # or {_others(kind)}")
        return "\n".join(f"  # {line}" for line in lines)
    if wrong := web.problem(address):
        raise HandrailError(f'"{address}" cannot be the address of a repository: {wrong}')
    kind = options.host or next((kind for word, kind in _TELLING.items() if word in web.host(address)), "github")
    return f"  repository:\n    url: {scalar(address)}\n    branch: main\n    kind: {kind}"


def _others(kind: str) -> str:
    return " or ".join(each for each in HOSTS if each != kind)


def _id(name: str) -> str:
    made = re.sub(r"[^a-z0-9]+", "-", characters.fold(name)).strip("-")[:60].strip("-")
    return made if len(made) > 1 else "my-region"
