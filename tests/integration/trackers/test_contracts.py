"""What we send, and what our Jira Cloud answers, held to the descriptions that GitHub and Atlassian publish."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import Draft, TicketQuery
from rat.trackers.github import GitHubTracker
from rat.trackers.jira import JiraTracker
from tests.stand_ins.contracts import GITHUB, JIRA, description
from tests.stand_ins.github import REPOSITORY, GitHubStandIn
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.openapi import Description

from .conftest import adf


def described(file: Path) -> Description:
    found = description(file)
    if found is None:
        pytest.skip(f"The description {file.name} is not on this machine.")
    return found


@pytest.mark.needs_shared
def test_jira_cloud_is_called_and_played_as_atlassian_describes_it(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Callable[..., JiraTracker]
) -> None:
    contract = described(JIRA)
    stand_in = jira_cloud_stand_in
    ref = TicketRef(tracker=TrackerKind.JIRA, key=stand_in.create("Crash", description=adf("It fails."), labels=["a"]))
    tracker, draft = connect_jira(stand_in), Draft(text=json.dumps(adf("hello")), marker="<!-- rat:1 x -->")
    created = tracker.create_comment(ref, draft)
    tracker.update_comment(ref, created.id, draft)
    tracker.comment(ref, created.id)
    tracker.fetch(ref)
    tracker.find(TicketQuery(jql="project = PAY", limit=1))
    tracker.identity()
    stand_in.request("GET", f"issue/{ref.key}/editmeta")
    stand_in.request("PUT", f"issue/{ref.key}", {"update": {"labels": [{"add": "b"}]}, "fields": {"summary": "New"}})
    stand_in.request("PUT", f"issue/{ref.key}/properties/rat.state", {"hash": "x"})
    stand_in.request("GET", f"issue/{ref.key}/properties/rat.state")
    recorded = [request for request in stand_in.proxy.requests if not request.path.endswith("/serverInfo")]
    assert len(recorded) >= 12
    for request in recorded:
        contract.check(request, answer=True)


def test_github_is_called_as_github_describes_it(
    github_stand_in: GitHubStandIn, connect_github: Callable[..., GitHubTracker]
) -> None:
    contract = described(GITHUB)
    repository = github_stand_in.repository()
    number = repository.create_issue("Crash", labels=["a"]).number
    repository.create_git_ref("refs/heads/fix", repository.get_branch("main").commit.sha)
    repository.create_file("a.py", "Add a", "a = 1\n", branch="fix")
    pull = repository.create_pull(base="main", head="fix", title="Fix").number
    github_stand_in.proxy.forget()
    ref = TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#{number}")
    tracker, draft = connect_github(), Draft(text="hello", marker="<!-- rat:1 x -->")
    created = tracker.create_comment(ref, draft)
    tracker.update_comment(ref, created.id, draft)
    tracker.comment(ref, created.id)
    tracker.fetch(ref)
    tracker.find(TicketQuery(label="a"))
    tracker.identity()
    tracker.pull_request(pull, repository=REPOSITORY)
    tracker.file_at("README.md", repository=REPOSITORY, commit="main")
    assert len(github_stand_in.proxy.requests) == 11
    for request in github_stand_in.proxy.requests:
        contract.check(request, answer=False)


def test_a_contract_refuses_what_is_not_described(
    github_stand_in: GitHubStandIn, connect_github: Callable[..., GitHubTracker]
) -> None:
    from openapi_core.exceptions import OpenAPIError

    contract = described(GITHUB)
    tracker = connect_github()
    tracker.find(TicketQuery(state="opened"))
    with pytest.raises(OpenAPIError):
        contract.check(github_stand_in.proxy.requests[-1], answer=False)
    github_stand_in.proxy.history.clear()  # it is refused after each test, too: see tests/conftest.py
