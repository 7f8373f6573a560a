"""The caller for `/rat` commands, run as it stands: from a person's comment to what they find on the ticket."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from rat.cli import rat
from tests.end_to_end.runner import Actions, example, triggers_of
from tests.integration.test_main_job import REPLIES
from tests.stand_ins.github import MALLORY, GitHubStandIn
from tests.stand_ins.github_people import People
from tests.stand_ins.jira_cloud import EMAIL, TOKEN, JiraCloudStandIn
from tests.stand_ins.scripted_model import by_agent, serving

pytestmark = pytest.mark.timeout(240)

FACTS_ONLY = {"vars": {"RAT_MODEL": "none"}}


def commented(issue: Any, text: str, *, repository: Any) -> tuple[Any, dict[str, Any]]:
    """A new comment on *issue* by the owner of the token behind *repository*, and the event that it causes."""
    comment = repository.get_issue(issue.number).create_comment(text)
    user = {"login": comment.user.login, "type": "User"}
    return comment, {
        "action": "created",
        "comment": {"id": comment.id, "body": text, "user": user},
        "issue": {"number": issue.number, "state": "open", "locked": False, "labels": []},
        "sender": user,
        "repository": {"full_name": "alice/demo", "default_branch": "main"},
    }


def own_comments(github: GitHubStandIn, number: int) -> list[Any]:
    found = github.repository().get_issue(number).get_comments()
    return [comment for comment in found if comment.user.login == "github-actions[bot]"]


def test_a_person_has_a_ticket_refined_and_then_rejects_it(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    people, repository = People(github_stand_in.proxy), github_stand_in.repository()
    workflow = actions.add_workflow("commands.yml", example("commands.yml"))
    text = "When I fail to `login` three times, another account is locked."
    issue = repository.create_issue("Login locks the wrong account", body=text)

    refine, event = commented(issue, "/rat refine look at `login`", repository=repository)
    first = actions.run("issue_comment", event, workflow, **FACTS_ONLY)
    assert first.results == {"decide": "success", "act": "success", "refine": "success", "publish": "success"}, (
        first.log
    )
    (refinement,) = own_comments(github_stand_in, issue.number)
    assert "src/login.py" in refinement.body
    assert people.reactions(refine.id) == ["eyes", "+1"]
    assert json.loads(first.outputs["publish"]["result"])["command"]["done"]

    reject, event = commented(issue, "/rat reject it is about `logout`", repository=repository)
    second = actions.run("issue_comment", event, workflow, **FACTS_ONLY)
    assert second.results == {"decide": "success", "act": "success"}, second.log
    assert people.reactions(reject.id) == ["eyes", "+1"]
    assert [one for one in own_comments(github_stand_in, issue.number) if "alice rejected" in one.body]


def test_a_person_approves_a_draft_and_it_becomes_part_of_the_ticket(
    actions: Actions, github_stand_in: GitHubStandIn
) -> None:
    people, repository = People(github_stand_in.proxy), github_stand_in.repository()
    workflow = actions.add_workflow("commands.yml", example("commands.yml"))
    repository.create_file(".github/rat.yml", "ci: let RAT write", "projects: [{name: web, write: region}]\n")
    text = "`login` takes the same code twice."
    issue = repository.create_issue("Login takes a code twice", body=text)
    with serving(by_agent(REPLIES)) as model:
        variables = {
            "GITHUB_TOKEN": "ghs_actions",
            "GITHUB_API_URL": github_stand_in.url,
            "GITHUB_REPOSITORY": "alice/demo",
            "OPENAI_BASE_URL": model.url,
            "XDG_STATE_HOME": str(actions.home / "state"),
        }
        words = ["refine", "#1", "--publish", "--model=scripted", f"--repo={actions.consumer}"]
        drafted = CliRunner().invoke(rat, words, env=variables, catch_exceptions=False)
    assert drafted.exit_code == 0, drafted.output

    apply, event = commented(issue, "/rat apply acceptance criteria", repository=repository)
    run = actions.run("issue_comment", event, workflow)
    assert run.results == {"decide": "success", "act": "success"}, run.log
    assert people.reactions(apply.id) == ["eyes", "+1"], run.log
    body = repository.get_issue(issue.number).body
    assert text in body
    assert "leaves the basket with one code" in body


def test_a_stranger_starts_one_job_that_only_reads(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    people, repository = People(github_stand_in.proxy), github_stand_in.repository()
    workflow = actions.add_workflow("commands.yml", example("commands.yml"))
    issue = repository.create_issue("Login locks the wrong account", body="x")
    comment, event = commented(issue, "/rat refine", repository=github_stand_in.repository(MALLORY))
    github_stand_in.proxy.forget()
    run = actions.run("issue_comment", event, workflow, **FACTS_ONLY)
    assert run.code == 0, run.log
    assert set(run.results) == {"decide"}
    assert "mallory may not write there" in run.summary
    assert people.reactions(comment.id) == []
    assert [one.path for one in github_stand_in.proxy.requests if one.method != "GET"] == []


def test_a_comment_in_jira_is_answered_in_jira(actions: Actions, jira_cloud_stand_in: JiraCloudStandIn) -> None:
    jira = jira_cloud_stand_in
    workflow = actions.add_workflow("commands.yml", example("commands.yml"))
    key = jira.create("Login locks the wrong account")
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "/rat hlep"}]}
    body = {"body": {"type": "doc", "version": 1, "content": [paragraph]}}
    comment: Any = jira.request("POST", f"issue/{key}/comment", body)
    event = {"action": "rat-command", "client_payload": {"ticket": key, "comment_id": comment["id"]}}
    settings = {"vars": {"JIRA_URL": jira.url, "JIRA_EMAIL": EMAIL}, "secrets": {"JIRA_TOKEN": TOKEN}}
    run = actions.run("repository_dispatch", event, workflow, **settings)
    assert run.results == {"decide": "success", "act": "success"}, run.log
    answers: Any = jira.request("GET", f"issue/{key}/comment")
    assert "Did you mean" in json.dumps(answers["comments"][1])
    assert TOKEN not in run.log


def test_the_caller_listens_to_new_comments_only() -> None:
    triggers = triggers_of("commands.yml")
    assert triggers == {"issue_comment": {"types": ["created"]}, "repository_dispatch": {"types": ["rat-command"]}}
