"""What somebody else gets: the wheel in a clean environment makes a directory that builds with --strict."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000"}
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, env=environment, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_theme_schema_words_and_plugins(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in ("handrail/schema/service.json", "handrail/words/en.json", "handrail/theme/tokens.css", "handrail/theme/overrides/main.html",
                   "handrail/plugins/directory.py", "handrail/new/resources.yaml", "handrail/theme/components/card/card.html"):
        assert needed in names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests", "content"))]


def test_a_directory_made_with_the_wheel_builds_strictly(wheel, tmp_path):
    environment = _environment_with(wheel, tmp_path / "venv")
    run = {"cwd": tmp_path, "env": environment, "capture_output": True, "text": True, "check": True}
    where = subprocess.run(["python", "-c", "import handrail; print(handrail.__path__[0])"], **run).stdout.strip()
    assert where.startswith(str(tmp_path / "venv"))
    subprocess.run(["handrail", "new", "our-town", "--name", "Help in Our Town: & more", "--region", "Our Town"], **run)
    run["cwd"] = tmp_path / "our-town"
    assert "0 errors, 0 warnings" in subprocess.run(["handrail", "check"], **run).stdout
    subprocess.run(["python", "-m", "mkdocs", "build", "--strict", "--quiet"], **run)
    site = tmp_path / "our-town" / "site"
    assert "Help in Our Town: &amp; more" in (site / "index.html").read_text("utf-8")
    for page in ("services/example-chat", "services/example-mentors", "regions/our-town", "topics/loneliness", "help-now"):
        assert (site / page / "index.html").is_file(), page


def _environment_with(wheel: Path, folder: Path) -> dict[str, str]:
    """Return the environment of a clean installation of the wheel; only its dependencies are borrowed from this one."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--ignore-installed", "--prefix", str(folder), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (packages / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    script = folder / "bin" / "handrail"
    script.write_text(f"#!{folder}/bin/python\nimport sys\nfrom handrail.cli.main import main\nsys.exit(main())\n")
    script.chmod(0o755)
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "HOME": str(folder), "LANG": "C.UTF-8"}
    return {"PATH": f"{folder}/bin:{os.environ['PATH']}", **quiet}
