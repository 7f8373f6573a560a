"""The whole team over the real SDK against a scripted endpoint."""

from dataclasses import replace
from typing import Any

import pytest

from rat.agents import revise, run_stage, stages
from rat.asking import Asker
from rat.checks import with_lost
from rat.model import Refinement, TicketType
from rat.model.finding import COULD_NOT_ASSESS
from rat.model.settings import TEAM, ModelSettings
from tests.stand_ins.scripted_model import agent_of, by_agent, serving


def refined(refinement: Refinement, asker: Asker, team: tuple[str, ...] = TEAM) -> Refinement:
    for stage in stages(team):
        refinement = run_stage(stage, refinement, asker)
    return refinement


def test_five_calls_fill_every_part_of_the_proposal(refinement: Refinement, replies: Any, make_asker: Any) -> None:
    with serving(by_agent(replies)) as model:
        asker = make_asker(model)
        result = refined(refinement, asker)
    assert result.proposal is not None
    assert result.type is TicketType.BUG
    assert result.proposal.title == "Say that the file is empty instead of crashing"
    assert [task.depends_on for task in result.proposal.tasks] == [(), ("Refuse an empty file",)]
    assert result.proposal.acceptance_criteria[0].citations[0].source == "ticket"
    assert result.impacted_files[0].path == "rat/cli.py"
    assert len(result.questions) == 1
    assert asker.usage.calls == len(model.requests) == 5
    assert asker.usage.prompt_tokens == 500
    assert [exchange.agent for exchange in asker.exchanges][-1] == "critic"


def test_the_ticket_never_enters_the_system_role_and_no_tools_are_offered(
    refinement: Refinement, replies: Any, make_asker: Any
) -> None:
    with serving(by_agent(replies)) as model:
        refined(refinement, make_asker(model))
    for request in model.requests:
        system, user = request["messages"]
        assert "empty file" not in system["content"]
        assert "empty file" in user["content"]
        assert set(request) == {"model", "messages", "response_format", "max_completion_tokens"}


def test_a_blocker_of_the_critic_goes_to_its_author_and_the_critic_looks_again(
    refinement: Refinement, replies: Any, make_asker: Any
) -> None:
    objection = {"agent": "tester", "severity": "blocker", "message": "No case for a missing file.", "citations": []}
    replies["critic"] = [{"objections": [objection]}, {"objections": []}]
    with serving(by_agent(replies)) as model:
        asker = make_asker(model)
        blocked = refined(refinement, asker)
        mended = revise(blocked, asker)
    assert [finding.message for finding in blocked.blockers] == ["No case for a missing file."]
    assert mended.blockers == ()
    assert [agent_of(request) for request in model.requests[5:]] == ["tester", "critic"]
    assert "No case for a missing file." in model.requests[5]["messages"][1]["content"]


def test_without_a_blocker_nobody_is_asked_again(refinement: Refinement, replies: Any, make_asker: Any) -> None:
    with serving(by_agent(replies)) as model:
        asker = make_asker(model)
        result = refined(refinement, asker)
        assert revise(result, asker) == result
    assert len(model.requests) == 5


def test_a_question_needs_no_plan_and_no_criteria(refinement: Refinement, replies: Any, make_asker: Any) -> None:
    replies["analyst"]["type"] = "question"
    with serving(by_agent(replies)) as model:
        refined(refinement, make_asker(model))
    assert sorted(map(agent_of, model.requests)) == ["analyst", "architect", "critic"]


def test_an_agent_with_a_useless_reply_leaves_a_finding_and_the_others_go_on(
    refinement: Refinement, replies: Any, make_asker: Any
) -> None:
    replies["planner"] = "I would rather not."
    with serving(by_agent(replies)) as model:
        result = refined(refinement, make_asker(model))
    assert result.proposal is not None
    assert result.proposal.tasks == ()
    assert result.proposal.acceptance_criteria
    assert [(finding.check, finding.agent) for finding in result.findings] == [(COULD_NOT_ASSESS, "planner")]


def test_each_agent_can_have_a_model_of_its_own(refinement: Refinement, replies: Any, make_asker: Any) -> None:
    names = ModelSettings(name="large", per_agent={"critic": "small"})
    with serving(by_agent(replies)) as model:
        refined(refinement, make_asker(model, model=names))
    assert {agent_of(request): request["model"] for request in model.requests} == {
        "analyst": "large",
        "architect": "large",
        "planner": "large",
        "tester": "large",
        "critic": "small",
    }


def test_what_all_agents_share_comes_first(refinement: Refinement, replies: Any, make_asker: Any) -> None:
    with serving(by_agent(replies)) as model:
        refined(refinement, make_asker(model))
    prompts = ["".join(part["content"] for part in request["messages"]) for request in model.requests]
    shared = prompts[0][: next(at for at, letters in enumerate(zip(*prompts, strict=False)) if len(set(letters)) > 1)]
    assert "Every error says what to do next." in shared


def test_the_critic_is_told_what_the_draft_lost_of_the_ticket_and_nobody_else(
    refinement: Refinement, replies: Any, make_asker: Any
) -> None:
    body = refinement.ticket.body + " The message must name the file and end within 250 ms."
    asked = replace(refinement, ticket=replace(refinement.ticket, body=body))
    with serving(by_agent(replies)) as model:
        asker = make_asker(model)
        for stage in stages(TEAM):
            asked = run_stage(stage, with_lost(asked, Nothing()), asker)
    told = {
        agent_of(request): "nowhere in the draft" in request["messages"][1]["content"] for request in model.requests
    }
    assert told == {"analyst": False, "architect": False, "planner": False, "tester": False, "critic": True}
    assert "within 250 ms" in model.requests[-1]["messages"][1]["content"].rpartition("nowhere in the draft")[2]


NEEDS = {
    # type: what its draft has beside title and problem
    "bug": {"approach", "criteria", "tasks", "test_plan", "risks", "out_of_scope", "size"},
    "story": {"approach", "criteria", "tasks", "test_plan", "risks", "out_of_scope", "size"},
    "task": {"approach", "criteria", "tasks", "test_plan", "risks", "out_of_scope", "size"},
    "epic": {"approach", "criteria", "tasks", "risks", "out_of_scope", "size"},
    "rfe": {"approach", "criteria", "tasks", "risks", "out_of_scope", "size"},
    "spike": {"approach", "criteria", "tasks", "risks", "out_of_scope", "size"},
    "question": {"approach"},
}


@pytest.mark.parametrize("kind", TicketType)
def test_each_type_gets_what_it_needs_and_nothing_else_whatever_the_model_sends(
    refinement: Refinement, replies: Any, make_asker: Any, kind: TicketType
) -> None:
    replies["analyst"]["type"] = kind.value
    replies["architect"]["risks"] = [{"text": "Scripts read the code.", "citations": []}]
    with serving(by_agent(replies)) as model:
        proposal = refined(refinement, make_asker(model)).proposal
    assert proposal is not None
    parts = {"criteria": proposal.acceptance_criteria} | {
        name: getattr(proposal, name) for name in ("approach", "tasks", "test_plan", "risks", "out_of_scope", "size")
    }
    assert {name for name, part in parts.items() if part} == NEEDS[kind.value]


@pytest.mark.parametrize(
    ("kind", "agent", "told"),
    [
        ("bug", "tester", "begins with a test that fails today"),
        ("epic", "planner", "Each task becomes a ticket"),
        ("epic", "tester", "- `test_plan`: empty."),
        ("rfe", "architect", "the other ways that there are"),
        ("spike", "planner", "`size` is the limit of time"),
        ("spike", "tester", "the questions that must have an answer"),
        ("question", "architect", "which owner or author in"),
    ],
)
def test_the_prompts_ask_each_type_for_its_own(
    refinement: Refinement, replies: Any, make_asker: Any, kind: str, agent: str, told: str
) -> None:
    declared = replace(refinement, type=TicketType(kind), ticket=replace(refinement.ticket, declared_type=kind))
    with serving(by_agent(replies)) as model:
        refined(declared, make_asker(model))
    (prompt,) = [one["messages"][1]["content"] for one in model.requests if agent_of(one) == agent]
    assert told in prompt


class Nothing:
    """A checkout without files."""

    def files(self) -> tuple[str, ...]:
        return ()

    def read(self, path: str) -> bytes | None:
        return None

    def has_commit(self, sha: str) -> bool:
        return False
