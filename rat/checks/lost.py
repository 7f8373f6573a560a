"""What the reporter asked for and the draft says nowhere: conditions, limits, steps."""

import re

from rat.checks.facts import Demand, demands, words
from rat.model import AcceptanceCriterion, Finding, Refinement, Severity, Statement, TicketType
from rat.model.finding import LOST

COVERED = 0.4
"""A sentence is taken up when this share of its longer words stands in the draft."""
SHOWN = 4
_STEP = re.compile(r"^[ \t]*\d{1,2}[.)][ \t]+(\S.{3,300})$", re.MULTILINE)
_STEPS_HEADING = re.compile(
    r"^\W{0,6}(?:steps?|(?:how )?to reproduce|reproduc|schritte)[^\n]{0,60}$", re.MULTILINE | re.IGNORECASE
)


def lost_demands(refinement: Refinement) -> tuple[Finding, ...]:
    """One finding for the demands of the ticket that are neither in the proposal nor asked about.

    A demand is taken up when all of its figures stand in the draft, and beside them half of its names or enough of its
    words. Criteria under a heading of their own have a check of their own.
    """
    said = drafted_text(refinement)
    known, plain = words(said), _plain(said)
    lost = [demand.text for demand in demands(refinement.ticket.body) if not _is_taken_up(demand, known, plain)]
    return _finding("The draft does not say what the ticket demands", lost)


def _is_taken_up(demand: Demand, known: frozenset[str], plain: str) -> bool:
    figures = all(re.search(rf"(?<![\w.,]){re.escape(figure)}(?![\d])", plain) for figure in demand.figures)
    named = [name for name in demand.names if _plain(name) in plain]
    return figures and (_covers(known, demand.text) or 0 < len(demand.names) <= 2 * len(named))


def lost_steps(refinement: Refinement) -> tuple[Finding, ...]:
    """A finding where a bug's numbered steps are given and most of them are nowhere in the draft."""
    start = _STEPS_HEADING.search(refinement.ticket.body)
    if refinement.type is not TicketType.BUG or start is None:
        return ()
    steps = _STEP.findall(refinement.ticket.body[start.end() : start.end() + 5_000])
    known = words(drafted_text(refinement))
    lost = [step for step in steps if not _covers(known, step)]
    return _finding("The draft leaves out steps of the reporter", lost) if 2 * len(lost) > len(steps) else ()


def drafted_text(refinement: Refinement) -> str:
    """Everything that the draft says, quotations of the ticket included."""
    proposal = refinement.proposal
    if proposal is None:
        return ""
    stated: tuple[Statement | AcceptanceCriterion, ...] = (
        *proposal.approach,
        *proposal.acceptance_criteria,
        *proposal.test_plan,
        *proposal.risks,
    )
    parts = [proposal.title, proposal.problem, proposal.size, refinement.intent, *proposal.out_of_scope]
    parts += [item.text for item in stated] + [task.title for task in proposal.tasks]
    parts += [
        quote.quote for item in (*stated, *proposal.tasks) for quote in item.citations if quote.source == "ticket"
    ]
    parts += [f"{asked.text} {asked.why} {asked.assumption}" for asked in refinement.questions]
    parts += [f"{clash.reason} {clash.ticket_quote}" for clash in refinement.conflicts]
    parts += [file.path for file in refinement.impacted_files]
    return "\n".join(parts)


def _covers(known: frozenset[str], sentence: str) -> bool:
    wanted = words(sentence)
    return len(wanted & known) >= COVERED * len(wanted)


def _plain(text: str) -> str:
    """*text* as it is compared: without case, back quotes, and with one space between words."""
    return " ".join(text.casefold().replace("`", "").split())


def _finding(what: str, lost: list[str]) -> tuple[Finding, ...]:
    if not lost:
        return ()
    shown = "; ".join(f'"{text[:140]}"' for text in lost[:SHOWN])
    more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
    return (Finding(check=LOST, severity=Severity.WARNING, message=f"{what}: {shown}{more}.", agent="analyst"),)
