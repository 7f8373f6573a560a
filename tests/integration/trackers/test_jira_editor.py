"""What people may have RAT do to an issue of either Jira: fields by name, labels, sub-tasks, links."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from rat.errors import FieldRefused
from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import Child, Dialect
from rat.publishing.dialect import same_text, write
from rat.publishing.document import Bullets, Code, Document, Heading, Item, Paragraph, Section, Text
from rat.trackers.jira import JiraTracker
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.jira_cloud_fields import custom_field
from tests.stand_ins.jira_cloud_store import ALICE, DONE
from tests.stand_ins.jira_dc import JiraDcStandIn, JiraStandIn

from .conftest import adf

Connect = Callable[..., JiraTracker]
MARKER = "<!-- rat:1 ticket=PAY-1 purpose=task:1 -->"
CRITERIA = Document(
    (
        Section(
            "criteria",
            (
                Heading("Acceptance criteria", 2),
                Paragraph((Text("See "), Code("rat/cli.py"), Text(" and @alice, PAY-17, *all* of it."))),
                Bullets((Item((Text("It stops."),)), Item((Text("It says why."),)))),
            ),
        ),
    )
)


def ref(key: str) -> TicketRef:
    return TicketRef(tracker=TrackerKind.JIRA, key=key)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A Jira with one issue, whose text is *before* in the tracker's dialect."""

    stand_in: JiraStandIn
    tracker: JiraTracker
    issue: TicketRef
    before: str

    def written(self, document: Document = CRITERIA) -> str:
        """The document in the tracker's dialect."""
        return write(document, self.tracker.dialect)

    def same(self, one: str, other: str) -> bool:
        """Whether the tracker kept a text."""
        return same_text(one, other, self.tracker.dialect)

    def add_custom(self, name: str, kind: str, number: int) -> None:
        """A custom field on the edit screen."""
        if isinstance(self.stand_in, JiraCloudStandIn):
            self.stand_in.store.customs[f"customfield_{number}"] = custom_field(name, kind, number)
            self.stand_in.store.screen.add(f"customfield_{number}")
        elif isinstance(self.stand_in, JiraDcStandIn):
            self.stand_in.customs[f"customfield_{number}"] = {"name": name, "kind": kind}


@pytest.fixture(params=["jira_cloud", "jira_dc"])
def desk(request: pytest.FixtureRequest, connect_jira: Connect) -> Desk:
    """Each Jira in turn."""
    stand_in: JiraStandIn = request.getfixturevalue(f"{request.param}_stand_in")
    text = adf("It fails.") if stand_in.email else "It *fails*.\r\nh2. Steps"
    issue = ref(stand_in.create("Crash", description=text, labels=["a"]))
    tracker = connect_jira(stand_in)
    before = tracker.field(issue, "description")
    stand_in.proxy.forget()
    return Desk(stand_in=stand_in, tracker=tracker, issue=issue, before=before)


def test_the_description_is_replaced_and_put_back_as_it_was(desk: Desk) -> None:
    desk.tracker.update_field(desk.issue, "description", desk.written())
    stored = desk.tracker.field(desk.issue, "Description")
    assert desk.same(stored, desk.written())
    assert not desk.same(stored, desk.before)
    desk.tracker.update_field(desk.issue, "description", desk.before)
    assert desk.tracker.field(desk.issue, "description") == desk.before


def test_a_field_without_a_text_is_empty_and_can_be_emptied(desk: Desk) -> None:
    desk.tracker.update_field(desk.issue, "description", "")
    assert desk.tracker.field(desk.issue, "description") == ""
    desk.add_custom("Acceptance Criteria", "textarea", 10040)
    assert desk.tracker.field(desk.issue, "Acceptance Criteria") == ""


def test_a_custom_field_is_found_by_the_name_that_people_see_or_by_its_id(desk: Desk) -> None:
    desk.add_custom("Acceptance Criteria", "textarea", 10040)
    desk.tracker.update_field(desk.issue, "acceptance criteria", desk.written())
    assert desk.same(desk.tracker.field(desk.issue, "customfield_10040"), desk.written())
    (edit,) = desk.stand_in.proxy.sent("PUT")
    assert list(json.loads(edit.body)) == ["fields"]
    assert list(json.loads(edit.body)["fields"]) == ["customfield_10040"]


def test_two_fields_of_one_name_are_refused_with_their_ids(desk: Desk) -> None:
    desk.add_custom("Notes", "textarea", 10040)
    desk.add_custom("notes", "textarea", 10041)
    with pytest.raises(FieldRefused, match="2 fields called 'Notes': customfield_10040, customfield_10041"):
        desk.tracker.update_field(desk.issue, "Notes", desk.written())
    assert desk.stand_in.proxy.sent("PUT") == []


def test_a_field_that_is_not_on_the_screen_is_refused_with_those_that_are(desk: Desk) -> None:
    desk.add_custom("Acceptance Criteria", "textarea", 10040)
    with pytest.raises(
        FieldRefused, match=r"no field 'Criteria' on its edit screen.*Acceptance Criteria \(customfield"
    ):
        desk.tracker.field(desk.issue, "Criteria")
    with pytest.raises(FieldRefused, match=r"The field Labels \(labels\) of [A-Z]+-1 holds no text"):
        desk.tracker.update_field(desk.issue, "labels", desk.written())


def test_a_single_line_takes_one_plain_line_only(desk: Desk) -> None:
    desk.add_custom("Goal", "textfield", 10042)
    line = desk.written(Document((Section("goal", (Paragraph((Text("Stop cleanly"),)),)),)))
    desk.tracker.update_field(desk.issue, "Goal", line)
    assert desk.same(desk.tracker.field(desk.issue, "Goal"), line)
    assert json.loads(desk.stand_in.proxy.sent("PUT")[0].body) == {"fields": {"customfield_10042": "Stop cleanly"}}
    with pytest.raises(FieldRefused, match=r"single line cannot hold this text.*Name a field of several lines"):
        desk.tracker.update_field(desk.issue, "Goal", desk.written())
    assert len(desk.stand_in.proxy.sent("PUT")) == 1


def test_labels_come_and_go_one_by_one(desk: Desk) -> None:
    desk.tracker.add_labels(desk.issue, ("rat-ready", "a"))
    assert sorted(desk.tracker.fetch(desk.issue).labels) == ["a", "rat-ready"]
    desk.tracker.remove_labels(desk.issue, ("rat-ready", "never-there"))
    assert desk.tracker.fetch(desk.issue).labels == ("a",)
    assert all(list(json.loads(sent.body)) == ["update"] for sent in desk.stand_in.proxy.sent("PUT"))


def test_a_label_with_a_space_is_refused_and_no_labels_are_no_request(desk: Desk) -> None:
    for label in ("needs work", "", " a", "x" * 256):
        with pytest.raises(FieldRefused, match="hold no spaces"):
            desk.tracker.add_labels(desk.issue, ("fine", label))
    desk.tracker.add_labels(desk.issue, ())
    assert desk.stand_in.proxy.sent("PUT") == []


def test_a_sub_task_is_made_found_again_and_closed(desk: Desk) -> None:
    child = Child(title="Stop on SIGTERM", text=desk.written(), marker=MARKER)
    made = desk.tracker.create_child(desk.issue, child)
    assert (made.title, made.marker, made.state) == ("Stop on SIGTERM", MARKER, "open")
    assert "It says why." in made.body
    assert "anchor" not in made.body
    assert desk.tracker.children(desk.issue) == (made,)
    assert len(desk.stand_in.proxy.sent("POST")) == 1
    desk.tracker.close_child(made.ref)
    assert [child.state for child in desk.tracker.children(desk.issue)] == ["closed"]
    desk.tracker.close_child(made.ref)
    taken = desk.stand_in.proxy.sent("POST", "/transitions")
    assert [json.loads(sent.body)["fields"] for sent in taken] == [{"resolution": {"name": "Won't Do"}}]


def test_a_sub_task_says_how_many_comments_it_has(desk: Desk) -> None:
    made = desk.tracker.create_child(desk.issue, Child(title="x", text=desk.written(), marker=MARKER))
    assert made.comment_count == 0
    body = adf("Mine now") if desk.stand_in.email else "Mine now"
    desk.stand_in.request("POST", f"issue/{made.key}/comment", {"body": body})
    assert [child.comment_count for child in desk.tracker.children(desk.issue)] == [1]


def test_an_issue_that_rat_did_not_make_is_not_closed(desk: Desk) -> None:
    with pytest.raises(FieldRefused, match="was not made by RAT, or no longer says so"):
        desk.tracker.close_child(desk.issue)
    assert desk.stand_in.proxy.sent("POST", "/transitions") == []


def test_a_blocker_is_said_once_and_in_the_right_direction(desk: Desk) -> None:
    first = ref(desk.stand_in.create("First"))
    for _ in range(2):
        desk.tracker.add_blocker(desk.issue, by=first)
    assert [(one.relation, one.key) for one in desk.tracker.fetch(desk.issue).links] == [("is blocked by", first.key)]
    assert [(one.relation, one.key) for one in desk.tracker.fetch(first).links] == [("blocks", desk.issue.key)]
    assert len(desk.stand_in.proxy.sent("POST", "/issueLink")) == 1


def test_a_remote_link_stays_one_however_often_it_is_said(desk: Desk) -> None:
    for title in ("ADR-0003", "ADR-0003: Proposals before writes"):
        desk.tracker.add_remote_link(desk.issue, url="https://example.com/3", title=title, marker="rat:adr-0003")
    (link,) = desk.stand_in.request("GET", f"issue/{desk.issue.key}/remotelink")
    assert (link["globalId"], link["object"]["title"]) == ("rat:adr-0003", "ADR-0003: Proposals before writes")
    for wrong in ({"url": "javascript:alert(1)"}, {"marker": ""}, {"title": "x" * 256}):
        with pytest.raises(FieldRefused, match="takes no remote link to"):
            desk.tracker.add_remote_link(
                desk.issue, **{"url": "https://example.com/3", "title": "t", "marker": "m", **wrong}
            )


def test_watchers_get_no_mail_where_this_token_may_spare_them(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    issue = ref(jira_cloud_stand_in.create("Crash"))
    for rights, query in (({"ADMINISTER_PROJECTS", "EDIT_ISSUES"}, "?notifyUsers=false"), ({"EDIT_ISSUES"}, "")):
        jira_cloud_stand_in.store.rights[ALICE] = rights
        jira_cloud_stand_in.proxy.forget()
        tracker = connect_jira(jira_cloud_stand_in)
        tracker.add_labels(issue, ("b",))
        tracker.remove_labels(issue, ("b",))
        sent = [request.path for request in jira_cloud_stand_in.proxy.sent("PUT")]
        assert sent == [f"/rest/api/3/issue/{issue.key}{query}"] * 2
        assert len(jira_cloud_stand_in.proxy.sent("GET", "/mypermissions")) == 1


def test_an_account_without_the_right_to_edit_is_told_so(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    issue = ref(jira_cloud_stand_in.create("Crash"))
    jira_cloud_stand_in.store.rights[ALICE] = set()
    tracker = connect_jira(jira_cloud_stand_in)
    with pytest.raises(FieldRefused, match="Give it the permission Edit Issues"):
        tracker.field(issue, "description")
    with pytest.raises(FieldRefused, match="may make no sub-tasks in PAY"):
        tracker.create_child(issue, Child(title="x", text=json.dumps(adf("x")), marker=MARKER))


def test_a_sub_task_that_needs_what_rat_cannot_fill_is_refused_by_name(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    store, tracker = jira_cloud_stand_in.store, connect_jira(jira_cloud_stand_in)
    issue = ref(jira_cloud_stand_in.create("Crash"))
    child = Child(title="x", text=json.dumps(adf("x")), marker=MARKER)
    store.customs["customfield_1"] = {**custom_field("Team", "select", 1), "required": True}
    store.create_screen.add("customfield_1")
    with pytest.raises(FieldRefused, match=r"A Sub-task of PAY needs what RAT cannot fill: Team \(customfield_1\)"):
        tracker.create_child(issue, child)
    store.customs["customfield_1"]["hasDefaultValue"] = True
    store.create_screen.remove("description")
    with pytest.raises(FieldRefused, match="has no Description"):
        tracker.create_child(issue, child)
    assert jira_cloud_stand_in.proxy.sent("POST", "/rest/api/3/issue$")[1:] == []


def test_the_marker_of_a_sub_task_is_a_property_on_cloud_and_an_anchor_on_data_center(desk: Desk) -> None:
    desk.tracker.create_child(desk.issue, Child(title="x", text=desk.written(), marker=MARKER))
    body = json.loads(desk.stand_in.proxy.sent("POST")[0].body)
    if desk.tracker.dialect is Dialect.ADF:
        assert body["properties"] == [{"key": "rat.marker", "value": {"marker": MARKER}}]
        assert body["fields"]["description"] == json.loads(desk.written())
    else:
        assert "properties" not in body
        assert "{anchor:rat-" in body["fields"]["description"].splitlines()[-1]


def test_the_mark_of_a_sub_task_outlives_a_change_of_its_description_and_is_not_seen_there(desk: Desk) -> None:
    child = desk.tracker.create_child(desk.issue, Child(title="x", text=desk.written(), marker=MARKER)).ref
    assert desk.same(desk.tracker.field(child, "description"), desk.written())
    other = desk.written(Document((Section("goal", (Paragraph((Text("Something else"),)),)),)))
    for text in (other, "", other):
        desk.tracker.update_field(child, "description", text)
        assert desk.same(desk.tracker.field(child, "description"), text)
        assert [found.marker for found in desk.tracker.children(desk.issue)] == [MARKER]


def test_a_workflow_that_wants_more_than_a_resolution_is_left_to_people(
    jira_dc_stand_in: JiraDcStandIn, connect_jira: Connect
) -> None:
    tracker = connect_jira(jira_dc_stand_in)
    made = tracker.create_child(ref(jira_dc_stand_in.create("Crash")), Child(title="x", text="x", marker=MARKER))
    jira_dc_stand_in.world.config.transition_screens["Done"] = ["resolution", "worklog"]
    with pytest.raises(FieldRefused, match="offers this token no step to a status of the category Done"):
        tracker.close_child(made.ref)


def test_a_jira_without_blocking_links_says_so(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    one, other = ref(jira_cloud_stand_in.create("One")), ref(jira_cloud_stand_in.create("Other"))
    jira_cloud_stand_in.store.link_types.pop()
    with pytest.raises(FieldRefused, match="no links of the type Blocks"):
        connect_jira(jira_cloud_stand_in).add_blocker(one, by=other)


def test_blocking_links_may_have_another_name(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    one, other = ref(jira_cloud_stand_in.create("One")), ref(jira_cloud_stand_in.create("Other"))
    jira_cloud_stand_in.store.link_types[-1]["name"] = "Gate"
    connect_jira(jira_cloud_stand_in).add_blocker(one, by=other)
    (link,) = jira_cloud_stand_in.store.issues[one.key]["fields"]["issuelinks"]
    assert (link["type"]["name"], link["inwardIssue"]["key"]) == ("Gate", other.key)


def test_of_two_ways_to_close_the_one_that_says_not_planned_is_taken(
    jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect
) -> None:
    tracker = connect_jira(jira_cloud_stand_in)
    child = Child(title="x", text=json.dumps(adf("x")), marker=MARKER)
    made = tracker.create_child(ref(jira_cloud_stand_in.create("Crash")), child)
    wont_do = {**DONE, "id": "9", "name": "Won\u2019t do"}
    jira_cloud_stand_in.store.transitions.append({"id": "41", "name": "Decline", "to": wont_do})
    tracker.close_child(made.ref)
    (taken,) = jira_cloud_stand_in.proxy.sent("POST", "/transitions")
    assert json.loads(taken.body) == {"transition": {"id": "41"}}
    assert [found.state for found in tracker.children(ref("PAY-1"))] == ["closed"]


def test_a_field_that_may_only_be_seen_is_refused(jira_cloud_stand_in: JiraCloudStandIn, connect_jira: Connect) -> None:
    store = jira_cloud_stand_in.store
    store.customs["customfield_1"] = {**custom_field("Notes", "textarea", 1), "operations": []}
    store.screen.add("customfield_1")
    issue = ref(jira_cloud_stand_in.create("Crash"))
    with pytest.raises(FieldRefused, match=r"The field Notes \(customfield_1\) of PAY-1 may not be set"):
        connect_jira(jira_cloud_stand_in).field(issue, "Notes")
