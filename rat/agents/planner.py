"""The planner breaks the work down into tasks with their order, and says how large it is."""

import dataclasses
from dataclasses import dataclass

from rat.agents.draft import proposal_of
from rat.model import Refinement, Task
from rat.model.strict import Strict
from rat.model.ticket import TicketType

NAME = "planner"
NEEDS: tuple[str, ...] = ("analyst", "architect")
SERVES = frozenset(TicketType) - {TicketType.QUESTION}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply(Strict):
    """What the planner replies; prompts/planner.md.j2 says what each part is."""

    tasks: tuple[Task, ...]
    size: str


def apply(refinement: Refinement, reply: Reply) -> Refinement:
    """The planner's part."""
    proposal = dataclasses.replace(proposal_of(refinement), tasks=reply.tasks, size=reply.size)
    return dataclasses.replace(refinement, proposal=proposal)
