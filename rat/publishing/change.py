"""One write to a ticket beside comments: guarded, looked at once more, journaled, sent, read back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rat.publishing.editing import Editing
from rat.publishing.journal import Entry, journaled
from rat.publishing.kept import Kept, keep
from rat.publishing.outcome import Action, Call, Outcome
from rat.publishing.send import put


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What stands somewhere on a ticket (*before*), what is to stand there (*after*), and how both are seen and sent.

    *purpose* is what `undo` calls it, *target* where it goes (a field's name). *look* reads what stands there now,
    *same* says whether two such texts are one, *send* writes *after*. *kept* is what must be kept under the ticket
    before; *replaced* what `undo` is to put back, where that is not *before*: a run died halfway.
    """

    purpose: str
    operation: str
    target: str
    before: str
    after: str
    look: Callable[[], str] = field(repr=False)
    send: Callable[[], object] = field(repr=False)
    same: Callable[[str, str], bool] = field(default=str.__eq__, repr=False)
    kept: Kept | None = None
    replaced: str | None = None


def carry_out(change: Change, work: Editing, *, done: Action) -> Outcome:
    """What became of *change*; at most one write, and one to RAT's comment with what it replaces.

    Nothing is written over what somebody changed since *before* was read. Raises TrackerError when the write did not
    come out as sent, FieldRefused when what it replaces cannot be kept.
    """
    desk = work.desk
    if change.same(change.before, change.after):
        return ended(change, work, Action.UNCHANGED, f"{change.target}: nothing changed")
    if desk.guard.leaks(change.after) and not desk.guard.leaks(change.before):
        return ended(change, work, Action.REFUSED, "the text holds a secret of this run; nothing was sent")
    if desk.dry_run:
        return replace(ended(change, work, Action.PLANNED, "dry run"), call=_call(change, work))
    if change.kept is not None:
        keeping = keep(change.kept, work)
        if keeping.action not in (Action.CREATED, Action.UPDATED, Action.UNCHANGED):
            return ended(change, work, keeping.action, keeping.reason)
    if not change.same(change.look(), change.before):
        return ended(change, work, Action.DEFERRED, "edited in between; nothing was written")
    outcome = journaled(_intent(change, work), lambda: _put(change, work), desk.journal, done=done)
    return ended(change, work, Action(outcome.action), outcome.reason)


def ended(change: Change, work: Editing, action: Action, reason: str = "") -> Outcome:
    """How *change* ended."""
    return Outcome(ticket=work.ref.key, purpose=change.purpose, action=action, reason=reason, url=work.ticket.url)


def _put(change: Change, work: Editing) -> None:
    what = f"{change.target} of {work.ref.key}"
    put(change.send, look=change.look, same=change.same, before=change.before, after=change.after, what=what)


def _call(change: Change, work: Editing) -> Call:
    target = f"{work.ref.key} {change.target}"
    return Call(tracker=work.ref.tracker.value, operation=change.operation, target=target, body=change.after)


def _intent(change: Change, work: Editing) -> Entry:
    return Entry(
        step="intent",
        ticket=work.ref.key,
        purpose=change.purpose,
        operation=change.operation,
        target=change.target,
        text=change.after,
        replaced=change.before if change.replaced is None else change.replaced,
        by=work.by,
        url=work.ticket.url,
    )
