"""Takes RAT's last write on a ticket back, as long as nobody has touched it since."""

from collections.abc import Callable
from dataclasses import replace

from rat.errors import ConfigError, FieldRefused, RatError, TicketNotFound
from rat.model import TicketRef
from rat.publishing.conflict import at_most_twice
from rat.publishing.editing import Editing, edit
from rat.publishing.journal import Entry
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.settle import settle
from rat.publishing.undo_applied import undo_field, undo_labels, undo_link, undo_region
from rat.publishing.undo_comment import standing_comment, undo_comment
from rat.publishing.undo_tasks import undo_tasks

LINK = "link"
APPLIED: dict[str, Callable[[Editing, Entry | None], Outcome | None]] = {
    LINK: undo_link,
    "tasks": undo_tasks,
    "region": undo_region,
    "field": undo_field,
    "labels": undo_labels,
}
"""What an approval writes, the last that is written first: the order in which a run without a journal looks."""

COMMENTS = ("refinement", "impact")
KEPT = ("region", "field", "labels")
"""What carries the hash of what RAT wrote with it, on the ticket itself: a person's edit shows without a journal."""


def undo(ref: TicketRef, desk: Desk, *, purpose: str = "") -> Outcome:
    """Put back what RAT's last write on *ref* replaced, byte for byte; asked again, the write before that.

    *purpose* is refinement, impact, region, field, labels, tasks or link; empty for the newest of them, where the link
    goes with what it was put there for. A run whose journal knows of none looks at the ticket itself. Says why not
    where there is nothing, a person edited it since, or it is gone.
    """
    if purpose not in ("", *COMMENTS, *APPLIED):
        raise ConfigError(f"{purpose[:40]} cannot be undone. There are: {', '.join((*COMMENTS, *APPLIED))}.")
    if not desk.policy.permits(ref):
        return _ended(ref, purpose, Action.REFUSED, "this run may not write there")
    try:
        with desk.journal.held():
            settle(ref, desk)
            done = at_most_twice(lambda: _undone(ref, purpose, desk))
            return done or _ended(ref, purpose, Action.SILENT, "there is nothing of RAT's to undo there")
    except TicketNotFound:
        return _ended(ref, purpose, Action.REFUSED, "the comment is not there any more; nothing can be put back")
    except FieldRefused as error:
        return _ended(ref, purpose, Action.REFUSED, str(error))
    except RatError as error:
        return replace(_ended(ref, purpose, Action.FAILED, str(error)), exit_code=error.exit_code)


def last_write(entries: tuple[Entry, ...], ref: TicketRef, purposes: tuple[str, ...]) -> Entry | None:
    """The newest write on *ref* for *purposes* that stands: each undoing takes the one before it off the pile."""
    standing: list[Entry] = []
    for entry in entries:
        if (entry.ticket, entry.step) != (ref.key, "outcome") or entry.purpose not in purposes:
            continue
        if entry.action in (Action.CREATED, Action.UPDATED):
            standing.append(entry)
        elif entry.action == Action.UNDONE:
            same = [one for one in standing if (one.purpose, one.target) == (entry.purpose, entry.target)]
            standing = [one for one in standing if not same or one is not same[-1]]
    return standing[-1] if standing else None


def _undone(ref: TicketRef, purpose: str, desk: Desk) -> Outcome | None:
    """What became of the newest write. A link to the run is none by itself: what it was put there for goes as well."""
    every = (*COMMENTS, *APPLIED)
    done = _taken_back(ref, (purpose,) if purpose else every, desk)
    if purpose or done is None or done.purpose != LINK or done.action in (Action.DEFERRED, Action.FAILED):
        return done
    rest = _taken_back(ref, tuple(one for one in every if one != LINK), desk)
    if rest is None:
        return done
    if done.action is not Action.REFUSED:
        return rest
    note = f"the link to the run stays: {done.reason}"
    return replace(rest, notes=(*rest.notes, note))


def _taken_back(ref: TicketRef, purposes: tuple[str, ...], desk: Desk) -> Outcome | None:
    """Take back the newest write that the journal knows, else what is found on the ticket itself.

    What a comment said before is known to the journal alone.
    """
    last = last_write(desk.journal.entries(), ref, purposes)
    if last and last.purpose in COMMENTS:
        return undo_comment(ref, last, desk)
    work = edit(ref, desk)
    if last:
        return _known(work, last)
    for name, take_back in APPLIED.items():
        if name in purposes and (done := take_back(work, None)) is not None:
            return done
    found = standing_comment(ref, desk) if "refinement" in purposes else None
    return undo_comment(ref, found, desk) if found else None


def _known(work: Editing, last: Entry) -> Outcome | None:
    """Take back *last*, or where another run wrote since what that one kept under the ticket."""
    done = APPLIED[last.purpose](work, last)
    if done is None or done.action is not Action.REFUSED or last.purpose not in KEPT:
        return done
    newer = APPLIED[last.purpose](work, None)
    return newer if newer is not None and newer.action is not Action.REFUSED else done


def _ended(ref: TicketRef, purpose: str, action: Action, reason: str = "") -> Outcome:
    return Outcome(ticket=ref.key, purpose=purpose or "undo", action=action, reason=reason)
