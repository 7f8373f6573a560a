"""The definition of ready: which parts a ticket of each type must have, and what each part is called in a sentence."""

from collections.abc import Mapping

from rat.model.ticket import TicketType

DEFINITION_OF_READY: dict[TicketType, tuple[str, ...]] = {
    TicketType.BUG: ("steps", "expected", "actual", "environment"),
    TicketType.STORY: ("value", "acceptance-criteria", "scope"),
    TicketType.TASK: ("goal", "acceptance-criteria"),
    TicketType.EPIC: ("value", "scope", "breakdown"),
    TicketType.RFE: ("problem", "proposal", "alternatives", "scope"),
    TicketType.SPIKE: ("question", "time-box", "outcome"),
    TicketType.QUESTION: ("question", "tried"),
}
"""Bugs after Bettenburg et al., "What makes a good bug report?" (FSE 2008): steps, observed and expected behaviour help
most. Stories after INVEST (valuable, estimable, small, testable). RFEs after what KEPs and Rust RFCs share."""

DefinitionOfReady = Mapping[str, tuple[str, ...]]
"""A project's own lists, keyed by ticket type, as `definition_of_ready` in `.github/rat.yml` gives them."""


def parts_for(kind: TicketType, own: DefinitionOfReady) -> tuple[str, ...]:
    """The parts that a ticket of this type must have: the project's list, else RAT's."""
    return tuple(own.get(kind.value, DEFINITION_OF_READY[kind]))
