"""The results of checks."""

from dataclasses import dataclass
from enum import StrEnum

from rat.model.strict import Strict


class Severity(StrEnum):
    """How much a finding weighs: a blocker must be dealt with before anyone starts work."""

    BLOCKER = "blocker"
    WARNING = "warning"
    NOTE = "note"


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
