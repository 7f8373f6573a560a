"""An evaluation as one HTML page that needs nothing from outside and runs nothing; Jinja escapes every value."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from rat.evaluation.measure import Measurement
from rat.evaluation.metrics import Difference, metric_named
from rat.evaluation.outcome import Evaluation, Tried
from rat.evaluation.table import by_type, figures, misses, number, range_of


def as_html(evaluation: Evaluation) -> str:
    """The page."""
    source = (files("rat.evaluation") / "page.html.j2").read_text(encoding="utf-8")
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(source)
    return page.render(
        evaluation=evaluation,
        figures=list(figures(evaluation.variants)),
        types=list(by_type(evaluation.variants)),
        comparisons=[
            (one, [_row(difference) for difference in one.differences if difference.value])
            for one in evaluation.comparisons
        ],
        judgements=[
            (one, number(one.win_rate, percent=True), range_of(one.interval, percent=True))
            for one in evaluation.judgements
        ],
        misses=[(one, _by_ticket(one)) for one in evaluation.variants],
    )


def _row(one: Difference) -> tuple[Difference, str, str]:
    percent = metric_named(one.metric).percent
    return one, number(one.value, percent=percent, signed=True), range_of(one.interval, percent=percent)


def _by_ticket(one: Tried) -> list[tuple[Measurement, list[str]]]:
    missed = list(misses(one))
    return [(measured, [said for id_, said in missed if id_ == measured.id]) for measured in one.measurements]
