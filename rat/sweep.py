"""A run of `rat refine`: find the tickets, refine each, keep and show the results, offer them if asked to."""

import logging
from collections.abc import Callable, Sequence

from rat import pipeline, results
from rat.batch import Batch, Progress, refine_all
from rat.connect import Connections
from rat.delivery import deliver, marker_key
from rat.errors import ConfigError, GateError, TicketsFailed
from rat.model import RunReport, Status, Ticket, TicketRef, TrackerKind
from rat.model.settings import Project
from rat.model.wish import Wish
from rat.ports import TicketQuery
from rat.publishing.compose import compose
from rat.publishing.find import last_input_hash
from rat.publishing.markdown import write_markdown
from rat.publishing.small_print import OPT_OUT_LABEL

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
    refs = tickets_of(wish, connections)[: settings.budget.tickets_per_run]
    batch = refine_all(
        refs,
        _refiner(wish, connections),
        workers=settings.model.concurrency if settings.model.name else 1,
        keep=lambda report: _keep(report, wish, connections),
        progress=progress,
    )
    if wish.out:
        results.keep_run(batch, model=settings.model.name or "", head=connections.checkout.head, folder=wish.out)
    show(batch.reports)
    log.info("%s", _summary(batch, wish))
    unwritten = (
        deliver(batch.reports, connections, allowed=refs, out=wish.out, dry_run=wish.dry_run, say=say)
        if wish.publishing
        else None
    )
    _end(batch, wish)
    if unwritten:
        raise unwritten


def tickets_of(wish: Wish, connections: Connections) -> tuple[TicketRef, ...]:
    """The tickets that *wish* names, or else those that the configuration's projects name. Raises ConfigError."""
    named = connections.refs(wish.tickets)
    projects = connections.settings.projects
    if wish.label or wish.jql:
        queries = _queries(wish.label, wish.jql)
    elif named:
        queries = ()
    else:
        queries = tuple(query for project in projects for query in _project_queries(project))
    if not named and not queries:
        raise ConfigError("No ticket is named. Name one (`rat refine '#12'`), or give --label, --jql, or a project.")
    found = (ticket.ref for kind, query in queries for ticket in connections.tracker(kind).find(query))
    return tuple(dict.fromkeys([*named, *found]))


def _project_queries(project: Project) -> tuple[tuple[TrackerKind, TicketQuery], ...]:
    github, jira = project.tickets.github, project.tickets.jira
    repository = github.repository if github else ""
    return _queries(github.label if github else "", jira.jql if jira else "", repository)


def _queries(label: str, jql: str, repository: str = "") -> tuple[tuple[TrackerKind, TicketQuery], ...]:
    queries = []
    if label:
        queries.append((TrackerKind.GITHUB, TicketQuery(label=label, repository=repository)))
    if jql:
        queries.append((TrackerKind.JIRA, TicketQuery(jql=jql)))
    return tuple(queries)


def _refiner(wish: Wish, connections: Connections) -> Callable[[TicketRef], RunReport]:
    settings = connections.settings
    open_asker = connections.asker(cache=wish.out / "cache" if wish.out else None)

    def refine(ref: TicketRef) -> RunReport:
        ticket = connections.fetch(ref)
        library = connections.library(ref.tracker, settings.project)
        if reason := _reason_to_skip(ticket, wish, connections):
            return pipeline.skip(ticket, reason, library=library, settings=settings)
        asker = open_asker(ticket.key) if open_asker else None
        return pipeline.refine(ticket, library=library, asker=asker, settings=settings)

    return refine


def _reason_to_skip(ticket: Ticket, wish: Wish, connections: Connections) -> str:
    if ticket.state != "open":
        return f"{ticket.key} is closed. Reopen it, or refine another ticket."
    if OPT_OUT_LABEL in ticket.labels:
        return f"{ticket.key} carries the label {OPT_OUT_LABEL}: people asked RAT to keep away."
    if not wish.publishing or wish.force or ticket.ref.tracker is TrackerKind.FILE:
        return ""
    tracker = connections.tracker(ticket.ref.tracker)
    if last_input_hash(ticket, tracker=tracker, key=marker_key()) == pipeline.input_hash(ticket, connections.settings):
        return f"Nothing changed in {ticket.key} since its last refinement. `--force` refines it again."
    return ""


def _keep(report: RunReport, wish: Wish, connections: Connections) -> None:
    if wish.out:
        results.keep_report(report, write_markdown(compose(report, connections.site)), wish.out)


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
    if wish.fail_under is not None:
        low = [r for r in batch.reports if r.refinement.score and r.refinement.score.after < wish.fail_under]
        if low:
            names = ", ".join(
                f"{r.refinement.ticket.key} ({r.refinement.score.after})" for r in low if r.refinement.score
            )
            raise GateError(f"Below the asked score of {wish.fail_under}: {names}.")
