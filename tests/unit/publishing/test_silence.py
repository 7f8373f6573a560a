"""RAT keeps quiet about tickets that are ready as they came: the same line as everywhere (`model.finding.READY`)."""

from dataclasses import replace

import pytest

from rat.model import Question, Refinement, RunReport, Score, Status, Ticket, TicketRef, TrackerKind
from rat.model.finding import READY
from rat.publishing.silence import why_silent

TICKET = Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"), title="Say so", body="")


def report(before: int, status: Status = Status.READY) -> RunReport:
    work = Refinement(ticket=TICKET, score=Score(before=before, after=max(before, 90)))
    return RunReport(refinement=work, status=status, mode="model", head="")


def test_a_ticket_that_was_ready_as_it_came_gets_no_comment() -> None:
    assert why_silent(report(READY)) == f"the ticket is ready as it is (readiness {READY} of 100)"


@pytest.mark.parametrize("before", [0, READY - 1])
def test_a_ticket_that_the_proposal_made_ready_gets_one(before: int) -> None:
    assert why_silent(report(before)) is None


@pytest.mark.parametrize("status", [Status.BLOCKED, Status.NEEDS_ANSWERS])
def test_whoever_has_to_act_is_told(status: Status) -> None:
    assert why_silent(report(95, status)) is None


def test_a_question_is_never_kept_back() -> None:
    asking = report(95)
    work = replace(asking.refinement, questions=(Question(text="Which one?"),))
    assert why_silent(replace(asking, refinement=work)) is None
