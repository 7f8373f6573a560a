"""Writes approved sections into the Jira fields that the project names; what stood there is kept under the ticket."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from rat.errors import FieldRefused
from rat.publishing.apply_region import DESCRIPTION, apply_region
from rat.publishing.change import Change, carry_out
from rat.publishing.conflict import as_approved
from rat.publishing.dialect import LIMITS, same_text, text_hash, write
from rat.publishing.document import Document, Heading, Section
from rat.publishing.editing import Editing
from rat.publishing.kept import Kept
from rat.publishing.outcome import Action, Outcome
from rat.publishing.sections import named

KEPT_AS = "field "


def apply_fields(work: Editing, sections: tuple[Section, ...], fields: tuple[str, ...]) -> Iterator[Outcome]:
    """What became of *sections*, each in the field of its name ("Acceptance Criteria"), the rest in the description.

    In the description RAT has a part of its own; any other field is replaced whole. Raises FieldRefused for a field
    that is named after no section, or for a section that has no field.
    """
    places = {_section_of(name): name for name in fields if name.lower() != DESCRIPTION}
    rest = tuple(section for section in sections if section.name not in places)
    if rest and DESCRIPTION not in {name.lower() for name in fields}:
        names = ", ".join(section.name for section in rest)
        raise FieldRefused(
            f"This project's `write` has no field for {names}. Add `description: approved` to `jira-field`, or apply "
            "other sections by name."
        )
    for section in sections:
        if section.name in places:
            yield as_approved(partial(_one, section=section, name=places[section.name]), work)
    if rest:
        yield as_approved(partial(apply_region, sections=rest), work)


def _one(work: Editing, section: Section, name: str) -> Outcome:
    """The whole text of one field; its heading is left out, since the field has one of its own."""
    blocks = tuple(block for block in section.blocks if not isinstance(block, Heading))
    after = write(work.desk.guard.clean(Document((Section(section.name, blocks),))), work.dialect)
    if len(after) > LIMITS[work.dialect]:
        raise FieldRefused(f"{section.name} is too long for the field {name} of {work.ref.key}; nothing was written.")
    before = work.tracker.field(work.ref, name)
    kept = Kept(target=KEPT_AS + name, former=before, written=text_hash(after, work.dialect))
    return carry_out(replace(field_change(work, name, before, after), kept=kept), work, done=Action.UPDATED)


def field_change(work: Editing, name: str, before: str, after: str) -> Change:
    """The change of the field *name* from *before* to *after*."""
    return Change(
        purpose="field",
        operation="update_field",
        target=name,
        before=before,
        after=after,
        look=lambda: work.tracker.field(work.ref, name),
        send=lambda: work.tracker.update_field(work.ref, name, after),
        same=lambda one, other: same_text(one, other, work.dialect),
    )


def _section_of(field: str) -> str:
    section = named(field)
    if section is None or section in ("tasks", "labels"):
        raise FieldRefused(
            f"`write` names the field {field}, and no section is called so. Name fields after sections: Acceptance "
            "Criteria, Test Plan, Risks, Out of Scope, Approach; everything else goes into `description`."
        )
    return section
