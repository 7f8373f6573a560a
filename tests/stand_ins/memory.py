"""A tracker that lives in memory: the port without a network, with a log of calls and failures on demand."""

from collections import Counter
from dataclasses import dataclass, replace

from rat.errors import TicketNotFound, TrackerError
from rat.model.ticket import Comment, Ticket, TicketRef, TrackerKind
from rat.ports import Dialect, Draft, TicketQuery

WRITES = ("create_comment", "update_comment")


@dataclass(frozen=True, kw_only=True)
class Failure:
    """What a call raises; *stored* when a write is carried out before it does: the lost reply."""

    error: TrackerError
    stored: bool = False


class MemoryTracker:
    """Fulfils `rat.ports.Tracker`. Every change moves `updated_at` on by a second."""

    def __init__(
        self,
        *tickets: Ticket,
        kind: TrackerKind = TrackerKind.GITHUB,
        dialect: Dialect = Dialect.MARKDOWN,
        login: str = "rat-bot",
    ) -> None:
        self.kind = kind
        self.dialect = dialect
        self.login = login
        self.calls: list[tuple[str, str]] = []
        self.tickets: dict[str, Ticket] = {}
        self._failures: dict[str, list[Failure]] = {}
        self._ticks = 0
        self._comments = 0
        for ticket in tickets:
            self.add(ticket)

    def add(self, ticket: Ticket) -> None:
        """Take in a ticket; without a time of change it gets the next one."""
        self.tickets[ticket.key] = ticket if ticket.updated_at else replace(ticket, updated_at=self._now())

    def fail(self, operation: str, error: TrackerError, *, stored: bool = False) -> None:
        """Let the next call of *operation* raise *error*; asked several times, the next ones do so in turn."""
        self._failures.setdefault(operation, []).append(Failure(error=error, stored=stored))

    def counts(self) -> Counter[str]:
        """How often each operation was called."""
        return Counter(operation for operation, _ in self.calls)

    def writes(self) -> list[tuple[str, str]]:
        """The calls that write."""
        return [call for call in self.calls if call[0] in WRITES]

    def edit(self, key: str, *, title: str | None = None, body: str | None = None) -> None:
        """Change a ticket as a person would."""
        ticket = self.tickets[key]
        title, body = ticket.title if title is None else title, ticket.body if body is None else body
        self.tickets[key] = replace(ticket, title=title, body=body, updated_at=self._now())

    def say(self, key: str, body: str, *, author: str = "alice", marker: str = "") -> Comment:
        """Comment as a person (or another program) would."""
        return self._store(key, body, author=author, marker=marker)

    def edit_comment(self, key: str, comment_id: str, body: str) -> None:
        """Change a comment as a person would."""
        self._replace(key, comment_id, body, marker=None)

    def delete_comment(self, key: str, comment_id: str) -> None:
        """Remove a comment as a person would."""
        ticket = self.tickets[key]
        kept = tuple(comment for comment in ticket.comments if comment.id != comment_id)
        self.tickets[key] = replace(ticket, comments=kept, updated_at=self._now())

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        """The ticket."""
        self._called("fetch", ref.key)
        ticket = self._found(ref.key)
        return ticket if comments else replace(ticket, comments=())

    def find(self, query: TicketQuery) -> tuple[Ticket, ...]:
        """The tickets with the label and state of *query*; JQL finds every ticket in that state."""
        self._called("find", query.jql or query.label)
        found = [
            replace(ticket, comments=())
            for ticket in self.tickets.values()
            if ticket.state == query.state and (not query.label or query.label in ticket.labels)
        ]
        return tuple(sorted(found, key=lambda ticket: ticket.updated_at)[: query.limit])

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        """Every comment."""
        self._called("comments", ref.key)
        return self._found(ref.key).comments

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        """One comment."""
        self._called("comment", ref.key)
        for comment in self._found(ref.key).comments:
            if comment.id == comment_id:
                return comment
        raise TicketNotFound(f"There is no comment {comment_id} of {ref.key}.")

    def identity(self) -> str:
        """The login that comments are written under."""
        self._called("identity", "")
        return self.login

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:
        """WRITE. A new comment."""
        failure = self._due("create_comment", ref.key)
        if failure is not None and not failure.stored:
            raise failure.error
        self._found(ref.key)
        comment = self._store(ref.key, draft.text, author=self.login, marker=draft.marker)
        if failure is not None:
            raise failure.error
        return comment

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:
        """WRITE. Replace the text of a comment."""
        failure = self._due("update_comment", ref.key)
        if failure is not None and not failure.stored:
            raise failure.error
        comment = self._replace(ref.key, comment_id, draft.text, marker=draft.marker)
        if failure is not None:
            raise failure.error
        return comment

    def _called(self, operation: str, target: str) -> None:
        failure = self._due(operation, target)
        if failure is not None:
            raise failure.error

    def _due(self, operation: str, target: str) -> Failure | None:
        self.calls.append((operation, target))
        waiting = self._failures.get(operation)
        return waiting.pop(0) if waiting else None

    def _found(self, key: str) -> Ticket:
        if key not in self.tickets:
            raise TicketNotFound(f"There is no ticket {key}.")
        return self.tickets[key]

    def _store(self, key: str, body: str, *, author: str, marker: str) -> Comment:
        ticket, now = self._found(key), self._now()
        self._comments += 1
        comment = Comment(
            id=str(self._comments),
            author=author,
            body=body,
            raw=body,
            marker=marker,
            created_at=now,
            updated_at=now,
            url=f"https://tracker.test/{key}/{self._comments}",
            is_bot=author.endswith("[bot]"),
        )
        self.tickets[key] = replace(ticket, comments=(*ticket.comments, comment), updated_at=now)
        return comment

    def _replace(self, key: str, comment_id: str, body: str, *, marker: str | None) -> Comment:
        ticket, now = self._found(key), self._now()
        changed: Comment | None = None
        comments = []
        for comment in ticket.comments:
            if comment.id == comment_id:
                kept = comment.marker if marker is None else marker
                changed = replace(comment, body=body, raw=body, marker=kept, updated_at=now)
            comments.append(changed if changed is not None and comment.id == comment_id else comment)
        if changed is None:
            raise TicketNotFound(f"There is no comment {comment_id} of {key}.")
        self.tickets[key] = replace(ticket, comments=tuple(comments), updated_at=now)
        return changed

    def _now(self) -> str:
        self._ticks += 1
        return f"2026-01-01T{self._ticks // 3600:02}:{self._ticks // 60 % 60:02}:{self._ticks % 60:02}Z"
