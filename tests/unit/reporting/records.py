"""Records to try the ledger, the metrics and the report with."""

from typing import Any

from rat.model.ledger import DecisionRecord, Ending, OfferRecord, RunRecord, Verdict, with_id
from rat.model.ticket import TicketType

ABOUT = {"at": "2026-11-02T08:00:00+00:00", "run": "r1", "repository": "acme/shop", "team": "payments"}


def run(ticket: str = "acme/shop#1", **values: Any) -> RunRecord:
    """A refinement by a model that made a raw ticket ready."""
    usual: dict[str, Any] = {
        **ABOUT,
        "ticket": ticket,
        "type": TicketType.BUG,
        "mode": "model",
        "ending": Ending.READY,
        "before": 40,
        "after": 90,
        "cited": 14,
        "verified": 14,
        "dropped": 2,
        "calls": 5,
        "prompt_tokens": 20_000,
        "completion_tokens": 2_000,
        "cost_usd": 0.05,
        "model": "gpt-x",
        "variant": "built-in",
    }
    return with_id(RunRecord(**{**usual, **values}))


def offer(ticket: str = "acme/shop#1", action: str = "created", **values: Any) -> OfferRecord:
    """An offer of a refinement."""
    return with_id(OfferRecord(**{**ABOUT, "ticket": ticket, "purpose": "refinement", "action": action, **values}))


def decision(ticket: str = "acme/shop#1", verdict: Verdict = Verdict.APPLIED, **values: Any) -> DecisionRecord:
    """A decision of Ann's, a day after the run."""
    later = {**ABOUT, "at": "2026-11-03T08:00:00+00:00", "login": "ann"}
    return with_id(DecisionRecord(**{**later, "ticket": ticket, "verdict": verdict, **values}))
