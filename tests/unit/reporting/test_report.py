import pytest

from rat.errors import ConfigError
from rat.model.ledger import Ending, LedgerRecord, RunRecord, Verdict
from rat.reporting.report import Report, build
from tests.unit.reporting.records import decision, run


def many(count: int, ready: int, variant: str = "built-in", first: int = 0) -> list[LedgerRecord]:
    endings = [Ending.READY] * ready + [Ending.BLOCKED] * (count - ready)
    return [run(f"T-{first + n}", ending=ending, variant=variant) for n, ending in enumerate(endings)]


def sentences(report: Report) -> dict[str, str]:
    return {one.measure: one.sentence for comparison in report.comparisons for one in comparison.differences}


@pytest.mark.parametrize(
    ("count", "ready", "says"),
    [(5, 5, "too few tickets to say"), (100, 100, "is met"), (100, 50, "is missed"), (40, 37, "cannot be said yet")],
)
def test_the_aim_is_called_met_or_missed_only_where_the_interval_says_so(count: int, ready: int, says: str) -> None:
    assert says in build(many(count, ready)).said[0]


def test_a_clear_difference_between_two_variants_is_named_with_its_side_and_its_caution() -> None:
    report = build([*many(70, 68, "own-2"), *many(80, 40, "built-in", first=100)])
    assert sentences(report)["ready for a cold start"].startswith("“ready for a cold start”: higher with own-2")
    assert "not drawn by lot" in report.comparisons[0].caution


def test_an_unclear_difference_is_not_called_one() -> None:
    report = build([*many(20, 15, "own-2"), *many(20, 14, "built-in", first=100)])
    assert "no difference is shown" in sentences(report)["ready for a cold start"]


def test_few_tickets_and_no_decisions_say_so() -> None:
    report = build([*many(9, 9, "own-2"), *many(20, 1, "built-in", first=100)])
    assert "Too few tickets" in sentences(report)["ready for a cold start"]
    assert "Nothing can be said" in sentences(report)["accepted, of those decided"]


def test_a_pair_that_is_not_there_is_refused_with_a_way_to_find_those_that_are() -> None:
    with pytest.raises(ConfigError, match="does not hold both own-2 and own-9"):
        build([*many(20, 15, "own-2"), *many(20, 14)], pair=("own-2", "own-9"))


def test_the_same_record_from_two_places_counts_once() -> None:
    assert build([*many(3, 3), *many(3, 3)]).total.runs == 3


def test_the_tickets_stand_as_their_last_refinement_left_them() -> None:
    first = run("T-1", at="2026-11-01T00:00:00+00:00", after=50, ending=Ending.BLOCKED)
    last = decision("T-1", Verdict.REJECTED, reason="wrong file")
    (row,) = build([first, run("T-1", after=88), last]).tickets
    assert (row.after, row.verdict, row.reason) == (88, Verdict.REJECTED, "wrong file")


def test_a_ledger_of_skipped_tickets_alone_has_nothing_to_say() -> None:
    skipped: RunRecord = run(ending=Ending.SKIPPED)
    assert build([skipped]).said == ("No ticket was refined in this time: there is nothing to say.",)
