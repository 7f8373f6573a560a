"""What a person approved, on GitHub: the part of the description, labels, sub-issues; and all of it taken back."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from rat.model import TicketRef
from rat.model.settings import Labels, Project, WritePolicy
from rat.publishing.apply import apply
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.undo import undo
from rat.trackers.github import GitHubTracker
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.github_sub_issues import SubIssues
from tests.stand_ins.proxy import LOST_REPLY, RESET, Fault

from .conftest import Place, _github

REGION = Project(write=WritePolicy.REGION, labels=Labels())
WORDS = "It hangs.\r\n\r\n- [x] `export` of *all*\r\n\r\n```\n<!-- rat:region -->\n```\r\n"
TITLES = ["Read orders by cursor", "Write rows as they come", "Time-out test"]


@pytest.fixture
def place(github_stand_in: GitHubStandIn, tmp_path: Path) -> Place:
    """GitHub."""
    return _github(github_stand_in, tmp_path)


@pytest.fixture
def sub_issues(place: Place) -> SubIssues:
    """What lies below what."""
    return SubIssues(place.proxy)


def refined(place: Place) -> tuple[TicketRef, GitHubTracker]:
    """An issue with a person's words and RAT's comment, and its tracker."""
    tracker = place.connect()
    assert isinstance(tracker, GitHubTracker)
    ref = place.create()
    tracker.update_field(ref, "description", WORDS)
    assert place.publish(place.report(ref), tracker).action is Action.CREATED
    place.proxy.forget()
    return ref, tracker


def say(ref: TicketRef, desk: Desk, *sections: str) -> list[Outcome]:
    return list(apply(ref, desk, sections=sections, project=REGION, by="alice"))


def number(ref: TicketRef) -> int:
    return int(ref.key.partition("#")[2])


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_the_description_gets_rats_part_and_comes_back_byte_for_byte(place: Place, keeps_journal: bool) -> None:
    ref, tracker = refined(place)
    desk = place.desk(tracker)
    assert [one.action for one in say(ref, desk, "criteria")] == [Action.CREATED]
    first = tracker.field(ref, "description")
    assert first.startswith(WORDS + "\n\n<!-- rat:region -->\n")
    assert [request.method for request in place.proxy.requests if request.method != "GET"] == ["PATCH"]
    assert [one.action for one in say(ref, desk, "risks")] == [Action.UPDATED]
    assert [one.action for one in say(ref, desk, "risks", "criteria")] == [Action.UNCHANGED]
    for former in (first, WORDS):
        if not keeps_journal:
            desk.journal.path.unlink()
        assert undo(ref, desk).action is Action.UNDONE
        assert tracker.field(ref, "description") == former


def test_labels_of_rats_own_are_set_and_taken_back(place: Place) -> None:
    ref, tracker = refined(place)
    tracker.add_labels(ref, ("bug", "rat:ready"))
    desk = place.desk(tracker)
    assert [one.action for one in say(ref, desk, "labels")] == [Action.UPDATED]
    assert set(tracker.fetch(ref).labels) == {"bug", "rat:needs-answers"}
    desk.journal.path.unlink()
    assert undo(ref, desk).action is Action.UNDONE
    assert set(tracker.fetch(ref).labels) == {"bug", "rat:ready"}
    tracker.remove_labels(ref, ("never there",))


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_tasks_become_sub_issues_once_and_are_closed_again(
    place: Place, sub_issues: SubIssues, keeps_journal: bool
) -> None:
    ref, tracker = refined(place)
    desk = place.desk(tracker)
    (made,) = say(ref, desk, "tasks")
    assert (made.action, made.notes) == (Action.CREATED, ())
    assert [child.title for child in tracker.children(ref)] == TITLES
    one, two, three = sub_issues.below[number(ref)]
    assert (sub_issues.blocking[two], sub_issues.blocking[three]) == ([one], [two])
    assert [outcome.action for outcome in say(ref, desk, "tasks")] == [Action.UNCHANGED]
    assert len(sub_issues.below[number(ref)]) == 3
    if not keeps_journal:
        desk.journal.path.unlink()
    assert undo(ref, desk).action is Action.UNDONE
    assert {child.state for child in tracker.children(ref)} == {"closed"}
    assert (sub_issues.blocking[two], sub_issues.blocking[three]) == ([], [])
    closing = place.proxy.sent("PATCH")[-1]
    assert b"not_planned" in closing.body


FAULTS = {
    "lost": LOST_REPLY,
    "reset": RESET,
    "500": Fault(status=500),
    "502 after": Fault(status=502, forward=True),
    "403": Fault(status=403, body=b'{"message": "Resource not accessible by integration"}'),
    "html": Fault(status=201, forward=True, body=b"<html></html>"),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("call", [0, 1, 3, 4])
def test_after_a_fault_at_any_write_the_next_approval_ends_with_each_sub_issue_once(
    name: str, call: int, place: Place, sub_issues: SubIssues, github_stand_in: GitHubStandIn
) -> None:
    ref, tracker = refined(place)
    place.proxy.spoil("POST", "/issues", FAULTS[name], skip=call)
    say(ref, place.desk(tracker), "tasks")
    place.proxy.forget()
    assert say(ref, place.desk(tracker), "tasks")[-1].action in (Action.CREATED, Action.UNCHANGED)
    assert sorted(child.title for child in tracker.children(ref)) == sorted(TITLES)
    every = [issue.title for issue in github_stand_in.repository().get_issues(state="all")]
    assert sorted(title for title in every if title in TITLES) == sorted(TITLES)


@pytest.mark.parametrize("name", FAULTS)
def test_after_a_fault_at_the_description_there_is_one_part(name: str, place: Place) -> None:
    ref, tracker = refined(place)
    place.proxy.spoil("PATCH", "/issues", FAULTS[name])
    first = say(ref, place.desk(tracker), "criteria")[-1]
    assert first.action in (Action.CREATED, Action.DEFERRED, Action.FAILED)
    place.proxy.forget()
    assert say(ref, place.desk(tracker), "criteria")[-1].action in (Action.CREATED, Action.UNCHANGED)
    text = tracker.field(ref, "description")
    assert text.startswith(WORDS)
    assert len(re.findall("Acceptance criteria", text)) == 1


def test_an_edit_in_between_puts_it_off_and_a_dry_run_sends_nothing(place: Place) -> None:
    ref, tracker = refined(place)
    (planned,) = say(ref, replace(place.desk(tracker), dry_run=True), "criteria")
    assert planned.action is Action.PLANNED
    assert [request.method for request in place.proxy.requests if request.method != "GET"] == []
    tracker.update_field(ref, "description", WORDS + "And more.")
    assert "changed since RAT read it" in say(ref, place.desk(tracker), "criteria")[0].reason
    assert tracker.field(ref, "description") == WORDS + "And more."
