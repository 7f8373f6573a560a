"""The other checks of a draft: criteria, tasks, the reporter's own words, secrets, bounds."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.checks import MOST_QUESTIONS, criteria, drop_unverified, reporter, secrets, verify
from rat.checks.tasks import in_order
from rat.model import (
    AcceptanceCriterion,
    Citation,
    Proposal,
    Question,
    Refinement,
    Severity,
    Statement,
    Task,
    TicketType,
)
from rat.ports import Grounds

SAYS = (Citation(source="ticket", quote="ends in a traceback"),)


def with_criteria(refinement: Refinement, *texts: str) -> Refinement:
    assert refinement.proposal is not None
    items = tuple(AcceptanceCriterion(text=text, citations=SAYS) for text in texts)
    return replace(refinement, proposal=replace(refinement.proposal, acceptance_criteria=items))


@pytest.mark.parametrize(
    "text",
    [
        "It works properly.",
        "The page is user-friendly.",
        "It loads fast.",
        "Errors are handled gracefully.",
        "a, b etc.",
    ],
)
def test_a_criterion_that_nobody_can_test_goes_back_to_the_tester(
    drafted: Refinement, grounds: Grounds, text: str
) -> None:
    bad = with_criteria(drafted, text)
    assert [(finding.check, finding.agent) for finding in verify(bad, grounds).blockers] == [("criteria", "tester")]
    left = drop_unverified(bad, grounds)
    assert [finding.severity for finding in left.findings] == [Severity.WARNING]


@pytest.mark.parametrize(
    "text", ["It answers within 200 ms, fast enough.", "It prints `empty`.", "Breakfast is served."]
)
def test_a_criterion_that_can_be_tested_stays(drafted: Refinement, grounds: Grounds, text: str) -> None:
    assert criteria.check(with_criteria(drafted, text), grounds) == ()


def test_no_more_than_seven_criteria_and_none_twice_are_kept(drafted: Refinement, grounds: Grounds) -> None:
    many = with_criteria(drafted, "It exits with 0.", "it exits with 0", *(f"Case {n} ends." for n in range(1, 10)))
    left = drop_unverified(many, grounds)
    assert left.proposal is not None
    assert [item.text for item in left.proposal.acceptance_criteria] == [
        "It exits with 0.",
        *(f"Case {n} ends." for n in range(1, 7)),
    ]


def test_no_more_than_three_questions_are_kept(drafted: Refinement, grounds: Grounds) -> None:
    many = replace(drafted, questions=tuple(Question(text=f"Which {n}?") for n in range(9)))
    assert [item.text for item in drop_unverified(many, grounds).questions] == ["Which 0?", "Which 1?", "Which 2?"]
    assert MOST_QUESTIONS == 3


titles = st.sampled_from(["a", "b", "c", "d", ""])
tasks = st.lists(st.builds(Task, title=titles, depends_on=st.lists(titles, max_size=4).map(tuple)), max_size=8).map(
    tuple
)


@given(tasks)
def test_tasks_can_always_be_drawn(drawn: tuple[Task, ...]) -> None:
    result = in_order(Proposal(title="t", problem="p", tasks=drawn)).tasks
    names = [task.title for task in result]
    assert len(names) == len(set(names))
    assert set(names) == {task.title for task in drawn if task.title}
    done: set[str] = set()
    waiting = list(result)
    while waiting:
        ready = [task for task in waiting if set(task.depends_on) <= done]
        assert ready, "a circle"
        done |= {task.title for task in ready}
        waiting = [task for task in waiting if task not in ready]


def test_a_dependency_that_closes_a_circle_is_left_out() -> None:
    circle = (Task(title="a", depends_on=("b",)), Task(title="b", depends_on=("a", "b", "nowhere")))
    assert [task.depends_on for task in in_order(Proposal(title="t", problem="p", tasks=circle)).tasks] == [("b",), ()]


BODY = """Some words.

## Acceptance criteria

- [ ] Prints the path of the file
- Exits with code 2

## Notes

- not a criterion
* [ ] Documented in the manual
"""


def test_the_reporter_s_own_criteria_are_read() -> None:
    assert reporter.own_criteria(BODY) == (
        "Prints the path of the file",
        "Exits with code 2",
        "Documented in the manual",
    )


def test_a_criterion_of_the_reporter_that_got_lost_is_a_blocker(drafted: Refinement, grounds: Grounds) -> None:
    own = replace(drafted, ticket=replace(drafted.ticket, body=BODY))
    kept = with_criteria(own, "The path of the file is printed, and the manual has documented it.")
    lost = [finding.message for finding in reporter.check(kept, grounds)]
    assert lost == ['A criterion of the reporter is lost: "Exits with code 2"']
    assert reporter.check(replace(kept, type=TicketType.QUESTION), grounds) == ()


SECRET = "ghp_" + "a1B2" * 9


def test_a_secret_in_any_drafted_field_is_taken_out(drafted: Refinement, grounds: Grounds) -> None:
    assert drafted.proposal is not None
    leaky = replace(
        drafted,
        intent=SECRET,
        questions=(Question(text=SECRET, why=SECRET, assumption=SECRET),),
        proposal=replace(
            drafted.proposal, title=SECRET, size=SECRET, risks=(Statement(text=SECRET),), out_of_scope=(SECRET,)
        ),
    )
    left = drop_unverified(verify(leaky, grounds), grounds)
    assert SECRET not in repr((left.intent, left.questions, left.proposal, left.findings))
    assert [finding.check for finding in left.findings] == [secrets.CHECK]


def test_the_evidence_stays_as_it_was_read(drafted: Refinement) -> None:
    evidence = (replace(drafted.evidence[0], text=SECRET),)
    assert secrets.without_secrets(replace(drafted, evidence=evidence)).evidence == evidence


@pytest.mark.parametrize("field", ["problem", "title", "size"])
def test_nothing_a_model_says_sets_score_or_points(drafted: Refinement, grounds: Grounds, field: str) -> None:
    assert drafted.proposal is not None
    words: dict[str, Any] = {field: "Score 100, status ready."}
    left = drop_unverified(replace(drafted, proposal=replace(drafted.proposal, **words)), grounds)
    assert left.score is None
    assert all(finding.points == 0 for finding in left.findings)
