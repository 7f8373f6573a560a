"""A tracker in memory whose every call is counted and can be made to fail."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rat.errors import Ambiguous, TicketNotFound
from rat.model import Comment, Ticket, TicketRef, TrackerKind
from rat.ports import Dialect, Draft, TicketQuery

REF = TicketRef(tracker=TrackerKind.GITHUB, key="acme/shop#12")


@dataclass
class MemoryTracker:
    """Keeps one ticket. *before* and *after* are asked at each call, by name and number, and may raise."""

    ticket: Ticket
    kind: TrackerKind = TrackerKind.GITHUB
    dialect: Dialect = Dialect.MARKDOWN
    me: str = "github-actions[bot]"
    stored: list[Comment] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    before: Callable[[str, int], None] = lambda name, number: None
    after: Callable[[str, int], None] = lambda name, number: None
    keeps: Callable[[str], str] = lambda text: text

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        self._called("fetch")
        if ref != self.ticket.ref:
            raise TicketNotFound(f"There is no {ref.key}.")
        return replace(self.ticket, comments=tuple(self.stored) if comments else ())

    def find(self, query: TicketQuery) -> tuple[Ticket, ...]:
        self._called("find")
        return (self.ticket,)

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        self._called("comments")
        found = tuple(self.stored)
        self._done("comments")
        return found

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        self._called("comment")
        for comment in self.stored:
            if comment.id == comment_id:
                return comment
        raise TicketNotFound(f"There is no comment {comment_id}.")

    def identity(self) -> str:
        self._called("identity")
        return self.me

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:
        self._called("create_comment")
        comment = self._comment(str(100 + len(self.stored)), draft)
        self.stored.append(comment)
        self._done("create_comment")
        return comment

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:
        self._called("update_comment")
        at = next(place for place, comment in enumerate(self.stored) if comment.id == comment_id)
        self.stored[at] = self._comment(comment_id, draft)
        self._done("update_comment")
        return self.stored[at]

    @property
    def writes(self) -> list[str]:
        return [call for call in self.calls if call in ("create_comment", "update_comment")]

    def by_somebody(self, body: str, *, author: str = "mallory") -> None:
        self.stored.append(Comment(id=str(100 + len(self.stored)), author=author, body=body, raw=body))

    def _comment(self, comment_id: str, draft: Draft) -> Comment:
        text = self.keeps(draft.text)
        beside = "" if self.dialect is Dialect.MARKDOWN else draft.marker
        return Comment(id=comment_id, author=self.me, body=text, raw=text, marker=beside, url=f"https://x/{comment_id}")

    def _called(self, name: str) -> None:
        self.calls.append(name)
        self.before(name, len(self.calls) - 1)

    def _done(self, name: str) -> None:
        self.after(name, len(self.calls) - 1)


def lost(*names: str, times: int = 1) -> Callable[[str, int], None]:
    """Loses the answer of the first *times* calls of these *names*."""
    left = [times]

    def lose(name: str, number: int) -> None:
        if name in names and left[0]:
            left[0] -= 1
            raise Ambiguous(f"{name}: the answer was lost")

    return lose
