"""A new directory is right at once, whatever it is called."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from handrail.cli.main import main
from handrail.registry.check import checked

DAY = date(2026, 11, 23)
NAMES = ["Help: & more", "{region} \"help\" 'now'", "two\nlines: - x", "# no comment", "Hilfe für Köln 🙂", "yes", "# h"]


@pytest.mark.parametrize("name", NAMES)
def test_a_directory_of_any_name_has_no_mistakes(tmp_path, name):
    folder = tmp_path / "mine"
    assert main(["new", str(folder), "--name", name, "--region", name, "--corrections", "put-right@example.org"]) == 0
    registry = checked(folder / "resources.yaml", DAY)
    assert [issue for issue in registry.issues if issue.is_error] == []
    assert registry.data["site"]["corrections"] == "put-right@example.org"
    assert registry.data["regions"][0]["name"] == " ".join(name.split())
    assert yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))["site_name"] == " ".join(name.split())


@pytest.mark.parametrize("option", ["--name", "--region"])
@pytest.mark.parametrize("text", ["a\x7fb", "a\u202eb", "\u200b"])
def test_characters_that_hide_are_refused_before_anything_is_made(tmp_path, capsys, option, text):
    assert main(["new", str(tmp_path / "mine"), option, text]) == 2
    assert "U+" in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()


def test_an_address_for_corrections_that_is_none_is_refused_before_anything_is_made(tmp_path, capsys):
    assert main(["new", str(tmp_path / "mine"), "--corrections", "x\nevil: yes"]) == 2
    assert "--corrections: an e-mail address looks like help@example.org" in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()
