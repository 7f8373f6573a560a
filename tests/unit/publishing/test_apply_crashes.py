"""An approval that dies at any step, and approvals that cross: said again, there is one final state."""

import itertools
from dataclasses import replace
from threading import Thread

import pytest

from rat.model import RunReport
from rat.model.settings import Labels
from rat.publishing.apply import apply
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from rat.publishing.undo import undo
from tests.unit.publishing.memory import REF, MemoryTracker
from tests.unit.publishing.test_apply import REGION, applied, body, refined
from tests.unit.publishing.test_crashes import Killed, dying

ALL = replace(REGION, labels=Labels())
NAMES = ("labels", "criteria", "tasks")


def everything(desk: Desk) -> list[Action]:
    return [outcome.action for outcome in apply(REF, desk, sections=NAMES, project=ALL, by="jo")]


def steps(report: RunReport, desk: Desk, tracker: MemoryTracker) -> int:
    """How many steps the whole takes: calls, before and after, and lines of the journal likewise."""
    spare = replace(tracker, stored=list(tracker.stored), below=[], calls=[], fields=dict(tracker.fields), blocked=[])
    counted = dying(replace(desk, tracker_for=lambda _: spare), spare, -1)
    everything(counted)
    counter = counted.journal.fuse  # type: ignore[attr-defined]
    counted.journal.path.unlink()
    return int(next(counter))


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_an_approval_that_dies_at_any_step_is_finished_by_the_next(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.person_writes("description", "It hangs.")
    refined(report, desk, tracker)
    ticket, stored = tracker.ticket, list(tracker.stored)
    for last in range(steps(report, desk, tracker)):
        tracker.ticket, tracker.stored, tracker.below, tracker.blocked = ticket, list(stored), [], []
        tracker.fields = {"description": "It hangs."}
        desk.journal.path.unlink(missing_ok=True)
        with pytest.raises(Killed):
            everything(dying(desk, tracker, last))
        tracker.before = tracker.after = lambda name, number: None
        if not keeps_journal:
            desk.journal.path.unlink(missing_ok=True)
        assert set(everything(desk)) <= {Action.CREATED, Action.UPDATED, Action.UNCHANGED}
        assert body(tracker).count("rat:region") == body(tracker).count("Acceptance criteria") == 1
        assert len({child.title for child in tracker.below}) == len(tracker.below) == 3
        assert len(tracker.blocked) == 2
        assert tracker.ticket.labels == ("rat:needs-answers",)
        assert everything(desk) == [Action.UNCHANGED] * 3


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_an_undoing_that_dies_at_any_step_is_finished_by_the_next(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.person_writes("description", "It hangs.")
    refined(report, desk, tracker)
    applied(desk, "criteria")
    first = body(tracker)
    applied(desk, "risks")
    whole, ticket, stored = body(tracker), tracker.ticket, list(tracker.stored)
    lines = desk.journal.path.read_bytes()
    for last in itertools.count():
        tracker.ticket, tracker.stored, tracker.fields = ticket, list(stored), {"description": whole}
        desk.journal.path.write_bytes(lines)
        try:
            undo(REF, dying(desk, tracker, last), purpose="region")
        except Killed:
            assert body(tracker) in (first, whole)
        else:
            break
        tracker.before = tracker.after = lambda name, number: None
        if not keeps_journal:
            desk.journal.path.unlink()
        if body(tracker) == whole:
            assert undo(REF, desk, purpose="region").action is Action.UNDONE
        assert body(tracker) == first
    assert last > 5


def test_three_approvals_at_once_leave_one_part_and_each_task_once(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    runs = [Thread(target=everything, args=(desk,)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(20)
    assert body(tracker).count("rat:region") == 1
    assert len(tracker.below) == 3


@pytest.mark.parametrize("turn", range(12))
def test_an_approval_between_any_two_calls_of_another_leaves_one_part(
    turn: int, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    """Two machines, neither of which sees the other's journal; the second runs whole before one call of the first."""
    tracker.person_writes("description", "It hangs.")
    refined(report, desk, tracker)
    other = replace(desk, journal=Journal(desk.journal.path.with_name("other.jsonl")))

    def cross(name: str, number: int) -> None:
        if number == turn:
            tracker.before = lambda name, number: None
            everything(other)

    tracker.before = cross
    everything(desk)
    tracker.before = lambda name, number: None
    everything(desk)
    assert body(tracker).startswith("It hangs.\n\n<!-- rat:region -->")
    assert body(tracker).count("Acceptance criteria") == 1
