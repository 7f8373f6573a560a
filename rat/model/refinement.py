"""The one value that walks through the house, and the record of a run."""

from dataclasses import dataclass, field
from enum import StrEnum

from rat.model.dialogue import Dialogue
from rat.model.evidence import Evidence, ImpactedFile
from rat.model.finding import CUT_SHORT, Finding, Score, Severity
from rat.model.proposal import Conflict, Proposal, Question
from rat.model.strict import Strict
from rat.model.ticket import Ticket, TicketType


class Status(StrEnum):
    """How a refinement ended: *needs_answers* waits for a person, *skipped* says why in a finding."""

    READY = "ready"
    NEEDS_ANSWERS = "needs_answers"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage(Strict):
    """What the model cost: tokens, and US dollars where prices are known. *estimated* when the server reported none."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        """The two together."""
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost_usd=self.cost_usd + other.cost_usd,
            estimated=self.estimated or other.estimated,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange(Strict):
    """One question to the model and its answer, as sent and received, secrets redacted."""

    agent: str
    prompt: str
    reply: str
    usage: Usage
    cached: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CitationCount(Strict):
    """How many citations the proposal made, how many were verified, how many were dropped."""

    cited: int = 0
    verified: int = 0
    dropped: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Refinement(Strict):
    """The work on one ticket. Every step takes one and returns a new one. *notes* say what could not be read.

    *dialogue* is what was said before.
    *size* is how large similar changes were, as a range with the commits behind it; empty with too few examples.
    """

    ticket: Ticket
    type: TicketType = TicketType.TASK
    intent: str = ""
    evidence: tuple[Evidence, ...] = ()
    impacted_files: tuple[ImpactedFile, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    questions: tuple[Question, ...] = ()
    proposal: Proposal | None = None
    findings: tuple[Finding, ...] = ()
    citations: CitationCount = CitationCount()
    score: Score | None = None
    notes: tuple[str, ...] = ()
    size: str = ""
    dialogue: Dialogue = field(default_factory=Dialogue)

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """The findings that must be dealt with."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.BLOCKER)

    @property
    def is_cut_short(self) -> bool:
        """Whether a budget was spent before every agent had spoken; such a refinement is never ready."""
        return any(finding.check == CUT_SHORT for finding in self.findings)


@dataclass(frozen=True, kw_only=True, slots=True)
class RunReport(Strict):
    """What came of one ticket: the refinement, how it ended, what it cost, and the commit that it was checked at.

    *input_hash* is over what decides the outcome (ticket text, settings, prompts, model), not over comments. *seconds*
    is how long it took, None where nobody measured.
    """

    refinement: Refinement
    status: Status
    mode: str
    head: str
    usage: Usage = Usage()
    model: str = ""
    input_hash: str = ""
    exchanges: tuple[Exchange, ...] = ()
    seconds: float | None = None
