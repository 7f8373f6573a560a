"""The results of checks."""

from dataclasses import dataclass
from enum import StrEnum

from rat.model.strict import Strict


class Severity(StrEnum):
    """How much a finding weighs: a blocker must be dealt with before anyone starts work."""

    BLOCKER = "blocker"
    WARNING = "warning"
    NOTE = "note"


READY = 70
"""The readiness score from which a ticket counts as ready; where it comes from: docs/readiness.md.

The one line there is: below it questions are asked, at or above it a ticket that needs nothing gets no comment."""
COULD_NOT_ASSESS = "could-not-assess"
"""The check of the finding that stands where an agent's part would, had the model given one that can be used."""
LOST = "reporter"
"""The check of what the reporter said and the draft does not; the critic is told."""
CUT_SHORT = "cut-short"
"""The check of the finding that an agent did not speak because a budget was spent; the draft stands without it."""
SENT_BACK = "sent-back"
"""The check of the note that an agent's part came back to it once already; it is gone when the work is done."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding(Strict):
    """What a check saw. *message* says what and where, in words for the ticket's author.

    *agent* names the agent whose reply it is about, empty for the ticket itself. *points* is what it costs the
    readiness score (0 to 100).
    """

    check: str
    severity: Severity
    message: str
    agent: str = ""
    points: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Score(Strict):
    """Readiness, 0 (nothing to go on) to 100 (start work): of the ticket as it came, and with the proposal."""

    before: int
    after: int
