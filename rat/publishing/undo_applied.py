"""Takes back what a person's approval wrote: RAT's part of a description, a field, the labels, the tickets below.

What stood there before comes from the journal, or in a run that has none from RAT's comment under the ticket.
Everything is put back only while it is as RAT wrote it; each function gives None where there is nothing of RAT's.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from rat.errors import Ambiguous, FieldRefused, TicketNotFound, TrackerError
from rat.model import Ticket
from rat.ports import Dialect
from rat.publishing.apply_fields import KEPT_AS as FIELD
from rat.publishing.apply_fields import field_change
from rat.publishing.apply_labels import KEPT_AS as LABELS
from rat.publishing.apply_labels import labels_change
from rat.publishing.apply_region import DESCRIPTION, region_change
from rat.publishing.apply_region import KEPT_AS as REGION
from rat.publishing.change import carry_out
from rat.publishing.dialect import same_text, text_hash
from rat.publishing.editing import Editing
from rat.publishing.journal import Entry, journaled
from rat.publishing.kept import Kept, kept_on
from rat.publishing.outcome import Action, Call, Outcome
from rat.publishing.region import Described, Mark, described
from rat.publishing.steps import is_as_made, names, own_children

EDITED = "it was edited since, by a person or by another run; RAT leaves it alone"


def undo_region(work: Editing, last: Entry | None) -> Outcome | None:
    """What became of taking back RAT's part of the description; the words around it stay as they are now."""
    before = work.tracker.field(work.ref, DESCRIPTION)
    now = _cut(before, work)
    if now.mark is None:
        return None if last is None else _ended(work, "region", Action.REFUSED, "RAT's part is not there any more")
    if not now.is_untouched or (last and not same_text(now.inside, _cut(last.text, work).inside, work.dialect)):
        return _ended(work, "region", Action.REFUSED, EDITED)
    former = _cut(last.replaced, work) if last else _kept_part(now, now.mark, work)
    then = now.without_part() if former.mark is None else now.with_former(former.inside, former.mark)
    return carry_out(region_change(work, now, then, before), work, done=Action.UNDONE)


def undo_field(work: Editing, last: Entry | None) -> Outcome | None:
    """What became of putting back the text of the field that RAT wrote last."""
    if last is not None:
        now = work.tracker.field(work.ref, last.target)
        if not same_text(now, last.text, work.dialect):
            return _ended(work, "field", Action.REFUSED, EDITED)
        return carry_out(field_change(work, last.target, now, last.replaced), work, done=Action.UNDONE)
    for kept in _kept(work, FIELD):
        now = work.tracker.field(work.ref, kept.target.removeprefix(FIELD))
        if text_hash(now, work.dialect) == text_hash(kept.former, work.dialect):
            continue
        if text_hash(now, work.dialect) != kept.written:
            return _ended(work, "field", Action.REFUSED, EDITED)
        change = field_change(work, kept.target.removeprefix(FIELD), now, kept.former)
        return carry_out(change, work, done=Action.UNDONE)
    return None


def undo_labels(work: Editing, last: Entry | None) -> Outcome | None:
    """What became of putting back RAT's labels as they were."""
    kept = next(_kept(work, LABELS), None)
    if last is None and kept is None:
        return None
    known = (
        {*last.text.split("\n"), *last.replaced.split("\n")} if last else set(kept.target.split()[1:] if kept else ())
    )
    own = tuple(sorted(known - {""}))
    now = "\n".join(name for name in own if name in work.ticket.labels)
    former = last.replaced if last else kept.former if kept else ""
    written = text_hash(last.text, Dialect.WIKI) if last else kept.written if kept else ""
    if last is None and now == former:
        return None
    if text_hash(now, Dialect.WIKI) != written:
        return _ended(work, "labels", Action.REFUSED, "somebody changed RAT's labels since; they are left alone")
    return carry_out(replace(labels_change(work, now, former, own), kept=None), work, done=Action.UNDONE)


def undo_tasks(work: Editing, last: Entry | None) -> Outcome | None:
    """What became of closing the tickets that RAT made below this one, as not planned; touched ones stay."""
    try:
        every = [pair for pair in own_children(work).values() if pair[0].state == "open"]
    except TicketNotFound:  # an older GitHub Enterprise Server has no sub-issues at all
        if last is not None:
            raise
        return None
    if not every:
        return None if last is None else _ended(work, "tasks", Action.REFUSED, "none of the tickets is open any more")
    free = [child for child, marker in every if is_as_made(child, marker, work)]
    touched = [child for child, _ in every if child not in free]
    notes = (f"somebody worked on {names(touched)} since; left alone",) if touched else ()
    if not free:
        return replace(_ended(work, "tasks", Action.REFUSED, "somebody worked on each of them since"), notes=notes)
    if work.desk.dry_run:
        call = Call(tracker=work.ref.tracker.value, operation="close_child", target=names(free), body="")
        return replace(_ended(work, "tasks", Action.PLANNED, "dry run"), call=call, notes=notes)
    for child in free:
        entry = Entry(step="intent", ticket=work.ref.key, purpose="tasks", operation="close_child", target=child.key)
        journaled(entry, partial(_closed, child, work), work.desk.journal, done=Action.UNDONE)
    return replace(_ended(work, "tasks", Action.UNDONE, f"closed {names(free)}"), notes=notes)


def _closed(child: Ticket, work: Editing) -> None:
    """Close *child*, and see that it is; a lost answer is settled by looking."""
    try:
        work.tracker.close_child(child.ref)
    except Ambiguous:
        if work.tracker.fetch(child.ref, comments=False).state == "open":
            work.tracker.close_child(child.ref)
    if work.tracker.fetch(child.ref, comments=False).state == "open":
        raise TrackerError(f"{child.key} is still open (the tracker answered that all was well). Close it by hand.")


def _kept(work: Editing, prefix: str) -> Iterator[Kept]:
    return (kept for kept in kept_on(work) if kept.target.startswith(prefix))


def _cut(text: str, work: Editing) -> Described:
    return described(text, work.dialect, ticket=work.ref.key, key=work.desk.marker_key)


def _kept_part(now: Described, mark: Mark, work: Editing) -> Described:
    """The part that stood there before the one with *mark*. Raises FieldRefused where it is not kept any more."""
    if not mark.former_hash:
        return Described(dialect=work.dialect, before="")
    for kept in _kept(work, REGION):
        if kept.written == mark.text_hash and text_hash(kept.former, work.dialect) == mark.former_hash:
            past = replace(mark, text_hash=mark.former_hash, former_hash=kept.past)
            return replace(now, inside=kept.former, mark=past)
    raise FieldRefused(
        f"What stood in RAT's part of the description of {work.ref.key} before is not kept any more; take it out by "
        "hand, or apply other sections."
    )


def _ended(work: Editing, purpose: str, action: Action, reason: str) -> Outcome:
    return Outcome(ticket=work.ref.key, purpose=purpose, action=action, reason=reason)
