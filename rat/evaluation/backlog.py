"""The tickets of a data set as a tracker, so that duplicates among them can be found as they are in real life."""

from rat.errors import TicketNotFound, TrackerError
from rat.model.ticket import Comment, Ticket, TicketRef, TrackerKind
from rat.ports import Dialect, Draft, TicketQuery


class Backlog:
    """A tracker in memory that can be read only (fulfils `rat.ports.Tracker`)."""

    dialect = Dialect.MARKDOWN

    def __init__(self, kind: TrackerKind, tickets: tuple[Ticket, ...]) -> None:
        self.kind = kind
        self._tickets = {ticket.key: ticket for ticket in tickets if ticket.ref.tracker is kind}

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:  # noqa: ARG002 - the port's
        """The ticket, with its comments. Raises TicketNotFound."""
        if ref.key not in self._tickets:
            raise TicketNotFound(f"The data set has no ticket {ref.key}.")
        return self._tickets[ref.key]

    def find(self, query: TicketQuery) -> tuple[Ticket, ...]:
        """The newest tickets, which are the last of the data set; its one project is all there is to ask for."""
        return tuple(reversed(self._tickets.values()))[: query.limit]

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        """The comments of a ticket. Raises TicketNotFound."""
        return self.fetch(ref).comments

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        """One comment. Raises TicketNotFound."""
        for comment in self.comments(ref):
            if comment.id == comment_id:
                return comment
        raise TicketNotFound(f"The ticket {ref.key} of the data set has no comment {comment_id}.")

    def identity(self) -> str:
        """Nobody: nothing is written under this name."""
        return "nobody"

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:  # noqa: ARG002 - the port's
        """Refused."""
        raise TrackerError(f"A data set is never written to ({ref.key}).")

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:  # noqa: ARG002 - the port's
        """Refused."""
        raise TrackerError(f"A data set is never written to ({ref.key}).")
