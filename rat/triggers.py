"""From an event and the Action's inputs to what is to be done: for which ticket, whether to write, or why nothing.

Pure: nothing is fetched or read here. Payloads are GitHub's webhooks
(https://docs.github.com/en/webhooks/webhook-events-and-payloads), written by whoever caused the event: what is not
of the expected form counts as absent, and nothing of it but names of strict forms leaves this module.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rat.errors import ConfigError
from rat.model.command import Order, read_command


class Mode(StrEnum):
    """What the input `mode` asks for; `auto` lets the event decide."""

    AUTO = "auto"
    REFINE = "refine"
    SELECT = "select"
    PUBLISH = "publish"
    IMPACT = "impact"
    COMMAND = "command"
    ACKNOWLEDGE = "acknowledge"
    UNDO = "undo"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """The Action's inputs that decide what is done. *tickets* are names as a person writes them."""

    mode: Mode = Mode.AUTO
    tickets: tuple[str, ...] = ()
    label: str = ""
    jql: str = ""
    publish: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What started the run: *name* as in `on:`, *payload* as GitHub sent it, *repository* `owner/repo`."""

    name: str
    payload: Mapping[str, object]
    repository: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """What to do. *mode* None means nothing, for the *reason*.

    *tickets*, *label* and *jql* say which; none of them means those that the configuration's projects name.
    *pull_request* is a number, 0 for none; *from_fork* says that strangers wrote its code. Where *publish* was asked
    for and is refused, *reason* says why. *order* is the comment with a command, of which *mode* is one step: `select`
    decides, `acknowledge` says that it was seen, `refine` and `publish` carry `/rat refine` out in two jobs, `command`
    does all of it.
    """

    mode: Mode | None = None
    tickets: tuple[str, ...] = ()
    label: str = ""
    jql: str = ""
    pull_request: int = 0
    publish: bool = False
    from_fork: bool = False
    reason: str = ""
    order: Order | None = None


ISSUE_ACTIONS = ("opened", "edited", "labeled", "reopened")
PULL_REQUEST_ACTIONS = ("opened", "synchronize", "reopened", "edited", "ready_for_review", "labeled")
DISPATCH_KEY = re.compile(r"[A-Z][A-Z0-9_]+-[1-9]\d{0,9}|#?[1-9]\d{0,9}")
"""What a `repository_dispatch` may name: a Jira key, or a number of the own repository. Never a path or an address."""

COMMAND_DISPATCH = "rat-command"
"""The type of the `repository_dispatch` by which a Jira automation rule tells of a comment with a command."""


def choose(inputs: Inputs, event: Event) -> Activity:
    """What *event* and *inputs* ask for together. Raises ConfigError where a mode does not fit the event."""
    if any(ticket.startswith("-") for ticket in inputs.tickets):
        raise ConfigError("The input `ticket` must name tickets, and options or standard input are none.")
    if inputs.mode in (Mode.UNDO, Mode.REPORT):
        return _asked(inputs, event)
    if event.name in ("pull_request", "pull_request_target"):
        return _pull_request(inputs, event)
    if inputs.mode is Mode.IMPACT:
        return _impact_by_hand(inputs)
    found = _ordered(inputs, event)
    if found is not None:
        return _step(inputs, found)
    if event.name == "issues" and not inputs.tickets and not inputs.jql:
        return _issue(inputs, event)
    return _sweep(inputs, event)


def _asked(inputs: Inputs, event: Event) -> Activity:
    number = _number(event.payload, "issue", "number")
    tickets = inputs.tickets or ((f"{event.repository}#{number}",) if number else ())
    return Activity(mode=inputs.mode, tickets=tickets, publish=inputs.publish)


def _impact_by_hand(inputs: Inputs) -> Activity:
    number = inputs.tickets[0].rpartition("#")[2] if len(inputs.tickets) == 1 else ""
    if not re.fullmatch(r"[1-9]\d{0,9}", number):
        raise ConfigError(
            "The mode `impact` needs one pull request: run it on a `pull_request` event or give its number as `ticket`."
        )
    return Activity(mode=Mode.IMPACT, pull_request=int(number), publish=inputs.publish)


def _issue(inputs: Inputs, event: Event) -> Activity:
    reason = _by_a_bot(event) or _idle_issue(inputs, event)
    number = _number(event.payload, "issue", "number")
    if reason or not number:
        return Activity(reason=reason or "the event names no issue")
    return Activity(mode=_does(inputs), tickets=(f"{event.repository}#{number}",), publish=inputs.publish)


def _idle_issue(inputs: Inputs, event: Event) -> str:
    """Why this issue event asks for nothing; empty if it asks for something."""
    action, payload = _text(event.payload, "action"), event.payload
    if action not in ISSUE_ACTIONS:
        return f"an issue that is {_word(action)} asks for nothing"
    if _text(payload, "issue", "state") == "closed":
        return "the issue is closed"
    if inputs.label and action == "labeled" and _text(payload, "label", "name") != inputs.label:
        return "the label that was added is not the one that asks for refinement"
    if inputs.label and inputs.label not in _labels(payload, "issue"):
        return "the issue does not have the label that asks for refinement"
    if action == "edited" and not (_at(payload, "changes", "title") or _at(payload, "changes", "body")):
        return "neither title nor body was edited"
    return ""


def _pull_request(inputs: Inputs, event: Event) -> Activity:
    payload = event.payload
    number, action = _number(payload, "pull_request", "number"), _text(payload, "action")
    if inputs.mode in (Mode.REFINE, Mode.SELECT):
        activity = _sweep(inputs, event)
    elif reason := _by_a_bot(event):
        return Activity(reason=reason)
    elif action not in PULL_REQUEST_ACTIONS or not number:
        return Activity(reason=f"a pull request that is {_word(action)} asks for nothing")
    else:
        mode = Mode.PUBLISH if inputs.mode is Mode.PUBLISH else Mode.IMPACT
        activity = Activity(mode=mode, pull_request=number, publish=inputs.publish)
    return _on_foreign_code(activity, inputs, event)


def _on_foreign_code(activity: Activity, inputs: Inputs, event: Event) -> Activity:
    """*activity* as far as it may go for a pull request from a fork.

    `pull_request` gives forks a read-only token and no secrets: everything is done but the writing.
    `pull_request_target` gives them both, so a maintainer must have set the label first.
    """
    head, base = (_text(event.payload, "pull_request", side, "repo", "full_name") for side in ("head", "base"))
    if head == base and base:
        return activity
    if event.name == "pull_request_target":
        if inputs.label and inputs.label in _labels(event.payload, "pull_request"):
            return replace(activity, from_fork=True)
        return Activity(reason="a pull request from a fork needs the label that the input `label` names")
    if activity.mode is Mode.PUBLISH:
        return Activity(reason="a pull request from a fork gets a read-only token; its result is in the job summary")
    reason = "a pull request from a fork gets a read-only token" if activity.publish else activity.reason
    return replace(activity, publish=False, from_fork=True, reason=reason)


def _ordered(inputs: Inputs, event: Event) -> Order | str | None:
    """The comment that *event* is about, or why it asks for nothing; None if it is about none. Raises ConfigError."""
    if event.name == "issue_comment" and not inputs.tickets:
        return _why_not(event) or _commented(event)
    if event.name == "repository_dispatch" and _text(event.payload, "action") == COMMAND_DISPATCH:
        return _commented_in_jira(event)
    if inputs.mode in (Mode.COMMAND, Mode.ACKNOWLEDGE):
        raise ConfigError(
            f"The mode `{inputs.mode}` needs a comment: run it on `issue_comment`, type `created`, or on a "
            f"`repository_dispatch` of the type `{COMMAND_DISPATCH}`."
        )
    return None


def _step(inputs: Inputs, found: Order | str) -> Activity:
    """The step of carrying out a command that the mode asks for; nothing, for the reason *found*."""
    if isinstance(found, str):
        return Activity(reason=found)
    mode = Mode.COMMAND if inputs.mode is Mode.AUTO else inputs.mode
    return Activity(mode=mode, tickets=(found.ticket,), publish=inputs.publish, order=found)


def _commented(event: Event) -> Order | str:
    """The comment of an `issue_comment` event; why it cannot be told where it cannot.

    https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment
    """
    payload, author = event.payload, _text(event.payload, "comment", "user", "login")
    number, comment_id = _number(payload, "issue", "number"), _number(payload, "comment", "id")
    if not number or not comment_id or not author or author != _text(payload, "sender", "login"):
        return "the event does not say which comment was made, and by whom"
    text = _text(payload, "comment", "body")
    return Order(ticket=f"{event.repository}#{number}", comment_id=str(comment_id), author=author, text=text)


def _why_not(event: Event) -> str:
    """Why a comment asks for nothing, as far as the event alone says; empty if it may be a command."""
    payload = event.payload
    if reason := _by_a_bot(event) or _by_a_program(event):
        return reason
    if _text(payload, "action") != "created" or read_command(_text(payload, "comment", "body")) is None:
        return "the comment is no new `/rat` command"
    if _at(payload, "issue", "pull_request"):
        return "a pull request is no ticket: `rat impact` says which tickets it touches"
    if _text(payload, "issue", "state") != "open":
        return "the issue is not open"
    return "the conversation is locked" if _at(payload, "issue", "locked") else ""


def _commented_in_jira(event: Event) -> Order:
    """The comment that a Jira automation rule names. Raises ConfigError where it names none."""
    ticket = _text(event.payload, "client_payload", "ticket")
    given = _at(event.payload, "client_payload", "comment_id")
    comment_id = str(given) if isinstance(given, str | int) else ""
    if not re.fullmatch(r"[A-Z][A-Z0-9_]+-[1-9]\d{0,9}", ticket) or not re.fullmatch(r"[1-9]\d{0,18}", comment_id):
        raise ConfigError(
            "A `rat-command` dispatch must give `client_payload.ticket` (a Jira key such as PAY-17) and "
            "`client_payload.comment_id` (a number)."
        )
    return Order(ticket=ticket, comment_id=comment_id)


def _sweep(inputs: Inputs, event: Event) -> Activity:
    """What is asked for by name, by label or by query; by the payload of a dispatch; or by the configuration."""
    tickets = inputs.tickets
    if not tickets and event.name == "repository_dispatch":
        tickets = _dispatched(event)
    if not tickets and event.name == "workflow_dispatch":
        tickets = tuple(_text(event.payload, "inputs", "ticket").split())
    if any(ticket.startswith("-") for ticket in tickets):
        raise ConfigError("The dispatch must name tickets, and options or standard input are none.")
    by_name = bool(tickets)
    return Activity(
        mode=_does(inputs),
        tickets=tickets,
        label="" if by_name else inputs.label,
        jql="" if by_name else inputs.jql,
        publish=inputs.publish,
    )


def _dispatched(event: Event) -> tuple[str, ...]:
    key = _text(event.payload, "client_payload", "key")
    if not key:
        return ()
    if not DISPATCH_KEY.fullmatch(key):
        raise ConfigError("`client_payload.key` must be a Jira key (`PAY-17`) or an issue's number (`12`).")
    return (key if "-" in key else f"{event.repository}#{key.removeprefix('#')}",)


def _does(inputs: Inputs) -> Mode:
    return Mode.REFINE if inputs.mode is Mode.AUTO else inputs.mode


def _by_a_bot(event: Event) -> str:
    """RAT's own writes, and those of other programs, must not start it again."""
    sender = _text(event.payload, "sender", "login")
    is_bot = _text(event.payload, "sender", "type") == "Bot" or sender.endswith("[bot]")
    return "the event was caused by a bot" if is_bot else ""


def _by_a_program(event: Event) -> str:
    """Comments of Apps on behalf of a person count as the App's."""
    is_bot = _text(event.payload, "comment", "user", "type") == "Bot"
    is_app = _at(event.payload, "comment", "performed_via_github_app") is not None
    return "the comment was written by a program" if is_bot or is_app else ""


def _at(payload: object, *path: str) -> object:
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload


def _text(payload: object, *path: str) -> str:
    value = _at(payload, *path)
    return value if isinstance(value, str) else ""


def _number(payload: object, *path: str) -> int:
    value = _at(payload, *path)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _labels(payload: object, thing: str) -> tuple[str, ...]:
    labels = _at(payload, thing, "labels")
    return tuple(_text(label, "name") for label in labels) if isinstance(labels, list | tuple) else ()


def _word(action: str) -> str:
    """An action of the platform is one lower-case word; anything else is not repeated."""
    return action if re.fullmatch(r"[a-z_]{1,40}", action) else "in an unknown state"
