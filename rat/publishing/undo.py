"""Takes RAT's last write on a ticket back, as long as nobody has touched it since."""

from collections.abc import Callable
from dataclasses import replace

from rat.errors import ConfigError, FieldRefused, RatError, TicketNotFound
from rat.model import TicketRef
from rat.publishing.editing import Editing, edit
from rat.publishing.journal import Entry
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.undo_applied import undo_field, undo_labels, undo_region, undo_tasks
from rat.publishing.undo_comment import standing_comment, undo_comment

APPLIED: dict[str, Callable[[Editing, Entry | None], Outcome | None]] = {
    "tasks": undo_tasks,
    "region": undo_region,
    "field": undo_field,
    "labels": undo_labels,
}
"""What an approval writes, the last that is written first: the order in which a run without a journal looks."""

COMMENTS = ("refinement", "impact")


def undo(ref: TicketRef, desk: Desk, *, purpose: str = "") -> Outcome:
    """Put back what RAT's last write on *ref* replaced, byte for byte; asked again, the write before that.

    *purpose* is refinement, impact, region, field, labels or tasks; empty for the newest of them. A run whose journal
    knows of none looks at the ticket itself. Says why not where there is nothing, a person edited it since, or it is
    gone.
    """
    if purpose not in ("", *COMMENTS, *APPLIED):
        raise ConfigError(f"{purpose[:40]} cannot be undone. There are: {', '.join((*COMMENTS, *APPLIED))}.")
    if not desk.policy.permits(ref):
        return _ended(ref, purpose, Action.REFUSED, "this run may not write there")
    try:
        with desk.journal.held():
            last = last_write(desk.journal.entries(), ref, purpose)
            done = _known(ref, last, desk) if last else _found(ref, purpose, desk)
            return done or _ended(ref, purpose, Action.SILENT, "there is nothing of RAT's to undo there")
    except TicketNotFound:
        return _ended(ref, purpose, Action.REFUSED, "the comment is not there any more; nothing can be put back")
    except FieldRefused as error:
        return _ended(ref, purpose, Action.REFUSED, str(error))
    except RatError as error:
        return replace(_ended(ref, purpose, Action.FAILED, str(error)), exit_code=error.exit_code)


def last_write(entries: tuple[Entry, ...], ref: TicketRef, purpose: str = "") -> Entry | None:
    """The newest write on *ref* that stands: each undoing takes the one before it off the pile."""
    wanted = (purpose,) if purpose else (*COMMENTS, *APPLIED)
    standing: list[Entry] = []
    for entry in entries:
        if (entry.ticket, entry.step) != (ref.key, "outcome") or entry.purpose not in wanted:
            continue
        if entry.action in (Action.CREATED, Action.UPDATED):
            standing.append(entry)
        elif entry.action == Action.UNDONE:
            same = [one for one in standing if (one.purpose, one.target) == (entry.purpose, entry.target)]
            standing = [one for one in standing if not same or one is not same[-1]]
    return standing[-1] if standing else None


def _known(ref: TicketRef, last: Entry, desk: Desk) -> Outcome | None:
    """Take back the write that the journal knows."""
    if last.purpose in COMMENTS:
        return undo_comment(ref, last, desk)
    return APPLIED[last.purpose](edit(ref, desk), last)


def _found(ref: TicketRef, purpose: str, desk: Desk) -> Outcome | None:
    """Take back what is found on the ticket itself; what its comment said before is known to the journal alone."""
    work = edit(ref, desk)
    for name, take_back in APPLIED.items():
        if purpose in ("", name) and (done := take_back(work, None)) is not None:
            return done
    last = standing_comment(ref, desk) if purpose in ("", "refinement") else None
    return undo_comment(ref, last, desk) if last else None


def _ended(ref: TicketRef, purpose: str, action: Action, reason: str = "") -> Outcome:
    return Outcome(ticket=ref.key, purpose=purpose or "undo", action=action, reason=reason)
