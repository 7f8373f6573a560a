"""What became of one offer to a ticket."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """How it ended: only *created*, *updated* and *undone* changed something, *planned* would have (a dry run)."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DEFERRED = "deferred"
    REFUSED = "refused"
    SILENT = "silent"
    FAILED = "failed"
    PLANNED = "planned"
    UNDONE = "undone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A call as it would be sent: *body* is the exact text."""

    tracker: str
    operation: str
    target: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of the offer to *ticket*, why, and where the comment is. *exit_code* is not 0 for a failure."""

    ticket: str
    purpose: str
    action: Action
    reason: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()
    call: Call | None = None
    exit_code: int = 0
