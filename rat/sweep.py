"""A run of `rat refine`: find the tickets, refine each, keep and show the results, offer them if asked to."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rat import pipeline, results
from rat.batch import Batch, Progress, refine_all
from rat.bookkeeping import Book, open_book
from rat.connect import Connections
from rat.delivery import deliver, look_back, marker_key
from rat.dialogue import dialogue_on
from rat.errors import BudgetError, GateError, TicketsFailed
from rat.model import RunReport, Status, Ticket, TicketRef, TrackerKind
from rat.model.dialogue import Dialogue
from rat.model.settings import Project, Settings
from rat.model.wish import Wish
from rat.projects import seen_from
from rat.publishing.compose import compose
from rat.publishing.markdown import write_markdown
from rat.publishing.small_print import OPT_OUT_LABEL
from rat.selection import select, why_settled

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
    batch = refine_all(
        selection.refs,
        _refiner(wish, connections, selection.projects, cut_off),
        workers=settings.model.concurrency if settings.model.name else 1,
        keep=lambda report: _keep(report, wish, connections, book),
        progress=progress,
    )
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


def _refiner(
    wish: Wish, connections: Connections, projects: Mapping[TicketRef, Project], cut_off: Mapping[str, RunReport]
) -> Callable[[TicketRef], RunReport]:
    open_asker = connections.asker(cache=wish.out / "cache" if wish.out else None)

    def refine(ref: TicketRef) -> RunReport:
        begun = time.monotonic()
        ticket = connections.fetch(ref)
        project = projects.get(ref) or connections.project_of(ticket)
        settings = seen_from(connections.settings, project)
        library = connections.library(ref.tracker, project)
        dialogue = dialogue_of(ticket, connections)
        if reason := reason_to_skip(ticket, wish, settings, dialogue):
            return pipeline.skip(ticket, reason, library=library, settings=settings)
        done = cut_off.get(ticket.key)
        if done and pipeline.still_holds(done, ticket, head=connections.checkout.head, settings=settings):
            log.info("%s: taken over from the run that was cut off here.", ticket.key)
            return done
        asker = open_asker(ticket.key) if open_asker else None
        report = pipeline.refine(ticket, library=library, asker=asker, settings=settings, dialogue=dialogue)
        return replace(report, seconds=round(time.monotonic() - begun, 3))

    return refine


def reason_to_skip(ticket: Ticket, wish: Wish, settings: Settings, dialogue: Dialogue) -> str:
    """Why *ticket* is not refined, for its author; empty when it is."""
    if ticket.state != "open":
        return f"{ticket.key} is closed. Reopen it, or refine another ticket."
    if OPT_OUT_LABEL in ticket.labels:
        return f"{ticket.key} carries the label {OPT_OUT_LABEL}: people asked RAT to keep away."
    if not wish.skips_unchanged or ticket.ref.tracker is TrackerKind.FILE:
        return ""
    return why_settled(ticket, settings, dialogue)


def dialogue_of(ticket: Ticket, connections: Connections) -> Dialogue:
    """What was said on *ticket*; nothing in a file."""
    if ticket.ref.tracker is TrackerKind.FILE:
        return Dialogue()
    return dialogue_on(ticket, tracker=connections.tracker(ticket.ref.tracker), key=marker_key())


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
