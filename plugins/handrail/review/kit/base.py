"""The registry as it was at another commit, read from git into a folder of its own. Nothing of it is run."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from handrail.issues.issue import HandrailError

_SECONDS = 120


class BaseError(HandrailError):
    """The commit to compare with cannot be read."""


@contextmanager
def checkout(root: Path, base: str) -> Iterator[Path]:
    """Yield the root file as it was at a commit, beside every YAML file of that commit; the folder is removed afterwards."""
    folder = root.absolute().parent
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}").decode().strip()
    below = _git(folder, "rev-parse", "--show-prefix").decode().strip()
    archive = _git(folder, "archive", "--format=tar", f"{commit}:{below}" if below else commit)
    with TemporaryDirectory(prefix="handrail-base-") as made:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            for member in files:
                content = files.extractfile(member) if member.isreg() and member.name.endswith((".yaml", ".yml", "published-ids.txt")) else None
                target = Path(made, member.name)
                if content and target.resolve().is_relative_to(Path(made).resolve()):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content.read())
        path = Path(made) / root.name
        if not path.is_file():
            raise BaseError(f"there was no {root.name} at {base}")
        yield path


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BaseError(f"git cannot be asked: {type(error).__name__}") from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BaseError(f"git {arguments[0]}: {told[0] if told else 'there is no such commit'}")
    return done.stdout
