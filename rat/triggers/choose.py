"""From an event and the Action's inputs to what is to be done: for which ticket, whether to write, or why nothing.

Pure: nothing is fetched or read here. Payloads are GitHub's webhooks
(https://docs.github.com/en/webhooks/webhook-events-and-payloads), written by whoever caused the event: what is not
of the expected form counts as absent, and nothing of it but names of strict forms leaves this module.
"""

import re
from dataclasses import replace

from rat.errors import ConfigError
from rat.triggers.activity import Activity, Event, Inputs, Mode
from rat.triggers.comments import ordered, step
from rat.triggers.payload import at, by_a_bot, labels_of, number_at, text_at, word

ISSUE_ACTIONS = ("opened", "edited", "labeled", "reopened")
PULL_REQUEST_ACTIONS = ("opened", "synchronize", "reopened", "edited", "ready_for_review", "labeled")
DISPATCH_KEY = re.compile(r"[A-Z][A-Z0-9_]+-[1-9]\d{0,9}|#?[1-9]\d{0,9}")
"""What a `repository_dispatch` may name: a Jira key, or a number of the own repository. Never a path or an address."""


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
    found = ordered(inputs, event)
    if found is not None:
        return step(inputs, found)
    if event.name == "issues" and not inputs.tickets and not inputs.jql:
        return _issue(inputs, event)
    return _sweep(inputs, event)


def _asked(inputs: Inputs, event: Event) -> Activity:
    number = number_at(event.payload, "issue", "number")
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
    reason = by_a_bot(event) or _idle_issue(inputs, event)
    number = number_at(event.payload, "issue", "number")
    if reason or not number:
        return Activity(reason=reason or "the event names no issue")
    return Activity(mode=_does(inputs), tickets=(f"{event.repository}#{number}",), publish=inputs.publish)


def _idle_issue(inputs: Inputs, event: Event) -> str:
    """Why this issue event asks for nothing; empty if it asks for something."""
    action, payload = text_at(event.payload, "action"), event.payload
    if action not in ISSUE_ACTIONS:
        return f"an issue that is {word(action)} asks for nothing"
    if text_at(payload, "issue", "state") == "closed":
        return "the issue is closed"
    if inputs.label and action == "labeled" and text_at(payload, "label", "name") != inputs.label:
        return "the label that was added is not the one that asks for refinement"
    if inputs.label and inputs.label not in labels_of(payload, "issue"):
        return "the issue does not have the label that asks for refinement"
    if action == "edited" and not (at(payload, "changes", "title") or at(payload, "changes", "body")):
        return "neither title nor body was edited"
    return ""


def _pull_request(inputs: Inputs, event: Event) -> Activity:
    payload = event.payload
    number, action = number_at(payload, "pull_request", "number"), text_at(payload, "action")
    if inputs.mode in (Mode.REFINE, Mode.SELECT):
        activity = _sweep(inputs, event)
    elif reason := by_a_bot(event):
        return Activity(reason=reason)
    elif action not in PULL_REQUEST_ACTIONS or not number:
        return Activity(reason=f"a pull request that is {word(action)} asks for nothing")
    else:
        mode = Mode.PUBLISH if inputs.mode is Mode.PUBLISH else Mode.IMPACT
        activity = Activity(mode=mode, pull_request=number, publish=inputs.publish)
    return _on_foreign_code(activity, inputs, event)


def _on_foreign_code(activity: Activity, inputs: Inputs, event: Event) -> Activity:
    """*activity* as far as it may go for a pull request from a fork.

    `pull_request` gives forks a read-only token and no secrets: everything is done but the writing.
    `pull_request_target` gives them both, so a maintainer must have set the label first.
    """
    head, base = (text_at(event.payload, "pull_request", side, "repo", "full_name") for side in ("head", "base"))
    if head == base and base:
        return activity
    if event.name == "pull_request_target":
        if inputs.label and inputs.label in labels_of(event.payload, "pull_request"):
            return replace(activity, from_fork=True)
        return Activity(reason="a pull request from a fork needs the label that the input `label` names")
    if activity.mode is Mode.PUBLISH:
        return Activity(reason="a pull request from a fork gets a read-only token; its result is in the job summary")
    reason = "a pull request from a fork gets a read-only token" if activity.publish else activity.reason
    return replace(activity, publish=False, from_fork=True, reason=reason)


def _sweep(inputs: Inputs, event: Event) -> Activity:
    """What is asked for by name, by label or by query; by the payload of a dispatch; or by the configuration."""
    tickets = inputs.tickets
    if not tickets and event.name == "repository_dispatch":
        tickets = _dispatched(event)
    if not tickets and event.name == "workflow_dispatch":
        tickets = tuple(text_at(event.payload, "inputs", "ticket").split())
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
    key = text_at(event.payload, "client_payload", "key")
    if not key:
        return ()
    if not DISPATCH_KEY.fullmatch(key):
        raise ConfigError("`client_payload.key` must be a Jira key (`PAY-17`) or an issue's number (`12`).")
    return (key if "-" in key else f"{event.repository}#{key.removeprefix('#')}",)


def _does(inputs: Inputs) -> Mode:
    return Mode.REFINE if inputs.mode is Mode.AUTO else inputs.mode
