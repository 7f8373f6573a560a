"""Finishes the journal of a run that died in the middle of a write: whether it happened is read off the ticket.

Without it the journal would take what stands there for somebody else's, and `undo` would leave it alone for ever.
"""

from collections.abc import Callable
from dataclasses import replace

from rat.errors import FieldRefused, TicketNotFound
from rat.model import TicketRef
from rat.publishing.apply_labels import present
from rat.publishing.apply_link import link_now
from rat.publishing.blocking import PURPOSE as BLOCKING
from rat.publishing.dialect import same_text
from rat.publishing.editing import Editing, edit
from rat.publishing.find import own_comments
from rat.publishing.journal import Entry
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from rat.publishing.region import described
from rat.publishing.steps import every_own_child

DIED = "the run died before the write"
Look = Callable[[Entry, Editing], Entry | None]


def settle(ref: TicketRef, desk: Desk) -> None:
    """Write down what became of each write on *ref* that has an intent and no outcome. Raises TrackerError."""
    left = [entry for entry in unsettled(desk.journal.entries(), ref) if entry.purpose in LOOKS]
    if not left or desk.dry_run:
        return
    work = edit(ref, desk)
    for intent in left:
        try:
            done = LOOKS[intent.purpose](intent, work)
        except (FieldRefused, TicketNotFound):
            done = None
        ended = replace(done or intent, step="outcome", action=intent.planned if done else Action.FAILED)
        desk.journal.record(ended if done else replace(ended, reason=DIED))


def unsettled(entries: tuple[Entry, ...], ref: TicketRef) -> tuple[Entry, ...]:
    """The intents on *ref* that no outcome follows, or one that does not know, oldest first.

    Older journals do not say what was planned, and are left as they are.
    """
    left: list[Entry] = []
    for entry in entries:
        if entry.ticket != ref.key:
            continue
        if entry.step == "intent":
            left.append(entry)
            continue
        left = [one for one in left if _place(one) != _place(entry)]
        if entry.action == Action.DEFERRED:
            left.append(entry)
    return tuple(entry for entry in left if entry.planned and entry.operation != "retract_comment")


def _place(entry: Entry) -> tuple[str, ...]:
    """What an intent and its outcome have in common: a new ticket or comment has its name in the outcome alone."""
    made = entry.operation.startswith("create_")
    return entry.purpose, entry.operation, "" if made else entry.target, entry.marker if made else ""


def _text(intent: Entry, work: Editing) -> Entry | None:
    now = work.tracker.field(work.ref, intent.target)
    return intent if same_text(now, intent.text, work.dialect) else None


def _region(intent: Entry, work: Editing) -> Entry | None:
    """RAT's part alone: the words around it are anybody's."""
    key = work.desk.marker_key
    now, then = (
        described(text, work.dialect, ticket=work.ref.key, key=key)
        for text in (work.tracker.field(work.ref, intent.target), intent.text)
    )
    is_there = (now.mark is None) is (then.mark is None) and same_text(now.inside, then.inside, work.dialect)
    return intent if is_there else None


def _labels(intent: Entry, work: Editing) -> Entry | None:
    own = {*intent.text.split("\n"), *intent.replaced.split("\n")} - {""}
    return intent if present(work, tuple(sorted(own))) == intent.text else None


def _link(intent: Entry, work: Editing) -> Entry | None:
    return intent if link_now(work) == intent.text else None


def _blocking(intent: Entry, work: Editing) -> Entry | None:
    waiting = replace(work.ref, key=intent.target)
    is_said = (intent.text or intent.replaced) in work.tracker.blockers(waiting)
    return intent if is_said is bool(intent.text) else None


def _task(intent: Entry, work: Editing) -> Entry | None:
    for child, _ in every_own_child(work):
        if intent.operation == "create_child" and child.marker == intent.marker:
            return replace(intent, target=child.key, url=child.url)
        if intent.operation == "close_child" and (child.key, child.state) == (intent.target, "closed"):
            return intent
    return None


def _comment(intent: Entry, work: Editing) -> Entry | None:
    own = own_comments(work.ticket, tracker=work.tracker, key=work.desk.marker_key).get(intent.purpose)
    if own is None or not same_text(own.comment.raw or own.comment.body, intent.text, work.dialect):
        return None
    return replace(intent, comment_id=own.comment.id, url=own.comment.url)


LOOKS: dict[str, Look] = {
    "refinement": _comment,
    "region": _region,
    "field": _text,
    "labels": _labels,
    "link": _link,
    "tasks": _task,
    BLOCKING: _blocking,
}
"""How each kind of write that can be taken back is looked for."""
