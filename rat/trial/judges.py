"""The judge of a run: it looks at every ticket that two variants refined, as often as samples are asked for."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rat.asking import Asker
from rat.errors import BudgetError, ConfigError, ModelError
from rat.evaluation.dataset import Case
from rat.evaluation.judging import Judgement, Side, Unjudged, Verdict, judgement, look_at
from rat.evaluation.reading import shown
from rat.model.variant import Variant
from rat.trial.setting import Trial
from rat.trial.work import Worked

log = logging.getLogger("rat")

AT_ONCE = 4
"""Tickets judged at a time; calls are bounded by `model.concurrency` anyway."""

Opener = Callable[[str], Asker]


def judged(
    worked: Sequence[Worked], cases: Sequence[Case], checkouts: dict[str, Path], trial: Trial
) -> tuple[Judgement, ...]:
    """Every other variant against the first; nothing without a judge. Raises ConfigError where it is no model."""
    if not trial.judge:
        return ()
    openers = {name: _opener(trial, folder) for name, folder in checkouts.items()}
    first = worked[0]
    return tuple(
        judgement(
            trial.judge,
            first.variant.name,
            other.variant.name,
            *_verdicts(first, other, cases, openers, samples=trial.samples),
        )
        for other in worked[1:]
    )


def _opener(trial: Trial, checkout: Path) -> Opener:
    """What opens the judge's askers, which share one budget."""
    opener = trial.connections(checkout, Variant(name="judge", model=trial.judge)).asker(cache=trial.cache())
    if opener is None:
        raise ConfigError(f"A judge has to be a model, and `--judge {trial.judge}` is none.")
    return opener


def _verdicts(
    first: Worked, second: Worked, cases: Sequence[Case], openers: dict[str, Opener], *, samples: int
) -> tuple[list[Verdict], list[Unjudged]]:
    """The verdicts on the tickets that both refined, and why there is none on others."""

    def look(case: Case) -> Verdict | Unjudged:
        sides = [Side(variant=w.variant.name, text=shown(w.reports[case.id].refinement)) for w in (first, second)]
        try:
            return look_at(case, *sides, askers=[openers[case.repo](case.id) for _ in range(samples)])
        except (BudgetError, ModelError) as problem:
            return Unjudged(id=case.id, error=str(problem), exit_code=problem.exit_code)

    both = [case for case in cases if case.id in first.reports and case.id in second.reports]
    log.info("judging %s against %s: %d tickets", second.variant.name, first.variant.name, len(both))
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="judge") as threads:
        looked = list(threads.map(look, both))
    return [one for one in looked if isinstance(one, Verdict)], [one for one in looked if isinstance(one, Unjudged)]
