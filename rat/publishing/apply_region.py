"""Writes approved sections into RAT's own part of a description, around which nothing is changed."""

from dataclasses import replace

from rat.errors import FieldRefused
from rat.model import Ticket
from rat.ports import Editor, Tracker
from rat.publishing.change import Change, carry_out, ended
from rat.publishing.dialect import LIMITS, same_text, text_hash, write
from rat.publishing.document import Document, Section
from rat.publishing.kept import Kept, keep
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.read import read
from rat.publishing.region import Described, described
from rat.publishing.sections import DRAFTED

DESCRIPTION = "description"
KEPT_AS = "the description, RAT's part"


def apply_region(
    ticket: Ticket, sections: tuple[Section, ...], *, editor: Editor, tracker: Tracker, desk: Desk, by: str
) -> Outcome:
    """What became of *sections* in RAT's part of the description; those that it holds already and are not named stay.

    Raises FieldRefused where the part cannot be told from the words of others, or somebody edited it.
    """
    before = editor.field(ticket.ref, DESCRIPTION)
    now = described(before, tracker.dialect, ticket=ticket.key, key=desk.marker_key)
    if now.mark is not None and not now.is_untouched:
        raise FieldRefused(
            f"RAT's part of the description of {ticket.key} was edited by a person, so it is left alone. Take it out, "
            "with the lines that begin and end it, to have it written anew."
        )
    inside = write(desk.guard.clean(Document(_merged(now, sections))), tracker.dialect)
    change = region_change(ticket, now, now.with_part(inside, ticket=ticket.key), before, editor=editor, desk=desk)
    change = replace(change, by=by)
    if now.mark is not None and same_text(now.inside, inside, tracker.dialect):
        return ended(change, Action.UNCHANGED, "the description says it already")
    if now.mark is not None and not desk.dry_run:
        kept = Kept(
            target=KEPT_AS,
            former=now.inside,
            written=text_hash(inside, tracker.dialect),
            past=now.mark.former_hash,
        )
        keeping = keep(kept, ticket, tracker=tracker, desk=desk)
        if keeping.action not in (Action.CREATED, Action.UPDATED, Action.UNCHANGED):
            return ended(change, keeping.action, keeping.reason)
    return carry_out(change, desk, now=ticket, done=Action.CREATED if now.mark is None else Action.UPDATED)


def region_change(
    ticket: Ticket, now: Described, then: Described, before: str, *, editor: Editor, desk: Desk
) -> Change:
    """The change from the description *now* (as stored: *before*) to *then*.

    Raises FieldRefused where the words around RAT's part would not be what they are, or the whole is too long.
    """
    dialect, after = now.dialect, then.write(key=desk.marker_key)
    again = described(after, dialect, ticket=ticket.key, key=desk.marker_key)
    if not same_text(again.without_part().before, now.without_part().before, dialect):
        raise FieldRefused(
            f"The words of others in the description of {ticket.key} would not be the same afterwards; nothing was "
            "written."
        )
    if len(after) > LIMITS[dialect]:
        raise FieldRefused(
            f"The description of {ticket.key} would be {len(after)} characters long, more than the {LIMITS[dialect]} "
            "that are allowed. Apply fewer sections by name."
        )
    return Change(
        ref=ticket.ref,
        purpose="region",
        operation="update_field",
        target=DESCRIPTION,
        before=before,
        after=after,
        look=lambda: editor.field(ticket.ref, DESCRIPTION),
        send=lambda: editor.update_field(ticket.ref, DESCRIPTION, after),
        same=lambda one, other: same_text(one, other, dialect),
    )


def _merged(now: Described, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """*sections*, and those of RAT's part as it is *now* that are not among them."""
    present = read(now.inside.strip(), now.dialect) if now.mark else None
    known = {section.name: section for section in present.sections} if present else {}
    known |= {section.name: section for section in sections}
    return tuple(known[name] for name in sorted(known, key=lambda name: (*DRAFTED, name).index(name)))
