"""A tracker in memory whose every call is counted and can be made to fail."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rat.errors import Ambiguous, FieldRefused, TicketNotFound
from rat.model import Comment, Ticket, TicketRef, TrackerKind
from rat.ports import Child, Dialect, Draft, TicketQuery
from rat.trackers.adf import read_adf
from rat.trackers.wiki import read_wiki

REF = TicketRef(tracker=TrackerKind.GITHUB, key="acme/shop#12")


@dataclass
class MemoryTracker:
    """Keeps one ticket. *before* and *after* are asked at each call, by name and number, and may raise."""

    ticket: Ticket
    kind: TrackerKind = TrackerKind.GITHUB
    dialect: Dialect = Dialect.MARKDOWN
    me: str = "github-actions[bot]"
    stored: list[Comment] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    below: list[Ticket] = field(default_factory=list)
    blocked: list[tuple[str, str]] = field(default_factory=list)
    linked: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    before: Callable[[str, int], None] = lambda name, number: None
    after: Callable[[str, int], None] = lambda name, number: None
    keeps: Callable[[str], str] = lambda text: text

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        self._called("fetch")
        below = next((child for child in self.below if child.ref == ref), None)
        if below is not None:
            return below
        if ref != self.ticket.ref:
            raise TicketNotFound(f"There is no {ref.key}.")
        return replace(self.ticket, comments=tuple(self.stored) if comments else ())

    def find(self, query: TicketQuery) -> tuple[Ticket, ...]:
        self._called("find")
        return (self.ticket,)

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        self._called("comments")
        self._known(ref)
        found = tuple(self.stored)
        self._done("comments")
        return found

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        self._called("comment")
        self._known(ref)
        for comment in self.stored:
            if comment.id == comment_id:
                return comment
        raise TicketNotFound(f"There is no comment {comment_id}.")

    def identity(self) -> str:
        self._called("identity")
        return self.me

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:
        self._called("create_comment")
        self._known(ref)
        comment = self._comment(str(1 + max([99, *(int(comment.id) for comment in self.stored)])), draft)
        self.stored.append(comment)
        self._done("create_comment")
        return comment

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:
        self._called("update_comment")
        self._known(ref)
        at = next(place for place, comment in enumerate(self.stored) if comment.id == comment_id)
        self.stored[at] = self._comment(comment_id, draft)
        self._done("update_comment")
        return self.stored[at]

    def retract_comment(self, ref: TicketRef, comment_id: str) -> None:
        self._called("retract_comment")
        self._known(ref)
        self.stored[:] = [comment for comment in self.stored if comment.id != comment_id]
        self._done("retract_comment")

    def _known(self, ref: TicketRef) -> None:
        if ref not in (self.ticket.ref, *(child.ref for child in self.below)):
            raise TicketNotFound(f"There is no {ref.key}.")

    def field(self, ref: TicketRef, name: str) -> str:
        self._called("field")
        below = next((child for child in self.below if child.ref == ref), None)
        if below is not None:
            return below.body
        if name not in ("description", *self.fields):
            raise FieldRefused(f"{ref.key} has no field {name}.")
        return self.fields.get(name, self.ticket.body if self.dialect is not Dialect.ADF else "")

    def update_field(self, ref: TicketRef, name: str, text: str) -> None:
        self._called("update_field")
        self.person_writes(name, self.keeps(text))
        self._done("update_field")

    def person_writes(self, name: str, text: str) -> None:
        """What anybody writes into a field."""
        self.fields[name] = text
        if name == "description":
            self.ticket = replace(self.ticket, body=self._as_markdown(text))

    def _as_markdown(self, text: str) -> str:
        match self.dialect:
            case Dialect.MARKDOWN:
                return text
            case Dialect.ADF:
                return read_adf(json.loads(text)) if text else ""
            case Dialect.WIKI:
                return read_wiki(text)

    def add_labels(self, ref: TicketRef, labels: tuple[str, ...]) -> None:
        self._called("add_labels")
        self.ticket = replace(self.ticket, labels=tuple(dict.fromkeys((*self.ticket.labels, *labels))))
        self._done("add_labels")

    def remove_labels(self, ref: TicketRef, labels: tuple[str, ...]) -> None:
        self._called("remove_labels")
        self.ticket = replace(self.ticket, labels=tuple(one for one in self.ticket.labels if one not in labels))
        self._done("remove_labels")

    def children(self, ref: TicketRef) -> tuple[Ticket, ...]:
        self._called("children")
        return tuple(self.below)

    def create_child(self, ref: TicketRef, child: Child) -> Ticket:
        self._called("create_child")
        beside = f"{child.marker}\n" if self.dialect is Dialect.MARKDOWN else ""
        made = Ticket(
            ref=TicketRef(tracker=ref.tracker, key=self._below(ref)),
            title=child.title,
            body=beside + child.text,
            author=self.me,
            marker=child.marker,
            comment_count=0,
        )
        self.below.append(made)
        self._done("create_child")
        return made

    def close_child(self, ref: TicketRef) -> None:
        self._called("close_child")
        self.below = [replace(child, state="closed") if child.ref == ref else child for child in self.below]
        self._done("close_child")

    def blockers(self, ref: TicketRef) -> frozenset[str]:
        self._called("blockers")
        return frozenset(first for waiting, first in self.blocked if waiting == ref.key)

    def add_blocker(self, ref: TicketRef, *, by: TicketRef) -> None:
        self._called("add_blocker")
        if (ref.key, by.key) not in self.blocked:
            self.blocked.append((ref.key, by.key))
        self._done("add_blocker")

    def remove_blocker(self, ref: TicketRef, *, by: TicketRef) -> None:
        self._called("remove_blocker")
        self.blocked[:] = [pair for pair in self.blocked if pair != (ref.key, by.key)]
        self._done("remove_blocker")

    def remote_link(self, ref: TicketRef, *, marker: str) -> str:
        self._called("remote_link")
        return self.linked.get(marker, "")

    def add_remote_link(self, ref: TicketRef, *, url: str, title: str, marker: str) -> None:
        self._called("add_remote_link")
        self.linked[marker] = f"{url}\n{title}"
        self._done("add_remote_link")

    def remove_remote_link(self, ref: TicketRef, *, marker: str) -> None:
        self._called("remove_remote_link")
        self.linked.pop(marker, None)
        self._done("remove_remote_link")

    def _below(self, ref: TicketRef) -> str:
        numbers = [int(child.key.rpartition("#")[2].rpartition("-")[2]) for child in self.below]
        return f"{ref.key.rstrip('0123456789')}{max([99, *numbers]) + 1}"

    @property
    def writes(self) -> list[str]:
        return [
            call
            for call in self.calls
            if call.startswith(("create_", "update_", "add_", "remove_", "close_", "retract_"))
        ]

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
