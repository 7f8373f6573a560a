"""A tracker in memory in whose comments people give commands."""

from rat.model import Ticket, TicketRef, TrackerKind
from rat.model.ticket import Comment
from tests.stand_ins.memory import MemoryTracker

REF = TicketRef(tracker=TrackerKind.GITHUB, key="alice/demo#1")


class CommandedTracker(MemoryTracker):
    """Fulfils `rat.ports.Commanded` too: *writers* may write, *given* are RAT's reactions in order."""

    def __init__(self) -> None:
        super().__init__(Ticket(ref=REF, title="Login fails", body="It fails.", author="ruth"))
        self.writers = {"alice"}
        self.given: list[tuple[str, str]] = []

    def may_write(self, ref: TicketRef, login: str) -> bool:
        """Whether *login* may write."""
        self._called("may_write", login)
        return login in self.writers

    def react(self, ref: TicketRef, comment_id: str, reaction: str) -> None:
        """A reaction of RAT's."""
        failure = self._due("react", comment_id)
        if failure is not None and not failure.stored:
            raise failure.error
        if (comment_id, reaction) not in self.given:
            self.given.append((comment_id, reaction))
        if failure is not None:
            raise failure.error

    def reactions(self, ref: TicketRef, comment_id: str) -> frozenset[str]:
        """RAT's reactions to one comment."""
        self._called("reactions", comment_id)
        return frozenset(reaction for one, reaction in self.given if one == comment_id)

    def order(self, text: str, *, author: str = "alice") -> Comment:
        """A new comment with a command."""
        return self.say(REF.key, text, author=author)
