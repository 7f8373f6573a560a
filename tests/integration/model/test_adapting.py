"""Teams adapt the team: own prompts, own agents, other languages; and prompts that do not fit are made smaller."""

import json
from dataclasses import replace
from typing import Any

from rat.agents import estimate, revise, run_stage, stages
from rat.asking import Asker, open_asking
from rat.llm.openai_chat import OpenAIChat, connect
from rat.model import Evidence, EvidenceKind, Refinement
from rat.model.settings import TEAM, Budget, ModelSettings, Price, Settings
from rat.templates import OVERRIDES
from tests.stand_ins.scripted_model import Answer, ScriptedModel, agent_of, by_agent, fails, serving

SECURITY = b"""{% include "material.md.j2" %}
{{ draft | untrusted("draft") }}
# Your part: security
Who may do this, and what can go wrong?
"""


class Tree:
    """A checkout with the prompts of a team."""

    root = None
    head = ""

    def __init__(self, **prompts: bytes) -> None:
        self._files = {f"{OVERRIDES}{name}.md.j2": content for name, content in prompts.items()}

    def files(self) -> tuple[str, ...]:
        return tuple(self._files)

    def read(self, path: str) -> bytes | None:
        return self._files.get(path)


def asker_for(model: ScriptedModel, tree: Any, opened: list[OpenAIChat], **settings: Any) -> Asker:
    opened.append(connect(base_url=model.url, api_key=None, sleep=lambda seconds: None))
    named = {"model": ModelSettings(name="m"), **settings}
    return open_asking(llm=opened[-1], settings=Settings(**named), checkout=tree)("PAY-17")


def drafted(refinement: Refinement, asker: Asker, team: tuple[str, ...] = TEAM) -> Refinement:
    for stage in stages(team):
        refinement = run_stage(stage, refinement, asker)
    return refinement


def test_an_own_agent_is_a_prompt_and_a_name_and_its_blockers_go_to_their_authors(
    refinement: Refinement, replies: Any
) -> None:
    objection = {"agent": "tester", "severity": "blocker", "message": "Nobody checks the rights.", "citations": []}
    replies["security"] = [{"objections": [objection]}, {"objections": []}]
    team = (*TEAM, "security")
    opened: list[OpenAIChat] = []
    with serving(by_agent(replies)) as model:
        asker = asker_for(model, Tree(security=SECURITY), opened, team=team)
        first = drafted(refinement, asker, team)
        second = revise(first, asker)
        opened[0].close()
    assert [(finding.check, finding.agent) for finding in first.blockers] == [("security", "tester")]
    assert second.blockers == ()
    assert [agent_of(request) for request in model.requests[6:]] == ["tester", "security"]
    assert len(model.requests[:6]) == 6


def test_a_team_s_own_words_replace_rat_s(refinement: Refinement, replies: Any) -> None:
    own = b'{% include "material.md.j2" %}\n# Your part: critic\nBe kind.\n'
    opened: list[OpenAIChat] = []
    with serving(by_agent(replies)) as model:
        run_stage(("critic",), refinement, asker_for(model, Tree(critic=own), opened))
        opened[0].close()
    assert model.requests[0]["messages"][1]["content"].endswith("Be kind.\n")


def test_a_prompt_that_does_not_fit_is_sent_once_more_with_less_evidence(refinement: Refinement, replies: Any) -> None:
    code = tuple(
        Evidence(id=f"code:f{n}.py#L1-L9", kind=EvidenceKind.CODE, title=f"f{n}.py", text="x = 1\n" * 200)
        for n in range(9)
    )
    reply = by_agent(replies)

    def script(request: dict[str, Any]) -> Answer:
        if len(request["messages"][1]["content"]) > 9_000:
            return fails(400, "context_length_exceeded: the maximum context length is 4096 tokens")
        return reply(request)

    opened: list[OpenAIChat] = []
    with serving(script) as model:
        asker = asker_for(model, Tree(), opened)
        result = run_stage(("analyst",), replace(refinement, evidence=code), asker)
        opened[0].close()
    sizes = [len(request["messages"][1]["content"]) for request in model.requests]
    assert result.proposal is not None
    assert sizes[-1] < 9_000 < sizes[0]
    assert len(sizes) == 3  # the first, the same without a reserved reply, the smaller one


def test_a_prompt_that_never_fits_leaves_a_finding(refinement: Refinement) -> None:
    opened: list[OpenAIChat] = []
    with serving(lambda _: fails(400, "context_length_exceeded")) as model:
        result = run_stage(("analyst",), refinement, asker_for(model, Tree(), opened))
        opened[0].close()
    assert result.proposal is None
    assert ["does not fit into the context" in finding.message for finding in result.findings] == [True]


def test_an_estimate_comes_before_the_first_call_and_is_near_what_it_costs(
    refinement: Refinement, replies: Any
) -> None:
    opened: list[OpenAIChat] = []
    prices = Budget(prices={"m": Price(input=1.0, output=4.0)})
    with serving(by_agent(replies)) as model:
        asker = asker_for(model, Tree(), opened, budget=prices)
        expected = estimate(TEAM, refinement, asker)
        assert model.requests == []
        drafted(refinement, asker)
        opened[0].close()
    asked = sum(len(json.dumps(request)) for request in model.requests) / 4
    assert (expected.calls, expected.estimated) == (5, True)
    assert 0.8 * asked < expected.prompt_tokens < 1.5 * asked
    assert expected.cost_usd > 0
