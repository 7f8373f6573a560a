"""Which events name a comment with a command, and which never do."""

from typing import Any

import pytest

from rat.errors import ConfigError
from rat.model.command import Order
from rat.triggers import Activity, Event, Inputs, Mode, choose

Payload = dict[str, Any]
ORDER = Order(ticket="alice/demo#7", comment_id="41", author="bob", text="/rat refine please")


def commented(**changes: Any) -> Event:
    """A comment by bob on an open issue; *changes* go into the parts of the payload of that name."""
    payload: Payload = {
        "action": "created",
        "comment": {"id": 41, "body": "/rat refine please", "user": {"login": "bob", "type": "User"}},
        "issue": {"number": 7, "state": "open", "locked": False, "labels": []},
        "sender": {"login": "bob", "type": "User"},
    }
    for name, value in changes.items():
        payload[name] = {**payload[name], **value} if isinstance(value, dict) else value
    return Event(name="issue_comment", payload=payload, repository="alice/demo")


def dispatched(client_payload: Payload) -> Event:
    payload = {"action": "rat-command", "client_payload": client_payload}
    return Event(name="repository_dispatch", payload=payload, repository="alice/demo")


@pytest.mark.parametrize("mode", [Mode.SELECT, Mode.ACKNOWLEDGE, Mode.REFINE, Mode.PUBLISH, Mode.COMMAND])
def test_each_step_of_a_command_knows_the_comment(mode: Mode) -> None:
    activity = choose(Inputs(mode=mode, publish=True), commented())
    assert activity == Activity(mode=mode, tickets=("alice/demo#7",), publish=True, order=ORDER)


def test_a_single_step_carries_out_all_of_it() -> None:
    assert choose(Inputs(publish=True), commented()).mode is Mode.COMMAND


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"action": "edited"}, "no new `/rat` command"),
        ({"action": "deleted"}, "no new `/rat` command"),
        ({"comment": {"body": "I like /rat refine"}}, "no new `/rat` command"),
        ({"sender": {"type": "Bot"}}, "caused by a bot"),
        ({"sender": {"login": "rat[bot]"}}, "caused by a bot"),
        ({"comment": {"user": {"login": "bob", "type": "Bot"}}}, "written by a program"),
        ({"comment": {"performed_via_github_app": {"id": 1}}}, "written by a program"),
        ({"sender": {"login": "mallory"}}, "by whom"),
        ({"comment": {"id": 0}}, "by whom"),
        ({"issue": {"pull_request": {"url": "x"}}}, "a pull request is no ticket"),
        ({"issue": {"state": "closed"}}, "not open"),
        ({"issue": {"locked": True}}, "locked"),
    ],
)
def test_what_is_no_command_of_a_person_asks_for_nothing(changes: Payload, reason: str) -> None:
    activity = choose(Inputs(mode=Mode.COMMAND, publish=True), commented(**changes))
    assert activity.mode is None
    assert reason in activity.reason


def test_a_word_that_is_no_command_is_still_an_order_so_that_help_can_be_given() -> None:
    order = choose(Inputs(), commented(comment={"body": "/rat refien"})).order
    assert order is not None
    assert order.text == "/rat refien"


@pytest.mark.parametrize("comment_id", [10042, "10042"])
def test_a_rule_of_jira_names_ticket_and_comment(comment_id: object) -> None:
    activity = choose(Inputs(publish=True), dispatched({"ticket": "PAY-17", "comment_id": comment_id}))
    order = Order(ticket="PAY-17", comment_id="10042")
    assert activity == Activity(mode=Mode.COMMAND, tickets=("PAY-17",), publish=True, order=order)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"ticket": "PAY-17"},
        {"ticket": "PAY-17", "comment_id": "../1"},
        {"ticket": "PAY-17", "comment_id": True},
        {"ticket": "PAY-17", "comment_id": 0},
        {"ticket": "alice/other#1", "comment_id": 1},
        {"ticket": "/etc/passwd.md", "comment_id": 1},
        {"ticket": ["PAY-17"], "comment_id": 1},
    ],
)
def test_a_dispatch_that_names_no_comment_of_jira_is_refused(payload: Payload) -> None:
    with pytest.raises(ConfigError, match="client_payload"):
        choose(Inputs(), dispatched(payload))


@pytest.mark.parametrize("mode", [Mode.COMMAND, Mode.ACKNOWLEDGE])
def test_the_mode_needs_a_comment(mode: Mode) -> None:
    with pytest.raises(ConfigError, match="needs a comment"):
        choose(Inputs(mode=mode), Event(name="schedule", payload={}, repository="alice/demo"))
