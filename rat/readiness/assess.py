"""A ticket against its definition of ready and the rules of good writing: findings, each with its points."""

from collections.abc import Iterator

from rat.model.finding import Finding
from rat.model.ticket import Ticket, TicketType
from rat.readiness.criteria import criteria_smells
from rat.readiness.definitions import DefinitionOfReady, parts_for
from rat.readiness.parts import PartState, state_of
from rat.readiness.reading import Reading, read
from rat.readiness.rules import RULES, finding
from rat.readiness.smells import CODE_SMELLS, SMELLS
from rat.readiness.thread import unanswered
from rat.readiness.titles import title_smells
from rat.readiness.wording import missing, thin


def assess(ticket: Ticket, kind: TicketType, definition_of_ready: DefinitionOfReady) -> tuple[Finding, ...]:
    """What is missing and what is hard to act on, the costliest first. The same ticket gives the same findings."""
    reading = read(ticket)
    found = [*_parts(reading, parts_for(kind, definition_of_ready)), *title_smells(reading), *criteria_smells(reading)]
    smells = (*SMELLS, *CODE_SMELLS) if kind in (TicketType.BUG, TicketType.TASK) else SMELLS
    found += [one for smell in smells for one in smell(reading)]
    found += unanswered(ticket)
    return tuple(sorted(found, key=lambda one: -one.points))


def missing_parts(ticket: Ticket, kind: TicketType, definition_of_ready: DefinitionOfReady) -> tuple[str, ...]:
    """The parts of the definition of ready that are not there, or not filled enough to act on, in its order."""
    reading = read(ticket)
    parts = parts_for(kind, definition_of_ready)
    return tuple(part for part in parts if state_of(part, reading) is not PartState.PRESENT)


def rule_of(part: str) -> str:
    """The rule that a missing *part* breaks; parts of a project's own share one."""
    name = f"missing-{part}"
    return name if name in RULES else "missing-own-part"


def _parts(reading: Reading, parts: tuple[str, ...]) -> Iterator[Finding]:
    """A thin part costs what a missing one costs: a heading, or a sentence about nothing, is no information."""
    for part in parts:
        match state_of(part, reading):
            case PartState.MISSING:
                yield finding(rule_of(part), missing(part))
            case PartState.THIN:
                yield finding(rule_of(part), thin(part))
            case PartState.PRESENT:
                pass
