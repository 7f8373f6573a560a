"""The tester says how anyone can tell that the work is done: acceptance criteria and a test plan."""

import dataclasses
from dataclasses import dataclass

from rat.agents.draft import proposal_of
from rat.model import AcceptanceCriterion, Refinement, Statement
from rat.model.strict import Strict
from rat.model.ticket import TicketType

NAME = "tester"
NEEDS: tuple[str, ...] = ("analyst", "architect")
SERVES = frozenset(TicketType) - {TicketType.QUESTION}
TESTED = frozenset({TicketType.BUG, TicketType.STORY, TicketType.TASK})
"""Types that end in one change, so that tests of it can be planned; the parts of an epic get theirs, a spike none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply(Strict):
    """What the tester replies; prompts/tester.md.j2 says what each part is."""

    acceptance_criteria: tuple[AcceptanceCriterion, ...]
    test_plan: tuple[Statement, ...]


def apply(refinement: Refinement, reply: Reply) -> Refinement:
    """The tester's part; a test plan only for types that are tested."""
    proposal = dataclasses.replace(
        proposal_of(refinement),
        acceptance_criteria=reply.acceptance_criteria,
        test_plan=reply.test_plan if refinement.type in TESTED else (),
    )
    return dataclasses.replace(refinement, proposal=proposal)
