"""GitHub through PyGithub when things go wrong: the error, its words, and what was sent."""

import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate

import pytest

from rat.errors import AccessRefused, Ambiguous, RateLimited, TicketNotFound, TrackerError
from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import Child, Draft
from rat.trackers.github import GitHubTracker, connect
from rat.trackers.patience import Patience
from rat.trackers.transport import BoundedAdapter
from tests.stand_ins.github import REPOSITORY, GitHubStandIn, free_port
from tests.stand_ins.proxy import HTML, LOST_REPLY, RESET, Fault

from .conftest import Naps

Connect = Callable[..., GitHubTracker]
DRAFT = Draft(text="<!-- rat:1 x -->\nwords", marker="<!-- rat:1 x -->")
REF = TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#1")


@pytest.fixture
def stand_in(github_stand_in: GitHubStandIn) -> GitHubStandIn:
    """A GitHub with one issue."""
    github_stand_in.repository().create_issue("Crash", body="It crashes.")
    github_stand_in.proxy.forget()
    return github_stand_in


def json(message: str) -> bytes:
    return f'{{"message": "{message}"}}'.encode()


def fetch(tracker: GitHubTracker) -> object:
    return tracker.fetch(REF)


def create(tracker: GitHubTracker) -> object:
    return tracker.create_comment(REF, DRAFT)


def write(tracker: GitHubTracker, method: str, comment_id: str) -> object:
    return create(tracker) if method == "POST" else tracker.update_comment(REF, comment_id, DRAFT)


def stored(stand_in: GitHubStandIn) -> int:
    stand_in.proxy.forget()
    return stand_in.repository().get_issue(1).comments


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault(status=401, body=json("Bad credentials")), AccessRefused, "Check that GITHUB_TOKEN is valid"),
        (
            Fault(status=403, body=json("Resource not accessible by integration")),
            AccessRefused,
            "needs the right `issues: read`",
        ),
        (Fault(status=404, body=json("Not Found")), TicketNotFound, "has no alice/demo#1"),
        (Fault(status=410, body=json("This issue was deleted")), TicketNotFound, "410 This issue was deleted"),
        (Fault(status=451, body=json("Blocked")), TrackerError, "451 Blocked"),
        (Fault(status=301, headers={"Location": "/repositories/9/issues/3"}), TrackerError, "301 to /repositories/9"),
        (Fault(status=302, headers={"Location": "http://localhost:1/login"}), TrackerError, "RAT follows no redirects"),
    ],
)
def test_a_refusal_is_named_and_not_repeated(
    stand_in: GitHubStandIn, connect_github: Connect, fault: Fault, error: type[TrackerError], words: str
) -> None:
    stand_in.proxy.spoil("GET", "/issues/1", fault, times=9)
    with pytest.raises(error, match=words) as caught:
        connect_github().fetch(REF)
    assert "alice/demo#1" in str(caught.value)
    assert caught.value.exit_code == 3
    assert len(stand_in.proxy.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [
        RESET,
        Fault(status=408),
        Fault(status=500),
        Fault(status=502, headers={"Content-Type": "text/html"}, body=b"<html>Bad gateway"),
        Fault(status=200, body=b'{"number": 1, "ti', truncate=True),
        Fault(status=200, body=b'{"number": 1, "ti'),
        Fault(status=200, headers={"Content-Type": "text/html"}, body=b"<html>Sign in to the hotel Wi-Fi</html>"),
        Fault(status=202, body=b"{}"),
    ],
)
def test_a_read_that_is_lost_is_tried_three_more_times(
    stand_in: GitHubStandIn, connect_github: Connect, naps: Naps, fault: Fault
) -> None:
    stand_in.proxy.spoil("GET", "/issues/1", fault, times=3)
    assert connect_github().fetch(REF).title == "Crash"
    assert len(stand_in.proxy.requests) == 4
    assert naps.taken == sorted(naps.taken)
    stand_in.proxy.forget()
    stand_in.proxy.spoil("GET", "/issues/1", fault, times=9)
    with pytest.raises(TrackerError, match="gave no usable answer for alice/demo#1, asked 4 times"):
        connect_github().fetch(REF)
    assert len(stand_in.proxy.requests) == 4


def test_json_of_another_kind_is_an_error_and_no_crash(stand_in: GitHubStandIn, connect_github: Connect) -> None:
    for body in (b"{}", b"[]", b'"text"', b"null", b'{"comments": 0, "title": 1, "body": 3}'):
        stand_in.proxy.spoil("GET", "/issues/1", Fault(status=200, body=body), times=4)
        with pytest.raises(TrackerError, match="alice/demo#1"):
            connect_github().fetch(REF)
        stand_in.proxy.forget()
    stand_in.proxy.spoil("GET", "/comments", Fault(status=200, body=b'{"message": "hello"}'))
    with pytest.raises(TrackerError, match="something else than a list"):
        connect_github().comments(REF)


def test_an_unreachable_host_fails_at_once(connect_github: Connect, naps: Naps) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    for call in (fetch, create):
        with pytest.raises(TrackerError, match=r"cannot be reached at 127.0.0.1:\d+ \(Connection refused\)") as caught:
            call(connect_github(url=url))
        assert not isinstance(caught.value, Ambiguous)
    assert naps.taken == []


@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize(
    "fault",
    [
        LOST_REPLY,
        RESET,
        HTML,
        Fault(status=408),
        Fault(status=408, forward=True),
        Fault(status=500),
        Fault(status=503, headers={"Retry-After": "1"}),
        Fault(status=504, headers={"Content-Type": "text/html"}, body=b"<html>"),
        Fault(status=201, body=b"{}"),
        Fault(status=201, body=b"[]"),
        Fault(status=201, body=b""),
        Fault(status=201, body=b'{"id": 1, "bo', truncate=True),
        Fault(status=201, body=b'{"id": 1, "bo'),
    ],
)
def test_a_write_is_sent_once_and_a_lost_answer_is_ambiguous(
    stand_in: GitHubStandIn, connect_github: Connect, method: str, fault: Fault
) -> None:
    tracker = connect_github()
    comment = tracker.create_comment(REF, DRAFT)
    stand_in.proxy.forget()
    stand_in.proxy.spoil(method, "/comments", fault, times=9)
    with pytest.raises(Ambiguous, match="may or may not have stored"):
        write(tracker, method, comment.id)
    assert len(stand_in.proxy.requests) == 1


def test_a_lost_reply_leaves_one_comment_and_not_eleven(stand_in: GitHubStandIn, connect_github: Connect) -> None:
    stand_in.proxy.spoil("POST", "/comments", LOST_REPLY, times=99)
    with pytest.raises(Ambiguous):
        connect_github().create_comment(REF, DRAFT)
    assert stored(stand_in) == 1


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault(status=401, body=json("Bad credentials")), AccessRefused, "GITHUB_TOKEN"),
        (
            Fault(status=403, body=json("Resource not accessible by integration")),
            AccessRefused,
            "needs the right `issues: write`",
        ),
        (
            Fault(status=403, body=json("Unable to create comment because issue is locked.")),
            TrackerError,
            "alice/demo#1 is locked",
        ),
        (Fault(status=404, body=json("Not Found")), TicketNotFound, "alice/demo#1"),
        (
            Fault(status=422, body=b'{"message": "Validation Failed", "errors": [{"message": "body is too long"}]}'),
            TrackerError,
            "Validation Failed: body is too long",
        ),
        (Fault(status=307, headers={"Location": "/elsewhere"}), TrackerError, "307 to /elsewhere"),
    ],
)
def test_a_refused_write_is_not_ambiguous(
    stand_in: GitHubStandIn, connect_github: Connect, fault: Fault, error: type[TrackerError], words: str
) -> None:
    stand_in.proxy.spoil("POST", "/comments", fault, times=9)
    with pytest.raises(error, match=words) as caught:
        connect_github().create_comment(REF, DRAFT)
    assert not isinstance(caught.value, Ambiguous)
    assert len(stand_in.proxy.requests) == 1


SECONDARY = json("You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")


LIMITS = [
    (Fault(status=429, headers={"Retry-After": "7"}), 7, 7),
    (Fault(status=403, headers={"Retry-After": "7"}, body=SECONDARY), 7, 7),
    (Fault(status=403, body=SECONDARY), 60, 60),
    (Fault(status=429), 60, 60),
    (Fault(status=403, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "SOON"}), 29, 31),
    (Fault(status=403, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}), 1, 1),
    (Fault(status=429, headers={"Retry-After": "DATE"}), 28, 30),
]


@pytest.mark.parametrize(("limit", "low", "high"), LIMITS)
@pytest.mark.parametrize(("method", "call"), [("GET", fetch), ("POST", create)])
def test_a_rate_limit_is_waited_for_as_asked_and_the_call_made_once_more(  # noqa: PLR0913 - one figure each
    stand_in: GitHubStandIn,
    connect_github: Connect,
    naps: Naps,
    *,
    method: str,
    call: Callable[[GitHubTracker], object],
    limit: Fault,
    low: float,
    high: float,
) -> None:
    moments = {"SOON": str(int(time.time()) + 30), "DATE": formatdate(time.time() + 30, usegmt=True)}
    headers = {name: moments.get(value, value) for name, value in limit.headers.items()}
    stand_in.proxy.spoil(method, "/issues/1", replace(limit, headers=headers))
    call(connect_github())
    assert low <= max(naps.taken) <= high
    assert len(stand_in.proxy.sent(method)) == 2


def test_a_limit_beyond_the_budget_ends_the_call_without_waiting(
    stand_in: GitHubStandIn, connect_github: Connect, naps: Naps
) -> None:
    stand_in.proxy.spoil("*", "/issues/1", Fault(status=429, headers={"Retry-After": "1847"}), times=9)
    for call in (fetch, create):
        with pytest.raises(RateLimited, match="asks to wait 1847 s, and this run may wait 300 s more"):
            call(connect_github())
    assert naps.taken == []
    assert len(stand_in.proxy.requests) == 2


def test_secondary_limits_are_waited_for_twice_as_long_each_time(
    stand_in: GitHubStandIn, connect_github: Connect, naps: Naps
) -> None:
    stand_in.proxy.spoil("GET", "/issues/1", Fault(status=403, body=SECONDARY), times=2)
    connect_github().fetch(REF)
    assert [nap for nap in naps.taken if nap >= 60] == [60, 120]


def test_an_answer_that_trickles_in_is_cut_off(stand_in: GitHubStandIn, naps: Naps) -> None:
    stand_in.proxy.spoil("*", "/issues/1", Fault(status=200, body=b"x" * 400, trickle=0.02), times=9)
    tracker = connect(
        token="t",
        api_url=stand_in.url,
        repository=REPOSITORY,
        seconds_between_writes=0,
        patience=Patience(sleep=naps),
        adapter=lambda: BoundedAdapter(deadline=0.1),
    )
    with pytest.raises(TrackerError, match=r"not complete after 0.1 s"):
        tracker.fetch(REF)
    with pytest.raises(Ambiguous, match=r"not complete after 0.1 s"):
        tracker.create_comment(REF, DRAFT)


def test_an_answer_that_is_too_large_is_cut_off(stand_in: GitHubStandIn, naps: Naps) -> None:
    stand_in.proxy.spoil("GET", "/issues/1", Fault(status=200, body=b" " * 200_000), times=9)
    tracker = connect(
        token="t",
        api_url=stand_in.url,
        repository=REPOSITORY,
        patience=Patience(sleep=naps),
        adapter=lambda: BoundedAdapter(size=100_000),
    )
    with pytest.raises(TrackerError, match="over 100000 bytes"):
        tracker.fetch(REF)


def test_no_error_shows_the_token(stand_in: GitHubStandIn, connect_github: Connect) -> None:
    token = "ghp_0123456789abcdefghij0123456789abcdef"
    for fault in (Fault(status=401), Fault(status=500), RESET, Fault(status=200, body=b"<html>")):
        stand_in.proxy.forget()
        stand_in.proxy.spoil("*", "/", fault, times=9)
        with pytest.raises(TrackerError) as caught:
            connect_github(token=token).fetch(REF)
        error: BaseException | None = caught.value
        while error is not None:
            assert token not in f"{error} {error!r}"
            error = error.__cause__


def test_a_server_that_speaks_no_tls_and_a_proxy_that_wants_a_login_are_named_and_get_nothing(
    stand_in: GitHubStandIn, connect_github: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.proxy.forget()
    with pytest.raises(TrackerError, match=r"(?i)ssl"):
        connect_github(url=stand_in.url.replace("http:", "https:")).fetch(REF)
    assert stand_in.proxy.requests == []
    stand_in.proxy.spoil("*", "", Fault(status=407), times=9)
    monkeypatch.setenv("HTTP_PROXY", stand_in.url)
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(TrackerError, match="407"):
        connect_github(url="http://github.example").fetch(REF)
    assert len(stand_in.proxy.requests) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (451, json("Blocked")),
        (422, b'{"message": "Validation Failed", "errors": [{"code": "spam", "field": "body"}]}'),
        (422, json("Abuse detected")),
    ],
)
def test_after_a_text_that_is_taken_for_spam_nothing_more_is_written_and_everything_is_read(
    stand_in: GitHubStandIn, connect_github: Connect, status: int, body: bytes
) -> None:
    tracker = connect_github()
    stand_in.proxy.spoil("POST", "/comments", Fault(status=status, body=body))
    with pytest.raises(TrackerError, match="GitHub will not have"):
        create(tracker)
    with pytest.raises(RateLimited, match="Nothing more is written to GitHub in this run: GitHub will not have"):
        create(tracker)
    assert [sent.method for sent in stand_in.proxy.requests].count("POST") == 1
    assert tracker.fetch(REF).title == "Crash"
    assert stored(stand_in) == 0


def test_a_text_that_is_not_valid_keeps_nobody_else_from_writing(
    stand_in: GitHubStandIn, connect_github: Connect
) -> None:
    tracker = connect_github()
    stand_in.proxy.spoil("POST", "/comments", Fault(status=422, body=json("body is too long")))
    with pytest.raises(TrackerError, match="did not take"):
        create(tracker)
    create(tracker)
    assert stored(stand_in) == 1


def test_newest_issues_that_are_no_list_mean_that_no_child_is_made(
    stand_in: GitHubStandIn, connect_github: Connect
) -> None:
    stand_in.proxy.spoil("GET", f"/repos/{REPOSITORY}/issues", Fault(status=200, body=b"{}"), times=9)
    child = Child(title="Part", text="<!-- rat:1 y -->\nwords", marker="<!-- rat:1 y -->")
    with pytest.raises(TrackerError, match="newest issues of alice/demo"):
        connect_github().create_child(REF, child)
    assert all(sent.method == "GET" for sent in stand_in.proxy.requests)
