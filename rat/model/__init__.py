"""The values that travel through RAT: frozen, typed, with no behaviour beyond reading themselves."""

from rat.model.commit import ChangedFile, Commit, PullRequest
from rat.model.evidence import Citation, Evidence, EvidenceKind, ImpactedFile, Symbol
from rat.model.finding import Finding, Score, Severity
from rat.model.proposal import AcceptanceCriterion, Conflict, Proposal, Question, Statement, Task
from rat.model.refinement import CitationCount, Exchange, Refinement, RunReport, Status, Usage
from rat.model.ticket import Comment, Link, Ticket, TicketRef, TicketType, TrackerKind

__all__ = [
    "AcceptanceCriterion",
    "ChangedFile",
    "Citation",
    "CitationCount",
    "Comment",
    "Commit",
    "Conflict",
    "Evidence",
    "EvidenceKind",
    "Exchange",
    "Finding",
    "ImpactedFile",
    "Link",
    "Proposal",
    "PullRequest",
    "Question",
    "Refinement",
    "RunReport",
    "Score",
    "Severity",
    "Statement",
    "Status",
    "Symbol",
    "Task",
    "Ticket",
    "TicketRef",
    "TicketType",
    "TrackerKind",
    "Usage",
]
