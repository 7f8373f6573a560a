"""The Action's mode `undo`: takes RAT's last write back, and without leave to publish only shows how."""

import json
from pathlib import Path

from click.testing import CliRunner

from rat.cli import rat
from tests.stand_ins.github import ACTIONS, GitHubStandIn


def act(github: GitHubStandIn, folder: Path, **inputs: str) -> int:
    event = folder / "event.json"
    event.write_text(json.dumps({"inputs": {}}), encoding="utf-8")
    variables = {
        "GITHUB_TOKEN": ACTIONS,
        "GITHUB_API_URL": github.url,
        "GITHUB_REPOSITORY": "alice/demo",
        "GITHUB_EVENT_NAME": "workflow_dispatch",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        "RUNNER_TEMP": str(folder),
        "RAT_OUT": str(folder / "out"),
        "RAT_MODEL": "none",
        **{f"RAT_{name.upper()}": value for name, value in inputs.items()},
    }
    return CliRunner().invoke(rat, ["action"], env=variables).exit_code


def test_undo_shows_without_leave_and_takes_back_with_it(github_stand_in: GitHubStandIn, tmp_path: Path) -> None:
    issue = github_stand_in.repository().create_issue("Voucher counts twice", body="It does.")
    assert act(github_stand_in, tmp_path, mode="refine", ticket="#1", publish="true") == 0
    (comment,) = issue.get_comments()
    assert act(github_stand_in, tmp_path, mode="undo", ticket="#1") == 0
    assert [one.body for one in issue.get_comments()] == [comment.body]
    assert act(github_stand_in, tmp_path, mode="undo", ticket="#1", publish="true") == 0
    (taken,) = issue.get_comments()
    assert "RAT took its comment back" in taken.body


def test_undo_needs_a_ticket(github_stand_in: GitHubStandIn, tmp_path: Path) -> None:
    assert act(github_stand_in, tmp_path, mode="undo", publish="true") != 0
    assert "needs the input `ticket`" in (tmp_path / "summary").read_text(encoding="utf-8")
