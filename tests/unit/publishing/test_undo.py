"""What RAT replaced comes back byte for byte, unless a person has been there since."""

from dataclasses import replace

import pytest

from rat.errors import ConfigError, TrackerError
from rat.model import RunReport, TicketRef
from rat.ports import Dialect
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from rat.publishing.publish import publish
from rat.publishing.undo import undo
from tests.unit.publishing.memory import REF, MemoryTracker, lost


def changed(report: RunReport, note: str) -> RunReport:
    return replace(report, input_hash=note.encode().hex()[:16], refinement=replace(report.refinement, notes=(note,)))


def body(tracker: MemoryTracker) -> str:
    return tracker.stored[0].raw.partition("\n")[2] if tracker.dialect is Dialect.MARKDOWN else tracker.stored[0].raw


@pytest.mark.parametrize("dialect", Dialect)
def test_the_words_before_come_back_write_by_write(
    dialect: Dialect, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.dialect = dialect
    bodies = []
    for note in ("one", "two", "three"):
        publish([changed(report, note)], desk)
        bodies.append(body(tracker))
    assert undo(REF, desk).action is Action.UNDONE
    assert body(tracker) == bodies[1]
    assert undo(REF, desk).action is Action.UNDONE
    assert body(tracker) == bodies[0]
    assert undo(REF, desk).action is Action.UNDONE
    assert "took its comment back" in body(tracker)
    assert undo(REF, desk).reason == "there is nothing of RAT's to undo there"
    assert len(tracker.stored) == 1


def test_what_was_taken_back_is_not_written_again_until_the_ticket_changes(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([changed(report, "one")], desk)
    publish([changed(report, "two")], desk)
    undo(REF, desk)
    assert publish([changed(report, "two")], desk)[0].action is Action.UNCHANGED
    assert publish([changed(report, "three")], desk)[0].action is Action.UPDATED


def test_a_comment_that_a_person_edited_or_deleted_is_left_alone(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    stored = tracker.stored[0]
    tracker.stored[0] = replace(stored, raw=stored.raw + "and mine")
    assert "edited since" in undo(REF, desk).reason
    assert tracker.stored[0].raw.endswith("and mine")
    tracker.stored[0] = replace(stored, author="somebody")
    assert undo(REF, desk).action is Action.REFUSED
    tracker.stored.clear()
    assert "not there any more" in undo(REF, desk).reason
    assert tracker.writes == ["create_comment"]


def test_nothing_is_undone_outside_the_policy_or_where_nothing_is(desk: Desk, tracker: MemoryTracker) -> None:
    stray = TicketRef(tracker=REF.tracker, key="other/repo#1")
    assert undo(stray, desk).action is Action.REFUSED
    assert not tracker.calls
    assert undo(REF, desk).action is Action.SILENT
    with pytest.raises(ConfigError, match="There are: refinement, impact, link, tasks, region, field, labels"):
        undo(REF, desk, purpose="answer")
    assert not tracker.writes


def test_a_dry_run_shows_the_call_and_a_lost_answer_is_settled(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([changed(report, "one")], desk)
    publish([changed(report, "two")], desk)
    planned = undo(REF, replace(desk, dry_run=True))
    assert planned.call is not None
    assert tracker.writes == ["create_comment", "update_comment"]
    tracker.after = lost("update_comment")
    assert undo(REF, desk).action is Action.UNDONE
    assert tracker.stored[0].raw == planned.call.body


def test_a_tracker_that_fails_is_a_failure_with_its_exit_code(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)

    def fail(name: str, number: int) -> None:
        raise TrackerError("down")

    tracker.before = fail
    outcome = undo(REF, desk)
    assert (outcome.action, outcome.reason, outcome.exit_code) == (Action.FAILED, "down", 3)


@pytest.mark.parametrize("dialect", Dialect)
def test_a_run_without_a_journal_takes_a_comment_back_once(
    dialect: Dialect, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    tracker.dialect = dialect
    publish([report], desk)
    desk.journal.path.unlink()
    assert undo(REF, desk).action is Action.UNDONE
    assert "took its comment back" in body(tracker)
    desk.journal.path.unlink()
    assert undo(REF, desk).action is Action.SILENT
    assert publish([report], desk)[0].action is Action.UNCHANGED
