"""The whole report as one value: what the Markdown, the JSON and the page are written from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rat.errors import ConfigError
from rat.model.ledger import Ending, LedgerRecord, RunRecord, Verdict
from rat.model.strict import Strict
from rat.reporting.breakdown import DIMENSIONS, NO_MODEL, AgentRow, Group, break_down, by_agent
from rat.reporting.comparison import FEW, Comparison, compare
from rat.reporting.episodes import Episode, episodes
from rat.reporting.metrics import AIM, Metrics, Share, change_of, measure, verdict_of
from rat.reporting.wording import number, percent

COMPARED = ("variant", "model")
"""What two groups are compared by, unless a pair is asked for."""

PAIR = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketRow(Strict):
    """Where a ticket stands after its last refinement."""

    ticket: str
    team: str
    at: str
    before: int | None
    after: int | None
    ending: Ending
    verdict: Verdict | None
    changed: float | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Report(Strict):
    """Everything that a ledger says. *first* and *last* bound the time, *said* is what follows, in sentences."""

    records: int
    first: str
    last: str
    total: Metrics
    said: tuple[str, ...]
    groups: dict[str, tuple[Group, ...]]
    agents: tuple[AgentRow, ...]
    comparisons: tuple[Comparison, ...]
    tickets: tuple[TicketRow, ...]
    notes: tuple[str, ...] = ()


def build(records: Sequence[LedgerRecord], *, pair: Sequence[str] = (), notes: tuple[str, ...] = ()) -> Report:
    """The report over *records*; *pair* names two variants or models to compare.

    Raises ConfigError for a pair that is not there.
    """
    unique = tuple({record.id: record for record in records}.values())
    found = episodes(unique)
    times = sorted(record.at for record in unique)
    total = measure(found)
    return Report(
        records=len(unique),
        first=times[0] if times else "",
        last=times[-1] if times else "",
        total=total,
        said=_said(total),
        groups={dimension: break_down(found, dimension) for dimension in DIMENSIONS},
        agents=by_agent(found),
        comparisons=_comparisons(found, tuple(pair)),
        tickets=_rows(found),
        notes=notes,
    )


def _rows(found: Sequence[Episode]) -> tuple[TicketRow, ...]:
    last = {episode.key: (episode, episode.run) for episode in found if episode.refined and episode.run}
    return tuple(_row(*last[key]) for key in sorted(last))


def _row(episode: Episode, run: RunRecord) -> TicketRow:
    return TicketRow(
        ticket=run.ticket,
        team=run.team,
        at=run.at,
        before=run.before,
        after=run.after,
        ending=run.ending,
        verdict=verdict_of(episode),
        changed=change_of(episode),
        reason=episode.decisions[-1].reason if episode.decisions else "",
    )


def _comparisons(found: Sequence[Episode], pair: tuple[str, ...]) -> tuple[Comparison, ...]:
    """The asked *pair*, else the two largest groups of each of COMPARED that has two."""
    made = []
    for dimension in COMPARED:
        groups: dict[str, list[Episode]] = {}
        for episode in found:
            if episode.refined and DIMENSIONS[dimension](episode) != NO_MODEL:
                groups.setdefault(DIMENSIONS[dimension](episode), []).append(episode)
        names = pair if pair else tuple(sorted(groups, key=lambda name: (-len(groups[name]), name)))[:PAIR]
        if len(names) == PAIR and set(names) <= set(groups):
            made.append(compare(dimension, (names[0], groups[names[0]]), (names[1], groups[names[1]])))
    if pair and not made:
        raise ConfigError(
            f"The ledger does not hold both {' and '.join(pair)}, neither as prompt variants nor as models. "
            "`rat report` without --variant lists those that it holds."
        )
    return tuple(made)


def _said(total: Metrics) -> tuple[str, ...]:
    """What follows from the figures, in plain sentences; also that they are too few."""
    if not total.tickets:
        return ("No ticket was refined in this time: there is nothing to say.",)
    said = [_about_readiness(total.ready)]
    if not total.accepted.of:
        said.append("No decision of a person is on record yet, so nothing can be said about acceptance.")
    elif total.accepted.of < FEW:
        said.append(f"People decided about {total.accepted.of} tickets: too few to say how RAT is accepted.")
    if total.cost_unknown:
        said.append(
            f"The price of {total.cost_unknown} of {total.runs} runs is unknown and not in the cost: "
            "set budget.prices for their models."
        )
    return tuple(said)


def _about_readiness(ready: Share) -> str:
    counted = f"{number(ready.count)} of {number(ready.of)} tickets are ready for a cold start"
    if ready.interval is None or ready.of < FEW:
        return f"{counted}: too few tickets to say whether the aim of {percent(AIM)} is met."
    if ready.interval.low >= AIM:
        return f"{counted}: the aim of {percent(AIM)} is met."
    if ready.interval.high < AIM:
        return f"{counted}: the aim of {percent(AIM)} is missed."
    return f"{counted}: whether the aim of {percent(AIM)} is met cannot be said yet."
