"""The callers of examples/, run as they stand: what people find on their tickets afterwards."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.runner import Actions, Run, triggers_of
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.proxy import Fault

pytestmark = pytest.mark.timeout(240)

EVENTS = Path(__file__).parents[1] / "action" / "events"
SWEEP, IMPACT, SINGLE = (f".github/workflows/{name}.yml" for name in ("sweep", "impact", "single"))
LABEL = "needs-refinement"
FACTS_ONLY = {"vars": {"RAT_MODEL": "none"}}


def payload(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def open_issue(github: GitHubStandIn, *labels: str) -> Any:
    text = payload("issues_labeled")["issue"]
    return github.repository().create_issue(text["title"], body=text["body"], labels=list(labels))


def comments(github: GitHubStandIn, number: int) -> list[Any]:
    return list(github.repository().get_issue(number).get_comments())


def test_a_labelled_issue_gets_one_comment_that_is_left_alone_and_then_updated(
    actions: Actions, github_stand_in: GitHubStandIn
) -> None:
    issue = open_issue(github_stand_in, LABEL)
    github_stand_in.proxy.forget()

    first = actions.run("issues", payload("issues_labeled"), SWEEP, **FACTS_ONLY)
    assert first.results == {"select": "success", "refine": "success", "publish": "success"}, first.log
    writes = [(one.method, one.path) for one in github_stand_in.proxy.requests if one.method != "GET"]
    assert writes == [("POST", "/repos/alice/demo/issues/1/comments")]
    assert len(github_stand_in.proxy.requests) <= 8, "three jobs; two of these read the configuration"
    (comment,) = comments(github_stand_in, issue.number)
    assert comment.user.login == "github-actions[bot]"
    assert "src/login.py" in comment.body
    assert "ADR-0001" in comment.body
    _outputs_and_summary_say_so(first, comment.html_url)

    second = actions.run("issues", payload("issues_labeled"), SWEEP, **FACTS_ONLY)
    assert second.code == 0, second.log
    assert set(second.results) == {"select", "refine"}
    assert second.outputs["refine"]["skipped-count"] == "1"
    assert "Nothing changed" in second.summary
    assert [one.body for one in comments(github_stand_in, issue.number)] == [comment.body]

    issue.edit(
        body="When I fail to `login` three times, another account should stay open. Version 1.4, `src/login.py`."
    )
    third = actions.run("issues", payload("issues_edited"), SWEEP, **FACTS_ONLY)
    assert third.code == 0, third.log
    (updated,) = comments(github_stand_in, issue.number)
    assert updated.id == comment.id
    assert updated.body != comment.body


def _outputs_and_summary_say_so(run: Run, address: str) -> None:
    refined, published = run.outputs["refine"], run.outputs["publish"]
    assert (refined["refined-count"], refined["failed-count"]) == ("1", "0")
    assert 0 <= int(refined["score-before"]) <= 100
    assert refined["digest"].startswith("sha256:")
    assert published["comment-url"] == address
    assert [offer["action"] for offer in json.loads(published["result"])["published"]] == ["created"]
    assert "| Ticket | Title | Score | Cited / verified | Cost | Outcome |" in run.summary
    assert "**created**" in run.summary
    assert "ghs_actions" not in run.log


def test_the_nightly_sweep_takes_every_labelled_issue(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    labelled = [open_issue(github_stand_in, LABEL).number for _ in range(2)]
    other = open_issue(github_stand_in, "bug").number
    run = actions.run("schedule", payload("schedule"), SWEEP, **FACTS_ONLY)
    assert run.code == 0, run.log
    assert [len(comments(github_stand_in, number)) for number in labelled] == [1, 1]
    assert comments(github_stand_in, other) == []
    assert "xychart-beta" in run.summary


def test_an_issue_without_the_label_starts_nothing(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    issue = open_issue(github_stand_in, "bug")
    event = payload("issues_labeled")
    event["label"] = {"name": "bug"}
    run = actions.run("issues", event, SWEEP, **FACTS_ONLY)
    assert run.code == 0, run.log
    assert set(run.results) == {"select"}
    assert "not the one that asks for refinement" in run.summary
    assert comments(github_stand_in, issue.number) == []


def test_a_dispatch_refines_one_ticket(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    issue = open_issue(github_stand_in)
    other = open_issue(github_stand_in)
    run = actions.run("workflow_dispatch", payload("workflow_dispatch"), SINGLE, inputs={"ticket": "#1"}, **FACTS_ONLY)
    assert run.code == 0, run.log
    assert len(comments(github_stand_in, issue.number)) == 1
    assert comments(github_stand_in, other.number) == []


RFE = "docs/rfes/0002-passkeys.md"
RFE_TEXT = (
    "# Sign in with a passkey\n\n## Summary\n\nAs a person I want to sign in with a passkey instead of `login`, so "
    "that nobody can guess it.\n\n## Proposal\n\nThe page offers a passkey first.\n"
)


def open_pull_request(github: GitHubStandIn, changed: list[dict[str, str]]) -> Any:
    """A pull request that names issue 1. The stand-in knows no changed files, so the proxy answers with *changed*."""
    repository = github.repository()
    repository.create_git_ref("refs/heads/fix/lock", repository.get_branch("main").commit.sha)
    repository.create_file("src/login.py", "fix: lock the right account", "def login(): ...\n", branch="fix/lock")
    repository.create_file(RFE, "docs: ask for passkeys", RFE_TEXT, branch="fix/lock")
    pull = repository.create_pull("main", "fix/lock", title="Lock the right account, see #1", body="")
    answer = Fault(status=200, body=json.dumps(changed).encode())
    github.proxy.spoil("GET", rf"/pulls/{pull.number}/files", answer, times=1000)
    return pull


def test_a_pull_request_gets_its_impact(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    open_issue(github_stand_in, LABEL)
    pull = open_pull_request(github_stand_in, [{"filename": "src/login.py", "status": "modified"}])
    run = actions.run("pull_request", payload("pull_request_opened"), IMPACT, **FACTS_ONLY)
    assert run.results == {"review": "success", "publish": "success"}, run.log
    (comment,) = pull.get_issue_comments()
    assert "alice/demo#1" in comment.body
    assert run.outputs["publish"]["comment-url"] == comment.html_url


def test_a_pull_request_that_adds_an_rfe_gets_that_rfes_proposal(
    actions: Actions, github_stand_in: GitHubStandIn
) -> None:
    open_issue(github_stand_in, LABEL)
    pull = open_pull_request(github_stand_in, [{"filename": RFE, "status": "added"}])
    run = actions.run("pull_request", payload("pull_request_opened"), IMPACT, **FACTS_ONLY)
    assert run.code == 0, run.log
    (comment,) = pull.get_issue_comments()
    assert "Sign in with a passkey" in comment.body
    assert "<details>" in comment.body


def test_a_fork_gets_everything_but_the_comment_and_brings_no_configuration(
    actions: Actions, github_stand_in: GitHubStandIn
) -> None:
    open_issue(github_stand_in, LABEL)
    pull = open_pull_request(github_stand_in, [{"filename": "src/login.py", "status": "modified"}])
    (actions.consumer / ".github" / "rat.yml").write_text("a rule: of the stranger's own\n", encoding="utf-8")
    github_stand_in.proxy.forget()
    run = actions.run("pull_request", payload("pull_request_from_fork"), IMPACT, vars={"RAT_MODEL": "gpt-5.5"})
    assert run.code == 0, run.log
    assert set(run.results) == {"review"}
    assert "alice/demo#1" in run.summary
    assert [one for one in github_stand_in.proxy.requests if one.method != "GET"] == []
    assert list(pull.get_issue_comments()) == []


def test_a_token_that_may_only_read_gives_the_summary_and_no_error(
    actions: Actions, github_stand_in: GitHubStandIn
) -> None:
    issue = open_issue(github_stand_in, LABEL)
    refusal = Fault(status=403, body=b'{"message": "Resource not accessible by integration"}')
    github_stand_in.proxy.spoil("POST", "/comments", refusal, times=1000)
    run = actions.run("issues", payload("issues_labeled"), SWEEP, **FACTS_ONLY)
    assert run.code == 0, run.log
    assert "this token may only read" in run.summary
    assert comments(github_stand_in, issue.number) == []


def test_a_changed_artifact_is_not_published(actions: Actions, github_stand_in: GitHubStandIn) -> None:
    issue = open_issue(github_stand_in, LABEL)
    hostile = replace(actions, environ={"TAMPERED": "yes"})
    run = hostile.run("issues", payload("issues_labeled"), SWEEP, **FACTS_ONLY)
    assert run.results["publish"] == "failure"
    assert "not those that this run made" in run.summary
    assert comments(github_stand_in, issue.number) == []


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("label-sweep.yml", {"schedule", "issues"}),
        ("pull-request-impact.yml", {"pull_request"}),
        ("single-ticket.yml", {"workflow_dispatch"}),
    ],
)
def test_a_caller_starts_on_what_its_test_lets_happen(name: str, events: set[str]) -> None:
    assert set(triggers_of(name)) == events
