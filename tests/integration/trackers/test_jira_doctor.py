"""`rat doctor` against a Jira: whether the fields that the configuration names can be written."""

from pathlib import Path

import pytest

from rat.connect import Connections
from rat.diagnosis import State, diagnose
from rat.model.access import Access
from tests.stand_ins.jira_cloud import JiraCloudStandIn
from tests.stand_ins.jira_cloud_fields import custom_field

CONFIG = """\
projects: [{name: pay, tickets: {jira: {jql: project = PAY}}, write: {jira-field: {Acceptance Criteria: approved}}}]
"""


def jira(stand_in: JiraCloudStandIn, repo: Path) -> tuple[State, str]:
    (repo / ".github").mkdir(exist_ok=True)
    (repo / ".github/rat.yml").write_text(CONFIG)
    access = Access(jira_url=stand_in.url, jira_email=stand_in.email, jira_token=stand_in.token)
    return next(
        (one.state, one.detail) for one in diagnose(Connections(access=access, repo=repo)) if one.name == "Jira"
    )


def test_a_field_that_is_on_the_screen_is_named_with_where_it_was_seen(
    jira_cloud_stand_in: JiraCloudStandIn, tmp_path: Path
) -> None:
    store = jira_cloud_stand_in.store
    state, detail = jira(jira_cloud_stand_in, tmp_path)
    assert (state, detail.partition("; pay ")[2]) == (
        State.OK,
        "has no ticket on which to look for Acceptance Criteria",
    )
    key = jira_cloud_stand_in.create("Crash")
    store.customs["customfield_1"] = custom_field("Acceptance criteria", "textarea", 1)
    store.screen.add("customfield_1")
    state, detail = jira(jira_cloud_stand_in, tmp_path)
    assert (state, detail.partition("; pay ")[2]) == (State.OK, f"may write Acceptance Criteria (seen on {key})")
    assert len(jira_cloud_stand_in.proxy.sent("POST") + jira_cloud_stand_in.proxy.sent("PUT")) == 1  # the test's own


@pytest.mark.parametrize("kind", ["", "float"])
def test_a_field_that_cannot_be_written_is_wrong(
    jira_cloud_stand_in: JiraCloudStandIn, tmp_path: Path, kind: str
) -> None:
    jira_cloud_stand_in.create("Crash")
    if kind:
        jira_cloud_stand_in.store.customs["customfield_1"] = custom_field("Acceptance Criteria", kind, 1)
        jira_cloud_stand_in.store.screen.add("customfield_1")
    state, detail = jira(jira_cloud_stand_in, tmp_path)
    assert state is State.WRONG
    assert ("holds no text" if kind else "on its edit screen. Add it to the screen") in detail
