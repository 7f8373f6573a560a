"""A budget that is spent in the middle of a ticket: what stands is finished, checked, and says who did not speak."""

from typing import Any

import pytest

from rat.agents import revise, run_stage, stages, with_one_gap
from rat.asking import Asker
from rat.errors import BudgetError, TicketBudgetError
from rat.model import Refinement
from rat.model.finding import CUT_SHORT
from rat.model.settings import TEAM, Budget, Price
from tests.stand_ins.scripted_model import agent_of, by_agent, serving

DEAR = {"scripted": Price(input=1_000, output=0)}
"""Some two USD are held for a call; the 100 tokens that the stand-in counts for it then cost a tenth of one."""


def drafted(refinement: Refinement, asker: Asker) -> Refinement:
    for stage in stages(TEAM):
        refinement = run_stage(stage, refinement, asker)
    return refinement


def silent(refinement: Refinement) -> list[str]:
    return [finding.agent for finding in refinement.findings if finding.check == CUT_SHORT]


def test_the_draft_so_far_stands_and_those_who_did_not_speak_are_named(
    refinement: Refinement, replies: Any, make_asker: Any
) -> None:
    with serving(by_agent(replies)) as model:
        asker = make_asker(model, budget=Budget(usd_per_run=4, prices=DEAR))
        first = run_stage(("analyst",), refinement, asker)
        with asker.session.money.holding(3.9):
            result = run_stage(("critic",), run_stage(("planner", "tester"), first, asker), asker)
    assert result.proposal == first.proposal
    assert result.questions
    assert result.is_cut_short
    assert silent(result) == ["planner", "tester", "critic"]
    (told,) = [finding for finding in with_one_gap(result).findings if finding.check == CUT_SHORT]
    assert "stands without: planner, tester, critic." in told.message
    assert "usd_per_run" in told.message
    assert [agent_of(request) for request in model.requests] == ["analyst"]


def test_a_budget_that_lets_nobody_speak_is_an_error_and_sends_nothing(
    refinement: Refinement, replies: Any, make_asker: Any
) -> None:
    with serving(by_agent(replies)) as model:
        with pytest.raises(BudgetError, match="usd_per_run"):
            drafted(refinement, make_asker(model, budget=Budget(usd_per_run=0.1, prices=DEAR)))
        with pytest.raises(TicketBudgetError, match="tokens_per_ticket"):
            drafted(refinement, make_asker(model, budget=Budget(tokens_per_ticket=100)))
    assert model.requests == []


def test_a_blocker_that_could_not_be_mended_stands(refinement: Refinement, replies: Any, make_asker: Any) -> None:
    objection = {"agent": "tester", "severity": "blocker", "message": "No case for a missing file.", "citations": []}
    replies["critic"] = {"objections": [objection]}
    with serving(by_agent(replies)) as model:
        asker = make_asker(model, budget=Budget(usd_per_run=20, prices=DEAR))
        blocked = drafted(refinement, asker)
        with asker.session.money.holding(19):
            result = revise(blocked, asker)
    assert len(model.requests) == 5
    assert [finding.message for finding in result.blockers] == ["No case for a missing file."]
    assert result.proposal == blocked.proposal
    assert silent(result) == ["tester", "critic"]
