"""A proposal in the words of the ticket's type."""

from dataclasses import replace

import pytest

from rat.model import (
    AcceptanceCriterion,
    Proposal,
    Refinement,
    RunReport,
    Statement,
    Status,
    Task,
    Ticket,
    TicketRef,
    TicketType,
    TrackerKind,
)
from rat.publishing.compose import compose
from rat.publishing.markdown import write_markdown

PROPOSAL = Proposal(
    title="Price in two currencies",
    problem="Prices have none.",
    approach=(Statement(text="Read the price list."),),
    acceptance_criteria=(AcceptanceCriterion(text="It is known which data change."),),
    tasks=(Task(title="Look"), Task(title="Write it down", depends_on=("Look",))),
    size="2 days",
)
WORK = Refinement(
    ticket=Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"), title="Currencies", body=""), proposal=PROPOSAL
)


def written(kind: TicketType) -> str:
    report = RunReport(refinement=replace(WORK, type=kind), status=Status.READY, mode="model", head="")
    return write_markdown(compose(report))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (TicketType.BUG, ("Acceptance criteria", "Tasks", "Approach", "Size:", "Order of the tasks", "Ready to start")),
        (TicketType.EPIC, ("Outcomes", "Breakdown", "Order of the parts", "```mermaid")),
        (TicketType.RFE, ("Outcomes", "Breakdown")),
        (TicketType.SPIKE, ("What is to be found out", "What to try", "Questions to answer", "Time box:")),
        (TicketType.QUESTION, ("What is asked", "Answer", "Answered")),
    ],
)
def test_the_parts_are_called_as_people_call_them(kind: TicketType, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in written(kind)] == []


def test_a_question_has_no_approach_and_a_spike_no_size() -> None:
    assert "Approach" not in written(TicketType.QUESTION)
    assert "Size:" not in written(TicketType.SPIKE)
