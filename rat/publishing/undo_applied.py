"""Takes back what a person's approval wrote: RAT's part of a description, a field, the labels, a link.

What stood there before comes from the journal, or in a run that has none from RAT's comment under the ticket.
Everything is put back only while it is as RAT wrote it; each function gives None where there is nothing of RAT's.
"""

from collections.abc import Iterator
from dataclasses import replace

from rat.errors import AccessRefused, FieldRefused
from rat.ports import Dialect
from rat.publishing.apply_fields import KEPT_AS as FIELD
from rat.publishing.apply_fields import field_change
from rat.publishing.apply_labels import KEPT_AS as LABELS
from rat.publishing.apply_labels import labels_change
from rat.publishing.apply_link import is_as_made as is_link_as_made
from rat.publishing.apply_link import link_change, link_now
from rat.publishing.apply_region import DESCRIPTION, region_change
from rat.publishing.apply_region import KEPT_AS as REGION
from rat.publishing.change import carry_out
from rat.publishing.dialect import same_text, text_hash
from rat.publishing.editing import Editing
from rat.publishing.journal import Entry
from rat.publishing.kept import Kept, kept_on
from rat.publishing.outcome import Action, Outcome
from rat.publishing.region import Described, Mark, described

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
    replaced_one = former and written != text_hash("", Dialect.WIKI)
    half = replaced_one and now == "\n".join(own)  # a run died between its two writes
    if text_hash(now, Dialect.WIKI) != written and not half:
        return _ended(work, "labels", Action.REFUSED, "somebody changed RAT's labels since; they are left alone")
    return carry_out(replace(labels_change(work, now, former, own), kept=None), work, done=Action.UNDONE)


def undo_link(work: Editing, last: Entry | None) -> Outcome | None:
    """What became of taking RAT's link off a Jira item, or of the one to an earlier run that the journal knows."""
    try:
        now = link_now(work)
    except AccessRefused:  # issues may have no links there at all
        if last is not None:
            raise
        return None
    if not now:
        return None if last is None else _ended(work, "link", Action.REFUSED, "RAT's link is not there any more")
    if (last and now != last.text) or not is_link_as_made(now):
        return _ended(work, "link", Action.REFUSED, EDITED)
    return carry_out(link_change(work, now, last.replaced if last else ""), work, done=Action.UNDONE)


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
