"""Both Jiras through the jira SDK when things go wrong: the error, its words, and what was sent."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate

import pytest

from rat.errors import AccessRefused, Ambiguous, RateLimited, TicketNotFound, TrackerError
from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import Draft
from rat.trackers.jira import JiraTracker
from tests.stand_ins.github import free_port
from tests.stand_ins.jira_dc import JiraStandIn
from tests.stand_ins.proxy import HTML, LOST_REPLY, RESET, Fault

from .conftest import Naps, adf

Connect = Callable[..., JiraTracker]
Prepared = tuple[JiraStandIn, JiraTracker, TicketRef, Draft]


@pytest.fixture(params=["jira_cloud", "jira_dc"])
def prepared(request: pytest.FixtureRequest, connect_jira: Connect) -> Prepared:
    """A Jira with one issue."""
    stand_in: JiraStandIn = request.getfixturevalue(f"{request.param}_stand_in")
    ref = TicketRef(tracker=TrackerKind.JIRA, key=stand_in.create("Crash"))
    text = json.dumps(adf("words")) if stand_in.email else "words"
    tracker = connect_jira(stand_in)
    stand_in.proxy.forget()
    return stand_in, tracker, ref, Draft(text=text, marker="<!-- rat:1 x -->")


@pytest.mark.parametrize(
    "fault",
    [
        RESET,
        Fault(status=408),
        Fault(status=500),
        Fault(status=502, headers={"Content-Type": "text/html"}, body=b"<html>"),
        Fault(status=503, headers={"Retry-After": "2"}),
        Fault(status=200, body=b'{"key": "P', truncate=True),
        Fault(status=200, headers={"Content-Type": "text/html"}, body=b"<html>Log in</html>"),
    ],
)
def test_a_read_that_is_lost_is_tried_three_more_times(prepared: Prepared, fault: Fault) -> None:
    stand_in, tracker, ref, _ = prepared
    stand_in.proxy.spoil("GET", "/issue/", fault, times=3)
    assert tracker.fetch(ref, comments=False).title == "Crash"
    assert len(stand_in.proxy.requests) == 4
    stand_in.proxy.spoil("GET", "/issue/", fault, times=9)
    with pytest.raises(TrackerError, match=f"gave no usable answer for {ref.key}, asked 4 times"):
        tracker.fetch(ref)


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    "fault",
    [
        *(LOST_REPLY, RESET, HTML, Fault(status=408), Fault(status=500), Fault(status=201)),
        Fault(status=503, headers={"Retry-After": "1"}),
    ],
)
def test_a_write_is_sent_once_and_a_lost_answer_is_ambiguous(prepared: Prepared, method: str, fault: Fault) -> None:
    stand_in, tracker, ref, draft = prepared
    comment = tracker.create_comment(ref, draft)
    stand_in.proxy.forget()
    stand_in.proxy.spoil(method, "/comment", fault, times=9)
    with pytest.raises(Ambiguous, match="may or may not have stored"):
        write(tracker, method, ref, comment.id, draft)
    assert len(stand_in.proxy.requests) == 1


def write(tracker: JiraTracker, method: str, ref: TicketRef, comment_id: str, draft: Draft) -> object:
    return tracker.create_comment(ref, draft) if method == "POST" else tracker.update_comment(ref, comment_id, draft)


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault(status=401), AccessRefused, "Check JIRA_TOKEN"),
        (Fault(status=403, body=b'{"errorMessages": ["No permission"]}'), AccessRefused, "403 No permission"),
        (Fault(status=404, body=b'{"errorMessages": ["Issue does not exist"]}'), TicketNotFound, "Check the key"),
        (Fault(status=410), TrackerError, "did not take"),
        (Fault(status=400, body=b'{"errorMessages": [], "errors": {"comment": "too long"}}'), TrackerError, "too long"),
        (Fault(status=301, headers={"Location": "/x"}), TrackerError, "RAT follows no redirects"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refusal_is_named_and_not_repeated(
    prepared: Prepared, *, method: str, fault: Fault, error: type[TrackerError], words: str
) -> None:
    stand_in, tracker, ref, draft = prepared
    stand_in.proxy.spoil(method, "/issue/", fault, times=9)
    with pytest.raises(error, match=words) as caught:
        call(tracker, method, ref, draft)
    assert ref.key in str(caught.value)
    assert not isinstance(caught.value, Ambiguous)
    assert len(stand_in.proxy.requests) == 1


def call(tracker: JiraTracker, method: str, ref: TicketRef, draft: Draft) -> object:
    return tracker.fetch(ref) if method == "GET" else tracker.create_comment(ref, draft)


@pytest.mark.parametrize(
    ("limit", "low", "high"),
    [
        (Fault(status=429, headers={"Retry-After": "7"}), 7, 7),
        (Fault(status=429, headers={"Retry-After": "DATE"}), 28, 30),
        (Fault(status=429), 5, 5),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_rate_limit_is_waited_for_as_asked_and_the_call_made_once_more(
    prepared: Prepared, naps: Naps, *, method: str, limit: Fault, low: float, high: float
) -> None:
    stand_in, tracker, ref, draft = prepared
    moment = formatdate(time.time() + 30, usegmt=True)
    headers = {name: moment if value == "DATE" else value for name, value in limit.headers.items()}
    stand_in.proxy.spoil(method, "/issue/", replace(limit, headers=headers))
    call(tracker, method, ref, draft)
    assert low <= max(naps.taken) <= high


def test_a_limit_beyond_the_budget_ends_the_call_without_waiting(prepared: Prepared, naps: Naps) -> None:
    stand_in, tracker, ref, draft = prepared
    stand_in.proxy.spoil("*", "/issue/", Fault(status=429, headers={"Retry-After": "1847"}), times=9)
    for method in ("GET", "POST"):
        with pytest.raises(RateLimited, match="asks to wait 1847 s"):
            call(tracker, method, ref, draft)
    assert naps.taken == []


def test_json_of_another_kind_is_an_error_and_no_crash(prepared: Prepared) -> None:
    stand_in, tracker, ref, _ = prepared
    for body in (b"{}", b"[]", b'"x"', b'{"key": "KEY", "fields": {"summary": 1}}', b'{"key": "KEY", "fields": []}'):
        stand_in.proxy.spoil("GET", "/issue/", Fault(status=200, body=body.replace(b"KEY", ref.key.encode())), times=4)
        with pytest.raises(TrackerError, match=ref.key):
            tracker.fetch(ref, comments=False)
        stand_in.proxy.forget()


def test_an_unreachable_host_fails_at_once(prepared: Prepared, connect_jira: Connect, naps: Naps) -> None:
    with pytest.raises(TrackerError, match=r"cannot be reached at 127.0.0.1:\d+ \(Connection refused\)"):
        connect_jira(prepared[0], url=f"http://127.0.0.1:{free_port()}")
    assert naps.taken == []
