"""One scenario from beginning to end, and what is said about it."""

import math
import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.simulation.organisation import Organisation
from benchmarks.simulation.runs import Record, Shared, Workflow
from benchmarks.simulation.scenario import DAY, START, Scenario

USD_A_MINUTE = 0.006
"""A Linux runner with 2 cores for a private repository, as GitHub's price list had it in 2026 (not verified)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What is recorded of a scenario. Times are in hours from a ticket's label to its comment."""

    scenario: Scenario
    proposals: int
    unfinished: int
    doubled: int
    violations: Counter[str]
    refused: Counter[str]
    requests: Counter[str]
    record: Record
    median: float
    late: float
    last: float
    longest_by_team: tuple[float, ...]
    jain: float

    @property
    def requests_a_ticket(self) -> float:
        """All requests of the day over its tickets."""
        return sum(self.requests.values()) / self.scenario.tickets


def simulate(scenario: Scenario) -> Figures:
    """Play *scenario* until every ticket has its proposal, or its days are over."""
    random.seed(scenario.seed)  # RAT's own jitter
    organisation, record = Organisation(scenario), Record()
    shared = Shared(organisation)
    with tempfile.TemporaryDirectory() as folder:
        for place, home in enumerate(organisation.homes):
            workflow = Workflow(organisation, home, record=record, folder=Path(folder), shared=shared)
            organisation.world.start(_schedule(workflow, organisation, offset=60.0 * (17 + 7 * place % 43)))
        organisation.world.run()
    return _figures(organisation, record)


def _schedule(workflow: Workflow, organisation: Organisation, *, offset: float) -> Callable[[], None]:
    """A sweep at each time of the schedule, also while the one before is under way, until there is nothing left."""
    scenario, world = organisation.scenario, organisation.world

    def run() -> None:
        turn = 0
        while not organisation.is_done and world.now < START + scenario.days * DAY:
            turn += 1
            at = START + turn * scenario.every + offset
            world.sleep(at - world.now)
            world.start(lambda turn=turn: workflow.sweep(turn))  # type: ignore[misc]

    return run


def _figures(organisation: Organisation, record: Record) -> Figures:
    items = organisation.items
    waits = sorted(item.proposed[0] - item.created for item in items if item.proposed)
    teams = {item.team for item in items}
    of_team = {team: [i.proposed[0] - i.created for i in items if i.team == team and i.proposed] for team in teams}
    means = [statistics.fmean(times) for times in of_team.values() if times]
    last = max((time for item in items for time in item.proposed), default=math.inf)
    return Figures(
        scenario=organisation.scenario,
        proposals=len(waits),
        unfinished=sum(not item.is_current for item in items),
        doubled=sum(len(item.comments) > 1 for item in items),
        violations=organisation.tally.violations,
        refused=organisation.tally.refused,
        requests=organisation.tally.requests,
        record=record,
        median=_hours(waits, 0.5),
        late=_hours(waits, 0.95),
        last=(last - START) / 3600,
        longest_by_team=tuple(max(times) / 3600 for times in of_team.values() if times),
        jain=sum(means) ** 2 / (len(means) * sum(mean**2 for mean in means)) if means else 0.0,
    )


def _hours(waits: list[float], share: float) -> float:
    return waits[min(len(waits) - 1, int(share * len(waits)))] / 3600 if waits else math.inf


HEAD = (
    "| tickets a day | teams | places | tracker | | label → comment h: median | 95th | longest: worst / best team | "
    "last at h | requests a ticket | runs | deferred | failed | refused | runner min | USD | Jain | violations | lost "
    "| doubled |\n" + "|---" * 20 + "|"
)


def row(figures: Figures) -> str:
    """One line of the table."""
    one, record = figures.scenario, figures.record
    cells = [
        f"{one.tickets:,}",
        one.teams,
        one.places,
        one.tracker,
        one.name,
        f"{figures.median:.1f}",
        f"{figures.late:.1f}",
        f"{max(figures.longest_by_team, default=math.inf):.1f} / {min(figures.longest_by_team, default=math.inf):.1f}",
        f"{figures.last:.1f}",
        f"{figures.requests_a_ticket:.1f}",
        record.runs,
        record.outcomes["deferred"],
        record.failed + record.outcomes["failed"],
        sum(figures.refused.values()),
        f"{record.billed_minutes:,}",
        f"{record.billed_minutes * USD_A_MINUTE:.2f}",
        f"{figures.jain:.2f}",
        sum(figures.violations.values()),
        figures.unfinished,
        figures.doubled,
    ]
    return "| " + " | ".join(map(str, cells)) + " |"
