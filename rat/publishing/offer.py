"""What is to be published on one ticket, and what it was planned on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from rat.model import PullRequest, Ticket, TicketRef, TrackerKind
from rat.model.settings import Project
from rat.ports import PullRequests, Tracker
from rat.publishing.document import Document
from rat.publishing.guard import Guard
from rat.publishing.journal import Journal
from rat.publishing.region import words_hash
from rat.publishing.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What a ticket (or pull request) looked like when it was read: the guard against edits in between.

    *words_hash* is over the title and the description without RAT's own part: what a proposal was made for.
    """

    updated_at: str = ""
    content_hash: str = ""
    state: str = "open"
    locked: bool = False
    labels: tuple[str, ...] = ()
    comment_count: int | None = None
    words_hash: str = ""

    @classmethod
    def of(cls, ticket: Ticket) -> "Seen":
        """What was seen of *ticket*."""
        return cls(
            updated_at=ticket.updated_at,
            content_hash=ticket.content_hash,
            state=ticket.state,
            locked=ticket.locked,
            labels=ticket.labels,
            comment_count=ticket.comment_count,
            words_hash=words_hash(ticket),
        )

    @classmethod
    def of_pull_request(cls, pull: PullRequest) -> "Seen":
        """What was seen of a pull request: only a new commit makes its impact another one."""
        return cls(content_hash=pull.head_sha, state=pull.state)


class Same(StrEnum):
    """When a comment says already what is offered: it was made from the same input, or has the same words."""

    EITHER = "either"
    INPUT = "input"
    WORDS = "words"


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One comment to be: its place, purpose and words, the hash of what they were made from, and what was seen.

    *asked* when a person asked for it by name: then a comment that was deleted comes back. *same* is what must be the
    same as in the comment that is there for it to be left as it is.
    """

    ref: TicketRef
    purpose: str
    document: Document
    input_hash: str
    seen: Seen
    asked: bool = False
    same: Same = Same.EITHER


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Where this run may write: GitHub repositories (`owner/repo`) and Jira projects (`PAY`), from settings alone."""

    repositories: frozenset[str] = frozenset()
    jira_projects: frozenset[str] = frozenset()

    def permits(self, ref: TicketRef) -> bool:
        """Whether *ref* lies in one of them."""
        match ref.tracker:
            case TrackerKind.GITHUB:
                return ref.key.partition("#")[0].lower() in {name.lower() for name in self.repositories}
            case TrackerKind.JIRA:
                return ref.key.rpartition("-")[0] in self.jira_projects
            case TrackerKind.FILE:
                return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What publishing works with. *wait* sleeps for so many seconds; *marker_key* signs markers.

    *project_of* says which project a ticket belongs to, for what the comment says about approvals.
    """

    tracker_for: Callable[[TrackerKind], Tracker]
    site: Site
    policy: Policy
    journal: Journal
    guard: Guard = field(default_factory=Guard)
    marker_key: str = field(default="", repr=False)
    dry_run: bool = False
    wait: Callable[[float], None] = field(default=lambda _: None, repr=False)
    pull_requests: PullRequests | None = None
    project_of: Callable[[Ticket], Project] | None = field(default=None, repr=False)
