"""An agent that a team adds without code: a prompt in `.github/rat/prompts/` and its name in `team`.

It reviews the draft beside the critic, with a view of its own (security, accessibility, data protection, operations).
"""

from rat.agents import critic
from rat.model import Refinement


class OwnAgent:
    """A reviewer by name alone: it replies as the critic does, and its blockers go back to their authors."""

    NEEDS: tuple[str, ...] = critic.NEEDS
    SERVES = critic.SERVES
    Reply = critic.Reply

    def __init__(self, name: str) -> None:
        self.NAME = name

    def apply(self, refinement: Refinement, reply: critic.Reply) -> Refinement:
        """The objections as findings of this agent."""
        return critic.objected(refinement, reply, reviewer=self.NAME)
