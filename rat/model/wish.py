"""What a user asks a run for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What the user asked `rat refine` for; None and empty mean that the configuration decides.

    *spending* is the file in which the day's spending is counted, *spent_today_usd* what it cannot know of.

    *skip_unchanged* leaves out tickets that did not change since RAT's comment; publishing does so by itself. *turn* is
    the number of the sweep (`rat.fairness`).
    """

    tickets: tuple[str, ...] = ()
    label: str = ""
    jql: str = ""
    out: Path | None = None
    publishing: bool = False
    dry_run: bool = False
    force: bool = False
    fail_under: int | None = None
    max_tickets: int | None = None
    max_cost_usd: float | None = None
    max_tokens: int | None = None
    spending: Path | None = None
    spent_today_usd: float = 0.0
    skip_unchanged: bool = False
    turn: int = 0

    @property
    def skips_unchanged(self) -> bool:
        """Whether a ticket that did not change since RAT's comment is left out."""
        return (self.publishing or self.skip_unchanged) and not self.force
