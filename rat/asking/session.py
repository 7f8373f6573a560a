"""What all tickets of a run share when they ask: one model, one budget, the same prompts."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from rat.asking.answers import Answers
from rat.asking.daybook import DayBook
from rat.asking.spending import Allowance, DayAllowance
from rat.errors import BudgetError
from rat.model.settings import Budget, Settings
from rat.ports import LLM
from rat.templates import Templates

log = logging.getLogger("rat")


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """What all tickets of a run share: the model, the settings, the prompts, the money, and the calls at once."""

    llm: LLM
    settings: Settings
    templates: Templates
    answers: Answers
    money: Allowance
    day: DayAllowance
    slots: threading.BoundedSemaphore


def open_session(
    *, llm: LLM, settings: Settings, templates: Templates, cache: Path | None = None, book: DayBook | None = None
) -> Session:
    """The session of one run. *cache* is where paid replies are kept, *book* what was spent on the day."""
    return Session(
        llm=llm,
        settings=settings,
        templates=templates,
        answers=Answers(cache),
        money=Allowance(settings.budget.usd_per_run, refusal=_run_is_spent(settings.budget)),
        day=DayAllowance(
            settings.budget.usd_per_day, book=book or DayBook(None), refusal=_day_is_spent(settings.budget)
        ),
        slots=threading.BoundedSemaphore(settings.model.concurrency),
    )


def unpriced(settings: Settings) -> tuple[str, ...]:
    """The models of the team that have no price: what they cost does not count to any budget in US dollars."""
    own = [settings.model.per_agent.get(agent) or settings.model.name for agent in settings.team]
    return tuple(name for name in dict.fromkeys(own) if name and name not in settings.budget.prices)


def warn_of_loose_budgets(settings: Settings, *, remembers: bool) -> None:
    """Say once for a run which budgets do not hold; *remembers*: whether anything says what other runs spent today."""
    if unknown := unpriced(settings):
        log.warning(
            "No price is known for %s, so no budget in US dollars holds for it; tokens are counted all the same. Set "
            "`budget.prices` (0 for a model that costs nothing).",
            ", ".join(unknown),
        )
    if settings.budget.usd_per_day is not None and not remembers:
        log.warning(
            "`budget.usd_per_day` counts this run alone: nothing says what other runs spent today. Give --spending, "
            "--out or --spent-today-usd."
        )


def _run_is_spent(budget: Budget) -> BudgetError:
    return BudgetError(
        f"The budget of {budget.usd_per_run:g} USD for a run does not cover the next call to the model. What was done "
        "is kept; raise `budget.usd_per_run`, or go on with the next run."
    )


def _day_is_spent(budget: Budget) -> BudgetError:
    return BudgetError(
        f"The budget of {budget.usd_per_day or 0:g} USD for a day does not cover the next call to the model. What was "
        "done is kept; go on tomorrow (UTC), or raise `budget.usd_per_day`."
    )
