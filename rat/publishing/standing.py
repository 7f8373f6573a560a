"""What stands of RAT's part of a description after a person edited it, beside what was applied."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rat.errors import FieldRefused
from rat.model import Ticket
from rat.ports import Dialect, Editor
from rat.publishing.dialect import text_hash, write
from rat.publishing.document import Document, Section
from rat.publishing.find import Own, own_comments
from rat.publishing.offer import Desk
from rat.publishing.pen import is_untouched
from rat.publishing.read import read
from rat.publishing.region import described
from rat.publishing.sections import DRAFTED

END = "rat:end"
"""What a ticket says, in any dialect, whose description has a part of RAT's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edited:
    """The words that were *applied* and those that stand in their place (*stands*); *input_hash* names the proposal."""

    applied: str
    stands: str
    input_hash: str


def edited_since(ticket: Ticket, desk: Desk) -> Edited | None:
    """What a person made of RAT's part of *ticket*; None where there is none, it is untouched, or it is not known.

    What was applied is known where RAT's comment still has sections that give the hash of the part's mark. Raises
    TrackerError.
    """
    if END not in ticket.body:
        return None
    tracker = desk.tracker_for(ticket.ref.tracker)
    own = own_comments(ticket, tracker=tracker, key=desk.marker_key).get("refinement")
    if own is None or not isinstance(tracker, Editor) or not is_untouched(own.comment, tracker.dialect, desk):
        return None
    dialect = tracker.dialect
    try:
        now = described(tracker.field(ticket.ref, "description"), dialect, ticket=ticket.key, key=desk.marker_key)
    except FieldRefused:
        return None  # RAT's part cannot be told from the words of others
    if now.mark is None or now.is_untouched:
        return None
    for text in _written(own, dialect, desk):
        if text_hash(text, dialect) == now.mark.text_hash:
            words = (_words(text, dialect), _words(now.inside, dialect))
            return Edited(applied=words[0], stands=words[1], input_hash=own.marker.input_hash)
    return None


def _written(own: Own, dialect: Dialect, desk: Desk) -> Iterator[str]:
    """Every text that an approval of sections of RAT's comment could have written, the longest first."""
    text = own.comment.raw or own.comment.body
    if dialect is Dialect.MARKDOWN:
        text = text.replace("\r\n", "\n").partition("\n")[2]
    document = read(text, dialect)
    known = {section.name: section for section in document.sections} if document else {}
    drafted: list[Section] = [known[name] for name in DRAFTED if name in known and name != "tasks"]
    for count in range(len(drafted), 0, -1):
        for sections in combinations(drafted, count):
            yield write(desk.guard.clean(Document(sections)), dialect)


def _words(text: str, dialect: Dialect) -> str:
    return " ".join(_leaves(json.loads(text))) if dialect is Dialect.ADF else text.strip()


def _leaves(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _leaves(part)
    elif isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        yield from _leaves(node.get("content"))
