"""A run that dies at any step, and runs that cross: after the next run there is one comment with the right words."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event, Thread

import pytest

from rat.model import RunReport
from rat.publishing.journal import Entry, Journal
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from rat.publishing.publish import publish
from tests.unit.publishing.memory import MemoryTracker

STEPS = 14
"""More steps than a run takes: five calls, each before and after, and two lines of the journal likewise."""


class Killed(BaseException):
    """The process ends here, with nothing said."""


class DyingJournal(Journal):
    """A journal that counts its steps together with the tracker's, and dies at one of them."""

    fuse: Iterator[int]
    last: int

    def record(self, entry: Entry) -> None:
        self._burn()
        super().record(entry)
        self._burn()

    def _burn(self) -> None:
        if next(self.fuse) == self.last:
            raise Killed


def dying(desk: Desk, tracker: MemoryTracker, last: int) -> Desk:
    """*desk* of a run that dies at its step number *last*."""
    journal = DyingJournal(desk.journal.path)
    journal.fuse, journal.last = itertools.count(), last
    tracker.before = tracker.after = lambda name, number: journal._burn()
    return replace(desk, journal=journal)


def changed(report: RunReport) -> RunReport:
    return replace(report, input_hash="ff", refinement=replace(report.refinement, notes=("second",)))


@pytest.mark.parametrize("last", range(STEPS))
@pytest.mark.parametrize("keeps_journal", [True, False])
def test_a_creation_that_dies_at_any_step_leaves_one_comment_after_the_next_run(
    last: int, keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    try:
        publish([report], dying(desk, tracker, last))
    except Killed:
        assert len(tracker.stored) <= 1
    tracker.before = tracker.after = lambda name, number: None
    if not keeps_journal:
        desk.journal.path.unlink(missing_ok=True)
    assert publish([report], desk)[0].action in (Action.CREATED, Action.UNCHANGED)
    assert len(tracker.stored) == 1
    assert publish([report], desk)[0].action is Action.UNCHANGED


@pytest.mark.parametrize("last", range(STEPS))
def test_an_edit_that_dies_at_any_step_leaves_the_new_words_after_the_next_run(
    last: int, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    before = tracker.stored[0].raw
    try:
        publish([changed(report)], dying(desk, tracker, last))
    except Killed:
        assert len(tracker.stored) == 1
        if tracker.stored[0].raw != before:
            assert desk.journal.entries()[-1].replaced == before
    tracker.before = tracker.after = lambda name, number: None
    assert publish([changed(report)], desk)[0].action in (Action.UPDATED, Action.UNCHANGED)
    assert ["second" in comment.raw for comment in tracker.stored] == [True]


@dataclass
class Turn:
    """One run in a thread of its own, which stops before each call until it is told to go on."""

    go: Event
    waits: Event
    thread: Thread
    over: bool = False

    def step(self) -> None:
        """Let the run make one call, or end."""
        self.waits.clear()
        self.go.set()
        assert self.waits.wait(10)


def start(report: RunReport, desk: Desk, tracker: MemoryTracker) -> Turn:
    """A run that has come to its first call. It shares the comments of *tracker*, as another machine would."""
    go, waits = Event(), Event()

    def before(name: str, number: int) -> None:
        waits.set()
        assert go.wait(10)
        go.clear()

    view = replace(tracker, calls=[], before=before)
    view.stored = tracker.stored

    def work() -> None:
        publish([report], replace(desk, tracker_for=lambda _: view))
        turn.over = True
        waits.set()

    turn = Turn(go, waits, Thread(target=work, daemon=True))
    turn.thread.start()
    assert waits.wait(10)
    return turn


CALLS = 5


@pytest.mark.parametrize("first", list(itertools.combinations(range(2 * CALLS), CALLS)))
def test_two_runs_that_cross_in_any_order_on_two_machines_leave_at_most_what_can_be_healed(
    first: tuple[int, ...], report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    """Neither sees the other's journal. Only when both have looked a last time before either writes are there two."""
    paths = [desk.journal.path.with_name(f"{name}.jsonl") for name in ("one", "two")]
    turns = [start(report, replace(desk, journal=Journal(path)), tracker) for path in paths]
    made: list[list[int]] = [[], []]
    for place in range(2 * CALLS):
        which = 0 if place in first else 1
        if not turns[which].over:
            made[which].append(place)
            turns[which].step()
    for turn in turns:
        while not turn.over:
            turn.step()
        turn.thread.join(10)
    looked_before_either_wrote = all(len(mine) == CALLS for mine in made) and max(m[2] for m in made) < min(
        m[3] for m in made
    )
    assert len(tracker.stored) == (2 if looked_before_either_wrote else 1)


def test_three_runs_that_share_a_journal_leave_one_comment(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    runs = [Thread(target=publish, args=([report], desk)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(20)
    assert (len(tracker.stored), tracker.writes) == (1, ["create_comment"])
