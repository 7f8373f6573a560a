"""Nothing of the reporter's is lost: criteria that the ticket gives itself come back in the proposal."""

import re

from rat.checks.lost import lost_demands, lost_steps
from rat.model import Finding, Proposal, Refinement, Severity, TicketType
from rat.model.finding import LOST
from rat.ports import Grounds

CHECK = LOST
_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]*|\*\*|__)?(?:acceptance criteria|acceptance|done when|definition of done|success criteria"
    r"|akzeptanzkriterien|crit[èe]res d'acceptation|criterios de aceptaci[óo]n)[ \t]*:?(?:\*\*|__)?[ \t]*:?[ \t]*$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$")
_BOX = re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\][ \t]+(\S.*)$")
_WORD = re.compile(r"\w{3,}")
ENOUGH = 0.5
"""A criterion is kept when one of the proposal has this share of its words."""


def own_criteria(body: str) -> tuple[str, ...]:
    """The acceptance criteria that a ticket's *body* gives itself: items under such a heading, and task boxes."""
    found: list[str] = []
    under = False
    for line in body.splitlines():
        item = _ITEM.match(line)
        if item and (under or _BOX.match(line)):
            found.append(item[1].strip())
        elif line.strip() and not item:
            under = _HEADING.match(line.strip()) is not None
    return tuple(dict.fromkeys(found))


def check(refinement: Refinement, _grounds: Grounds) -> tuple[Finding, ...]:
    """Findings for what the reporter said and the draft lost: criteria block, demands and steps are pointed out."""
    if refinement.proposal is None or refinement.type is TicketType.QUESTION:
        return ()
    return (*_lost_criteria(refinement.proposal, refinement), *lost_demands(refinement), *lost_steps(refinement))


def _lost_criteria(proposal: Proposal, refinement: Refinement) -> tuple[Finding, ...]:
    drafted = [item.text for item in proposal.acceptance_criteria]
    drafted += [citation.quote for item in proposal.acceptance_criteria for citation in item.citations]
    return tuple(
        Finding(
            check=CHECK,
            severity=Severity.BLOCKER,
            message=f'A criterion of the reporter is lost: "{wanted[:160]}"',
            agent="tester",
        )
        for wanted in own_criteria(refinement.ticket.body)
        if not any(_covers(text, wanted) for text in drafted)
    )


def _covers(text: str, wanted: str) -> bool:
    words = set(_WORD.findall(wanted.lower()))
    return len(words & set(_WORD.findall(text.lower()))) >= ENOUGH * len(words)
