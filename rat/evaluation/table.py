"""An evaluation as plain text for a terminal."""

from collections.abc import Iterator, Sequence

from rat.evaluation.judging import Judgement
from rat.evaluation.metrics import Difference, Mean, means, metric_named
from rat.evaluation.outcome import Comparison, Evaluation, Tried
from rat.intervals import Interval
from rat.model.ticket import TicketType

MOST_NAMED = 60
"""How many single misses a report names; the JSON has all of them."""


def as_text(evaluation: Evaluation) -> str:
    """The figures side by side, what differs, what the judge said, and every miss."""
    return "\n".join(_lines(evaluation))


def number(value: float | None, *, percent: bool = False, signed: bool = False) -> str:
    """A figure for people; a dash where there is none."""
    if value is None:
        return "-"
    sign = "+" if signed else ""
    if percent:
        return f"{100 * value:{sign}.1f} %"
    return f"{value:{sign},.0f}" if abs(value) >= 100 else f"{value:{sign}.2f}"  # noqa: PLR2004 - three digits


def range_of(interval: Interval | None, *, percent: bool = False) -> str:
    """An interval for people."""
    if interval is None:
        return "-"
    return f"{number(interval.low, percent=percent)} to {number(interval.high, percent=percent)}"


def figures(tried: Sequence[Tried]) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Each metric that any variant has: its name, its value for each, and over how many tickets at most."""
    for row in zip(*(one.means for one in tried), strict=True):
        if any(mean.value is not None for mean in row):
            yield row[0].metric, tuple(_value(mean) for mean in row), max(mean.tickets for mean in row)


def by_type(tried: Sequence[Tried]) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """What is covered of the tickets of each type, for each variant, and how many tickets they are."""
    for kind in TicketType:
        rows = [[one for one in variant.measurements if one.type is kind and not one.error] for variant in tried]
        if any(rows):
            yield kind, tuple(_value(means(row)[0]) for row in rows), max(map(len, rows))


def misses(tried: Tried) -> Iterator[tuple[str, str]]:
    """What was expected of a variant and not found, and what was found and must not be, by ticket."""
    for one in tried.measurements:
        if one.error:
            yield one.id, f"failed: {one.error}"
        for part in one.coverage:
            if part.missing:
                yield one.id, f"no {part.kind}: {'; '.join(part.missing)}"
        for violation in one.violations:
            yield one.id, f"must not ({violation.kind}): {violation.what} — {violation.where}"


def _lines(evaluation: Evaluation) -> Iterator[str]:
    yield f"{evaluation.dataset}: {evaluation.tickets} tickets, {len(evaluation.variants)} variant(s)"
    for one in evaluation.variants:
        model = one.model or "no model"
        failed = f", {len(one.failures)} failed" if one.failures else ""
        yield f"  {one.name}: {model}{failed}" + (f", own prompts: {', '.join(one.prompts)}" if one.prompts else "")
    yield ""
    rows = [(name, *values, str(count)) for name, values, count in figures(evaluation.variants)]
    yield from _aligned([("mean over tickets", *(one.name for one in evaluation.variants), "tickets"), *rows])
    yield ""
    rows = [(f"  of each {kind}", *values, str(count)) for kind, values, count in by_type(evaluation.variants)]
    yield from _aligned([("covered: everything", *(one.name for one in evaluation.variants), "tickets"), *rows])
    for comparison in evaluation.comparisons:
        yield from _comparison(comparison)
    for judged in evaluation.judgements:
        yield from _judgement(judged)
    for one in evaluation.variants:
        yield from _misses(one)
    if evaluation.notes:
        yield ""
        yield from (f"Note: {note}" for note in evaluation.notes)


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield ""
    yield f"{comparison.second} less {comparison.first}, ticket by ticket, 95 % interval:"
    differing = [one for one in comparison.differences if one.value or one.seen]
    yield from _aligned([_difference(one) for one in differing] or [("no figure differs", "", "", "")])


def _difference(one: Difference) -> tuple[str, str, str, str]:
    percent = metric_named(one.metric).percent
    said = "differs" if one.seen else "may be chance"
    return one.metric, number(one.value, percent=percent, signed=True), range_of(one.interval, percent=percent), said


def _judgement(judged: Judgement) -> Iterator[str]:
    yield ""
    yield f"Judged blind by {judged.judge}: {judged.second} against {judged.first}"
    yield f"  {judged.wins} won, {judged.ties} tied, {judged.losses} lost"
    yield (
        f"  win rate {number(judged.win_rate, percent=True)} (95 %: {range_of(judged.interval, percent=True)}); of "
        f"{judged.samples} samples {judged.flipped} changed with the order alone, {judged.lost} could not be assessed"
    )
    if judged.unjudged:
        yield f"  tickets not judged: {len(judged.unjudged)}. {judged.unjudged[0].error}"
    yield f"  {judged.sentence}"


def _misses(one: Tried) -> Iterator[str]:
    found = list(misses(one))
    yield ""
    yield f"{one.name}: {len(found)} misses" + (f", the first {MOST_NAMED}:" if len(found) > MOST_NAMED else "")
    yield from _aligned([(id_, said[:160]) for id_, said in found[:MOST_NAMED]])


def _value(mean: Mean) -> str:
    return number(mean.value, percent=metric_named(mean.metric).percent)


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """*rows* in columns: the first to the left, figures to the right."""
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(max(map(len, rows), default=0))]
    wide = len(widths) > 2  # noqa: PLR2004 - name and text are no table of figures
    for row in rows:
        cells = [
            f"{cell:>{width}}" if at and wide else f"{cell:<{width}}"
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield ("  " + "  ".join(cells)).rstrip()
