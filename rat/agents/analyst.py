"""The analyst says what a ticket asks for, why, and what only a person can answer."""

import dataclasses
from dataclasses import dataclass

from rat.agents.draft import proposal_of
from rat.model import Question, Refinement
from rat.model.strict import Strict
from rat.model.ticket import TicketType

NAME = "analyst"
NEEDS: tuple[str, ...] = ()
SERVES = frozenset(TicketType)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply(Strict):
    """What the analyst replies; prompts/analyst.md.j2 says what each part is."""

    type: TicketType
    title: str
    intent: str
    problem: str
    questions: tuple[Question, ...]
    out_of_scope: tuple[str, ...]


def apply(refinement: Refinement, reply: Reply) -> Refinement:
    """The analyst's part. A type that the ticket declares is kept: what counts as ready hangs on it."""
    kind = refinement.type if refinement.ticket.declared_type else reply.type
    proposal = dataclasses.replace(
        proposal_of(refinement),
        title=reply.title or refinement.ticket.title,
        problem=reply.problem,
        out_of_scope=() if kind is TicketType.QUESTION else reply.out_of_scope,
    )
    return dataclasses.replace(
        refinement,
        type=kind,
        intent=reply.intent,
        questions=reply.questions,
        proposal=proposal,
    )
