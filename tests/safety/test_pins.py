"""Templates of Material that ours take the place of are pinned: when one changes, somebody looks at what changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import material
import pytest
import yaml

OURS = Path(__file__).resolve().parents[2] / "plugins" / "handrail" / "theme" / "overrides"
THEIRS = Path(material.__file__).parent / "templates"
PINS = Path(__file__).parent / "pins.yaml"


def replaced() -> dict[str, str]:
    names = sorted(path.relative_to(OURS).as_posix() for path in OURS.rglob("*.html"))
    return {name: hashlib.sha256((THEIRS / name).read_bytes()).hexdigest() for name in names if (THEIRS / name).is_file()}


@pytest.mark.parametrize("name", replaced())
def test_a_template_of_the_theme_is_the_one_that_was_looked_at(name):
    pinned = yaml.safe_load(PINS.read_text("utf-8"))
    assert pinned.get(name) == replaced()[name], (
        f"Material's {name} has changed. Compare it with theme/overrides/{name} and take over what readers need (a new block, a mended fault); "
        f"then write its new hash, {replaced()[name]}, into {PINS.name}."
    )


def test_no_pin_is_left_over():
    assert sorted(yaml.safe_load(PINS.read_text("utf-8"))) == sorted(replaced())
