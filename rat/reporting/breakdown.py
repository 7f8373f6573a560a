"""The same figures by team, ticket type, prompt variant, model and month, and what each agent costs. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rat.model.ledger import AgentUsage
from rat.model.strict import Strict
from rat.reporting.episodes import UNKNOWN, Episode
from rat.reporting.metrics import Metrics, measure

NO_MODEL = "no model"
"""What a run that asked no model had for a model and for prompts."""


def _asked(episode: Episode, name: str) -> str:
    """*name*, which only a run that asked a model has."""
    return NO_MODEL if episode.run and episode.run.mode == "offline" else name or UNKNOWN


DIMENSIONS: dict[str, Callable[[Episode], str]] = {
    "team": lambda episode: episode.team,
    "type": lambda episode: (episode.run.type if episode.run else None) or UNKNOWN,
    "variant": lambda episode: _asked(episode, episode.run.variant if episode.run else ""),
    "model": lambda episode: _asked(episode, episode.run.model if episode.run else ""),
    "month": lambda episode: episode.month,
}
"""What figures are broken down by, and where an episode belongs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group(Strict):
    """The figures of the episodes that have *name* in common."""

    name: str
    metrics: Metrics


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentRow(Strict):
    """What one agent did in all: on how many tickets, with how many calls and tokens, at what cost where known.

    *findings* counts what the checks still found in its parts in the end.
    """

    agent: str
    runs: int
    calls: int
    tokens: int
    cost_usd: float
    findings: int


def break_down(episodes: Sequence[Episode], dimension: str) -> tuple[Group, ...]:
    """The figures by *dimension*, one of DIMENSIONS, by name; what has neither runs nor decisions is left out."""
    groups: dict[str, list[Episode]] = defaultdict(list)
    for episode in episodes:
        groups[DIMENSIONS[dimension](episode)].append(episode)
    return tuple(Group(name=name, metrics=measure(found)) for name, found in sorted(groups.items()))


def by_agent(episodes: Iterable[Episode]) -> tuple[AgentRow, ...]:
    """What each agent did, the most expensive in tokens first."""
    used: dict[str, list[AgentUsage]] = defaultdict(list)
    for episode in episodes:
        for one in episode.run.agents if episode.run else ():
            used[one.agent].append(one)
    rows = (_row(agent, found) for agent, found in sorted(used.items()))
    return tuple(sorted(rows, key=lambda row: -row.tokens))


def _row(agent: str, found: list[AgentUsage]) -> AgentRow:
    return AgentRow(
        agent=agent,
        runs=len(found),
        calls=sum(one.usage.calls for one in found),
        tokens=sum(one.usage.prompt_tokens + one.usage.completion_tokens for one in found),
        cost_usd=sum(one.usage.cost_usd for one in found),
        findings=sum(one.findings for one in found),
    )
