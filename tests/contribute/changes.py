"""Changes of the kinds that the form can make, and patches of files."""

from __future__ import annotations

import copy
import random
import subprocess
from pathlib import Path
from typing import Any


def changed(data: Any, chance: random.Random) -> Any:
    """Return the data with a few changes of the kinds that the form can make; items of lists carry where they came from."""
    data = copy.deepcopy(data)
    mark(data)
    words = ["New words.", "yes", "a: b # c", "Line one\nline two", "x" * 150, "many words " * 20 + "end", "0800 1111", "'q'", "[a]"]
    for _ in range(chance.randint(1, 4)):
        node: Any = data
        while True:
            inner = [value for value in (node.values() if isinstance(node, dict) else node) if isinstance(value, (dict, list)) and value]
            if not inner or chance.random() < 0.3:
                break
            node = chance.choice(inner)
        if isinstance(node, list):
            if node and isinstance(node[0], str):
                chance.choice(
                    [lambda n=node: n.append(chance.choice(words)), lambda n=node: n.pop(chance.randrange(len(n))), lambda n=node: n.__setitem__(0, "other")]
                )()
            elif chance.random() < 0.5 and len(node) > 1:
                node.pop(chance.randrange(len(node)))
            else:
                node.append({"note": chance.choice(words), "seen": ["site"]})
            continue
        keys = [key for key, value in node.items() if isinstance(value, (str, int)) and key != "$origin"]
        action = chance.random()
        if action < 0.3 and len(node) > 2 and keys:
            del node[chance.choice(keys)]
        elif action < 0.6:
            node[chance.choice(["note", "summary", "label", "limits"])] = chance.choice(words)
        elif action < 0.7:
            node["hours"] = {"weekly": [{"days": ["mon"], "opens": "09:00", "closes": "10:00"}], "time_zone": "Europe/London"}
        elif keys:
            node[chance.choice(keys)] = chance.choice(words)
    return _without_empty(data)


def mark(value: Any) -> None:
    """Note in the items of lists where they came from."""
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            item["$origin"] = index
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        mark(item)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item not in ([], {}) and not (isinstance(item, dict) and set(item) == {"$origin"})}
    if isinstance(value, list):
        return [each for item in value if (each := _without_empty(item)) not in ([], {})]
    return value


def plain(value: Any) -> Any:
    """Return the data without those notes."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "$origin"}
    return [plain(item) for item in value] if isinstance(value, list) else value


def applies(folder: Path, before: str, patch: str, after: str) -> None:
    """Let git put a patch into a file, and compare."""
    folder.mkdir()
    (folder / "entry.yaml").write_bytes(before.encode())
    (folder / "change.patch").write_bytes(patch.encode())
    subprocess.run(["git", "apply", "--whitespace=nowarn", "change.patch"], cwd=folder, check=True, capture_output=True)
    assert (folder / "entry.yaml").read_bytes().decode() == after
