"""The workflow of the README, copied as it stands: a new user's issue gets its comment."""

import json
import re
from pathlib import Path

import pytest

from tests.end_to_end.runner import Actions
from tests.stand_ins.github import GitHubStandIn

pytestmark = pytest.mark.timeout(240)

ROOT = Path(__file__).parents[2]
EVENTS = Path(__file__).parents[1] / "action" / "events"


def readme_workflow() -> str:
    """The block, with RAT at a commit in place of the moving tag, which `act` cannot find here."""
    (block,) = re.findall(r"^```yaml\n(name: .*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    assert len(block.splitlines()) <= 12
    return re.sub(r"@v1\b", "@" + "a" * 40, block)


def test_the_workflow_of_the_readme_comments_on_a_labelled_issue(
    actions: Actions, github_stand_in: GitHubStandIn
) -> None:
    event = json.loads((EVENTS / "issues_labeled.json").read_text(encoding="utf-8"))
    github_stand_in.repository().create_issue(
        event["issue"]["title"], body=event["issue"]["body"], labels=["needs-refinement"]
    )
    run = actions.run("issues", event, actions.add_workflow("refine.yml", readme_workflow()))
    assert run.results == {"select": "success", "refine": "success", "publish": "success"}, run.log
    (comment,) = github_stand_in.repository().get_issue(1).get_comments()
    assert "No model was used: facts only." in comment.body
    assert "src/login.py" in comment.body
