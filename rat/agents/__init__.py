"""The team, in speaking order; how it is asked, and how work goes back to it."""

from rat.agents.revision import revise, to_mend
from rat.agents.team import (
    AGENTS,
    agent_named,
    estimate,
    prompt_for,
    run_stage,
    stages,
    with_one_gap,
)

__all__ = [
    "AGENTS",
    "agent_named",
    "estimate",
    "prompt_for",
    "revise",
    "run_stage",
    "stages",
    "to_mend",
    "with_one_gap",
]
