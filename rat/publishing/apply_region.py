"""Writes approved sections into RAT's own part of a description, around which nothing is changed."""

from dataclasses import replace

from rat.errors import FieldRefused
from rat.publishing.change import Change, carry_out, ended
from rat.publishing.dialect import LIMITS, same_text, text_hash, write
from rat.publishing.document import Document, Section
from rat.publishing.editing import Editing
from rat.publishing.kept import Kept
from rat.publishing.outcome import Action, Outcome
from rat.publishing.read import read
from rat.publishing.region import Described, described
from rat.publishing.sections import DRAFTED

DESCRIPTION = "description"
KEPT_AS = "the description, RAT's part"


def apply_region(work: Editing, sections: tuple[Section, ...]) -> Outcome:
    """What became of *sections* in RAT's part of the description; those that it holds already and are not named stay.

    Raises FieldRefused where the part cannot be told from the words of others, or somebody edited it.
    """
    before = work.tracker.field(work.ref, DESCRIPTION)
    now = described(before, work.dialect, ticket=work.ref.key, key=work.desk.marker_key)
    if now.mark is not None and not now.is_untouched:
        raise FieldRefused(
            f"RAT's part of the description of {work.ref.key} was edited by a person, so it is left alone. Take it "
            "out, with the lines that begin and end it, to have it written anew."
        )
    inside = write(work.desk.guard.clean(Document(_merged(now, sections))), work.dialect)
    change = region_change(work, now, now.with_part(inside, ticket=work.ref.key), before)
    if now.mark is None:
        return carry_out(change, work, done=Action.CREATED)
    if same_text(now.inside, inside, work.dialect):
        return ended(change, work, Action.UNCHANGED, "the description says it already")
    written, past = text_hash(inside, work.dialect), now.mark.former_hash
    kept = Kept(target=KEPT_AS, former=now.inside, written=written, past=past)
    return carry_out(replace(change, kept=kept), work, done=Action.UPDATED)


def region_change(work: Editing, now: Described, then: Described, before: str) -> Change:
    """The change from the description *now* (as stored: *before*) to *then*.

    Raises FieldRefused where the words around RAT's part would not be what they are, or the whole is too long.
    """
    dialect, key = now.dialect, work.desk.marker_key
    after = then.write(key=key)
    again = described(after, dialect, ticket=work.ref.key, key=key)
    if not same_text(again.without_part().before, now.without_part().before, dialect):
        raise FieldRefused(
            f"The words of others in the description of {work.ref.key} would not be the same afterwards; nothing was "
            "written."
        )
    if len(after) > LIMITS[dialect]:
        raise FieldRefused(
            f"The description of {work.ref.key} would be {len(after)} characters long, more than the {LIMITS[dialect]} "
            "that are allowed. Apply fewer sections by name."
        )
    return Change(
        purpose="region",
        operation="update_field",
        target=DESCRIPTION,
        before=before,
        after=after,
        look=lambda: work.tracker.field(work.ref, DESCRIPTION),
        send=lambda: work.tracker.update_field(work.ref, DESCRIPTION, after),
        same=lambda one, other: same_text(one, other, dialect),
    )


def _merged(now: Described, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """*sections*, and those of RAT's part as it is *now* that are not among them."""
    present = read(now.inside.strip(), now.dialect) if now.mark else None
    known = {section.name: section for section in present.sections} if present else {}
    known |= {section.name: section for section in sections}
    return tuple(known[name] for name in sorted(known, key=lambda name: (*DRAFTED, name).index(name)))
