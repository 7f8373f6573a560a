"""What each event asks for, and what it never does."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.errors import ConfigError
from rat.triggers import Activity, Event, Inputs, Mode, choose

Payload = dict[str, Any]
REPOSITORY = "alice/demo"


def event(name: str, payload: Mapping[str, object]) -> Event:
    return Event(name=name, payload=payload, repository=REPOSITORY)


def issue(action: str, *, labels: tuple[str, ...] = (), **changes: Any) -> Payload:
    thing = {"number": 7, "state": "open", "labels": [{"name": name} for name in labels]}
    sender = {"login": "bob", "type": "User"}
    return {"action": action, "issue": thing, "sender": sender, "repository": {"full_name": REPOSITORY}, **changes}


def pull_request(action: str = "opened", *, head: str | None = REPOSITORY, labels: tuple[str, ...] = ()) -> Payload:
    thing = {
        "number": 9,
        "head": {"repo": {"full_name": head} if head else None},
        "base": {"repo": {"full_name": REPOSITORY}},
        "labels": [{"name": name} for name in labels],
    }
    return {"action": action, "pull_request": thing, "sender": {"login": "bob", "type": "User"}}


@pytest.mark.parametrize("action", ["opened", "reopened", "labeled"])
def test_an_issue_is_refined(action: str) -> None:
    activity = choose(Inputs(publish=True), event("issues", issue(action)))
    assert activity == Activity(mode=Mode.REFINE, tickets=("alice/demo#7",), publish=True)


def test_an_edited_issue_is_refined_again_only_if_its_words_changed() -> None:
    words = issue("edited", changes={"body": {"from": "old"}})
    assert choose(Inputs(), event("issues", words)).mode is Mode.REFINE
    assert choose(Inputs(), event("issues", issue("edited", changes={}))).mode is None


def test_the_label_gate_wants_the_label_that_was_added() -> None:
    gate = Inputs(label="needs-refinement")
    added = issue("labeled", labels=("bug", "needs-refinement"), label={"name": "needs-refinement"})
    other = issue("labeled", labels=("bug", "needs-refinement"), label={"name": "bug"})
    assert choose(gate, event("issues", added)).tickets == ("alice/demo#7",)
    assert choose(gate, event("issues", other)).mode is None


def test_the_label_gate_lets_an_opened_issue_pass_only_with_the_label() -> None:
    gate = Inputs(label="needs-refinement")
    assert choose(gate, event("issues", issue("opened", labels=("needs-refinement",)))).mode is Mode.REFINE
    assert "does not have the label" in choose(gate, event("issues", issue("opened"))).reason


@pytest.mark.parametrize("action", ["closed", "deleted", "transferred", "assigned", "unlabeled", ""])
def test_other_things_that_happen_to_an_issue_ask_for_nothing(action: str) -> None:
    activity = choose(Inputs(), event("issues", issue(action)))
    assert activity.mode is None
    assert activity.reason


def test_a_closed_issue_is_left_alone() -> None:
    payload = issue("edited", changes={"body": {"from": "x"}})
    payload["issue"]["state"] = "closed"
    assert choose(Inputs(), event("issues", payload)).reason == "the issue is closed"


@pytest.mark.parametrize(
    "sender", [{"login": "github-actions[bot]", "type": "Bot"}, {"login": "rat[bot]"}, {"login": "x", "type": "Bot"}]
)
@pytest.mark.parametrize("name", ["issues", "issue_comment", "pull_request"])
def test_what_bots_cause_starts_nothing(name: str, sender: Payload) -> None:
    payload = {**issue("opened"), **pull_request("opened"), "comment": {"body": "/rat refine"}, "sender": sender}
    assert choose(Inputs(publish=True), event(name, payload)) == Activity(reason="the event was caused by a bot")


def test_a_schedule_takes_the_label_the_query_or_what_the_configuration_names() -> None:
    schedule = event("schedule", {"schedule": "17 3 * * *"})
    assert choose(Inputs(label="x"), schedule) == Activity(mode=Mode.REFINE, label="x")
    assert choose(Inputs(jql="project = PAY"), schedule) == Activity(mode=Mode.REFINE, jql="project = PAY")
    assert choose(Inputs(), schedule) == Activity(mode=Mode.REFINE)


def test_a_dispatch_names_its_ticket_by_input_or_by_payload() -> None:
    by_hand = event("workflow_dispatch", {"inputs": {"ticket": "PAY-1 #3"}})
    assert choose(Inputs(), by_hand).tickets == ("PAY-1", "#3")
    assert choose(Inputs(tickets=("#4",)), by_hand).tickets == ("#4",)


@pytest.mark.parametrize(("key", "ticket"), [("PAY-17", "PAY-17"), ("12", "alice/demo#12"), ("#12", "alice/demo#12")])
def test_a_repository_dispatch_names_one_ticket(key: str, ticket: str) -> None:
    payload = {"action": "rat-refine", "client_payload": {"key": key}}
    assert choose(Inputs(), event("repository_dispatch", payload)).tickets == (ticket,)


@pytest.mark.parametrize("key", ["../../etc/passwd", "other/repo#1", "--publish", "PAY-1 PAY-2", "-", "PAY-1\n", "0"])
def test_a_repository_dispatch_cannot_name_paths_options_or_other_repositories(key: str) -> None:
    with pytest.raises(ConfigError, match="client_payload"):
        choose(Inputs(), event("repository_dispatch", {"client_payload": {"key": key}}))


@pytest.mark.parametrize("ticket", ["--publish", "-"])
def test_a_ticket_is_never_an_option(ticket: str) -> None:
    with pytest.raises(ConfigError, match="must name tickets"):
        choose(Inputs(tickets=(ticket,)), event("push", {}))
    with pytest.raises(ConfigError, match="must name tickets"):
        choose(Inputs(), event("workflow_dispatch", {"inputs": {"ticket": ticket}}))


def test_a_pull_request_gets_its_impact() -> None:
    activity = choose(Inputs(publish=True), event("pull_request", pull_request()))
    assert activity == Activity(mode=Mode.IMPACT, pull_request=9, publish=True)


def test_a_closed_pull_request_asks_for_nothing() -> None:
    assert choose(Inputs(), event("pull_request", pull_request("closed"))).mode is None


@pytest.mark.parametrize("head", ["mallory/demo", None])
def test_a_fork_gets_the_whole_analysis_and_no_write(head: str | None) -> None:
    activity = choose(Inputs(publish=True), event("pull_request", pull_request(head=head)))
    assert (activity.mode, activity.pull_request, activity.publish) == (Mode.IMPACT, 9, False)
    assert "read-only token" in activity.reason


def test_the_publisher_has_nothing_to_do_for_a_fork() -> None:
    fork = event("pull_request", pull_request(head="mallory/demo"))
    assert choose(Inputs(mode=Mode.PUBLISH, publish=True), fork).mode is None


def test_pull_request_target_of_a_fork_waits_for_a_maintainers_label() -> None:
    fork = pull_request(head="mallory/demo")
    labelled = pull_request(head="mallory/demo", labels=("rat-ok",))
    gate = Inputs(publish=True, label="rat-ok")
    assert choose(Inputs(publish=True), event("pull_request_target", fork)).mode is None
    assert choose(gate, event("pull_request_target", fork)).mode is None
    assert choose(gate, event("pull_request_target", labelled)).publish


def test_impact_by_hand_needs_a_number() -> None:
    dispatch = event("workflow_dispatch", {})
    assert choose(Inputs(mode=Mode.IMPACT, tickets=("#12",)), dispatch).pull_request == 12
    assert choose(Inputs(mode=Mode.IMPACT, tickets=("alice/demo#12",)), dispatch).pull_request == 12
    with pytest.raises(ConfigError, match="needs one pull request"):
        choose(Inputs(mode=Mode.IMPACT), dispatch)


def test_a_mode_keeps_the_events_target() -> None:
    for mode in (Mode.SELECT, Mode.PUBLISH):
        activity = choose(Inputs(mode=mode), event("issues", issue("opened")))
        assert (activity.mode, activity.tickets) == (mode, ("alice/demo#7",))


LEAVES = (None, True, -1, 0, 7, "", "opened", "-x", "\u00e4::set-env", ["a"], [{"name": 3}], "PAY-1")
KEYS = (
    "action",
    "issue",
    "pull_request",
    "sender",
    "comment",
    "client_payload",
    "label",
    "number",
    "body",
    "head",
    "repo",
)
values = st.recursive(st.sampled_from(LEAVES), lambda inner: st.dictionaries(st.sampled_from(KEYS), inner, max_size=4))


@given(
    name=st.sampled_from(["issues", "pull_request", "pull_request_target", "issue_comment", "schedule", "push"]),
    payload=st.dictionaries(st.sampled_from(KEYS), values, max_size=6),
    mode=st.sampled_from([Mode.AUTO, Mode.REFINE, Mode.SELECT, Mode.PUBLISH]),
)
def test_no_payload_can_break_the_choice_or_put_its_own_words_into_it(name: str, payload: Payload, mode: Mode) -> None:
    activity = choose(Inputs(mode=mode), event(name, payload))
    assert all(ticket.startswith("alice/demo#") for ticket in activity.tickets)
    assert not activity.publish
    assert activity.reason.isascii()
