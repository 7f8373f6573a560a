"""One variant on every ticket of a data set: refined, kept, measured."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rat import pipeline, results
from rat.batch import Batch, Progress, refine_all
from rat.connect import Connections
from rat.evaluation.backlog import Backlog
from rat.evaluation.dataset import Case, ticket_of, tracker_of
from rat.evaluation.measure import Measurement, failed, measure
from rat.evaluation.outcome import Tried, tried
from rat.model import RunReport, TicketRef, TrackerKind
from rat.model.variant import Variant
from rat.publishing.compose import compose
from rat.publishing.markdown import write_markdown
from rat.sources.library import Library
from rat.trial.setting import Trial

log = logging.getLogger("rat")


@dataclass(frozen=True, kw_only=True, slots=True)
class Worked:
    """What one variant made of the data set: the reports by ticket, and the measurements in the set's order."""

    variant: Variant
    model: str
    reports: dict[str, RunReport]
    measured: tuple[Measurement, ...]

    @property
    def outcome(self) -> Tried:
        """The record of it."""
        return tried(self.variant, self.model, self.measured)


def work(
    variant: Variant, cases: Sequence[Case], checkouts: dict[str, Path], trial: Trial, *, progress: Progress
) -> Worked:
    """Every ticket refined by *variant*; one that fails stops nothing. Raises ConfigError."""
    batches: list[Batch] = []
    models: list[str] = []
    for name, checkout in checkouts.items():
        connections = trial.connections(checkout, variant)
        models.append(connections.settings.model.name or "")
        mine = [case for case in cases if case.repo == name]
        log.info("%s: %d tickets, %s", variant.name, len(mine), models[-1] or "no model")
        batches.append(_refined(mine, connections, variant, trial, progress))
    reports = {report.refinement.ticket.key: report for batch in batches for report in batch.reports}
    failures = {failure.key: failure for batch in batches for failure in batch.failures}
    measured = tuple(
        measure(case, reports[case.id])
        if case.id in reports
        else failed(case, failures[case.id].error, failures[case.id].exit_code)
        for case in cases
    )
    return Worked(variant=variant, model=models[0], reports=reports, measured=measured)


def _refined(
    cases: Sequence[Case], connections: Connections, variant: Variant, trial: Trial, progress: Progress
) -> Batch:
    folder = trial.out / results.file_stem(variant.name) if trial.out else None

    def keep(report: RunReport) -> None:
        if folder:
            results.keep_report(report, write_markdown(compose(report, connections.site)), folder)

    model = connections.settings.model
    refs = [ticket_of(case).ref for case in cases]
    workers = model.concurrency if model.name else 1
    return refine_all(refs, _refiner(cases, connections, trial), workers=workers, keep=keep, progress=progress)


def _refiner(cases: Sequence[Case], connections: Connections, trial: Trial) -> Callable[[TicketRef], RunReport]:
    settings = connections.settings
    open_asker = connections.asker(cache=trial.cache())
    tickets = {ticket.ref: ticket for ticket in map(ticket_of, cases)}
    libraries = {
        kind: Library(
            checkout=connections.checkout,
            tracker=None if kind is TrackerKind.FILE else Backlog(kind, tuple(tickets.values())),
            sources=settings.sources,
            project=settings.project,
        )
        for kind in {tracker_of(case) for case in cases}
    }

    def refine(ref: TicketRef) -> RunReport:
        asker = open_asker(ref.key) if open_asker else None
        return pipeline.refine(tickets[ref], library=libraries[ref.tracker], asker=asker, settings=settings)

    return refine
