"""What all tickets of a run share when they ask: one model, one budget, the same prompts."""

import threading
from dataclasses import dataclass
from pathlib import Path

from rat.asking.answers import Answers
from rat.asking.spending import Allowance
from rat.model.settings import Settings
from rat.ports import LLM
from rat.templates import Templates


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """What all tickets of a run share: the model, the settings, the prompts, the money, and the calls at once."""

    llm: LLM
    settings: Settings
    templates: Templates
    answers: Answers
    money: Allowance
    slots: threading.BoundedSemaphore


def open_session(
    *, llm: LLM, settings: Settings, templates: Templates, cache: Path | None = None, spent_usd: float = 0.0
) -> Session:
    """The session of one run. *cache* is where paid replies are kept; *spent_usd* already counts to the budget."""
    return Session(
        llm=llm,
        settings=settings,
        templates=templates,
        answers=Answers(cache),
        money=Allowance(
            settings.budget.usd_per_run,
            spent=spent_usd,
            refusal=f"The budget of {settings.budget.usd_per_run} USD for a run does not cover the next call to the "
            "model. What was done is kept; raise `budget.usd_per_run`, or go on with the next run.",
        ),
        slots=threading.BoundedSemaphore(settings.model.concurrency),
    )
