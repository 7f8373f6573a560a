"""Whether a comment's command is to be carried out. Everything is read live: an event is only a hint where to look."""

import re
from dataclasses import dataclass
from functools import partial

from rat.errors import NotATicket, TicketNotFound
from rat.model import Comment, Ticket, TicketRef
from rat.model.command import Command, Order, read_command
from rat.model.readership import may_be_repeated
from rat.ports import Commanded, Tracker
from rat.publishing.react import ENDED, Reaction
from rat.publishing.small_print import OPT_OUT_LABEL

_ISSUE_COMMENT = re.compile(r"/(?:issues|pull)/(\d+)#issuecomment-")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """What is to be done about one comment: *command*, as *by* gave it on *ticket*; nothing, for the *reason*.

    *called* is how people know the author: in Jira *by* is an account id. *was_seen*: an earlier run took the command
    and did not say how it ended.
    """

    ref: TicketRef
    comment_id: str
    by: str = ""
    called: str = ""
    command: Command | None = None
    ticket: Ticket | None = None
    was_seen: bool = False
    reason: str = ""


def rule(order: Order, ref: TicketRef, *, tracker: Tracker, people: Commanded) -> Ruling:
    """The ruling on *order*, a comment on *ref*. Raises TrackerError where the tracker does not say what is needed.

    Only people who may write right now count; others, bots and edited comments get nothing, not even an answer.
    """
    nothing = partial(Ruling, ref=ref, comment_id=order.comment_id)
    try:
        comment = tracker.comment(ref, order.comment_id)
        if reason := _not_as_told(comment, order, ref) or _not_by_a_writer(comment, ref, people):
            return nothing(reason=reason)
        ticket = tracker.fetch(ref, comments=False)
    except NotATicket:
        return nothing(reason="a pull request is no ticket: `rat impact` says which tickets it touches")
    except TicketNotFound:
        return nothing(reason="the comment or its ticket is not there any more")
    given = people.reactions(ref, order.comment_id)
    if reason := _closed_to_commands(ticket) or ("this command was carried out before" if given & ENDED else ""):
        return nothing(reason=reason)
    return Ruling(
        ref=ref,
        comment_id=order.comment_id,
        by=comment.author,
        called=comment.author_name or comment.author,
        command=read_command(comment.body),
        ticket=ticket,
        was_seen=Reaction.SEEN in given,
    )


def _not_by_a_writer(comment: Comment, ref: TicketRef, people: Commanded) -> str:
    if people.may_write(ref, comment.author):
        return ""
    return f"{comment.author} may not write there, so the command does not count"


def _not_as_told(comment: Comment, order: Order, ref: TicketRef) -> str:
    """Why the comment as it stands is not the one that the event told of, or no command of a person."""
    told = None if order.text is None else order.text.replace("\r\n", "\n").replace("\r", "\n")
    was_edited = comment.updated_at != comment.created_at if told is None else told != comment.body
    reasons = (
        (comment.is_bot or bool(comment.marker), "the comment was written by a program"),
        (not may_be_repeated(comment), "not everybody who reads the ticket may read the comment"),
        (not _is_on(comment, ref), "the comment is on another ticket"),
        (
            order.author.lower() not in ("", comment.author.lower()),
            "the comment is by somebody else than the event says",
        ),
        (was_edited, "the comment was edited; a command counts as it was first written"),
        (read_command(comment.body) is None, "the comment is no `/rat` command"),
    )
    return next((reason for stands, reason in reasons if stands), "")


def _is_on(comment: Comment, ref: TicketRef) -> bool:
    """Whether *comment* is on *ref*: GitHub gives any comment of a repository by its number alone."""
    found = _ISSUE_COMMENT.search(comment.url)
    return found is None or found[1] == ref.key.rpartition("#")[2]


def _closed_to_commands(ticket: Ticket) -> str:
    if ticket.state != "open":
        return f"the ticket is {ticket.state}"
    if ticket.locked:
        return "the conversation is locked"
    return f"the label {OPT_OUT_LABEL} asks RAT to stay away" if OPT_OUT_LABEL in ticket.labels else ""
