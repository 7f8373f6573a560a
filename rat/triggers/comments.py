"""From an event to the comment with a `/rat` command that it names, as far as the event alone says."""

import re

from rat.errors import ConfigError
from rat.model.command import Order, read_command
from rat.triggers.activity import Activity, Event, Inputs, Mode
from rat.triggers.payload import at, by_a_bot, number_at, text_at

COMMAND_DISPATCH = "rat-command"
"""The type of the `repository_dispatch` by which a Jira automation rule tells of a comment with a command."""


def ordered(inputs: Inputs, event: Event) -> Order | str | None:
    """The comment that *event* is about, or why it asks for nothing; None if it is about none. Raises ConfigError."""
    if event.name == "issue_comment" and not inputs.tickets:
        return _why_not(event) or _commented(event)
    if event.name == "repository_dispatch" and text_at(event.payload, "action") == COMMAND_DISPATCH:
        return _commented_in_jira(event)
    if inputs.mode in (Mode.COMMAND, Mode.ACKNOWLEDGE):
        raise ConfigError(
            f"The mode `{inputs.mode}` needs a comment: run it on `issue_comment`, type `created`, or on a "
            f"`repository_dispatch` of the type `{COMMAND_DISPATCH}`."
        )
    return None


def step(inputs: Inputs, found: Order | str) -> Activity:
    """The step of carrying out a command that the mode asks for; nothing, for the reason *found*."""
    if isinstance(found, str):
        return Activity(reason=found)
    mode = Mode.COMMAND if inputs.mode is Mode.AUTO else inputs.mode
    return Activity(mode=mode, tickets=(found.ticket,), publish=inputs.publish, order=found)


def _commented(event: Event) -> Order | str:
    """The comment of an `issue_comment` event; why it cannot be told where it cannot.

    https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment
    """
    payload, author = event.payload, text_at(event.payload, "comment", "user", "login")
    issue, comment_id = number_at(payload, "issue", "number"), number_at(payload, "comment", "id")
    if not issue or not comment_id or not author or author != text_at(payload, "sender", "login"):
        return "the event does not say which comment was made, and by whom"
    said = text_at(payload, "comment", "body")
    return Order(ticket=f"{event.repository}#{issue}", comment_id=str(comment_id), author=author, text=said)


def _why_not(event: Event) -> str:
    """Why a comment asks for nothing, as far as the event alone says; empty if it may be a command."""
    payload = event.payload
    if reason := by_a_bot(event) or _by_a_program(event):
        return reason
    if text_at(payload, "action") != "created" or read_command(text_at(payload, "comment", "body")) is None:
        return "the comment is no new `/rat` command"
    if at(payload, "issue", "pull_request"):
        return "a pull request is no ticket: `rat impact` says which tickets it touches"
    if text_at(payload, "issue", "state") != "open":
        return "the issue is not open"
    return "the conversation is locked" if at(payload, "issue", "locked") else ""


def _commented_in_jira(event: Event) -> Order:
    """The comment that a Jira automation rule names. Raises ConfigError where it names none."""
    ticket = text_at(event.payload, "client_payload", "ticket")
    given = at(event.payload, "client_payload", "comment_id")
    comment_id = str(given) if isinstance(given, str | int) else ""
    if not re.fullmatch(r"[A-Z][A-Z0-9_]+-[1-9]\d{0,9}", ticket) or not re.fullmatch(r"[1-9]\d{0,18}", comment_id):
        raise ConfigError(
            "A `rat-command` dispatch must give `client_payload.ticket` (a Jira key such as PAY-17) and "
            "`client_payload.comment_id` (a number)."
        )
    return Order(ticket=ticket, comment_id=comment_id)


def _by_a_program(event: Event) -> str:
    """Comments of Apps on behalf of a person count as the App's."""
    is_bot = text_at(event.payload, "comment", "user", "type") == "Bot"
    is_app = at(event.payload, "comment", "performed_via_github_app") is not None
    return "the comment was written by a program" if is_bot or is_app else ""
