"""Closes a ticket that RAT made below another, as not planned: trackers let few people delete."""

from functools import partial

from rat.errors import Ambiguous, TrackerError
from rat.model import Ticket
from rat.publishing.editing import Editing
from rat.publishing.journal import Entry, journaled
from rat.publishing.outcome import Action

PURPOSE = "tasks"
OPERATION = "close_child"


def close(work: Editing, child: Ticket) -> None:
    """Close *child*, see that it is closed, and journal it; a lost answer is settled by looking.

    Raises TrackerError, FieldRefused where the workflow has no such step.
    """
    entry = Entry(step="intent", ticket=work.ref.key, purpose=PURPOSE, operation=OPERATION, target=child.key)
    ended = journaled(entry, partial(_closed, child, work), work.desk.journal, done=Action.UNDONE)
    if ended.action is not Action.UNDONE:
        raise Ambiguous(f"{child.key}: {ended.reason}")


def _closed(child: Ticket, work: Editing) -> None:
    try:
        work.tracker.close_child(child.ref)
    except Ambiguous:
        if work.tracker.fetch(child.ref, comments=False).state == "open":
            work.tracker.close_child(child.ref)
    if work.tracker.fetch(child.ref, comments=False).state == "open":
        raise TrackerError(f"{child.key} is still open (the tracker answered that all was well). Close it by hand.")
