"""`run.json`: what came of each ticket of a run, which failed, what it cost."""

from dataclasses import dataclass

from rat.model.finding import Score
from rat.model.refinement import CitationCount, Status, Usage
from rat.model.strict import Strict


@dataclass(frozen=True, kw_only=True, slots=True)
class RunTicket(Strict):
    """A ticket that was refined or skipped; *file* holds its refinement, *reason* why nothing was asked of it."""

    key: str
    title: str
    url: str
    status: Status
    score: Score | None
    citations: CitationCount
    usage: Usage
    file: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RunFailure(Strict):
    """A ticket that failed, and why; *exit_code* is that of its error."""

    key: str
    error: str
    exit_code: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RunFile(Strict):
    """A run as its folder keeps it. *finished* is false until it came to its end, *head* the commit it worked at."""

    version: str
    finished: bool
    mode: str
    model: str
    head: str
    tickets: tuple[RunTicket, ...]
    failed: tuple[RunFailure, ...]
    usage: Usage
