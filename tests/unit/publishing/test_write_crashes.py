"""Each approved write, and each undoing, that dies at any step: said again, there is the one state that it comes to.

A step is a call to the tracker, before and after, and a line of the journal, before and after.
"""

import copy
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from rat.model import RunReport, TicketRef
from rat.model.settings import Labels, Project
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.editing import edit
from rat.publishing.kept import Kept, kept_on
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.publish import publish
from rat.publishing.undo import undo
from tests.unit.publishing.memory import MemoryTracker
from tests.unit.publishing.test_apply import ADF_BODY, REGION, start
from tests.unit.publishing.test_crashes import Killed, dying
from tests.unit.publishing.test_undo_applied import on_jira

pytestmark = pytest.mark.usefixtures("quick_disk")
FIELD = Project(write={"jira-field": {"description": "approved", "Acceptance Criteria": "approved"}})
LABELLED = replace(REGION, labels=Labels())
LINKED = replace(REGION, link_run=True)


@dataclass(frozen=True, kw_only=True)
class Write:
    """What a person approves: *sections* in a *project*; *before* is approved first, to be replaced."""

    purpose: str
    project: Project
    sections: tuple[str, ...]
    before: tuple[str, ...] = ()
    dialect: Dialect = Dialect.WIKI


WRITES = {
    "field": Write(purpose="field", project=FIELD, sections=("criteria",), dialect=Dialect.ADF),
    "region": Write(purpose="region", project=REGION, sections=("risks",), before=("scope",)),
    "labels": Write(purpose="labels", project=LABELLED, sections=("labels",), dialect=Dialect.MARKDOWN),
    "tasks": Write(purpose="tasks", project=REGION, sections=("tasks",), dialect=Dialect.MARKDOWN),
    "link": Write(purpose="link", project=LINKED, sections=("risks",), before=("scope",)),
}


@dataclass(frozen=True, kw_only=True)
class State:
    """Everything on the ticket but RAT's own comments."""

    fields: list[tuple[str, str]]
    labels: list[str]
    linked: list[tuple[str, str]]
    children: list[tuple[str, str, str, str]]
    blocked: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class World:
    """A Jira item with RAT's comment, before one approval; *rewind* brings it and the journal back to there."""

    ref: TicketRef
    desk: Desk
    tracker: MemoryTracker
    write: Write

    def apply(self, desk: Desk | None = None) -> list[Action]:
        """Approve."""
        return [one.action for one in self._apply(desk or self.desk, self.write.sections)]

    def before(self) -> None:
        """What is approved first, by a run with another address."""
        if self.write.before:
            site = replace(self.desk.site, run_url="https://github.com/acme/shop/actions/runs/6")
            assert {one.action for one in self._apply(replace(self.desk, site=site), self.write.before)} == {
                Action.CREATED
            }

    def undo(self, desk: Desk | None = None) -> Outcome:
        """Take it back."""
        return undo(self.ref, desk or self.desk, purpose=self.write.purpose)

    def state(self) -> "State":
        """What stands on the ticket now."""
        tracker = self.tracker
        return State(
            fields=sorted(tracker.fields.items()),
            labels=sorted(tracker.ticket.labels),
            linked=sorted(tracker.linked.items()),
            children=[(child.key, child.title, child.body, child.state) for child in tracker.below],
            blocked=sorted(tracker.blocked),
        )

    def kept(self) -> tuple[Kept, ...]:
        """What is kept under the ticket."""
        return kept_on(edit(self.ref, self.desk))

    def save(self) -> Callable[[], None]:
        """What brings everything back to now."""
        tracker, journal = self.tracker, self.desk.journal.path
        names = ("ticket", "stored", "fields", "below", "blocked", "linked")
        saved = {name: copy.copy(getattr(tracker, name)) for name in names}
        lines = journal.read_bytes()

        def rewind() -> None:
            for name, value in saved.items():
                setattr(tracker, name, copy.copy(value))
            journal.write_bytes(lines)
            self.revive()

        return rewind

    def revive(self) -> None:
        """A new process."""
        self.tracker.before = self.tracker.after = lambda name, number: None

    def _apply(self, desk: Desk, sections: tuple[str, ...]) -> tuple[Outcome, ...]:
        return apply(self.ref, desk, sections=sections, project=self.write.project, by="jo")


@pytest.fixture(params=WRITES)
def world(request: pytest.FixtureRequest, report: RunReport, desk: Desk, tracker: MemoryTracker) -> World:
    """Each write in turn, on an item whose field, labels and description hold something."""
    write = WRITES[request.param]
    start(tracker, write.dialect)
    if write.dialect is not Dialect.MARKDOWN:
        desk, report = on_jira(report, desk, tracker)
    report = short(report)
    tracker.fields["Acceptance Criteria"] = ADF_BODY if write.dialect is Dialect.ADF else "Fast enough."
    tracker.ticket = replace(tracker.ticket, labels=("bug", "rat:ready"))
    work = replace(report.refinement, ticket=tracker.ticket)
    assert publish([replace(report, refinement=work)], desk)[0].action is Action.CREATED
    made = World(ref=tracker.ticket.ref, desk=desk, tracker=tracker, write=write)
    made.before()
    return made


def short(report: RunReport) -> RunReport:
    """A comment with little but the draft: reading it is most of the time."""
    work = replace(report.refinement, evidence=(), impacted_files=(), findings=(), conflicts=())
    return replace(report, refinement=work)


def deaths(world: World, act: Callable[[Desk], object], rewind: Callable[[], None]) -> Iterator[int]:
    """*act* killed at each of its steps in turn; what is left is the caller's to look at."""
    for last in itertools.count():
        rewind()
        try:
            act(dying(world.desk, world.tracker, last))
        except Killed:
            world.revive()
            yield last
        else:
            assert last > 8
            return


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_an_approval_that_dies_at_any_step_comes_to_the_same_end_and_can_be_taken_back(
    keeps_journal: bool, world: World
) -> None:
    original, rewind = world.state(), world.save()
    assert set(world.apply()) <= {Action.CREATED, Action.UPDATED}
    whole, kept = world.state(), world.kept()
    assert world.undo().action is Action.UNDONE
    undone = world.state()
    assert (undone == original) is (world.write.purpose not in ("tasks", "link"))
    for last in deaths(world, world.apply, rewind):
        if not keeps_journal:
            world.desk.journal.path.unlink(missing_ok=True)
        again = world.apply()
        if world.write.purpose != "link":  # RAT links to a run that changed something
            assert world.state() == whole, last
        assert set(again) <= {Action.CREATED, Action.UPDATED, Action.UNCHANGED}
        assert world.kept() == kept, last
        assert set(world.apply()) == {Action.UNCHANGED}
        if world.write.purpose != "link":
            assert world.undo().action is Action.UNDONE
            assert world.state() == undone, last


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_an_undoing_that_dies_at_any_step_comes_to_the_same_end(keeps_journal: bool, world: World) -> None:
    world.apply()
    if not keeps_journal:
        world.desk.journal.path.write_bytes(b"")
    rewind = world.save()
    assert world.undo().action is Action.UNDONE
    undone = world.state()
    before_that = (world.undo().action, world.state())
    for last in deaths(world, world.undo, rewind):
        if not keeps_journal:
            world.desk.journal.path.unlink(missing_ok=True)
        if world.state() != undone:
            assert world.undo().action is Action.UNDONE, last
        assert world.state() == undone, last
        assert (world.undo().action, world.state()) == before_that, last
