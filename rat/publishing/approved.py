"""What a person saw and approved: RAT's own comment, read back, as long as nobody changed it or the ticket since."""

from dataclasses import dataclass

from rat.errors import NotApproved
from rat.model import Ticket
from rat.ports import Dialect
from rat.publishing.document import Document, Section
from rat.publishing.editing import Editing
from rat.publishing.find import own_comments
from rat.publishing.pen import is_untouched
from rat.publishing.read import read
from rat.publishing.region import words_hash
from rat.publishing.sections import DRAFTED

AGAIN = "Write `/rat refine` first; then apply what the new comment says."


@dataclass(frozen=True, kw_only=True, slots=True)
class Approved:
    """RAT's comment as a document, read from *ticket*."""

    ticket: Ticket
    document: Document

    @property
    def drafted(self) -> tuple[str, ...]:
        """The names of the drafted sections that the comment has."""
        names = {section.name for section in self.document.sections}
        return tuple(name for name in DRAFTED if name in names)

    def sections(self, names: tuple[str, ...]) -> tuple[Section, ...]:
        """The sections with these *names*, in the order in which they are shown."""
        known = {section.name: section for section in self.document.sections}
        return tuple(known[name] for name in DRAFTED if name in names and name in known)


def approved(work: Editing) -> Approved:
    """RAT's comment under the ticket. Raises NotApproved."""
    ticket, tracker, desk = work.ticket, work.tracker, work.desk
    own = own_comments(ticket, tracker=tracker, key=desk.marker_key).get("refinement")
    if own is None:
        raise NotApproved(f"RAT has no proposal on {ticket.key}. {AGAIN}")
    if not is_untouched(own.comment, tracker.dialect, desk):
        raise NotApproved(f"RAT's comment on {ticket.key} was edited, so its checks do not hold any more. {AGAIN}")
    if own.marker.seen != words_hash(ticket):
        raise NotApproved(f"{ticket.key} changed since RAT read it, so the proposal may not fit any more. {AGAIN}")
    text = own.comment.raw or own.comment.body
    if tracker.dialect is Dialect.MARKDOWN:
        text = text.replace("\r\n", "\n").partition("\n")[2]
    document = read(text, tracker.dialect)
    if document is None:
        raise NotApproved(f"RAT's comment on {ticket.key} cannot be read back by this version of RAT. {AGAIN}")
    return Approved(ticket=ticket, document=document)
