"""A run that dies at any step, and runs that cross: after the next run there is one comment with the right words."""

import contextlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event, Thread

import pytest

from rat.errors import AccessRefused
from rat.model import RunReport
from rat.publishing.journal import Entry, Journal
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from rat.publishing.publish import publish
from rat.publishing.undo import undo
from tests.unit.publishing.memory import REF, MemoryTracker

pytestmark = pytest.mark.usefixtures("quick_disk")
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


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_an_undoing_of_a_comment_that_dies_at_any_step_comes_to_the_same_end(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    publish([report], desk)
    first = tracker.stored[0].raw
    publish([changed(report)], desk)
    stored, lines = list(tracker.stored), desk.journal.path.read_bytes() if keeps_journal else b""
    for last in itertools.count():
        tracker.stored = list(stored)
        desk.journal.path.write_bytes(lines)
        try:
            undo(REF, dying(desk, tracker, last), purpose="refinement")
        except Killed:
            tracker.before = tracker.after = lambda name, number: None
        else:
            break
        if not keeps_journal:
            desk.journal.path.unlink()
        if tracker.stored == stored:
            assert undo(REF, desk, purpose="refinement").action is Action.UNDONE
        (text,) = [comment.raw.partition("\n")[2] for comment in tracker.stored]
        assert text == first.partition("\n")[2] if keeps_journal else text.startswith("RAT took its comment back.")
        if keeps_journal:
            assert undo(REF, desk, purpose="refinement").action is Action.UNDONE
            assert "RAT took its comment back." in tracker.stored[0].raw
        assert undo(REF, desk, purpose="refinement").action in (Action.SILENT, Action.REFUSED)
    tracker.before = tracker.after = lambda name, number: None
    assert last > 8


@dataclass
class Turn:
    """One run in a thread of its own, which stops before each call until it is told to go on."""

    go: Event
    waits: Event
    thread: Thread
    over: bool = False

    def step(self) -> None:
        """Let the run make one call, or end; one that is over does nothing."""
        if self.over:
            return
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


def let_end(turns: list[Turn]) -> None:
    """Let each run end, one after the other."""
    for turn in turns:
        while not turn.over:
            turn.step()
        turn.thread.join(10)


CALLS = 5


@pytest.mark.parametrize("first", list(itertools.combinations(range(2 * CALLS), CALLS)))
def test_two_runs_that_cross_in_any_order_on_two_machines_leave_one_comment(
    first: tuple[int, ...], report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    """Neither sees the other's journal. When both have looked before either writes, the later one goes again."""
    paths = [desk.journal.path.with_name(f"{name}.jsonl") for name in ("one", "two")]
    turns = [start(report, replace(desk, journal=Journal(path)), tracker) for path in paths]
    for place in range(2 * CALLS):
        turns[0 if place in first else 1].step()
    let_end(turns)
    assert len(tracker.stored) == 1
    assert publish([report], desk)[0].action is Action.UNCHANGED


@pytest.mark.parametrize("seed", range(60))
def test_three_runs_that_cross_on_three_machines_leave_one_comment(
    seed: int, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    """A run that was too late makes eight calls; the orders of three are too many for all of them."""
    order = random.Random(seed)
    journals = [Journal(desk.journal.path.with_name(f"{seed}-{name}.jsonl")) for name in range(3)]
    turns = [start(report, replace(desk, journal=journal), tracker) for journal in journals]
    while going := [turn for turn in turns if not turn.over]:
        order.choice(going).step()
    let_end(turns)
    assert len(tracker.stored) == 1
    assert tracker.stored[0].id == "100"
    assert publish([report], desk)[0].action is Action.UNCHANGED


def overtake(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    """Let another machine make its comment just before the next one is made."""
    other = replace(desk, journal=Journal(desk.journal.path.with_name("other.jsonl")))
    done: list[str] = []

    def cross(name: str, number: int) -> None:
        if name == "create_comment" and not done:
            done.append(name)
            publish([report], other)

    tracker.before = cross


def test_the_comment_that_came_second_is_taken_back_by_the_run_that_made_it(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    overtake(report, desk, tracker)
    outcome = publish([report], desk)[0]
    assert (outcome.action, outcome.url) == (Action.DEFERRED, "https://x/100")
    assert [comment.id for comment in tracker.stored] == ["100"]
    created, retracted = desk.journal.entries()[1::2]
    assert (created.action, created.comment_id) == ("created", "101")
    assert (retracted.action, retracted.operation, retracted.comment_id) == ("undone", "retract_comment", "101")
    assert retracted.replaced == created.text
    assert undo(REF, desk, purpose="refinement").action is Action.UNDONE  # of the other's, found on the ticket


@pytest.mark.parametrize("how", ["edited", "reacted to", "refused", "no editor"])
def test_a_second_comment_that_somebody_touched_or_that_may_not_be_deleted_stays_and_is_noted(
    how: str, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    overtake(report, desk, tracker)
    cross = tracker.before

    def touch(name: str, number: int) -> None:
        cross(name, number)
        if name == "comment" and how == "edited":
            tracker.stored[1] = replace(tracker.stored[1], raw=tracker.stored[1].raw + "\nMine.")
        if name == "comment" and how == "reacted to":
            tracker.stored[1] = replace(tracker.stored[1], reactions=1)
        if name == "retract_comment" and how == "refused":
            raise AccessRefused("may not delete")

    tracker.before = touch
    if how == "no editor":
        tracker.retract_comment = None  # type: ignore[method-assign,assignment]
    outcome = publish([report], desk)[0]
    tracker.before = lambda name, number: None
    assert (outcome.action, len(tracker.stored)) == (Action.CREATED, 2)
    assert "another run made one at the same time; this one stays" in outcome.notes[0]
    again = publish([report], desk)[0]
    assert (again.action, len(tracker.stored)) == (Action.UNCHANGED, 2)


@pytest.mark.parametrize("dies_at", range(6, 18))
@pytest.mark.parametrize("keeps_journal", [True, False])
def test_a_run_that_dies_with_the_second_comment_leaves_one_to_its_journal_and_never_none(
    dies_at: int, keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    mortal = dying(desk, tracker, dies_at)
    burn = tracker.before
    other = replace(desk, journal=Journal(desk.journal.path.with_name("other.jsonl")))

    def cross(name: str, number: int) -> None:
        burn(name, number)
        if name == "create_comment":
            tracker.before = tracker.after = lambda name, number: None
            publish([report], other)
            tracker.before = tracker.after = burn

    tracker.before = cross
    with contextlib.suppress(Killed):
        publish([report], mortal)
    tracker.before = tracker.after = lambda name, number: None
    assert [comment.id for comment in tracker.stored] in ([], ["100"], ["100", "101"])
    if not keeps_journal:
        desk.journal.path.unlink()
    outcome = publish([report], desk)[0]
    assert outcome.action in (Action.UNCHANGED, Action.CREATED)
    if keeps_journal or not outcome.notes:
        assert len(tracker.stored) == 1
    else:
        assert outcome.notes == ("RAT has 2 comments here; the newest is kept up to date, the others are left alone",)


def test_three_runs_that_share_a_journal_leave_one_comment(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    runs = [Thread(target=publish, args=([report], desk)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(20)
    assert (len(tracker.stored), tracker.writes) == (1, ["create_comment"])
