"""What RAT needs of the world outside. Adapters fulfil these; everything else is written against them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable

from rat.model.commit import Commit
from rat.model.pull_request import PullRequest
from rat.model.refinement import Usage
from rat.model.ticket import Comment, Ticket, TicketRef, TrackerKind


class Checkout(Protocol):
    """A work tree at one commit, read-only. Nothing outside *root* is ever read and no program of it is run."""

    root: Path
    head: str
    """The full SHA of the commit that is checked out; empty outside git or before the first commit."""

    def files(self) -> tuple[str, ...]:
        """The regular files of the tree (tracked ones in git), sorted, '/' separators; no links, no submodules."""

    def read(self, path: str) -> bytes | None:
        """The bytes of one of `files()`; None if it is not there, not regular, over the size cap or not readable."""

    def commits(self, *, limit: int) -> tuple[Commit, ...]:
        """The newest *limit* commits up to the head, newest first, with the files they changed; none outside git."""

    def has_commit(self, sha: str) -> bool:
        """Whether *sha* (full or short, hexadecimal) is a commit of this history."""

    def notes(self) -> tuple[str, ...]:
        """What could not be read and why: "shallow clone: …", "not a git repository: …", files left out."""


class Dialect(StrEnum):
    """The written form that a tracker takes: GitHub Markdown, Jira Cloud ADF (as JSON text), Jira wiki text."""

    MARKDOWN = "markdown"
    ADF = "adf"
    WIKI = "wiki"


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketQuery:
    """Which tickets: open ones with *label* in *repository* (GitHub), or what *jql* finds (Jira). At most *limit*.

    Least recently updated first, unless *newest_first* (GitHub; JQL says its own order).
    """

    label: str = ""
    jql: str = ""
    repository: str = ""
    state: str = "open"
    limit: int = 100
    newest_first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A comment as it will be sent: *text* in the tracker's dialect, *marker* what it is found again by."""

    text: str
    marker: str


class Tracker(Protocol):
    """Where tickets live. Reads raise TrackerError; writes are called by `rat/publishing` alone.

    No write is ever sent twice by the adapter: a lost answer raises Ambiguous and the caller reads back first.
    """

    kind: TrackerKind
    dialect: Dialect

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        """The ticket, with all of its comments unless told otherwise. Raises TicketNotFound, AccessRefused."""

    def find(self, query: TicketQuery) -> tuple[Ticket, ...]:
        """The tickets that *query* asks for, without their comments, least recently updated first."""

    def comments(self, ref: TicketRef) -> tuple[Comment, ...]:
        """Every comment over all pages, oldest first; raises rather than return a part of them."""

    def comment(self, ref: TicketRef, comment_id: str) -> Comment:
        """One comment, as stored now."""

    def identity(self) -> str:
        """The login or account id that this token writes under."""

    def create_comment(self, ref: TicketRef, draft: Draft) -> Comment:
        """WRITE. A new comment. Raises Ambiguous when it is not known whether it was stored."""

    def update_comment(self, ref: TicketRef, comment_id: str, draft: Draft) -> Comment:
        """WRITE. Replace the text of one comment. Raises Ambiguous as above."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """A ticket to be made below another: *text* in the tracker's dialect, *marker* what it is found again by."""

    title: str
    text: str
    marker: str


@runtime_checkable
class Editor(Protocol):
    """A tracker whose tickets RAT may change, once a person approved it. Writes behave as those of `Tracker`."""

    def field(self, ref: TicketRef, name: str) -> str:
        """The text of a field as stored now, in the tracker's dialect; "description" is the body of an issue.

        Raises FieldRefused where the ticket has no such text field, or this token may not edit it.
        """

    def update_field(self, ref: TicketRef, name: str, text: str) -> None:
        """WRITE. Replace the whole text of one field."""

    def add_labels(self, ref: TicketRef, labels: tuple[str, ...]) -> None:
        """WRITE. Put *labels* on the ticket; the others stay."""

    def remove_labels(self, ref: TicketRef, labels: tuple[str, ...]) -> None:
        """WRITE. Take *labels* off the ticket; one that is not there is no error."""

    def children(self, ref: TicketRef) -> tuple[Ticket, ...]:
        """Every ticket right below this one (sub-issues, sub-tasks), open and closed."""

    def create_child(self, ref: TicketRef, child: Child) -> Ticket:
        """WRITE. A new ticket below this one."""

    def close_child(self, ref: TicketRef) -> None:
        """WRITE. Close a ticket that RAT made, as not planned: trackers let few people delete."""

    def blockers(self, ref: TicketRef) -> frozenset[str]:
        """The keys of the tickets that block *ref*. Raises FieldRefused where the tracker has no place for that."""

    def add_blocker(self, ref: TicketRef, *, by: TicketRef) -> None:
        """WRITE. Say that *ref* is blocked by another ticket; said before is no error."""

    def remove_blocker(self, ref: TicketRef, *, by: TicketRef) -> None:
        """WRITE. Take back that *ref* is blocked by another ticket; said by nobody is no error."""

    def retract_comment(self, ref: TicketRef, comment_id: str) -> None:
        """WRITE. Delete a comment that this account made a moment ago; one that is gone is no error."""

    def remote_link(self, ref: TicketRef, *, marker: str) -> str:
        """The address and the title of the remote link with *marker*, a line each; empty for none (GitHub has none)."""

    def add_remote_link(self, ref: TicketRef, *, url: str, title: str, marker: str) -> None:
        """WRITE. A remote link on the ticket, one for each *marker* (Jira's globalId); GitHub has none."""

    def remove_remote_link(self, ref: TicketRef, *, marker: str) -> None:
        """WRITE. Take the remote link with *marker* off; one that is not there is no error."""


@runtime_checkable
class Commanded(Protocol):
    """A tracker in whose comments people give RAT commands."""

    def may_write(self, ref: TicketRef, login: str) -> bool:
        """Whether *login* may edit the ticket, as the tracker says right now."""

    def react(self, ref: TicketRef, comment_id: str, reaction: str) -> None:
        """WRITE. RAT's reaction ("eyes", "+1", "confused") to one comment; given before is no error."""

    def reactions(self, ref: TicketRef, comment_id: str) -> frozenset[str]:
        """The reactions that this token's account gave to one comment: what became of the command in it."""


@runtime_checkable
class Metered(Protocol):
    """A tracker that says what its limits still allow, and counts what runs before this one wrote."""

    def requests_left(self) -> int | None:
        """The requests that are left of this hour's, as the tracker last said; None where it did not."""

    def recall_writes(self, repositories: Iterable[str]) -> None:
        """Count what this account wrote in *repositories* within the last hour, so that limits hold over runs."""


class PullRequests(Protocol):
    """A tracker that also has pull requests."""

    def pull_request(self, number: int, *, repository: str) -> PullRequest:
        """The pull request with its commits' messages and its changed files. Raises TicketNotFound."""

    def file_at(self, path: str, *, repository: str, commit: str) -> bytes | None:
        """The bytes of a file at *commit*; None where there is none, or it is too large to be text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """One question to a model: *system* is RAT's own words only, *user* the material, *schema* the reply's form."""

    agent: str
    system: str
    user: str
    schema: Mapping[str, object]


class Finish(StrEnum):
    """How a reply ended; only `stop` can be used."""

    STOP = "stop"
    LENGTH = "length"
    REFUSED = "refused"
    EMPTY = "empty"
    LEAK = "leak"


@dataclass(frozen=True, kw_only=True, slots=True)
class Completion:
    """A model's reply as text, not yet decoded."""

    text: str
    finish: Finish
    usage: Usage


class LLM(Protocol):
    """A model behind an endpoint; it is given text and gives text, and has no tools."""

    name: str

    def complete(self, prompt: Prompt, *, model: str) -> Completion:
        """The model's reply. Raises ModelError when the endpoint fails for good."""


class Grounds(Protocol):
    """What a citation is checked against. A `Checkout` is one."""

    def files(self) -> Iterable[str]:
        """Every file that may be cited."""

    def read(self, path: str) -> bytes | None:
        """The bytes of one of them, or None."""

    def has_commit(self, sha: str) -> bool:
        """Whether this commit may be cited."""
