import json
import re
import subprocess
from pathlib import Path
from typing import Any

from handrail.output.assets import THEME, without_comments
from handrail.search import scripts
from handrail.search.scripts import THEME_SCRIPTS, one_module

QUERIES = [
    "plain words",
    "+must -not name:field^3 fuzzy~2 pre* *fix",
    "escaped\\:colon",
    "+name:panic^10 attack",
    "a:b",
    "unclosed~",
    "+",
    "^3",
    "self-harm 116 123",
]
WORDS = ["counselling", "gay", "running", "communities", "the", "and", "anxious", "yelled"]
ASK = """
const lunr = require(process.argv[1]);
const [queries, words] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const pipeline = new lunr.Pipeline();
pipeline.add(lunr.stemmer);
const parsed = queries.map((text) => {
  const query = new lunr.Query(["name", "body"]);
  try { return new lunr.QueryParser(text, query).parse().clauses; } catch (error) { return error.message; }
});
process.stdout.write(JSON.stringify([parsed, words.map((word) => [pipeline.runString(word)[0], lunr.stopWordFilter(word) === undefined])]));
"""


def asked(path: Path) -> Any:
    done = subprocess.run(["node", "-e", ASK, str(path)], input=json.dumps([QUERIES, WORDS]), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_shipped_part_of_lunr_parses_and_stems_like_the_whole(lunr_js: Path, tmp_path: Path) -> None:
    shipped = tmp_path / "lunr.js"
    shipped.write_bytes(scripts.lunr_js())
    assert asked(shipped) == asked(lunr_js)
    assert "Oliver Nightingale" in shipped.read_text("utf-8")


def test_the_one_module_holds_every_module_once_and_is_sound(tmp_path: Path) -> None:
    text = one_module().decode()
    for path in THEME_SCRIPTS.glob("*.mjs"):
        assert text.count(f"const in_{path.stem} = ") == 1, path.name
    assert [line for line in text.splitlines() if "import " in line] == ['import texts from "../texts.mjs";']
    assert "export " not in text
    path = tmp_path / "all.mjs"
    path.write_text(text, "utf-8")
    assert subprocess.run(["node", "--check", str(path)], capture_output=True, check=False).returncode == 0


_SETS = re.compile(r"(?<=/)\[(?:\\.|[^\]])*\]")
"""Sets of characters in patterns, in which such a mark opens no text."""


def test_no_text_literal_of_a_script_runs_over_lines() -> None:
    for path in [*THEME.glob("scripts/**/*.mjs"), *THEME.glob("scripts/**/*.js")]:
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("//")]
        assert all(_SETS.sub("", line).count("`") % 2 == 0 for line in lines), path.name


def test_comments_that_have_lines_of_their_own_are_left_out() -> None:
    assert without_comments('  // gone\n/* gone\n * too */\nconst a = "/* kept */"; // kept\n\n  run();\n') == 'const a = "/* kept */"; // kept\nrun();\n'
