"""The callers for Jira, for several teams and for a runner of one's own, as they stand; with a model over HTTP."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.runner import Actions, example
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.honest_model import honest
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.scripted_model import serving

pytestmark = pytest.mark.timeout(240)

EVENTS = Path(__file__).parents[1] / "action" / "events"
TEAMS = """
projects:
  - name: payments
    tickets: {github: {label: payments-refine}}
  - name: search
    tickets: {github: {label: search-refine}}
"""


def payload(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def test_jira_asks_for_one_item_and_gets_a_comment(
    actions: Actions, github_stand_in: GitHubStandIn, jira_cloud_stand_in: JiraCloudStandIn
) -> None:
    text = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]}]}
    key = jira_cloud_stand_in.create("Login locks the wrong account", description=text)
    event = payload("repository_dispatch")
    event["client_payload"]["key"] = key
    workflow = actions.add_workflow("jira.yml", example("jira.yml"))
    jira = jira_cloud_stand_in
    run = actions.run(
        "repository_dispatch",
        event,
        workflow,
        vars={"JIRA_URL": jira.url, "JIRA_EMAIL": jira.email, "RAT_MODEL": "none"},
        secrets={"JIRA_TOKEN": jira.token},
    )
    assert run.code == 0, run.log
    comments = jira.request("GET", f"issue/{key}/comment")["comments"]
    assert len(comments) == 1
    assert "src/login.py" in json.dumps(comments[0]["body"])
    assert jira.token not in run.log


def test_every_team_gets_its_tickets_refined(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    repository = github_stand_in.repository()
    repository.create_file(".github/rat.yml", "ci: teams", TEAMS, branch="main")
    numbers = [
        repository.create_issue(f"Login fails for {label}", labels=[label]).number
        for label in ("payments-refine", "search-refine", "bug")
    ]
    workflow = actions.add_workflow("teams.yml", example("teams.yml"))
    run = actions.run("schedule", payload("schedule"), workflow, vars={"RAT_MODEL": "none"})
    assert run.code == 0, run.log
    assert [repository.get_issue(number).get_comments().totalCount for number in numbers] == [1, 1, 0]


def test_one_step_on_a_runner_of_ones_own_with_a_model(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    event = payload("issues_labeled")
    issue = github_stand_in.repository().create_issue(
        event["issue"]["title"], body=event["issue"]["body"], labels=["needs-refinement"]
    )
    workflow = actions.add_workflow("self-hosted.yml", example("self-hosted.yml"))
    with serving(honest) as model:
        run = actions.run(
            "issues",
            event,
            workflow,
            vars={"RAT_MODEL": "local", "RAT_BASE_URL": model.url},
            secrets={"RAT_API_KEY": "sk-secret"},
        )
    assert run.code == 0, run.log
    assert len(model.requests) >= 5
    (comment,) = issue.get_comments()
    assert "Make the change" in comment.body
    assert int(run.outputs["rat"]["cited-count"]) >= int(run.outputs["rat"]["verified-count"]) > 0
    assert "calls to the model" in run.summary
    assert "sk-secret" not in run.log
