"""The values that travel through RAT: frozen, typed, with no behaviour beyond reading themselves.

A module is imported when one of its types is asked for: making all takes longer than reading a small repository.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rat.model.commit import Commit
    from rat.model.evidence import Citation, Evidence, EvidenceKind, ImpactedFile, Symbol
    from rat.model.finding import Finding, Score, Severity
    from rat.model.proposal import AcceptanceCriterion, Conflict, Proposal, Question, Statement, Task
    from rat.model.pull_request import ChangedFile, PullRequest
    from rat.model.refinement import CitationCount, Exchange, Refinement, RunReport, Status, Usage
    from rat.model.ticket import Comment, Link, Ticket, TicketRef, TicketType, TrackerKind
else:

    def __getattr__(name: str) -> object:
        """The type called *name*, from the first module that has it (PEP 562)."""
        for module in MODULES if name in __all__ else ():
            types = importlib.import_module(f"rat.model.{module}")
            if hasattr(types, name):
                return getattr(types, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


MODULES = ("commit", "evidence", "finding", "ticket", "proposal", "pull_request", "refinement")
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
