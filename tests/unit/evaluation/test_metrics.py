"""Figures over many tickets, and what may be said of a difference."""

from dataclasses import replace

from rat.evaluation.dataset import Must
from rat.evaluation.measure import Measurement, failed, measure
from rat.evaluation.metrics import FEWEST, METRICS, differences, means
from rat.model import CitationCount
from tests.unit.evaluation.cases import case, report


def measured(count: int, **changed: object) -> list[Measurement]:
    cases = [case(id=f"T-{number}", must=Must(files=("a.py", "c.py"))) for number in range(count)]
    return [replace(measure(one, report(one)), **changed) for one in cases]  # type: ignore[arg-type]


def value(name: str, of: list[Measurement]) -> float | None:
    return next(mean.value for mean in means(of) if mean.metric == name)


def test_a_mean_is_over_the_tickets_that_have_the_figure() -> None:
    none = measured(1, drafted=False, citations=CitationCount(), score=None)
    both = [*measured(1), *none]
    assert value("citations verified", both) == 0.75
    assert value("readiness gain", both) == 30
    assert value("covered: files", both) == 0.5
    assert value("an expected file is first", both) == 1
    assert value("words of the draft", none) is None


def test_failures_count_in_no_mean() -> None:
    assert value("covered: files", [*measured(2), failed(case(id="T-9"), "no", 4)]) == 0.5
    assert all(mean.value is None for mean in means([failed(case(), "no", 4)]))


def test_names_of_figures_are_unique() -> None:
    assert len({metric.name for metric in METRICS}) == len(METRICS)


def test_a_steady_difference_over_enough_tickets_is_seen_and_over_few_is_not() -> None:
    for count, seen in ((FEWEST, True), (FEWEST - 1, False)):
        found = {one.metric: one for one in differences(measured(count), measured(count, words=1_000))}
        assert found["words of the draft"].seen is seen
        assert found["words of the draft"].value > 0
        assert not found["criteria"].seen


def test_a_difference_that_goes_both_ways_may_be_chance() -> None:
    first = measured(30)
    second = [replace(one, questions=one.questions + (1 if number % 2 else -1)) for number, one in enumerate(first)]
    found = next(one for one in differences(first, second) if one.metric == "questions")
    assert found.value == 0
    assert not found.seen


def test_only_tickets_that_both_came_through_are_compared() -> None:
    first = measured(8)
    second = [failed(case(id="T-0"), "no", 4), *measured(8, words=9)[1:]]
    assert {one.tickets for one in differences(first, second)} == {7}


def test_a_single_ticket_gives_no_interval() -> None:
    assert all(one.interval is None and not one.seen for one in differences(measured(1), measured(1)))
