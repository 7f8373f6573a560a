"""One write to a ticket beside comments: guarded, looked at once more, journaled, sent, read back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rat.model import Ticket, TicketRef
from rat.publishing.freshness import standstill
from rat.publishing.journal import Entry, journaled
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Call, Outcome
from rat.publishing.send import put


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What stands somewhere on a ticket (*before*), what is to stand there (*after*), and how both are seen and sent.

    *purpose* is what `undo` calls it, *target* where it goes (a field's name), *by* who approved it. *look* reads what
    stands there now, *same* says whether two such texts are one, *send* writes *after*.
    """

    ref: TicketRef
    purpose: str
    operation: str
    target: str
    before: str
    after: str
    by: str = ""
    look: Callable[[], str] = field(repr=False)
    send: Callable[[], object] = field(repr=False)
    same: Callable[[str, str], bool] = field(default=str.__eq__, repr=False)


def carry_out(change: Change, desk: Desk, *, now: Ticket, done: Action, settled: str = "nothing changed") -> Outcome:
    """What became of *change* on the ticket that is *now* as given; at most one write.

    Nothing is written over what somebody changed since *before* was read. *settled* is the reason given when there is
    nothing to do. Raises TrackerError when the write did not come out as sent.
    """
    reason = standstill(now)
    if reason is None and change.same(change.before, change.after):
        reason = (Action.UNCHANGED, settled)
    if reason is None and desk.guard.leaks(change.after) and not desk.guard.leaks(change.before):
        reason = (Action.REFUSED, "the text holds a secret of this run; nothing was sent")
    if reason is not None:
        return ended(change, *reason)
    if desk.dry_run:
        target = f"{change.ref.key} {change.target}"
        call = Call(tracker=change.ref.tracker.value, operation=change.operation, target=target, body=change.after)
        return replace(ended(change, Action.PLANNED, "dry run"), call=call)
    if not change.same(change.look(), change.before):
        return ended(change, Action.DEFERRED, "edited in between; nothing was written")
    outcome = journaled(_intent(change), lambda: _put(change), desk.journal, done=done)
    return ended(change, Action(outcome.action), outcome.reason)


def ended(change: Change, action: Action, reason: str = "") -> Outcome:
    """How *change* ended."""
    return Outcome(ticket=change.ref.key, purpose=change.purpose, action=action, reason=reason)


def _put(change: Change) -> None:
    what = f"{change.target} of {change.ref.key}"
    put(change.send, look=change.look, same=change.same, before=change.before, after=change.after, what=what)


def _intent(change: Change) -> Entry:
    return Entry(
        step="intent",
        ticket=change.ref.key,
        purpose=change.purpose,
        operation=change.operation,
        target=change.target,
        text=change.after,
        replaced=change.before,
        by=change.by,
    )
