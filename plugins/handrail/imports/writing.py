"""Imported organizations as files of the registry: written so that every reader of YAML reads the same."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from handrail.imports.convert import Data


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, short lists on one line, and quotes whatever another reader could take for something else than text."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    short = all(isinstance(each, str) and len(each) < 40 for each in data) and len(data) < 8
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=short)


_Dumper.add_representer(list, _list)


def text(organization: Data) -> str:
    """Return the file of an organization."""
    return yaml.dump(organization, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False)


def write(organization: Data, folder: Path, schema: Path | None = None) -> Path | None:
    """Write the file of an organization into a folder; None when a file of that name is there already, which is never written over.

    Its first line names the schema, where there is one, so that editors explain the fields.
    """
    path = folder / f"{organization['id']}.yaml"
    if path.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    named = os.path.relpath(schema, folder).replace(os.sep, "/") if schema and schema.is_file() else ""
    path.write_text((f"# yaml-language-server: $schema={named}\n" if named else "") + text(organization), "utf-8")
    return path
