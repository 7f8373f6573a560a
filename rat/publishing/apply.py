"""What a person approved (`/rat apply`): sections of RAT's own comment, written where the project's `write` says."""

from rat.errors import ConfigError
from rat.model import TicketRef
from rat.model.settings import Project
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome


def apply(ref: TicketRef, desk: Desk, *, sections: tuple[str, ...], project: Project, by: str) -> tuple[Outcome, ...]:
    """What became of each write that *by* (a login) approved: *sections* of the comment as they wrote the names.

    Without *sections* everything that was drafted is applied but the tasks. What fails is an outcome, not an exception;
    raises ConfigError for a name that is no section, before anything is written.
    """
    if not desk.policy.permits(ref):
        reason = "this run may not write there"
    else:
        reason = f"{by} asked for {', '.join(sections) or 'everything'}: project {project.name} takes no approvals yet"
    raise ConfigError(f"{ref.key}: {reason} ({Action.REFUSED}).")
