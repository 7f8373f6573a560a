"""What a person approved, in both Jiras: the part of the description, a field, sub-tasks; and all of it taken back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rat.connect import Connections
from rat.model import TicketRef
from rat.model.access import Access
from rat.model.command import Order
from rat.model.settings import Project, WritePolicy
from rat.orders import Bench, carry_out, rule
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.outcome import Action, Outcome
from rat.publishing.undo import undo
from rat.trackers.jira import JiraTracker
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.jira_cloud_fields import custom_field
from tests.stand_ins.jira_dc import JiraDcStandIn
from tests.unit.publishing.sample import SITE

from .conftest import Place, _jira

REGION = Project(write=WritePolicy.REGION)
TITLES = ["Read orders by cursor", "Write rows as they come", "Time-out test"]
WORDS = {
    Dialect.WIKI: "It *hangs*.\r\n\r\nh2. Steps\r\n# export",
    Dialect.ADF: json.dumps(
        {
            "type": "doc",
            "version": 1,
            "content": [
                {"type": "paragraph", "attrs": {"localId": "7"}, "content": [{"type": "text", "text": "It hangs."}]},
                {"type": "panel", "attrs": {"panelType": "info"}, "content": [{"type": "paragraph"}]},
            ],
        }
    ),
}


@pytest.fixture(params=["jira_cloud", "jira_dc"])
def stand_in(request: pytest.FixtureRequest) -> JiraCloudStandIn | JiraDcStandIn:
    """Each Jira in turn."""
    found: JiraCloudStandIn | JiraDcStandIn = request.getfixturevalue(f"{request.param}_stand_in")
    return found


@pytest.fixture
def place(stand_in: JiraCloudStandIn | JiraDcStandIn, tmp_path: Path) -> Place:
    """What publishing needs."""
    return _jira(stand_in, tmp_path)


def refined(place: Place) -> tuple[TicketRef, JiraTracker, str]:
    """A ticket with a person's words and RAT's comment, its tracker, and the words as they are stored."""
    tracker = place.connect()
    assert isinstance(tracker, JiraTracker)
    ref = place.create()
    tracker.update_field(ref, "description", WORDS[tracker.dialect])
    assert place.publish(place.report(ref), tracker).action is Action.CREATED
    return ref, tracker, tracker.field(ref, "description")


def applied(place: Place, ref: TicketRef, *sections: str, project: Project = REGION) -> tuple[Outcome, ...]:
    return apply(ref, place.desk(place.connect()), sections=sections, project=project, by="alice")


def test_approved_sections_go_below_the_reporters_words_and_come_off_again(place: Place) -> None:
    ref, tracker, words = refined(place)
    (outcome,) = applied(place, ref, "criteria")
    assert (outcome.action, outcome.reason) == (Action.CREATED, "")
    body = tracker.fetch(ref, comments=False).body
    assert body.index("It") < body.index("1,000,000 orders end within 60 s.")
    assert [one.action for one in applied(place, ref, "criteria")] == [Action.UNCHANGED]
    assert undo(ref, place.desk(place.connect())).action is Action.UNDONE
    assert tracker.field(ref, "description") == words


def test_an_approved_section_fills_the_field_of_its_name(
    stand_in: JiraCloudStandIn | JiraDcStandIn, place: Place
) -> None:
    if isinstance(stand_in, JiraCloudStandIn):
        stand_in.store.customs["customfield_10040"] = custom_field("Acceptance Criteria", "textarea", 10040)
        stand_in.store.screen.add("customfield_10040")
    else:
        stand_in.customs["customfield_10040"] = {"name": "Acceptance Criteria", "kind": "textarea"}
    ref, tracker, words = refined(place)
    project = replace(REGION, write={"jira-field": {"Acceptance Criteria": "approved"}})
    (outcome,) = applied(place, ref, "criteria", project=project)
    assert (outcome.action, outcome.reason) == (Action.UPDATED, "")
    assert "1,000,000 orders end within 60 s." in tracker.field(ref, "acceptance criteria").replace("&#45;", "-")
    assert tracker.field(ref, "description") == words
    assert undo(ref, place.desk(place.connect())).action is Action.UNDONE
    assert tracker.field(ref, "Acceptance Criteria") == ""


def test_approved_tasks_become_sub_tasks_once_and_are_closed_when_taken_back(place: Place) -> None:
    ref, tracker, words = refined(place)
    (outcome,) = applied(place, ref, "tasks")
    assert (outcome.action, outcome.notes) == (Action.CREATED, ())
    children = tracker.children(ref)
    assert [child.title for child in children] == TITLES
    assert [[link.key for link in child.links if link.relation == "is blocked by"] for child in children] == [
        [],
        [children[0].key],
        [children[1].key],
    ]
    assert [one.action for one in applied(place, ref, "tasks")] == [Action.UNCHANGED]
    assert tracker.children(ref) == children
    assert undo(ref, place.desk(place.connect())).action is Action.UNDONE
    assert [child.state for child in tracker.children(ref)] == ["closed"] * 3
    assert [tracker.blockers(child.ref) for child in tracker.children(ref)] == [frozenset()] * 3
    assert tracker.field(ref, "description") == words


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_the_link_to_the_run_goes_with_what_it_was_put_there_for(place: Place, keeps_journal: bool) -> None:
    ref, tracker, words = refined(place)
    linked = replace(REGION, link_run=True)
    tracker.add_remote_link(ref, url="https://example.com/adr", title="An ADR", marker="a person's")
    assert [one.purpose for one in applied(place, ref, "criteria", project=linked)] == ["region", "link"]
    assert tracker.remote_link(ref, marker=f"rat:{ref.key}") == f"{SITE.run_url}\nRefined with RAT"
    if not keeps_journal:
        place.desk(tracker).journal.path.unlink()
    done = undo(ref, place.desk(place.connect()))
    assert (done.action, done.purpose, done.notes) == (Action.UNDONE, "region", ())
    assert tracker.remote_link(ref, marker=f"rat:{ref.key}") == ""
    assert tracker.remote_link(ref, marker="a person's") == "https://example.com/adr\nAn ADR"
    assert tracker.field(ref, "description") == words


@pytest.mark.parametrize("keeps_journal", [True, False])
def test_a_link_that_a_person_changed_stays_and_the_rest_is_taken_back(place: Place, keeps_journal: bool) -> None:
    ref, tracker, words = refined(place)
    linked = replace(REGION, link_run=True)
    applied(place, ref, "criteria", project=linked)
    tracker.add_remote_link(ref, url=SITE.run_url, title="Read this", marker=f"rat:{ref.key}")
    if not keeps_journal:
        place.desk(tracker).journal.path.unlink()
    done = undo(ref, place.desk(place.connect()))
    assert (done.action, done.purpose) == (Action.UNDONE, "region")
    assert done.notes == (
        "the link to the run stays: it was edited since, by a person or by another run; RAT leaves it alone",
    )
    assert tracker.remote_link(ref, marker=f"rat:{ref.key}") == f"{SITE.run_url}\nRead this"
    assert tracker.field(ref, "description") == words
    again = applied(place, ref, "risks", project=linked)
    assert "Somebody changed RAT's link" in again[-1].reason


def test_who_takes_tasks_back_by_a_command_is_told_which_stay(
    jira_cloud_stand_in: JiraCloudStandIn, tmp_path: Path
) -> None:
    place = _jira(jira_cloud_stand_in, tmp_path)
    ref, tracker, _ = refined(place)
    applied(place, ref, "tasks")
    first, *rest = tracker.children(ref)
    place.say(first.ref, "I began with this.")
    place.say(ref, "/rat undo")
    command = tracker.comments(ref)[-1]
    ruling = rule(Order(ticket=ref.key, comment_id=command.id), ref, tracker=tracker, people=tracker)
    assert not ruling.reason
    connections = Connections(access=Access(), repo=tmp_path)
    result = carry_out(ruling, Bench(connections=connections, desk=place.desk(tracker)))
    told = f"Taken back, but not all of it. Somebody worked on {first.key} since; left alone."
    assert (result.is_done, result.message) == (True, told)
    assert tracker.reactions(ref, command.id) == {"eyes", "+1"}
    assert [child.state for child in tracker.children(ref)] == ["open"] + ["closed"] * len(rest)
