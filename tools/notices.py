"""Write what the project takes from others: ``sbom.cdx.json`` from the lock files, and ``third-party.txt``, which every site carries, from what it ships.

    python tools/notices.py           write both
    python tools/notices.py --check   say which of them is not up to date
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


def shipped() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield name, version, licence, place in the site and licence text of everything of others that a site ships."""
    material = metadata.distribution("mkdocs-material")
    text = next(str(material.locate_file(file)) for file in material.files or () if str(file).endswith("licenses/LICENSE"))
    where = "`assets/stylesheets/main.*.css`, `assets/images/favicon.png`, the frame of the pages"
    yield "Material for MkDocs", material.version, "MIT", where, _read(Path(text))
    icons = material.locate_file("material/templates/.icons/material/LICENSE")
    where = "icons in the style sheet"
    yield "Material Design Icons", f"in Material {material.version}", "Apache-2.0", where, _read(Path(str(icons)))
    lunr = re.search(r"lunr(?:js\.com)? - ([0-9.]+)", _lunr())
    version = lunr[1] if lunr else ""
    copyright = "Copyright (C) 2020 Oliver Nightingale"
    yield "lunr.js", version, "MIT", "`assets/handrail/search/`: parser, stemmer and stop words", f"{copyright}\n\n{MIT}"
    snowball = metadata.distribution("snowballstemmer")
    text = next(str(snowball.locate_file(file)) for file in snowball.files or () if file.name in ("COPYING", "LICENSE"))
    where = "`assets/handrail/search/lunr.js`, on sites in a language other than English: the stemmer of that language"
    yield "Snowball stemmers (snowballstemmer)", snowball.version, "BSD-3-Clause", where, _read(Path(text))
    npm = _npm()
    face = "@fontsource/atkinson-hyperlegible"
    yield "Atkinson Hyperlegible", npm[face]["version"], "OFL-1.1", "`assets/handrail/fonts/`", _licence(face)
    yield "lean-qr", npm["lean-qr"]["version"], "MIT", "`assets/handrail/vendor/lean-qr.js`", _licence("lean-qr")
    judge = json.loads((ROOT / "node_modules/@cfworker/json-schema/package.json").read_text("utf-8"))
    author = judge.get("author", "")
    name = author.get("name", "") if isinstance(author, dict) else author.partition("<")[0].strip()
    yield "@cfworker/json-schema", npm["@cfworker/json-schema"]["version"], "MIT", "`assets/handrail/vendor/json-schema/`", f"Copyright (c) {name}\n\n{MIT}"


def notices() -> str:
    """Return the notices: a table, then each licence."""
    parts = list(shipped())
    rows = "\n".join(f"| {name} | {version} | {licence} | {place} |" for name, version, licence, place, _ in parts)
    texts = "\n".join(f"\n## {name}\n\n```text\n{text}\n```" for name, _, _, _, text in parts)
    return (
        "# What the site ships of others\n\n"
        "Written by `tools/notices.py` from what is installed; a test holds it. What only builds or tests the site is listed in `sbom.cdx.json`.\n\n"
        f"| Part | Version | Licence | Where in the site |\n|---|---|---|---|\n{rows}\n{texts}\n"
    )


def bill() -> str:
    """Return the bill of materials in CycloneDX 1.5: every locked package that makes or stands in a site, with its hashes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    packages = [*_python("requirements.lock"), *(_node(name, package) for name, package in _npm().items() if not package.get("dev"))]
    return json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "name": project["name"], "version": project["version"], "licenses": [{"license": {"id": "MIT"}}]}},
        "components": sorted(packages, key=lambda each: each["purl"]),
    }, indent=1, ensure_ascii=False) + "\n"  # fmt: skip


def _python(lock: str) -> Iterator[dict[str, Any]]:
    lines = (ROOT / lock).read_text("utf-8").replace("\\\n", " ").splitlines()
    for line in lines:
        if found := re.match(r"([a-z0-9._-]+)==(\S+)", line):
            name, version = found.groups()
            yield {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}",
                   "hashes": [{"alg": "SHA-256", "content": each} for each in re.findall(r"sha256:([0-9a-f]{64})", line)]}  # fmt: skip


def _node(name: str, package: dict[str, Any]) -> dict[str, Any]:
    digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
    return {"type": "library", "name": name, "version": package["version"], "purl": f"pkg:npm/{name.replace('@', '%40')}@{package['version']}",
            "hashes": [{"alg": "SHA-512", "content": digest}], "licenses": [{"license": {"id": package["license"]}}]}  # fmt: skip


def _npm() -> dict[str, Any]:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    return {name.removeprefix("node_modules/"): package for name, package in packages.items() if name}


def _licence(package: str) -> str:
    return _read(ROOT / "node_modules" / package / "LICENSE")


def _lunr() -> str:
    return (Path(str(metadata.distribution("mkdocs").locate_file("mkdocs"))) / "contrib/search/templates/search/lunr.js").read_text("utf-8")[:400]


def _read(path: Path) -> str:
    return "\n".join(line.rstrip() for line in path.read_text("utf-8").strip().splitlines())


FILES = {"sbom.cdx.json": bill, "plugins/handrail/theme/third-party.txt": notices}


def main(arguments: list[str]) -> int:
    """Write the files, or name those that are not up to date."""
    stale = [name for name, make in FILES.items() if not (ROOT / name).is_file() or (ROOT / name).read_text("utf-8") != make()]
    for name in stale:
        if "--check" in arguments:
            print(f"{name} is not up to date: run python tools/notices.py")
        else:
            (ROOT / name).write_text(FILES[name](), "utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
