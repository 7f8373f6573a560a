"""What `/rat apply` would do to the description, shown in the comment before anybody says it: before and after."""

import difflib
import re
import textwrap

from rat.model import Ticket
from rat.model.settings import Project, WritePolicy
from rat.publishing.document import Block, Code, CodeBlock, Document, Folded, Inline, Language, Paragraph, Section, Text
from rat.publishing.markdown import write_markdown
from rat.publishing.region_places import shown_part
from rat.publishing.sections import BESIDE_TEXT, DRAFTED, named

WIDTH = 50
"""Columns of a line, which a phone shows with little moving sideways."""

CONTEXT = 2
_ADDRESS = re.compile(r"(?<!!)\[((?:[^\]\\]|\\.)*)\]\([^()\s]*\)")


def preview(ticket: Ticket, sections: tuple[Section, ...], project: Project) -> tuple[Block, ...]:
    """A folded part with the difference that the drafted *sections* would make to the description of *ticket*.

    Nothing where the project lets RAT write comments only, or where nothing would change. The addresses of links are
    left out, and long lines are broken.
    """
    mine = tuple(one for one in sections if one.name in DRAFTED and one.name not in BESIDE_TEXT)
    if project.write is WritePolicy.COMMENT or not mine:
        return ()
    places = {} if isinstance(project.write, WritePolicy) else _places(project.write)
    replaced = tuple(places[one.name] for one in mine if one.name in places)
    difference = _difference(ticket, tuple(one for one in mine if one.name not in places))
    shown = (CodeBlock(difference, Language.DIFF),) if difference else ()
    return (Folded("Before and after: what /rat apply would write", (_lead(replaced), *shown)),)


def _places(write: dict[str, dict[str, str]]) -> dict[str | None, str]:
    """The fields beside the description, by the name of the section that goes there."""
    fields = (name for places in write.values() for name in places)
    return {named(name): name for name in fields if name.lower() != "description"}


def _lead(replaced: tuple[str, ...]) -> Paragraph:
    lead: list[Inline] = [Code("/rat apply"), Text(" in a comment writes this behind the reporter's words")]
    for place, name in enumerate(replaced):
        lead += [Text(", " if place else " and replaces the field "), Code(name)]
    lead += [Text("; "), Code("/rat apply criteria"), Text(" only that part, "), Code("/rat apply tasks")]
    lead += [Text(" makes a ticket of each task. "), Code("/rat undo"), Text(" takes it back.")]
    return Paragraph(tuple(lead))


def _difference(ticket: Ticket, sections: tuple[Section, ...]) -> str:
    """The lines that go and come, with a few around them; empty where there are none."""
    start, stop = shown_part(ticket.body) or (len(ticket.body), len(ticket.body))
    marked = ticket.body[start:stop].splitlines()
    part = _lines(_ADDRESS.sub(r"\1", "\n".join(marked[1:-1])))
    drafted = _lines(_ADDRESS.sub(r"\1", write_markdown(Document(sections)))) if sections else part
    before, after = _lines(ticket.body[:start]), _lines(ticket.body[stop:])
    compared = difflib.unified_diff([*before, *part, *after], [*before, *drafted, *after], lineterm="", n=CONTEXT)
    return "\n".join(line for line in list(compared)[2:] if not line.startswith("@@"))


def _lines(text: str) -> list[str]:
    """The lines of *text* that are not empty, broken where they are long."""
    broken: list[str] = []
    for line in text.splitlines():
        broken += textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line for line in broken if line.strip()]
