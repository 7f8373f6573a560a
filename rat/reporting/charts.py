"""The charts of the page: which figures are worth a look, and where they are drawn. Pure."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rat.reporting.metrics import AIM
from rat.reporting.report import Report
from rat.reporting.shapes import (
    FLOOR,
    LEFT,
    RIGHT,
    TOP,
    Shape,
    at,
    bar,
    height_of,
    line,
    month_names,
    places_for,
    round_up,
    scale,
    steps_up,
    text,
)
from rat.reporting.sheets import Sheet
from rat.reporting.wording import dollars, duration, number, of, percent

MOST_MONTHS = 12
MOST_BARS = 8
MONTHS_HEIGHT = FLOOR + 24
LETTERS = 10
"""Letters of a name beside a bar; the table has all of them."""


Legend = tuple[tuple[str, str], ...]
"""What each look stands for; it is shown beside the canvas, where it can break into lines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart: *name* for links, its *title*, what it shows in a sentence (*says*), and the same figures as a table."""

    name: str
    title: str
    says: str
    shapes: tuple[Shape, ...]
    height: int
    table: Sheet
    legend: Legend = ()


def charts(report: Report) -> tuple[Chart, ...]:
    """The charts for which there are figures."""
    made = (one(report) for one in (readiness, ready_by_month, decisions, grounding, cost_by_month, waiting_by_month))
    return tuple(chart for chart in made if chart)


def readiness(report: Report) -> Chart | None:
    """How many tickets scored how much, before and after."""
    rows = [(row.before, row.after) for row in report.tickets if row.before is not None and row.after is not None]
    if not rows:
        return None
    before, after = (_tens([pair[side] for pair in rows]) for side in (0, 1))
    top = steps_up(max(*before, *after))
    shapes = [*scale(top)]
    slot = (RIGHT - LEFT) / 10
    for index in range(10):
        name = _ten(index)
        for side, (look, counts) in enumerate((("before", before), ("after", after))):
            x = LEFT + index * slot + 2 + side * (slot / 2 - 2)
            tip = f"{name} points {look}: {counts[index]} tickets"
            shapes.append(bar(look, x, slot / 2 - 3, counts[index] / top, tip))
        shapes.append(text("tick", LEFT + index * slot + slot / 2, FLOOR + 14, str(index * 10), "middle"))
    shapes.append(text("axis", (LEFT + RIGHT) / 2, FLOOR + 30, "readiness score in tens; tickets upwards", "middle"))
    table = Sheet(
        title="Tickets by readiness",
        header=("Score", "Before", "After"),
        rows=tuple((_ten(i), number(before[i]), number(after[i])) for i in range(10)),
    )
    total = report.total
    says = (
        f"The mean score went from {number(total.before.mean if total.before else None)} to "
        f"{number(total.after.mean if total.after else None)} over {len(rows)} tickets."
    )
    return Chart(
        name="readiness",
        legend=(("before", "before"), ("after", "after")),
        title="Readiness before and after",
        says=says,
        shapes=tuple(shapes),
        height=MONTHS_HEIGHT + 14,
        table=table,
    )


def ready_by_month(report: Report) -> Chart | None:
    """The share that is ready, month by month, with its interval and the aim."""
    months = [group for group in report.groups["month"] if group.metrics.ready.interval][-MOST_MONTHS:]
    if not months:
        return None
    shapes = [*scale(100, "%"), line("aim", LEFT, height_of(AIM), RIGHT, height_of(AIM), f"the aim: {percent(AIM)}")]
    shapes.append(text("aim-name", RIGHT, height_of(AIM) - 5, f"aim {percent(AIM)}", "end"))
    places = places_for(len(months))
    points = [(x, group.metrics.ready) for x, group in zip(places, months, strict=True)]
    for (x, share), (further, following) in itertools.pairwise(points):
        shapes.append(line("link", x, height_of(share.share or 0), further, height_of(following.share or 0)))
    for (x, share), group in zip(points, months, strict=True):
        if share.interval and share.share is not None:
            shapes.append(line("whisker", x, height_of(share.interval.low), x, height_of(share.interval.high)))
            shapes.append(
                Shape(kind="dot", look="after", x=x, y=height_of(share.share), tip=f"{group.name}: {of(share)}")
            )
    shapes += month_names(places, [group.name for group in months])
    last = months[-1]
    table = Sheet(
        title="Ready for a cold start by month",
        header=("Month", "Ready", "95 % interval"),
        rows=tuple(
            (group.name, of(group.metrics.ready), f"{percent(low)} to {percent(high)}")
            for group in months
            if group.metrics.ready.interval
            for low, high in [(group.metrics.ready.interval.low, group.metrics.ready.interval.high)]
        ),
    )
    says = f"In {last.name}: {of(last.metrics.ready)}. The bars behind the dots are 95\u202f% intervals."
    return Chart(
        name="ready", title="Ready for a cold start", says=says, shapes=tuple(shapes), height=MONTHS_HEIGHT, table=table
    )


def cost_by_month(report: Report) -> Chart | None:
    """What the model cost, month by month, where prices are known."""
    unknown = report.total.cost_unknown
    says = f"{dollars(report.total.cost_usd)} in all" + (
        f"; the price of {unknown} runs is unknown." if unknown else "."
    )
    costs = {group.name: group.metrics.cost_usd or 0 for group in report.groups["month"]}
    return _by_month("cost", "Cost by month", says, costs, dollars)


def waiting_by_month(report: Report) -> Chart | None:
    """The median time from the label to the proposal, month by month, where both are known."""
    spreads = {group.name: group.metrics.minutes_to_proposal for group in report.groups["month"]}
    minutes = {name: spread.median if spread else 0 for name, spread in spreads.items()}
    whole = report.total.minutes_to_proposal
    says = f"The median over all is {duration(whole.median if whole else None)}; bars are medians in minutes."
    return _by_month("waiting", "From label to proposal", says, minutes, duration)


def _by_month(
    name: str, title: str, says: str, values: dict[str, float], show: Callable[[float | None], str]
) -> Chart | None:
    """A bar for each of the last months that has a value."""
    known = {month: value for month, value in values.items() if value}
    months = list(known)[-MOST_MONTHS:]
    if not months:
        return None
    top = round_up(max(known[month] for month in months))
    shapes = list(scale(top, "$" if show is dollars else ""))
    places = places_for(len(months))
    wide = min(28.0, (RIGHT - LEFT) / len(months) - 4)
    for x, month in zip(places, months, strict=True):
        shapes.append(bar("after", x - wide / 2, wide, known[month] / top, f"{month}: {show(known[month])}"))
    shapes += month_names(places, months)
    table = Sheet(title=title, header=("Month", title), rows=tuple((month, show(known[month])) for month in months))
    return Chart(name=name, title=title, says=says, shapes=tuple(shapes), height=MONTHS_HEIGHT, table=table)


def grounding(report: Report) -> Chart | None:
    """How many citations held, by ticket type."""
    groups = [group for group in report.groups["type"] if group.metrics.grounded.of][:MOST_BARS]
    if not groups:
        return None
    rows = [
        (group.name, (group.metrics.grounded.count, group.metrics.grounded.of - group.metrics.grounded.count))
        for group in groups
    ]
    looks: Legend = (("good", "verified"), ("bad", "dropped"))
    says = (
        f"Of all citations {of(report.total.grounded)} were verified; the others were taken out before anyone saw them."
    )
    return _stacked("grounding", "Grounding by ticket type", says, looks, rows)


def decisions(report: Report) -> Chart | None:
    """What people made of the proposals, by team."""
    groups = [group for group in report.groups["team"] if group.metrics.accepted.of][:MOST_BARS]
    if not groups:
        return None
    rows = []
    for group in groups:
        metrics = group.metrics
        changed = metrics.unchanged.of - metrics.unchanged.count
        unseen = metrics.accepted.count - metrics.unchanged.of
        rows.append((group.name, (metrics.unchanged.count, changed, unseen, metrics.rejected, metrics.undone)))
    looks = (
        ("good", "unchanged"),
        ("edited", "edited"),
        ("after", "accepted, changes not known"),
        ("bad", "rejected"),
        ("before", "undone"),
    )
    says = f"Of the tickets that people decided about, {of(report.total.accepted)} were accepted."
    return _stacked("decisions", "Decisions by team", says, looks, rows)


def _stacked(
    name: str, title: str, says: str, looks: tuple[tuple[str, str], ...], rows: Sequence[tuple[str, tuple[int, ...]]]
) -> Chart:
    """A bar of 100 % for each of *rows*, parted as its counts are; *looks* name the parts."""
    shown = [index for index in range(len(looks)) if any(counts[index] for _, counts in rows)]
    shapes: list[Shape] = []
    start, step = 86.0, 30
    for row, (label, counts) in enumerate(rows):
        y, x, whole = TOP + 8 + row * step, start, sum(counts)
        shapes.append(text("name", start - 8, y + 14, _short(label), "end"))
        for index in shown:
            width = counts[index] / whole * (RIGHT - start)
            if width:
                tip = f"{label}: {counts[index]} of {whole} {looks[index][1]}"
                shapes.append(
                    Shape(kind="bar", look=looks[index][0], x=at(x), y=y, width=at(width), height=20, tip=tip)
                )
            if width > 8 * len(str(counts[index])):  # room for the number
                look = f"on-{looks[index][0]}"
                shapes.append(text(look, x + width / 2, y + 14, str(counts[index]), "middle"))
            x += width
    names = tuple(looks[index][1] for index in shown)
    body = tuple((label, *(number(counts[index]) for index in shown)) for label, counts in rows)
    table = Sheet(title=title, header=("Name", *names), rows=body)
    return Chart(
        name=name,
        legend=tuple(looks[index] for index in shown),
        title=title,
        says=says,
        shapes=tuple(shapes),
        height=TOP + 8 + len(rows) * step,
        table=table,
    )


def _tens(scores: list[int]) -> list[int]:
    return [sum(min(score // 10, 9) == index for score in scores) for index in range(10)]


def _ten(index: int) -> str:
    return f"{index * 10} to {100 if index == 9 else index * 10 + 9}"  # noqa: PLR2004 - the last ten holds 100


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else name[: LETTERS - 1] + "…"
