"""Which of the tickets that RAT made of tasks waits for which: said once, and taken back only where RAT said it."""

from functools import partial

from rat.errors import Ambiguous
from rat.model import Ticket
from rat.publishing.editing import Editing
from rat.publishing.journal import Entry, journaled
from rat.publishing.outcome import Action
from rat.publishing.send import put

PURPOSE = "blocking"


def block(work: Editing, waiting: Ticket, first: Ticket) -> None:
    """Say that *waiting* waits for *first*; said before, by whomever, is no write and none of RAT's.

    Raises FieldRefused, TicketNotFound where the tracker has no place for it, TrackerError.
    """
    if not is_said(work, waiting, first):
        _write(work, waiting, first, done=Action.CREATED)


def unblock(work: Editing, waiting: Ticket, first: Ticket) -> None:
    """Take back that *waiting* waits for *first*; said by nobody is no write. Raises as above."""
    if is_said(work, waiting, first):
        _write(work, waiting, first, done=Action.UNDONE)


def is_said(work: Editing, waiting: Ticket, first: Ticket) -> bool:
    """Whether the tracker says now that *waiting* waits for *first*. Raises as above."""
    return first.key in work.tracker.blockers(waiting.ref)


def said_by_rat(work: Editing, waiting: Ticket, first: Ticket) -> bool:
    """Whether it was RAT that said so, as far as the journal knows; one that did not see *waiting* made knows nothing.

    What was taken back and is said again was said by a person.
    """
    entries = [one for one in _entries(work) if (one.purpose, one.target) == (PURPOSE, waiting.key)]
    said = [one for one in entries if first.key in (one.text, one.replaced)]
    if said:
        return said[-1].action != Action.UNDONE
    return not any((one.operation, one.target) == ("create_child", waiting.key) for one in _entries(work))


def _write(work: Editing, waiting: Ticket, first: Ticket, *, done: Action) -> None:
    if done is Action.CREATED:
        before, after, operation, write = "", first.key, "add_blocker", work.tracker.add_blocker
    else:
        before, after, operation, write = first.key, "", "remove_blocker", work.tracker.remove_blocker
    entry = Entry(
        step="intent",
        ticket=work.ref.key,
        purpose=PURPOSE,
        operation=operation,
        target=waiting.key,
        text=after,
        replaced=before,
        by=work.by,
    )
    send = partial(
        put,
        partial(write, waiting.ref, by=first.ref),
        look=lambda: first.key if is_said(work, waiting, first) else "",
        same=str.__eq__,
        before=before,
        after=after,
        what=f"What {waiting.key} waits for",
    )
    ended = journaled(entry, send, work.desk.journal, done=done)
    if ended.action is not done:
        raise Ambiguous(f"Whether {waiting.key} waits for {first.key}: {ended.reason}")


def _entries(work: Editing) -> tuple[Entry, ...]:
    """What the journal knows of the ticket."""
    return tuple(one for one in work.desk.journal.entries() if one.ticket == work.ref.key)
