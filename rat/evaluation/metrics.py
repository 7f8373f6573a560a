"""The figures of a data set: each a mean over the tickets for which it means something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from rat.evaluation.measure import MOST_CRITERIA, MOST_QUESTIONS, Measurement, Wanted
from rat.intervals import Interval, bootstrap
from rat.model.strict import Strict

Value = Callable[[Measurement], float | None]

FEWEST = 6
"""Tickets below which no difference is called seen: five that all differ one way do so by chance in 1 of 16 cases."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """A figure: *of* gives its value for a ticket, None where it means nothing there. *percent* for shares."""

    name: str
    of: Value
    percent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mean(Strict):
    """A metric over a variant's tickets: *value* is None where none of them has it, *tickets* how many have."""

    metric: str
    value: float | None
    tickets: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference(Strict):
    """The second variant less the first, over the *tickets* for which both have the metric.

    *interval* is None for fewer than two. *seen* says whether it leaves out 0, for FEWEST tickets at least.
    """

    metric: str
    value: float
    interval: Interval | None
    tickets: int
    seen: bool


def means(measured: Sequence[Measurement]) -> tuple[Mean, ...]:
    """Every metric over those of *measured* that came to an end."""
    done = [one for one in measured if not one.error]
    return tuple(_mean(metric, done) for metric in METRICS)


def differences(first: Sequence[Measurement], second: Sequence[Measurement]) -> tuple[Difference, ...]:
    """How the second differs, ticket by ticket, in every metric that both have."""
    others = {one.id: one for one in second if not one.error}
    pairs = [(one, others[one.id]) for one in first if not one.error and one.id in others]
    return tuple(found for metric in METRICS if (found := _difference(metric, pairs)))


def metric_named(name: str) -> Metric:
    """The metric called *name*."""
    return next(metric for metric in METRICS if metric.name == name)


def _mean(metric: Metric, measured: Sequence[Measurement]) -> Mean:
    values = [value for one in measured if (value := metric.of(one)) is not None]
    return Mean(metric=metric.name, value=fmean(values) if values else None, tickets=len(values))


def _difference(metric: Metric, pairs: Sequence[tuple[Measurement, Measurement]]) -> Difference | None:
    changes = [
        b - a for a, b in ((metric.of(one), metric.of(two)) for one, two in pairs) if a is not None and b is not None
    ]
    if not changes:
        return None
    interval = bootstrap(changes, (0.0,)) if len(changes) > 1 else None
    seen = interval is not None and len(changes) >= FEWEST and 0 not in interval
    return Difference(metric=metric.name, value=fmean(changes), interval=interval, tickets=len(changes), seen=seen)


def _covered(*kinds: Wanted) -> Value:
    """The share of what was expected that was found, over *kinds*."""

    def value(one: Measurement) -> float | None:
        parts = [part for part in one.coverage if part.kind in kinds]
        expected = sum(part.expected for part in parts)
        return sum(part.found for part in parts) / expected if expected else None

    return value


def _hit(within: int) -> Value:
    return lambda one: float((one.first_hit or within + 1) <= within) if one.expects_files else None


def _drafted(value: Callable[[Measurement], float]) -> Value:
    return lambda one: value(one) if one.drafted else None


def _grounded(one: Measurement) -> float | None:
    count = one.citations
    return count.verified / count.cited if count.cited else None


METRICS = (
    Metric(name="covered: everything", of=_covered(*Wanted), percent=True),
    *(Metric(name=f"covered: {kind}", of=_covered(kind), percent=True) for kind in Wanted),
    Metric(name="an expected file is first", of=_hit(1), percent=True),
    Metric(name="… among the first 3", of=_hit(3), percent=True),
    Metric(name="… among the first 10", of=_hit(10), percent=True),
    Metric(name="type recognised", of=lambda one: float(one.found_type is one.type), percent=True),
    Metric(name="readiness before", of=lambda one: one.score.before if one.score else None),
    Metric(name="readiness gain", of=_drafted(lambda one: one.score.after - one.score.before if one.score else 0)),
    Metric(name="violations", of=lambda one: len(one.violations)),
    Metric(name="citations verified", of=_grounded, percent=True),
    Metric(name="citations made", of=_drafted(lambda one: one.citations.cited)),
    Metric(name="citations dropped", of=_drafted(lambda one: one.citations.dropped)),
    Metric(name="words of the draft", of=_drafted(lambda one: one.words)),
    Metric(name="criteria", of=_drafted(lambda one: one.criteria)),
    Metric(name="questions", of=lambda one: one.questions),
    Metric(
        name="over the limits of criteria or questions",
        of=lambda one: float(one.criteria > MOST_CRITERIA or one.questions > MOST_QUESTIONS),
        percent=True,
    ),
    Metric(name="calls", of=_drafted(lambda one: one.usage.calls)),
    Metric(name="tokens", of=_drafted(lambda one: one.usage.prompt_tokens + one.usage.completion_tokens)),
    Metric(name="US dollars", of=lambda one: one.usage.cost_usd or None),
)
"""Every figure, in the order in which it is shown."""
