"""Who is on the team, who speaks at the same time, and how an agent is asked."""

import dataclasses
import functools
from concurrent.futures import ThreadPoolExecutor

from rat.agents import analyst, architect, critic, planner, tester
from rat.agents.agent import Agent
from rat.agents.draft import draft_text
from rat.agents.material import SHARED_CHARS, asked_before, material
from rat.agents.own import OwnAgent
from rat.asking import Asker
from rat.errors import BudgetError, CouldNotAssess, PromptTooLong
from rat.model import Finding, Refinement, Severity, Usage
from rat.model.finding import COULD_NOT_ASSESS, CUT_SHORT, LOST
from rat.ports import Prompt

AGENTS: dict[str, Agent] = {
    "analyst": analyst,
    "architect": architect,
    "planner": planner,
    "tester": tester,
    "critic": critic,
}

Silence = CouldNotAssess | BudgetError
"""Why an agent has no part: its reply could not be used, or nothing was left to ask it with."""

TYPICAL_PART = 600
"""Characters of an agent's part in the prompts of those who read it, for an estimate."""
_FEWER = 3
"""A prompt that does not fit is sent once more with a third of the material."""


def agent_named(name: str) -> Agent:
    """The agent called *name*: one of RAT's, or a team's own, which is a prompt of that name."""
    return AGENTS.get(name) or OwnAgent(name)


def is_reviewer(name: str, asker: Asker) -> bool:
    """Whether *name* is an agent that objects to the parts of others: the critic, or a team's own."""
    return name == critic.NAME or (name not in AGENTS and name in asker.session.settings.team)


def stages(team: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """*team* in stages: those that need nothing of one another speak at once."""
    waiting = list(team)
    done: list[tuple[str, ...]] = []
    while waiting:
        stage = tuple(name for name in waiting if not set(agent_named(name).NEEDS) & set(waiting))
        done.append(stage)
        waiting = [name for name in waiting if name not in stage]
    return tuple(done)


def run_stage(stage: tuple[str, ...], refinement: Refinement, asker: Asker) -> Refinement:
    """*refinement* with the parts of the agents of *stage*, asked at the same time, added in their order.

    An agent whose reply cannot be used, or that a budget kept from being asked, leaves a finding and no part; once a
    budget is spent nobody else is asked about this ticket. Raises ModelError, BudgetError where nobody spoke.
    """
    serving = [agent for agent in map(agent_named, stage) if refinement.type in agent.SERVES]
    replies = ask_all(serving, refinement, asker, objections={})
    for agent, reply in zip(serving, replies, strict=True):
        refinement = took_part(refinement, agent, reply)
    spent = next((reply for reply in replies if isinstance(reply, BudgetError)), None)
    if spent and refinement.proposal is None:
        raise spent
    return refinement


def with_one_gap(refinement: Refinement) -> Refinement:
    """*refinement* with one finding that names all agents whom a budget kept from speaking."""
    cut = [finding for finding in refinement.findings if finding.check == CUT_SHORT]
    if not cut:
        return refinement
    names = ", ".join(dict.fromkeys(finding.agent for finding in cut))
    message = f"Not everybody could speak, and the draft stands without: {names}. {cut[0].message}"
    one = Finding(check=CUT_SHORT, severity=Severity.WARNING, message=message)
    return dataclasses.replace(refinement, findings=(*(f for f in refinement.findings if f not in cut), one))


def ask_all(
    agents: list[Agent], refinement: Refinement, asker: Asker, *, objections: dict[str, str]
) -> list[object | Silence]:
    """The replies of *agents*, in their order; the error that kept an agent silent stands for its reply."""
    if spent := [finding.message for finding in refinement.findings if finding.check == CUT_SHORT]:
        return [BudgetError(spent[0]) for _ in agents]
    ask = functools.partial(_ask, refinement=refinement, asker=asker, objections=objections)
    if len(agents) <= 1:
        return [ask(agent) for agent in agents]
    with ThreadPoolExecutor(max_workers=len(agents)) as threads:
        return list(threads.map(ask, agents))


def took_part(refinement: Refinement, agent: Agent, reply: object | Silence) -> Refinement:
    """*refinement* with the *reply* of *agent*, or with the finding that says why there is none."""
    others = tuple(finding for finding in refinement.findings if not _is_gap(finding, agent))
    refinement = dataclasses.replace(refinement, findings=others)
    match reply:
        case BudgetError():
            gap = _gap(CUT_SHORT, str(reply), agent)
        case CouldNotAssess():
            gap = _gap(COULD_NOT_ASSESS, str(reply), agent)
        case _:
            return agent.apply(refinement, reply)
    return dataclasses.replace(refinement, findings=(*others, gap))


def _gap(check: str, message: str, agent: Agent) -> Finding:
    return Finding(check=check, severity=Severity.WARNING, message=message, agent=agent.NAME)


def inputs_for(
    refinement: Refinement, asker: Asker, *, objections: str = "", chars: int = SHARED_CHARS
) -> dict[str, object]:
    """What the prompts of the team are rendered with."""
    shown = material(refinement.ticket, refinement.evidence, may_send=asker.may_send, chars=chars)
    return {
        "ticket": shown.ticket,
        "comments": shown.comments,
        "passages": shown.passages,
        "asked": asked_before(refinement.dialogue),
        "kind": refinement.type,
        "draft": draft_text(refinement),
        "objections": objections,
        "lost": "\n".join(finding.message for finding in refinement.findings if finding.check == LOST),
    }


def prompt_for(name: str, refinement: Refinement, asker: Asker) -> Prompt:
    """Exactly what agent *name* would be asked about *refinement*, for `rat prompt`."""
    return asker.prompt(name, inputs_for(refinement, asker), agent_named(name).Reply)


def estimate(team: tuple[str, ...], refinement: Refinement, asker: Asker) -> Usage:
    """What refining would cost without revision, estimated before anything is sent."""
    inputs = inputs_for(refinement, asker)
    serving = [agent for agent in map(agent_named, team) if refinement.type in agent.SERVES]
    costs = (
        asker.estimate(agent.NAME, {**inputs, "draft": "." * TYPICAL_PART * len(agent.NEEDS)}, agent.Reply)
        for agent in serving
    )
    return sum(costs, start=Usage())


def _ask(agent: Agent, *, refinement: Refinement, asker: Asker, objections: dict[str, str]) -> object | Silence:
    prepare = functools.partial(inputs_for, refinement, asker, objections=objections.get(agent.NAME, ""))
    reply_type: type[object] = agent.Reply
    try:
        try:
            return asker.ask(agent.NAME, prepare(), reply_type)
        except PromptTooLong:
            return asker.ask(agent.NAME, prepare(chars=SHARED_CHARS // _FEWER), reply_type)
    except PromptTooLong as problem:
        return CouldNotAssess(f"The {agent.NAME} could not assess this ticket: {problem}")
    except (CouldNotAssess, BudgetError) as problem:
        return problem


def _is_gap(finding: Finding, agent: Agent) -> bool:
    return finding.check in (COULD_NOT_ASSESS, CUT_SHORT) and finding.agent == agent.NAME
