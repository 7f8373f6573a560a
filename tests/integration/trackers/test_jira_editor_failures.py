"""The editor of Jira when things go wrong: a write is sent once, and an answer that may be lost is no good news."""

import json
from collections.abc import Callable, Mapping

import pytest

from rat.errors import AccessRefused, Ambiguous, ConfigError, Conflict, FieldRefused, TrackerError
from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import Child
from rat.trackers.jira import JiraTracker
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.proxy import HTML, LOST_REPLY, Fault

from .conftest import Naps, adf

Connect = Callable[..., JiraTracker]
TEXT = json.dumps(adf("words"))
MARKER = "<!-- rat:1 ticket=PAY-1 purpose=task:1 -->"


def ref(number: int) -> TicketRef:
    return TicketRef(tracker=TrackerKind.JIRA, key=f"PAY-{number}")


Write = Callable[[JiraTracker], object]
WRITES: Mapping[str, Write] = {
    "update_field": lambda tracker: tracker.update_field(ref(1), "description", TEXT),
    "add_labels": lambda tracker: tracker.add_labels(ref(1), ("b",)),
    "remove_labels": lambda tracker: tracker.remove_labels(ref(1), ("a",)),
    "create_child": lambda tracker: tracker.create_child(ref(1), Child(title="x", text=TEXT, marker=MARKER)),
    "close_child": lambda tracker: tracker.close_child(ref(3)),
    "add_blocker": lambda tracker: tracker.add_blocker(ref(1), by=ref(2)),
    "add_remote_link": lambda tracker: tracker.add_remote_link(ref(1), url="https://x.test", title="x", marker="m"),
    "remove_blocker": lambda tracker: tracker.remove_blocker(ref(2), by=ref(3)),
    "remove_remote_link": lambda tracker: tracker.remove_remote_link(ref(2), marker="old"),
    "retract_comment": lambda tracker: tracker.retract_comment(ref(1), "7"),
    "react": lambda tracker: tracker.react(ref(1), "7", "eyes"),
}


@pytest.fixture
def tracker(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> JiraTracker:
    """A Jira with two issues, PAY-1 and PAY-2, and PAY-3, a sub-task of the first."""
    for title in ("One", "Two"):
        jira_cloud_stand_in.create(title, labels=["a"])
    tracker = connect_jira(jira_cloud_stand_in)
    tracker.create_child(ref(1), Child(title="Made before", text=TEXT, marker=MARKER))
    tracker.add_blocker(ref(2), by=ref(3))
    tracker.add_remote_link(ref(2), url="https://x.test", title="x", marker="old")
    jira_cloud_stand_in.proxy.forget()
    return tracker


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize(
    "fault", [LOST_REPLY, HTML, Fault(status=502, forward=True), Fault(status=503, headers={"Retry-After": "1"})]
)
def test_a_write_whose_answer_is_lost_is_ambiguous_and_not_sent_again(
    jira_cloud_stand_in: JiraCloudStandIn, tracker: JiraTracker, write: Write, fault: Fault
) -> None:
    for method in ("PUT", "POST", "DELETE"):
        jira_cloud_stand_in.proxy.spoil(method, "/", fault, times=9)
    with pytest.raises(Ambiguous, match="may or may not have stored"):
        write(tracker)
    assert len([one for one in jira_cloud_stand_in.proxy.requests if one.method != "GET"]) == 1


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_rate_limit_is_waited_for_and_the_write_made_once(
    jira_cloud_stand_in: JiraCloudStandIn, tracker: JiraTracker, naps: Naps, write: Write
) -> None:
    for method in ("PUT", "POST", "DELETE"):
        jira_cloud_stand_in.proxy.spoil(method, "/", Fault(status=429, headers={"Retry-After": "7"}))
    write(tracker)
    assert naps.taken == [7]
    sent = [one.status for one in jira_cloud_stand_in.proxy.requests if one.method != "GET"]
    assert sent[0] == 429
    assert len(sent) == 2


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize(
    ("status", "error"), [(400, FieldRefused), (401, AccessRefused), (403, AccessRefused), (409, Conflict)]
)
def test_a_refusal_keeps_jiras_words_and_is_final(
    jira_cloud_stand_in: JiraCloudStandIn, tracker: JiraTracker, write: Write, status: int, error: type[TrackerError]
) -> None:
    fault = Fault(status=status, body=b'{"errorMessages": [], "errors": {"description": "too long for us"}}')
    for method in ("PUT", "POST", "DELETE"):
        jira_cloud_stand_in.proxy.spoil(method, "/", fault, times=9)
    if (status, write) == (400, WRITES["retract_comment"]):
        error = AccessRefused  # that is how Jira says that an account may not delete a comment
    with pytest.raises(error, match="description: too long for us") as caught:
        write(tracker)
    assert not isinstance(caught.value, Ambiguous)
    assert len([one for one in jira_cloud_stand_in.proxy.requests if one.method != "GET"]) == 1


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_cannot_be_read_first_is_not_written(
    jira_cloud_stand_in: JiraCloudStandIn, tracker: JiraTracker, write: Write
) -> None:
    jira_cloud_stand_in.proxy.spoil("GET", "/", Fault(status=500), times=99)
    # These are written without a look: they go by a marker, or by a number that was just given.
    if write not in (WRITES["add_remote_link"], WRITES["remove_remote_link"], WRITES["retract_comment"]):
        with pytest.raises(TrackerError, match="gave no usable answer"):
            write(tracker)
        assert {one.method for one in jira_cloud_stand_in.proxy.requests} == {"GET"}


@pytest.mark.parametrize("key", ["PAY-1/../PAY-2", "PAY-0", "pay-1", "PAY", "alice/demo#1", "PAY-1?x=1", ""])
def test_what_is_no_key_of_jira_is_never_asked_for(
    jira_cloud_stand_in: JiraCloudStandIn, tracker: JiraTracker, key: str
) -> None:
    wrong = TicketRef(tracker=TrackerKind.JIRA, key=key)
    for call in (
        lambda: tracker.field(wrong, "description"),
        lambda: tracker.update_field(wrong, "description", TEXT),
        lambda: tracker.add_labels(wrong, ("b",)),
        lambda: tracker.children(wrong),
        lambda: tracker.create_child(wrong, Child(title="x", text=TEXT, marker=MARKER)),
        lambda: tracker.close_child(wrong),
        lambda: tracker.add_blocker(ref(1), by=wrong),
        lambda: tracker.add_remote_link(wrong, url="https://x.test", title="x", marker="m"),
        lambda: tracker.may_write(wrong, "alice"),
        lambda: tracker.react(wrong, "7", "eyes"),
    ):
        with pytest.raises(ConfigError, match="is not a key of Jira"):
            call()
    assert jira_cloud_stand_in.proxy.requests == []


def test_a_sub_task_that_cannot_be_read_back_is_ambiguous_and_names_its_key(
    jira_cloud_stand_in: JiraCloudStandIn, tracker: JiraTracker
) -> None:
    jira_cloud_stand_in.proxy.spoil("GET", "/issue/PAY-4", Fault(status=500), times=9)
    with pytest.raises(Ambiguous, match="The sub-task PAY-4 of PAY-1 was made, but it could not be read back"):
        tracker.create_child(ref(1), Child(title="x", text=TEXT, marker="other"))
    jira_cloud_stand_in.proxy.forget()
    assert [child.marker for child in tracker.children(ref(1))] == [MARKER, "other"]


@pytest.mark.parametrize("body", [b"{}", b'{"fields": []}', b'{"fields": {"description": 1}}', b"[]"])
def test_a_screen_of_another_form_is_an_error_and_no_crash(
    jira_cloud_stand_in: JiraCloudStandIn, tracker: JiraTracker, body: bytes
) -> None:
    jira_cloud_stand_in.proxy.spoil("GET", "/editmeta", Fault(status=200, body=body))
    with pytest.raises(TrackerError, match=r"PAY-1"):
        tracker.field(ref(1), "description")
