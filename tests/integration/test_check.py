"""`rat check` as a person or a workflow calls it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rat.commands.check import command
from rat.errors import ConfigError, GateError

GOOD = """# Export invoices as CSV

As a bookkeeper I want to export the invoices of a quarter as CSV so that I can file VAT.

## Acceptance criteria
- [ ] `GET /invoices/export?quarter=2026Q1` answers with `text/csv`
- [ ] A user without the role `accounting` gets 403

## Out of scope
PDF export. See PAY-12, and 10,000 rows in 5 s.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "bad.json").write_text(json.dumps({"id": 7, "title": "Fix it", "body": "It does not work."}))
    return tmp_path


def check(folder: Path, *args: str, stdin: str = "") -> Result:
    env = dict.fromkeys(("GITHUB_TOKEN", "GITHUB_REPOSITORY", "OPENAI_API_KEY", "JIRA_URL", "RAT_CONFIG"), "")
    return CliRunner(env=env).invoke(command, [*args, "--repo", str(folder)], input=stdin)


def test_json_is_the_agreed_contract(folder: Path) -> None:
    result = check(folder, str(folder / "good.md"), str(folder / "bad.json"), "--format", "json")
    assert result.exit_code == 0, result.output
    good, bad = json.loads(result.stdout)
    assert good["ticket"] == {"key": str(folder / "good.md"), "title": "Export invoices as CSV", "type": "story"}
    assert bad["ticket"]["key"] == "7"
    assert good["score"] > 90 > bad["score"]
    assert good["ready"] is True
    assert {"check", "severity", "message"} <= set(bad["findings"][0])
    assert bad["score"] == max(0, round(100 - sum(finding["points"] for finding in bad["findings"])))


def test_text_says_where_the_points_went_and_what_to_answer(folder: Path) -> None:
    result = check(folder, str(folder / "bad.json"))
    assert "not ready (bug)" in result.stdout
    assert "1. What is seen when “Fix it” happens" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_standard_input_and_json_lines_are_read(folder: Path) -> None:
    assert "ready (story)" in check(folder, "-", stdin=GOOD).stdout
    (folder / "two.jsonl").write_text('{"id": "a", "title": "A", "body": ""}\n{"id": "b", "title": "B", "body": ""}\n')
    result = check(folder, str(folder / "two.jsonl"), "--format", "json")
    assert [one["ticket"]["key"] for one in json.loads(result.stdout)] == ["a", "b"]


def test_a_score_under_the_gate_fails_and_is_named(folder: Path) -> None:
    assert check(folder, str(folder / "good.md"), "--fail-under", "70").exit_code == 0
    result = check(folder, str(folder / "good.md"), str(folder / "bad.json"), "--fail-under", "70")
    assert isinstance(result.exception, GateError)
    assert "7 (" in str(result.exception)
    assert "good.md" not in str(result.exception)
    assert "not ready" in result.stdout


def test_one_bad_ticket_does_not_stop_the_rest(folder: Path) -> None:
    result = check(folder, str(folder / "gone.md"), str(folder / "good.md"))
    assert isinstance(result.exception, ConfigError)
    assert "gone.md" in str(result.exception)
    assert "ready (story)" in result.stdout


def test_the_definition_of_ready_of_the_project_counts(folder: Path) -> None:
    (folder / ".github").mkdir()
    ready = "projects: [{name: shop, definition_of_ready: {story: [value, risk-class]}}]\n"
    (folder / ".github" / "rat.yml").write_text(ready)
    result = check(folder, str(folder / "good.md"))
    assert "“risk class” is not written" in result.stdout
    assert "not ready" in result.stdout


def test_a_path_that_the_checkout_does_not_have_is_named(folder: Path) -> None:
    (folder / "src").mkdir()
    (folder / "src" / "a.py").write_text("")
    result = check(folder, "-", stdin=f"{GOOD}\nIt is in `src/gone.py`.\n")
    assert "Not in the checkout: `src/gone.py`." in result.stdout
