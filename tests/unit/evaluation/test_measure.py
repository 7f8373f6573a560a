"""Measuring one refinement: what is covered, what must not be there, how much there is."""

import pytest

from rat.evaluation.dataset import Must, MustNot
from rat.evaluation.measure import Coverage, Measurement, Wanted, failed, measure
from rat.model import Conflict, ImpactedFile, TicketType
from tests.unit.evaluation.cases import OLD, case, report

FULL = Must(
    files=("a.py", "test_a.py", "c.py"),
    decisions=("ADR-0004",),
    conflicts=("ADR-0004", "ADR-0009"),
    tickets=("T-2",),
    facts=("Money", "find_promo"),
    questions=("midnight", "price"),
    criteria=("last day", "expired"),
)


def covered(measured: Measurement) -> dict[Wanted, tuple[int, int]]:
    return {part.kind: (part.found, part.expected) for part in measured.coverage}


def test_what_must_be_there_is_counted_kind_by_kind() -> None:
    expected = case(must=FULL)
    measured = measure(expected, report(expected))
    assert covered(measured) == {
        Wanted.FILES: (2, 3),
        Wanted.DECISIONS: (1, 1),
        Wanted.CONFLICTS: (1, 2),
        Wanted.TICKETS: (0, 1),
        Wanted.FACTS: (1, 2),
        Wanted.QUESTIONS: (1, 2),
        Wanted.CRITERIA: (1, 2),
        Wanted.DRAFTED_FACTS: (1, 2),
    }
    assert Coverage(kind=Wanted.FILES, expected=3, found=2, missing=("c.py",)) in measured.coverage


def test_without_a_draft_criteria_and_drafted_facts_are_not_expected() -> None:
    expected = case(must=FULL)
    kinds = covered(measure(expected, report(expected, drafted=False)))
    assert Wanted.CRITERIA not in kinds
    assert Wanted.DRAFTED_FACTS not in kinds
    assert kinds[Wanted.QUESTIONS] == (1, 2)


@pytest.mark.parametrize(
    ("unwanted", "kinds"),
    [
        (MustNot(files=("b.py",)), ["files"]),
        (MustNot(files=("z.py",)), []),
        (MustNot(claims=("refused last",)), ["claims"]),
        (MustNot(claims=("redis cache", "page office", "midnight")), []),
        (MustNot(scope=("comparison",)), ["scope"]),
        (MustNot(scope=("redis", "page")), []),
        (MustNot(texts=("REDIS",)), ["texts"]),
        (MustNot(superseded=("ADR-0004",)), ["superseded"] * 3),
        (MustNot(superseded=("ADR-0002",)), []),
    ],
)
def test_what_must_not_be_there_is_looked_for_where_it_would_do_harm(unwanted: MustNot, kinds: list[str]) -> None:
    expected = case(must_not=unwanted)
    assert [one.kind for one in measure(expected, report(expected)).violations] == kinds


def test_a_superseded_decision_as_a_conflict_is_a_violation_also_without_a_draft() -> None:
    expected = case(must_not=MustNot(superseded=("ADR-0002",)))
    conflict = Conflict(adr="ADR-0002", quote="", reason="Not a document.")
    found = measure(expected, report(expected, drafted=False, evidence=(OLD,), conflicts=(conflict,))).violations
    assert [one.where for one in found] == ["conflict"]


def test_the_first_hit_is_the_rank_of_the_first_expected_file() -> None:
    expected = case(must=Must(files=("b.py", "c.py")))
    assert measure(expected, report(expected)).first_hit == 2
    assert measure(expected, report(expected, impacted_files=(ImpactedFile(path="x", score=1),))).first_hit is None


def test_size_cost_and_type_are_measured() -> None:
    measured = measure(case(), report(case(), type=TicketType.TASK))
    assert (measured.criteria, measured.questions, measured.usage.calls) == (1, 1, 5)
    assert measured.words > 40
    assert (measured.type, measured.found_type) == (TicketType.BUG, TicketType.TASK)
    bare = measure(case(), report(case(), drafted=False))
    assert (bare.words, bare.criteria, bare.questions) == (0, 0, 1)


def test_a_failure_has_an_error_and_nothing_else() -> None:
    assert failed(case(), "no", 5) == Measurement(
        id="T-1", title="A promo code is refused", type=TicketType.BUG, error="no", exit_code=5
    )
