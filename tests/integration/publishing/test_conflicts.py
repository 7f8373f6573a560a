"""Jira's 409, "somebody else is writing": read again, planned again, sent again, exactly once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rat.model import TicketRef
from rat.model.settings import Labels, Project, WritePolicy
from rat.publishing.apply import apply
from rat.publishing.outcome import Action, Outcome
from rat.publishing.undo import undo
from rat.trackers.jira import JiraTracker
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.jira_cloud_fields import custom_field
from tests.stand_ins.proxy import Fault

from .conftest import Place, _jira

REGION = Project(write=WritePolicy.REGION, labels=Labels(), link_run=True)
FIELD = replace(REGION, write={"jira-field": {"Acceptance Criteria": "approved"}})
CONFLICT = Fault(status=409, body=b'{"errorMessages": ["The issue was edited by somebody else."]}')


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A Jira item with RAT's comment."""

    place: Place
    ref: TicketRef
    tracker: JiraTracker

    def apply(self, *sections: str, project: Project = REGION) -> Outcome:
        """The last outcome of an approval."""
        desk = self.place.desk(self.tracker)
        return apply(self.ref, desk, sections=sections, project=project, by="alice")[-1]

    def undo(self, purpose: str) -> Outcome:
        """One write taken back."""
        return undo(self.ref, self.place.desk(self.tracker), purpose=purpose)

    def publish(self, note: str) -> Outcome:
        """Another comment, or another text of it."""
        return self.place.publish(self.place.report(self.ref, note), self.tracker)

    def state(self) -> object:
        """What stands on the item."""
        tracker, ref = self.tracker, self.ref
        texts = [tracker.field(ref, name) for name in ("description", "Acceptance Criteria")]
        children = tracker.children(ref)
        below = [(child.title, child.state, tracker.blockers(child.ref)) for child in children]
        link = tracker.remote_link(ref, marker=f"rat:{ref.key}")
        comments = [comment.raw for comment in self.place.look(ref)[0]]
        return texts, tracker.fetch(ref).labels, below, link, comments


@pytest.fixture
def scene(jira_cloud_stand_in: JiraCloudStandIn, tmp_path: Path) -> Scene:
    """An item whose field, labels and description can be written."""
    jira_cloud_stand_in.store.customs["customfield_10040"] = custom_field("Acceptance Criteria", "textarea", 10040)
    jira_cloud_stand_in.store.screen.add("customfield_10040")
    place = _jira(jira_cloud_stand_in, tmp_path)
    tracker = place.connect()
    assert isinstance(tracker, JiraTracker)
    made = Scene(place=place, ref=place.create(), tracker=tracker)
    assert made.publish("first").action is Action.CREATED
    place.proxy.forget()
    return made


def nothing(scene: Scene) -> None:
    """No preparation."""


def tasks(scene: Scene) -> None:
    """The tasks are tickets."""
    assert scene.apply("tasks", project=replace(REGION, link_run=False)).action is Action.CREATED


def part(scene: Scene) -> None:
    """The description has RAT's part, and the item the link."""
    assert scene.apply("criteria").action is Action.CREATED


Act = Callable[[Scene], Outcome]
SITES: dict[str, tuple[str, str, Callable[[Scene], None], Act]] = {
    "comment, edited": ("PUT", "/comment", nothing, lambda scene: scene.publish("second")),
    "description": ("PUT", r"/issue/[^/]+\?", nothing, lambda scene: scene.apply("criteria")),
    "field": ("PUT", r"/issue/[^/]+\?", nothing, lambda scene: scene.apply("criteria", project=FIELD)),
    "labels": ("PUT", r"/issue/[^/]+\?", nothing, lambda scene: scene.apply("labels")),
    "what is kept": ("POST", "/comment", nothing, lambda scene: scene.apply("labels")),
    "sub-task": ("POST", "/issue$", nothing, lambda scene: scene.apply("tasks")),
    "blocking link": ("POST", "/issueLink", nothing, lambda scene: scene.apply("tasks")),
    "remote link": ("POST", "/remotelink", nothing, lambda scene: scene.apply("criteria")),
    "description, undone": ("PUT", r"/issue/[^/]+\?", part, lambda scene: scene.undo("region")),
    "remote link, undone": ("DELETE", "/remotelink", part, lambda scene: scene.undo("link")),
    "sub-task, undone": ("POST", "/transitions", tasks, lambda scene: scene.undo("tasks")),
    "blocking link, undone": ("DELETE", "/issueLink", tasks, lambda scene: scene.undo("tasks")),
    "comment, undone": ("PUT", "/comment", nothing, lambda scene: scene.undo("refinement")),
}


@pytest.mark.parametrize("site", SITES)
def test_a_write_that_met_another_one_is_planned_anew_once(site: str, scene: Scene) -> None:
    method, path, prepare, act = SITES[site]
    prepare(scene)
    scene.place.proxy.forget()
    scene.place.proxy.spoil(method, path, CONFLICT)
    outcome = act(scene)
    assert (outcome.action in (Action.CREATED, Action.UPDATED, Action.UNDONE), outcome.exit_code) == (True, 0), outcome
    sent = scene.place.proxy.sent(method, path)
    assert [one.status for one in sent[:2]] == [409, sent[1].status]
    assert (sent[0].path, sent[0].body) == (sent[1].path, sent[1].body)
    between = scene.place.proxy.requests[
        scene.place.proxy.requests.index(sent[0]) + 1 : scene.place.proxy.requests.index(sent[1])
    ]
    assert {one.method for one in between} >= {"GET"}  # it was read again
    after = scene.state()
    again = act(scene)
    assert again.action in (Action.UNCHANGED, Action.SILENT, Action.REFUSED, Action.UNDONE)
    if again.action is not Action.UNDONE:
        assert scene.state() == after


@pytest.mark.parametrize("site", SITES)
def test_a_write_that_meets_others_twice_fails_and_the_next_run_makes_it(site: str, scene: Scene) -> None:
    method, path, prepare, act = SITES[site]
    prepare(scene)
    scene.place.proxy.forget()
    scene.place.proxy.spoil(method, path, CONFLICT, times=9)
    outcome = act(scene)
    assert (outcome.action, outcome.exit_code) == (Action.FAILED, 3)
    assert "Somebody else was writing to" in outcome.reason
    assert [one.status for one in scene.place.proxy.sent(method, path)] == [409, 409]
    scene.place.proxy.forget()
    assert act(scene).action in (Action.CREATED, Action.UPDATED, Action.UNDONE, Action.UNCHANGED)


def test_a_new_comment_that_met_another_write_is_sent_once_more(scene: Scene) -> None:
    ref = scene.place.create()
    scene.place.proxy.spoil("POST", "/comment", CONFLICT)
    outcome = scene.place.publish(scene.place.report(ref), scene.tracker, "other")
    assert (outcome.action, len(scene.place.look(ref)[0])) == (Action.CREATED, 1)
    assert [one.status for one in scene.place.proxy.sent("POST", "/comment")] == [409, 201]


def test_what_a_person_wrote_in_that_moment_is_not_written_over(scene: Scene) -> None:
    words = scene.tracker.field(scene.ref, "description")
    put = scene.tracker.update_field

    class Met(JiraTracker):
        """Somebody else's edit comes first."""

        def update_field(self, ref: TicketRef, name: str, text: str) -> None:
            put(ref, name, EDITED)
            scene.place.proxy.spoil("PUT", r"/issue/[^/]+\?", CONFLICT)
            super().update_field(ref, name, text)

    met = Met(site=scene.tracker._site)
    outcome = replace(scene, tracker=met).apply("criteria")
    assert (outcome.action, outcome.exit_code) == (Action.REFUSED, 0)
    assert "changed since RAT read it" in outcome.reason
    assert scene.tracker.field(scene.ref, "description") != words
    assert scene.tracker.fetch(scene.ref).body.strip() == "Mine."


EDITED = '{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Mine."}]}]}'
