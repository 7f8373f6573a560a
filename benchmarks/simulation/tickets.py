"""Tickets as a server keeps them, and what people do to them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(kw_only=True, slots=True)
class Said:
    """A comment."""

    id: int
    author: str
    body: str
    marker: str = ""
    created: float = 0.0
    updated: float = 0.0


@dataclass(kw_only=True, slots=True)
class Item:
    """A ticket of one team; *home* is its repository or Jira project. Times are in seconds since the epoch."""

    home: str
    number: int
    team: int
    label: str
    created: float
    updated: float
    edited: float = 0.0
    words: str = "It fails on Tuesdays."
    waits: bool = True
    comments: list[Said] = field(default_factory=list)
    proposed: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        """Whether RAT wrote since the words last changed."""
        return bool(self.proposed) and self.proposed[-1] > max(self.created, self.edited)


def iso(time: float) -> str:
    """A time as GitHub writes it."""
    return datetime.fromtimestamp(time, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def number_of(time: str) -> float:
    """A time back in seconds."""
    return datetime.fromisoformat(time).timestamp()
