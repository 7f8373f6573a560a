"""What a user asks a run for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What the user asked `rat refine` for; None and empty mean that the configuration decides."""

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
