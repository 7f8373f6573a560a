"""Many tickets: some at once, each for itself. One bad ticket never stops the rest."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from rat.errors import BudgetError, RatError, TicketBudgetError
from rat.model import RunReport, TicketRef

log = logging.getLogger("rat")


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A ticket that could not be refined, and why."""

    key: str
    error: str
    exit_code: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """What came of many tickets, in the order in which they were asked for."""

    reports: tuple[RunReport, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 when every ticket came through, else the code of the first failure; 5 where a budget cut a draft short."""
        if self.failures:
            return self.failures[0].exit_code
        return BudgetError.exit_code if self.cut_short else 0

    @property
    def cut_short(self) -> tuple[RunReport, ...]:
        """The reports whose draft a spent budget cut short."""
        return tuple(report for report in self.reports if report.refinement.is_cut_short)


Progress = Callable[[Iterable[Future[RunReport]]], AbstractContextManager[Iterable[Future[RunReport]]]]


def refine_all(
    refs: Sequence[TicketRef],
    refine: Callable[[TicketRef], RunReport],
    *,
    workers: int = 1,
    keep: Callable[[RunReport], None] = lambda _: None,
    progress: Progress = nullcontext,
) -> Batch:
    """Call *refine* for each of *refs*, *workers* at a time; *keep* gets each report as soon as it is there, in order.

    A spent budget of the run or the day lets what runs come to its end and starts nothing more.
    """
    reports: list[RunReport] = []
    failures: list[Failure] = []
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="ticket") as pool:
        futures = [pool.submit(refine, ref) for ref in refs]
        with progress(futures) as running:
            for ref, outcome in zip(refs, _outcomes(running, futures), strict=True):
                if isinstance(outcome, RunReport):
                    keep(outcome)
                    reports.append(outcome)
                else:
                    log.error("%s: %s", ref.key, outcome)
                    failures.append(Failure(key=ref.key, error=str(outcome), exit_code=outcome.exit_code))
    return Batch(reports=tuple(reports), failures=tuple(failures))


def _outcomes(
    running: Iterable[Future[RunReport]], all_of_them: list[Future[RunReport]]
) -> Iterator[RunReport | RatError]:
    spent: BudgetError | None = None
    for future in running:
        if future.cancelled():
            yield BudgetError(f"Not started, because the budget was spent: {spent}")
            continue
        try:
            yield future.result()
        except TicketBudgetError as error:
            yield error
        except BudgetError as error:
            spent = error
            for waiting in all_of_them:
                waiting.cancel()
            yield error
        except RatError as error:
            yield error
