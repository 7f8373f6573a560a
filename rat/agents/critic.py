"""The critic attacks the draft as the engineer who has to build it; objections that block go back to their authors."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from rat.model import Citation, Finding, Refinement, Severity
from rat.model.strict import Strict
from rat.model.ticket import TicketType

NAME = "critic"
NEEDS: tuple[str, ...] = ("analyst", "architect", "planner", "tester")
SERVES = frozenset(TicketType)


class Author(StrEnum):
    """Whose part an objection is about."""

    ANALYST = "analyst"
    ARCHITECT = "architect"
    PLANNER = "planner"
    TESTER = "tester"


class Weight(StrEnum):
    """How much an objection weighs."""

    BLOCKER = "blocker"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection(Strict):
    """What is wrong with one author's part and how to mend it."""

    agent: Author
    severity: Weight
    message: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply(Strict):
    """What the critic replies; prompts/critic.md.j2 says what it looks for."""

    objections: tuple[Objection, ...]


def apply(refinement: Refinement, reply: Reply) -> Refinement:
    """The critic's objections as findings."""
    return objected(refinement, reply, reviewer=NAME)


def objected(refinement: Refinement, reply: Reply, *, reviewer: str) -> Refinement:
    """The objections of *reviewer* in place of those that it had before. They cost no points: no model grades."""
    others = tuple(finding for finding in refinement.findings if finding.check != reviewer)
    new = tuple(
        Finding(
            check=reviewer,
            severity=Severity(objection.severity.value),
            message=objection.message,
            agent=objection.agent.value,
        )
        for objection in reply.objections
    )
    return dataclasses.replace(refinement, findings=others + new)
