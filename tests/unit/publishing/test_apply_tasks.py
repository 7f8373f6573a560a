"""The approved tasks become tickets, each once, with what they wait for, and are closed again untouched."""

import json
from dataclasses import replace

import pytest

from rat.errors import FieldRefused
from rat.model import RunReport, Task, Ticket
from rat.model.settings import Project
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from rat.publishing.undo import undo
from tests.unit.publishing.memory import REF, MemoryTracker, lost
from tests.unit.publishing.oracle import alive
from tests.unit.publishing.test_apply import REGION, applied, refined, start

TITLES = ["Read orders by cursor", "Write rows as they come", "Time-out test"]


def titles(tracker: MemoryTracker) -> list[str]:
    return [child.title for child in tracker.below]


@pytest.mark.parametrize("dialect", Dialect)
def test_each_task_becomes_a_ticket_once_and_waits_for_the_one_before(
    dialect: Dialect, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    start(tracker, dialect)
    refined(report, desk, tracker)
    outcome = applied(desk, "plan")
    assert (outcome.action, outcome.purpose) == (Action.CREATED, "tasks")
    assert outcome.reason == "made acme/shop#100, acme/shop#101, acme/shop#102"
    assert titles(tracker) == TITLES
    assert tracker.blocked == [("acme/shop#101", "acme/shop#100"), ("acme/shop#102", "acme/shop#101")]
    assert applied(desk, "tasks").action is Action.UNCHANGED
    assert titles(tracker) == TITLES
    if dialect is Dialect.MARKDOWN:
        assert not alive(tracker.below[0].body.partition("\n")[2], links=frozenset(_links(tracker.below[0])))


def _links(child: Ticket) -> list[str]:
    return [part.split(")")[0] for part in child.body.split("](")[1:]]


def test_tasks_are_not_made_unless_they_are_named_and_the_project_allows_more_than_comments(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk)
    assert tracker.below == []
    assert applied(desk, "tasks", project=Project()).action is Action.REFUSED
    assert tracker.below == []


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_answer_makes_no_second_ticket(
    when: str, times: int, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    setattr(tracker, when, lost("create_child", times=times))
    first = applied(desk, "tasks")
    assert first.action in (Action.CREATED, Action.FAILED)
    tracker.before = tracker.after = lambda name, number: None
    applied(desk, "tasks")
    assert titles(tracker) == TITLES
    assert len(tracker.blocked) == 2


def test_a_ticket_with_rats_marker_by_somebody_else_or_of_another_ticket_is_not_rats(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk, "tasks")
    tracker.below = [replace(child, author="mallory") for child in tracker.below]
    assert applied(desk, "tasks").action is Action.CREATED
    assert len(tracker.below) == 6
    assert undo(REF, desk, purpose="tasks").reason.count("#") == 3
    assert [child.state for child in tracker.below] == ["open"] * 3 + ["closed"] * 3


def test_a_task_that_was_closed_is_not_made_again(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    refined(report, desk, tracker)
    applied(desk, "tasks")
    tracker.below = [replace(child, state="closed") for child in tracker.below]
    assert applied(desk, "tasks").action is Action.UNCHANGED


def test_what_the_tracker_has_no_place_for_is_a_note(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    refined(report, desk, tracker)

    def refuse(name: str, number: int) -> None:
        if name == "add_blocker":
            raise FieldRefused("there are no links here")

    tracker.before = refuse
    outcome = applied(desk, "tasks")
    assert outcome.action is Action.CREATED
    assert len(outcome.notes) == 2
    assert "there are no links here" in outcome.notes[0]


def test_a_dry_run_shows_a_call_for_each_ticket(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    refined(report, desk, tracker)
    outcomes = apply(REF, replace(desk, dry_run=True), sections=("tasks",), project=REGION, by="jo")
    assert [json.loads(one.call.body)["title"] for one in outcomes if one.call] == TITLES
    assert tracker.writes == []


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_untouched_tickets_are_closed_again_and_others_are_left_alone(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk, "tasks")
    one, two, three = tracker.below
    tracker.below = [replace(one, body=one.body + "\nMine."), replace(two, comment_count=1), three]
    if not keeps_journal:
        desk.journal.path.unlink()
    outcome = undo(REF, desk)
    assert (outcome.action, outcome.reason) == (Action.UNDONE, "closed acme/shop#102")
    assert outcome.notes == ("somebody worked on acme/shop#100, acme/shop#101 since; left alone",)
    assert [child.state for child in tracker.below] == ["open", "open", "closed"]
    assert "worked on each" in undo(REF, desk, purpose="tasks").reason


def test_a_lost_answer_to_a_closing_is_settled_and_a_dry_run_closes_nothing(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk, "tasks")
    planned = undo(REF, replace(desk, dry_run=True))
    assert planned.call is not None
    assert planned.call.target == "acme/shop#100, acme/shop#101, acme/shop#102"
    tracker.after = lost("close_child")
    assert undo(REF, desk).action is Action.UNDONE
    assert {child.state for child in tracker.below} == {"closed"}
    assert undo(REF, desk).purpose == "refinement"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Close `#12` and tell @bob", "Close #12 and tell @bob"),
        ("A; after 2", "A; after 2"),
        ("(a) `f(x)` (b)", "(a) f(x) (b)"),
        ("x" * 400, "x" * 200 + " … (shortened)"),
    ],
)
def test_a_title_is_what_the_comment_shows(
    title: str, shown: str, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    assert report.refinement.proposal is not None
    tasks = (Task(title=title), Task(title="second", depends_on=(title,)))
    work = replace(report.refinement, proposal=replace(report.refinement.proposal, tasks=tasks))
    refined(replace(report, refinement=work), desk, tracker)
    applied(desk, "tasks")
    assert titles(tracker)[0] in (shown, "A")
    assert titles(tracker)[1] == "second"
    assert len(tracker.blocked) == 1


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_links_go_with_the_tickets_that_are_closed_and_what_a_person_said_stays(
    keeps_journal: bool, report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk, "tasks")
    one, two, three = (child.key for child in tracker.below)
    tracker.blocked.append((three, one))
    if not keeps_journal:
        desk.journal.path.unlink()
    outcome = undo(REF, desk)
    assert (outcome.action, tracker.blocked) == (Action.UNDONE, [(three, one)])
    assert not two.startswith(one)


def test_a_link_that_a_person_said_before_rat_came_to_it_stays_when_the_rest_is_taken_back(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)

    def person(name: str, number: int) -> None:
        if name == "create_child" and len(tracker.below) == 2:
            tracker.blocked.append((tracker.below[1].key, tracker.below[0].key))

    tracker.after = person
    applied(desk, "tasks")
    tracker.after = lambda name, number: None
    assert len(tracker.blocked) == 2
    outcome = undo(REF, desk)
    assert tracker.blocked == [("acme/shop#101", "acme/shop#100")]
    assert outcome.notes == ("that acme/shop#101 waits for acme/shop#100 was said by somebody else; left alone",)


def test_a_link_between_two_tickets_that_people_work_on_stays(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk, "tasks")
    one, two, three = tracker.below
    tracker.below = [replace(one, comment_count=1), replace(two, comment_count=1), three]
    assert undo(REF, desk).reason == f"closed {three.key}"
    assert tracker.blocked == [(two.key, one.key)]


def test_a_tracker_without_links_between_tickets_has_its_tickets_closed_all_the_same(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    def refuse(name: str, number: int) -> None:
        if name == "blockers":
            raise FieldRefused("there are no links here")

    refined(report, desk, tracker)
    tracker.before = refuse
    applied(desk, "tasks")
    assert undo(REF, desk).action is Action.UNDONE
    assert {child.state for child in tracker.below} == {"closed"}


def test_a_ticket_that_a_dead_run_left_twice_is_closed_twice(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    refined(report, desk, tracker)
    applied(desk, "tasks")
    tracker.below.append(replace(tracker.below[0], ref=replace(REF, key="acme/shop#103")))
    assert applied(desk, "tasks").action is Action.UNCHANGED
    assert undo(REF, desk).reason.count("#") == 4
    assert {child.state for child in tracker.below} == {"closed"}
