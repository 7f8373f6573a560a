"""Who may read what: nothing that fewer people may read than a ticket reaches what RAT writes there."""

from collections.abc import Iterable
from dataclasses import replace

from rat.model.refinement import Refinement
from rat.model.settings import Audience
from rat.model.ticket import Comment, Ticket, TrackerKind

STAFF = "staff"
"""Who reads the internal comments of a service desk; what RAT writes there is internal too."""


def for_readers(refinement: Refinement, audience: Audience) -> Refinement:
    """*refinement* with a ticket that all of its readers may read; a note says how many comments were left out.

    Internal comments of a service desk stay for an internal audience. For a public one the titles of linked items of
    Jira go as well, for Jira does not say who may read those.
    """
    ticket = refinement.ticket
    kept = tuple(comment for comment in ticket.comments if _is_for(comment, audience))
    links = ticket.links
    if audience is Audience.PUBLIC and ticket.ref.tracker is TrackerKind.JIRA:
        links = tuple(replace(link, title="") for link in links)
    left_out = len(ticket.comments) - len(kept)
    if not left_out and links == ticket.links:
        return refinement
    note = f"comments that not every reader of the ticket may read were left out: {left_out}"
    notes = (*refinement.notes, note) if left_out else refinement.notes
    return replace(refinement, ticket=replace(ticket, comments=kept, links=links), notes=notes)


def readable_beside(ticket: Ticket, others: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Those of *others* that the readers of *ticket* may read: without a security level, or with the same one."""
    return tuple(other for other in others if other.restricted_to in ("", ticket.restricted_to))


def may_be_repeated(comment: Comment) -> bool:
    """Whether all who read what RAT writes on the ticket may read *comment* too."""
    return comment.restricted_to in ("", STAFF)


def _is_for(comment: Comment, audience: Audience) -> bool:
    """RAT's own comments stay: their markers say what was done before, and their words go into no prompt."""
    return (
        not comment.restricted_to
        or bool(comment.marker)
        or (comment.restricted_to == STAFF and audience is Audience.INTERNAL)
    )
