"""A run of `rat refine`: find the tickets, refine each, keep and show the results, offer them if asked to."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from rat import pipeline, results
from rat.batch import Batch, Progress, refine_all
from rat.beginning import Begin, opener, read_ahead
from rat.bookkeeping import Book, open_book
from rat.connect import Connections
from rat.delivery import deliver, look_back
from rat.errors import BudgetError, GateError, TicketsFailed
from rat.model import RunReport, Status, TicketRef
from rat.model.wish import Wish
from rat.publishing.compose import compose
from rat.publishing.markdown import write_markdown
from rat.selection import select

log = logging.getLogger("rat")


def sweep(
    wish: Wish,
    connections: Connections,
    *,
    progress: Progress,
    show: Callable[[Sequence[RunReport]], None],
    say: Callable[[str], None],
) -> None:
    """Refine what *wish* names; *show* gets the reports, *say* each line of a dry run.

    Raises, once everything else is done, the RatError that decides the exit code.
    """
    settings = connections.settings
    book = open_book(connections, out=wish.out)
    selection = select(wish, connections, thrifty=True)
    model, head = settings.model.name or "", connections.checkout.head
    cut_off = results.begin_run(model=model, head=head, folder=wish.out) if wish.out else {}
    begin = opener(wish, connections, selection.projects, cut_off)
    batch = _refined(wish, connections, selection.refs, begin, book, progress)
    book.failed(batch.failures)
    if wish.out:
        results.keep_run(batch, model=model, head=head, folder=wish.out)
    show(batch.reports)
    log.info("%s", _summary(batch, wish))
    unwritten = (
        deliver(
            batch.reports, connections, allowed=selection.refs, out=wish.out, dry_run=wish.dry_run, say=say, book=book
        )
        if wish.publishing
        else None
    )
    _end(batch, wish)
    for trouble in (unwritten, *selection.troubles, book.trouble):
        if trouble:
            raise trouble


def _refined(
    wish: Wish, connections: Connections, refs: Sequence[TicketRef], begin: Begin, book: Book, progress: Progress
) -> Batch:
    model = connections.settings.model
    workers = model.concurrency if model.name else 1
    return refine_all(
        refs,
        _refiner(wish, connections, read_ahead(refs, begin, workers=workers)),
        workers=workers,
        keep=lambda report: _keep(report, wish, connections, book),
        progress=progress,
    )


def _refiner(wish: Wish, connections: Connections, begin: Begin) -> Callable[[TicketRef], RunReport]:
    open_asker = connections.asker(cache=wish.out / "cache" if wish.out else None)

    def refine(ref: TicketRef) -> RunReport:
        work = begin(ref)
        if isinstance(work, RunReport):
            return work
        report = pipeline.refine(
            work.ticket,
            library=work.library,
            asker=open_asker(work.ticket.key) if open_asker else None,
            settings=work.settings,
            dialogue=work.dialogue,
        )
        return replace(report, seconds=round(time.monotonic() - work.at, 3))

    return refine


def _keep(report: RunReport, wish: Wish, connections: Connections, book: Book) -> None:
    if wish.out:
        results.keep_report(report, write_markdown(compose(report, connections.site)), wish.out)
    if report.seconds is not None or report.status is Status.SKIPPED:  # else a run that was cut off recorded it
        team = connections.project_of(report.refinement.ticket).name
        look_back(report.refinement.ticket, connections, book, team=team)
        book.refined(report, team=team, settings=connections.settings)


def _summary(batch: Batch, wish: Wish) -> str:
    refined = sum(report.status is not Status.SKIPPED for report in batch.reports)
    skipped = len(batch.reports) - refined
    counts = [f"{refined} refined", *([f"{skipped} skipped"] if skipped else [])]
    counts += [f"{len(batch.failures)} failed"] if batch.failures else []
    where = f" In {wish.out}: a .md and a .json for each, and {results.RUN}." if wish.out else ""
    return f"Tickets: {', '.join(counts)}.{where}"


def _end(batch: Batch, wish: Wish) -> None:
    if batch.failures:
        total = len(batch.reports) + len(batch.failures)
        names = "; ".join(f"{failure.key}: {failure.error}" for failure in batch.failures)
        message = names if total == 1 else f"{len(batch.failures)} of {total} tickets failed. {names}"
        raise TicketsFailed(message, exit_code=batch.exit_code)
    if batch.cut_short:
        names = ", ".join(report.refinement.ticket.key for report in batch.cut_short)
        raise BudgetError(
            f"A budget was spent in the middle of {names}. What stands was kept, and says which agents did not speak; "
            "a run with more budget goes on from there."
        )
    if wish.fail_under is not None:
        low = [r for r in batch.reports if r.refinement.score and r.refinement.score.after < wish.fail_under]
        if low:
            names = ", ".join(
                f"{r.refinement.ticket.key} ({r.refinement.score.after})" for r in low if r.refinement.score
            )
            raise GateError(f"Below the asked score of {wish.fail_under}: {names}.")
