"""Takes back the tickets that RAT made of tasks, and what RAT said of which waits for which.

The links go first: a run that dies in between finds the tickets open still, and goes on. What somebody touched stays.
"""

from collections.abc import Iterator
from functools import partial

from rat.errors import FieldRefused, TicketNotFound
from rat.model import Ticket
from rat.publishing.blocking import is_said, said_by_rat, unblock
from rat.publishing.closing import OPERATION, PURPOSE, close
from rat.publishing.conflict import at_most_twice
from rat.publishing.editing import Editing
from rat.publishing.journal import Entry
from rat.publishing.outcome import Action, Call, Outcome
from rat.publishing.steps import every_own_child, is_as_made, names, own_children, waits_for


def undo_tasks(work: Editing, last: Entry | None) -> Outcome | None:
    """What became of closing the tickets that RAT made below this one, as not planned; touched ones stay."""
    try:
        every = [pair for pair in every_own_child(work) if pair[0].state == "open"]
    except TicketNotFound:  # an older GitHub Enterprise Server has no sub-issues at all
        if last is not None:
            raise
        return None
    if not every:
        return None if last is None else _ended(work, Action.REFUSED, "none of the tickets is open any more")
    free = [child for child, marker in every if is_as_made(child, marker, work)]
    touched = [child for child, _ in every if child not in free]
    notes = (f"somebody worked on {names(touched)} since; left alone",) if touched else ()
    if not free:
        return _ended(work, Action.REFUSED, "somebody worked on each of them since", *notes)
    if work.desk.dry_run:
        call = Call(tracker=work.ref.tracker.value, operation=OPERATION, target=names(free), body="")
        return Outcome(
            ticket=work.ref.key, purpose=PURPOSE, action=Action.PLANNED, reason="dry run", notes=notes, call=call
        )
    left = tuple(_freed(work, free))
    for child in free:
        at_most_twice(partial(close, work, child))
    return _ended(work, Action.UNDONE, f"closed {names(free)}", *notes, *left)


def _freed(work: Editing, free: list[Ticket]) -> Iterator[str]:
    """Take back each link of RAT's at a ticket that is to be closed; gives a note for each of somebody else."""
    keys = {child.key for child in free}
    for waiting, first in waits_for(own_children(work)):
        if not keys & {waiting.key, first.key}:
            continue
        try:
            if said_by_rat(work, waiting, first):
                at_most_twice(partial(unblock, work, waiting, first))
            elif is_said(work, waiting, first):
                yield f"that {waiting.key} waits for {first.key} was said by somebody else; left alone"
        except (FieldRefused, TicketNotFound):  # the tracker has no place for it, so there is none
            continue


def _ended(work: Editing, action: Action, reason: str, *notes: str) -> Outcome:
    return Outcome(ticket=work.ref.key, purpose=PURPOSE, action=action, reason=reason, notes=notes)
