"""A checkout and a tracker that live in memory, and tickets to read them with."""

from collections.abc import Mapping
from pathlib import Path

from rat.errors import TrackerError
from rat.model import Comment, Commit, Refinement, Ticket, TicketRef, TrackerKind
from rat.model.settings import Project, Sources
from rat.ports import Dialect, Draft, TicketQuery
from rat.sources.library import Library


class MemoryCheckout:
    """A work tree of the given files; *commits* newest first."""

    def __init__(self, files: Mapping[str, str | bytes], commits: tuple[Commit, ...] = ()) -> None:
        self.root = Path("/nowhere")
        self.head = "f" * 40 if commits else ""
        self._files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self._commits = commits

    def files(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def read(self, path: str) -> bytes | None:
        return self._files.get(path)

    def commits(self, *, limit: int) -> tuple[Commit, ...]:
        return self._commits[:limit]

    def has_commit(self, sha: str) -> bool:
        return any(commit.sha.startswith(sha) for commit in self._commits)

    def notes(self) -> tuple[str, ...]:
        return ()


class MemoryTracker:
    """A tracker with these tickets, that counts what it is asked; *broken* makes each request fail."""

    dialect = Dialect.MARKDOWN

    def __init__(self, *tickets: Ticket, kind: TrackerKind = TrackerKind.GITHUB, broken: bool = False) -> None:
        self.kind = kind
        self.queries: list[TicketQuery] = []
        self._tickets = tickets
        self._broken = broken

    def find(self, query: TicketQuery) -> tuple[Ticket, ...]:
        self.queries.append(query)
        if self._broken:
            raise TrackerError("The tracker did not answer. Try again later.")
        return self._tickets

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        raise NotImplementedError

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        raise NotImplementedError

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        raise NotImplementedError

    def identity(self) -> str:
        raise NotImplementedError

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:
        raise NotImplementedError

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:
        raise NotImplementedError


def library_of(
    files: Mapping[str, str | bytes],
    *,
    commits: tuple[Commit, ...] = (),
    tracker: MemoryTracker | None = None,
    sources: Sources | None = None,
) -> Library:
    """A library over these files."""
    checkout = MemoryCheckout(files, commits)
    return Library(checkout=checkout, tracker=tracker, sources=sources or Sources(), project=Project())


def ticket_of(
    title: str, body: str = "", *, key: str = "acme/shop#7", kind: TrackerKind = TrackerKind.GITHUB
) -> Ticket:
    """A ticket of the repository acme/shop."""
    return Ticket(ref=TicketRef(tracker=kind, key=key), title=title, body=body)


def refinement_of(title: str, body: str = "") -> Refinement:
    """A refinement of a ticket with this text, nothing gathered yet."""
    return Refinement(ticket=ticket_of(title, body))


def commit_of(
    number: int, subject: str, *files: str, author: str = "Ada Lovelace", email: str = "ada@example.org"
) -> Commit:
    """The commit with this number as its SHA."""
    return Commit(
        sha=f"{number:040x}", author=author, email=email, date="2026-03-01T10:00:00Z", subject=subject, files=files
    )


NYGARD = """# {number}. {title}

Date: 2024-05-06

## Status

{status}

## Context

{context}

## Decision

{decision}

## Consequences

We live with it.
"""


def nygard(
    number: int,
    title: str,
    status: str = "Accepted",
    *,
    context: str = "Things are as they are.",
    decision: str = "We do it.",
) -> str:
    """A decision in Nygard's form."""
    return NYGARD.format(number=number, title=title, status=status, context=context, decision=decision)
