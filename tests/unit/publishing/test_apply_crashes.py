"""Approvals that cross: said again, there is one final state. Those that die are in `test_write_crashes`."""

from dataclasses import replace
from threading import Thread

import pytest

from rat.model import RunReport
from rat.model.settings import Labels
from rat.publishing.apply import apply
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from tests.unit.publishing.memory import REF, MemoryTracker
from tests.unit.publishing.test_apply import REGION, body, refined

pytestmark = pytest.mark.usefixtures("quick_disk")
ALL = replace(REGION, labels=Labels())
NAMES = ("labels", "criteria", "tasks")


def everything(desk: Desk) -> list[Action]:
    return [outcome.action for outcome in apply(REF, desk, sections=NAMES, project=ALL, by="jo")]


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
