"""What a run would ask of the model and cost, before anything is sent."""

from dataclasses import dataclass, field
from typing import Any

from rat.agents import estimate
from rat.asking import unpriced
from rat.beginning import dialogue_of, reason_to_skip
from rat.connect import Connections
from rat.decode import encode
from rat.model import Refinement, TicketRef, Usage
from rat.model.settings import Budget, Project
from rat.model.wish import Wish
from rat.projects import seen_from
from rat.readiness import classify
from rat.selection import select
from rat.sources import gather


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What one ticket would take; nothing where *skipped* says why it would not be refined."""

    key: str
    usage: Usage = field(default_factory=Usage)
    skipped: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """What the tickets of a run would take, without revisions. *unpriced*: the models whose price nobody said."""

    shares: tuple[Share, ...]
    model: str
    unpriced: tuple[str, ...]
    budget: Budget
    max_revisions: int

    @property
    def total(self) -> Usage:
        """All tickets together."""
        return sum((share.usage for share in self.shares), start=Usage(estimated=True))


def forecast(wish: Wish, connections: Connections) -> Forecast:
    """The forecast of what *wish* names. Reads tickets and checkout as a run does, asks no model.

    Raises the RatError of the first ticket that cannot be read.
    """
    settings = connections.settings
    selection = select(wish, connections, thrifty=True)
    return Forecast(
        shares=tuple(_share(ref, wish, connections, selection.projects.get(ref)) for ref in selection.refs),
        model=settings.model.name or "",
        unpriced=unpriced(settings),
        budget=settings.budget,
        max_revisions=settings.max_revisions,
    )


def as_text(made: Forecast) -> str:
    """The forecast as a Markdown table, and what it leaves out."""
    lines = ["| ticket | calls | tokens in | tokens out | USD |", "|---|---:|---:|---:|---:|"]
    lines += [_row(share.key, share.usage, made, note=share.skipped) for share in made.shares]
    if len(made.shares) > 1:
        lines.append(_row("all", made.total, made))
    return "\n".join([*lines, "", "Estimated; nothing was sent to a model.", *_remarks(made)])


def as_data(made: Forecast) -> dict[str, Any]:
    """The forecast as plain data: `tickets`, `total`, `unpriced` (models that `cost_usd` leaves out)."""
    return {
        "tickets": [
            {"key": share.key, "skipped": share.skipped, "usage": encode(share.usage)} for share in made.shares
        ],
        "total": encode(made.total),
        "unpriced": list(made.unpriced),
    }


def _share(ref: TicketRef, wish: Wish, connections: Connections, project: Project | None) -> Share:
    ticket = connections.fetch(ref)
    project = project or connections.project_of(ticket)
    settings = seen_from(connections.settings, project)
    if reason := reason_to_skip(ticket, wish, settings, dialogue_of(ticket, connections)):
        return Share(key=ticket.key, skipped=reason)
    if settings.model.name is None:
        return Share(key=ticket.key)
    raw = Refinement(ticket=ticket, type=classify(ticket))
    found = gather(raw, connections.library(ref.tracker, project))
    return Share(key=ticket.key, usage=estimate(settings.team, found, connections.dry_asker(ticket.key)))


def _row(name: str, usage: Usage, made: Forecast, *, note: str = "") -> str:
    if note:
        return f"| {name} | 0 | 0 | 0 | {note} |"
    return f"| {name} | {usage.calls} | {usage.prompt_tokens:,} | {usage.completion_tokens:,} | {_cost(usage, made)} |"


def _cost(usage: Usage, made: Forecast) -> str:
    if not made.unpriced:
        return f"{usage.cost_usd:.4f}"
    return f"{usage.cost_usd:.4f} and more" if usage.cost_usd else "unknown"


def _remarks(made: Forecast) -> list[str]:
    if not made.model:
        return ["No model is named: facts only, at no cost."]
    budget = made.budget
    rounds = (
        f"Replies that were paid for before cost nothing. Objections add calls, {made.max_revisions} rounds at most; "
        f"no ticket takes more than {budget.tokens_per_ticket:,} tokens (`budget.tokens_per_ticket`)."
    )
    if made.unpriced:
        return [rounds, f"No price is known for {', '.join(made.unpriced)}: set `budget.prices` to see US dollars."]
    if made.total.cost_usd > budget.usd_per_run:
        return [rounds, f"A run may not cost that much: {budget.usd_per_run:g} USD (`budget.usd_per_run`)."]
    return [rounds]
