"""What was written within the last hour, read off the comments."""

import json
from datetime import UTC, datetime

import pytest

from rat.errors import RateLimited
from rat.trackers.calls import Answer, Call, Calls
from rat.trackers.github import GitHubTracker, service_of
from rat.trackers.github_limits import recent_writes
from rat.trackers.github_pages import Pages
from rat.trackers.patience import Patience

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC).timestamp()


def comment(number: int, login: str, created: str, updated: str) -> dict[str, object]:
    return {
        "id": number,
        "body": "x",
        "user": {"login": login},
        "created_at": f"2026-11-23T{created}Z",
        "updated_at": f"2026-11-23T{updated}Z",
    }


def test_own_comments_of_the_hour_count_once_for_each_write() -> None:
    asked: list[Call] = []
    found = [
        comment(3, "rat[bot]", "11:50:00", "11:50:00"),
        comment(2, "alice", "11:40:00", "11:40:00"),
        comment(1, "rat[bot]", "11:10:00", "11:30:00"),
        comment(0, "rat[bot]", "09:00:00", "11:20:00"),
    ]

    def send(call: Call) -> Answer:
        asked.append(call)
        return Answer(status=200, headers={}, text=json.dumps(found))

    calls = Calls(service=service_of(send, host="github.test"), patience=None, clock=lambda: NOW)  # type: ignore[arg-type]
    pages = Pages(calls=calls, api_url="https://github.test")
    times = sorted(recent_writes(pages, "alice/demo", login="rat[bot]", now=NOW))
    assert [round((NOW - time) / 60, 1) for time in times] == [50.0, 40.0, 30.0, 10.0]
    assert asked[0].params["since"] == "2026-11-23T11:00:00Z"


def test_a_write_that_is_limited_after_the_wait_as_well_is_no_matter_of_rights_and_nothing_more_is_sent() -> None:
    sent: list[Call] = []

    def send(call: Call) -> Answer:
        sent.append(call)
        return Answer(status=403, headers={"retry-after": "60"}, text='{"message": "secondary rate limit"}')

    time = [NOW]
    patience = Patience(seconds=100, sleep=lambda seconds: time.append(time[-1] + seconds))
    calls = Calls(service=service_of(send, host="github.test"), patience=patience, clock=lambda: time[-1])
    for _ in range(2):
        with pytest.raises(RateLimited):
            calls.write(Call(what="alice/demo#1", path="/x", method="POST", body={}))
    assert len(sent) == 2


def test_the_requests_that_are_left_are_known_from_any_answer() -> None:
    headers = {"x-ratelimit-remaining": "321", "x-ratelimit-reset": str(int(NOW) + 60)}
    service = service_of(lambda _: Answer(status=200, headers=headers, text="[]"), host="github.test")
    calls = Calls(service=service, patience=None, clock=lambda: NOW)  # type: ignore[arg-type]
    tracker = GitHubTracker(calls=calls, api_url="https://github.test", repository="alice/demo", is_installation=True)
    assert tracker.requests_left() is None
    tracker.recall_writes(["alice/demo"])
    assert tracker.requests_left() == 321
