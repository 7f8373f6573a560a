"""When a tracker may be called: every thread waits when one is told to, and writes keep their distance."""

import pytest

from rat.errors import RateLimited
from rat.trackers.gate import Allowance, Gate, Pace
from rat.trackers.patience import Patience


class Clock:
    """A clock that sleeping moves on."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def gate_of(clock: Clock, *, seconds: float = 300.0, pace: Pace | None = None) -> Gate:
    return Gate(service="GitHub", patience=Patience(seconds=seconds, sleep=clock.sleep), pace=pace, clock=clock)


def test_a_wait_that_is_too_long_keeps_the_gate_closed_for_all_who_come_after(clock: Clock) -> None:
    gate = gate_of(clock)
    with pytest.raises(RateLimited):
        gate.wait(1800)
    with pytest.raises(RateLimited):
        gate.enter(writing=False)
    assert clock.time == 1000.0
    clock.time += 1800
    gate.enter(writing=False)


def test_who_comes_while_another_waits_waits_for_the_same_time_and_is_not_charged_again(clock: Clock) -> None:
    asleep = clock.sleep

    def sleep_and_meanwhile_another_comes(seconds: float) -> None:
        patience._sleep = asleep
        gate.enter(writing=False)
        assert clock.time == 1060.0

    patience = Patience(seconds=100, sleep=sleep_and_meanwhile_another_comes)
    gate = Gate(service="GitHub", patience=patience, clock=clock)
    gate.wait(60)
    patience.take(40, service="GitHub")  # raises if the 60 seconds were counted twice


def test_when_nothing_is_left_nobody_asks_until_the_limit_ends(clock: Clock) -> None:
    gate = gate_of(clock)
    gate.learn(Allowance(left=0, seconds=120))
    gate.enter(writing=False)
    assert (clock.time, gate.left) == (1120.0, 0)
    gate.learn(Allowance(left=999, seconds=3600))
    gate.enter(writing=False)
    assert (clock.time, gate.left) == (1120.0, 999)


def test_writes_keep_their_distance_and_reads_need_none(clock: Clock) -> None:
    gate = gate_of(clock, pace=Pace(between=1.0))
    for _ in range(3):
        gate.enter(writing=True)
        gate.enter(writing=False)
    assert clock.time == 1002.0


def test_the_distance_counts_from_the_answer(clock: Clock) -> None:
    gate = gate_of(clock, pace=Pace(between=1.0))
    gate.enter(writing=True)
    clock.time += 5
    gate.wrote()
    gate.enter(writing=True)
    assert clock.time == 1006.0


def test_no_window_holds_more_writes_than_it_may(clock: Clock) -> None:
    gate = gate_of(clock, pace=Pace(between=1.0, windows=((60.0, 5),)))
    times = []
    for _ in range(12):
        gate.enter(writing=True)
        times.append(clock.time)
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[5:], strict=False))
    assert times[4] == 1004.0


def test_an_hour_that_is_full_ends_the_writing_of_a_run_and_leaves_the_rest_to_the_next(clock: Clock) -> None:
    gate = gate_of(clock, pace=Pace(windows=((3600.0, 3),)))
    for _ in range(3):
        gate.enter(writing=True)
    with pytest.raises(RateLimited, match="GitHub asks to wait 3600 s"):
        gate.enter(writing=True)
    gate.enter(writing=False)


def test_writes_of_earlier_runs_count(clock: Clock) -> None:
    gate = gate_of(clock, pace=Pace(windows=((3600.0, 3),)))
    gate.recall([900.0, 950.0, -4000.0])
    gate.enter(writing=True)
    with pytest.raises(RateLimited):
        gate.enter(writing=True)
