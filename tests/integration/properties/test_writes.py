"""P25 to P33: writing over a network that loses, doubles and delays, beside people and other runs."""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.errors import TrackerError
from rat.model import Comment, TicketRef, TrackerKind
from rat.publishing.marker import Marker, read_marker
from rat.trackers import github
from rat.trackers.calls import Answer
from rat.trackers.github_refusals import wait
from rat.trackers.patience import Patience
from rat.trackers.transport import BoundedAdapter
from tests.integration.properties.conftest import BODY, TITLE, Scene
from tests.stand_ins.github import MALLORY
from tests.stand_ins.proxy import HTML, LOST_REPLY, RESET, Fault, Recorded

COMMENTS = r"/issues/\d+/comments$"


@pytest.mark.parametrize("fault", [LOST_REPLY, RESET, Fault(status=502, forward=True), Fault(status=500), HTML])
def test_p25_a_lost_answer_to_a_creation_is_looked_for_before_it_is_sent_again(scene: Scene, fault: Fault) -> None:
    scene.github.proxy.spoil("POST", COMMENTS, fault)
    ended = scene.refine("--publish")
    assert ended.returncode in (0, 3), ended.stderr
    kinds = [one.method for one in scene.github.proxy.requests if re.search(r"/comments(\?|$)", one.path)]
    posts = [place for place, method in enumerate(kinds) if method == "POST"]
    assert len(posts) <= 2
    assert all("GET" in kinds[one:other] for one, other in itertools.pairwise(posts))
    assert len(scene.comments()) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=30).filter(lambda text: not text.isspace()), st.sampled_from(("", "key", "ключ")))
def test_p26_a_marker_is_bound_to_its_ticket_purpose_and_key(ticket: str, key: str) -> None:
    marker = Marker(ticket=ticket.replace(" ", "_"), purpose="refinement", input_hash="ab", text_hash="cd")
    line = marker.write(key=key)
    assert read_marker(Comment(id="1", author="a", body=line), key=key) == marker
    if key:
        forged = line.replace("input=ab", "input=ac")
        assert read_marker(Comment(id="1", author="a", body=forged), key=key) is None
        assert read_marker(Comment(id="1", author="a", body=marker.write()), key=key) is None


def test_p26_a_marker_that_somebody_else_wrote_is_never_edited_and_one_on_a_late_page_is_found(scene: Scene) -> None:
    assert scene.refine("--publish").returncode == 0
    (own,) = scene.comments()
    repository = scene.github.repository(MALLORY)
    forged = repository.get_issue(scene.number).create_comment(own.replace("Voucher", "Forged"))
    for number in range(101):
        repository.get_issue(scene.number).create_comment(f"remark {number}")
    scene.issue().edit(body=BODY + " Also after a reload.")
    scene.github.proxy.forget()
    assert scene.refine("--publish").returncode == 0
    assert [write.split()[0] for write in scene.writes()] == ["PATCH"]
    assert forged.body in scene.comments()
    assert len(scene.comments()) == 103


def test_p28_two_processes_at_once_leave_one_comment(scene: Scene) -> None:
    """They share a journal, as the runs of one machine do; between jobs the workflow's concurrency group stands."""
    assert scene.refine().returncode == 0
    with ThreadPoolExecutor(3) as pool:
        ended = list(pool.map(lambda _: scene.rat("publish", scene.out), range(3)))
    assert {one.returncode for one in ended} <= {0, 3}, [one.stderr for one in ended]
    assert len(scene.comments()) == 1


def test_p29_what_a_person_changed_between_reading_and_writing_is_not_written_over(scene: Scene) -> None:
    assert scene.refine().returncode == 0
    scene.issue().edit(body="Something else altogether.")
    scene.github.proxy.forget()
    assert scene.rat("publish", scene.out).returncode == 0
    assert scene.writes() == []
    assert json.loads((scene.out / "published.json").read_text(encoding="utf-8"))[0]["action"] == "deferred"


def test_p30_a_comment_that_a_person_deleted_stays_away(scene: Scene) -> None:
    assert scene.refine("--publish").returncode == 0
    next(iter(scene.issue().get_comments())).delete()
    scene.issue().edit(body=BODY + " Also after a reload.")
    assert scene.refine("--publish").returncode == 0
    assert scene.comments() == []


def test_p31_an_answer_that_comes_byte_by_byte_is_given_up(scene: Scene) -> None:
    """The address is that of the stand-in; the deadline of a call is brought down from its minute to one second."""
    scene.github.proxy.spoil("GET", "", Fault(status=200, body=b"x" * 400, trickle=0.05), times=9)
    tracker = github.connect(
        token="tok_alice",
        api_url=scene.github.url,
        repository="alice/demo",
        patience=Patience(sleep=lambda _: None),
        adapter=lambda: BoundedAdapter(deadline=0.4),
    )
    with pytest.raises(TrackerError):
        tracker.fetch(TicketRef(tracker=TrackerKind.GITHUB, key=scene.key))


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_p32_a_pause_that_is_asked_for_is_kept_and_a_long_one_defers(scene: Scene, form: str) -> None:
    later = datetime.now(tz=UTC) + timedelta(seconds=3)
    asked = "2" if form == "seconds" else format_datetime(later, usegmt=True)
    limited = Fault(status=429, headers={"Retry-After": asked}, body=b'{"message": "slow down"}')
    scene.github.proxy.spoil("GET", r"/issues/\d+$", limited)
    started = time.monotonic()
    assert scene.refine("--publish").returncode == 0
    assert time.monotonic() - started >= 1.9
    scene.github.proxy.forget()
    hour = Fault(status=429, headers={"Retry-After": "3600"}, body=b'{"message": "slow down"}')
    scene.issue().edit(body=BODY + " Also after a reload.")
    scene.github.proxy.spoil("PATCH", "", hour, times=9)
    scene.refine("--publish")
    assert json.loads((scene.out / "published.json").read_text(encoding="utf-8"))[0]["action"] == "deferred"
    assert len([write for write in scene.writes() if write.startswith("PATCH")]) <= 1 + 1


@given(
    st.dictionaries(
        st.sampled_from(("retry-after", "x-ratelimit-reset", "x-ratelimit-remaining")), st.text(max_size=25)
    ),
    st.floats(0, 4e9),
)
def test_p32_no_header_makes_a_wait_negative(headers: dict[str, str], now: float) -> None:
    asked = wait(Answer(status=429, headers=headers, text="secondary rate limit"), 0, now)
    assert asked is None or asked >= 0


def test_p33_writes_come_one_after_the_other_a_second_apart(scene: Scene) -> None:
    numbers = [
        scene.github.repository().create_issue(f"Voucher {place} counts twice", body=BODY).number for place in (1, 2)
    ]
    times: list[float] = []
    record = scene.github.proxy.record

    def timed(request: Recorded) -> None:
        if request.method == "POST":
            times.append(time.monotonic())
        record(request)

    names = [f"#{number}" for number in (scene.number, *numbers)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scene.github.proxy, "record", timed)
        ended = scene.rat("refine", *names, "--publish", "--out", scene.out, "--model", "none")
    assert ended.returncode == 0, ended.stderr
    assert len(times) == 3
    assert all(later - earlier >= 0.95 for earlier, later in itertools.pairwise(times))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("edit", [False, True], ids=["creation", "edit"])
def test_p27_a_run_killed_at_any_request_is_healed_by_the_next(scene: Scene, after: bool, edit: bool) -> None:
    """SIGKILL as a request comes, or once its effect is stored and unanswered: between them lies each journal step."""
    for place in range(9):
        once = _another(scene)
        if edit:
            assert once.refine("--publish").returncode == 0
            once.issue().edit(body=f"{BODY} Also after a reload.")
        assert once.refine().returncode == 0
        killed = _publish_until(once, place, after=after)
        assert once.rat("publish", once.out).returncode == 0
        (comment,) = once.comments()
        assert f" input={once.record()['input_hash']} " in comment, place
        if not killed:
            assert place >= 4
            return
    pytest.fail("a run made more requests than it may")


def _another(scene: Scene) -> Scene:
    """The same with an issue and a folder of its own."""
    number = scene.github.repository().create_issue(TITLE, body=BODY).number
    return replace(scene, number=number, out=scene.out.with_name(f"out-{number}"))


def _publish_until(scene: Scene, place: int, *, after: bool) -> bool:
    """Publish, and kill the process at its request number *place*; whether it lived long enough to be killed."""
    proxy, seen = scene.github.proxy, itertools.count()
    command = [sys.executable, "-I", "-m", "rat", "publish", str(scene.out)]
    process = subprocess.Popen(
        command, cwd=scene.shop, env={**os.environ, **scene.environment}, stderr=subprocess.DEVNULL
    )

    def fault(method: str, path: str) -> Fault | None:
        if not after and next(seen) == place:
            process.kill()
            return RESET
        return None

    def record(request: Recorded) -> None:
        if after and next(seen) == place:
            process.kill()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proxy, "fault", fault)
        patch.setattr(proxy, "record", record)
        return process.wait(60) == -signal.SIGKILL
