"""What RAT takes back in each tracker: a comment that it has just made, what blocks what, a remote link."""

from collections.abc import Callable

import pytest

from rat.errors import AccessRefused, Ambiguous, TicketNotFound
from rat.model.ticket import TicketRef, TrackerKind
from rat.publishing.editing import EditableTracker
from rat.trackers.github import GitHubTracker
from rat.trackers.jira import JiraTracker
from tests.stand_ins.github import REPOSITORY, GitHubStandIn
from tests.stand_ins.github_sub_issues import SubIssues
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.jira_dc import JiraStandIn
from tests.stand_ins.proxy import LOST_REPLY, Fault, Proxy

from .conftest import Bench, cloud_bench, dc_bench, github_bench


@pytest.fixture(params=["github", "jira_cloud", "jira_dc"])
def bench(request: pytest.FixtureRequest) -> tuple[Bench, EditableTracker, Proxy]:
    """Each tracker that edits, in turn."""
    stand_in = request.getfixturevalue(f"{request.param}_stand_in")
    if request.param == "github":
        SubIssues(stand_in.proxy)
        made = github_bench(stand_in, request.getfixturevalue("connect_github"))
    else:
        build = cloud_bench if request.param == "jira_cloud" else dc_bench
        made = build(stand_in, request.getfixturevalue("connect_jira"))
    assert isinstance(made.tracker, EditableTracker)
    return made, made.tracker, stand_in.proxy


def writes(proxy: Proxy) -> list[str]:
    return [one.method for one in proxy.requests if one.method != "GET"]


def test_a_comment_of_its_own_goes_and_the_others_stay(bench: tuple[Bench, EditableTracker, Proxy]) -> None:
    made, tracker, proxy = bench
    ref = made.create("Crash", "It hangs.", [])
    made.say(ref, "a remark")
    first, second = (tracker.create_comment(ref, made.draft(words)) for words in ("first", "second"))
    proxy.forget()
    tracker.retract_comment(ref, second.id)
    assert writes(proxy) == ["DELETE"]
    assert [comment.id for comment in tracker.comments(ref)][1:] == [first.id]
    tracker.retract_comment(ref, second.id)
    assert len(tracker.comments(ref)) == 2
    with pytest.raises(TicketNotFound):
        tracker.comment(ref, second.id)


def test_a_blocker_is_taken_back_and_the_others_stay(bench: tuple[Bench, EditableTracker, Proxy]) -> None:
    made, tracker, proxy = bench
    one, two, three = (made.create(title, "", []) for title in ("One", "Two", "Three"))
    for first in (one, two):
        tracker.add_blocker(three, by=first)
    tracker.add_blocker(two, by=one)
    assert tracker.blockers(three) == {one.key, two.key}
    proxy.forget()
    for _ in range(2):
        tracker.remove_blocker(three, by=one)
    assert writes(proxy) == ["DELETE"]
    assert tracker.blockers(three) == {two.key}
    assert tracker.blockers(two) == {one.key}
    assert tracker.blockers(one) == frozenset()
    proxy.spoil("DELETE", "", LOST_REPLY)
    with pytest.raises(Ambiguous, match="may or may not have stored"):
        tracker.remove_blocker(two, by=one)
    tracker.remove_blocker(two, by=one)
    assert tracker.blockers(two) == frozenset()


@pytest.mark.parametrize("kind", ["jira_cloud", "jira_dc"])
def test_a_remote_link_is_read_and_taken_off_by_its_marker(
    kind: str, request: pytest.FixtureRequest, connect_jira: Callable[..., JiraTracker]
) -> None:
    stand_in: JiraStandIn = request.getfixturevalue(f"{kind}_stand_in")
    tracker, ref = connect_jira(stand_in), TicketRef(tracker=TrackerKind.JIRA, key=stand_in.create("Crash"))
    assert tracker.remote_link(ref, marker="rat:a b&c") == ""
    tracker.remove_remote_link(ref, marker="rat:a b&c")
    for marker, number in (("rat:a b&c", 1), ("other", 2)):
        tracker.add_remote_link(ref, url=f"https://example.com/{number}", title=f"Link {number}", marker=marker)
    assert tracker.remote_link(ref, marker="rat:a b&c") == "https://example.com/1\nLink 1"
    tracker.remove_remote_link(ref, marker="rat:a b&c")
    assert tracker.remote_link(ref, marker="rat:a b&c") == ""
    assert tracker.remote_link(ref, marker="other") == "https://example.com/2\nLink 2"


def test_a_list_in_place_of_one_remote_link_is_put_up_with(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Callable[..., JiraTracker]
) -> None:
    tracker = connect_jira(jira_cloud_stand_in)
    ref = TicketRef(tracker=TrackerKind.JIRA, key=jira_cloud_stand_in.create("Crash"))
    body = b'[{"globalId": "x", "object": {"url": "u"}}, {"globalId": "m", "object": {"url": "v", "title": "t"}}]'
    jira_cloud_stand_in.proxy.spoil("GET", "/remotelink", Fault(status=200, body=body), times=2)
    assert tracker.remote_link(ref, marker="m") == "v\nt"
    assert tracker.remote_link(ref, marker="n") == ""


@pytest.mark.parametrize("status", [400, 403])
def test_a_token_that_may_not_delete_its_comments_is_told_so(
    status: int, jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Callable[..., JiraTracker]
) -> None:
    tracker = connect_jira(jira_cloud_stand_in)
    ref = TicketRef(tracker=TrackerKind.JIRA, key=jira_cloud_stand_in.create("Crash"))
    jira_cloud_stand_in.proxy.spoil("DELETE", "/comment", Fault(status=status))
    with pytest.raises(AccessRefused, match="right to delete"):
        tracker.retract_comment(ref, "7")


def test_an_issue_of_github_has_no_remote_links(
    github_stand_in: GitHubStandIn, connect_github: Callable[..., GitHubTracker]
) -> None:
    tracker, ref = connect_github(), TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#1")
    assert tracker.remote_link(ref, marker="m") == ""
    tracker.remove_remote_link(ref, marker="m")
    assert github_stand_in.proxy.requests == []
