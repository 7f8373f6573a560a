"""What an agent is: a page of Python beside a prompt of the same name."""

from typing import Any, Protocol

from rat.model import Refinement
from rat.model.ticket import TicketType


class Agent(Protocol):
    """A member of the team; a module with these names is one.

    *NEEDS* names the agents whose part it reads; *SERVES* the ticket types that need its part. *Reply* is the form of
    its reply, and *apply* puts such a reply into the refinement, touching its own part alone.
    """

    NAME: str
    NEEDS: tuple[str, ...]
    SERVES: frozenset[TicketType]

    @property
    def Reply(self) -> type[Any]:  # noqa: N802  a class
        """The type that its reply is decoded as."""

    def apply(self, refinement: Refinement, reply: Any) -> Refinement:
        """*refinement* with what the agent replied."""
