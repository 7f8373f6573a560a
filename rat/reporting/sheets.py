"""The tables and key figures of the report, in words; the same for Markdown and for the page. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from rat.intervals import Interval
from rat.reporting.breakdown import Group
from rat.reporting.comparison import Comparison, Difference
from rat.reporting.episodes import UNKNOWN
from rat.reporting.metrics import AIM, Metrics, Share, Spread
from rat.reporting.report import Report
from rat.reporting.wording import dollars, duration, mean, number, of, percent, plain

MOST_ROWS = 500
"""Rows of the list of tickets at most; the JSON has them all."""

TITLES = {
    "team": "By team",
    "type": "By ticket type",
    "variant": "By prompt variant",
    "model": "By model",
    "month": "By month",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One key figure: what it is, its value, and what stands behind it."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A table: *rows* of cells under *header*; *numbers* are the columns that hold numbers, *note* stands below it."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def key_figures(total: Metrics) -> tuple[Figure, ...]:
    """What a person wants to know first."""
    minutes, unpriced = total.minutes_to_proposal, total.cost_unknown
    cost = f"{dollars(total.cost_usd)} in all" if total.calls else "no model was asked"
    cost += f"; the price of {unpriced} runs is unknown" if unpriced else ""
    answers = f"{number(total.questions_answered)} answered; {total.waiting} tickets wait for an answer"
    scores = f"{mean(total.before)} → {mean(total.after)}"
    figures = (
        ("Ready for a cold start", percent(total.ready.share), _range(total.ready, aim=True)),
        ("Readiness", scores, "mean score of 100, before and after"),
        ("Accepted", percent(total.accepted.share), _range(total.accepted)),
        ("Accepted unchanged", percent(total.unchanged.share), _range(total.unchanged)),
        ("Grounded", percent(total.grounded.share), _grounding(total.grounded)),
        ("Label to proposal", duration(minutes.median if minutes else None), _known(minutes)),
        ("Cost a ticket", mean(total.cost_per_run, dollars), cost),
        ("Questions", f"{total.questions_asked} asked", answers),
    )
    return tuple(Figure(label=label, value=value, note=note) for label, value, note in figures)


def sheets(report: Report) -> tuple[Sheet, ...]:
    """Every table of the report; a breakdown into one group says nothing new and is left out."""
    broken = (_breakdown(TITLES[name], groups) for name, groups in report.groups.items() if len(groups) > 1)
    agents = (_agents(report),) if report.agents else ()
    return (_totals(report.total), *broken, *agents, *(_compared(one) for one in report.comparisons), _tickets(report))


def _range(share: Share, *, aim: bool = False) -> str:
    if share.interval is None:
        return "nothing on record" + (f"; the aim is {percent(AIM)}" if aim else "")
    text = f"{share.count} of {share.of}; 95 % interval {percent(share.interval.low)} to {percent(share.interval.high)}"
    return f"{text}; the aim is {percent(AIM)}" if aim else text


def _grounding(grounded: Share) -> str:
    if grounded.share is None:
        return "no citations on record"
    return f"{number(grounded.count)} citations verified, {number(grounded.of - grounded.count)} dropped"


def _known(spread: Spread | None) -> str:
    return f"median of {spread.count} where both times are known" if spread else "no label time on record"


def _totals(total: Metrics) -> Sheet:
    rows = (
        ("Tickets refined", number(total.tickets)),
        ("Refinements", number(total.runs)),
        ("Skipped, and failed", f"{number(total.skipped)}, {number(total.failed)}"),
        ("Decisions: accepted, rejected, undone", f"{total.accepted.count}, {total.rejected}, {total.undone}"),
        ("Changed after acceptance, mean", mean(total.changed, percent)),
        ("Tickets that wait for answers", number(total.waiting)),
        ("Calls to a model", number(total.calls)),
        ("Tokens, in all and by refinement", f"{number(total.tokens)}, {mean(total.tokens_per_run)}"),
        ("Seconds for a ticket: median, 90th percentile", _two(total.seconds)),
        ("Minutes from label to proposal: median, 90th percentile", _two(total.minutes_to_proposal)),
    )
    return Sheet(title="In all", header=("What", "How much"), rows=rows)


def _two(spread: Spread | None) -> str:
    return f"{number(spread.median, 1)}, {number(spread.p90, 1)}" if spread else UNKNOWN


def _breakdown(title: str, groups: tuple[Group, ...]) -> Sheet:
    header = (
        "Name",
        "Tickets",
        "Readiness",
        "Ready",
        "Accepted",
        "Unchanged",
        "Questions",
        "Grounded",
        "Tokens",
        "Cost",
    )
    return Sheet(title=title, header=header, rows=tuple((group.name, *_cells(group.metrics)) for group in groups))


def _cells(metrics: Metrics) -> tuple[str, ...]:
    return (
        number(metrics.tickets),
        f"{mean(metrics.before)} → {mean(metrics.after)}",
        of(metrics.ready),
        of(metrics.accepted),
        of(metrics.unchanged),
        number(metrics.questions_asked),
        percent(metrics.grounded.share),
        number(metrics.tokens),
        dollars(metrics.cost_usd),
    )


def _agents(report: Report) -> Sheet:
    rows = (
        (
            row.agent,
            number(row.runs),
            number(row.calls),
            number(row.tokens),
            dollars(row.cost_usd),
            number(row.findings),
        )
        for row in report.agents
    )
    header = ("Agent", "Refinements", "Calls", "Tokens", "Cost", "Findings left")
    return Sheet(title="By agent", header=header, rows=tuple(rows))


def _compared(comparison: Comparison) -> Sheet:
    header = ("Measure", comparison.first, comparison.second, "Difference, 95 % interval", "What can be said")
    return Sheet(
        title=f"A/B by {comparison.dimension}",
        header=header,
        rows=tuple(_row(one) for one in comparison.differences),
        note=comparison.caution,
    )


def _row(one: Difference) -> tuple[str, ...]:
    show = _show(one)
    unit = " points" if show is percent else ""
    between = UNKNOWN
    if one.interval and one.first is not None and one.second is not None:
        values = [show(value).removesuffix("\u202f%") for value in (one.first - one.second, *_bounds(one.interval))]
        between = f"{values[0]} ({values[1]} to {values[2]}){unit}"
    sides = (f"{show(value)} (n\u00a0=\u00a0{n})" for value, n in zip((one.first, one.second), one.counts, strict=True))
    return (one.measure, *sides, between, one.sentence)


def _show(one: Difference) -> Callable[[float | None], str]:
    if "dollars" in one.measure:
        return dollars
    return percent if one.method.startswith("Newcombe") else plain


def _bounds(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


def _tickets(report: Report) -> Sheet:
    header = ("Ticket", "Team", "Date", "Before", "After", "Outcome", "Decision", "Changed", "Reason")
    rows = tuple(
        (
            row.ticket,
            row.team,
            row.at[:10],
            number(row.before),
            number(row.after),
            row.ending.replace("_", " "),
            row.verdict or "none",
            percent(row.changed) if row.verdict else "",
            row.reason,
        )
        for row in report.tickets[:MOST_ROWS]
    )
    more = len(report.tickets) - len(rows)
    return Sheet(
        title="Tickets", header=header, rows=rows, note=f"And {more} more: `--format json` has all." if more else ""
    )
