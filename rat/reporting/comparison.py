"""Two variants side by side: each difference with its interval, and what can and cannot be said. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rat.intervals import Interval, bootstrap, newcombe
from rat.model.ledger import Ending, RunRecord, Verdict
from rat.model.strict import Strict
from rat.reporting.episodes import Episode
from rat.reporting.metrics import tokens_of, verdict_of

FEW = 10
"""Below as many tickets on either side nothing is said: Newcombe's interval is then wider than most effects."""

CAUTION = (
    "The tickets were not drawn by lot: the two sides may have had different tickets, teams and months, and a "
    "difference may come from those. rat eval compares two variants on the same tickets."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference(Strict):
    """One measure on both sides (*first*, *second*; None where nothing is known) and the first less the second.

    *counts* are the tickets behind each side. *sentence* says what follows from it.
    """

    measure: str
    first: float | None
    second: float | None
    counts: tuple[int, int]
    interval: Interval | None
    method: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison(Strict):
    """Two groups of one *dimension*, named *first* and *second*, and how they differ."""

    dimension: str
    first: str
    second: str
    differences: tuple[Difference, ...]
    caution: str = CAUTION


def compare(dimension: str, first: tuple[str, Sequence[Episode]], second: tuple[str, Sequence[Episode]]) -> Comparison:
    """How two named groups of *dimension* differ, each over the last refinements of its tickets."""
    names = (first[0], second[0])
    sides = (_last(first[1]), _last(second[1]))
    shares = [_share(measure, names, [pick(side) for side in sides]) for measure, pick in _SHARES.items()]
    means = [_mean(measure, names, [pick(side) for side in sides]) for measure, pick in _MEANS.items()]
    return Comparison(dimension=dimension, first=names[0], second=names[1], differences=(*shares, *means))


def _last(episodes: Sequence[Episode]) -> list[Episode]:
    return list({episode.key: episode for episode in episodes if episode.refined}.values())


def _runs(side: Sequence[Episode]) -> list[RunRecord]:
    return [episode.run for episode in side if episode.run]


def _accepted(side: Sequence[Episode]) -> list[bool]:
    verdicts = [verdict for episode in side if (verdict := verdict_of(episode))]
    return [verdict in (Verdict.APPLIED, Verdict.EDITED) for verdict in verdicts]


_SHARES: dict[str, Callable[[Sequence[Episode]], list[bool]]] = {
    "ready for a cold start": lambda side: [run.ending is Ending.READY for run in _runs(side)],
    "accepted, of those decided": _accepted,
}
_MEANS: dict[str, Callable[[Sequence[Episode]], list[float]]] = {
    "readiness gained, points": lambda side: [
        run.after - run.before for run in _runs(side) if run.after is not None and run.before is not None
    ],
    "tokens a ticket": lambda side: [tokens_of(run) for run in _runs(side)],
    "cost a ticket, US dollars": lambda side: [run.cost_usd for run in _runs(side) if run.cost_usd is not None],
}


def _share(measure: str, names: tuple[str, str], sides: list[list[bool]]) -> Difference:
    one, two = ((sum(side), len(side)) for side in sides)
    interval = newcombe(one, two) if one[1] and two[1] else None
    values = [count / of if of else None for count, of in (one, two)]
    method = "Newcombe 1998, method 10, 95 %"
    return _difference(measure, names, values, (one[1], two[1]), interval, method)


def _mean(measure: str, names: tuple[str, str], sides: list[list[float]]) -> Difference:
    one, two = sides
    interval = bootstrap(one, two) if one and two else None
    values = [sum(side) / len(side) if side else None for side in sides]
    return _difference(measure, names, values, (len(one), len(two)), interval, "bootstrap, percentile, 95 %")


def _difference(
    measure: str,
    names: tuple[str, str],
    values: list[float | None],
    counts: tuple[int, int],
    interval: Interval | None,
    method: str,
) -> Difference:
    sentence = _sentence(measure, names, counts, interval)
    return Difference(
        measure=measure,
        first=values[0],
        second=values[1],
        counts=counts,
        interval=interval,
        method=method,
        sentence=sentence,
    )


def _sentence(measure: str, names: tuple[str, str], counts: tuple[int, int], interval: Interval | None) -> str:
    if interval is None:
        return f"Nothing can be said about “{measure}”: one side has no ticket with it."
    if min(counts) < FEW:
        return (
            f"Too few tickets ({counts[0]} and {counts[1]}; {FEW} on each side are the least) to say anything about "
            f"“{measure}”."
        )
    if 0 in interval:
        return f"“{measure}”: no difference is shown; either side may be the higher one."
    higher = names[0] if interval.low > 0 else names[1]
    return f"“{measure}”: higher with {higher}; a difference this large is unlikely to be chance alone."
