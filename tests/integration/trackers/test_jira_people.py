"""Who may give RAT commands in Jira, as Jira says at that moment, and how their outcome is kept."""

from collections.abc import Callable

import pytest

from rat.errors import AccessRefused, TrackerError
from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import TicketQuery
from rat.trackers.jira import JiraTracker
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.jira_cloud_store import ALICE, MALLORY
from tests.stand_ins.jira_dc import JiraDcStandIn, JiraStandIn
from tests.stand_ins.proxy import Fault

from .conftest import adf

Connect = Callable[..., JiraTracker]


def ref(key: str) -> TicketRef:
    return TicketRef(tracker=TrackerKind.JIRA, key=key)


def test_on_cloud_the_right_to_edit_counts_and_is_asked_for_each_time(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    issue, tracker = ref(jira_cloud_stand_in.create("Crash")), connect_jira(jira_cloud_stand_in)
    assert tracker.may_write(issue, ALICE)
    assert not tracker.may_write(issue, MALLORY)
    assert not tracker.may_write(issue, "nobody")
    assert not tracker.may_write(issue, "")
    jira_cloud_stand_in.store.rights[MALLORY].add("EDIT_ISSUES")
    assert tracker.may_write(issue, MALLORY)


def test_on_data_center_a_name_that_only_begins_like_an_editors_is_not_his(
    jira_dc_stand_in: JiraDcStandIn, connect_jira: Connect
) -> None:
    issue, tracker = ref(jira_dc_stand_in.create("Crash")), connect_jira(jira_dc_stand_in)
    jira_dc_stand_in.editors.add("alice.b")
    assert tracker.may_write(issue, "alice.b")
    assert not tracker.may_write(issue, "alice")
    assert not tracker.may_write(issue, "mallory")


def test_data_center_is_asked_by_the_newer_name_of_the_right_if_it_does_not_know_the_older(
    jira_dc_stand_in: JiraDcStandIn, connect_jira: Connect
) -> None:
    issue, tracker = ref(jira_dc_stand_in.create("Crash")), connect_jira(jira_dc_stand_in)
    jira_dc_stand_in.proxy.spoil("GET", "permissions=EDIT_ISSUE&", Fault(status=400))
    jira_dc_stand_in.proxy.spoil("GET", "permissions=EDIT_ISSUES", Fault(status=200, body=b'[{"name": "alice"}]'))
    assert tracker.may_write(issue, "alice")


def test_a_token_that_may_not_ask_means_no_and_says_what_is_missing(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    issue, tracker = ref(jira_cloud_stand_in.create("Crash")), connect_jira(jira_cloud_stand_in)
    jira_cloud_stand_in.store.rights[ALICE].remove("ADMINISTER_PROJECTS")
    with pytest.raises(AccessRefused, match=rf"does not tell .* who may edit {issue.key}.*may administer the project"):
        tracker.may_write(issue, ALICE)


@pytest.mark.parametrize("body", [b"{}", b'{"users": []}', b'"yes"', b"[1]", b"true"])
def test_an_answer_of_another_kind_is_no_permission(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect, body: bytes
) -> None:
    issue, tracker = ref(jira_cloud_stand_in.create("Crash")), connect_jira(jira_cloud_stand_in)
    jira_cloud_stand_in.proxy.spoil("GET", "/user/permission", Fault(status=200, body=body), times=9)
    with pytest.raises(TrackerError, match="who may edit"):
        tracker.may_write(issue, ALICE)


@pytest.mark.parametrize("kind", ["jira_cloud", "jira_dc"])
def test_what_became_of_a_command_is_recorded_beside_the_issue(
    request: pytest.FixtureRequest, connect_jira: Connect, kind: str
) -> None:
    stand_in: JiraStandIn = request.getfixturevalue(f"{kind}_stand_in")
    issue, tracker = ref(stand_in.create("Crash")), connect_jira(stand_in)
    assert tracker.reactions(issue, "7") == frozenset()
    for reaction in ("eyes", "+1", "eyes"):
        tracker.react(issue, "7", reaction)
    assert tracker.reactions(issue, "7") == {"eyes", "+1"}
    assert tracker.reactions(issue, "8") == frozenset()
    assert len(stand_in.proxy.sent("PUT")) == 2
    with pytest.raises(TrackerError, match="is not the number of a comment"):
        tracker.react(issue, "7/../x", "eyes")


def test_a_comment_says_who_alone_may_read_it(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    issue, path = ref(jira_cloud_stand_in.create("Crash")), "issue/PAY-1/comment"
    internal = [{"key": "sd.public.comment", "value": {"internal": True}}]
    for more in ({}, {"visibility": {"type": "role", "value": "Administrators"}}, {"properties": internal}):
        jira_cloud_stand_in.request("POST", path, {"body": adf("hello"), **more})
    comments = connect_jira(jira_cloud_stand_in).comments(issue)
    assert [comment.restricted_to for comment in comments] == ["", "role Administrators", "staff"]


def test_an_issue_names_its_security_level(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    issue, tracker = ref(jira_cloud_stand_in.create("Crash")), connect_jira(jira_cloud_stand_in)
    assert tracker.fetch(issue).restricted_to == ""
    jira_cloud_stand_in.store.issues[issue.key]["fields"]["security"] = {"id": "10000", "name": "Board"}
    assert tracker.fetch(issue).restricted_to == "Board"
    assert [found.restricted_to for found in tracker.find(TicketQuery(jql="project = PAY"))] == ["Board"]
