"""GitHub through PyGithub against emulate: what is read, and what it costs."""

from collections.abc import Callable

import pytest

from rat.errors import ConfigError, TrackerError
from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import Draft, TicketQuery
from rat.trackers.github import GitHubTracker, connect
from tests.stand_ins.github import ACTIONS, REPOSITORY, GitHubStandIn
from tests.stand_ins.proxy import Fault

Connect = Callable[..., GitHubTracker]
DRAFT = Draft(text="<!-- rat:1 x -->\nwords", marker="<!-- rat:1 x -->")


def ref(number: int) -> TicketRef:
    return TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#{number}")


def issue(stand_in: GitHubStandIn) -> TicketRef:
    return ref(stand_in.repository().create_issue("Crash", body="It crashes.").number)


def test_a_ticket_without_comments_costs_one_request(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    key = issue(github_stand_in)
    github_stand_in.proxy.forget()
    connect_github().fetch(key)
    assert len(github_stand_in.proxy.requests) == 1


def test_a_ticket_costs_four_requests_when_nothing_changed_and_seven_with_a_new_comment(
    github_stand_in: GitHubStandIn, connect_github: Connect
) -> None:
    key = issue(github_stand_in)
    github_stand_in.repository().get_issue(1).create_comment("a person's words")
    github_stand_in.proxy.forget()
    tracker = connect_github(token=ACTIONS)
    tracker.fetch(key)
    tracker.find(TicketQuery())
    tracker.comments(key)
    tracker.identity()
    assert len(github_stand_in.proxy.requests) == 4
    tracker.fetch(key, comments=False)
    created = tracker.create_comment(key, DRAFT)
    tracker.comment(key, created.id)
    assert len(github_stand_in.proxy.requests) == 7


def test_every_comment_is_read_over_all_pages(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    key = issue(github_stand_in)
    there = github_stand_in.repository().get_issue(1)
    for number in range(101):
        there.create_comment(f"comment {number}")
    assert [comment.body for comment in connect_github().comments(key)] == [f"comment {n}" for n in range(101)]


def test_a_page_that_fails_fails_the_whole_reading(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    key = issue(github_stand_in)
    there = github_stand_in.repository().get_issue(1)
    for _ in range(101):
        there.create_comment("comment")
    github_stand_in.proxy.spoil("GET", r"page=2", Fault(status=502), times=9)
    with pytest.raises(TrackerError, match=r"comments of alice/demo#1, asked 4 times: 502"):
        connect_github().comments(key)


def test_a_next_page_on_another_host_is_not_followed(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    key = issue(github_stand_in)
    evil = {"Link": '<http://localhost:1/repos/alice/demo/issues/1/comments?page=2>; rel="next"'}
    github_stand_in.proxy.spoil("GET", "/comments", Fault(status=200, headers=evil, body=b"[]"))
    with pytest.raises(TrackerError, match="would be on 'localhost:1'"):
        connect_github().comments(key)


def test_pages_without_an_end_are_given_up(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    again = {"Link": f'<{github_stand_in.url}/repos/alice/demo/issues/1/comments?page=2>; rel="next"'}
    github_stand_in.proxy.spoil("GET", "/comments", Fault(status=200, headers=again, body=b"[]"), times=1000)
    with pytest.raises(TrackerError, match="go on after 100 pages"):
        connect_github().comments(ref(1))


def test_a_closed_ticket_says_so(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    key = issue(github_stand_in)
    github_stand_in.repository().get_issue(1).edit(state="closed")
    assert connect_github().fetch(key).state == "closed"
    assert connect_github().find(TicketQuery()) == ()


def test_a_locked_ticket_says_so(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    key = issue(github_stand_in)
    github_stand_in.repository().get_issue(1).lock("resolved")
    assert connect_github().fetch(key).locked


def test_the_issue_type_and_the_parent_are_read(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    body = (
        b'{"number": 5, "title": "t", "body": null, "state": "open", "comments": 0, "updated_at": "2026-01-01",'
        b' "user": null, "type": {"name": "Bug"}, "labels": ["a", {"name": "b"}],'
        b' "parent_issue_url": "https://api.github.com/repos/alice/demo/issues/2"}'
    )
    github_stand_in.proxy.spoil("GET", "/issues/5", Fault(status=200, body=body))
    ticket = connect_github().fetch(ref(5))
    assert (ticket.declared_type, ticket.labels, ticket.author, ticket.body) == ("Bug", ("a", "b"), "ghost", "")
    assert [(link.relation, link.key) for link in ticket.links] == [("parent", "alice/demo#2")]


def test_what_blocks_an_issue_is_read_only_where_the_issue_says_that_it_is_blocked(
    github_stand_in: GitHubStandIn, connect_github: Connect
) -> None:
    # emulate has no issue dependencies
    body = (
        b'{"number": 5, "title": "t", "body": null, "state": "open", "comments": 0, "updated_at": "2026-01-01",'
        b' "user": null, "issue_dependencies_summary": {"blocked_by": 1}}'
    )
    blockers = (
        b'[{"number": 9, "title": "First", "state": "open", "html_url": "https://github.com/alice/demo/issues/9",'
        b' "url": "https://api.github.com/repos/alice/demo/issues/9"}]'
    )
    github_stand_in.proxy.spoil("GET", "/issues/5$", Fault(status=200, body=body), times=2)
    github_stand_in.proxy.spoil("GET", "/dependencies/blocked_by", Fault(status=200, body=blockers))
    ticket = connect_github().fetch(ref(5))
    assert [(link.relation, link.key, link.title) for link in ticket.links] == [("blocked by", "alice/demo#9", "First")]
    connect_github().fetch(ref(5), comments=False)
    assert len(github_stand_in.proxy.sent("GET", "/dependencies/blocked_by")) == 1


def test_a_pull_request_is_not_a_ticket(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    # GitHub gives pull requests among the issues, marked so; emulate keeps them apart.
    change = b'{"number": 7, "title": "t", "pull_request": {"url": "https://api.github.com/repos/alice/demo/pulls/7"}}'
    github_stand_in.proxy.spoil("GET", "/issues/7", Fault(status=200, body=change))
    with pytest.raises(TrackerError, match=r"alice/demo#7 is a pull request, not a ticket. `rat impact 7`"):
        connect_github().fetch(ref(7))
    github_stand_in.proxy.spoil("GET", r"/issues\?", Fault(status=200, body=b"[" + change + b"]"))
    assert connect_github().find(TicketQuery()) == ()


def test_a_pull_request_comes_with_its_commits_and_files(
    github_stand_in: GitHubStandIn, connect_github: Connect
) -> None:
    number = open_pull_request(github_stand_in)
    files = b'[{"filename": "a.py", "status": "added"}, {"filename": "b.py", "status": "renamed"}]'
    github_stand_in.proxy.spoil("GET", "/files", Fault(status=200, body=files))
    change = connect_github().pull_request(number, repository=REPOSITORY)
    assert (change.key, change.title, change.branch, change.base) == (f"alice/demo#{number}", "Fix #1", "fix", "main")
    assert [(file.path, file.status) for file in change.files] == [("a.py", "added"), ("b.py", "renamed")]
    assert change.head_sha
    assert not change.from_fork
    assert change.state == "open"


def test_a_file_is_read_at_a_commit(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    made = github_stand_in.repository().create_file("docs/größe.md", "Add", "größer\n", branch="main")
    read = connect_github().file_at
    assert read("docs/größe.md", repository=REPOSITORY, commit=made["commit"].sha) == "größer\n".encode()
    assert read("docs/größe.md", repository=REPOSITORY, commit="") == "größer\n".encode()
    assert read("docs/none.md", repository=REPOSITORY, commit="") is None
    assert read("docs", repository=REPOSITORY, commit="") is None
    assert read("../issues", repository=REPOSITORY, commit="") is None


def open_pull_request(stand_in: GitHubStandIn) -> int:
    repository = stand_in.repository()
    repository.create_git_ref("refs/heads/fix", repository.get_branch("main").commit.sha)
    repository.create_file("a.py", "Add a", "a = 1\n", branch="fix")
    return repository.create_pull(base="main", head="fix", title="Fix #1", body="Closes #1").number


def test_identity_asks_once_and_knows_the_workflow_token(
    github_stand_in: GitHubStandIn, connect_github: Connect
) -> None:
    tracker = connect_github()
    assert [tracker.identity(), tracker.identity()] == ["alice", "alice"]
    assert len(github_stand_in.proxy.sent("GET", "/user")) == 1
    refused = Fault(status=403, body=b'{"message": "Resource not accessible by integration"}')
    github_stand_in.proxy.spoil("GET", "/user", refused)
    assert connect_github(token="v1.installation").identity() == "github-actions[bot]"
    assert connect_github(token=ACTIONS).identity() == "github-actions[bot]"
    assert len(github_stand_in.proxy.sent("GET", "/user")) == 2


def test_writes_are_kept_a_second_apart_unless_told_otherwise(github_stand_in: GitHubStandIn) -> None:
    key = issue(github_stand_in)
    tracker = connect(token=ACTIONS, api_url=github_stand_in.url, repository=REPOSITORY, seconds_between_writes=0.3)
    times = []
    for _ in range(2):
        tracker.create_comment(key, DRAFT)
        times.append(github_stand_in.repository().get_issue(1).get_comments().reversed[0].created_at)
    assert (times[1] - times[0]).total_seconds() >= 0.3


def test_the_marker_is_put_first_where_the_text_lacks_it(
    github_stand_in: GitHubStandIn, connect_github: Connect
) -> None:
    key = issue(github_stand_in)
    created = connect_github().create_comment(key, Draft(text="words", marker=DRAFT.marker))
    assert created.raw == DRAFT.text
    assert created.marker == DRAFT.marker


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"GITHUB_API_URL is 'github.com', which is no address"):
        connect(token="t", api_url="github.com", repository=REPOSITORY)


def test_jql_is_not_for_github(connect_github: Connect) -> None:
    with pytest.raises(ConfigError, match="not by JQL"):
        connect_github().find(TicketQuery(jql="project = PAY"))
